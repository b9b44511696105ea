"""Sharper previews on a GPU: TAESD, a distilled VAE decoder of a million weights, from the library.

Under diffusers' names, or those of the original files (`taesd_decoder.safetensors`). SD and SDXL
have the same latent channels and different latent spaces; as in A1111 only the file's name shows
which a file is for: one with "xl" in it is for SDXL. Elsewhere a linear map makes the previews: on
a CPU decoding with TAESD takes as long as a step.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from models.entry import Model, OpenedModel
from models.errors import IncompleteModel, ModelFileError
from models.library import Library
from models.probe import ModelKind
from models.signatures import VAE_VARIANTS
from pipelines.contract.build_lock import building
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.image.loading.load import LoadedModel
from pipelines.image.private_parts import device_of

log = logging.getLogger(__name__)

FAMILIES = ("sd15", "sd2", "sdxl", "sdxl-refiner")
_XL = re.compile("xl", re.IGNORECASE)
_FIRST = "decoder.layers.0.weight"
_ORIGINAL = re.compile(r"(?:taesd_decoder\.)?(\d+)\.(.+)")


class TinyDecoders:
    """Attach a TAESD to the previewer of a loaded model, where that is faster than a step."""

    def __init__(self, library: Library, *, on_any_device: bool = False) -> None:
        self._library, self._on_any_device = library, on_any_device
        self._unfit: set[tuple[str, str, int]] = set()

    def attach(self, model: LoadedModel, cancel: CancelToken = NEVER) -> str:
        """Have TAESD make the model's previews; return the file's name, "" for the linear map.

        A file that cannot be used is logged, no error: the picture does not depend on previews.
        Takes the build lock itself.
        """
        for part in self._choices(model):
            if model.previewer.tiny is not None and model.previewer.tiny_name == part.name:
                return part.name
            key = (model.name, part.name, part.size_bytes)
            if key in self._unfit:  # tried once
                continue
            try:
                opened = self._library.open_part(
                    part.name, (ModelKind.TAESD,), cancel.check_progress
                )
                with building(cancel):
                    model.previewer.tiny = load_tiny(opened, model)
            except ModelFileError as error:
                log.warning("previews without %s: %s", part.name, error)
                self._unfit.add(key)
                continue
            model.previewer.tiny_name = part.name
            return part.name
        model.previewer.tiny = None
        model.previewer.tiny_name = ""
        return ""

    def _choices(self, model: LoadedModel) -> Iterator[Model]:
        """Yield the decoders that may be the model's: of its latents, as the names tell."""
        is_worth_it = self._on_any_device or model.plan.device != "cpu"
        family = model.family.name
        if not is_worth_it or family not in FAMILIES:
            return
        wants_xl = family.startswith("sdxl")
        variant = VAE_VARIANTS.get(int(model.pipeline.vae.config.latent_channels), "")
        for part in self._library.parts(ModelKind.TAESD):
            found = "" if part.probe is None else part.probe.variant
            if found in ("", variant) and bool(_XL.search(part.name)) == wants_xl:
                yield part


def load_tiny(opened: OpenedModel, model: LoadedModel) -> Any:
    """Return an AutoencoderTiny whose decoder is a verified file's, on the model's device.

    Raises:
        ModelFileError: its latent channels are not the model's, or a tensor is missing.
    """
    import torch

    with opened.reading() as path:
        tiny = _built(path, opened.name, model)
    tiny.encoder = torch.nn.Identity()  # previews only decode
    dtype = torch.float32 if model.plan.device == "cpu" else torch.float16
    return tiny.to(device=device_of(model.pipeline), dtype=dtype).eval()


def _built(path: Path, name: str, model: LoadedModel) -> Any:
    from diffusers import AutoencoderTiny
    from safetensors.torch import load_file

    tensors = _decoder(load_file(path))
    first = tensors.get(_FIRST)
    wanted = int(model.pipeline.vae.config.latent_channels)
    if first is None or first.ndim != 4:
        raise IncompleteModel("model.structure.missing", model=name, count=1, tensor=_FIRST)
    if int(first.shape[1]) != wanted:
        raise ModelFileError(
            "taesd.channels", name=name[:60], channels=int(first.shape[1]), model_channels=wanted
        )
    tiny = AutoencoderTiny(latent_channels=wanted)
    own = {key: value for key, value in tiny.state_dict().items() if key.startswith("decoder.")}
    for key, value in own.items():
        given = tensors.get(key)
        if given is None:
            raise IncompleteModel("model.structure.missing", model=name, count=1, tensor=key)
        if given.shape != value.shape:
            raise IncompleteModel(
                "model.structure.shape", model=name, count=1, tensor=key,
                expected=str(list(value.shape)), found=str(list(given.shape)),
            )  # fmt: skip
    tiny.load_state_dict({**tiny.state_dict(), **{key: tensors[key] for key in own}})
    return tiny


def _decoder(tensors: Mapping[str, Any]) -> dict[str, Any]:
    """Return the decoder's tensors under diffusers' names."""
    found: dict[str, Any] = {}
    for name, tensor in tensors.items():
        original = _ORIGINAL.fullmatch(name)
        # layer 0 of an original file is a clamp without weights, which diffusers does not count
        if original is not None:
            found[f"decoder.layers.{int(original[1]) - 1}.{original[2]}"] = tensor
        elif name.startswith("decoder."):
            found[name] = tensor
    return found
