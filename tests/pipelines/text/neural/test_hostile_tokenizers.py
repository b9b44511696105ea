"""A tokenizer.json is a small programme of somebody else: it is read, bounded and tried apart."""

from __future__ import annotations

import base64
import json

import pytest

from models.bounded import ChildLimits
from models.errors import PlaygroundError
from pipelines.contract.errors import LanguageModelError
from pipelines.contract.reasons import is_panic
from pipelines.text.neural import tokenizer_probe
from pipelines.text.neural.loading import load
from pipelines.text.neural.patterns import is_tame
from pipelines.text.neural.tokenizer_file import harmless_tokenizer
from pipelines.text.neural.tokenizer_probe import TokenizerHangs, check_in_child
from pipelines.text.neural.vocabulary import read_vocabulary
from playground.messages import Language, explain
from tests.tiny_language import make_folder


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    folder = make_folder(tmp_path_factory.mktemp("plain") / "plain", vocab=600)
    return json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))


def replace(pattern, content):
    return {"type": "Replace", "pattern": pattern, "content": content}


def sequence(*steps):
    return {"type": "Sequence", "normalizers": list(steps)}


def charsmap(replacement):
    data = (8).to_bytes(4, "little") + bytes(8) + replacement + b"\0"
    return {"type": "Precompiled", "precompiled_charsmap": base64.b64encode(data).decode()}


def split(regex):
    return {
        "type": "Split", "pattern": {"Regex": regex}, "behavior": "Isolated", "invert": False,
    }  # fmt: skip


WIDE = {
    "strategy": {"Fixed": 1 << 40}, "direction": "Right", "pad_id": 0, "pad_type_id": 0,
    "pad_token": "<pad>", "pad_to_multiple_of": None,
}  # fmt: skip
TWICE = replace({"String": "ㅋ"}, "ㅋㅋ")
HARMFUL = {
    "grows": {"normalizer": sequence(*[replace({"String": "ㅋ"}, "ㅋ" * 8)] * 8)},
    "doubles": {"normalizer": sequence(*[TWICE] * 7)},
    "grows_by_pattern": {"normalizer": sequence(*[replace({"Regex": "x*"}, "y" * 20)] * 2)},
    "long": {"normalizer": replace({"String": "a"}, "b" * 65)},
    "of_nothing": {"normalizer": replace({"String": ""}, "b")},
    "prepends": {"normalizer": {"type": "Prepend", "prepend": "a" * 65}},
    "many": {"normalizer": sequence(*[{"type": "NFC"}] * 33)},
    "nested": {"normalizer": sequence(sequence(sequence(sequence({"type": "NFC"}))))},
    "unknown": {"normalizer": {"type": "Shell"}},
    "charsmap": {"normalizer": charsmap(b"x" * 65)},
    "charsmap_of_nothing": {"normalizer": {"type": "Precompiled", "precompiled_charsmap": "?"}},
    "backtracks": {"pre_tokenizer": split("(ㅋ+)+!")},
    "unknown_cut": {"pre_tokenizer": {"type": "Python"}},
    "many_added": {"added_tokens": [{"id": 1, "content": "a"}] * 20_001},
    "far_added": {"added_tokens": [{"id": 1 << 40, "content": "a"}]},
    "no_processor": {"post_processor": {"type": "Template"}},
    "no_decoder": {"decoder": {"type": "Exec"}},
    "list": {"pre_tokenizer": [1, 2]},
}


@pytest.mark.parametrize("change", HARMFUL.values(), ids=HARMFUL.keys())
def test_what_could_do_harm_is_refused_by_reading_alone(plain, change):
    with pytest.raises(ValueError, match=r"\w"):
        harmless_tokenizer(plain | change)


@pytest.mark.parametrize(
    "model",
    [
        {"vocab": {"a": 1 << 33}}, {"vocab": {"a": -1}}, {"vocab": {"a": True}},
        {"vocab": {"a" * 1025: 1}}, {"vocab": ["a"]}, {"type": "Unigram", "vocab": {}},
        {"vocab": {"a": 1}, "merges": {}}, {"vocab": {"a": 1}, "unk_token": "u" * 65},
    ],
)  # fmt: skip
def test_vocabulary_is_bounded(plain, model):
    with pytest.raises(ValueError, match=r"\w"):
        harmless_tokenizer(plain | {"model": model})


def test_padding_truncation_and_dropout_are_taken_out(plain):
    hostile = plain | {
        "padding": WIDE,
        "truncation": {"max_length": 1 << 62, "strategy": "LongestFirst", "stride": 0,
                       "direction": "Right"},
    }  # fmt: skip
    hostile["model"] = plain["model"] | {"dropout": 0.5}
    kept = json.loads(harmless_tokenizer(hostile))
    assert kept["padding"] is None and kept["truncation"] is None
    assert "dropout" not in kept["model"]


def test_folder_with_padding_of_gigabytes_writes_like_any_other(tmp_path):
    folder = make_folder(tmp_path / "wide", vocab=600)
    before = read_vocabulary(folder, "wide").encode("사랑은 착한 뼈다귀")
    path = folder / "tokenizer.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["padding"] = WIDE
    path.write_text(json.dumps(data), encoding="utf-8")
    assert read_vocabulary(folder, "wide").encode("사랑은 착한 뼈다귀") == before


HONEST = [
    r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
    r"(?i:'s|'t|'re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)",
    r"[^\r\n\p{L}]?[\p{Lu}\p{M}]*[\p{Ll}]+(?i:'s|'t)?|\p{N}{1,3}|\s+",
    r"\p{N}{1,3}(?=(?:\p{N}{3})*(\P{N}|$))",
    r"[]*+a]+|[^]*]x",
]
WILD = ["(ㅋ+)+!", "(a|aa)*b", "(a*)*", "(?:a+b?)*c", "((a+))+", "(a+){3,}", "((ab)*c)*",
        r"(\w+\s?)+$", "(a?a?)*b", "(?:a+){2,90}", "a++*", r"(a)\1", r"\k<a>", "(", ")", "x" * 2001,
        "a*" * 49]  # fmt: skip


@pytest.mark.parametrize("pattern", HONEST)
def test_patterns_of_real_tokenizers_pass(pattern):
    assert is_tame(pattern)


@pytest.mark.parametrize("pattern", WILD)
def test_patterns_that_backtrack_do_not(pattern):
    assert not is_tame(pattern)


def test_what_only_shows_when_it_runs_ends_a_process_apart(plain, monkeypatch):
    monkeypatch.setattr(tokenizer_probe, "_tried", set())
    monkeypatch.setattr(tokenizer_probe, "LIMITS", ChildLimits(1, 60))
    with pytest.raises(TokenizerHangs):
        check_in_child(harmless_tokenizer(plain))
    monkeypatch.setattr(tokenizer_probe, "LIMITS", ChildLimits(3 << 30, 0.01))
    with pytest.raises(TokenizerHangs):
        check_in_child(harmless_tokenizer(plain))


def test_error_of_the_process_apart_is_told(plain):
    with pytest.raises(ValueError, match=r"\w"):
        check_in_child('{"model": 3}')
    hostile = plain | {"padding": {"strategy": {"Fixed": 1 << 40}}}
    with pytest.raises((ValueError, TokenizerHangs)):  # even where the reading forgot something
        check_in_child(json.dumps(hostile))


def test_folder_that_is_refused_says_why_in_both_languages(tmp_path):
    folder = make_folder(tmp_path / "bad", vocab=600)
    path = folder / "tokenizer.json"
    data = json.loads(path.read_text(encoding="utf-8")) | HARMFUL["backtracks"]
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(LanguageModelError) as caught:
        load(folder, "bad")
    for language in Language:
        assert "(ㅋ+)+!" in explain(caught.value, language)
        assert str(tmp_path) not in explain(caught.value, language)


class PanicException(BaseException):
    """What a panic of a Rust library looks like."""


class Panics:
    def encode(self, line, add_special_tokens):
        raise PanicException("regex gave up")


class Interrupts:
    def encode(self, line, add_special_tokens):
        raise KeyboardInterrupt


def test_panic_of_the_library_is_a_sentence_and_an_interruption_stays_one(tmp_path):
    vocabulary = read_vocabulary(make_folder(tmp_path / "tiny", vocab=600), "tiny")
    vocabulary._backend = Panics()
    with pytest.raises(PlaygroundError) as caught:
        vocabulary.encode("ㅋㅋㅋ")
    assert caught.value.key == "language.tokenizer_failed"
    vocabulary._backend = Interrupts()
    with pytest.raises(KeyboardInterrupt):
        vocabulary.encode("ㅋㅋㅋ")
    assert is_panic(PanicException()) and not is_panic(KeyboardInterrupt())
