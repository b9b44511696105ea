"""The change delta W that an adapter makes: LoRA, LoCon, LoHa, LoKr, IA3, OFT, DoRA, full.

LoRA (Hu et al. 2021, arXiv 2106.09685) learns delta W = (alpha / rank) * up @ down with a small
rank; the others factor delta W in other ways. Pure functions of tensors; the formulas are those of
the papers and of LyCORIS. They run on meta tensors too, so that shapes are checked against a model
before a weight is changed.

Shapes: a linear weight is (out, in), a convolution's (out, in, h, w); r is the rank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.image.networks.layers import Layer

TINY = 1e-8  # LyCORIS' guard against division by zero


@dataclass(frozen=True, slots=True)
class Change:
    """Delta W and delta b at strength 1; None where a layer has none.

    Attributes:
        weight: (out, in) or (out, in, h, w), as the model's weight.
        bias: (out,).
    """

    weight: Any = None
    bias: Any = None


def change_of(layer: Layer, weight: Any) -> Change:
    """Return delta W of an adapter's layer for an fp32 weight (out, in, ...).

    Raises:
        KeyError: factors are missing.
        RuntimeError, ValueError: their shapes do not fit.
    """
    tensors = {
        role: tensor.to(device=weight.device).float() for role, tensor in layer.tensors.items()
    }
    bias = tensors.pop("diff_b", None)
    if not tensors and bias is not None:
        return Change(bias=bias)
    added = _added(layer, tensors, weight)  # (out, in, ...)
    if not _is_same(added, weight):
        raise ValueError(f"{list(added.shape)} for {list(weight.shape)}")
    added = added.reshape(weight.shape) * layer.scalar
    if "dora_scale" in tensors or "magnitude" in tensors:
        added = _decomposed(weight, added, tensors)
    return Change(added, bias)


def _is_same(added: Any, weight: Any) -> bool:
    """Return whether delta W is the weight's, perhaps with a kernel in another form.

    A 1x1 convolution may be kept as a matrix. LyCORIS keeps every convolution as one of
    (out, in * h * w) unless it is told to decompose kernels (Tucker).
    """
    is_matrix = weight.ndim > 1 and added.ndim == 2 and tuple(added.shape) == (
        weight.shape[0], weight[0].numel(),
    )  # fmt: skip
    return is_matrix or _without_ones(added.shape) == _without_ones(weight.shape)


def _without_ones(shape: Any) -> tuple[int, ...]:
    """Return a shape without its last ones: (out, in, 1, 1) is (out, in)."""
    sizes = list(shape)
    while len(sizes) > 1 and sizes[-1] == 1:
        sizes.pop()
    return tuple(sizes)


def _added(layer: Layer, tensors: Mapping[str, Any], weight: Any) -> Any:
    if "down" in tensors:
        return _low_rank(layer, tensors)
    if "hada_w1_a" in tensors:
        return _hadamard(layer, tensors)
    if "lokr_w1" in tensors or "lokr_w1_a" in tensors:
        return _kronecker(layer, tensors)
    if "ia3" in tensors:  # IA3 (arXiv 2205.05638) scales each input or output channel
        shape = [1] * weight.ndim  # (1, in, 1, 1) or (out, 1, 1, 1)
        axis = 1 if layer.on_input else 0
        shape[axis] = weight.shape[axis]
        return weight * tensors["ia3"].reshape(shape)
    if "oft_blocks" in tensors:
        return _rotated(layer, tensors["oft_blocks"], weight) - weight
    return tensors["diff"]  # a full delta W


def _scale(layer: Layer, rank: int) -> float:
    # alpha / rank keeps the size of delta W when the rank is changed in training
    return 1.0 if layer.alpha is None else layer.alpha / rank


def _low_rank(layer: Layer, tensors: Mapping[str, Any]) -> Any:
    import torch

    down, up = tensors["down"], tensors["up"]  # (r, in, ...), (out, r, ...)
    rank = down.shape[0]
    if "mid" in tensors:  # LoCon with a kernel of its own (CP decomposition)
        mid = tensors["mid"]  # (r, r, h, w)
        product = torch.einsum("mnij,om,np->opij", mid, up.flatten(1), down.flatten(1))
    elif up.ndim == 4 and up.shape[-1] > 1:
        raise ValueError(f"an up kernel of {list(up.shape)}")
    else:  # (out, r) @ (r, in * h * w)
        product = (up.flatten(1) @ down.flatten(1)).reshape(up.shape[0], *down.shape[1:])
    return product * _scale(layer, rank)  # (out, in, ...)


def _hadamard(layer: Layer, tensors: Mapping[str, Any]) -> Any:
    """Return LoHa's delta W: two low-rank matrices multiplied element by element.

    The product of two matrices of rank r has a rank of up to r * r (arXiv 2108.06098).
    """
    halves = []
    for number in "12":
        first, second = (
            tensors[f"hada_w{number}_a"],
            tensors[f"hada_w{number}_b"],
        )  # (out, r), (r, in)
        core = tensors.get(f"hada_t{number}")  # (r, r, h, w), of a convolution
        halves.append(first @ second if core is None else _tucker(core, first, second))
    return halves[0] * halves[1] * _scale(layer, tensors["hada_w1_b"].shape[0])


def _tucker(core: Any, first: Any, second: Any) -> Any:
    """Return (out, in, h, w) of a core (r, r, h, w) and factors (r, out), (r, in)."""
    import torch

    return torch.einsum("ijkl,jr,ip->prkl", core, second, first)


def _kronecker(layer: Layer, tensors: Mapping[str, Any]) -> Any:
    """Return LoKr's delta W: a Kronecker product whose factors may be of low rank themselves."""
    import torch

    rank = 0
    left, right = tensors.get("lokr_w1"), tensors.get("lokr_w2")
    if left is None:
        left, rank = tensors["lokr_w1_a"] @ tensors["lokr_w1_b"], tensors["lokr_w1_b"].shape[0]
    if right is None:
        first, second = tensors["lokr_w2_a"], tensors["lokr_w2_b"]
        core, rank = tensors.get("lokr_t2"), second.shape[0]
        if core is None:
            right = (first @ second.flatten(1)).reshape(first.shape[0], *second.shape[1:])
        else:
            right = _tucker(core, first, second)
    left = left.reshape(*left.shape, *[1] * (right.ndim - left.ndim))  # (a, b, 1, 1)
    # right: (out / a, in / b, h, w). Where neither factor is of low rank, LyCORIS ignores alpha
    return torch.kron(left, right.contiguous()) * (_scale(layer, rank) if rank else 1.0)


def _rotated(layer: Layer, blocks: Any, weight: Any) -> Any:
    """Return the weight multiplied by a block-diagonal rotation: kohya's OFT (arXiv 2306.07280).

    Cayley's map (I + S)(I - S)^-1 makes a rotation of a skew-symmetric matrix S.
    """
    import torch

    count, side, _ = blocks.shape  # (blocks, out / blocks, out / blocks)
    if count * side != weight.shape[0]:
        raise ValueError(f"blocks of {list(blocks.shape)} for {list(weight.shape)}")
    skew = blocks - blocks.transpose(1, 2)
    if layer.alpha:
        norm = skew.flatten().norm()
        clamped = norm.clamp(max=layer.alpha * weight.shape[0])  # constrained OFT: alpha bounds S
        skew = skew * ((clamped + TINY) / (norm + TINY))
    eye = torch.eye(side, device=weight.device)
    rotation = (eye + skew) @ torch.linalg.inv(eye - skew)  # (blocks, side, side)
    parts = weight.reshape(count, side, -1)  # (blocks, side, in * h * w)
    return torch.einsum("knm,knp->kmp", rotation, parts).reshape(weight.shape)


def _decomposed(weight: Any, added: Any, tensors: Mapping[str, Any]) -> Any:
    """Return DoRA's delta W: the direction of W + delta W with a learnt magnitude.

    Liu et al. 2024, arXiv 2402.09353: PEFT has one magnitude for each output channel, LyCORIS for
    each output or each input channel.
    """
    merged = weight + added  # (out, in, ...)
    magnitude = tensors.get("magnitude")  # (out,)
    if magnitude is None:
        magnitude = tensors["dora_scale"]  # (out, 1, ...) or (1, in, ...)
        is_by_input = magnitude.ndim > 1 and magnitude.shape[0] == 1
        if is_by_input and magnitude.numel() == merged.shape[1]:
            norms = merged.transpose(0, 1).reshape(merged.shape[1], -1).norm(dim=1)  # (in,)
            ratio = (magnitude.flatten() / (norms + TINY)).reshape(1, -1, *[1] * (merged.ndim - 2))
            return merged * ratio - weight
    norms = merged.reshape(merged.shape[0], -1).norm(dim=1)  # (out,)
    ratio = magnitude.reshape(merged.shape[0]) / (norms + TINY)  # (out,)
    return merged * ratio.reshape(-1, *[1] * (merged.ndim - 1)) - weight
