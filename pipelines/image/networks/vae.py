"""Another VAE for a model: from a single file under either naming, or from a folder.

Its architecture and scaling factor come from the model's own VAE config: files have neither. Files
of SD 1.5, 2 and XL have the same shapes, so whether a VAE has the model's latent space is tested:
what one encodes, the other has to decode.
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
# correlations of a picture with itself after encoding and decoding
READS_ITSELF = 0.8  # at least this, or the model's own VAE proves nothing
READS_OTHERS = 0.5  # at least this across two VAEs of one latent space
_PREFIXES = ("first_stage_model.", "vae.")
_ORIGINAL = "decoder.mid.block_1.norm1.weight"
_LATENT = "decoder.conv_in.weight"


class Vaes:
    """Open VAEs of the library; the latest one stays loaded for each model."""

    def __init__(self, library: Library) -> None:
        self._library = library
        # by UNet: dropped when the model is evicted
        self._spaces: WeakKeyDictionary[Any, tuple[str, LatentSpace]] = WeakKeyDictionary()

    def space_for(
        self, model: LoadedModel, name: str, cancel: CancelToken = NEVER
    ) -> tuple[LatentSpace, UsedFile]:
        """Return the latent space to use instead of `model.space`, and the file it came from.

        Takes the build lock itself: the caller must not hold it.

        Raises:
            ModelNotFound: there is no such file; names the nearest.
            InvalidRequest: its latent space is not the model's.
            ModelFileError: it cannot be used.
            Cancelled: the request was cancelled.
        """
        opened = self._library.open_part(name, (ModelKind.VAE,), cancel.check_progress)
        sha256 = opened.sha256
        used = UsedFile("vae", opened.name, sha256, sha256[:HASH_LENGTH])
        key = model.pipeline.unet
        kept = self._spaces.get(key)
        if kept is not None and kept[0] == sha256:
            return kept[1], used
        self._spaces.pop(key, None)  # freed before the new one takes memory
        with building(cancel):
            vae = load_vae(opened, model)
        space = LatentSpace(vae, device_of(model.pipeline), opened.name)
        _check_language(space, model, opened.name)
        self._spaces[key] = (sha256, space)
        return space, used


def load_vae(opened: OpenedModel, model: LoadedModel) -> Any:
    """Return an AutoencoderKL of a verified file or folder, placed as the model's plan has it.

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
    """Raise InvalidRequest when the folder's config has another scaling factor."""
    factor = read_vae_config(folder).get("scaling_factor")
    wanted = float(config["scaling_factor"])
    if isinstance(factor, int | float) and not isinstance(factor, bool) and float(factor) != wanted:
        raise InvalidRequest("vae.scale", name=name[:60], scale=float(factor), model_scale=wanted)


def _check_language(space: LatentSpace, model: LoadedModel, name: str) -> None:
    """Raise InvalidRequest when the model's own VAE cannot decode what the other one encodes.

    By the correlation of pixels: finetuned VAEs of one family agree to 0.9 and more, those of two
    families not at all. Where the model's own VAE cannot decode its own latents, nothing is raised.
    """
    picture = _test_picture()  # (1, 3, side, side)
    itself = _correlation(picture, model.space.decode(model.space.encode(picture)) * 2 - 1)
    across = _correlation(picture, model.space.decode(space.encode(picture)) * 2 - 1)
    if itself >= READS_ITSELF and across < READS_OTHERS:
        raise InvalidRequest(
            "vae.latents", name=name[:60], model=model.name[:60], family=model.family.name
        )


def _test_picture() -> Any:
    """Return (1, 3, side, side) in -1..1: two gradients, and a disc on a ground."""
    import torch

    line = torch.linspace(-1, 1, TRIAL_SIDE)
    down, across = torch.meshgrid(line, line, indexing="ij")  # (side, side)
    disc = ((across**2 + down**2) < 0.4).float() * 2 - 1
    return torch.stack([across, down, disc])[None]


def _correlation(one: Any, other: Any) -> float:
    import torch

    return float(torch.corrcoef(torch.stack([one.flatten(), other.flatten()]))[0, 1])


def _fill(vae: Any, tensors: Mapping[str, Any], name: str) -> None:
    """Load the state dict into the VAE; every tensor must be there in its shape."""
    wanted = vae.state_dict()
    missing = sorted(wanted.keys() - tensors.keys())
    if missing:
        raise IncompleteModel(
            "model.structure.missing", model=name, count=len(missing), tensor=missing[0]
        )
    found = {}
    for key, tensor in wanted.items():
        given = tensors[key]
        # older files hold attention as 1x1 convolutions: (out, in, 1, 1) for (out, in)
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
