"""Parse the state dict of a LoRA file into layers: the role of each tensor, alpha, scale.

The file is not trusted until it is parsed; shapes are checked where a layer is matched with the
model (lora.py). Knows no model and computes nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import ModelFileError
from pipelines.image.networks.early_lora import is_early, with_names

# ending of a tensor's name -> its role; the longest ending that matches counts
_ROLES: tuple[tuple[str, str], ...] = (
    (".lora_down.weight", "down"), (".lora_up.weight", "up"), (".lora_mid.weight", "mid"),
    (".lora_A.weight", "down"), (".lora_B.weight", "up"),
    (".lora_A.default.weight", "down"), (".lora_B.default.weight", "up"),
    (".lora.down.weight", "down"), (".lora.up.weight", "up"),
    ("_lora.down.weight", "down"), ("_lora.up.weight", "up"),
    (".lora_linear_layer.down.weight", "down"), (".lora_linear_layer.up.weight", "up"),
    (".lora_magnitude_vector.default.weight", "magnitude"),
    (".lora_magnitude_vector.weight", "magnitude"), (".lora_magnitude_vector", "magnitude"),
    (".dora_scale", "dora_scale"), (".alpha", "alpha"), (".scalar", "scalar"),
    (".hada_w1_a", "hada_w1_a"), (".hada_w1_b", "hada_w1_b"), (".hada_t1", "hada_t1"),
    (".hada_w2_a", "hada_w2_a"), (".hada_w2_b", "hada_w2_b"), (".hada_t2", "hada_t2"),
    (".lokr_w1", "lokr_w1"), (".lokr_w1_a", "lokr_w1_a"), (".lokr_w1_b", "lokr_w1_b"),
    (".lokr_w2", "lokr_w2"), (".lokr_w2_a", "lokr_w2_a"), (".lokr_w2_b", "lokr_w2_b"),
    (".lokr_t2", "lokr_t2"),
    (".diff", "diff"), (".diff_b", "diff_b"), (".w_norm", "diff"), (".b_norm", "diff_b"),
    (".oft_blocks", "oft_blocks"), (".on_input", "on_input"),
)  # fmt: skip
# ending -> a format that cannot be merged, by its published name
_REFUSED: tuple[tuple[str, str], ...] = (
    (".a1.weight", "GLoRA"), (".a2.weight", "GLoRA"), (".b1.weight", "GLoRA"),
    (".b2.weight", "GLoRA"), (".oft_diag", "Diag-OFT (LyCORIS 2)"), (".oft_r", "PEFT OFT"),
    (".oft_R.weight", "PEFT OFT"), (".ia3_l", "PEFT IA3"), (".boft_R", "PEFT BOFT"),
    (".vera_lambda_b", "VeRA"), (".vera_lambda_d", "VeRA"), (".bias_indices", "LyCORIS bias"),
    (".rescale", "OFT with rescaling"), (".lora_B.bias", "LoRA with bias"),
    (".lora_up.bias", "LoRA with bias"), (".hada_w1", "Hadamard (full)"),
)  # fmt: skip
_SCALES = ("alpha", "scalar", "on_input")  # tensors of one number
MAX_JSON = 1_000_000  # characters of metadata that are parsed


@dataclass(frozen=True, slots=True)
class Layer:
    """The adapter of one layer.

    Attributes:
        stem: the layer's name in the file.
        tensors: role -> tensor, as stored: "down" (rank, in, ...), "up" (out, rank, ...), ...
        alpha: delta W is scaled by alpha / rank; None, where the file has none, scales by 1.
        scalar: multiplies delta W; LyCORIS can learn it.
        on_input: IA3 scales input channels instead of output channels.
    """

    stem: str
    tensors: Mapping[str, Any]
    alpha: float | None = None
    scalar: float = 1.0
    on_input: bool = False

    @property
    def size_bytes(self) -> int:
        """Return how much memory its tensors take."""
        return sum(tensor.nbytes for tensor in self.tensors.values())


def read_layers(path: Path, name: str) -> tuple[Layer, ...]:
    """Return the layers of a verified file.

    Raises:
        ModelFileError: its format cannot be merged, or a number is not finite.
    """
    from safetensors import safe_open
    from safetensors.torch import load_file

    tensors = load_file(path)
    with safe_open(str(path), framework="pt") as file:
        metadata = file.metadata() or {}
    if is_early(tensors):
        tensors = with_names(tensors, name)
    found: dict[str, dict[str, Any]] = {}
    for key, tensor in tensors.items():
        stem, role = _role(key, tensors, name)
        _check_finite(tensor, key, name)
        found.setdefault(stem, {})[role] = tensor
    alphas = _Alphas(metadata)
    return tuple(_layer(stem, roles, alphas, name) for stem, roles in found.items())


def _role(key: str, tensors: Mapping[str, Any], name: str) -> tuple[str, str]:
    for ending, label in _REFUSED:
        if key.endswith(ending):
            raise ModelFileError("network.format", name=name, format=label, tensor=key[:120])
    matching = [(ending, role) for ending, role in _ROLES if key.endswith(ending)]
    if matching:
        ending, role = max(matching, key=lambda pair: len(pair[0]))
        if role == "oft_blocks" and tensors[key].ndim != 3:
            raise ModelFileError("network.format", name=name, format="BOFT", tensor=key[:120])
        return key.removesuffix(ending), role
    stem = key.removesuffix(".weight")
    if f"{stem}.on_input" in tensors:
        return stem, "ia3"
    raise ModelFileError("network.format", name=name, format="?", tensor=key[:120])


def _check_finite(tensor: Any, key: str, name: str) -> None:
    if not bool(tensor.float().isfinite().all()):
        raise ModelFileError("network.not_finite", name=name, tensor=key[:120])


def _layer(stem: str, roles: dict[str, Any], alphas: _Alphas, name: str) -> Layer:
    numbers = {}
    for role in _SCALES:
        if role in roles:
            tensor = roles.pop(role)
            if tensor.numel() != 1:
                shape = str(list(tensor.shape))
                raise ModelFileError(
                    "network.shape", name=name, tensor=f"{stem}.{role}", expected="[]", found=shape
                )
            numbers[role] = float(tensor)
    rank = roles["down"].shape[0] if "down" in roles and roles["down"].ndim > 1 else 0
    return Layer(
        stem,
        roles,
        numbers.get("alpha", alphas.of(stem, rank)),
        numbers.get("scalar", 1.0),
        bool(numbers.get("on_input", 0.0)),
    )


class _Alphas:
    """Alphas that PEFT keeps in the metadata: {"unet.lora_alpha": 8, "unet.r": 4, ...}."""

    def __init__(self, metadata: Mapping[str, str]) -> None:
        text = metadata.get("lora_adapter_metadata", "")
        try:
            found = json.loads(text) if text and len(text) <= MAX_JSON else {}
        except (ValueError, RecursionError):
            found = {}
        self._found: dict[str, Any] = found if isinstance(found, dict) else {}

    def of(self, stem: str, rank: int) -> float | None:
        """Return the alpha of a layer; None when the metadata has none."""
        part = stem.split(".", maxsplit=1)[0]
        alpha = self._found.get(f"{part}.lora_alpha")
        patterns = self._found.get(f"{part}.alpha_pattern")
        for pattern, value in patterns.items() if isinstance(patterns, dict) else ():
            if stem.endswith(f".{pattern}"):
                alpha = value
        if isinstance(alpha, bool) or not isinstance(alpha, int | float) or not rank:
            return None
        alpha = float(alpha)
        if not math.isfinite(alpha):
            return None
        # rank-stabilized LoRA (arXiv 2312.03732) scales by alpha / sqrt(rank), not alpha / rank
        return alpha * math.sqrt(rank) if self._found.get(f"{part}.use_rslora") is True else alpha
