"""Apply a request's networks to its model: LoRAs, textual inversions, a VAE, TAESD, an upscaler.

They are found in the library by name and opened verified. `apply_networks` runs on the thread that
draws, for every request: a network that the request does not name is removed. `check` validates
the names before, without opening a file.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.library import Library
from models.probe import ModelKind
from pipelines.contract.cancel import CancelToken
from pipelines.contract.painter import UsedFile
from pipelines.contract.picture_settings import LATENT_UPSCALERS
from pipelines.contract.requests import PictureRequest
from pipelines.image.latents.vae import LatentSpace
from pipelines.image.loading.load import LoadedModel
from pipelines.image.networks.embeddings import Inversions
from pipelines.image.networks.lora_manager import LoraManager
from pipelines.image.networks.taesd import TinyDecoders
from pipelines.image.networks.vae import Vaes
from pipelines.image.private_parts import device_of
from pipelines.image.prompt.networks import take_networks
from pipelines.image.upscale.upscalers import Enlarge, Upscalers


@dataclass(frozen=True, slots=True)
class Prepared:
    """The networks of one request, applied.

    Attributes:
        prompt: the prompt without its network tags.
        space: a VAE in place of the model's own; None for that.
        enlarge: the pixel upscaler of a hires pass; None where latents are interpolated.
        used: the files that take part.
    """

    prompt: str
    space: LatentSpace | None
    enlarge: Enlarge | None
    used: tuple[UsedFile, ...]


class NetworkApplier:
    """Open a request's networks and apply them; caches of what was used last."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.inversions = Inversions(library)  # public: the token counter needs their lengths
        self._loras = LoraManager(library)
        self._vaes = Vaes(library)
        self._tiny_decoders = TinyDecoders(library)
        self._upscalers = Upscalers(library)

    def apply_networks(
        self,
        model: LoadedModel,
        request: PictureRequest,
        prompt: str,
        cancel: CancelToken,
    ) -> Prepared:
        """Apply the networks of a request to a model, and remove all others.

        Args:
            prompt: the request's prompt with its network tags.

        Raises:
            ModelNotFound: a name that is not in the library; names the nearest.
            InvalidRequest: a file is of another family, or a tag cannot be parsed.
            ModelFileError: a file cannot be used.
            Cancelled: the request was cancelled.
        """
        text, tags = take_networks(prompt)
        used = list(self._loras.apply(model, tags, cancel))
        texts = (text, request.negative_prompt)
        used += self.inversions.activate(
            model, texts, cancel, steps=request.steps, second=_second_steps(request)
        )
        self._tiny_decoders.attach(model, cancel)
        space, enlarge = None, None
        if request.vae:
            space, file = self._vaes.space_for(model, request.vae, cancel)
            used.append(file)
        if request.hires is not None and request.hires.upscaler not in LATENT_UPSCALERS:
            device, dtype = device_of(model.pipeline), model.pipeline.unet.dtype
            name = request.hires.upscaler
            enlarge, network = self._upscalers.open(name, device, dtype, cancel)
            used += network
        return Prepared(text, space, enlarge, tuple(used))

    def check(self, request: PictureRequest, prompt: str, base: str) -> None:
        """Raise what `apply_networks` would raise about names; opens no file. From any thread.

        Args:
            base: the model's family as LoRAs name it; "" where that is not known.
        """
        text, tags = take_networks(prompt)
        self._loras.check(tags, base)
        texts = (text, request.negative_prompt)
        self.inversions.named_in(texts, request.steps, _second_steps(request))
        if request.vae:
            self._library.find_part(request.vae, ModelKind.VAE)
        if request.hires is not None and request.hires.upscaler not in LATENT_UPSCALERS:
            self._upscalers.check(request.hires.upscaler)

    def remove_networks(self, model: LoadedModel) -> None:
        """Restore a model's own weights and vocabulary."""
        self._loras.apply(model, ())
        self.inversions.activate(model, ())


def _second_steps(request: PictureRequest) -> tuple[int, ...]:
    """Return how many steps a hires pass may have; it depends on the sampler by one."""
    hires = request.hires
    if hires is None:
        return ()
    about = round((hires.steps or request.steps) * hires.strength)
    return tuple(max(1, about + more) for more in (-1, 0, 1))
