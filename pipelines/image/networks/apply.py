"""What takes part in a picture besides its model: LoRAs, embeddings, a VAE, an upscaler.

Found in the library by the names that a request gives, opened through its gate, put on the model.
Called on the thread that draws, for every drawing: what a drawing does not name is taken off.
Whether the names mean anything is told before, without opening a file.
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
    """A model made ready for one drawing.

    Attributes:
        prompt: what the model hears: the prompt without its tags.
        space: a VAE in place of the model's own; None for that.
        enlarge: what makes pixels larger for a second pass; None where latents are.
        used: the files that take part.
    """

    prompt: str
    space: LatentSpace | None
    enlarge: Enlarge | None
    used: tuple[UsedFile, ...]


class NetworkApplier:
    """Opens them, and keeps what is likely to be asked for again."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.inversions = Inversions(library)  # a token meter counts them too
        self._shelf = LoraManager(library)
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
        """Make a model ready for a request whose prompt, tags and all, is `prompt`.

        Raises:
            ModelNotFound: a name that is not there; says which are nearest.
            InvalidRequest: something is of another family, or a tag cannot be read.
            ModelFileError: a file cannot be used.
            Cancelled: asked to stop.
        """
        heard, tags = take_networks(prompt)
        used = list(self._shelf.apply(model, tags, cancel))
        texts = (heard, request.negative_prompt)
        used += self.inversions.activate(model, texts, cancel)
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
        return Prepared(heard, space, enlarge, tuple(used))

    def check(self, request: PictureRequest, prompt: str, base: str) -> None:
        """Raise what `apply_networks` would raise about names; opens nothing. From any thread.

        Args:
            base: the model's family as LoRAs name it; "" where that is not known.
        """
        heard, tags = take_networks(prompt)
        self._shelf.check(tags, base)
        self.inversions.named_in((heard, request.negative_prompt))
        if request.vae:
            self._library.find_part(request.vae, ModelKind.VAE)
        if request.hires is not None and request.hires.upscaler not in LATENT_UPSCALERS:
            self._upscalers.check(request.hires.upscaler)

    def remove_networks(self, model: LoadedModel) -> None:
        """Leave nothing of an older drawing on a model."""
        self._shelf.apply(model, ())
        self.inversions.activate(model, ())
