"""The gate every load goes through."""

from __future__ import annotations

import hashlib
import shutil

import pytest

from models import __main__ as command_line
from models import library as library_module
from models.digest import sha256_of
from models.errors import DigestMismatch, ModelFileError, ModelNotFound, NotSafetensors
from models.library import UNET_WEIGHTS, Library, fingerprint
from models.trust import Pin, read_pins


@pytest.fixture
def models(tiny_models, tmp_path):
    shutil.copytree(tiny_models / "tiny", tmp_path / "models" / "tiny")
    return tmp_path / "models"


def test_digest_is_sha256_and_tells_progress(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x" * 3_000_000)
    seen = []
    assert sha256_of(path, seen.append) == hashlib.sha256(b"x" * 3_000_000).hexdigest()
    assert seen == [1 << 20, 2 << 20, 3_000_000]


def test_verified_model_carries_the_digest_of_every_file(models):
    opened = Library([models], pins={}).open_verified("tiny")
    assert opened.sha256 == sha256_of(models / "tiny" / UNET_WEIGHTS)
    assert len(opened.digests) == 3


def test_pinned_file_with_other_bytes_is_never_opened(models):
    pin = Pin(f"tiny/{UNET_WEIGHTS}", "0" * 64, 1)
    with pytest.raises(DigestMismatch):
        Library([models], pins={pin.name: pin}).open_verified("tiny")


def test_damaged_file_is_refused(models):
    path = models / "tiny" / UNET_WEIGHTS
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(NotSafetensors):
        Library([models], pins={}).open_verified("tiny")


def test_pickle_beside_the_weights_is_refused(models):
    (models / "tiny" / "unet" / "diffusion_pytorch_model.BIN").write_bytes(b"\x80\x04.")
    with pytest.raises(ModelFileError) as caught:
        Library([models], pins={}).open_verified("tiny")
    assert caught.value.key == "model.pickle"


def test_folder_without_weights_is_told(models):
    for path in models.rglob("*.safetensors"):
        path.unlink()
    with pytest.raises(ModelFileError) as caught:
        Library([models], pins={}).open_verified("tiny")
    assert caught.value.key == "model.no_weights"


def test_near_miss_is_an_error_that_suggests(models):
    with pytest.raises(ModelNotFound) as caught:
        Library([models], pins={}).open_verified("tin")
    assert caught.value.values["nearest"] == "tiny"


def test_file_replaced_after_the_check_is_noticed(models):
    library = Library([models], pins={})
    opened = library.open_verified("tiny")
    before = fingerprint(opened.folder)
    path = models / "tiny" / UNET_WEIGHTS
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)
    with pytest.raises(ModelFileError) as caught:
        opened.check_unchanged(before)
    assert caught.value.key == "model.changed"


def test_stranger_in_a_builtin_folder_is_refused(models, monkeypatch):
    monkeypatch.setattr(library_module, "BUILTIN", models)
    with pytest.raises(ModelFileError) as caught:
        Library(pins={}).open_verified("tiny")
    assert caught.value.key == "model.unpinned"


def test_every_builtin_weight_is_pinned_and_right():
    library = Library()
    builtin = [folder.name for folder in library.folders() if folder.is_builtin]
    assert "crayon" in builtin
    for name in builtin:
        library.open_verified(name)
    pinned_files = {name.split("/")[0] for name in read_pins()}
    assert pinned_files == set(builtin)


def test_bad_pin_file_is_a_value_error(tmp_path):
    path = tmp_path / "pins.json"
    path.write_text('{"files": {"a": {"size": 1}}}')
    with pytest.raises(ValueError, match="pin file"):
        read_pins(path)


def test_verify_command_tells_what_it_found(capsys, monkeypatch, models):
    monkeypatch.setattr(library_module, "BUILTIN", models)
    assert command_line.main(["verify"]) == 1
    assert "REFUSED" in capsys.readouterr().out
    assert command_line.main(["list"]) == 0
    assert "tiny" in capsys.readouterr().out
