"""The shelf of language models: the builtin one, folders on the disk, and those of own texts.

Knows names, loads a model when it is first needed, and caches a few, the latest used. Every folder
goes through the library's gate. Does not know what is written with them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from models.entry import Model
from models.errors import ModelNotFound
from models.library import Library
from models.lru import Lru
from models.probe import ModelKind
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.text.language.model import LanguageModel
from playground.studio.fair_share import Held, who_goes
from playground.studio.jobs.guest import Guest

if TYPE_CHECKING:
    from pathlib import Path

    from models.entry import OpenedModel

DEFAULT = "ongari"
MAX_LOADED = 2  # folders; a KoGPT2 takes 0.5 GB
MAX_MARKOV_EACH = 4
# of the texts of all owners together, about 250 bytes of memory each; who holds most gives way
MAX_MARKOV_LETTERS = 5_000_000
MAX_MARKOV = 20

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
        notice: a licence that has to be shown to people; "" when there is none.
    """

    name: str
    kind: LanguageKind
    notice: str = ""


@dataclass(frozen=True, slots=True)
class _Learned:
    model: LanguageModel
    trained_on: str
    source: str | None  # of a guest; None is the person at the machine
    letters: int


def _letters(learned: _Learned) -> int:
    return learned.letters


def _one(_learned: _Learned) -> int:
    return 1


class LanguageShelf:
    """The language models that the faces can choose from."""

    def __init__(self, library: Library, load: Load | None = None, *, use_cpu: bool = False):
        self._library = library
        self._load = load or _loader(use_cpu)
        self._lock = threading.Lock()
        self._loaded: Lru[Path, tuple[str, LanguageModel]] = Lru(MAX_LOADED)
        self._markov: dict[tuple[str, str], _Learned] = {}  # the oldest first

    @property
    def library(self) -> Library:
        """Where the folders come from."""
        return self._library

    def names(self, owner: str = "") -> tuple[LanguageEntry, ...]:
        """Return what can be chosen: the builtin one first, then folders, then the owner's own."""
        with self._lock:
            own = [name for whose, name in self._markov if whose == owner]
        entries = [
            LanguageEntry(
                name=model.name,
                kind=LanguageKind.BUILTIN if model.is_builtin else LanguageKind.FOLDER,
                notice=_notice(model),
            )
            for model in self._library.writers()
        ]
        entries += [LanguageEntry(name, LanguageKind.MARKOV) for name in reversed(own)]
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
            Cancelled: the cancel token was set.
        """
        with self._lock:
            own = self._markov.get((owner, name))
        if own is not None:
            return own.model
        model = self._find(name, owner)
        opened = self._library.open_verified(model.name, cancel.check_progress)
        with self._lock:
            kept = self._loaded.get(model.path)
            if kept is not None and kept[0] == _digest(opened):
                return kept[1]
            self._loaded.pop(model.path)
        with opened.reading() as folder:
            loaded = self._load(folder, model.name, cancel)
        with self._lock:
            self._loaded.put(model.path, (_digest(opened), loaded))
        return loaded

    def add_markov(
        self,
        owner: str,
        name: str,
        model: LanguageModel,
        trained_on: str = "",
        guest: Guest | None = None,
        letters: int = 1,
    ) -> None:
        """Keep the model of a person's own text, for that person only; in memory only.

        Args:
            trained_on: digest of the text and the settings, see `markov`.
            guest: how its owner is counted; None is the person at the machine.
            letters: how long the text was, which is what its model takes memory for.
        """
        learned = _Learned(model, trained_on, guest.source if guest else None, letters)
        with self._lock:
            self._markov.pop((owner, name), None)
            own = [key for key in self._markov if key[0] == owner]
            for key in own[: 1 - MAX_MARKOV_EACH]:  # before others lose theirs
                del self._markov[key]
            self._markov[owner, name] = learned
            for most, size in ((MAX_MARKOV_LETTERS, _letters), (MAX_MARKOV, _one)):
                held = [Held(key, one.source, size(one)) for key, one in self._markov.items()]
                for key in who_goes(held, most):
                    del self._markov[key]

    def markov(self, owner: str, name: str, trained_on: str) -> LanguageModel | None:
        """Return the model of a person's own text, None when it is of another text, or gone."""
        with self._lock:
            kept = self._markov.get((owner, name))
        return kept.model if kept is not None and kept.trained_on == trained_on else None

    def forget_markov(self, owner: str) -> None:
        """Let the models of a person's own texts go."""
        with self._lock:
            for key in [key for key in self._markov if key[0] == owner]:
                del self._markov[key]

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


def _digest(opened: OpenedModel) -> str:
    """Return the digests of all files of the model, as one text."""
    return " ".join(f"{file}:{sha256}" for file, sha256 in sorted(opened.digests.items()))


def _is_language(model: Model) -> bool:
    return model.probe is not None and model.probe.kind is ModelKind.TEXT_MODEL


def _notice(model: Model) -> str:
    """Return the licence of a folder that has to be shown to people; the builtin one is ours."""
    return "" if model.is_builtin or model.probe is None else model.probe.licence
