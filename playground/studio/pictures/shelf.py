"""The shelf of finished pictures: a PNG file for each, a thumbnail, and a row that finds it.

The file is the truth and comes first; the row is an index and is made again from the file when it
is lost. A picture lies in outputs/<date>/<number>-<seed>.png and never replaces another one.
"""

from __future__ import annotations

import io
import logging
import os
import re
import threading
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from models import disk
from models.errors import DiskError
from pipelines.contract.painter import Picture
from pipelines.contract.requests import PictureRequest
from playground.studio.errors import PictureNotFound, PlaygroundError
from playground.studio.pictures.metadata import Metadata, png_bytes, read_metadata
from playground.studio.pictures.png import open_png
from playground.studio.pictures.store import PictureRow, PictureStore
from playground.studio.pictures.used_files import NamedFile, named

__all__ = ["KeptPicture", "Metadata", "PictureShelf", "open_png", "read_metadata"]

THUMBNAIL_SIDE = 256
NEEDED_BYTES = 64 * 2**20  # the largest picture takes 13 MB as PNG, the database some of its own
NOBODY = ""  # the owner of pictures that were found; only the person at the machine sees them
_FOLDER = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"(\d{5,9})-")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture on the shelf.

    Attributes:
        path: the PNG, absolute.
        thumbnail: a small WebP of it; the PNG itself when none could be made.
        phrase: the sentence it illustrates.
        request: what makes it again; None when another program made it.
        prompt: what the model got.
        seconds: how long it took to draw.
        used: the files that took part besides the model.
    """

    id: int
    owner: str
    path: Path
    thumbnail: Path
    phrase: str
    created_at: float
    request: PictureRequest | None
    prompt: str
    seconds: float
    width: int
    height: int
    used: tuple[NamedFile, ...] = ()


class PictureShelf:
    """Keeps, finds and lists pictures; may be used from any thread.

    Args:
        outputs: the pictures.
        thumbnails: made from the pictures, may be deleted at any time.
        partial: unfinished files; emptied at start by whoever holds the lock of the data folder.
        store: the index.
        clock: the time of day.
    """

    def __init__(
        self,
        outputs: Path,
        thumbnails: Path,
        partial: Path,
        store: PictureStore,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.outputs = outputs.resolve()
        self.thumbnails = thumbnails.resolve()
        self._partial = partial.resolve()
        self._store = store
        self._clock = clock
        self._naming = threading.Lock()  # taken alone; the next number is read and used under it

    def check_space(self) -> None:
        """Raise DiskFull when there is too little room to begin a picture."""
        disk.need_free(self.outputs, NEEDED_BYTES)

    def keep(self, picture: Picture, owner: str, job_id: int | None) -> KeptPicture:
        """Write the file, then the row that also ends the job `job_id`.

        Raises:
            DiskError: nothing was written.
            DatabaseError, DiskError: the file is there; the next start finds it.
        """
        now = self._clock()
        path = self._write(png_bytes(picture), picture.request.seed, now)
        request = picture.request
        row = PictureRow(
            owner=owner,
            path=path.relative_to(self.outputs).as_posix(),
            phrase=request.phrase.ko,
            request=request,
            prompt=picture.prompt,
            created_at=now,
            seconds=picture.seconds,
            width=picture.image.width,
            height=picture.image.height,
            used=named(picture.used),
        )
        row = replace(row, id=self._store.add(row, job_id, now))
        self._forget_thumbnail(path)
        return self._kept(row)

    def _write(self, data: bytes, seed: int, now: float) -> Path:
        folder = self.outputs / datetime.fromtimestamp(now).strftime("%Y-%m-%d")
        disk.make_folder(folder)
        with self._naming:
            number = _last_number(folder) + 1
            while True:
                path = folder / f"{number:05d}-{seed}.png"
                try:
                    disk.write_new(path, data, temp_dir=self._partial)
                    return path
                except FileExistsError:
                    number += 1

    def get(self, picture_id: int, owner: str | None) -> KeptPicture:
        """Return a picture of `owner`; None is the person at the machine, who sees all.

        Raises:
            PictureNotFound: there is none, it is somebody else's, or its file is gone.
        """
        row = self._store.get(picture_id, owner)
        if row is None or not self._is_there(row):
            raise PictureNotFound("picture.not_found", id=picture_id)
        return self._kept(row)

    def latest(
        self, owner: str | None, limit: int = 24, before_id: int | None = None
    ) -> tuple[KeptPicture, ...]:
        """Return pictures, newest first; with `before_id`, those older than that one."""
        found: list[KeptPicture] = []
        while len(found) < limit:
            rows = self._store.latest(owner, limit - len(found), before_id)
            if not rows:
                break
            found += [self._kept(row) for row in rows if self._is_there(row)]
            before_id = rows[-1].id
        return tuple(found)

    def _is_there(self, row: PictureRow) -> bool:
        if (self.outputs / row.path).is_file():
            return True
        with suppress(PlaygroundError):  # viewing must work on a full disk too
            self._store.mark((row.path,), is_missing=True)
        return False

    def _kept(self, row: PictureRow) -> KeptPicture:
        path = self.outputs / row.path
        return KeptPicture(
            id=row.id,
            owner=row.owner,
            path=path,
            thumbnail=self._thumbnail(path),
            phrase=row.phrase,
            created_at=row.created_at,
            request=row.request,
            prompt=row.prompt,
            seconds=row.seconds,
            width=row.width,
            height=row.height,
            used=row.used,
        )

    def throw_away(self, kept: KeptPicture) -> None:
        """Put a picture into the bin that nobody wants any more; without an undo."""
        self._store.throw_away(kept.id)

    def delete_files(self, paths: Iterable[str]) -> frozenset[str]:
        """Delete the files of pictures by their paths below the outputs folder.

        Returns:
            the paths of which nothing is left; another program may have a file open.

        Raises:
            DiskError: it is not sure that they are gone.
        """
        gone: set[str] = set()
        folders: set[Path] = set()
        for path in paths:
            try:
                for file in (self._thumbnail_path(self.outputs / path), self.outputs / path):
                    file.unlink(missing_ok=True)
                    folders.add(file.parent)
            except OSError as error:
                log.warning("the files of %s stay for now: %s", path, error.strerror)
            else:
                gone.add(path)
        for folder in filter(Path.is_dir, folders):
            try:
                disk.sync_folder(folder)
            except OSError as error:
                raise disk.disk_error(error, folder) from error
        return frozenset(gone)

    def _thumbnail_path(self, path: Path) -> Path:
        return self.thumbnails / path.relative_to(self.outputs).with_suffix(".webp")

    def _forget_thumbnail(self, path: Path) -> None:
        """Remove what an earlier picture of that name, deleted since, may have left."""
        with suppress(OSError):
            self._thumbnail_path(path).unlink(missing_ok=True)

    def _thumbnail(self, path: Path) -> Path:
        target = self._thumbnail_path(path)
        if target.is_file():
            return target
        try:
            image = open_png(path)
            image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
            buffer = io.BytesIO()
            image.convert("RGB").save(buffer, "WEBP", quality=80)
            disk.make_folder(target.parent)
            disk.write_atomically(target, buffer.getvalue(), temp_dir=self._partial)
        except (DiskError, OSError, ValueError) as error:
            log.warning("no thumbnail for %s: %s", path.name, error)
            return path
        return target

    def reindex(self) -> int:
        """Make the index agree with the files; return how many pictures were found anew."""
        known = self._store.known()
        there = self._files()
        self._store.mark(
            tuple(
                path for path, is_missing in known.items() if not is_missing and path not in there
            ),
            is_missing=True,
        )
        self._store.mark(
            tuple(path for path, is_missing in known.items() if is_missing and path in there),
            is_missing=False,
        )
        new = sorted(there.keys() - known.keys())
        found = tuple(row for path in new if (row := self._find(path, there[path])))
        self._store.add_found(found)
        for row in found:
            self._forget_thumbnail(self.outputs / row.path)
        self._sweep_thumbnails(there)
        return len(found)

    def _sweep_thumbnails(self, there: Collection[str]) -> None:
        """Remove the thumbnails of pictures that were deleted by hand."""
        for thumbnail in self.thumbnails.glob("*/*.webp"):
            path = thumbnail.relative_to(self.thumbnails).with_suffix(".png")
            if path.as_posix() not in there:
                with suppress(OSError):  # made anew or removed the next time
                    thumbnail.unlink()

    def _files(self) -> dict[str, float]:
        """Return path -> time of change of every picture file, links left out."""
        found: dict[str, float] = {}
        for folder in self.outputs.iterdir():
            if not _FOLDER.fullmatch(folder.name) or folder.is_symlink() or not folder.is_dir():
                continue
            disk.sweep(folder)  # only where `partial` lies on another filesystem
            try:
                found.update(_pictures_in(folder))
            except OSError as error:
                log.warning("%s cannot be listed: %s", folder.name, error)
        return found

    def _find(self, path: str, changed_at: float) -> PictureRow | None:
        """Return a row for a file, None when its metadata lacks how it was made."""
        try:
            path.encode()  # a name that is no text cannot be kept in a row
            metadata = read_metadata(self.outputs / path)
        except (OSError, ValueError) as error:
            log.warning("%r is left alone: %s", path, error)
            return None
        if metadata is None:
            return None
        return PictureRow(
            owner=NOBODY,
            path=path,
            phrase=metadata.phrase,
            request=metadata.request,
            prompt=metadata.prompt,
            created_at=changed_at,
            seconds=metadata.seconds,
            width=metadata.width,
            height=metadata.height,
            used=metadata.used,
        )


def _pictures_in(folder: Path) -> dict[str, float]:
    with os.scandir(folder) as entries:
        return {
            f"{folder.name}/{entry.name}": entry.stat().st_mtime
            for entry in entries
            if entry.name.endswith(".png") and entry.is_file(follow_symlinks=False)
        }


def _last_number(folder: Path) -> int:
    found = (_NUMBER.match(path.name) for path in folder.iterdir())
    return max((int(match[1]) for match in found if match), default=0)
