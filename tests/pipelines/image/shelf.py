"""Tiny models of every family and variant, each as a file and as a folder, opened once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from models.library import Library
from pipelines.contract.cancel import NEVER
from pipelines.contract.painter import Hooks
from pipelines.contract.phrase import Phrase
from pipelines.contract.picture_settings import ImageToImage
from pipelines.contract.requests import PictureRequest
from pipelines.image.generate.generate import generate
from pipelines.image.generate.spec import GenerationResult, GenerationSpec
from pipelines.image.loading.load import LoadedModel, import_libraries, load
from pipelines.image.memory.detect import choose_device
from pipelines.image.memory.device import DeviceOptions
from tests.models.ldm import INPAINT, LCM, build, save_single_file, tiny_merges, write_configs

V = {"prediction_type": "v_prediction"}
TOLD_V = {"modelspec.prediction_type": "v"}
TOLD_EPS = {"modelspec.prediction_type": "epsilon"}
ZERO_SNR = V | {"_class_name": "EulerDiscreteScheduler", "rescale_betas_zero_snr": True}
# name -> (family, UNet's changes, scheduler's changes of the folder, metadata of the file)
VARIANTS: dict[str, tuple[str, dict[str, int], dict[str, Any], dict[str, str]]] = {
    "sd15": ("sd15", {}, {}, {}),
    "sd15-inpaint": ("sd15", INPAINT, {}, {}),
    "sd15-lcm": ("sd15", LCM, {}, {}),
    "sd2": ("sd2", {}, {}, TOLD_EPS),
    "sd2-v": ("sd2", {}, V, TOLD_V),
    "sd2-inpaint": ("sd2", INPAINT, {}, TOLD_EPS),
    "sdxl": ("sdxl", {}, {}, {}),
    "sdxl-v": ("sdxl", {}, ZERO_SNR, TOLD_V | {"ztsnr": "true"}),
    "sdxl-inpaint": ("sdxl", INPAINT, {}, {}),
    "sdxl-lcm": ("sdxl", LCM, {}, {}),
    "sdxl-refiner": ("sdxl-refiner", {}, {}, {}),
}
SIDE = 64
PICTURE, MASK = "a" * 64, "b" * 64
PHRASE = Phrase("파란 냄새", "blue smell", (), "typed")
FROM_TEXT = PictureRequest(PHRASE, width=SIDE, height=SIDE, steps=2, sampler="Euler", guidance=4.0)
SOURCES = {
    "text": None,
    "picture": ImageToImage(PICTURE, strength=0.5),
    "mask": ImageToImage(PICTURE, mask=MASK, strength=1.0, mask_blur=0),
}


@cache
def pictures() -> dict[str, Image.Image]:
    pixels = np.random.default_rng(0).integers(0, 255, (SIDE, SIDE, 3), dtype=np.uint8)
    mask = Image.new("L", (SIDE, SIDE))
    ImageDraw.Draw(mask).rectangle((16, 16, 47, 47), fill=255)
    return {PICTURE: Image.fromarray(pixels), MASK: mask}


class Shelf:
    """Builds a model when it is first asked for, and keeps it loaded."""

    def __init__(self, root: Path, crayon: Path) -> None:
        import_libraries()
        self.configs = write_configs(root / "families")
        self.folder = root / "models"
        self.folder.mkdir()
        self.library = Library([self.folder, crayon])
        self.library.families = self.configs
        self.library.known = (tiny_merges(self.configs),)
        self._loaded: dict[str, LoadedModel] = {}

    def load(self, name: str) -> LoadedModel:
        """Return the model called "<variant>-file", "<variant>-folder", or "tiny", the crayon."""
        if name not in self._loaded:
            variant, _, kind = name.rpartition("-")
            if kind in ("file", "folder") and not any(self.folder.glob(f"{variant}-{kind}*")):
                self._build(variant)
            plan = choose_device(DeviceOptions(use_cpu=True, no_half=True))
            self._loaded[name] = load(self.library.open_verified(name), plan)
        return self._loaded[name]

    def _build(self, variant: str) -> None:
        family, unet, scheduler, metadata = VARIANTS[variant]
        pipeline = build(family, self.configs, unet, scheduler)
        pipeline.save_pretrained(self.folder / f"{variant}-folder")
        path = self.folder / f"{variant}-file.safetensors"
        save_single_file(pipeline, family, self.configs, path, metadata)


def drawn(
    model: LoadedModel, request: PictureRequest, prompt: str = "blue smell", **changes: Any
) -> GenerationResult:
    """Draw with a loaded model."""
    hooks = Hooks(lambda _event: None, NEVER)
    spec = GenerationSpec(request, prompt, (7,), (0,), **changes)
    return generate(model, spec, [hooks], pictures().__getitem__)
