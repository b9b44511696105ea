"""What folders of transformers share, whatever they hold: the config's numbers, all tensors there.

Reads headers and small JSON files; loads nothing and executes nothing that a folder names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from models.errors import IncompleteModel, ModelFileError
from models.header import Header
from models.small_file import read_json_object

CONFIG = "config.json"
WEIGHTS = "*.safetensors"
PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt")
MAX_CONFIG_BYTES = 1_000_000


def read_object(path: Path) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        ValueError, OSError, RecursionError: it is none.
        ModelFileError: it is no plain file, or too long.
    """
    return read_json_object(path, MAX_CONFIG_BYTES)


def size_in(
    data: Mapping[str, Any], key: str, limit: int, folder: Path, default: int | None = None
) -> int:
    """Return one of a config's numbers, 1 to `limit`; raise ModelFileError when it is none."""
    value = data.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= limit:
        raise unreadable(folder, f"{key} = {str(value)[:40]}")
    return value


def refuse_quantised(data: Mapping[str, Any], folder: Path) -> None:
    """Raise ModelFileError when the weights are packed in a way that only other programs read."""
    if data.get("quantization_config"):
        raise ModelFileError("language.quantised", model=folder.name, file=CONFIG)


def unreadable(folder: Path, reason: str) -> ModelFileError:
    """Return what to raise for a config that cannot be used."""
    return ModelFileError("language.config", model=folder.name, file=CONFIG, reason=reason)


def check_complete(
    name: str,
    headers: Iterable[Header],
    expected: Mapping[str, tuple[int, ...]],
    prefix: str,
) -> None:
    """Raise IncompleteModel naming the first tensor that is missing or wrongly shaped.

    Args:
        prefix: what may stand before every tensor's name.
    """
    found = {
        tensor.name.removeprefix(prefix): tensor.shape
        for header in headers
        for tensor in header.tensors
    }
    missing = [tensor for tensor in expected if tensor not in found]
    if missing:
        raise IncompleteModel(
            "language.incomplete", model=name, count=len(missing), tensor=missing[0]
        )
    for tensor, shape in expected.items():
        if found[tensor] != shape:
            raise IncompleteModel(
                "language.shape",
                model=name,
                tensor=tensor,
                expected=str(list(shape)),
                found=str(list(found[tensor])),
            )
