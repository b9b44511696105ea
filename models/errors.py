"""The root of every error a person can meet, and those of this floor.

PlaygroundError
├── ModelFileError            a model file or folder cannot be used
│   ├── NotSafetensors        the bytes are something else (HTML page, pickle, empty, cut off)
│   ├── IncompleteModel       tensors or whole parts are missing, or have other shapes
│   ├── ModelNotFound         no model of that name
│   ├── DigestMismatch        the bytes are not the bytes that were pinned
│   ├── CannotDownload        a file did not arrive as it should
│   └── CannotConvert         a pickle was not made into safetensors
└── DiskError                 the disk failed or refused; names the file
    ├── DiskFull              no room, or less than is needed to start
    ├── NotWritable           a read-only disk or a folder that belongs to somebody else
    └── DirectoryInUse        another process holds the lock; names its pid and where it listens

An error knows no sentences: it carries a key and the values that fill it. `playground/messages/`
has one row per key, in Korean and English, so that the page and the command line say the same.
"""

from __future__ import annotations

from typing import ClassVar

Value = str | int | float


class PlaygroundError(Exception):
    """A failure that a person can understand and do something about.

    Args:
        key: names a row of the message table, e.g. ``"request.width"``.
        values: fill the blanks of that row; only plain data, so that they can be stored as JSON.

    Attributes:
        is_missing: what was requested by its name or number does not exist, at least not for this
            owner; with any other error the request cannot be served now.
    """

    is_missing: ClassVar[bool] = False

    def __init__(self, key: str, **values: Value) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        filled = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.key}({filled})"


class ModelFileError(PlaygroundError):
    """A model file or folder cannot be used."""


class NotSafetensors(ModelFileError):
    """The bytes are not a safetensors file that may be opened."""


class IncompleteModel(ModelFileError):
    """Tensors or whole parts are missing, or have other shapes than they must have."""


class ModelNotFound(ModelFileError):
    """No model goes by that name."""

    is_missing = True


class DigestMismatch(ModelFileError):
    """The bytes on disk are not the bytes that were pinned."""


class CannotDownload(ModelFileError):
    """A file did not arrive as it should."""


class CannotConvert(ModelFileError):
    """A pickle was not made into safetensors."""


class DiskError(PlaygroundError):
    """The disk refused to read or write a file."""


class DiskFull(DiskError):
    """There is no room, or less than is needed to start."""


class NotWritable(DiskError):
    """The disk is read-only or the folder belongs to somebody else."""


class DirectoryInUse(DiskError):
    """Another living process holds the lock of the folder."""
