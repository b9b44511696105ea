"""Translation model folders: what is recognised, what is missing, and the gate they go through."""

from __future__ import annotations

import json
import shutil

import pytest

from models.errors import IncompleteModel, ModelFileError
from models.library import Library
from models.model_folder import main_file
from models.probe import ModelKind
from models.translator_folder import (
    is_translator_folder,
    probe_translator_folder,
    read_translator_config,
    translator_files,
)
from tests.tiny_translators import make_m2m100, make_marian


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("translators")
    make_marian(root / "opus-mt-ko-en")
    make_m2m100(root / "m2m100")
    return root


@pytest.fixture
def folder(made, tmp_path):
    return shutil.copytree(made / "opus-mt-ko-en", tmp_path / "models" / "opus-mt-ko-en")


def set_config(folder, **values):
    path = folder / "config.json"
    data = json.loads(path.read_text(encoding="utf-8")) | values
    kept = {key: value for key, value in data.items() if value is not ...}
    path.write_text(json.dumps(kept), encoding="utf-8")


@pytest.mark.parametrize(("name", "family"), [("opus-mt-ko-en", "marian"), ("m2m100", "m2m_100")])
def test_folder_is_one_model_that_can_translate(made, name, family):
    library = Library([made], pins={})
    found = library.find(name)
    assert found.is_folder and found.can_translate and not (found.can_draw or found.can_write)
    assert (found.probe.kind, found.probe.family) == (ModelKind.TRANSLATOR, family)
    assert found.probe.reasons == ("1 + 1 x 16",)
    assert name in [model.name for model in library.translators()]
    assert main_file(made / name) == "model.safetensors"


def test_opening_hashes_everything_that_makes_it(folder):
    opened = Library([folder.parent], pins={}).open_verified("opus-mt-ko-en")
    names = {"config.json", "model.safetensors", "source.spm", "vocab.json"}
    assert set(opened.digests) == names == {path.name for path in translator_files(folder)}


def test_a_picture_file_cannot_translate(tmp_path):
    assert Library([tmp_path], pins={}).translators() == ()


def test_licence_is_told(folder):
    set_config(folder, license="apache-2.0")
    assert probe_translator_folder(folder).licence == "apache-2.0"


@pytest.mark.parametrize("written", ["{", "[]", "[" * 100_000])
def test_how_to_write_may_be_unreadable(folder, written):
    as_it_was = read_translator_config(folder)
    (folder / "generation_config.json").write_text(written, encoding="utf-8")
    config = read_translator_config(folder)
    assert (config.kind, config.sizes) == (as_it_was.kind, as_it_was.sizes)


def test_missing_pieces_are_named_and_it_is_not_opened(folder):
    (folder / "source.spm").unlink()
    library = Library([folder.parent], pins={})
    assert not library.find("opus-mt-ko-en").can_translate
    assert probe_translator_folder(folder).needs == ("source.spm",)
    with pytest.raises(IncompleteModel):
        library.open_verified("opus-mt-ko-en")


def test_pickles_alone_are_refused(folder):
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelFileError) as caught:
        probe_translator_folder(folder)
    assert caught.value.key == "language.pickle"


def test_no_weights_are_told(folder):
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelFileError) as caught:
        probe_translator_folder(folder)
    assert caught.value.key == "language.no_weights"


def test_missing_layer_is_told(folder):
    set_config(folder, decoder_layers=2)
    with pytest.raises(IncompleteModel) as caught:
        probe_translator_folder(folder)
    assert caught.value.key == "language.incomplete"
    assert caught.value.values["tensor"] == "decoder.layers.1.self_attn.q_proj.weight"


def test_wrong_shape_is_told(folder):
    set_config(folder, encoder_ffn_dim=64)
    with pytest.raises(IncompleteModel) as caught:
        probe_translator_folder(folder)
    assert caught.value.key == "language.shape"


@pytest.mark.parametrize("value", [..., 0, -1, True, "16", 10**9, None])
def test_numbers_without_sense_are_refused(folder, value):
    set_config(folder, d_model=value)
    with pytest.raises(ModelFileError) as caught:
        read_translator_config(folder)
    assert caught.value.key == "language.config"


def test_another_model_is_none(folder):
    set_config(folder, model_type="bert")
    assert not is_translator_folder(folder)
    with pytest.raises(ModelFileError) as caught:
        read_translator_config(folder)
    assert caught.value.key == "translator.kind"


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"[" * 100_000, b" " * 1_000_001])
def test_hostile_config_is_none(folder, data):
    (folder / "config.json").write_bytes(data)
    assert not is_translator_folder(folder)
    with pytest.raises(ModelFileError):
        read_translator_config(folder)


def test_missing_config_is_none(tmp_path):
    assert not is_translator_folder(tmp_path)
    with pytest.raises(ModelFileError):
        read_translator_config(tmp_path)
