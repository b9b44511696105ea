"""What a generation is given and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.contract.requests import PictureRequest
from pipelines.image.latents.vae import LatentSpace
from pipelines.image.loading.load import LoadedModel
from pipelines.image.upscale.upscalers import Enlarge

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class GenerationSpec:
    """A batch of pictures that differ in their seeds only.

    Attributes:
        request: what they share; its own seeds are ignored.
        prompt: the text to encode, network tags taken out.
        seeds: of the initial noise, one a picture.
        variation_seeds: of the noise that it is bent towards, one a picture.
        space: a VAE in place of the model's own; None for that.
        refiner: the model that the request's refiner names; None without one.
        enlarge: a pixel upscaler for the second pass; None where latents are upscaled.
    """

    request: PictureRequest
    prompt: str
    seeds: tuple[int, ...]
    variation_seeds: tuple[int, ...]
    space: LatentSpace | None = None
    refiner: LoadedModel | None = None
    enlarge: Enlarge | None = None


@dataclass(frozen=True, slots=True)
class GenerationResult:
    """The pictures, and how long they took together: first step to last decoded picture."""

    images: tuple[Image, ...]
    seconds: float
