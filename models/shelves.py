"""Which models there are, and what a name means: exact names, aliases and hashes, never a guess.

Reads what a scan finds; opens nothing. The gate that every load goes through is in library.py.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from models import catalog
from models.entry import Model, plain
from models.errors import ModelFileError, ModelNotFound
from models.model_store import ModelStore
from models.nearest import near_or_known
from models.probe import ModelKind, Probe
from models.signatures import named
from models.structure import can_load
from models.trust import KnownFile, OwnPins, read_known

BUILTIN = Path(__file__).with_name("builtin")


class Shelves:
    """The models of some folders, as the last scan found them.

    Args:
        models_dirs: folders to read: our own, and those of other programs.
        store: what was learnt at earlier starts.
        own_pins: the owner's pins.
    """

    def __init__(self, models_dirs: Iterable[Path], store: ModelStore, own_pins: OwnPins) -> None:
        self.roots = tuple(Path(os.path.abspath(path)) for path in models_dirs)  # noqa: PTH100
        self.known: tuple[KnownFile, ...] = read_known()
        self._store, self._own_pins = store, own_pins
        self._lock = threading.Lock()
        self._models: tuple[Model, ...] | None = None

    def scan(self) -> tuple[Model, ...]:
        """Scan the disk: names, sizes and, where something is new, headers. Hashes nothing."""
        with self._lock:
            self._models = catalog.scan(
                BUILTIN, self.roots, self._store, self._own_pins, self.known
            )
            return self._models

    def models(self) -> tuple[Model, ...]:
        """Return what the last scan found; scan if there was none."""
        return self.scan() if self._models is None else self._models

    def drawable(self) -> tuple[Model, ...]:
        """Return the models that can draw, builtin ones first."""
        return tuple(model for model in self.models() if model.can_draw)

    def writers(self) -> tuple[Model, ...]:
        """Return the language models that can write, builtin ones first."""
        return tuple(model for model in self.models() if model.can_write)

    def translators(self) -> tuple[Model, ...]:
        """Return the models that can translate."""
        return tuple(model for model in self.models() if model.can_translate)

    def parts(self, *kinds: ModelKind) -> tuple[Model, ...]:
        """Return the usable files of some kinds: LoRAs, VAEs, embeddings."""
        return tuple(model for model in self.models() if model.is_usable and is_of(model, kinds))

    def find_part(self, name: str, *kinds: ModelKind) -> Model:
        """Return the part of one of these kinds with exactly that name, alias or hash.

        Models of other kinds may have the same name; they are not meant.

        Raises:
            ModelNotFound: there is none; says which name is near, or which there are.
            ModelFileError: it is of another kind, or several files have that name.
        """
        wanted = plain(name)
        if not any(is_of(model, kinds) for model in self._matches(wanted)):
            self.scan()  # it may have been put there since
        matches = [model for model in self._matches(wanted) if is_of(model, kinds)]
        if matches:
            return _the_one(wanted, matches)
        others = self._matches(wanted)
        if others:
            refuse_kind(others[0], kinds)
        known = [model.name for model in self.parts(*kinds)]
        if not known:
            raise ModelNotFound("part.none", name=wanted[:60], wanted=_listed(kinds))
        close = near_or_known(wanted, known)
        key = "part.unknown" if "nearest" in close else "part.far"
        raise ModelNotFound(key, name=wanted[:60], wanted=_listed(kinds), **close)

    def find(self, name: str) -> Model:
        """Return the model of exactly that name, alias or hash.

        Raises:
            ModelNotFound: there is none; says which name is near, or which there are.
            ModelFileError: several files have that name, and their bytes differ.
        """
        wanted = plain(name)
        matches = self._matches(wanted)
        if not matches:
            self.scan()  # it may have been put there since
            matches = self._matches(wanted)
        if not matches:
            raise _not_found(wanted, self.models())
        return _the_one(wanted, matches)

    def peek(self, name: str) -> Model | None:
        """Do what `find` does among what the last scan found; None for none, or for several."""
        wanted = plain(name)
        matches = self._matches(wanted)
        try:
            return _the_one(wanted, matches) if matches else None
        except ModelFileError:
            return None

    def find_drawable(self, name: str) -> Model:
        """Return the model of that name, drawable judging by its header.

        Raises:
            ModelNotFound, ModelFileError: what `find` raises, or it is no model that can draw.
        """
        try:
            model = self.find(name)
        except ModelNotFound:
            raise _not_found(plain(name), self.drawable()) from None
        if model.flaw is not None:
            raise ModelFileError(model.flaw.key, **dict(model.flaw.values))
        if model.probe is not None:
            check_drawable(model, model.probe)
        return model

    def _matches(self, name: str) -> list[Model]:
        return [model for model in self.models() if name in model.aliases]


def is_of(model: Model, kinds: Iterable[ModelKind]) -> bool:
    """Return whether a model is of one of these kinds."""
    return model.probe is not None and model.probe.kind in kinds


def _the_one(name: str, matches: list[Model]) -> Model:
    """Return what a name means; several files may share it only when their bytes are the same."""
    by_name = [model for model in matches if model.name == name]
    if by_name:
        return by_name[0]
    if len(matches) > 1 and len({model.sha256 or model.path for model in matches}) > 1:
        names = ", ".join(model.name for model in matches[:4])
        raise ModelFileError("model.ambiguous", model=name[:60], names=names[:200])
    return matches[0]


def _not_found(name: str, models: Iterable[Model]) -> ModelNotFound:
    close = near_or_known(name, [model.name for model in models])  # the builtin ones are there
    return ModelNotFound(
        "model.unknown" if "nearest" in close else "model.far", model=name[:60], **close
    )


def refuse_kind(model: Model, kinds: Iterable[ModelKind]) -> NoReturn:
    """Raise ModelFileError, saying what a file is and what was wanted."""
    if model.flaw is not None:
        raise ModelFileError(model.flaw.key, **dict(model.flaw.values))
    kind = ModelKind.UNKNOWN if model.probe is None else model.probe.kind
    raise ModelFileError("part.kind", name=model.name, kind=kind.value, wanted=_listed(kinds))


def _listed(kinds: Iterable[ModelKind]) -> str:
    return ", ".join(kind.value for kind in kinds)


def check_drawable(model: Model, found: Probe) -> None:
    """Raise ModelFileError, naming what it is, for a model that nothing can be drawn with."""
    if found.kind not in (ModelKind.CHECKPOINT, ModelKind.DENOISER):
        raise ModelFileError("model.kind", model=model.name, kind=found.kind.value)
    if not can_load(found.family, found.variant, is_folder=model.is_folder):
        family = named(found.family, found.variant)
        raise ModelFileError("model.family", model=model.name, family=family)
    if found.needs:
        raise ModelFileError("model.parts", model=model.name, parts=", ".join(found.needs))
