"""Find a layer's weight wherever it is offloaded to, and write into it in place.

Under accelerate's sequential offload a module holds a meta tensor; the numbers are in its hook. In
place, so that compiled graphs and hooks go on using the same tensors.

A change smaller than half a step of the dtype is lost when it is rounded to the nearest: of a LoRA
at 0.02 on bf16 weights 40 % would be left, at 0.1 on fp8 weights 2 % (measured on the crayon).
There stochastic rounding picks one of the two neighbours, so that the mean over many weights is
right; it is seeded, so that the same prompt gives the same weights.
"""

from __future__ import annotations

from typing import Any

from pipelines.image.private_parts import offloaded_weights

# dtype -> bits of the fraction, least exponent; fp16 is fine enough to be rounded to the nearest
_NARROW = {"bfloat16": (7, -126), "float8_e4m3fn": (3, -6), "float8_e5m2": (2, -14)}
_OFF = 0.02  # share of a change that rounding to the nearest may lose


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
    """Copy values into a tensor in place, cast to its dtype."""
    import torch

    with torch.no_grad():
        tensor.copy_(values)


def rounded(before: Any, after: Any, dtype: Any, seed: int) -> Any:
    """Cast fp32 values to `dtype`, stochastically where rounding to the nearest loses the change.

    Args:
        before: the original weights, in fp32.
        after: the new weights, in fp32 and of the same shape.
    """
    import torch

    narrow = _NARROW.get(str(dtype).removeprefix("torch."))
    nearest = after.to(dtype)
    if narrow is None:
        return nearest
    # 1. how much of the change survives: its projection on the change that was meant
    change = after - before
    whole = float(change.square().sum())
    kept = float(((nearest.float() - before) * change).sum())
    if abs(kept - whole) <= _OFF * whole:
        return nearest
    # 2. the second-nearest number is taken with a probability of (distance to nearest) / step
    near, step = nearest.float(), _step_towards(after, nearest.float(), *narrow)
    missed = after - near
    generator = torch.Generator(after.device).manual_seed(seed)
    draw = torch.rand(after.shape, generator=generator, device=after.device)
    return torch.where(draw * step < missed.abs(), near + missed.sign() * step, near).to(dtype)


def _step_towards(target: Any, near: Any, bits: int, least: int) -> Any:
    """Return the distance from `near` to its neighbour in the dtype on the side of `target`."""
    import torch

    fraction, exponent = torch.frexp(near)  # near = fraction * 2 ** exponent, fraction in 0.5..1
    exponent = torch.where(near == 0, least, exponent - 1)
    # below a power of two the numbers lie twice as close
    is_edge = (fraction.abs() == 0.5) & (exponent > least) & ((target - near) * near < 0)
    return torch.exp2((exponent.clamp(min=least) - bits - is_edge.int()).float())
