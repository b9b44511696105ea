"""The bin: pictures that somebody threw away, for the few seconds in which they can be had back.

A picture in the bin is nowhere to be seen, but its files still lie where they lay. When its time
is over the files go first and the row last: a process that dies in between finds the row at its
next start and goes on. What is left then is a backup that somebody else made.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from playground.studio.errors import PictureNotFound
from playground.studio.pictures.bin_store import BinStore
from playground.studio.pictures.inputs import InputShelf
from playground.studio.pictures.shelf import KeptPicture, PictureShelf

UNDO_SECONDS = 10

log = logging.getLogger(__name__)


class PictureBin:
    """Throws pictures away; may be used from any thread.

    Args:
        forget_jobs: lets go of what is still known of jobs by these ids.
        settle: makes the disk forget the rows that were deleted.
        clock: the time of day.
    """

    def __init__(
        self,
        pictures: PictureShelf,
        inputs: InputShelf,
        store: BinStore,
        forget_jobs: Callable[[frozenset[int]], None],
        settle: Callable[[], None],
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._pictures, self._inputs, self._store = pictures, inputs, store
        self._forget_jobs, self._settle = forget_jobs, settle
        self._clock = clock
        self._lock = threading.Lock()  # taken first: none comes back while its files go

    def put(self, picture_id: int, sees: str | None) -> None:
        """Throw a picture away; for UNDO_SECONDS it can be had back.

        Args:
            sees: its owner; None is the person at the machine, who sees all.

        Raises:
            PictureNotFound: there is none, or it is somebody else's.
        """
        if not self._store.put(picture_id, sees, self._clock()):
            raise PictureNotFound("picture.not_found", id=picture_id)

    def put_all(self, owner: str) -> int:
        """Throw away all pictures of an owner; return how many."""
        return self._store.put_all(owner, self._clock())

    def take_back(self, picture_id: int, sees: str | None) -> KeptPicture:
        """Return a picture to where it was.

        Raises:
            PictureNotFound: it is gone for good, or somebody else's.
        """
        with self._lock:
            if not self._store.take_back(picture_id, sees):
                raise PictureNotFound("picture.gone", id=picture_id)
        return self._pictures.get(picture_id, sees)

    def empty(self, *, at_once: bool = False) -> int:
        """Delete what can not be had back any more; return how many pictures.

        Args:
            at_once: delete the others too.
        """
        moment = None if at_once else self._clock() - UNDO_SECONDS
        with self._lock:
            binned = self._store.before(moment)
            for picture in binned:  # first, as what it shows is known from its file only
                self._inputs.release_copy(self._pictures.outputs / picture.path, picture.owner)
            gone = self._pictures.delete_files(picture.path for picture in binned)
            for picture in binned:
                if picture.path in gone:  # the row of another stays, so that it is tried again
                    self._forget_jobs(self._store.forget(picture.id))
                    log.info("picture %d was deleted", picture.id)
        if gone:
            self._inputs.tidy()
            self._settle()
        return len(gone)
