"""The Train tab: what it says, to whom, and that texts and file names cannot speak HTML."""

from __future__ import annotations

import time

import pytest

from models import shelves
from models.library import Library
from pipelines.contract.errors import Cancelled
from pipelines.training.finetune.curve import Point
from pipelines.training.finetune.run import TrainingReport, TrainingStage
from pipelines.training.finetune.settings import TrainingSettings
from pipelines.training.finetune.verdict import CheckedFigure, TrainingVerdict
from playground.messages import Language
from playground.plots.training_curve import plot
from playground.studio.database import Database
from playground.studio.uploads import Uploads
from playground.studio.work.consent_store import ConsentStore
from playground.studio.work.training import Training, TrainingWork
from playground.web.tabs.training.events import TrainingHandlers
from playground.web.tabs.training.form import SETTING_FIELDS
from playground.web.tabs.training.view import board
from tests.pipelines.training.finetune.conftest import pairs_csv
from tests.playground.web.asking import visit
from tests.tiny_language import make_folder

EVIL = "<img src=x onerror=alert(1)>"
POINTS = (
    Point(0, 0, 0, 2, 0.0, 0.0, 0.0, 33.7),
    Point(1, 1, 1, 2, 3.3, 1e-3, 27.1),
    Point(2, 1, 2, 2, 3.1, 1e-3, 24.6, 20.5),
    Point(3, 2, 1, 2, 3.0, 5e-4, 20.1),
    Point(4, 2, 2, 2, 2.9, 0.0, 19.0, 21.2),
)


@pytest.fixture
def learned():
    """Jobs that were begun; nothing is really learned."""
    return []


@pytest.fixture
def handlers(tmp_path, learned, monkeypatch):
    monkeypatch.setattr(shelves, "BUILTIN", tmp_path / "builtin")
    make_folder(tmp_path / "models" / "tiny", vocab=16_000)
    consents = ConsentStore(Database.open(tmp_path / "playground.db"))

    def run(folder, places, hooks):
        learned.append(folder.read()[0])
        hooks.on_stage(TrainingStage.LEARNING)
        for point in POINTS:
            hooks.on_point(point)
        while not hooks.cancel.is_cancelled:
            time.sleep(0.005)
        raise Cancelled

    work = TrainingWork(Library.open(tmp_path), tmp_path, consents, run=run)
    yield TrainingHandlers(work, Uploads())
    work.close()


def form(**changes):
    own = TrainingSettings()
    values = {field: getattr(own, field, "") for field in (*SETTING_FIELDS, "method")}
    values = {
        name: f"{value:g}" if isinstance(value, float) else value for name, value in values.items()
    }
    given = {
        "drop": "",
        "paste": pairs_csv(30),
        "source": "단톡방",
        "basis": "own",
        "note": "",
        "base": "tiny",
    }
    return {**values, **given, "name": "우리반", **changes}


def said(answer):
    return answer["board"]


def test_person_at_the_machine_sees_the_form_and_others_one_sentence(handlers):
    closed, tools, shown, timer, bases, waits, *_ = handlers.arrive(visit()).values()
    assert closed == "" and tools["visible"] and not timer["active"] and not waits["visible"]
    assert bases["choices"] == ["tiny"] and bases["value"] == "tiny"
    assert "아직 배우고 있는 것이 없어요" in shown
    closed, tools, shown, _, bases, *_ = handlers.arrive(visit(is_local=False)).values()
    assert "이 컴퓨터 앞에 있는 사람만" in closed and not tools["visible"] and shown == ""
    assert bases["choices"] == []


def test_others_cannot_begin_stop_or_read_anything(handlers, learned):
    guest = visit(is_local=False)
    handlers.start(guest, form())
    handlers.resume(guest, {"waiting": "우리반"})
    shown = handlers.read(guest, {"drop": "", "paste": pairs_csv(30)})
    assert "배울" not in shown.replace("학습", "")
    assert handlers._work.now is None and not learned


def test_a_text_is_shown_as_it_was_read_and_masked(handlers):
    rows = pairs_csv(30).split("\n")
    rows[2] = f"{EVIL},전화는 010-1234-5678,0"
    rows[3] = f"{EVIL},너무,많은,칸"
    token = handlers._drops.put("someone", "a.csv", "\n".join(rows).encode())
    shown = handlers.read(visit(), {"drop": token, "paste": ""})
    assert "29쌍을 읽었어요" in shown and "4번째 줄의 칸 수" in shown
    assert "[전화번호]" in shown and "1234" not in shown
    assert "<img" not in shown and "&lt;img" in shown
    assert "올려 둔 파일이 없어요" in handlers.read(visit(), {"drop": "nonsense", "paste": ""})
    assert "글을 넣으면" in handlers.read(visit(), {"drop": "", "paste": "  "})
    assert "alert" in handlers.read(visit(), {"drop": "", "paste": "한 줄"})


def test_a_training_begins_is_seen_stopped_and_offered(handlers, learned):
    assert 'role="alert"' not in said(handlers.start(visit(), form()))
    while len(handlers._work.now.points) < len(POINTS):
        time.sleep(0.005)
    answer = handlers.look(visit())
    assert "배우는 중" in said(answer) and "[Epoch 2 Batch 2/2]" in said(answer)
    assert answer["timer"]["active"] and "base" not in answer  # the form is left alone meanwhile
    assert learned[0].consent.source == "단톡방" and learned[0].settings == TrainingSettings()
    assert "배우는 중이에요" in said(handlers.start(visit(), form(name="둘째")))
    handlers.stop(visit())
    handlers._work.join(10)
    answer = handlers.look(visit())
    assert "이어서 배우기" in said(answer) and answer["waits"]["visible"]
    assert answer["waiting"]["choices"] == ["우리반"] and "단톡방" in answer["history"]
    handlers.resume(visit(), {"waiting": "우리반"})
    handlers._work.close()
    assert not handlers.forget(visit(), {"waiting": "우리반"})["waits"]["visible"]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"source": " "}, "출처를 적어 주세요"),
        ({"basis": None}, "까닭을 고르지 않았어요"),
        ({"basis": "consent"}, "누가 동의했는지"),
        ({"paste": ""}, "비어 있어요"),
        ({"paste": 7}, "비어 있어요"),
        ({"paste": "사랑은 착한 뼈다귀"}, "서로 다른 답"),
        ({"drop": "gone"}, "다시 골라 주세요"),
        ({"name": "../evil"}, "모델 이름으로 쓸 수 없어요"),
        ({"base": "ghost"}, "ghost"),
        ({"epochs": "abc"}, "‘에폭’ 칸의 ‘abc’"),
        ({"epochs": "0"}, "에폭"),
        ({"learning_rate": "nan"}, "학습률"),
        ({"batch": None}, "배치"),
        ({"name": EVIL}, "&lt;img"),
    ],
)
def test_what_is_missing_or_wrong_is_told_and_nothing_begins(handlers, learned, changes, part):
    answer = said(handlers.start(visit(), form(**changes)))
    assert 'role="alert"' in answer and part in answer and "<img" not in answer
    assert handlers._work.now is None and not learned and not handlers._work.consents.latest()


def report(**changes):
    verdict = TrainingVerdict(
        "collapsed",
        (CheckedFigure("unique", 0.4, 0.95, "failed"),),
        (EVIL,),
        1000,
        ("사랑!", 420),
        (2, 20),
    )
    facts = dict.fromkeys(("learned", "held_out", "repeated", "capped", "cut"), 3)
    given = {
        "name": EVIL,
        "untuned_ppl": 20.0,
        "val_ppl": 25.0,
        "train_ppl": 3.0,
        "other_ppl": 25.1,
        "best_epoch": 1,
    }
    return TrainingReport(
        **{**given, "stopped_early": True, **facts, "verdict": verdict, **changes}
    )


@pytest.mark.parametrize("language", list(Language))
def test_the_verdict_is_honest(language):
    shown = board(Training("a", "b", is_running=False, points=POINTS, report=report()), language)
    assert ("붕괴" if language is Language.KO else "collapsed") in shown
    assert ("나아지지 않았어요" if language is Language.KO else "did not become likelier") in shown
    assert "사랑!" in shown and "420" in shown and "0.40" in shown
    assert "<img" not in shown
    assert ("질문을 따라가지" if language is Language.KO else "do not follow") in shown
    better = board(Training("a", "b", is_running=False, report=report(val_ppl=10.0)), language)
    assert "나아지지 않았어요" not in better and "did not become" not in better
    assert "질문을 따라가지" not in better and "do not follow" not in better


@pytest.mark.parametrize(
    ("changes", "is_fine"),
    [({"val_ppl": 10.0}, True), ({"val_ppl": 25.0}, False), ({"val_ppl": 19.9}, True)],
)
def test_fine_is_not_said_beside_a_complaint(changes, is_fine):
    good = report(verdict=TrainingVerdict("normal"), **changes)
    shown = board(Training("a", "b", is_running=False, report=good), Language.KO)
    assert ("판정: 정상" in shown) is is_fine
    assert ("나아지지 않았어요" in shown) is (not is_fine)


def test_the_curve_says_in_words_what_it_shows():
    drawn = plot(POINTS, Language.KO)
    assert 'role="img"' in drawn and "33.70" in drawn and "20.50 (1번째 에폭)" in drawn
    assert drawn.count("<circle") == 3  # the untuned model and two epochs
    assert "nan" not in drawn and "inf" not in drawn
    assert "첫 에폭이 끝나면" in plot(POINTS[:2], Language.KO)
    assert plot((), Language.KO) == ""
