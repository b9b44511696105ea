"""What surrounds a generation: determinism, errors of memory by name, offload hooks set free.

Context managers that put things right afterwards, whatever happened inside. Knows no sampling.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.contract.errors import OutOfMemory
from pipelines.contract.requests import PictureRequest
from pipelines.image.loading.load import LoadedModel
from pipelines.image.memory.device import Offload
from pipelines.image.memory.oom import is_out_of_memory


@contextmanager
def deterministic(is_wanted: bool) -> Iterator[None]:
    """Use only algorithms that give the same bits every time, for the length of the block."""
    import torch

    before = torch.are_deterministic_algorithms_enabled()
    torch.use_deterministic_algorithms(is_wanted or before, warn_only=True)
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(before)


@contextmanager
def memory_errors_named(request: PictureRequest) -> Iterator[None]:
    """Raise OutOfMemory for what Python and torch raise when memory runs out."""
    named = OutOfMemory("draw.memory", width=request.width, height=request.height)
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        if is_out_of_memory(error):
            raise named from error
        raise


@contextmanager
def offload_hooks_freed(*models: LoadedModel | None) -> Iterator[None]:
    """Send what model offloading has left on the device back to the CPU at the end."""
    try:
        yield
    finally:
        for model in models:
            if model is not None and model.plan.offload is not Offload.NONE:
                model.pipeline.maybe_free_model_hooks()
