import os
import subprocess
import sys
from itertools import repeat

import pytest

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import TextRequest
from pipelines.text.engines import ENGINES, say
from playground.messages import Language, explain


def test_the_same_seed_says_the_same_again():
    assert say(TextRequest(count=20, seed=7)) == say(TextRequest(count=20, seed=7))


def test_another_process_says_the_same():
    code = (
        "from pipelines.contract.requests import TextRequest\n"
        "from pipelines.text.markov import engine as markov\n"
        "from pipelines.text.engines import say\n"
        "wishes = {'seed': 7, 'mood': 'merry', 'topics': ('문어', '다율')}\n"
        "said = say(TextRequest(count=50, **wishes))\n"
        "model = markov.train(chr(10).join(phrase.ko for phrase in said))\n"
        "print(said, next(model.phrases(TextRequest(seed=7), 2.0)))\n"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            capture_output=True, check=True, timeout=60,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    )  # fmt: skip
    assert first == second


def test_another_seed_says_something_else():
    assert say(TextRequest(count=5, seed=7)) != say(TextRequest(count=5, seed=8))


def test_all_phrases_are_different():
    phrases = say(TextRequest(count=50, seed=3))
    assert len({phrase.ko for phrase in phrases}) == 50


def test_a_random_seed_is_settled_and_can_be_said_again():
    first = say(TextRequest(count=3))
    seed = first[0].seed
    assert seed is not None
    assert say(TextRequest(count=3, seed=seed)) == first


def test_an_engine_that_only_repeats_itself_is_stopped(monkeypatch):
    parrot = Phrase("사랑!", "love!", (), engine="parrot")
    monkeypatch.setitem(ENGINES, "parrot", lambda request: repeat(parrot))
    assert say(TextRequest(count=1, engine="parrot")) == (parrot,)
    with pytest.raises(RuntimeError, match="parrot"):
        say(TextRequest(count=2, engine="parrot"))


def test_an_unknown_engine_is_named_with_the_known_ones():
    with pytest.raises(InvalidRequest) as caught:
        say(TextRequest(engine="parrot"))
    for language in Language:
        sentence = explain(caught.value, language)
        assert "parrot" in sentence
        assert "grammar" in sentence
