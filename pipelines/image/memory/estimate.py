"""Estimate a model's memory: its weights, counted in headers, and its activations.

Weights are exact: the headers have every tensor's shape. The activations of a step and of a decode
are estimates with their measurement beside them; docs/memory.md describes how they were measured,
and what has not been measured on a GPU. Reads no weights, imports no ML library.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from models.diffusers_folder import weight_files
from models.entry import Model
from models.header import Tensor, read_header

ITEM_BYTES = {"float32": 4, "float16": 2, "bfloat16": 2}
GUIDED = 2  # classifier-free guidance: a step is a batch of the prompt and the negative one

# Peak RSS above the weights (docs/memory.md has the table): fitted at 256, 512 and 768 px and two
# batch sizes. A step of SD 1.5's UNet: 10,880 numbers a latent position in bf16, 10,340 in
# fp32; of SDXL's 7,370. Their VAE: 1,005 numbers a pixel in bf16, 985 in fp32. About 90 MiB come
# with the first call.
STEP_NUMBERS = 11_000
SDXL_STEP_NUMBERS = 8_000
DECODE_NUMBERS = 1_050
FIRST_CALL = 96 << 20
# on a GPU the VAE's convolutions take a workspace as well: an allowance, not measured
DECODE_SCRATCH = 2.0
# a picture of this side is one tile: see place.set_tiles
TILE_SIDE = 512

_PARTS = (  # where a single file and a folder keep each part
    ("denoiser", ("model.diffusion_model.", "unet/", "transformer/")),
    ("vae", ("first_stage_model.", "vae/")),
    ("encoder_2", ("conditioner.embedders.1.", "text_encoder_2/")),
    ("encoder", ("cond_stage_model.", "conditioner.embedders.0.", "text_encoder/")),
)
_FOLDER_BLOCK = re.compile(r"(down|up)_blocks\.(\d{1,3})\.")
_FILE_BLOCK = re.compile(r"(input|output)_blocks\.(\d{1,3})\.")
_FILE_BLOCKS_A_LEVEL = 3  # two ResNet layers and a down- or upsampler, in every SD


@dataclass(frozen=True, slots=True)
class WorkCosts:
    """The activations of a family, in numbers (elements of tensors).

    Attributes:
        factor: pixels of a side to one latent.
        step_numbers: of a UNet call, for each latent position of one row of the batch.
        decode_numbers: of a VAE decode, for each pixel.
    """

    factor: int
    step_numbers: float
    decode_numbers: float


WORK: dict[str, WorkCosts] = {
    "crayon": WorkCosts(16, 2_000, 170),
    "sd15": WorkCosts(8, STEP_NUMBERS, DECODE_NUMBERS),
    "sd2": WorkCosts(8, STEP_NUMBERS, DECODE_NUMBERS),
    "sdxl": WorkCosts(8, SDXL_STEP_NUMBERS, DECODE_NUMBERS),
    "sdxl-refiner": WorkCosts(8, SDXL_STEP_NUMBERS, DECODE_NUMBERS),
}
UNKNOWN_WORK = WORK["sd15"]


@dataclass(frozen=True, slots=True)
class MemoryEstimate:
    """A model's parameter counts, and the size of the picture to draw.

    Attributes:
        denoiser, vae, encoders: parameters of each; `encoders` one entry a text encoder.
        largest_block: parameters of the UNet's largest block.
        largest_pair: of the two consecutive blocks that are largest together.
        outside_blocks: parameters of the UNet that belong to no block.
        pictures: in one batch.
    """

    family: str
    denoiser: int
    vae: int
    encoders: tuple[int, ...]
    largest_block: int
    largest_pair: int
    outside_blocks: int
    width: int = 512
    height: int = 512
    pictures: int = 1

    def at(self, width: int, height: int, pictures: int = 1) -> MemoryEstimate:
        """Return the same model at another size."""
        return replace(self, width=width, height=height, pictures=pictures)

    @property
    def weights(self) -> int:
        """Return how many parameters there are in all."""
        return self.denoiser + self.vae + sum(self.encoders)

    @property
    def size_class(self) -> int:
        """Return log2 of all pixels, rounded up: 512x512 and 384x640 are one class.

        >>> MemoryEstimate("sd15", 0, 0, (), 0, 0, 0, 512, 512).size_class
        18
        >>> MemoryEstimate("sd15", 0, 0, (), 0, 0, 0, 512, 512, pictures=4).size_class
        20
        """
        return max(1, self.width * self.height * self.pictures - 1).bit_length()

    def step_bytes(self, dtype: str) -> int:
        """Return the bytes of a UNet call's activations."""
        work = self._work
        positions = (self.width // work.factor) * (self.height // work.factor)
        rows = self.pictures * GUIDED
        return FIRST_CALL + int(positions * rows * work.step_numbers * ITEM_BYTES[dtype])

    def decode_bytes(self, dtype: str, *, is_tiled: bool, is_cpu: bool) -> int:
        """Return the bytes of the activations of one latent's VAE decode."""
        pixels = self.width * self.height
        numbers = self._work.decode_numbers * (1 if is_cpu else DECODE_SCRATCH)
        item = ITEM_BYTES[dtype]
        if not is_tiled or pixels <= TILE_SIDE**2:
            return FIRST_CALL + int(pixels * numbers * item)
        # one tile is decoded, and every tile's pixels (3 channels) are kept until they are blended
        return FIRST_CALL + int((TILE_SIDE**2 * numbers + pixels * 3 * 2) * item)

    @property
    def _work(self) -> WorkCosts:
        return WORK.get(self.family, UNKNOWN_WORK)


def estimate_memory(model: Model) -> MemoryEstimate:
    """Count a model's parameters, part by part, from its headers.

    Raises:
        NotSafetensors, OSError: a file cannot be read.
    """
    parts: Counter[str] = Counter()
    blocks: Counter[str] = Counter()
    for name, tensor in _tensors(model):
        part = next((part for part, starts in _PARTS if name.startswith(starts)), "")
        parts[part] += tensor.parameters
        if part == "denoiser":
            blocks[_block(name)] += tensor.parameters
    outside = blocks.pop("", 0)
    sizes = [blocks[block] for block in sorted(blocks)] or [parts["denoiser"]]  # down0 ... up3
    encoders = tuple(parts[part] for part in ("encoder", "encoder_2") if parts[part])
    return MemoryEstimate(
        family=model.probe.family if model.probe is not None else "",
        denoiser=parts["denoiser"],
        vae=parts["vae"],
        encoders=encoders,
        largest_block=max(sizes),
        largest_pair=max((sum(pair) for pair in pairwise(sizes)), default=max(sizes)),
        outside_blocks=outside if blocks else 0,
    )


def _tensors(model: Model) -> Iterator[tuple[str, Tensor]]:
    """Yield every tensor under a name that begins with its part."""
    if not model.is_folder:
        for tensor in read_header(model.path).tensors:
            yield tensor.name, tensor
        return
    for path in _one_precision(weight_files(model.path)):
        part = path.relative_to(model.path).parts[0]
        for tensor in read_header(path).tensors:
            yield f"{part}/{tensor.name}", tensor


def _one_precision(files: tuple[Path, ...]) -> list[Path]:
    """Leave out x.fp16.safetensors where there is an x.safetensors: the same weights again."""
    return [
        path
        for path in files
        if not (len(path.suffixes) > 1 and _plain(path) != path and _plain(path) in files)
    ]


def _plain(path: Path) -> Path:
    return path.with_name(re.sub(r"\.(fp16|bf16|fp32)(?=[.-])", "", path.name))


def _block(name: str) -> str:
    """Return which block of diffusers' UNet a tensor belongs to; "" for none."""
    found = _FOLDER_BLOCK.search(name)
    if found:
        return f"{found[1]}{found[2]}"
    found = _FILE_BLOCK.search(name)
    if not found:
        return ""
    number = int(found[2])
    if found[1] == "output":
        return f"up{number // _FILE_BLOCKS_A_LEVEL}"
    if number == 0:
        return ""  # input_blocks.0 is conv_in
    return f"down{(number - 1) // _FILE_BLOCKS_A_LEVEL}"
