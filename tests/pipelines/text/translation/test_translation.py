"""Translation models through the real loading code, with random weights."""

from __future__ import annotations

import json
import shutil

import pytest

from pipelines.contract.errors import LanguageModelError
from pipelines.text.translation import load
from pipelines.text.translation.loading import LANGUAGES
from tests.tiny_translators import make_m2m100, make_marian

ALLOWED = set("a cat love eats bone 고양이사랑가를한다.먹는")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("translators")
    make_marian(root / "opus")
    make_m2m100(root / "m2m100")
    return root


@pytest.mark.parametrize("name", ["opus", "m2m100"])
def test_the_same_text_is_translated_the_same_way(made, name):
    one, other = load(made / name, name), load(made / name, name)
    said = one.translate("고양이가 사랑한다. 고양이는 먹는다!")
    assert said and said == other.translate("고양이가 사랑한다. 고양이는 먹는다!")
    assert "<" not in said and "▁" not in said
    assert one.name == name


@pytest.mark.parametrize("text", ["", "   ", "...", "!?\n"])
def test_nothing_is_translated_to_nothing(made, text):
    assert load(made / "opus", "opus").translate(text) == ""


def test_text_longer_than_the_network_is_cut_not_refused(made):
    assert isinstance(load(made / "opus", "opus").translate("고양이" * 600), str)


def test_decomposed_text_is_the_same_text(made):
    import unicodedata

    translator = load(made / "opus", "opus")
    decomposed = unicodedata.normalize("NFD", "고양이가 사랑한다")
    assert translator.translate(decomposed) == translator.translate("고양이가 사랑한다")


def test_m2m100_is_told_both_languages(made):
    marks = load(made / "m2m100", "m2m100")._vocabulary.marks
    pieces = len(json.loads((made / "m2m100" / "vocab.json").read_text("utf-8")))
    assert marks.before == (pieces + LANGUAGES.index("ko"),)
    assert marks.first == pieces + LANGUAGES.index("en")
    assert len(LANGUAGES) == 100


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("vocab.json", b"[]"),
        ("vocab.json", b'{"</s>": 99999}'),
        ("vocab.json", b'{"a": 0}'),
        ("source.spm", b""),
        ("source.spm", b"\xff" * 40),
        ("source.spm", b"<html>"),
    ],
)
def test_hostile_files_are_told(made, tmp_path, file, data):
    folder = shutil.copytree(made / "opus", tmp_path / "opus")
    (folder / file).write_bytes(data)
    with pytest.raises(LanguageModelError) as caught:
        load(folder, "opus")
    assert caught.value.key == "translator.load"


def test_languages_without_room_are_told(made, tmp_path):
    folder = shutil.copytree(made / "m2m100", tmp_path / "m2m100")
    table = {f"p{number}": number for number in range(100)} | {"</s>": 100, "<unk>": 101}
    (folder / "vocab.json").write_text(json.dumps(table), "utf-8")
    with pytest.raises(LanguageModelError):
        load(folder, "m2m100")
