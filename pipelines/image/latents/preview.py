"""A small JPEG of a step's x0, by one linear map: cheap enough for every step on a CPU.
On a graphics card a tiny decoder may do it instead, see networks/taesd.py.

The maps of SD 1.x and SDXL are the well-known 4x3 least-squares fits of their VAEs; a model folder
may bring its own as `preview.json`, which is text from a file and hostile until parsed.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import ModelFileError
from models.small_file import read_json_object

PREVIEW_SIDE = 256  # pixels of the longer side of the JPEG
MAX_FILE_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class PreviewMap:
    """rgb = latent @ matrix + bias, in 0..1. `matrix` is (channels, 3), `bias` is (3,)."""

    matrix: tuple[tuple[float, float, float], ...]
    bias: tuple[float, float, float]


Triple = tuple[float, float, float]


def _halved(matrix: tuple[Triple, ...], bias: Triple = (0.0, 0.0, 0.0)) -> PreviewMap:
    """Return the map to 0..1 of a fit to -1..1."""
    halves = tuple((r / 2, g / 2, b / 2) for r, g, b in matrix)
    red, green, blue = (value / 2 + 0.5 for value in bias)
    return PreviewMap(halves, (red, green, blue))


SD15_MAP = _halved(
    (
        (0.298, 0.207, 0.208),
        (0.187, 0.286, 0.173),
        (-0.158, 0.189, 0.264),
        (-0.184, -0.271, -0.473),
    )
)
SDXL_MAP = _halved(
    (
        (0.3651, 0.4232, 0.4341),
        (-0.2533, -0.0042, 0.1068),
        (0.1076, 0.1111, -0.0362),
        (-0.3165, -0.2492, -0.2188),
    ),
    (0.1084, -0.0175, -0.0011),
)


def read_preview_map(path: Path, channels: int) -> PreviewMap:
    """Read a `preview.json`; raise ValueError when it is not one for `channels` channels."""
    try:
        data = read_json_object(path, MAX_FILE_BYTES)
        matrix = tuple(_triple(row) for row in data["matrix"])
        bias = _triple(data["bias"])
    except (KeyError, TypeError, RecursionError, ModelFileError) as error:
        raise ValueError(f"{path.name} is no preview map: {error!r}") from error
    if len(matrix) != channels:
        raise ValueError(f"{path.name} has {len(matrix)} rows for {channels} channels")
    return PreviewMap(matrix, bias)


def _triple(row: Any) -> tuple[float, float, float]:
    red, green, blue = (float(value) for value in row)
    if not all(math.isfinite(value) for value in (red, green, blue)):
        raise ValueError("a number of the preview map is not finite")
    return red, green, blue


class Previewer:
    """Makes small JPEGs of one model's latents: by the linear map, or by a tiny decoder.

    Attributes:
        tiny: an AutoencoderTiny for this model's latents; None while there is none.
        tiny_name: the file it was last loaded from, or could not be.
    """

    def __init__(self, preview_map: PreviewMap | None) -> None:
        self._map = preview_map
        self.tiny: Any = None
        self.tiny_name = ""

    @property
    def is_able(self) -> bool:
        """Return whether there is a way to make one."""
        return self.tiny is not None or self._map is not None

    def jpeg(self, latent: Any) -> bytes | None:
        """Return a JPEG of one latent (C, h, w); None when there is no way to make one."""
        import torch

        if self.tiny is not None:
            try:
                return _jpeg(_decoded(self.tiny, latent))
            except torch.OutOfMemoryError:  # the picture needs the memory more
                self.tiny = None
        return None if self._map is None else preview_jpeg(latent, self._map)


def preview_jpeg(latent: Any, preview_map: PreviewMap) -> bytes:
    """Return a JPEG of one latent.

    Args:
        latent: torch tensor (C, h, w) on any device, any dtype.
    """
    import torch

    matrix = torch.tensor(preview_map.matrix)  # (C, 3)
    bias = torch.tensor(preview_map.bias)  # (3,)
    values = latent.detach().float().cpu()  # (C, h, w)
    return _jpeg(torch.einsum("chw,cr->hwr", values, matrix) + bias)  # (h, w, 3)


def _decoded(tiny: Any, latent: Any) -> Any:
    """Return the pixels (H, W, 3) in 0..1 of a latent (C, h, w)."""
    import torch

    with torch.inference_mode():
        values = latent[None].to(device=tiny.device, dtype=tiny.dtype)  # (1, C, h, w)
        pixels = tiny.decode(values, return_dict=False)[0][0]  # (3, H, W) in -1..1
    return pixels.float().cpu().permute(1, 2, 0) / 2 + 0.5  # (H, W, 3)


def _jpeg(rgb: Any) -> bytes:
    """Return a JPEG of pixels (H, W, 3) in 0..1."""
    from PIL import Image

    pixels = (rgb.nan_to_num(0.0).clamp(0, 1) * 255).byte().numpy()
    image = Image.fromarray(pixels)
    scale = PREVIEW_SIDE / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    buffer = io.BytesIO()
    image.resize(size, Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=70)
    return buffer.getvalue()
