"""One model of the library: what it is, what is known about its bytes, who vouches for it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from models.composed import composed
from models.digest import LORA_HASH_LENGTH, short_hash
from models.errors import ModelFileError
from models.model_folder import main_file, weight_files
from models.model_store import Flaw
from models.probe import ModelKind, Probe
from models.structure import can_load
from models.trust import KnownFile, Trust

OWN_LICENCE = "Apache-2.0"  # of the models that ship with the program


class Integrity(StrEnum):
    """What we know about the bytes ourselves."""

    READABLE = "readable"  # the header is right
    HASHED = "hashed"  # the digest is known, and the file has not been touched since
    CHANGED = "changed"  # touched since it was hashed; hashed again before it is loaded
    BROKEN = "broken"  # it cannot be used; the flaw says why
    MISSING = "missing"  # it was there once: a drive that is not plugged in, or deleted


@dataclass(frozen=True, slots=True)
class Model:
    """A model file, or a folder that is one model.

    Attributes:
        name: unique; the file's stem, with its folders where two have the same.
        size_bytes: of all its weight files.
        sha256: of the file that stands for it; "" until it was hashed.
        expected: the digest that was expected, in a conflict.
    """

    name: str
    path: Path
    is_folder: bool
    is_builtin: bool
    size_bytes: int
    probe: Probe | None
    integrity: Integrity
    trust: Trust
    sha256: str = ""
    payload_sha256: str = ""
    flaw: Flaw | None = None
    known: KnownFile | None = None
    source: str = ""
    expected: str = ""

    @property
    def licence(self) -> str:
        """Return the licence that goes with it; "" when nobody named one."""
        if self.is_builtin:
            return OWN_LICENCE
        if self.known is not None:
            return self.known.licence
        return self.probe.licence if self.probe is not None else ""

    @property
    def can_draw(self) -> bool:
        """Return whether pictures can be drawn with it, judging by its header."""
        if self.probe is None or self.probe.kind is not ModelKind.CHECKPOINT or self.probe.needs:
            return False
        probe = self.probe
        return self.is_usable and can_load(probe.family, probe.variant, is_folder=self.is_folder)

    @property
    def is_usable(self) -> bool:
        """Return whether it is there, whole, and not in conflict with its pin."""
        is_whole = self.integrity not in (Integrity.BROKEN, Integrity.MISSING)
        return is_whole and self.trust is not Trust.CONFLICT

    @property
    def can_write(self) -> bool:
        """Return whether text can be generated with it, judging by its files."""
        if self.probe is None or self.probe.kind is not ModelKind.TEXT_MODEL or self.probe.needs:
            return False
        return self.is_folder and self.is_usable

    @property
    def can_translate(self) -> bool:
        """Return whether it can translate, judging by its files."""
        if self.probe is None or self.probe.kind is not ModelKind.TRANSLATOR or self.probe.needs:
            return False
        return self.is_folder and self.is_usable

    @property
    def aliases(self) -> frozenset[str]:
        """Return every text that means exactly this model."""
        stem = plain(self.path.stem) if not self.is_folder else plain(self.path.name)
        names = {self.name, plain(self.path.name), stem}
        if self.sha256:
            short = short_hash(self.sha256)
            names |= {self.sha256, short}
            names |= {f"{name} [{short}]" for name in (self.name, plain(self.path.name), stem)}
        if self.payload_sha256:
            names.add(self.payload_sha256[:LORA_HASH_LENGTH])
        if self.probe is not None and self.probe.lora is not None and self.probe.lora.alias:
            names.add(plain(self.probe.lora.alias))
        return frozenset(names)


@dataclass(frozen=True, slots=True)
class OpenedModel:
    """A model whose every weight file has been read, hashed and compared with its pin.

    Where it lies is known inside of `reading` only, so that no loader can forget to check that it
    read what was hashed.

    Attributes:
        digests: file name inside the folder, or the file's own name -> sha256.
        payload_sha256: of what follows the header; "" but for LoRAs and embeddings.
        configs: our own configs for a single file; None for a folder, which brings its own.
        merges: the table of CLIP's tokenizer for a single file.
    """

    _model: Model = field(repr=False)
    _fingerprints: Mapping[str, str] = field(repr=False)
    digests: Mapping[str, str]
    payload_sha256: str = ""
    configs: Path | None = None
    merges: Path | None = None

    @property
    def name(self) -> str:
        """Return the name of the model."""
        return self._model.name

    @property
    def is_folder(self) -> bool:
        """Tell whether `reading` gives a folder."""
        return self._model.is_folder

    @property
    def size_bytes(self) -> int:
        """Return the size of all its weight files."""
        return self._model.size_bytes

    @property
    def probe(self) -> Probe | None:
        """Return what its headers tell."""
        return self._model.probe

    @property
    def sha256(self) -> str:
        """Return the digest that stands for the model: its denoiser's."""
        if not self.is_folder:
            return self.digests[self._model.path.name]
        return self.digests.get(main_file(self._model.path), "")

    @contextmanager
    def reading(self) -> Iterator[Path]:
        """Give the file or folder to load from, as long as it is the one that was hashed.

        Whatever is made of its bytes is to be made inside: an error of a loader that met another
        file becomes that of the changed file, too.

        Raises:
            ModelFileError: a file was replaced before, or while it was loaded.
        """
        self.check_unchanged()
        try:
            yield self._model.path
        finally:
            self.check_unchanged()

    def check_unchanged(self) -> None:
        """Raise ModelFileError if a file was replaced or removed since it was hashed."""
        try:
            found = fingerprint(self._model.path)
        except OSError as error:
            raise ModelFileError("model.changed", model=self.name) from error
        if found != self._fingerprints:
            raise ModelFileError("model.changed", model=self.name)


def fingerprint(path: Path) -> dict[str, str]:
    """Return file name -> what changes when its bytes do, for every weight file of a model.

    Size and modification time can be set back by whoever replaces a file; the time of the last
    change of the entry itself cannot, short of setting the clock.
    """
    if not path.is_dir():
        return {path.name: _fingerprint(path.stat())}
    files = weight_files(path)
    return {file.relative_to(path).as_posix(): _fingerprint(file.stat()) for file in files}


def joined(fingerprints: Mapping[str, str]) -> str:
    """Return one fingerprint for a model of several files."""
    if len(fingerprints) == 1:
        return next(iter(fingerprints.values()))
    text = "\n".join(f"{name}\0{value}" for name, value in sorted(fingerprints.items()))
    return hashlib.sha256(os.fsencode(text)).hexdigest()


def _fingerprint(status: os.stat_result) -> str:
    times = f"{status.st_mtime_ns}:{status.st_ctime_ns}"
    return f"{status.st_size}:{times}:{status.st_dev}:{status.st_ino}"


def plain(name: str) -> str:
    """Return a name as a person would write it: composed Hangul, no bytes that are no text."""
    text = composed(name)
    return text.encode("utf-8", "replace").decode("utf-8")
