"""Where a layer's weight really lies, and writing into it in place.

Models whose parts wait on the CPU (accelerate's sequential offload) keep only the outline of a
weight in the module; the numbers are in the hook. In place, so that compiled graphs and hooks go on
using the same tensors.

A faint change is smaller than half a step of a narrow number format, and plain rounding would undo
it: of a LoRA at 0.02 on bf16 weights 40 % would be left, at 0.1 on fp8 weights 2 % (measured on
the crayon). There a draw decides which of the two neighbours a weight becomes, so that the sum over
many weights is right; the draw has a seed, so that the same wish gives the same weights.
"""

from __future__ import annotations

from typing import Any

from pipelines.image.private_parts import offloaded_weights

# dtype -> bits of the fraction, least exponent; fp16 is fine enough to be rounded plainly
_NARROW = {"bfloat16": (7, -126), "float8_e4m3fn": (3, -6), "float8_e5m2": (2, -14)}
_OFF = 0.02  # share of a change by which plain rounding may miss it


def stored(module: Any, name: str) -> Any:
    """Return the tensor that holds the numbers of `module.weight` or `module.bias`, or None."""
    parameter = getattr(module, name, None)
    if parameter is None or not parameter.is_meta:
        return parameter
    weights = offloaded_weights(module)
    if weights is None:
        raise RuntimeError(f"the numbers of {name} are nowhere")
    return weights[name]


def write(tensor: Any, values: Any) -> None:
    """Put values into a tensor in place, in its own number format."""
    import torch

    with torch.no_grad():
        tensor.copy_(values)


def rounded(before: Any, after: Any, dtype: Any, seed: int) -> Any:
    """Return fp32 values in the number format of the weights, without losing a faint change.

    Args:
        before: what the weights were, in fp32.
        after: what they are to be, in fp32.
    """
    import torch

    narrow = _NARROW.get(str(dtype).removeprefix("torch."))
    plain = after.to(dtype)
    if narrow is None:
        return plain
    wanted = after - before
    whole = float(wanted.square().sum())
    kept = float(((plain.float() - before) * wanted).sum())
    if abs(kept - whole) <= _OFF * whole:
        return plain
    near, step = plain.float(), _step_towards(after, plain.float(), *narrow)
    missed = after - near
    generator = torch.Generator(after.device).manual_seed(seed)
    draw = torch.rand(after.shape, generator=generator, device=after.device)
    return torch.where(draw * step < missed.abs(), near + missed.sign() * step, near).to(dtype)


def _step_towards(wanted: Any, near: Any, bits: int, least: int) -> Any:
    """Return how far the neighbour of `near` is that lies on the side of `wanted`."""
    import torch

    fraction, exponent = torch.frexp(near)  # near = fraction * 2 ** exponent, fraction in 0.5..1
    exponent = torch.where(near == 0, least, exponent - 1)
    # below a power of two the numbers lie twice as close
    is_edge = (fraction.abs() == 0.5) & (exponent > least) & ((wanted - near) * near < 0)
    return torch.exp2((exponent.clamp(min=least) - bits - is_edge.int()).float())
