"""A file swapped while it is loaded, or just before, is refused whatever it is loaded as."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import safetensors.torch
import torch
import transformers.modeling_utils

from models.entry import OpenedModel
from models.errors import ModelFileError
from models.library import Library
from models.probe import ModelKind
from pipelines.image.conditioning.encode import PromptEncoder
from pipelines.image.loading.load import import_libraries, load
from pipelines.image.memory.detect import choose_device
from pipelines.image.memory.device import DeviceOptions, DevicePlan
from pipelines.image.networks.embeddings import Inversions
from pipelines.image.networks.lora import read_lora
from pipelines.image.networks.taesd import load_tiny
from pipelines.image.networks.vae import load_vae
from pipelines.image.upscale.upscalers import Upscalers
from pipelines.training.finetune.consent import Consent
from pipelines.training.finetune.dataset import read_data
from pipelines.training.finetune.job import DataFacts, JobFolder, TrainingJob
from pipelines.training.finetune.run import Places, fine_tune
from pipelines.training.finetune.settings import TrainingSettings
from playground.studio.language.shelf import LanguageShelf
from playground.studio.language.translators import TranslatorShelf
from tests.models.ldm import build, save_single_file, tiny_merges, write_configs
from tests.pipelines.training.finetune.conftest import pairs_csv
from tests.tiny_translators import make_marian

PLAN = DevicePlan("cpu", "float32")
STEM = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import_libraries()
    folder = tmp_path_factory.mktemp("swapped")
    write_configs(folder / "families")
    (folder / "models").mkdir()
    return folder


@pytest.fixture(scope="module")
def pipeline(root: Path) -> Any:
    return build("sd15", root / "families")


@pytest.fixture(scope="module")
def sd15(pipeline: Any) -> Any:
    """Return as much of a loaded model as its parts are fitted to."""
    encoder = PromptEncoder(pipeline)
    return SimpleNamespace(name="sd15", plan=PLAN, pipeline=pipeline, encoder=encoder)


@pytest.fixture(scope="module")
def shelf(root: Path, pipeline: Any, tiny_models: Path, tiny_language: Path) -> Library:
    """Return a library with a model of every kind."""
    from diffusers import AutoencoderTiny

    configs, models = root / "families", root / "models"
    save_single_file(pipeline, "sd15", configs, models / "file.safetensors")
    shutil.copytree(tiny_models / "tiny", models / "folder")
    shutil.copytree(tiny_language, models / "language")
    make_marian(models / "translator")
    parts = {
        "vae": pipeline.vae.state_dict(),
        "taesd": AutoencoderTiny().state_dict(),
        "embedding": {"emb_params": torch.ones(2, 768)},
        "lora": {f"{STEM}.lora_down.weight": torch.ones(2, 768),
                 f"{STEM}.lora_up.weight": torch.ones(16, 2)},
        "upscaler": upscaler_tensors(),
    }  # fmt: skip
    for name, tensors in parts.items():
        kept = {key: tensor.contiguous() for key, tensor in tensors.items()}
        safetensors.torch.save_file(kept, models / f"{name}.safetensors")
    library = Library([models])
    library.families, library.known = configs, (tiny_merges(configs),)
    return library


def upscaler_tensors() -> dict[str, Any]:
    """Return the smallest network under ESRGAN's names."""
    convolutions = {"conv_first": (8, 3), "conv_body": (8, 8), "conv_hr": (8, 8)}
    convolutions |= {"conv_up1": (8, 8), "conv_up2": (8, 8), "conv_last": (3, 8)}
    for part in (1, 2, 3):
        for number in range(1, 6):
            shape = (8 if number == 5 else 4, 8 + (number - 1) * 4)
            convolutions[f"body.0.rdb{part}.conv{number}"] = shape
    found = {f"{name}.weight": torch.zeros(*shape, 3, 3) for name, shape in convolutions.items()}
    return found | {f"{name}.bias": torch.zeros(shape[0]) for name, shape in convolutions.items()}


def draws(library: Library, name: str) -> object:
    return load(library.open_verified(name), choose_device(DeviceOptions(use_cpu=True)))


def learns(library: Library, folder: Path) -> object:
    data = read_data(pairs_csv(), "pairs.csv")
    job = JobFolder(folder / "jobs", "mine")
    consent = Consent.parse("직접 씀", "own")
    facts = DataFacts.of(data)
    job.create(TrainingJob("mine", "language", consent, TrainingSettings(), facts), data.rows)
    base = library.open_verified("language")
    return fine_tune(job, Places(base, folder / "target", folder / "partial"))


# what is loaded -> (the file that is swapped, how it is loaded)
Loads = Callable[[Library, Any, Path], object]
LOADERS: dict[str, tuple[str, Loads]] = {
    "file": ("file.safetensors", lambda library, _, __: draws(library, "file")),
    "folder": (
        "folder/unet/diffusion_pytorch_model.safetensors",
        lambda library, _, __: draws(library, "folder"),
    ),
    "vae": (
        "vae.safetensors",
        lambda library, sd15, _: load_vae(library.open_part("vae", [ModelKind.VAE]), sd15),
    ),
    "taesd": (
        "taesd.safetensors",
        lambda library, sd15, _: load_tiny(library.open_part("taesd", [ModelKind.TAESD]), sd15),
    ),
    "lora": (
        "lora.safetensors",
        lambda library, _, __: read_lora(library.open_part("lora", [ModelKind.LORA])),
    ),
    "embedding": (
        "embedding.safetensors",
        lambda library, sd15, _: Inversions(library).activate(sd15, ["a embedding"]),
    ),
    "upscaler": (
        "upscaler.safetensors",
        lambda library, _, __: Upscalers(library).open("upscaler", "cpu", torch.float32),
    ),
    "language model": (
        "language/model.safetensors",
        lambda library, _, __: LanguageShelf(library, use_cpu=True).get("language"),
    ),
    "translator": (
        "translator/model.safetensors",
        lambda library, _, __: TranslatorShelf(library).get(),
    ),
    "fine-tuning": (
        "language/model.safetensors",
        lambda library, _, folder: learns(library, folder),
    ),
}


def swap(path: Path) -> None:
    """Put another file of the same size in a file's place, its last bit flipped."""
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


@pytest.fixture(params=LOADERS)
def case(request: pytest.FixtureRequest, shelf: Library, sd15: Any, tmp_path: Path) -> Any:
    """Return a file, and what loads it; the file is put back afterwards."""
    file, loads = LOADERS[request.param]
    (models,) = shelf.roots
    path = models / file
    kept = path.read_bytes()
    yield path, lambda: loads(shelf, sd15, tmp_path)
    path.write_bytes(kept)
    for model in shelf.models():  # as it was: vouched for
        if path.is_relative_to(model.path):
            shelf.pin(model.name)


def test_a_file_swapped_while_it_is_loaded_is_refused(case, monkeypatch):
    path, loads = case
    real, swapped = safetensors.safe_open, []

    def open_and_swap(name, *args, **kwargs):
        opened = real(name, *args, **kwargs)
        if Path(name) == path and not swapped:
            swapped.append(name)
            swap(path)
        return opened

    for module in (safetensors, safetensors.torch, transformers.modeling_utils):
        monkeypatch.setattr(module, "safe_open", open_and_swap)
    with pytest.raises(ModelFileError) as caught:
        loads()
    assert swapped and caught.value.key == "model.changed"


def test_a_file_swapped_after_it_was_hashed_is_never_read(case, monkeypatch):
    path, loads = case
    read = []
    for name in ("open_verified", "open_part"):
        real = getattr(Library, name)

        def open_and_swap(self, *args, real=real):
            opened = real(self, *args)
            swap(path)
            return opened

        monkeypatch.setattr(Library, name, open_and_swap)
    for module in (safetensors, safetensors.torch, transformers.modeling_utils):
        monkeypatch.setattr(module, "safe_open", lambda name, *_args, **_: read.append(name))
    with pytest.raises(ModelFileError) as caught:
        loads()
    assert caught.value.key == "model.changed" and not read


def test_what_fails_on_a_swapped_file_says_that_it_was_swapped(shelf):
    opened = shelf.open_part("lora", [ModelKind.LORA])
    with pytest.raises(ModelFileError) as caught, opened.reading() as path:
        swap(path)
        raise ValueError("header too long")
    assert caught.value.key == "model.changed"
    shelf.pin("lora")


def test_a_removed_file_was_changed_too(shelf):
    opened = shelf.open_part("lora", [ModelKind.LORA])
    with pytest.raises(ModelFileError) as caught, opened.reading() as path:
        data = path.read_bytes()
        path.unlink()
    assert caught.value.key == "model.changed"
    path.write_bytes(data)
    shelf.pin("lora")


def test_an_unchanged_file_loads_and_its_errors_stay_what_they_are(shelf):
    opened = shelf.open_part("lora", [ModelKind.LORA])
    with opened.reading() as path:
        assert path.is_file()
    with pytest.raises(ZeroDivisionError), opened.reading():
        raise ZeroDivisionError


def test_where_an_opened_model_lies_is_no_public_attribute(shelf):
    opened = shelf.open_verified("folder")
    public = {field.name for field in fields(OpenedModel) if not field.name.startswith("_")}
    public |= {
        name for name in vars(OpenedModel) if isinstance(getattr(OpenedModel, name), property)
    }
    assert public == {
        "name", "is_folder", "size_bytes", "probe", "sha256", "payload_sha256", "digests",
        "configs", "merges",
    }  # fmt: skip
    assert opened.configs is None and str(shelf.roots[0]) not in repr(opened)
