"""What a model file is, from its header alone: kind, family, variant, parts, and why.

Reads no weights and guesses nothing: what no row of `models/signatures.py` fits is unknown, with
its first tensor names as the reason. Reasons are tensor names and shapes, the same in every
language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from models import signatures as marks
from models.header import Header, Tensor
from models.lora import LoraDetails, is_of_language_model, read_lora
from models.prediction import read_prediction
from models.signatures import Mark

FIRST_KEYS = 5
MAX_EMBEDDING_VECTORS = 512
PRECISIONS = {
    "F32": "fp32", "F16": "fp16", "BF16": "bf16", "F64": "fp64", "F8_E4M3": "fp8",
    "F8_E5M2": "fp8", "F8_E8M0": "fp8", "F4": "fp4", "I8": "int8", "U8": "int8",
}  # fmt: skip

_DTYPE = attrgetter("dtype")


class ModelKind(StrEnum):
    """What a model file is for."""

    CHECKPOINT = "checkpoint"
    DENOISER = "denoiser"
    VAE = "vae"
    TAESD = "taesd"
    LORA = "lora"
    EMBEDDING = "embedding"
    TEXT_ENCODER = "text-encoder"
    CONTROLNET = "controlnet"
    ADAPTER = "adapter"
    MOTION = "motion"
    UPSCALER = "upscaler"
    TEXT_MODEL = "text-model"
    TRANSLATOR = "translator"
    TEXT_LORA = "text-lora"
    VAE_APPROX = "vae-approx"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Probe:
    """What a model file is.

    Attributes:
        family: "" when it is unknown.
        variant: inpaint, pix2pix, dev, schnell, large ...; "" for the plain one.
        prediction: "eps", "v", "flow", or "" when it is unknown.
        precision: of most of the bytes.
        has, needs: parts in the file, and parts it cannot draw without and does not have.
        reasons: the tensors and metadata that the rest was read from.
        licence: that of a text model which has to be shown with what it writes; "" for none.
    """

    kind: ModelKind
    family: str
    variant: str
    prediction: str
    parameters: int
    precision: str
    has: tuple[str, ...]
    needs: tuple[str, ...]
    reasons: tuple[str, ...]
    lora: LoraDetails | None = None
    licence: str = ""


def probe(header: Header) -> Probe:
    """Recognise what a file is from its header: the more special kinds are tried first."""
    tensors = {tensor.name: tensor for tensor in header.tensors}
    return (
        _as_other(header, tensors)
        or _as_picture_model(header, tensors)
        or _as_lora(header)
        or _as_embedding(header, tensors)
        or _plain(header, ModelKind.UNKNOWN, reasons=_first_keys(header))
    )


def precision(tensors: Iterable[Tensor]) -> str:
    """Return how most of the bytes are stored."""
    tensors = tuple(tensors)
    dtypes: set[str] = set(map(_DTYPE, tensors))
    if len(dtypes) == 1:
        dtype = min(dtypes)
        return PRECISIONS.get(dtype, dtype.lower())
    sizes: dict[str, int] = {}
    for tensor in tensors:
        label = PRECISIONS.get(tensor.dtype, tensor.dtype.lower())
        sizes[label] = sizes.get(label, 0) + tensor.end - tensor.start
    return max(sizes, key=lambda label: sizes[label])


def _plain(
    header: Header,
    kind: ModelKind,
    family: str = "",
    variant: str = "",
    *,
    reasons: tuple[str, ...],
    lora: LoraDetails | None = None,
) -> Probe:
    """Return a probe of a file that is one part of a model."""
    return Probe(
        kind, family, variant, "", header.parameters, precision(header.tensors),
        (), (), reasons, lora,
    )  # fmt: skip


def _first_keys(header: Header) -> tuple[str, ...]:
    return tuple(tensor.name[:120] for tensor in header.tensors[:FIRST_KEYS])


def _as_lora(header: Header) -> Probe | None:
    found = read_lora(header)
    if found is None:
        return None
    family, reasons, details = found
    if is_of_language_model(header):
        reasons = reasons[:1]
        return _plain(header, ModelKind.TEXT_LORA, "", details.format, reasons=reasons)
    return _plain(header, ModelKind.LORA, family, details.format, reasons=reasons, lora=details)


def _as_embedding(header: Header, tensors: Mapping[str, Tensor]) -> Probe | None:
    """Textual inversion: a few vectors as wide as the text encoder's."""
    flat = [tensor for tensor in header.tensors if len(tensor.shape) in (1, 2)]
    if len(tensors) > 2 or len(flat) != len(tensors):
        return None
    if any(tensor.parameters > MAX_EMBEDDING_VECTORS * tensor.shape[-1] for tensor in flat):
        return None
    reasons = tuple(_reason(tensor) for tensor in flat)
    if set(tensors) == {"clip_l", "clip_g"}:
        return _plain(header, ModelKind.EMBEDDING, "sdxl", reasons=reasons)
    family = marks.EMBEDDING_FAMILIES.get(flat[0].shape[-1])
    # its name is the placeholder, with or without <>; layers of networks end in these
    is_layer = flat[0].name.endswith((".weight", ".bias"))
    if family is None or len(tensors) != 1 or is_layer:
        return None
    return _plain(header, ModelKind.EMBEDDING, family, reasons=reasons)


def _as_other(header: Header, tensors: Mapping[str, Tensor]) -> Probe | None:
    found = _first(marks.OTHERS, ("",), tensors)
    if found is None:
        return None
    mark, tensor, _ = found
    reasons, variant = (_reason(tensor),), mark.variant
    if mark.label == ModelKind.TAESD and variant != "encoder":
        first = next((tensors[name] for name in marks.TAESD_FIRST if name in tensors), None)
        if first is not None and len(first.shape) == 4:
            reasons, variant = (_reason(first),), marks.VAE_VARIANTS.get(first.shape[1], "")
    return _plain(header, ModelKind(mark.label), variant=variant, reasons=reasons)


def _as_picture_model(header: Header, tensors: Mapping[str, Tensor]) -> Probe | None:
    denoiser = _first(marks.DENOISERS, marks.DENOISER_PREFIXES, tensors)
    vae = _first(marks.VAES, marks.VAE_PREFIXES, tensors)
    encoders = _all(marks.TEXT_ENCODERS, tensors)
    if denoiser is None and not encoders:
        encoders = _all(marks.BARE_TEXT_ENCODERS, tensors)
    if denoiser is None:
        return _as_part(header, tensors, vae, encoders)
    mark, tensor, prefix = denoiser
    has = {"denoiser", *(mark.label for mark, _ in encoders)} | ({"vae"} if vae else set())
    reasons = [_reason(tensor), *(_reason(tensor) for _, tensor in encoders)]
    if vae:
        reasons.append(_reason(vae[1]))
    variant, why = _variant(mark, prefix, tensors)
    return Probe(
        kind=ModelKind.CHECKPOINT if len(has) > 1 else ModelKind.DENOISER,
        family=mark.label,
        variant=variant,
        prediction=_prediction(mark.label, header, tensors),
        parameters=header.parameters,
        precision=precision(header.tensors),
        has=tuple(sorted(has)),
        needs=tuple(sorted(marks.PARTS.get(mark.label, frozenset()) - has)),
        reasons=(*reasons, *why),
    )


def _as_part(
    header: Header,
    tensors: Mapping[str, Tensor],
    vae: tuple[Mark, Tensor, str] | None,
    encoders: list[tuple[Mark, Tensor]],
) -> Probe | None:
    """A VAE or a text encoder on its own."""
    if encoders:
        reasons = tuple(_reason(tensor) for _, tensor in encoders)
        label = "+".join(mark.label for mark, _ in encoders)
        return _plain(header, ModelKind.TEXT_ENCODER, variant=label, reasons=reasons)
    if vae is None:
        return None
    _, tensor, prefix = vae
    latent = tensors.get(prefix + marks.VAE_LATENT)
    channels = latent.shape[1] if latent is not None and len(latent.shape) == 4 else 0
    # SD 1.5, 2 and XL share one shape, and so do SD 3 and FLUX: the family cannot be recognised
    variant = marks.VAE_VARIANTS.get(channels, "")
    reasons = tuple(_reason(item) for item in (tensor, latent) if item is not None)
    return _plain(header, ModelKind.VAE, variant=variant, reasons=reasons)


def _variant(mark: Mark, prefix: str, tensors: Mapping[str, Tensor]) -> tuple[str, tuple[str, ...]]:
    if mark.label == "flux1":
        for key in marks.FLUX_IMAGE_INPUTS:
            tensor = tensors.get(prefix + key)
            if tensor is not None and tensor.shape[-1] in marks.FLUX_VARIANTS:
                return marks.FLUX_VARIANTS[tensor.shape[-1]], (_reason(tensor),)
        for key in marks.FLUX_GUIDANCE:
            if prefix + key in tensors:
                return "dev", (_reason(tensors[prefix + key]),)
        return mark.variant, ()
    for key, variant in (*marks.FAMILY_VARIANT_KEYS.get(mark.label, ()), *marks.VARIANT_KEYS):
        for name in (prefix + key, key):
            if name in tensors:
                return variant, (_reason(tensors[name]),)
    for key in marks.FIRST_CONVOLUTIONS:
        tensor = tensors.get(prefix + key)
        if tensor is not None and len(tensor.shape) == 4:
            return marks.CHANNEL_VARIANTS.get(tensor.shape[1], mark.variant), (_reason(tensor),)
    return mark.variant, ()


def _prediction(family: str, header: Header, tensors: Mapping[str, Tensor]) -> str:
    """Return the prediction type the denoiser was trained for, "" when it is unknown."""
    found = read_prediction(header, tensors).prediction
    if found:
        return found
    # 2.x was published both ways with the same tensors
    defaults = {"sd15": "eps", "sdxl": "eps", "sdxl-refiner": "eps", "crayon": "v"}
    if family.startswith(("sd3", "flux")):
        return "flow"
    return defaults.get(family, "")


def _first(
    table: tuple[Mark, ...], prefixes: tuple[str, ...], tensors: Mapping[str, Tensor]
) -> tuple[Mark, Tensor, str] | None:
    for prefix in prefixes:
        for mark in table:
            tensor = tensors.get(prefix + mark.key)
            if tensor is not None and _fits(mark, tensor):
                return mark, tensor, prefix
    return None


def _all(table: tuple[Mark, ...], tensors: Mapping[str, Tensor]) -> list[tuple[Mark, Tensor]]:
    return [
        (mark, tensors[mark.key])
        for mark in table
        if mark.key in tensors and _fits(mark, tensors[mark.key])
    ]


def _fits(mark: Mark, tensor: Tensor) -> bool:
    if mark.width is None:
        return True
    return len(tensor.shape) > mark.axis and tensor.shape[mark.axis] == mark.width


def _reason(tensor: Tensor) -> str:
    return f"{tensor.name} {list(tensor.shape)}"
