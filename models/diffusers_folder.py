"""A folder in the diffusers layout as one model: `model_index.json` beside its parts.

Reads headers and one small JSON file; imports and executes nothing that the folder names.
"""

from __future__ import annotations

import json
from pathlib import Path

from models import marks
from models.errors import ModelFileError
from models.header import Header, read_header
from models.probe import Kind, Probe, precision, probe

INDEX = "model_index.json"
WEIGHTS = "*.safetensors"
MAX_INDEX_BYTES = 64_000
DENOISER_FOLDERS = ("unet", "transformer")


def weight_files(folder: Path) -> tuple[Path, ...]:
    """List the weight files of a model folder, sorted."""
    return tuple(sorted(folder.rglob(WEIGHTS)))


def main_file(folder: Path) -> str:
    """Return the name of the file that stands for the model: its denoiser's first one, or ""."""
    names = [path.relative_to(folder).as_posix() for path in weight_files(folder)]
    return next((name for name in names if name.split("/")[0] in DENOISER_FOLDERS), "")


def read_class_name(folder: Path) -> str:
    """Return what kind of pipeline the folder says it is.

    Raises:
        ModelFileError: the index is not what it should be.
    """
    path = folder / INDEX
    try:
        if path.stat().st_size > MAX_INDEX_BYTES:
            raise ValueError("too long")
        data = json.loads(path.read_text(encoding="utf-8"))
        return str(data["_class_name"])[:80]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelFileError("model.index", model=folder.name) from error


def probe_folder(folder: Path) -> Probe:
    """Tell what a model folder is: its parts' headers, taken together.

    Raises:
        ModelFileError, NotSafetensors: it is not a model folder, or a part is broken.
    """
    class_name = read_class_name(folder)
    parts: dict[str, list[Header]] = {}
    for path in weight_files(folder):
        part = path.relative_to(folder).parts[0]
        parts.setdefault(part, []).append(read_header(path))
    if not parts:
        raise ModelFileError("model.no_weights", model=folder.name)
    probes = {part: probe(_joined(headers)) for part, headers in parts.items()}
    denoiser = next((probes[part] for part in DENOISER_FOLDERS if part in probes), None)
    family = denoiser.family if denoiser else ""
    has = {label for found in probes.values() for label in _labels(found)}
    tensors = [tensor for headers in parts.values() for head in headers for tensor in head.tensors]
    return Probe(
        kind=Kind.CHECKPOINT if denoiser and family else Kind.UNKNOWN,
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
    if found.kind is Kind.TEXT_ENCODER:
        return tuple(found.variant.split("+"))
    return {Kind.DENOISER: ("denoiser",), Kind.VAE: ("vae",)}.get(found.kind, ())
