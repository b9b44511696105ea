"""A UNet whose transformer blocks are compiled by torch.compile: --compile.

The first picture of a new size waits for the compiler, which is reported and logged. Regional
compilation: all blocks share one compiled graph, so a minute becomes seconds. Where there is no
compiler the UNet runs eagerly.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from pipelines.image.memory.device import Remark
from pipelines.image.private_parts import (
    compiler_error,
    has_repeated_blocks,
    recompile_limit,
    undo_compile,
)

log = logging.getLogger(__name__)

MOST_PROGRAMS = 64  # compiled graphs, kinds of blocks times sizes; torch's own limit is 8
MOST_REASON = 160


class CompiledDenoiser:
    """Stands in for a UNet2DConditionModel.

    Attributes:
        name: recorded with a picture that it drew.
        unet: the UNet itself, its weights shared: LoRAs can be merged and removed.
        remark: why it is not compiled; None while it is, or will be.
        on_warm_up: called before a compilation.
    """

    name = "torch.compile"

    def __init__(self, unet: Any, backend: str = "inductor") -> None:
        self.unet = unet
        self.remark: Remark | None = None
        self.on_warm_up: Callable[[], None] = lambda: None
        self._backend = backend
        self._warm: set[tuple[Any, ...]] = set()

    def __call__(self, sample: Any, timestep: Any, **rest: Any) -> Any:
        """Predict as the UNet does."""
        kind = (sample.shape, rest["encoder_hidden_states"].shape, sample.dtype)
        if self.remark is not None or kind in self._warm:
            return self.unet(sample, timestep, **rest)
        prediction = self._warm_up(sample, timestep, **rest)  # ((B, C, h, w),)
        self._warm.add(kind)
        return prediction

    def _warm_up(self, sample: Any, timestep: Any, **rest: Any) -> Any:
        self.on_warm_up()
        started = time.perf_counter()
        if not self._warm:
            _compile_blocks(self.unet, self._backend)
        try:
            with recompile_limit(MOST_PROGRAMS):
                prediction = self.unet(sample, timestep, **rest)
        except compiler_error() as error:
            self._give_up(error)
            return self.unet(sample, timestep, **rest)
        size = "x".join(str(side) for side in sample.shape)
        log.info("compiled for %s in %.1f s", size, time.perf_counter() - started)
        return prediction

    def _give_up(self, error: Exception) -> None:
        _compile_nothing(self.unet)
        reason = " ".join(str(error).split())[:MOST_REASON]
        english = f"torch.compile does not work here: {reason}"
        self.remark = Remark("speed.compile.failed", english, (("reason", reason),))
        log.warning("%s", self.remark.english)


def _compile_blocks(unet: Any, backend: str) -> None:
    if has_repeated_blocks(unet):
        unet.compile_repeated_blocks(backend=backend)
    else:
        unet.compile(backend=backend)


def _compile_nothing(unet: Any) -> None:
    for module in unet.modules():
        undo_compile(module)
