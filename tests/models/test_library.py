"""The gate every load goes through."""

from __future__ import annotations

import os
import shutil
import time

import pytest

from models import library as library_module
from models import shelves
from models.diffusers_folder import main_file
from models.digest import sha256_of
from models.entry import Integrity, fingerprint
from models.errors import (
    DigestMismatch,
    DiskError,
    ModelFileError,
    ModelNotFound,
    NotSafetensors,
)
from models.library import Library
from models.structure import expected_tensors
from models.trust import KnownFile, Pin, Trust, read_pins
from tests.models.golden import checkpoint, file_of, only, with_channels, write_sparse
from tests.models.ldm import tiny_merges, write_configs

UNET_WEIGHTS = "unet/diffusion_pytorch_model.safetensors"
LORA = {"lora_unet_mid_block_attn2_to_k.lora_down.weight": (4, 768)}
EMBEDDING = {"emb_params": (2, 768)}


@pytest.fixture
def models(tiny_models, tmp_path):
    shutil.copytree(tiny_models / "tiny", tmp_path / "models" / "tiny")
    return tmp_path / "models"


def key_of(call, *args):
    with pytest.raises(ModelFileError) as caught:
        call(*args)
    return caught.value.key


def test_verified_model_carries_the_digest_of_every_file(models):
    opened = Library([models], pins={}).open_verified("tiny")
    assert opened.sha256 == sha256_of(models / "tiny" / UNET_WEIGHTS)
    assert len(opened.digests) == 3
    weights = [models / "tiny" / name for name in opened.digests]
    assert opened.size_bytes == sum(path.stat().st_size for path in weights)
    assert main_file(models / "tiny") == UNET_WEIGHTS


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
    library = Library([models], pins={})
    assert key_of(library.open_verified, "tiny") == "model.pickle"
    assert key_of(library.verify, "tiny") == "model.pickle"


def test_folder_without_weights_is_told(models):
    for path in models.rglob("*.safetensors"):
        path.unlink()
    assert key_of(Library([models], pins={}).open_verified, "tiny") == "model.no_weights"


def test_near_miss_is_an_error_that_suggests(models):
    with pytest.raises(ModelNotFound) as caught:
        Library([models], pins={}).open_verified("tin")
    assert caught.value.values["nearest"] == "tiny"


def test_file_replaced_after_the_check_is_noticed(models):
    opened = Library([models], pins={}).open_verified("tiny")
    path = models / "tiny" / UNET_WEIGHTS
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)
    assert key_of(opened.check_unchanged) == "model.changed"


def test_file_replaced_while_it_is_hashed_is_noticed(models):
    path = models / "tiny" / UNET_WEIGHTS

    def touch(_done):
        os.utime(path)

    assert key_of(Library([models], pins={}).open_verified, "tiny", touch) == "model.changed"


def test_flipped_bit_is_a_conflict_even_with_the_old_times(models):
    library = Library([models], pins={})
    library.open_verified("tiny")
    path = models / "tiny" / UNET_WEIGHTS
    status = path.stat()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    time.sleep(0.02)  # the clock of the file system may be coarse
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    library.scan()
    assert library.find("tiny").integrity is Integrity.CHANGED
    assert key_of(library.open_verified, "tiny") == "model.conflict"
    library.scan()
    model = library.find("tiny")
    assert model.trust is Trust.CONFLICT and not model.can_draw
    assert library.pin("tiny").trust is Trust.PINNED  # the owner says so
    library.open_verified("tiny")


def test_stranger_in_a_builtin_folder_is_refused(models, monkeypatch):
    monkeypatch.setattr(shelves, "BUILTIN", models)
    assert key_of(Library(pins={}).open_verified, "tiny") == "model.unpinned"


def test_every_builtin_weight_is_pinned_and_right():
    library = Library()
    builtin = [model.name for model in library.models() if model.is_builtin]
    for name in builtin:
        library.open_verified(name)
    pinned_files = {name.split("/")[0] for name in read_pins()}
    assert pinned_files == set(builtin)


def test_second_start_hashes_nothing(models, tmp_path):
    hashed = []
    first = Library.open(tmp_path, [models]).open_verified("tiny", hashed.append)
    assert hashed
    hashed.clear()
    second = Library.open(tmp_path, [models]).open_verified("tiny", hashed.append)
    assert not hashed
    assert second.digests == first.digests


def test_lost_database_costs_only_time(models, tmp_path):
    library = Library.open(tmp_path, [models])
    library.open_verified("tiny")
    library.pin("tiny")
    for path in tmp_path.glob("models.db*"):
        path.unlink()
    again = Library.open(tmp_path, [models])
    hashed = []
    again.open_verified("tiny", hashed.append)
    assert hashed
    again.scan()
    assert again.find("tiny").trust is Trust.PINNED


def test_only_pinned_models_are_opened_when_told_so(models, tmp_path):
    library = Library.open(tmp_path, [models], require_pinned=True)
    assert key_of(library.open_verified, "tiny") == "model.not_pinned"
    library.pin("tiny")
    library.open_verified("tiny")


@pytest.mark.parametrize(
    ("tensors", "key"),
    [
        (LORA, "model.kind"),
        ({"w": (2, 3)}, "model.kind"),
        (only(checkpoint("sd15"), "model.diffusion_model."), "model.parts"),
        (with_channels(checkpoint("sd15"), 8), "model.family"),
        ({"model.diffusion_model.head.modulation": (1, 2)}, "model.family"),
    ],
    ids=["lora", "unknown", "bare unet", "pix2pix", "video"],
)
def test_what_cannot_draw_is_told_before_it_is_hashed(models, tensors, key):
    write_sparse(models / "thing.safetensors", tensors)
    hashed = []
    library = Library([models], pins={})
    assert key_of(library.open_verified, "thing", hashed.append) == key
    assert not library.find("thing").can_draw
    assert not hashed


def test_known_name_with_other_bytes_is_a_conflict(models):
    (models / "famous.safetensors").write_bytes(file_of(LORA))
    library = Library([models], pins={})
    library.known = (KnownFile("famous.safetensors", "0" * 64, 0, "sd15", "MIT", "hf:a/b"),)
    assert key_of(library.verify, "famous") == "model.conflict"
    assert library.scan() and library.find("famous").expected == "0" * 64


def test_known_digest_is_trusted_under_any_name(models):
    path = models / "renamed.safetensors"
    path.write_bytes(file_of(LORA))
    library = Library([models], pins={})
    library.known = (KnownFile("famous.safetensors", sha256_of(path), 0, "sd15", "MIT", "hf:a/b"),)
    model = library.verify("renamed")
    assert (model.trust, model.known.licence, model.licence) == (Trust.PINNED, "MIT", "MIT")


def test_lora_is_found_by_its_hashes_and_alias(models):
    metadata = {"ss_output_name": "냥이"}
    (models / "cat.safetensors").write_bytes(file_of(LORA, metadata=metadata))
    library = Library([models], pins={})
    model = library.verify("cat")
    assert model.payload_sha256 and model.integrity is Integrity.HASHED
    for name in ("cat", "cat.safetensors", "냥이", model.sha256, model.sha256[:10],
                 f"cat [{model.sha256[:10]}]", model.payload_sha256[:12]):  # fmt: skip
        assert library.find(name).path == model.path


def test_payload_hash_survives_edited_metadata(models):
    for name, metadata in (("a", {"x": "1"}), ("b", {"x": "22", "y": "3"})):
        data = file_of(EMBEDDING, metadata=metadata, fill=b"\x01\x02")
        (models / f"{name}.safetensors").write_bytes(data)
    library = Library([models], pins={})
    first, second = library.verify("a"), library.verify("b")
    assert first.sha256 != second.sha256
    assert first.payload_sha256 == second.payload_sha256


def test_one_alias_of_two_files_is_an_error_unless_they_are_the_same(models):
    metadata = {"ss_output_name": "twin"}
    (models / "a.safetensors").write_bytes(file_of(LORA, metadata=metadata))
    (models / "b.safetensors").write_bytes(file_of(LORA, metadata=metadata, fill=b"\x01"))
    library = Library([models], pins={})
    assert key_of(library.find, "twin") == "model.ambiguous"
    shutil.copy(models / "a.safetensors", models / "b.safetensors")
    library.verify("a")
    library.verify("b")
    assert library.find("twin").name in ("a", "b")


def test_cancel_leaves_the_hash_half_done_and_nothing_remembered(models):
    class Stop(Exception):
        pass

    def stop(_done):
        raise Stop

    library = Library([models], pins={})
    with pytest.raises(Stop):
        library.open_verified("tiny", stop)
    library.scan()
    assert library.find("tiny").integrity is Integrity.READABLE


def test_progress_never_goes_back(models):
    seen = []
    Library([models], pins={}).open_verified("tiny", seen.append)
    assert seen == sorted(seen)
    weights = (models / "tiny").rglob("*.safetensors")
    assert seen[-1] == sum(path.stat().st_size for path in weights)


def test_unreadable_file_is_a_sentence(models, monkeypatch):
    library = Library([models], pins={})
    library.scan()

    def fail(*_args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(library_module, "fingerprint", fail)
    assert key_of(library.open_verified, "tiny") == "model.unreadable"


def test_download_is_pinned_to_what_its_source_published(models):
    path = models / "got.safetensors"
    path.write_bytes(file_of(LORA))
    library = Library([models], pins={})
    library.trust_download(path, sha256_of(path), "hf:owner/repo@abc:got.safetensors")
    model = library.verify("got")
    assert (model.trust, model.source) == (Trust.PINNED, "hf:owner/repo@abc:got.safetensors")


def test_complete_single_file_is_opened_with_our_configs(models, tmp_path):
    library = Library([models], pins={})
    library.families = write_configs(tmp_path / "families")
    library.known = (tiny_merges(library.families),)
    path = models / "file.safetensors"
    write_sparse(path, expected_tensors("sd15", library.families))
    opened = library.open_verified("file")
    assert opened.configs == library.families / "sd15"
    assert opened.merges == library.families / "clip" / "merges.txt"
    assert opened.sha256 == sha256_of(path)
    assert {"file", "tiny"} <= {model.name for model in library.drawable()}


def test_right_pin_lets_a_builtin_through(models, monkeypatch):
    monkeypatch.setattr(shelves, "BUILTIN", models)
    opened = Library(pins={}).find("tiny")
    pins = {
        f"tiny/{name}": Pin(f"tiny/{name}", sha256_of(opened.path / name), 0)
        for name in fingerprint(opened.path)
    }
    library = Library(pins=pins)
    library.open_verified("tiny")
    library.scan()
    assert library.find("tiny").trust is Trust.PINNED
    assert library.verify("tiny").integrity is Integrity.HASHED


def test_quarantine_moves_a_file_and_nothing_else(models, tmp_path, monkeypatch):
    path = models / "bad.safetensors"
    path.write_bytes(file_of(LORA))
    library = Library([models], pins={})
    sha256 = library.verify("bad").sha256
    moved = library.quarantine("bad", tmp_path / "quarantine")
    assert moved == tmp_path / "quarantine" / f"{sha256[:10]}-bad.safetensors"
    assert moved.is_file() and not path.exists()
    assert all(model.name != "bad" for model in library.models())
    path.write_bytes(moved.read_bytes())
    library.verify("bad")
    assert key_of(library.quarantine, "bad", tmp_path / "quarantine") == "model.stays"
    assert key_of(library.quarantine, "tiny", tmp_path) == "model.stays"
    with pytest.raises(DiskError):
        library.quarantine("bad", path / "not a folder")

    def other_disk(_path, _target):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr("pathlib.Path.rename", other_disk)
    with pytest.raises(DiskError):
        library.quarantine("bad", tmp_path / "elsewhere")
    assert path.is_file()
