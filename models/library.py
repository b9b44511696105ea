"""The face of this floor: the models there are (shelves.py), and the gate of every load.

Nothing is loaded that has not been read (header), found complete (structure), hashed, and compared
with its pin. A scan reads headers only; hashing happens before the first load and is remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from models import catalog
from models.digest import digest, short_hash
from models.disk import disk_error, error_code, make_folder
from models.entry import Model, OpenedModel, fingerprint
from models.errors import DigestMismatch, IncompleteModel, ModelFileError
from models.header import read_header
from models.model_folder import probe_folder
from models.model_store import ModelStore
from models.places import PICKLE_SUFFIXES
from models.probe import ModelKind, Probe, probe
from models.shelves import BUILTIN as BUILTIN  # noqa: PLC0414 - re-exported
from models.shelves import Shelves, check_drawable, is_of, refuse_kind
from models.structure import FAMILIES, check_complete, compare
from models.tokenizer import find_merges
from models.trust import OwnPin, OwnPins, Pin, Trust, check_pin, read_pins

OWN_FOLDER = "models"
STORE_FILE = "models.db"
PINS_FILE = "model-pins.json"
WITH_PAYLOAD = (
    ModelKind.LORA,
    ModelKind.EMBEDDING,
)  # those that are known by the hash of their payload


class Library(Shelves):
    """The models this program may load.

    Args:
        models_dirs: folders to read: our own, and those of other programs.
        pins: of builtin files; the ones that ship with the program by default.
        store: what was learnt at earlier starts; in memory by default.
        own_pins: the owner's pins; in memory by default.
        require_pinned: refuse whatever nobody vouches for.
    """

    def __init__(
        self,
        models_dirs: Iterable[Path] = (),
        pins: Mapping[str, Pin] | None = None,
        *,
        store: ModelStore | None = None,
        own_pins: OwnPins | None = None,
        require_pinned: bool = False,
    ) -> None:
        super().__init__(models_dirs, store or ModelStore(), own_pins or OwnPins())
        self.families = FAMILIES
        self._pins = read_pins() if pins is None else pins
        self._require_pinned = require_pinned

    @classmethod
    def open(
        cls, data_dir: Path, models_dirs: Iterable[Path] = (), *, require_pinned: bool = False
    ) -> Library:
        """Open the library of a data folder: `models` inside it, and what it has learnt before."""
        return cls(
            [data_dir / OWN_FOLDER, *models_dirs],
            store=ModelStore(data_dir / STORE_FILE),
            own_pins=OwnPins(data_dir / PINS_FILE),
            require_pinned=require_pinned,
        )

    def open_verified(
        self, name: str, on_bytes: Callable[[int], None] | None = None
    ) -> OpenedModel:
        """Check every weight file of a model and return it ready to be loaded.

        Args:
            on_bytes: called with the bytes hashed so far; may raise to cancel.

        Raises:
            ModelNotFound, NotSafetensors, IncompleteModel, DigestMismatch, ModelFileError: it must
                not be loaded.
        """
        model = self.find(name)
        # 1. what is it, and is all of it there
        with _readable(model):
            before = fingerprint(model.path)
            if not before:
                raise ModelFileError("model.no_weights", model=model.name)
            found = self._check_structure(model)
            merges = None if model.is_folder else find_merges(self.families, self.known)
            # 2. what are its bytes
            opened = self._hash(model, before, on_bytes)
        # 3. who vouches for them
        self._vouch(model, opened)
        if merges is None:
            return opened
        return replace(opened, configs=self.families / found.family, merges=merges)

    def open_part(
        self, name: str, kinds: Iterable[ModelKind], on_bytes: Callable[[int], None] | None = None
    ) -> OpenedModel:
        """Check a part, such as a LoRA or a VAE, and return it ready to be loaded.

        The same gate as for whole models: nothing is read that was not hashed and vouched for.

        Raises:
            ModelNotFound, NotSafetensors, DigestMismatch, ModelFileError: it must not be loaded.
        """
        kinds = tuple(kinds)
        model = self.find_part(name, *kinds)
        with _readable(model):
            before = fingerprint(model.path)
            found = self._read_headers(model)
            model = replace(model, probe=found)
            if not is_of(model, kinds):  # another file was put in its place
                refuse_kind(model, kinds)
            opened = self._hash(model, before, on_bytes, found.kind)
        self._vouch(model, opened)
        learnt = self._store.get(_file_path(model, next(iter(before))))
        return opened if learnt is None else replace(opened, payload_sha256=learnt.payload_sha256)

    def _vouch(self, model: Model, opened: OpenedModel) -> None:
        """Compare with the pins, see that no file was replaced, remember the first use."""
        self._check_trust(model, opened)
        opened.check_unchanged()
        if model.is_builtin:
            return
        for file, sha256 in opened.digests.items():
            self._own_pins.remember_first_use(_file_path(model, file), sha256)

    def verify(self, name: str, on_bytes: Callable[[int], None] | None = None) -> Model:
        """Hash a model of any kind again, whatever is remembered; return what is known now.

        Raises:
            ModelFileError: it is broken, or in conflict with its pin.
        """
        model = self.find(name)
        with _readable(model):
            before = fingerprint(model.path)
            found = self._read_headers(model)
            if model.is_folder and found.kind is ModelKind.CHECKPOINT:
                self._refuse_pickles(model)
            opened = self._hash(model, before, on_bytes, found.kind, again=True)
        opened.check_unchanged()
        self.scan()  # first, so that a conflict shows in the list as well
        self._check_trust(model, opened, is_load=False)
        return self._by_path(model.path)

    def pin(self, name: str) -> Model:
        """Pin the bytes that a model has now: the owner vouches for them."""
        model = self.find(name)
        with _readable(model):
            before = fingerprint(model.path)
            opened = self._hash(model, before, None)
        opened.check_unchanged()
        for file, sha256 in opened.digests.items():
            self._own_pins.pin(_file_path(model, file), OwnPin(sha256, is_first_use=False))
        self.scan()
        return self._by_path(model.path)

    def quarantine(self, name: str, folder: Path) -> Path:
        """Move a model file out of the models' way; only its owner asks for that.

        Raises:
            ModelFileError: it is a folder, builtin, or not there.
            DiskError: it cannot be moved there.
        """
        model = self.find(name)
        if model.is_builtin or model.is_folder or not model.path.is_file():
            raise ModelFileError("model.stays", model=model.name)
        target = folder / f"{short_hash(model.sha256) or 'unknown'}-{model.path.name}"
        try:
            make_folder(folder)
            if target.exists():
                raise ModelFileError("model.stays", model=model.name)
            model.path.rename(target)
        except OSError as error:
            raise disk_error(error, target) from error
        self._store.forget(model.path)
        self.scan()
        return target

    def trust_download(self, path: Path, sha256: str, source: str) -> None:
        """Pin a downloaded file to the digest that its source published."""
        self._own_pins.pin(path, OwnPin(sha256, is_first_use=False, source=source))

    def _by_path(self, path: Path) -> Model:
        return next(model for model in self.models() if model.path == path)

    def _read_headers(self, model: Model) -> Probe:
        if model.is_folder:
            return probe_folder(model.path)
        return probe(read_header(model.path))

    def _check_structure(self, model: Model) -> Probe:
        """Refuse what can neither draw nor write: broken headers, missing parts and tensors."""
        if model.is_folder:
            found = probe_folder(model.path)  # reads every header
            if found.kind not in (ModelKind.TEXT_MODEL, ModelKind.TRANSLATOR):
                self._refuse_pickles(model)
                check_drawable(model, found)
            elif found.needs:
                raise IncompleteModel(
                    "language.no_tokenizer", model=model.name, file=found.needs[0]
                )
            return found
        header = read_header(model.path)
        found = probe(header)
        check_drawable(model, found)
        check_complete(model.name, compare(header, found.family, self.families))
        return found

    def _refuse_pickles(self, model: Model) -> None:
        for path in model.path.rglob("*"):
            if path.suffix.lower() in PICKLE_SUFFIXES:
                raise ModelFileError("model.pickle", file=path.name)

    def _hash(
        self,
        model: Model,
        fingerprints: Mapping[str, str],
        on_bytes: Callable[[int], None] | None,
        kind: ModelKind = ModelKind.CHECKPOINT,
        *,
        again: bool = False,
    ) -> OpenedModel:
        """Return the digest of every file; those whose fingerprint is known are not read."""
        digests: dict[str, str] = {}
        done = 0
        for file, mark in fingerprints.items():
            path = _file_path(model, file)
            learnt = self._store.get(path)
            if learnt is not None and learnt.fingerprint == mark and learnt.sha256 and not again:
                digests[file] = learnt.sha256
                continue
            start = read_header(path).payload_start if kind in WITH_PAYLOAD else None
            report = None if on_bytes is None else partial(_report, on_bytes, done)
            found = digest(path, start, report)
            done += path.stat().st_size
            self._store.put_digests(path, mark, found.sha256, found.payload_sha256)
            digests[file] = found.sha256
        return OpenedModel(model, fingerprints, digests)

    def _check_trust(self, model: Model, opened: OpenedModel, *, is_load: bool = True) -> None:
        for file, sha256 in opened.digests.items():
            pin = self._pins.get(f"{model.name}/{file}")
            if pin is not None:
                check_pin(pin, sha256)
                continue
            if model.is_builtin:
                raise ModelFileError("model.unpinned", model=model.name, file=file)
            path = _file_path(model, file)
            verdict = catalog.verdict_of(path, sha256, self._own_pins, self.known)
            if verdict.trust is Trust.CONFLICT:
                raise DigestMismatch(
                    "model.conflict", file=path.name, found=sha256, expected=verdict.expected
                )
            if is_load and self._require_pinned and verdict.trust is not Trust.PINNED:
                raise ModelFileError("model.not_pinned", model=model.name)


@contextmanager
def _readable(model: Model) -> Iterator[None]:
    """Make an OSError about a model a sentence."""
    try:
        yield
    except OSError as error:
        reason = error_code(error)
        raise ModelFileError("model.unreadable", file=model.path.name, reason=reason) from error


def _file_path(model: Model, file: str) -> Path:
    return model.path / file if model.is_folder else model.path


def _report(on_bytes: Callable[[int], None], base: int, count: int) -> None:
    on_bytes(base + count)
