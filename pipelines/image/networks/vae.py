"""Another VAE for a model: from a single file under either naming, or from a folder.

The family's own config says how it is built and scaled: files tell neither. Nothing but encoding
and decoding goes through it; the denoiser never hears of it. Files of SD 1.5, 2 and XL have the
same shapes, so whether a VAE speaks the model's latents is tried: what one encodes, the other has
to decode.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from models.entry import OpenedModel
from models.errors import IncompleteModel
from models.library import Library
from models.model_folder import main_file
from models.probe import ModelKind
from models.vae_folder import read_vae_config
from pipelines.contract.build_lock import building
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.painter import UsedFile
from pipelines.image.accelerate.denoiser import arrange_vae
from pipelines.image.latents.vae import LatentSpace
from pipelines.image.loading.complete import todays_name
from pipelines.image.loading.load import LoadedModel
from pipelines.image.loading.owned_memory import own_weights
from pipelines.image.memory.place import place_alone
from pipelines.image.private_parts import device_of

HASH_LENGTH = 10  # A1111's "VAE hash"
TRIAL_SIDE = 64  # pixels
READS_ITSELF = 0.8
READS_OTHERS = 0.5
_PREFIXES = ("first_stage_model.", "vae.")
_ORIGINAL = "decoder.mid.block_1.norm1.weight"
_LATENT = "decoder.conv_in.weight"


class Vaes:
    """Keeps the VAE that was asked for last, for each model that is loaded."""

    def __init__(self, library: Library) -> None:
        self._library = library
        # by UNet: it goes when the model goes
        self._spaces: WeakKeyDictionary[Any, tuple[str, LatentSpace]] = WeakKeyDictionary()

    def space_for(
        self, model: LoadedModel, name: str, cancel: CancelToken = NEVER
    ) -> tuple[LatentSpace, UsedFile]:
        """Return what to use instead of `model.space`, and the file it came from.

        Takes the build lock itself: whoever calls must not hold it.

        Raises:
            ModelNotFound: there is no such file; names the nearest.
            InvalidRequest: it is made for latents of another kind.
            ModelFileError: it cannot be used.
            Cancelled: asked to stop.
        """

        opened = self._library.open_part(name, (ModelKind.VAE,), cancel.check_progress)
        sha256 = opened.sha256
        used = UsedFile("vae", opened.name, sha256, sha256[:HASH_LENGTH])
        key = model.pipeline.unet
        kept = self._spaces.get(key)
        if kept is not None and kept[0] == sha256:
            return kept[1], used
        self._spaces.pop(key, None)  # the old one goes before the new one comes
        with building(cancel):
            vae = load_vae(opened, model)
        space = LatentSpace(vae, device_of(model.pipeline), opened.name)
        _check_language(space, model, opened.name)
        self._spaces[key] = (sha256, space)
        return space, used


def load_vae(opened: OpenedModel, model: LoadedModel) -> Any:
    """Return an AutoencoderKL of a verified file or folder, where the model's plan wants it.

    Raises:
        InvalidRequest: its latents are not the model's.
        IncompleteModel: a tensor is missing or has another shape.
        ModelFileError: it was replaced meanwhile.
    """
    with opened.reading() as path:
        vae = _built(opened, path, model)
    vae = vae.to(model.pipeline.vae.dtype).eval().requires_grad_(False)
    own_weights(vae, vae.dtype)
    arrange_vae(vae, model.plan)  # as the model's own, to the last bit
    place_alone(vae, model.plan)
    return vae


def _built(opened: OpenedModel, path: Path, model: LoadedModel) -> Any:
    from diffusers import AutoencoderKL

    tensors = _read(path)
    config = dict(model.pipeline.vae.config)
    _check_latents(opened, tensors, model)
    if opened.is_folder:
        _check_scale(path, opened.name, config)
    vae = AutoencoderKL.from_config(config)
    if _ORIGINAL in tensors:
        from diffusers.loaders.single_file_utils import convert_ldm_vae_checkpoint

        tensors = convert_ldm_vae_checkpoint(dict(tensors), config)
    tensors = {todays_name(name): tensor for name, tensor in tensors.items()}
    _fill(vae, tensors, opened.name)  # copies them
    return vae


def _read(path: Path) -> dict[str, Any]:
    """Return the tensors of a file or of a folder's file, without a checkpoint's prefix."""
    from safetensors.torch import load_file

    tensors: dict[str, Any] = load_file(path / main_file(path) if path.is_dir() else path)
    for prefix in _PREFIXES:
        inside = {
            name.removeprefix(prefix): tensor
            for name, tensor in tensors.items()
            if name.startswith(prefix)
        }
        tensors = inside or tensors
    return tensors


def _check_latents(opened: OpenedModel, tensors: Mapping[str, Any], model: LoadedModel) -> None:
    tensor = tensors.get(_LATENT)
    if tensor is None or tensor.ndim != 4:
        raise IncompleteModel("model.structure.missing", model=opened.name, count=1, tensor=_LATENT)
    channels, wanted = int(tensor.shape[1]), int(model.pipeline.vae.config.latent_channels)
    if channels != wanted:
        raise InvalidRequest(
            "vae.channels",
            name=opened.name[:60],
            channels=channels,
            model=model.name[:60],
            model_channels=wanted,
        )


def _check_scale(folder: Path, name: str, config: Mapping[str, Any]) -> None:
    """Raise InvalidRequest when the folder says its latents are scaled otherwise."""
    told = read_vae_config(folder).get("scaling_factor")
    wanted = float(config["scaling_factor"])
    if isinstance(told, int | float) and not isinstance(told, bool) and float(told) != wanted:
        raise InvalidRequest("vae.scale", name=name[:60], scale=float(told), model_scale=wanted)


def _check_language(space: LatentSpace, model: LoadedModel, name: str) -> None:
    """Raise InvalidRequest when the model's own VAE cannot read what the other one writes.

    A correlation of pixels: VAEs of one family that were trained on agree to 0.9 and more, those
    of two families do not at all. Where the model's own VAE cannot read itself, nothing is told.
    """
    picture = _plain_picture()
    itself = _likeness(picture, model.space.decode(model.space.encode(picture)) * 2 - 1)
    across = _likeness(picture, model.space.decode(space.encode(picture)) * 2 - 1)
    if itself >= READS_ITSELF and across < READS_OTHERS:
        raise InvalidRequest(
            "vae.latents", name=name[:60], model=model.name[:60], family=model.family.name
        )


def _plain_picture() -> Any:
    """Return (1, 3, side, side) in -1..1: two slopes, and a disc on a ground."""
    import torch

    line = torch.linspace(-1, 1, TRIAL_SIDE)
    down, across = torch.meshgrid(line, line, indexing="ij")
    disc = ((across**2 + down**2) < 0.4).float() * 2 - 1
    return torch.stack([across, down, disc])[None]


def _likeness(one: Any, other: Any) -> float:
    import torch

    return float(torch.corrcoef(torch.stack([one.flatten(), other.flatten()]))[0, 1])


def _fill(vae: Any, tensors: Mapping[str, Any], name: str) -> None:
    """Put the tensors into the VAE: all of it, and nothing of another shape."""
    wanted = vae.state_dict()
    missing = sorted(wanted.keys() - tensors.keys())
    if missing:
        raise IncompleteModel(
            "model.structure.missing", model=name, count=len(missing), tensor=missing[0]
        )
    found = {}
    for key, tensor in wanted.items():
        given = tensors[key]
        # attention was convolutions of one pixel once
        if tuple(given.squeeze().shape) != tuple(tensor.squeeze().shape):
            raise IncompleteModel(
                "model.structure.shape",
                model=name,
                count=1,
                tensor=key,
                expected=str(list(tensor.shape)),
                found=str(list(given.shape)),
            )
        found[key] = given.reshape(tensor.shape)
    vae.load_state_dict(found)
