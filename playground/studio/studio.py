"""The studio: everything the faces share, opened on one data folder by one process.

Knows the order in which things are opened and closed; does none of the work itself.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from models import disk
from models.errors import DirectoryInUse, DiskError, DiskFull, NotWritable, PlaygroundError
from models.library import Library
from pipelines.contract.errors import LexiconError
from pipelines.contract.painter import Painter
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import TextRequest
from playground.studio.database import Database
from playground.studio.errors import DataDirError, DataDirInUse, DataDirReadOnly
from playground.studio.housekeeping import Housekeeper
from playground.studio.jobs.queue import JobQueue
from playground.studio.jobs.store import JobStore
from playground.studio.language.own_texts import OwnTexts
from playground.studio.language.shelf import LanguageShelf
from playground.studio.language.translators import TranslatorShelf
from playground.studio.order import Orders
from playground.studio.phrases.store import PhraseStore
from playground.studio.pictures.bin import PictureBin
from playground.studio.pictures.bin_store import BinStore
from playground.studio.pictures.input_store import InputStore
from playground.studio.pictures.inputs import InputShelf
from playground.studio.pictures.shelf import PictureShelf
from playground.studio.pictures.store import PictureStore
from playground.studio.prompts import PromptDesk
from playground.studio.settings import Notice, SettingsFile
from playground.studio.stops import Stops
from playground.studio.uploads import Uploads
from playground.studio.work.consent_store import ConsentStore

if TYPE_CHECKING:
    from pipelines.text.engines import Engine, SayHooks

DATABASE = "playground.db"
LOCK = "playground.lock"
SETTINGS = "settings.json"
OUTPUTS = "outputs"
INPUTS = "inputs"  # pictures to start from
THUMBNAILS = "thumbnails"
PARTIAL = "partial"  # unfinished files; nothing half-written is ever seen anywhere else

log = logging.getLogger(__name__)


class Studio:
    """An open data folder. Made by `open`; a context manager.

    Attributes:
        notices: message keys and values of what was repaired when it was opened.
    """

    def __init__(
        self,
        data_dir: Path,
        painter: Painter,
        languages: LanguageShelf,
        lock: disk.DirectoryLock,
        database: Database,
        clock: Callable[[], float],
    ) -> None:
        partial = data_dir / PARTIAL
        self.data_dir, self.painter, self.languages = data_dir, painter, languages
        self._lock, self._database = lock, database
        self.notices: tuple[Notice, ...] = ()
        self._is_closed = False
        self.settings = SettingsFile(data_dir / SETTINGS, temp_dir=partial)
        # 1. words
        self.own_texts = OwnTexts(languages)
        self.translators = TranslatorShelf(languages.library)
        self.grammar: Engine | None = None  # over a person's own words; None for those that ship
        self.phrases = PhraseStore(database, clock=clock)
        self.consents = ConsentStore(database)
        # 2. pictures
        shelf = data_dir / OUTPUTS, data_dir / THUMBNAILS, partial
        self.pictures = PictureShelf(*shelf, PictureStore(database), clock=clock)
        store = InputStore(database)
        self.inputs = InputShelf(data_dir / INPUTS, partial, store, clock=clock)
        painter.open_pictures_with(self.inputs.open)  # before the queue starts
        self.drops = Uploads()
        # 3. work
        self.stops = Stops()
        self.jobs = JobQueue(JobStore(database), painter, self.pictures, clock=clock)
        self.bin = PictureBin(
            self.pictures,
            self.inputs,
            BinStore(database),
            self.jobs.forget,
            database.settle,
            clock=clock,
        )
        self._housekeeper = Housekeeper((self.bin.empty, self.drops.tidy), self.inputs.tidy)
        self.prompts = PromptDesk(data_dir)
        self.orders = Orders(painter, self.jobs, self.inputs, self.drops, self.prompts, self.typed)

    @classmethod
    def open(
        cls,
        data_dir: Path,
        painter: Painter,
        *,
        where: str = "",
        languages: LanguageShelf | None = None,
        clock: Callable[[], float] = time.time,
    ) -> Self:
        """Take the data folder, repair what is broken in it and start the queue.

        Raises:
            DataDirInUse: another process has it; nothing was touched.
            DataDirReadOnly, DataDirError: nothing can be written there.
            DatabaseTooNew: a newer version made it; nothing was changed.
            DatabaseError, DiskError: the disk failed.
        """
        data_dir = data_dir.resolve()
        with ExitStack() as undo:
            lock = _take(data_dir, where)
            undo.callback(lock.release)
            disk.sweep(data_dir / PARTIAL)
            database = Database.open(data_dir / DATABASE)
            undo.callback(database.close)
            shelf = languages or LanguageShelf(Library())
            studio = cls(data_dir, painter, shelf, lock, database, clock)
            studio._repair()
            studio.jobs.start()
            studio._housekeeper.start()
            undo.pop_all()
        return studio

    def _repair(self) -> None:
        notices: list[Notice] = []
        if self._database.broken is not None:
            notices.append(("database.repaired", {"name": self._database.broken.name}))
        self._try(lambda: self.bin.empty(at_once=True))  # before pictures without a row are found
        found = self.pictures.reindex()
        self._try(self.inputs.tidy)  # when all pictures that need one are known
        if found:
            notices.append(("pictures.found", {"count": found}))
        self.settings.load()
        self.notices = (*notices, *self.settings.notices)
        for key, _values in self.notices:  # a value may be a prompt
            log.warning("repaired: %s", key)

    @staticmethod
    def _try(tidy: Callable[[], object]) -> None:
        """Tidy up; the next start does what cannot be done now."""
        try:
            tidy()
        except PlaygroundError as error:
            log.warning("something is still to be tidied up: %s", error)

    def settle(self) -> None:
        """Make the disk forget what was deleted."""
        self._database.settle()

    def say(
        self,
        request: TextRequest,
        owner: str,
        opened: Mapping[str, Engine] | None = None,
        hooks: SayHooks | None = None,
    ) -> tuple[Phrase, ...]:
        """Make new phrases and keep them, those too that were made before a stop.

        Args:
            opened: engines that were opened with a text or a model, by name.
        """
        from pipelines.text.engines import ENGINES, UNWATCHED, SayHooks, say

        hooks = hooks or UNWATCHED
        on_phrase = hooks.on_phrase
        made: list[Phrase] = []

        def note(phrase: Phrase) -> None:
            made.append(phrase)
            on_phrase(phrase)

        own = {"grammar": self.grammar} if self.grammar is not None else {}
        try:
            return say(
                request,
                {**ENGINES, **own, **(opened or {})},
                SayHooks(on_phrase=note, cancel=hooks.cancel),
            )
        finally:
            self.phrases.add(tuple(made), owner)

    def use_words(self, folder: Path) -> tuple[LexiconError, ...]:
        """Let the grammar engine use a person's own words too; return the lines that are wrong."""
        from pipelines.text import lexicon
        from pipelines.text.grammar.grammar import Grammar
        from pipelines.text.lexicon.own import merge_right

        words, wrong = merge_right(lexicon.builtin(), folder)
        self.grammar = Grammar(words).phrases
        return wrong

    def typed(self, text: str) -> Phrase:
        """Return a typed sentence with what the lexicon knows about its words."""
        from pipelines.text.reading.typed import typed

        return typed(text)

    def set_where(self, url: str) -> None:
        """Let other processes find the address of this one."""
        self._lock.set_where(url)

    def interrupt(self) -> None:
        """Stop all that is under way, without waiting for it; the program is about to end."""
        self.stops.stop_all()
        self.jobs.interrupt()

    def close(self) -> None:
        """Interrupt what is under way and give the data folder back; a second call does nothing."""
        self.stops.stop_all()
        self.jobs.close()
        if not self._is_closed:
            self._is_closed = True
            self._housekeeper.close()
            self._try(lambda: self.bin.empty(at_once=True))
        self._database.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _take(data_dir: Path, where: str) -> disk.DirectoryLock:
    """Make the folders and take the lock."""
    shown = str(data_dir)
    try:
        disk.make_folder(data_dir)
        lock = disk.DirectoryLock(data_dir / LOCK)
        lock.acquire(where)
    except DirectoryInUse as error:
        key = "studio.in_use" if error.values["where"] else "studio.in_use.starting"
        raise DataDirInUse(key, path=shown, **error.values) from error
    except NotWritable as error:
        raise DataDirReadOnly("studio.read_only", path=shown) from error
    except DiskFull:
        raise
    except DiskError as error:
        reason = error.values.get("reason", "")
        raise DataDirError("studio.unusable", path=shown, reason=reason) from error
    try:
        for name in (OUTPUTS, THUMBNAILS, PARTIAL):
            disk.make_folder(data_dir / name)
    except DiskError as error:
        lock.release()
        if isinstance(error, NotWritable):
            raise DataDirReadOnly("studio.read_only", path=shown) from error
        raise
    return lock
