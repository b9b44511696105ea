"""Learning: it gets better, it stops when it does not, and a kill changes nothing."""

from __future__ import annotations

import math
import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, TrainingError
from pipelines.text.neural import load
from pipelines.training.finetune.checkpoint import Checkpoints
from pipelines.training.finetune.curve import Point
from pipelines.training.finetune.dataset import read_data
from pipelines.training.finetune.examples import IGNORED, collate, encode, order
from pipelines.training.finetune.learner import Learner
from pipelines.training.finetune.loop import Loop, LoopHooks
from pipelines.training.finetune.settings import FinetuneMethod, TrainingSettings
from pipelines.training.finetune.split import split
from tests.conftest import ROOT
from tests.pipelines.training.finetune.conftest import pairs_csv
from tests.tiny_language import WORDS

SETTINGS = TrainingSettings(epochs=3, batch=8, learning_rate=3e-3)


@pytest.fixture
def make_loop(base_folder, pairs, tmp_path):
    """Return a function that makes a loop on a fresh model."""

    def make(settings=SETTINGS, data=pairs, place="checkpoint", **hooks):
        torch.set_num_threads(1)
        model = load(base_folder, "tiny", use_cpu=True)
        parts = split(data.rows, settings.holdout, settings.seed)
        learned, held_out = (
            encode(part, model.vocabulary, 64) for part in (parts.learned, parts.held_out)
        )
        checkpoints = Checkpoints(tmp_path / place)
        return Loop(
            Learner(model, settings), learned, held_out, settings, checkpoints, LoopHooks(**hooks)
        )

    return make


@pytest.mark.parametrize("method", list(FinetuneMethod))
def test_what_was_never_learned_becomes_likelier(make_loop, method):
    loop = make_loop(replace(SETTINGS, method=method))
    assert not loop.run()
    untuned, *rest = [point for point in loop.points if point.val_ppl is not None]
    assert untuned.epoch == 0 and len(rest) == 3
    assert rest[-1].val_ppl < untuned.val_ppl * 0.8
    rates = [point.learning_rate for point in loop.points]
    assert min(rates) >= 0 and max(rates) <= SETTINGS.learning_rate
    loop.learner.finish()
    kept = min(point.val_ppl for point in rest)
    assert math.isclose(loop.measure(loop.held_out), kept, rel_tol=1e-3)  # LoRA is folded in


def test_only_replies_are_learned(base_folder, pairs):
    model = load(base_folder, "tiny", use_cpu=True)
    examples = encode(pairs.rows[:4], model.vocabulary, 64)
    batch = collate(examples, [0, 1, 2, 3], [2, 2, 2, 2], model.end_id)
    for at, example in enumerate(examples):
        targets = [int(number) for number in batch.targets[at] if number != IGNORED]
        assert targets == list(example.reply)
        text = model.vocabulary.decode(targets).strip()
        assert text == pairs.rows[at].reply and targets[-1] == model.end_id
    assert batch.tokens == sum(len(example.reply) for example in examples)


def test_rows_that_are_too_long_are_cut_without_a_false_end(base_folder):
    model = load(base_folder, "tiny", use_cpu=True)
    data = read_data("\n".join(f"{n} " + "뼈다귀 " * 100 for n in range(30)), "")
    line = encode(data.rows[:1], model.vocabulary, 32)[0]
    assert line.length == 32 and line.is_cut and line.reply[-1] != model.end_id
    table = "Q,A,label\n" + "\n".join(f"{'달은 ' * 90}{n},{'해 ' * 90}{n},0" for n in range(30))
    pair = encode(read_data(table, "").rows[:1], model.vocabulary, 32)[0]
    assert pair.length <= 32 and pair.is_cut and pair.reply[-1] != model.end_id


def test_perplexity_is_weighted_by_tokens(make_loop):
    loop = make_loop()
    whole = loop.measure(loop.learned)
    nats, tokens = 0.0, 0
    for example in loop.learned:  # row by row, with transformers' own loss
        ids = torch.tensor([example.ids(example.label)])
        labels = ids.clone()
        labels[0, : len(example.heads[0])] = IGNORED
        loop.learner.network.eval()
        with torch.inference_mode():
            loss = loop.learner.network(ids, labels=labels).loss
        nats += float(loss) * len(example.reply)
        tokens += len(example.reply)
    assert math.isclose(whole, math.exp(nats / tokens), rel_tol=1e-4)


def test_every_row_is_read_once_an_epoch_in_another_order(base_folder, pairs):
    model = load(base_folder, "tiny", use_cpu=True)
    examples = encode(pairs.rows, model.vocabulary, 64)
    first, second = (order(examples, 8, 0, epoch) for epoch in (1, 2))
    assert sorted(place for batch in first for place in batch) == list(range(len(examples)))
    assert first != second and first == order(examples, 8, 0, 1)


def test_random_pairs_end_in_an_early_stop(make_loop):
    dice = random.Random(1)
    rows = [
        f"{dice.choice(WORDS)} {n}?,{' '.join(dice.choices(WORDS, k=3))},{n % 3}" for n in range(60)
    ]
    data = read_data("Q,A,label\n" + "\n".join(rows), "a.csv")
    loop = make_loop(TrainingSettings(epochs=60, batch=8, learning_rate=1e-2, dropout=0.0), data)
    assert loop.run()
    measured = [point.val_ppl for point in loop.points if point.val_ppl is not None][1:]
    assert len(measured) < 60 and measured[-1] > min(measured)
    assert math.isclose(
        loop.measure(loop.held_out), min(measured), rel_tol=1e-4
    )  # the best is kept


def test_a_stop_is_kept_and_the_same_curve_goes_on(make_loop):
    whole = make_loop(place="whole")
    whole.run()
    steps = 0

    def after_ten():
        nonlocal steps
        steps += 1
        return steps == 10

    with pytest.raises(Cancelled):
        make_loop(cancel=CancelToken(after_ten)).run()
    told: list[Point] = []
    rest = make_loop(on_point=told.append)
    rest.run()
    assert rest.points == whole.points == told
    for name, weight in rest.learner.trainable.items():
        assert torch.equal(weight, whole.learner.trainable[name])


@pytest.mark.slow
def test_a_kill_changes_nothing(make_loop, base_folder, tmp_path):
    csv = tmp_path / "pairs.csv"
    csv.write_text(pairs_csv(), encoding="utf-8")
    victim = [sys.executable, "-m", "tests.pipelines.training.finetune.victim"]
    process = subprocess.run(
        [*victim, base_folder, csv, tmp_path / "checkpoint"], cwd=ROOT, check=False, timeout=60
    )
    assert process.returncode == -signal.SIGKILL if os.name == "posix" else process.returncode
    whole, rest = make_loop(place="whole"), make_loop()
    assert rest.checkpoints.exists()
    whole.run()
    rest.run()
    assert rest.points == whole.points


def test_a_checkpoint_of_other_settings_is_refused(make_loop):
    make_loop().run()
    with pytest.raises(TrainingError) as caught:
        make_loop(replace(SETTINGS, batch=4)).run()
    assert caught.value.key == "training.checkpoint"
    state = Path(make_loop().checkpoints.folder / "state.json")
    state.write_text("{")
    with pytest.raises(TrainingError):
        make_loop().run()


def test_numbers_that_explode_are_told(make_loop):
    loop = make_loop()
    loop.learner.trainable["transformer.wte.weight"].data.fill_(math.nan)
    with pytest.raises(TrainingError) as caught:
        loop.run()
    assert caught.value.key == "training.diverged"
