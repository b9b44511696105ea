"""A folder in the diffusers layout as one model: `model_index.json` beside its parts.

Reads headers and one small JSON file; imports and executes nothing that the folder names.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from models import signatures as marks
from models.errors import ModelFileError
from models.header import Header, read_header
from models.probe import ModelKind, Probe, precision, probe
from models.small_file import read_json_object

INDEX = "model_index.json"
WEIGHTS = "*.safetensors"
MAX_INDEX_BYTES = 64_000
DENOISER_FOLDERS = ("unet", "transformer")
# the plain file, its shards, and the same in another precision: "fp16", "non_ema"
_NAME = re.compile(
    r"(?:diffusion_pytorch_model|model)(?:\.(?P<before>[\w-]+?))?(?:-\d{5}-of-\d{5})?"
    r"(?:\.(?P<after>[\w-]+))?\.safetensors"
)
_PREFERRED = ("", "fp16", "bf16")


def part_files(part: Path) -> tuple[str, tuple[Path, ...]]:
    """Return the variant and the files that a part of a model is loaded from.

    One part may be there in several precisions; the plain one is taken if there is one.
    """
    variants: dict[str, list[Path]] = {}
    for path in sorted(part.glob(WEIGHTS)):
        match = _NAME.fullmatch(path.name)
        if match is not None:
            variants.setdefault(match["before"] or match["after"] or "", []).append(path)
    for variant in (*_PREFERRED, *sorted(variants)):
        if variant in variants:
            return variant, tuple(variants[variant])
    return "", tuple(sorted(part.glob(WEIGHTS)))


def weight_files(folder: Path) -> tuple[Path, ...]:
    """List the weight files of a model folder, sorted."""
    return tuple(sorted(folder.rglob(WEIGHTS)))


def main_file(folder: Path) -> str:
    """Return the name of the file that stands for the model: its denoiser's first one, or ""."""
    files = (path for part in DENOISER_FOLDERS for path in part_files(folder / part)[1])
    return next((path.relative_to(folder).as_posix() for path in files), "")


def read_class_name(folder: Path) -> str:
    """Return the pipeline class that the folder names.

    Raises:
        ModelFileError: the index is not what it should be.
    """
    name = read_json(folder, INDEX).get("_class_name")
    if not name:
        raise ModelFileError("model.index", model=folder.name, file=INDEX)
    return str(name)[:80]


def read_json(folder: Path, name: str) -> dict[str, Any]:
    """Return one of a model folder's small files.

    Raises:
        ModelFileError: it is not what it should be.
    """
    try:
        return read_json_object(folder / name, MAX_INDEX_BYTES)
    except (OSError, ValueError, RecursionError) as error:
        raise ModelFileError("model.index", model=folder.name, file=name) from error


def probe_folder(folder: Path) -> Probe:
    """Recognise what a model folder is: its parts' headers, taken together.

    Raises:
        ModelFileError, NotSafetensors: it is not a model folder, or a part is broken.
    """
    class_name = read_class_name(folder)
    parts: dict[str, list[Header]] = {}
    for part in sorted(path for path in folder.iterdir() if path.is_dir()):
        headers = [read_header(path) for path in part_files(part)[1]]
        if headers:
            parts[part.name] = headers
    if not parts:
        raise ModelFileError("model.no_weights", model=folder.name)
    probes = {part: probe(_joined(headers)) for part, headers in parts.items()}
    denoiser = next((probes[part] for part in DENOISER_FOLDERS if part in probes), None)
    family = denoiser.family if denoiser else ""
    has = {label for found in probes.values() for label in _labels(found)}
    tensors = [tensor for headers in parts.values() for head in headers for tensor in head.tensors]
    return Probe(
        kind=ModelKind.CHECKPOINT if denoiser and family else ModelKind.UNKNOWN,
        family=family,
        variant=denoiser.variant if denoiser else "",
        prediction=denoiser.prediction if denoiser else "",
        parameters=sum(found.parameters for found in probes.values()),
        precision=precision(tensors),
        has=tuple(sorted(has)),
        needs=tuple(sorted(marks.PARTS.get(family, frozenset()) - has)),
        reasons=(class_name, *(reason for found in probes.values() for reason in found.reasons)),
    )


def _joined(headers: list[Header]) -> Header:
    """Return the header that the shards of one part would have as a single file."""
    return Header(
        tensors=tuple(tensor for header in headers for tensor in header.tensors),
        metadata=headers[0].metadata,
        header_bytes=sum(header.header_bytes for header in headers),
        file_bytes=sum(header.file_bytes for header in headers),
    )


def _labels(found: Probe) -> tuple[str, ...]:
    if found.kind is ModelKind.TEXT_ENCODER:
        return tuple(found.variant.split("+"))
    return {ModelKind.DENOISER: ("denoiser",), ModelKind.VAE: ("vae",)}.get(found.kind, ())
