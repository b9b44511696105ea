"""Teaching models: consent first, one at a time, and what was stopped can go on."""

from __future__ import annotations

import json
import random
import threading

import pytest

from models import shelves
from models.library import Library
from pipelines.contract.errors import Cancelled, TrainingError
from pipelines.text.neural import load
from pipelines.training.finetune.consent import Basis, Consent
from pipelines.training.finetune.dataset import read_data
from pipelines.training.finetune.run import TrainingStage
from pipelines.training.finetune.settings import FinetuneMethod, TrainingSettings
from playground.studio.database import Database
from playground.studio.work.consent_store import ConsentStore
from playground.studio.work.training import TrainingWork
from tests.tiny_language import WORDS, make_folder

CONSENT = Consent.parse("동아리 단톡방", "consent", "열두 명 모두")
QUICK = TrainingSettings(epochs=2, batch=16, learning_rate=3e-3)


def some_pairs(count=40):
    dice = random.Random(5)
    rows = [f"{dice.choice(WORDS)} {n}?,{' '.join(dice.sample(WORDS, 3))},0" for n in range(count)]
    rows[3] = "전화해?,010-1234-5678 뼈다귀,0"
    return read_data("Q,A,label\n" + "\n".join(rows), "단톡방.csv")


@pytest.fixture
def make_work(tmp_path, monkeypatch):
    monkeypatch.setattr(shelves, "BUILTIN", tmp_path / "builtin")
    (tmp_path / "partial").mkdir()
    make_folder(tmp_path / "models" / "tiny", vocab=16_000)
    consents = ConsentStore(Database.open(tmp_path / "playground.db"))

    def make(**more):
        return TrainingWork(Library.open(tmp_path), tmp_path, consents, clock=lambda: 7.0, **more)

    return make


def end(work):
    work.join(300)
    assert work.now is not None and not work.now.is_running
    return work.now


@pytest.mark.slow
@pytest.mark.parametrize("method", list(FinetuneMethod))
def test_a_model_is_made_that_loads_and_tells_where_it_came_from(make_work, tmp_path, method):
    work = make_work()
    assert work.bases() == ("tiny",)
    settings = TrainingSettings(epochs=2, batch=16, learning_rate=3e-3, method=method)
    work.start(some_pairs(), "우리반", "tiny", CONSENT, settings)
    done = end(work)
    assert done.error is None and done.report is not None and done.stage is TrainingStage.WRITING
    assert done.report.val_ppl < done.report.untuned_ppl == done.points[0].val_ppl
    folder = work.models_folder / "우리반"
    record = json.loads((folder / "training.json").read_text())
    assert record["consent"] == CONSENT.to_json() and record["base"] == "tiny"
    assert record["data"]["masked"] == {"[전화번호]": 1}
    assert record["report"]["untuned_ppl"] == done.report.untuned_ppl
    assert "5678" not in (folder / "training.json").read_text()
    log = (folder / "training.log").read_text().splitlines()
    assert log[0].startswith("[Epoch 0]") and "train ppl=" in log[-1] and "val ppl=" in log[-1]
    history = json.loads((folder / "trainer_state.json").read_text())["log_history"]
    assert history[-1]["eval_perplexity"] == done.points[-1].val_ppl
    assert any("우리반" in name for name in work.bases())  # it can be talked to, and learn more
    assert load(folder, "우리반", use_cpu=True).vocabulary.size == 16_000
    assert not work.unfinished() and not (tmp_path / "training" / "finetune" / "우리반").exists()


@pytest.mark.slow
def test_transformers_itself_opens_the_folder(make_work):
    from transformers import AutoModelForCausalLM, AutoTokenizer

    work = make_work()
    work.start(some_pairs(), "a", "tiny", CONSENT, QUICK)
    assert end(work).error is None
    folder = str(work.models_folder / "a")
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    assert tokenizer.decode(tokenizer("착한 뼈다귀")["input_ids"]).strip() == "착한 뼈다귀"
    assert len(tokenizer) == 16_000 and tokenizer.eos_token_id == 1
    network = AutoModelForCausalLM.from_pretrained(folder, local_files_only=True)
    assert network.lm_head.weight.data_ptr() == network.transformer.wte.weight.data_ptr()


def test_consent_is_recorded_before_anything_is_learned(make_work):
    def look(folder, places, hooks):
        job, rows = folder.read()
        assert job.consent == CONSENT and len(rows) == 40
        recorded = work.consents.of("우리반")
        assert recorded is not None and recorded.digest == job.data.digest
        assert recorded.consent.basis is Basis.CONSENT and recorded.created_at == 7.0
        stored = b"".join(p.read_bytes() for p in folder.path.rglob("*") if p.is_file())
        assert b"5678" not in stored and "[전화번호]".encode() in stored
        raise Cancelled

    work = make_work(run=look)
    work.start(some_pairs(), "우리반", "tiny", CONSENT, QUICK)
    assert end(work).error.key == "training.stopped"


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        (("", "own"), "training.source"),
        (("  ", "own"), "training.source"),
        (("단톡방", ""), "training.basis"),
        (("단톡방", "because"), "training.basis"),
        (("단톡방", "consent", " "), "training.note.consent"),
        (("위키", "licence"), "training.note.licence"),
    ],
)
def test_without_consent_nothing_begins(answers, key):
    with pytest.raises(TrainingError) as caught:
        Consent.parse(*answers)
    assert caught.value.key == key


def test_one_at_a_time_and_a_stop_leaves_something_to_go_on_from(make_work):
    started = threading.Event()

    def slow(folder, places, hooks):
        hooks.on_stage(TrainingStage.LEARNING)
        hooks.on_step(1, 10, 9.0)
        started.set()
        while not hooks.cancel.is_cancelled:
            threading.Event().wait(0.005)
        raise Cancelled

    work = make_work(run=slow)
    work.start(some_pairs(), "a", "tiny", CONSENT, QUICK)
    assert started.wait(10)
    assert (work.now.stage, work.now.done, work.now.steps) == (TrainingStage.LEARNING, 1, 10)
    assert work.unfinished() == ()
    for begin in (
        lambda: work.start(some_pairs(), "b", "tiny", CONSENT, QUICK),
        lambda: work.resume("a"),
        lambda: work.forget("a"),
    ):
        with pytest.raises(TrainingError):
            begin()
    work.stop()
    assert end(work).error.key == "training.stopped"
    again = make_work(run=slow)  # the program was started again
    assert again.unfinished() == ("a",)
    with pytest.raises(TrainingError) as caught:
        again.start(some_pairs(), "a", "tiny", CONSENT, QUICK)
    assert caught.value.key == "training.name_taken"
    again.resume("a")
    again.close()
    assert again.now.error.key == "training.stopped"
    again.forget("a")
    assert again.unfinished() == ()
    with pytest.raises(TrainingError):
        again.resume("a")


@pytest.mark.parametrize(
    "name", ["", "..", "a/b", ".hidden", "con", "가" * 41, "a\x00", "tiny", "Tiny"]
)
def test_names_that_cannot_be_folders_or_are_taken_are_refused(make_work, name):
    work = make_work(run=lambda *_: pytest.fail("begun"))
    with pytest.raises(TrainingError):
        work.start(some_pairs(), name, "tiny", CONSENT, QUICK)
    assert work.now is None and not work.consents.latest()


def test_a_failure_is_data(make_work):
    def fails(*_):
        raise RuntimeError("boom")

    work = make_work(run=fails)
    work.start(some_pairs(), "a", "tiny", CONSENT, QUICK)
    assert end(work).error.key == "page.unexpected"


def test_a_job_that_somebody_changed_is_refused(make_work, tmp_path):
    def stops(*_):
        raise Cancelled

    work = make_work(run=stops)
    work.start(some_pairs(), "a", "tiny", CONSENT, QUICK)
    end(work)
    rows = tmp_path / "training" / "finetune" / "a" / "rows.jsonl"
    rows.write_text(rows.read_text().replace("뼈다귀", "다른말"))
    with pytest.raises(TrainingError) as caught:
        work.resume("a")
    assert caught.value.key == "training.checkpoint"
