"""The one way to read a small file that came with a model: a plain file, and not too long.

A pipe without a writer would be waited for, a device never ends, and a size that was asked for
before opening says nothing about either: so a file is opened first and read no further than its
limit. Weights have a reader of their own (header.py).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from models.errors import ModelFileError
from models.header import open_regular


def read_small(path: Path, limit_bytes: int) -> bytes:
    """Return what is in a file.

    Raises:
        ModelFileError: it is a folder, a pipe or a device, or longer than `limit_bytes`.
        OSError: it cannot be read.
    """
    with open_regular(path) as file:
        data = file.read(limit_bytes + 1)
    if len(data) > limit_bytes:
        raise ModelFileError("model.long_file", file=path.name, limit=f"{limit_bytes / 1e6:g}")
    return data


def read_json_object(path: Path, limit_bytes: int) -> dict[str, Any]:
    """Return the JSON object in a file.

    Raises:
        ModelFileError: as `read_small`.
        OSError, ValueError, RecursionError: it cannot be read, or is no JSON object.
    """
    data = json.loads(read_small(path, limit_bytes))
    if not isinstance(data, dict):
        raise ValueError("not an object")
    return data
