"""A whole training tells whether replies listen to their questions."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from models.library import Library
from pipelines.contract.errors import TrainingError
from pipelines.text.neural import load
from pipelines.training.finetune.consent import Consent
from pipelines.training.finetune.examples import encode, mismatched
from pipelines.training.finetune.folder import parse_name, trainer_state
from pipelines.training.finetune.job import DataFacts, JobFolder, TrainingJob
from pipelines.training.finetune.run import Places, RunHooks, TrainingStage, fine_tune
from pipelines.training.finetune.settings import TrainingSettings
from pipelines.training.finetune.verdict import TrainingVerdict

SETTINGS = TrainingSettings(epochs=3, batch=8, learning_rate=3e-3)


@pytest.fixture
def job(tmp_path, pairs):
    folder = JobFolder(tmp_path / "jobs", "mine")
    consent = Consent.parse("직접 씀", "own")
    folder.create(TrainingJob("mine", "tiny", consent, SETTINGS, DataFacts.of(pairs)), pairs.rows)
    return folder


@pytest.mark.slow
def test_a_run_goes_through_its_stages_and_reports(job, base_folder, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "pipelines.training.finetune.run.judge", lambda *_: TrainingVerdict("normal", asked=1000)
    )
    (tmp_path / "partial").mkdir()
    stages: list[TrainingStage] = []
    base = Library([base_folder.parent], pins={}).open_verified("tiny")
    places = Places(base, tmp_path / "languages" / "mine", tmp_path / "partial")
    report = fine_tune(job, places, RunHooks(on_stage=stages.append))
    assert stages == list(TrainingStage)
    assert report.has_improved and report.best_epoch == 3 and not report.stopped_early
    assert report.other_ppl > 0 and report.train_ppl > 0
    record = json.loads((places.target / "training.json").read_text())
    assert record["report"]["other_ppl"] == report.other_ppl
    assert not any((tmp_path / "partial").iterdir())
    with pytest.raises(TrainingError):
        job.read()  # the rows are gone


def test_replies_that_follow_no_question_are_told(pairs, base_folder):
    from pipelines.training.finetune.run import TrainingReport

    facts: dict[str, Any] = dict.fromkeys(("learned", "held_out", "repeated", "capped", "cut"), 1)
    report = TrainingReport(
        "a", 30.0, 20.0, 18.0, 20.1, 1, False, **facts, verdict=TrainingVerdict("normal")
    )
    assert report.has_improved and not report.hears_questions
    assert replace(report, other_ppl=25.0).hears_questions
    assert replace(report, other_ppl=0.0).hears_questions  # plain lines have no questions
    model = load(base_folder, "tiny", use_cpu=True)
    examples = encode(pairs.rows[:5], model.vocabulary, 64)
    swapped = mismatched(examples)
    assert [each.reply for each in swapped] == [each.reply for each in examples]
    assert [each.heads for each in swapped] == [examples[at - 1].heads for at in range(5)]


def test_names_and_states_are_plain():
    assert parse_name("  우리반 1호 ") == "우리반 1호"
    assert trainer_state(())["best_metric"] is None
