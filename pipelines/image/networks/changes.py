"""What a layer's factors add to its weight: LoRA, LoCon, LoHa, LoKr, IA3, OFT, DoRA, full.

Pure functions of tensors; the formulas are those of the papers and of LyCORIS. They run on meta
tensors too, which is how a file is measured against a model before anything is touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.image.networks.layers import Layer

TINY = 1e-8  # LyCORIS' guard against division by nothing


@dataclass(frozen=True, slots=True)
class Change:
    """What is added at strength 1; None where nothing is.

    Attributes:
        weight: in the shape of the weight.
        bias: in the shape of the bias.
    """

    weight: Any = None
    bias: Any = None


def change_of(layer: Layer, weight: Any) -> Change:
    """Return what a layer adds to a weight in fp32.

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
    added = _added(layer, tensors, weight)
    if _without_ones(added.shape) != _without_ones(weight.shape):
        raise ValueError(f"{list(added.shape)} for {list(weight.shape)}")
    added = added.reshape(weight.shape) * layer.scalar  # a 1x1 convolution may be kept as a matrix
    if "dora_scale" in tensors or "magnitude" in tensors:
        added = _decomposed(weight, added, tensors)
    return Change(added, bias)


def _without_ones(shape: Any) -> tuple[int, ...]:
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
    if "ia3" in tensors:
        shape = [1] * weight.ndim
        axis = 1 if layer.on_input else 0
        shape[axis] = weight.shape[axis]
        return weight * tensors["ia3"].reshape(shape)
    if "oft_blocks" in tensors:
        return _rotated(layer, tensors["oft_blocks"], weight) - weight
    return tensors["diff"]


def _scale(layer: Layer, rank: int) -> float:
    return 1.0 if layer.alpha is None else layer.alpha / rank


def _low_rank(layer: Layer, tensors: Mapping[str, Any]) -> Any:
    import torch

    down, up = tensors["down"], tensors["up"]
    rank = down.shape[0]
    if "mid" in tensors:  # LoCon with a kernel of its own (CP decomposition)
        mid = tensors["mid"]
        whole = torch.einsum("mnij,om,np->opij", mid, up.flatten(1), down.flatten(1))
    elif up.ndim == 4 and up.shape[-1] > 1:
        raise ValueError(f"an up kernel of {list(up.shape)}")
    else:
        whole = (up.flatten(1) @ down.flatten(1)).reshape(up.shape[0], *down.shape[1:])
    return whole * _scale(layer, rank)


def _hadamard(layer: Layer, tensors: Mapping[str, Any]) -> Any:
    halves = []
    for number in "12":
        first, second = tensors[f"hada_w{number}_a"], tensors[f"hada_w{number}_b"]
        core = tensors.get(f"hada_t{number}")
        halves.append(first @ second if core is None else _tucker(core, first, second))
    return halves[0] * halves[1] * _scale(layer, tensors["hada_w1_b"].shape[0])


def _tucker(core: Any, first: Any, second: Any) -> Any:
    import torch

    return torch.einsum("ijkl,jr,ip->prkl", core, second, first)


def _kronecker(layer: Layer, tensors: Mapping[str, Any]) -> Any:
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
    left = left.reshape(*left.shape, *[1] * (right.ndim - left.ndim))
    # where both halves are whole there is no rank, and LyCORIS ignores alpha
    return torch.kron(left, right.contiguous()) * (_scale(layer, rank) if rank else 1.0)


def _rotated(layer: Layer, blocks: Any, weight: Any) -> Any:
    """Return the weight turned block by block (Cayley's map of a skew matrix), kohya's OFT."""
    import torch

    count, side, _ = blocks.shape
    if count * side != weight.shape[0]:
        raise ValueError(f"blocks of {list(blocks.shape)} for {list(weight.shape)}")
    skew = blocks - blocks.transpose(1, 2)
    if layer.alpha:
        norm = skew.flatten().norm()
        most = norm.clamp(max=layer.alpha * weight.shape[0])
        skew = skew * ((most + TINY) / (norm + TINY))
    eye = torch.eye(side, device=weight.device)
    turn = (eye + skew) @ torch.linalg.inv(eye - skew)
    parts = weight.reshape(count, side, -1)
    return torch.einsum("knm,knp->kmp", turn, parts).reshape(weight.shape)


def _decomposed(weight: Any, added: Any, tensors: Mapping[str, Any]) -> Any:
    """Return what DoRA adds: the direction is the sum's, the length is learnt."""
    whole = weight + added
    flat = whole.reshape(whole.shape[0], -1)
    length = tensors.get("magnitude")
    if length is None:
        length = tensors["dora_scale"]
        if length.ndim > 1 and length.shape[0] == 1 and length.numel() == whole.shape[1]:
            norms = whole.transpose(0, 1).reshape(whole.shape[1], -1).norm(dim=1)
            ratio = (length.flatten() / (norms + TINY)).reshape(1, -1, *[1] * (whole.ndim - 2))
            return whole * ratio - weight
    ratio = length.reshape(whole.shape[0]) / (flat.norm(dim=1) + TINY)
    return whole * ratio.reshape(-1, *[1] * (whole.ndim - 1)) - weight
