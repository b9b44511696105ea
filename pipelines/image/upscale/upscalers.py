"""Upscalers by name: Pillow's resampling, and the library's ESRGAN networks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from models.errors import ModelFileError, ModelNotFound
from models.library import Library
from models.lru import Lru
from models.nearest import near_or_known
from models.probe import ModelKind
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.painter import UsedFile
from pipelines.contract.picture_settings import UPSCALERS
from pipelines.image.latents.vae import from_image, to_images
from pipelines.image.upscale.esrgan import Esrgan, NotEsrgan
from pipelines.image.upscale.tiles import in_tiles

if TYPE_CHECKING:
    from PIL.Image import Image

OnTile = Callable[[int, int], None]
# (picture, (width, height), on_tile) -> the picture at that size
Enlarge = Callable[["Image", tuple[int, int], OnTile], "Image"]
MOST_KEPT = 2  # networks; one takes about 67 MB
MOST_TIMES = 3  # passes through a network on the way to a size
HASH_LENGTH = 10
RESAMPLED = ("Lanczos", "Nearest")


def resample(method: str) -> Enlarge:
    """Return an upscaler that resamples by one of Pillow's methods, "Lanczos" or "Nearest"."""
    from PIL import Image

    chosen = {"Lanczos": Image.Resampling.LANCZOS, "Nearest": Image.Resampling.NEAREST}[method]
    return lambda image, size, _on_tile: image.resize(size, chosen)


class Upscalers:
    """Open the library's upscaling networks, verified, and cache the latest."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: Lru[str, Esrgan] = Lru(MOST_KEPT)

    def open(
        self, name: str, device: Any, dtype: Any, cancel: CancelToken = NEVER
    ) -> tuple[Enlarge, tuple[UsedFile, ...]]:
        """Return the upscaler of that name, and the file that takes part.

        Raises:
            ModelNotFound: there is no such upscaler; names the nearest.
            ModelFileError: the file is not an ESRGAN network.
            Cancelled: the request was cancelled.
        """
        if name in RESAMPLED:
            return resample(name), ()
        network, used = self._network(name, cancel)
        network.to(device, dtype)
        return _by(network), (used,)

    def check(self, name: str) -> None:
        """Raise what `open` would raise about a name; opens no file."""
        if name in RESAMPLED:
            return
        try:
            self._library.find_part(name, ModelKind.UPSCALER)
        except ModelNotFound as error:
            known = [*UPSCALERS, *(one.name for one in self._library.parts(ModelKind.UPSCALER))]
            close = near_or_known(name, known)
            key = "upscaler.unknown" if "nearest" in close else "upscaler.far"
            raise ModelNotFound(key, name=name[:60], **close) from error

    def _network(self, name: str, cancel: CancelToken) -> tuple[Esrgan, UsedFile]:
        from safetensors.torch import load_file

        self.check(name)
        opened = self._library.open_part(name, (ModelKind.UPSCALER,), cancel.check_progress)
        network = self._kept.get(opened.sha256)
        if network is None:
            try:
                with opened.reading() as path:
                    network = Esrgan(load_file(path))
            except NotEsrgan as error:
                raise ModelFileError(
                    "upscaler.structure", name=opened.name, tensor=str(error)[:100]
                ) from error
            self._kept.put(opened.sha256, network)
        short = opened.sha256[:HASH_LENGTH]
        used = UsedFile("upscaler", opened.name, opened.sha256, short)
        return network, used


def _by(network: Esrgan) -> Enlarge:
    """Return an upscaler that runs a network until the size is reached, then resamples to it."""
    from PIL import Image

    def enlarge(image: Image.Image, size: tuple[int, int], on_tile: OnTile) -> Image.Image:
        for _ in range(MOST_TIMES):
            if network.scale == 1 or (image.width >= size[0] and image.height >= size[1]):
                break
            pixels = from_image(image) / 2 + 0.5
            (image,) = to_images(in_tiles(network, pixels, network.scale, network.margin, on_tile))
        return image.resize(size, Image.Resampling.LANCZOS)

    return enlarge
