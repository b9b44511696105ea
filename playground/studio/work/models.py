"""Long work on model files: verifying and downloading, one thing at a time, on a thread of its own.

Knows the library; knows no widgets. Readers get a snapshot; errors are data.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from models.connection import HttpsClient
from models.entry import Integrity
from models.errors import ModelFileError, PlaygroundError
from models.get import QUARANTINE, get, read_tokens
from models.library import Library

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelTask:
    """What is being done, or was done last.

    Attributes:
        key: row of the message table that says what: models.work.*.
        name: of the model, or where it comes from.
        done, total: bytes; total is 0 while it is unknown.
        error: why it failed; None while it runs and when it went well.
    """

    key: str
    name: str
    done: int = 0
    total: int = 0
    is_running: bool = True
    error: PlaygroundError | None = None


class _Stopped(Exception):
    """Leaves a hash or a download that somebody stopped."""


class ModelWork:
    """The one thread that works on model files.

    Args:
        connect: makes the HTTPS client for a download.
    """

    def __init__(
        self, library: Library, data_dir: Path, connect: Callable[[], HttpsClient] | None = None
    ) -> None:
        self.library = library
        self.data_dir = data_dir
        self._connect = connect or (lambda: HttpsClient(tokens=read_tokens(os.environ)))
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._work: ModelTask | None = None
        self._thread: threading.Thread | None = None

    @property
    def now(self) -> ModelTask | None:
        """What is being done, or was done last; None at first."""
        return self._work

    def verify(self, name: str) -> None:
        """Hash one model again."""
        model = self.library.find(name)
        self._start(
            ModelTask("models.work.verify", model.name, total=model.size_bytes), self._verify
        )

    def verify_all(self) -> None:
        """Hash all models that have not been hashed, or were changed since."""
        self._start(ModelTask("models.work.verify", ""), self._verify_all)

    def get(self, source: str) -> None:
        """Download what `source` names."""
        self._start(ModelTask("models.work.get", source.strip()[:200]), self._get)

    def stop(self) -> None:
        """Stop at the next block; a download goes on from there later."""
        self._stop.set()

    def pin(self, name: str) -> None:
        """Vouch for a model as it is now."""
        self._refuse_while_busy()
        self.library.pin(name)

    def quarantine(self, name: str) -> None:
        """Move a model file out of the way."""
        self._refuse_while_busy()
        self.library.quarantine(name, self.data_dir / QUARANTINE)

    def join(self, timeout_seconds: float) -> None:
        """Wait until nothing is being done."""
        if self._thread is not None:
            self._thread.join(timeout_seconds)

    def _refuse_while_busy(self) -> None:
        if self._work is not None and self._work.is_running:
            raise ModelFileError("models.busy", name=self._work.name or "*")

    def _start(self, work: ModelTask, run: Callable[[ModelTask], None]) -> None:
        with self._lock:
            self._refuse_while_busy()
            self._work = work
            self._stop.clear()
            self._thread = threading.Thread(
                target=self._run, args=(work, run), name="model-work", daemon=True
            )
            self._thread.start()

    def _run(self, work: ModelTask, run: Callable[[ModelTask], None]) -> None:
        error: PlaygroundError | None = None
        try:
            run(work)
        except _Stopped:
            error = ModelFileError("models.work.stopped")
        except PlaygroundError as caught:
            error = caught
        except Exception as caught:  # the border of this thread
            log.exception("work on model files failed")
            error = ModelFileError("page.unexpected", kind=type(caught).__name__)
        self._work = replace(self._work or work, is_running=False, error=error)

    def _tell(self, name: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise _Stopped
        if self._work is not None:
            self._work = replace(self._work, name=name, done=done, total=total)

    def _verify(self, work: ModelTask) -> None:
        self.library.verify(work.name, lambda done: self._tell(work.name, done, work.total))

    def _verify_all(self, work: ModelTask) -> None:
        first: PlaygroundError | None = None
        for model in self.library.scan():
            if model.integrity not in (Integrity.READABLE, Integrity.CHANGED):
                continue
            self._tell(model.name, 0, model.size_bytes)
            try:
                self._verify(ModelTask(work.key, model.name, total=model.size_bytes))
            except PlaygroundError as error:  # the others are checked all the same
                first = first or error
        if first is not None:
            raise first

    def _get(self, work: ModelTask) -> None:
        get(
            self.library,
            self.data_dir,
            work.name,
            self._connect(),
            lambda done, total: self._tell(work.name, done, total),
        )
