"""The translator's shelf: one model, verified and loaded once."""

from __future__ import annotations

import pytest

from models.library import Library
from pipelines.contract.errors import LanguageModelError
from playground.studio.language.translators import TranslatorShelf
from tests.tiny_translators import make_marian


def test_no_translator_is_a_usual_answer(tmp_path):
    shelf = TranslatorShelf(Library([tmp_path], pins={}))
    assert shelf.names() == () and shelf.get() is None


def test_a_translator_is_verified_loaded_once_and_told_when_it_changes(tmp_path):
    folder = make_marian(tmp_path / "models" / "opus-mt-ko-en")
    loads = []

    class Said:
        name = "opus-mt-ko-en"

        def translate(self, text):
            return "fluent"

    def load(path, name):
        loads.append((path, name))
        return Said()

    shelf = TranslatorShelf(Library([folder.parent], pins={}), load)
    assert shelf.get() is shelf.get()
    assert loads == [(folder, "opus-mt-ko-en")]
    (folder / "source.spm").unlink()
    assert TranslatorShelf(Library([folder.parent], pins={}), load).get() is None


def test_a_broken_translator_is_told(tmp_path):
    folder = make_marian(tmp_path / "models" / "opus-mt-ko-en")
    (folder / "source.spm").write_bytes(b"no pieces")
    with pytest.raises(LanguageModelError) as caught:
        TranslatorShelf(Library([folder.parent], pins={})).get()
    assert caught.value.key == "translator.load"
