"""Scanning folders of this and other programs: what is found, how it is named, what is left out."""

from __future__ import annotations

import os
import shutil
import unicodedata

import pytest

from models import catalog
from models import places as places_module
from models.entry import Integrity
from models.errors import ModelFileError
from models.library import Library
from models.model_store import ModelStore
from models.places import walk
from tests.models.golden import file_of

LORA = {"lora_unet_x.lora_down.weight": (4, 768)}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


def put(path, fill=b""):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file_of(LORA, fill=fill))
    return path


def names(library):
    return sorted(model.name for model in library.scan() if not model.is_builtin)


@pytest.mark.parametrize(
    ("marker", "files"),
    [
        (
            "webui.py",
            [
                "models/Stable-diffusion/sub/a.safetensors",
                "models/Lora/b.safetensors",
                "models/VAE/c.SafeTensors",
                "embeddings/d.safetensors",
            ],
        ),
        ("nodes.py", ["models/checkpoints/a.safetensors", "models/loras/b.safetensors"]),
    ],
    ids=["A1111 and Forge", "ComfyUI"],
)
def test_trees_of_other_programs_are_read_in_place(root, marker, files):
    (root / marker).touch()
    for number, file in enumerate(files):
        put(root / file, bytes([number]))
    put(root / "outputs" / "not_a_model.safetensors")
    put(root / "venv" / "lib" / "nor_this.safetensors")
    before = sorted(path for path in root.rglob("*"))
    assert names(Library([root])) == ["a", "b", "c", "d"][: len(files)]
    assert sorted(path for path in root.rglob("*")) == before  # nothing is written there


def test_same_name_twice_is_told_apart_by_its_folder(root, tmp_path):
    put(root / "x" / "twin.safetensors")
    put(root / "y" / "twin.safetensors")
    put(tmp_path / "other" / "x" / "twin.safetensors")
    assert names(Library([root, tmp_path / "other"])) == ["x/twin", "x/twin (2)", "y/twin"]


def test_same_bytes_under_two_names_are_found_by_their_hash(root):
    put(root / "a.safetensors")
    put(root / "b.safetensors")
    library = Library([root])
    model = library.verify("a")
    assert library.verify("b").sha256 == model.sha256
    assert library.find(model.sha256).name == "a"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_hangul_is_found_however_it_is_composed(root, form):
    put(root / f"{unicodedata.normalize(form, '시든 월요일 🍋')}.safetensors")
    library = Library([root])
    for other in ("NFC", "NFD"):
        assert library.find(unicodedata.normalize(other, "시든 월요일 🍋")).path.parent == root


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_name_that_is_no_text_is_survived(root, tmp_path):
    path = os.path.join(os.fsencode(root), b"m\xff.safetensors")  # noqa: PTH118
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(file_of(LORA))
    library = Library.open(tmp_path, [root])
    assert names(library) == ["m?"]
    assert library.verify("m?").integrity is Integrity.HASHED


def test_link_out_of_the_tree_is_shown_and_not_followed(root, tmp_path):
    outside = put(tmp_path / "outside" / "secret.safetensors")
    (root / "link.safetensors").symlink_to(outside)
    (root / "folder").symlink_to(tmp_path / "outside")
    (root / "nowhere.safetensors").symlink_to(tmp_path / "gone")
    found = {model.name: model for model in Library([root]).scan() if not model.is_builtin}
    assert set(found) == {"link", "folder"}
    assert {model.flaw.key for model in found.values()} == {"model.link"}


def test_link_into_another_root_is_followed(root, tmp_path):
    outside = put(tmp_path / "outside" / "m.safetensors")
    (root / "link.safetensors").symlink_to(outside)
    found = Library([root, tmp_path / "outside"]).scan()
    assert all(model.flaw is None for model in found if not model.is_builtin)


def test_loop_of_links_ends(root):
    put(root / "a" / "m.safetensors")
    (root / "a" / "again").symlink_to(root)
    assert names(Library([root])) == ["m"]


def test_depth_and_number_of_entries_are_bounded(root, monkeypatch):
    deep = root.joinpath(*(str(number) for number in range(20)))
    put(deep / "deep.safetensors")
    assert list(walk(root)) == []
    monkeypatch.setattr(places_module, "MAX_ENTRIES", 3)
    for number in range(5):
        put(root / f"a{number}.safetensors")
    assert len(list(walk(root))) <= 3


def test_hidden_files_and_downloads_in_progress_are_left_out(root):
    put(root / ".hidden.safetensors")
    put(root / "m.safetensors.part")
    assert names(Library([root])) == []


def test_pickle_is_shown_with_its_reason(root):
    (root / "old.ckpt").write_bytes(b"\x80\x04.")
    (model,) = (model for model in Library([root]).scan() if not model.is_builtin)
    assert (model.integrity, model.flaw.key) == (Integrity.BROKEN, "model.pickle")
    assert not model.can_draw


def test_broken_file_keeps_its_reason_and_is_read_once(root, monkeypatch):
    (root / "page.safetensors").write_bytes(b"<!DOCTYPE html><html>")
    library = Library([root])
    library.scan()
    monkeypatch.setattr(catalog, "read_header", None)
    library.scan()
    assert library.find("page").flaw.key == "model.html"


def test_broken_file_asked_for_by_name_is_refused_with_its_reason(root):
    (root / "page.safetensors").write_bytes(b"<!DOCTYPE html><html>")
    with pytest.raises(ModelFileError) as caught:
        Library([root]).find_drawable("page")
    assert caught.value.key == "model.html"


def test_second_scan_reads_no_header(root, tmp_path, monkeypatch):
    put(root / "m.safetensors")
    Library.open(tmp_path, [root]).scan()
    monkeypatch.setattr(catalog, "read_header", None)
    assert "m" in names(Library.open(tmp_path, [root]))


def test_replaced_file_is_read_again(root):
    path = put(root / "m.safetensors")
    library = Library([root])
    digest = library.verify("m").sha256
    path.write_bytes(file_of({"emb_params": (2, 768)}))
    library.scan()
    assert library.find("m").probe.kind == "embedding"
    assert library.find("m").sha256 != digest


def test_removed_file_is_missing_and_comes_back(root, tmp_path):
    path = put(root / "m.safetensors")
    data_dir = tmp_path / "data"
    Library.open(data_dir, [root]).verify("m")
    hidden = path.rename(tmp_path / "unplugged")
    library = Library.open(data_dir, [root])
    (model,) = (model for model in library.scan() if not model.is_builtin)
    assert (model.name, model.integrity) == ("m", Integrity.MISSING)
    assert model.sha256
    hidden.rename(path)
    library.scan()
    assert library.find("m").integrity is not Integrity.MISSING


def test_renamed_file_is_not_missing_once_its_bytes_are_known(root):
    path = put(root / "old.safetensors")
    library = Library([root])
    library.verify("old")
    path.rename(root / "new.safetensors")
    library.verify("new")
    assert names(library) == ["new"]


def test_rows_of_other_roots_are_not_missing_here(root, tmp_path):
    put(root / "m.safetensors")
    store = ModelStore()
    Library([root], store=store).scan()
    shutil.rmtree(root)
    assert names(Library([tmp_path / "elsewhere"], store=store)) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_file_without_permission_is_told(root):  # pragma: no cover - root runs the tests here
    put(root / "m.safetensors").chmod(0)
    assert Library([root]).find("m").flaw.key == "model.unreadable"


def test_file_that_fails_to_open_is_told(root, monkeypatch):
    put(root / "m.safetensors")

    def fail(_path):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(catalog, "read_header", fail)
    assert Library([root]).find("m").flaw.key == "model.unreadable"


def test_folder_that_vanishes_while_it_is_walked_is_survived(root, monkeypatch):
    def fail(_path):
        raise FileNotFoundError

    monkeypatch.setattr(os, "scandir", fail)
    assert list(walk(root)) == []
