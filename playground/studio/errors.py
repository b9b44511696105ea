"""What can go wrong in the studio.

PlaygroundError (models.errors)
└── StudioError
    ├── DataDirError         the data folder cannot be used at all
    │   ├── DataDirInUse     another process works there; values: pid, where
    │   └── DataDirReadOnly  nothing can be written there
    ├── DatabaseError        the database cannot be read or written now
    │   ├── DatabaseTooNew   a newer version of the program made it
    │   └── DatabaseDamaged  its content makes no sense; a restart repairs it
    ├── QueueFull            too many jobs are waiting
    ├── JobNotFound          no such job, or somebody else's
    └── PictureNotFound      no such picture, somebody else's, or its file is gone

A full disk is models.errors.DiskFull, wherever it happens.
"""

from __future__ import annotations

from models.errors import PlaygroundError

__all__ = [
    "DataDirError",
    "DataDirInUse",
    "DataDirReadOnly",
    "DatabaseDamaged",
    "DatabaseError",
    "DatabaseTooNew",
    "JobNotFound",
    "PictureNotFound",
    "PlaygroundError",
    "QueueFull",
    "StudioError",
]


class StudioError(PlaygroundError):
    """The studio cannot meet the request."""


class DataDirError(StudioError):
    """The data folder cannot be used."""


class DataDirInUse(DataDirError):
    """Another living process works in the data folder."""


class DataDirReadOnly(DataDirError):
    """Nothing can be written in the data folder."""


class DatabaseError(StudioError):
    """The database cannot be read or written now."""


class DatabaseTooNew(DatabaseError):
    """A newer version of the program has changed the database."""


class DatabaseDamaged(DatabaseError):
    """The content of the database makes no sense."""


class QueueFull(StudioError):
    """Too many jobs are waiting."""


class JobNotFound(StudioError):
    """There is no such job for this owner."""

    is_missing = True


class PictureNotFound(StudioError):
    """There is no such picture for this owner."""

    is_missing = True
