"""One table of sentences: complete in both languages, and every error has its row."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from models.errors import PlaygroundError
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.requests import PictureRequest, TextRequest
from playground.messages import Language, explain, preferred, table, text

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for floor in ("models", "pipelines", "playground")
    for path in (ROOT / floor).rglob("*.py")
    if "messages" not in path.parts
]


def blanks(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def subclasses(cls):
    return {cls.__name__}.union(*(subclasses(child) for child in cls.__subclasses__()))


def raised_keys():
    """Yield (file, key, given values) of every error that is made in the three floors."""
    import playground.launch.errors
    import playground.studio.errors  # noqa: F401 - both for their subclasses

    names = subclasses(PlaygroundError)
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            key = node.args[0]
            if name in names and isinstance(key, ast.Constant) and isinstance(key.value, str):
                given = {keyword.arg for keyword in node.keywords if keyword.arg}
                has_more = any(keyword.arg is None for keyword in node.keywords)
                yield path.relative_to(ROOT).as_posix(), key.value, given, has_more


@pytest.mark.parametrize("key", sorted(table()))
def test_row_says_the_same_in_both_languages(key):
    row = table()[key]
    assert row.ko.strip() and row.en.strip()
    assert blanks(row.ko) == blanks(row.en)


def test_every_error_has_a_row_and_fills_its_blanks():
    seen = list(raised_keys())
    assert len(seen) > 40  # the search itself works
    rows = table()
    for path, key, given, has_more in seen:
        assert key in rows, f"{path}: no sentence for {key!r}"
        if not has_more:
            missing = blanks(rows[key].ko) - given
            assert not missing, f"{path}: {key!r} leaves {missing} open"


@pytest.mark.parametrize("request_type", [PictureRequest, TextRequest])
def test_every_setting_has_a_name(request_type):
    for field in request_type.__dataclass_fields__:
        assert f"field.{field}" in table()


@pytest.mark.parametrize("language", list(Language))
def test_error_is_explained_with_its_value(language):
    error = InvalidRequest("request.range", field="steps", value=10000, low=1, high=150)
    sentence = explain(error, language)
    assert "10000" in sentence and "150" in sentence
    assert ("단계 수" in sentence) == (language is Language.KO)


def test_lone_surrogate_in_a_value_does_not_break_a_face():
    sentence = text("request.number", Language.KO, field="seed", value="\ud83d")
    sentence.encode("utf-8")


@pytest.mark.parametrize(
    ("value", "expected"), [("Euler a", "‘Euler a’를"), ("LCM", "‘LCM’을"), ("DDIM", "‘DDIM’을")]
)
def test_particle_settles_by_the_word_that_fills_the_blank(value, expected):
    sentence = text("request.sampler", Language.KO, value="x", nearest=value)
    assert expected in sentence
    assert "(" not in sentence.replace("(CFG)", "")


@pytest.mark.parametrize(
    ("value", "expected"), [("17.83", "17.83이라 "), ("20.5", "20.5라 "), ("3.10", "3.10이라 ")]
)
def test_ending_settles_by_the_number_before_it(value, expected):
    assert expected in text("training.deaf", Language.KO, val="1", other=value)


def test_braces_in_a_value_stay_text():
    assert "{0}" in text("request.number", Language.EN, field="seed", value="{0}")


@pytest.mark.parametrize(
    ("header", "language"),
    [("ko", "ko"), ("en", "en"), ("fr-FR,ko;q=0.5", "en"), ("", "ko"), ("*", "ko"), (None, "ko")],
)
def test_language_is_read_from_the_header(header, language):
    assert preferred(header) == language
