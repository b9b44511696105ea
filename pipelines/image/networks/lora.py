"""One LoRA: read from a verified file, and its layers matched with those of a model.

Changes no weight. A file of another family is refused by the names of both; one whose metadata
names no family is refused by the first tensor whose shape does not fit.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.digest import LORA_HASH_LENGTH
from models.entry import OpenedModel
from models.errors import ModelFileError
from models.lora import WIDTHS
from pipelines.contract.errors import InvalidRequest
from pipelines.image.networks.changes import change_of
from pipelines.image.networks.layers import Layer, read_layers
from pipelines.image.networks.names import Site, address

log = logging.getLogger(__name__)

SHOWN = 3  # layer names in a warning about layers that the model lacks


@dataclass(frozen=True, slots=True)
class Lora:
    """A LoRA in memory.

    Attributes:
        family: from its header; "" when the header names none.
    """

    name: str
    sha256: str
    short_hash: str
    family: str
    layers: tuple[Layer, ...]

    @property
    def size_bytes(self) -> int:
        """Return how much memory it takes."""
        return sum(layer.size_bytes for layer in self.layers)


Fitted = tuple[tuple[Site, Layer], ...]


def read_lora(opened: OpenedModel) -> Lora:
    """Read a verified file.

    Raises:
        ModelFileError: its format cannot be merged, or it was replaced meanwhile.
    """
    with opened.reading() as path:
        layers = read_layers(path, opened.name)
    family = "" if opened.probe is None else opened.probe.family
    short_hash = opened.payload_sha256[:LORA_HASH_LENGTH]
    return Lora(opened.name, opened.sha256, short_hash, family, layers)


def base_of(pipeline: Any) -> str:
    """Return the family of a pipeline's UNet as LoRAs name it; "" when there is no such."""
    width = pipeline.unet.config.get("cross_attention_dim")
    return WIDTHS.get(width, "") if isinstance(width, int) else ""


def check_family(name: str, family: str, base: str) -> None:
    """Raise InvalidRequest when a LoRA was made for another family than the model's."""
    if family and base and family != base:
        raise InvalidRequest("network.family", name=name[:60], family=family, model_family=base)


def fit(lora: Lora, pipeline: Any, table: Mapping[tuple[str, str], Site]) -> Fitted:
    """Match each layer of the file with the model's layer that it changes.

    Raises:
        InvalidRequest: it was trained for another family, or no layer is the model's.
        ModelFileError: a tensor has another shape than the model's.
    """
    check_family(lora.name, lora.family, base_of(pipeline))
    found: list[tuple[Site, Layer]] = []
    unmatched: list[str] = []
    for layer in lora.layers:
        site = table.get(address(layer.stem))
        if site is None:
            unmatched.append(layer.stem[:120])
            continue
        _check_shapes(lora, layer, site)
        found.append((site, layer))
    if not found:
        raise InvalidRequest(
            "network.nothing_fits", name=lora.name[:60], tensor=(unmatched or ["-"])[0]
        )
    if unmatched:
        log.warning(
            "%s: %d of %d layers are not in this model and change nothing: %s",
            lora.name, len(unmatched), len(lora.layers), ", ".join(unmatched[:SHOWN]),
        )  # fmt: skip
    return tuple(found)


def _check_shapes(lora: Lora, layer: Layer, site: Site) -> None:
    """Raise ModelFileError when delta W has another shape than the weight; computes no numbers."""
    import torch

    bias = getattr(site.module, "bias", None)
    weight = torch.empty(site.module.weight.shape, device="meta")  # (out, in, ...)
    on_meta = Layer(
        layer.stem,
        {role: torch.empty(tensor.shape, device="meta") for role, tensor in layer.tensors.items()},
        layer.alpha,
        layer.scalar,
        layer.on_input,
    )
    try:
        change = change_of(on_meta, weight)
    except (RuntimeError, ValueError, IndexError, KeyError, ZeroDivisionError) as error:
        raise _misfit(lora, layer, tuple(weight.shape), layer.tensors) from error
    wanted = None if bias is None else tuple(bias.shape)
    if change.bias is not None and tuple(change.bias.shape) != wanted:
        raise _misfit(lora, layer, wanted or (), {"diff_b": change.bias})


def _misfit(
    lora: Lora, layer: Layer, expected: tuple[int, ...], tensors: Mapping[str, Any]
) -> ModelFileError:
    found = ", ".join(f"{role} {list(tensor.shape)}" for role, tensor in sorted(tensors.items()))
    return ModelFileError(
        "network.shape",
        name=lora.name[:60],
        tensor=layer.stem[:120],
        expected=str(list(expected)),
        found=found[:200],
    )
