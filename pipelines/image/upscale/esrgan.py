"""ESRGAN (Wang et al. 2018, arXiv 1809.00219) and Real-ESRGAN (2021), built from a state dict.

A convolutional network: residual-in-residual dense blocks (RRDB) at the input's size, then nearest
upsampling and convolutions. The number of blocks, their width and the scale follow from the names
and shapes of the tensors. Two namings are in use: that of the first release
(model.1.sub.0.RDB1...) and that of BasicSR (body.0.rdb1...). Imports torch when used.

Our own because spandrel, the library for such files, brings torchvision, which nothing else here
needs, and dozens of architectures of which this is the one in use.

Shapes: F features between blocks, G new ones from each convolution of a dense block.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

SLOPE = 0.2  # of the leaky ReLU
RESIDUAL = 0.2  # residual scaling: share of a block's output that is added to its input
DENSE = 5  # convolutions of a dense block
_OLD_BLOCK = re.compile(r"model\.1\.sub\.(\d+)\.RDB(\d)\.conv(\d)\.0\.(weight|bias)")
_OLD_TAIL = re.compile(r"model\.(1\.sub\.)?(\d+)\.(weight|bias)")


class NotEsrgan(ValueError):
    """The tensors are not those of an ESRGAN; the message names what is missing."""


class Esrgan:
    """An upscaling network.

    Attributes:
        scale: output side / input side.
    """

    def __init__(self, tensors: Mapping[str, Any]) -> None:
        """Take the state dict of a file.

        Raises:
            NotEsrgan: it is not that of an ESRGAN.
        """
        self._weights = _in_new_names(dict(tensors))
        blocks = {int(name.split(".")[1]) for name in self._weights if name.startswith("body.")}
        self._blocks = len(blocks)
        if blocks != set(range(self._blocks)) or not blocks:
            raise NotEsrgan("body.0.rdb1.conv1.weight")
        ups = [name for name in self._weights if re.fullmatch(r"conv_up\d+\.weight", name)]
        self._doublings = len(ups)
        channels = int(self._tensor("conv_first.weight").shape[1])
        # a network of scale 2 takes cells of 2x2 pixels as 12 channels (pixel unshuffle), of scale
        # 1 cells of 4x4 as 48: inside, all of them quadruple
        self._cell = {3: 1, 12: 2, 48: 4}.get(channels, 0)
        if not self._cell:
            raise NotEsrgan(f"conv_first.weight of {channels} channels")
        self._check()
        self.scale = 2**self._doublings // self._cell

    @property
    def margin(self) -> int:
        """Return how many pixels of context a tile gets at each side."""
        return 16

    def to(self, device: Any, dtype: Any) -> Esrgan:
        """Move the weights."""
        self._weights = {name: one.to(device, dtype) for name, one in self._weights.items()}
        return self

    def __call__(self, pixels: Any) -> Any:
        """Return (B, 3, h * scale, w * scale) of pixels (B, 3, h, w), both in 0..1."""
        import torch
        from torch.nn import functional

        height, width = pixels.shape[-2:]
        first = self._tensor("conv_first.weight")
        x = pixels.to(first.device, first.dtype)
        if self._cell > 1:
            missing = (-width % self._cell, -height % self._cell)
            x = functional.pad(x, (0, missing[0], 0, missing[1]), mode="replicate")
            x = functional.pixel_unshuffle(x, self._cell)  # (B, 3 * cell**2, h / cell, w / cell)
        with torch.inference_mode():
            x = start = self._conv(x, "conv_first")  # (B, F, h / cell, w / cell)
            for number in range(self._blocks):
                x = self._block(x, number)
            x = start + self._conv(x, "conv_body")
            for number in range(1, self._doublings + 1):
                x = functional.interpolate(x, scale_factor=2, mode="nearest")  # sides * 2
                x = functional.leaky_relu(self._conv(x, f"conv_up{number}"), SLOPE)
            x = functional.leaky_relu(self._conv(x, "conv_hr"), SLOPE)
            x = self._conv(x, "conv_last")  # (B, 3, ...)
        # without the padding
        return x[..., : height * self.scale, : width * self.scale].float().clamp(0, 1)

    def _block(self, x: Any, number: int) -> Any:
        """Return a residual-in-residual dense block's output, (B, F, h, w)."""
        inside = x
        for part in (1, 2, 3):
            inside = self._dense(inside, f"body.{number}.rdb{part}")
        return x + inside * RESIDUAL

    def _dense(self, x: Any, name: str) -> Any:
        """Return a dense block's output (B, F, h, w): each convolution gets all earlier ones."""
        import torch
        from torch.nn import functional

        features = x
        for number in range(1, DENSE):
            new = functional.leaky_relu(self._conv(features, f"{name}.conv{number}"), SLOPE)
            features = torch.cat([features, new], dim=1)  # (B, F + number * G, h, w)
        return x + self._conv(features, f"{name}.conv{DENSE}") * RESIDUAL

    def _conv(self, x: Any, name: str) -> Any:
        from torch.nn import functional

        return functional.conv2d(
            x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"], padding=1
        )

    def _tensor(self, name: str) -> Any:
        if name not in self._weights:
            raise NotEsrgan(name)
        return self._weights[name]

    def _check(self) -> None:
        """Raise NotEsrgan for the first tensor that is missing or does not fit the others."""
        first = self._tensor("conv_first.weight")
        width, growth = int(first.shape[0]), int(self._tensor("body.0.rdb1.conv1.weight").shape[0])
        expected = {"conv_first": (width, 3 * self._cell**2)}
        for block in range(self._blocks):
            for part in (1, 2, 3):
                for number in range(1, DENSE + 1):
                    out = width if number == DENSE else growth
                    name = f"body.{block}.rdb{part}.conv{number}"
                    expected[name] = (out, width + (number - 1) * growth)
        ups = [f"conv_up{number}" for number in range(1, self._doublings + 1)]
        expected |= {name: (width, width) for name in ("conv_body", *ups, "conv_hr")}
        expected["conv_last"] = (3, width)
        for name, (out, taken) in expected.items():
            if tuple(self._tensor(f"{name}.weight").shape) != (out, taken, 3, 3):
                raise NotEsrgan(f"{name}.weight")
            if tuple(self._tensor(f"{name}.bias").shape) != (out,):
                raise NotEsrgan(f"{name}.bias")


def _in_new_names(tensors: dict[str, Any]) -> dict[str, Any]:
    """Return the tensors under BasicSR's names.

    The first release numbers its layers: 0 is the first convolution, 1 the blocks, then two numbers
    for every doubling (upsampling and its convolution), and two convolutions at the end.
    """
    if "model.0.weight" not in tensors:
        return tensors
    numbers = sorted(
        {int(match[2]) for name in tensors if (match := _OLD_TAIL.fullmatch(name)) and not match[1]}
    )
    *ups, hr, last = numbers[1:]
    tail = {0: "conv_first", hr: "conv_hr", last: "conv_last"}
    tail |= {number: f"conv_up{place}" for place, number in enumerate(ups, start=1)}
    found: dict[str, Any] = {}
    for name, tensor in tensors.items():
        block, rest = _OLD_BLOCK.fullmatch(name), _OLD_TAIL.fullmatch(name)
        if block:
            found[f"body.{block[1]}.rdb{block[2]}.conv{block[3]}.{block[4]}"] = tensor
        elif rest:
            found[f"{'conv_body' if rest[1] else tail[int(rest[2])]}.{rest[3]}"] = tensor
    return found
