"""The LoRAs merged into a model: exactly those that a prompt names, until the next prompt.

Merged, not hooked in as adapters: W' = W + sum of strength * delta W is written once, and a copy of
W is kept on the CPU. A step then costs what it costs without a LoRA, module types and compiled
graphs stay as they are, every format stacks with every other, and removing one copies W back to
the bit. The price is memory: a copy of every weight that is changed. Small changes to weights of
16 or 8 bits are rounded with care, see weights.py.

A denoiser that does not share the UNet's weights (OpenVINO) must not be used while `applied(model)`
is not ().
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakKeyDictionary
from zlib import crc32

from models.library import Library
from models.lru import Lru
from models.probe import ModelKind
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.painter import UsedFile
from pipelines.image.loading.load import LoadedModel
from pipelines.image.networks.changes import change_of
from pipelines.image.networks.layers import Layer
from pipelines.image.networks.lora import Lora, check_family, fit, read_lora
from pipelines.image.networks.names import UNET, Site, sites
from pipelines.image.networks.weights import rounded, stored, write
from pipelines.image.prompt.networks import Network, check_kinds, unet_weight_of, weight_of

log = logging.getLogger(__name__)

KINDS = ("lora", "lyco")  # A1111's two tags for LoRAs
NAMED = ("te", "unet")
MOST_BYTES = 1 << 30  # of LoRA tensors cached between pictures

# (sha256, strength for the text encoders, strength for the UNet) of each
AppliedLoras = tuple[tuple[str, float, float], ...]


@dataclass(slots=True)
class _ModelNetworks:
    """The LoRAs merged into one model, and the original weights they changed.

    Attributes:
        kept: (part, path, "weight" or "bias") -> the module and its original tensor. Modules, not
            tensors: offloading puts new tensors into the same modules.
    """

    applied: AppliedLoras = ()
    kept: dict[tuple[str, str, str], tuple[Any, Any]] = field(default_factory=dict)


class LoraManager:
    """Merge LoRAs into models, and restore the original weights.

    Args:
        library: opens LoRA files, verified.
        most_bytes: of LoRA tensors cached between pictures.
    """

    def __init__(self, library: Library, *, most_bytes: int = MOST_BYTES) -> None:
        self._library = library
        self._loras: Lru[str, Lora] = Lru(most_bytes, lambda lora: lora.size_bytes)
        # by UNet: a model's state is dropped when the model is evicted
        self._states: WeakKeyDictionary[Any, _ModelNetworks] = WeakKeyDictionary()

    def check(self, tags: Sequence[Network], base: str) -> None:
        """Raise what `apply` would raise about names, strengths and families; opens no file.

        Args:
            base: the model's family as LoRAs name it; "" where that is not known.
        """
        check_kinds(tags, KINDS)
        for tag in tags:
            found = self._library.find_part(tag.name, ModelKind.LORA)
            _weights(tag)
            check_family(found.name, found.probe.family if found.probe else "", base)

    def applied(self, model: LoadedModel) -> AppliedLoras:
        """Return the LoRAs merged into a model: digest and the two strengths of each."""
        return self._state(model).applied

    def apply(
        self, model: LoadedModel, tags: Sequence[Network], cancel: CancelToken = NEVER
    ) -> tuple[UsedFile, ...]:
        """Merge exactly the LoRAs that the tags name; () restores the original weights.

        Raises:
            ModelNotFound: there is no such file; names the nearest.
            InvalidRequest: a tag cannot be used, or a file is of another family.
            ModelFileError: a file cannot be used.
            Cancelled: the request was cancelled; the model has its original weights then.
        """
        check_kinds(tags, KINDS)

        # 1. open the files and match their layers: every error comes before a weight is changed
        wanted = [(self._open(tag.name, cancel.check_progress), *_weights(tag)) for tag in tags]
        state = self._state(model)
        applied = tuple((lora.sha256, text, unet) for lora, text, unet in wanted)
        used = tuple(UsedFile("lora", lo.name, lo.sha256, lo.short_hash) for lo, _, _ in wanted)
        if applied == state.applied:
            return tuple(dict.fromkeys(used))
        added = self._added(model, wanted)
        # 2. merge; after a failure the original weights are restored
        had_text = any(part != UNET for part, _, _ in state.kept)
        try:
            _restore(state, keep=frozenset(added))
            for (part, path), changes in added.items():
                cancel.check()
                _merge(state, part, path, changes)
        except BaseException:
            _restore(state)
            state.applied = ()
            model.encoder.clear_cache()
            raise
        state.applied = applied
        if had_text or any(part != UNET for part, _ in added):
            model.encoder.clear_cache()
        return tuple(dict.fromkeys(used))

    def _state(self, model: LoadedModel) -> _ModelNetworks:
        return self._states.setdefault(model.pipeline.unet, _ModelNetworks())

    def _open(self, name: str, on_bytes: Callable[[int], None]) -> Lora:
        """Return a LoRA from the cache or its file, which is verified either way."""
        opened = self._library.open_part(name, (ModelKind.LORA,), on_bytes)
        lora = self._loras.get(opened.sha256)
        if lora is None:
            lora = read_lora(opened)
            self._loras.put(opened.sha256, lora)
        return replace(lora, name=opened.name)

    def _added(
        self, model: LoadedModel, wanted: Sequence[tuple[Lora, float, float]]
    ) -> dict[tuple[str, str], list[tuple[Site, Layer, float]]]:
        """Return (part, path) of each layer of the model -> the LoRA layers that change it."""
        table = sites(model.pipeline) if wanted else {}
        found: dict[tuple[str, str], list[tuple[Site, Layer, float]]] = {}
        for lora, text, unet in wanted:
            for site, layer in fit(lora, model.pipeline, table):
                weight = unet if site.part == UNET else text
                if weight:
                    found.setdefault((site.part, site.path), []).append((site, layer, weight))
        return found


def _weights(tag: Network) -> tuple[float, float]:
    """Return the strengths for the text encoders and the UNet: `:0.8`, `:0.8:0.5`, `te=`, `unet=`.

    Raises:
        InvalidRequest: the tag has an argument that is not known here.
    """
    named = dict(tag.named)
    strange = [*tag.args[2:], *(name for name in named if name not in NAMED)]
    if strange:
        raise InvalidRequest("network.argument", tag=tag.tag[:60], argument=strange[0][:40])
    if "te" in named:
        tag = replace(tag, args=(named["te"], *tag.args[1:]))
    return weight_of(tag), unet_weight_of(tag)


def _merge(
    state: _ModelNetworks, part: str, path: str, changes: Sequence[tuple[Site, Layer, float]]
) -> None:
    """Write W + sum of strength * delta W into one layer of the model."""
    module = changes[0][0].module
    bases: dict[str, Any] = {}  # name -> the original tensor in fp32, on the weight's device
    sums: dict[str, Any] = {}  # name -> the same with the changes added

    def base(name: str) -> Any:
        if name not in bases:
            device = stored(module, name).device
            bases[name] = _original_of(state, part, path, name, module).to(device).float()
        return bases[name]

    for _, layer, strength in changes:
        change = change_of(layer, base("weight"))  # delta W (out, in, ...), delta b (out,)
        for name, value in (("weight", change.weight), ("bias", change.bias)):
            if value is not None:
                sums[name] = sums.get(name, base(name)) + strength * value
    for name in ("weight", "bias"):
        tensor = stored(module, name)
        if name in sums:
            seed = crc32(f"{part}.{path}.{name}".encode())
            write(tensor, rounded(base(name), sums[name], tensor.dtype, seed))
        elif (part, path, name) in state.kept:  # changed by a LoRA that is not applied any more
            write(tensor, state.kept[part, path, name][1])


def _original_of(state: _ModelNetworks, part: str, path: str, name: str, module: Any) -> Any:
    key = (part, path, name)
    if key not in state.kept:
        tensor = stored(module, name)
        state.kept[key] = (module, tensor.detach().to("cpu", copy=True))
    return state.kept[key][1]


def _restore(state: _ModelNetworks, keep: frozenset[tuple[str, str]] = frozenset()) -> None:
    """Copy the original weights back into the layers that are not in `keep`; drop the copies."""
    for key in [key for key in state.kept if key[:2] not in keep]:
        module, before = state.kept[key]
        write(stored(module, key[2]), before)
        del state.kept[key]
