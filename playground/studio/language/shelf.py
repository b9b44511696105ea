"""The shelf of language models: the builtin one, folders on the disk, and what people taught.

Knows names, loads a model when it is first asked for, keeps a few, and forgets nothing that is
still in use. Every folder goes through the library's gate. Does not know what is written with them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from models.entry import Model
from models.errors import ModelNotFound
from models.library import Library
from models.probe import ModelKind
from models.text_folder import LICENCE
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.text.language.model import LanguageModel

if TYPE_CHECKING:
    from pathlib import Path

    from models.entry import OpenedModel

DEFAULT = "ongari"
MAX_LOADED = 2  # folders; a KoGPT2 takes 0.5 GB
MAX_TAUGHT = 20  # of all owners; a chain of a long text takes hundreds of MB
MAX_TAUGHT_EACH = 4

Load = Callable[["Path", str, CancelToken], LanguageModel]


class LanguageKind(StrEnum):
    """Where a language model comes from."""

    BUILTIN = "builtin"
    FOLDER = "folder"
    MARKOV = "markov"


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """One model of the shelf.

    Attributes:
        is_ready: it is in memory already; another one takes seconds to load.
        notice: a licence that people have to be told; "" when there is none.
    """

    name: str
    kind: LanguageKind
    is_ready: bool
    notice: str = ""


class LanguageShelf:
    """The language models that the faces can choose from."""

    def __init__(self, library: Library, load: Load | None = None, *, use_cpu: bool = False):
        self._library = library
        self._load = load or _loader(use_cpu)
        self._lock = threading.Lock()
        self._loaded: OrderedDict[Path, tuple[str, LanguageModel]] = OrderedDict()
        self._taught: OrderedDict[tuple[str, str], LanguageModel] = OrderedDict()

    @property
    def library(self) -> Library:
        """Where the folders come from."""
        return self._library

    def names(self, owner: str = "") -> tuple[LanguageEntry, ...]:
        """Return what can be chosen: the builtin one first, then folders, then the owner's own."""
        with self._lock:
            ready = {path for path in self._loaded}
            taught = [name for whose, name in self._taught if whose == owner]
        entries = [
            LanguageEntry(
                name=model.name,
                kind=LanguageKind.BUILTIN if model.is_builtin else LanguageKind.FOLDER,
                is_ready=model.path in ready,
                notice=_notice(model),
            )
            for model in self._library.writers()
        ]
        entries += [LanguageEntry(name, LanguageKind.MARKOV, True) for name in reversed(taught)]
        return tuple(entries)

    def get(
        self,
        name: str = DEFAULT,
        owner: str = "",
        cancel: CancelToken = NEVER,
    ) -> LanguageModel:
        """Return a model, verified and loaded.

        Raises:
            ModelFileError, LanguageModelError: there is none of that name, or it cannot be used.
            Cancelled: the person said stop.
        """
        with self._lock:
            taught = self._taught.get((owner, name))
        if taught is not None:
            return taught
        model = self._find(name, owner)
        opened = self._library.open_verified(model.name, cancel.check_progress)
        with self._lock:
            kept = self._loaded.get(model.path)
            if kept is not None and kept[0] == _mark(opened):
                self._loaded.move_to_end(model.path)
                return kept[1]
            self._loaded.pop(model.path, None)
        loaded = self._load(model.path, model.name, cancel)
        with self._lock:
            self._loaded[model.path] = (_mark(opened), loaded)
            while len(self._loaded) > MAX_LOADED:
                self._loaded.popitem(last=False)
        return loaded

    def add_markov(self, owner: str, name: str, model: LanguageModel) -> None:
        """Keep what a person's own text taught, for that person only; in memory only."""
        with self._lock:
            self._taught.pop((owner, name), None)
            self._taught[owner, name] = model
            own = [key for key in self._taught if key[0] == owner]
            for key in own[:-MAX_TAUGHT_EACH]:
                del self._taught[key]
            while len(self._taught) > MAX_TAUGHT:
                self._taught.popitem(last=False)

    def _find(self, name: str, owner: str) -> Model:
        """Return the folder of that name; another kind of model is none."""
        wanted = name or DEFAULT
        model = self._library.find(wanted)
        if model.probe is not None and not (model.is_folder and _is_language(model)):
            known = [entry.name for entry in self.names(owner)]
            raise ModelNotFound(
                "language.unknown", model=wanted[:60], known=", ".join(known)[:200] or "-"
            )
        return model


def _loader(use_cpu: bool) -> Load:
    def load(folder: Path, name: str, cancel: CancelToken) -> LanguageModel:
        from pipelines.text import neural

        return neural.load(folder, name, cancel, use_cpu=use_cpu)

    return load


def _mark(opened: OpenedModel) -> str:
    """Return what changes when any file of the model does."""
    return " ".join(f"{file}:{sha256}" for file, sha256 in sorted(opened.digests.items()))


def _is_language(model: Model) -> bool:
    return model.probe is not None and model.probe.kind is ModelKind.TEXT_MODEL


def _notice(model: Model) -> str:
    """Return the licence of a folder that people have to be told; the builtin one is ours."""
    if model.is_builtin or model.probe is None:
        return ""
    told = (reason for reason in model.probe.reasons if reason.startswith(LICENCE))
    return next(told, "").removeprefix(LICENCE)
