"""The mistranslation game: three requests with one seed, and the translator's shelf."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.library import Library
from pipelines.bridge import ReadingKind
from pipelines.contract.errors import LanguageModelError
from pipelines.contract.painter import KnownModel
from pipelines.contract.requests import PictureRequest
from pipelines.image.families import PromptLanguage
from pipelines.text.reading.typed import typed
from playground.studio.language.translators import TranslatorShelf
from playground.studio.misreading import misread, usual_request
from tests.tiny_translators import make_marian

CRAYON = KnownModel("crayon", "crayon", "", PromptLanguage.CAPTION)
STAR = KnownModel("별", "sd15", "", PromptLanguage.ENGLISH)


def test_three_pictures_share_everything_but_the_prompt():
    phrase = typed("배를 먹는 말")
    plain = PictureRequest(phrase=phrase, seed=7, model="crayon")
    found = misread(phrase, plain, CRAYON)
    assert [one.reading.kind for one in found] == list(ReadingKind)
    assert {one.request.seed for one in found} == {7}
    assert [one.request.prompt for one in found] == [one.reading.prompt for one in found]


def test_an_english_model_is_told_english():
    phrase = typed("배를 먹는 말")
    plain = usual_request(phrase, "별", 7, STAR)
    assert (plain.width, plain.height, plain.model) == (512, 512, "별")
    assert misread(phrase, plain, STAR)[2].reading.prompt == "a horse eating a pear"


def test_a_model_that_reads_korean_is_told_korean():
    phrase = typed("배를 먹는 말")
    korean = replace(STAR, reads=PromptLanguage.KOREAN)
    plain = usual_request(phrase, "별", 7, korean)
    english = misread(phrase, plain, STAR)[2].reading.prompt
    assert misread(phrase, plain, korean)[2].reading.prompt != english


def test_a_random_seed_is_settled_once_for_all_three():
    phrase = typed("배를 먹는 말")
    plain = usual_request(phrase, "crayon", -1, CRAYON)
    seeds = {one.request.seed for one in misread(phrase, plain, CRAYON)}
    assert seeds == {plain.seed} and plain.seed >= 0


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
