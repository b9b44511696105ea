"""Where a layer's weight really lies, and writing into it in place.

Models whose parts wait on the CPU (accelerate's sequential offload) keep only the outline of a
weight in the module; the numbers are in the hook. In place, so that compiled graphs and hooks go on
using the same tensors.
"""

from __future__ import annotations

from typing import Any


def stored(module: Any, name: str) -> Any:
    """Return the tensor that holds the numbers of `module.weight` or `module.bias`, or None."""
    parameter = getattr(module, name, None)
    if parameter is None or not parameter.is_meta:
        return parameter
    hook = getattr(module, "_hf_hook", None)
    for candidate in (hook, *getattr(hook, "hooks", ())):
        weights = getattr(candidate, "weights_map", None)
        if weights is not None:
            return weights[name]
    raise RuntimeError(f"the numbers of {name} are nowhere")


def write(tensor: Any, values: Any) -> None:
    """Put values into a tensor in place, in its own number format."""
    import torch

    with torch.no_grad():
        tensor.copy_(values)
