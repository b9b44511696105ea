"""The shelf of language models: names, one gate, few in memory, everybody's own texts apart."""

from __future__ import annotations

import shutil

import pytest

from models.errors import ModelFileError, ModelNotFound
from models.library import Library
from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled
from playground.studio.jobs.guest import Guest
from playground.studio.language import shelf as languages
from playground.studio.language.shelf import MAX_MARKOV_LETTERS, LanguageKind, LanguageShelf


class Writer:
    """Stands for a loaded model."""

    def __init__(self, name):
        self.name = name


@pytest.fixture
def root(tiny_language, tmp_path):
    for name in ("하나", "둘", "셋"):
        shutil.copytree(tiny_language, tmp_path / "models" / name)
    return tmp_path / "models"


@pytest.fixture
def loads():
    return []


@pytest.fixture
def shelf(root, loads, monkeypatch):
    def load(folder, name, cancel):
        loads.append(name)
        return Writer(name)

    library = Library([root], pins={})
    monkeypatch.setattr(languages, "DEFAULT", "하나")
    return LanguageShelf(library, load)


def test_names_tell_kind_and_licence(shelf):
    entries = {entry.name: entry for entry in shelf.names() if entry.kind is LanguageKind.FOLDER}
    assert set(entries) == {"하나", "둘", "셋"}
    assert entries["하나"].notice == "CC-BY-NC-SA-4.0"


def test_model_is_loaded_once_and_kept(shelf, loads):
    assert shelf.get("하나") is shelf.get("하나") is shelf.get("")
    assert loads == ["하나"]


def test_only_a_few_stay_in_memory(shelf, loads):
    for name in ("하나", "둘", "하나", "셋", "하나", "둘"):
        assert shelf.get(name).name == name
    assert loads == ["하나", "둘", "셋", "둘"]


def test_changed_folder_is_never_answered_from_memory(shelf, root):
    shelf.get("하나")
    with (root / "하나" / "tokenizer.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    with pytest.raises(ModelFileError) as caught:
        shelf.get("하나")
    assert caught.value.key == "model.conflict"


def test_replaced_model_that_the_owner_vouches_for_is_loaded_again(shelf, root, loads):
    first = shelf.get("하나")
    with (root / "하나" / "tokenizer.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    shelf._library.pin("하나")
    assert shelf.get("하나") is not first and loads == ["하나", "하나"]


def test_unknown_name_and_other_kinds_are_a_sentence(shelf, root, tiny_models):
    shutil.copytree(tiny_models / "tiny", root / "그림")
    shelf._library.scan()
    with pytest.raises(ModelNotFound) as caught:
        shelf.get("그림")
    assert caught.value.key == "language.unknown" and "하나" in str(caught.value.values["known"])
    with pytest.raises(ModelNotFound):
        shelf.get("없는 것")


def test_folder_that_lacks_something_says_what(shelf, root):
    (root / "둘" / "tokenizer.json").unlink()
    (root / "셋" / "model.safetensors").unlink()
    shelf._library.scan()
    names = [entry.name for entry in shelf.names() if entry.kind is LanguageKind.FOLDER]
    assert names == ["하나"]
    for name, key in (("둘", "language.no_tokenizer"), ("셋", "language.no_weights")):
        with pytest.raises(ModelFileError) as caught:
            shelf.get(name)
        assert caught.value.key == key


def test_stop_is_heard_while_files_are_hashed(shelf):
    with pytest.raises(Cancelled):
        shelf.get("하나", cancel=CancelToken(lambda: True))


def test_own_texts_are_their_owners(shelf):
    shelf.add_markov("나", "일기", Writer("나의 일기"))
    shelf.add_markov("너", "일기", Writer("너의 일기"))
    assert shelf.get("일기", "나").name == "나의 일기"
    assert shelf.get("일기", "너").name == "너의 일기"
    with pytest.raises(ModelNotFound):
        shelf.get("일기", "남")
    mine = [entry for entry in shelf.names("나") if entry.kind is LanguageKind.MARKOV]
    assert [entry.name for entry in mine] == ["일기"]


def test_oldest_own_texts_go(shelf):
    for number in range(6):
        shelf.add_markov("나", f"글 {number}", Writer(str(number)))
    own = [entry.name for entry in shelf.names("나") if entry.kind is LanguageKind.MARKOV]
    assert own == ["글 5", "글 4", "글 3", "글 2"]
    for number in range(30):
        shelf.add_markov(f"사람 {number}", "글", Writer(str(number)))
    assert not [entry for entry in shelf.names("나") if entry.kind is LanguageKind.MARKOV]
    assert shelf.get("글", "사람 29").name == "29"


def test_who_makes_up_cookies_pushes_out_their_own_texts_only(shelf):
    shelf.add_markov("나", "글", Writer("나"))
    shelf.add_markov("너", "글", Writer("너"), guest=Guest("너", "10.0.0.8"))
    for number in range(30):
        guest = Guest(f"사람 {number}", "10.0.0.7")
        shelf.add_markov(guest.person, "글", Writer(str(number)), guest=guest)
    assert shelf.get("글", "나").name == "나" and shelf.get("글", "너").name == "너"
    assert shelf.get("글", "사람 29").name == "29"


def test_long_texts_make_room_for_each_other(shelf):
    for number in range(3):
        guest = Guest(f"사람 {number}", f"10.0.0.{number}")
        shelf.add_markov(guest.person, "글", Writer("짧은"), guest=guest, letters=1000)
    for number in range(4):
        shelf.add_markov("나", f"긴 글 {number}", Writer("긴"), letters=MAX_MARKOV_LETTERS // 2)
    own = [entry.name for entry in shelf.names("나") if entry.kind is LanguageKind.MARKOV]
    assert own == ["긴 글 3", "긴 글 2"]


def test_real_folder_is_opened_and_writes(root):
    from pipelines.text.language.model import Sampling

    model = LanguageShelf(Library([root], pins={}), use_cpu=True).get("하나")
    assert model.draft("사랑은", 1, Sampling(seed=1, max_tokens=4))[0].text
