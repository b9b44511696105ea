"""What a painter tells and refuses before it draws, from names alone: nothing is opened for it."""

from __future__ import annotations

import dataclasses

import pytest

from models.errors import ModelFileError, ModelNotFound
from models.library import Library
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.picture_settings import UPSCALERS, Hires, Refiner
from pipelines.image.families import PromptLanguage
from pipelines.image.memory.device import DeviceOptions
from pipelines.image.memory.ram import Ram
from pipelines.painter.diffusers_painter import DiffusersPainter
from tests.pipelines.image.shelf import FROM_TEXT

REQUEST = dataclasses.replace(FROM_TEXT, model="sd15-file")


@pytest.fixture(scope="module")
def folder(shelf):
    for name in ("sd15-file", "sd15-lcm-file", "tiny"):
        shelf.load(name)
    return shelf


@pytest.fixture
def painter(folder, monkeypatch):
    library = Library(folder.library.roots)
    library.families, library.known = folder.library.families, folder.library.known
    monkeypatch.setattr(library, "_hash", lambda *_args: pytest.fail("something was hashed"))
    return DiffusersPainter(library, DeviceOptions(use_cpu=True))


def test_a_model_is_known_by_its_name_and_by_its_file(painter):
    found = painter.known("sd15-file")
    assert (found.name, found.family, found.variant) == ("sd15-file", "sd15", "")
    assert found.reads is PromptLanguage.ENGLISH
    assert painter.known("sd15-file.safetensors") == found
    assert painter.known("sd15-lcm-file").variant == "lcm"
    assert painter.known("crayon").reads is PromptLanguage.CAPTION


def test_a_hash_in_brackets_is_understood_once_it_is_known(folder):
    library = Library(folder.library.roots)
    library.families, library.known = folder.library.families, folder.library.known
    painter = DiffusersPainter(library, DeviceOptions(use_cpu=True))
    sha256 = library.verify("sd15-file").sha256
    for name in (f"sd15-file [{sha256[:10]}]", sha256[:10], sha256):
        assert painter.known(name).name == "sd15-file", name


@pytest.mark.parametrize("name", ["", "sd15-flie", "별" * 5000, "\ud800", "../sd15-file"])
def test_what_is_no_model_is_not_known(painter, name):
    assert painter.known(name) is None


def test_a_name_of_several_files_is_not_known(painter, folder, tmp_path):
    source = folder.library.find("sd15-file").path
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "same.safetensors").write_bytes(source.read_bytes())
    painter = DiffusersPainter(Library([tmp_path]), DeviceOptions(use_cpu=True))
    assert painter.known("a/same").family == "sd15"
    assert painter.known("same") is None


WRONG = {
    "model": ({"model": "sd15-flie"}, ModelNotFound, "model.unknown"),
    "a writer": ({"model": "ongari"}, ModelFileError, "model.kind"),
    "refiner": ({"refiner": Refiner("sd15-flie")}, ModelNotFound, "model.unknown"),
    "upscaler": ({"hires": Hires(upscaler="Lanczoz")}, ModelNotFound, "upscaler.unknown"),
    "sampler": ({"sampler": "Oiler"}, InvalidRequest, "request.sampler"),
    "schedule": ({"schedule": "Karas"}, InvalidRequest, "request.schedule"),
    "size": ({"model": "crayon", "width": 72}, InvalidRequest, "request.multiple"),
}


@pytest.mark.parametrize(("changes", "kind", "key"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_drawn_is_told_at_once(painter, changes, kind, key):
    with pytest.raises(kind) as caught:
        painter.check(dataclasses.replace(REQUEST, **changes))
    assert caught.value.key == key


def test_what_cannot_fit_into_this_machine_is_refused(painter, monkeypatch):
    request = dataclasses.replace(REQUEST, model="sd15-file", width=1024, height=1024, batch_size=8)
    monkeypatch.setattr("pipelines.painter.model_info.read_ram", lambda: Ram(10**12, 10**12))
    painter.check(request)
    monkeypatch.setattr("pipelines.painter.model_info.read_ram", lambda: Ram(2 << 30, 1 << 30))
    with pytest.raises(InvalidRequest, match=r"request\.memory_batch"):
        painter.check(request)
    painter.check(dataclasses.replace(request, batch_size=1))


@pytest.mark.parametrize("upscaler", UPSCALERS)
def test_ways_to_make_a_picture_larger_that_are_no_files_are_let_through(painter, upscaler):
    painter.check(dataclasses.replace(REQUEST, hires=Hires(upscaler=upscaler)))


def test_a_file_that_came_after_the_last_look_is_found(painter, folder, tmp_path):
    painter._info._library.roots = (tmp_path,)
    painter._info._library.scan()
    source = folder.library.find("sd15-file").path
    (tmp_path / "late.safetensors").write_bytes(source.read_bytes())
    assert painter.known("late") is None
    painter.check(dataclasses.replace(REQUEST, model="late"))
    assert painter.known("late").family == "sd15"
