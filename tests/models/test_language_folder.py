"""Language model folders: what is recognised, what is missing, and the gate they go through."""

from __future__ import annotations

import json
import shutil

import pytest

from models.__main__ import main
from models.entry import Integrity
from models.errors import DigestMismatch, ModelFileError
from models.language_folder import (
    is_language_folder,
    probe_language_folder,
    read_language_config,
)
from models.library import Library
from models.probe import ModelKind
from models.trust import Trust
from tests.models.golden import file_of


@pytest.fixture
def folder(tiny_language, tmp_path):
    return shutil.copytree(tiny_language, tmp_path / "models" / "말모델")


def set_config(folder, **values):
    path = folder / "config.json"
    data = json.loads(path.read_text(encoding="utf-8")) | values
    kept = {key: value for key, value in data.items() if value is not ...}
    path.write_text(json.dumps(kept), encoding="utf-8")


def refusal(folder):
    with pytest.raises(ModelFileError) as caught:
        probe_language_folder(folder)
    return caught.value


def library_of(folder, **options):
    return Library([folder.parent], pins={}, **options)


def test_folder_is_one_model_that_can_write(folder):
    found = library_of(folder).find("말모델")
    assert found.is_folder and found.can_write and not found.can_draw
    assert (found.probe.kind, found.probe.family) == (ModelKind.TEXT_MODEL, "gpt2")
    assert found.probe.precision == "fp32" and found.probe.parameters > 800_000
    assert found.probe.licence == "CC-BY-NC-SA-4.0"
    assert found.name in [model.name for model in library_of(folder).writers()]


def test_opening_hashes_tokenizer_and_config_too(folder):
    opened = library_of(folder).open_verified("말모델")
    assert set(opened.digests) == {"config.json", "tokenizer.json", "model.safetensors"}
    assert opened.sha256 == opened.digests["model.safetensors"]


def test_changed_tokenizer_is_a_conflict(folder):
    library = library_of(folder)
    library.open_verified("말모델")
    with (folder / "tokenizer.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    with pytest.raises(DigestMismatch):
        library.open_verified("말모델")
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(-4, 2)
        file.write(b"\1\2\3\4")
    with pytest.raises(DigestMismatch):
        library.verify("말모델")
    model = library.find("말모델")
    assert model.trust is Trust.CONFLICT and not model.can_write


def test_pickle_beside_the_weights_does_no_harm(folder):
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04never opened")
    library = library_of(folder)
    assert library.open_verified("말모델")
    assert library.verify("말모델").integrity is Integrity.HASHED
    assert [model.name for model in library.scan() if not model.is_builtin] == ["말모델"]


def test_folder_without_tokenizer_says_so_until_it_is_there(folder):
    text = (folder / "tokenizer.json").read_bytes()
    (folder / "tokenizer.json").unlink()
    library = library_of(folder)
    assert library.find("말모델").probe.needs == ("tokenizer.json",)
    assert not library.find("말모델").can_write
    with pytest.raises(ModelFileError) as caught:
        library.open_verified("말모델")
    assert caught.value.key == "language.no_tokenizer"
    (folder / "tokenizer.json").write_bytes(text)
    library.scan()
    assert library.find("말모델").can_write


def test_only_a_pickle_is_refused(folder):
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    assert refusal(folder).key == "language.pickle"
    (folder / "pytorch_model.bin").unlink()
    assert refusal(folder).key == "language.no_weights"
    found = library_of(folder).find("말모델")
    assert found.integrity is Integrity.BROKEN and not found.can_write


def test_missing_tensor_is_named(folder):
    set_config(folder, n_layer=3)
    error = refusal(folder)
    assert error.key == "language.incomplete"
    assert error.values["tensor"] == "h.2.ln_1.weight" and error.values["count"] == 12


def test_wrong_shape_is_named(folder):
    set_config(folder, vocab_size=51_201)
    error = refusal(folder)
    assert (error.key, error.values["tensor"]) == ("language.shape", "wte.weight")
    set_config(folder, vocab_size=51_200, n_inner=100)
    assert refusal(folder).values["tensor"] == "h.0.mlp.c_fc.weight"


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"model_type": "llama"}, "language.kind"),
        ({"model_type": ..., "architectures": ["BertModel"]}, "language.kind"),
        ({"n_embd": -1}, "language.config"),
        ({"n_layer": True}, "language.config"),
        ({"vocab_size": 10**9}, "language.config"),
    ],
)
def test_config_of_another_kind_or_size_is_refused(folder, values, key):
    set_config(folder, **values)
    with pytest.raises(ModelFileError) as caught:
        read_language_config(folder)
    assert caught.value.key == key


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, "{}" + " " * 1_000_001])
def test_config_that_is_none_is_no_language_folder(folder, text):
    (folder / "config.json").write_text(text, encoding="utf-8")
    assert not is_language_folder(folder)
    is_long = len(text) > 1_000_000
    assert refusal(folder).key == ("model.long_file" if is_long else "language.config")


def test_what_is_not_there_is_no_language_folder(tmp_path):
    assert refusal(tmp_path / "nowhere").key == "language.no_folder"
    assert refusal(tmp_path).key == "language.config"


def test_old_config_that_names_only_its_class_is_read(folder):
    set_config(folder, model_type=..., n_head=..., license=["odd"])
    assert is_language_folder(folder)
    config = read_language_config(folder)
    assert (config.width, config.layers, config.licence) == (16, 2, "")
    assert config.notice == "CC-BY-NC-SA-4.0"  # by its vocabulary


def test_notice_of_another_model_is_its_own_licence(folder):
    set_config(folder, vocab_size=7000, license="Apache-2.0")
    assert read_language_config(folder).notice == "Apache-2.0"


def test_config_beside_other_models_changes_nothing(tmp_path):
    root = tmp_path / "models"
    root.mkdir()
    (root / "config.json").write_text("{}", encoding="utf-8")
    (root / "lora.safetensors").write_bytes(file_of({"lora_unet_x.lora_down.weight": (4, 768)}))
    names = [model.name for model in Library([root], pins={}).scan() if not model.is_builtin]
    assert names == ["lora"]


def test_command_line_lists_it(folder, tmp_path, capsys):
    arguments = ["scan", "--data-dir", str(tmp_path / "data"), "--models-dir", str(folder.parent)]
    assert main(arguments) == 0
    assert "gpt2" in capsys.readouterr().out
