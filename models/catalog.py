"""A scan: what lies on the disk, joined with what was learnt before and with the pins.

Reads a header only where the fingerprint is new. Hashes nothing.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from models.disk import error_code
from models.entry import Integrity, Model, fingerprint, joined, plain
from models.errors import ModelFileError
from models.header import read_header
from models.model_folder import main_file, probe_folder
from models.model_store import Learnt, ModelStore, flaw_of
from models.places import Found, walk
from models.probe import probe
from models.trust import KnownFile, OwnPins, Trust, TrustVerdict, judge


@dataclass(frozen=True, slots=True)
class _ScannedEntry:
    """Something found, what is known about it, and the fingerprint of each of its files."""

    found: Found
    learnt: Learnt
    marks: Mapping[str, str]


def scan(
    builtin: Path,
    roots: tuple[Path, ...],
    store: ModelStore,
    own_pins: OwnPins,
    known: tuple[KnownFile, ...],
) -> tuple[Model, ...]:
    """Return all models: builtin ones, then what is below the roots, then what is gone."""
    found: dict[Path, Found] = {}
    for root in (builtin, *roots):
        if root.is_dir():
            for item in walk(root, roots):
                found.setdefault(item.path, item)
    seen = [_scan(item, store) for item in found.values()]
    store.put(item.learnt for item in seen if item.marks)
    models = [_model(item, builtin, store, own_pins, known) for item in seen]
    present = tuple(_named(models, [item.found for item in seen]))
    return (*present, *_missing(found.keys(), present, roots, store))


def verdict_of(
    path: Path, sha256: str, own_pins: OwnPins, known: tuple[KnownFile, ...]
) -> TrustVerdict:
    """Return who vouches for the bytes at a path."""
    if not sha256:
        return TrustVerdict(Trust.UNKNOWN)
    return judge(plain(path.name), sha256, own_pins.get(path), known)


def _scan(item: Found, store: ModelStore) -> _ScannedEntry:
    """Read the header of what was found, unless that was done before."""
    name = plain(item.path.name)
    if item.leaves:
        return _flawed(item, ModelFileError("model.link", file=name))
    if item.is_pickle:
        return _flawed(item, ModelFileError("model.pickle", file=name))
    try:
        marks = fingerprint(item.path)
        mark = joined(marks)
        learnt = store.get(item.path)
        if learnt is None or learnt.fingerprint != mark or not (learnt.probe or learnt.flaw):
            is_same = learnt is not None and learnt.fingerprint == mark
            old = learnt if learnt is not None and is_same else Learnt(str(item.path), mark)
            learnt = _learn(item, old)
        return _ScannedEntry(item, learnt, marks)
    except OSError as error:
        reason = error_code(error)
        return _flawed(item, ModelFileError("model.unreadable", file=name, reason=reason))


def _learn(item: Found, row: Learnt) -> Learnt:
    try:
        found = probe_folder(item.path) if item.is_folder else probe(read_header(item.path))
    except ModelFileError as error:
        return replace(row, flaw=flaw_of(error))
    return replace(row, probe=found)


def _flawed(item: Found, error: ModelFileError) -> _ScannedEntry:
    return _ScannedEntry(item, Learnt(str(item.path), "", flaw=flaw_of(error)), {})


def _model(
    seen: _ScannedEntry,
    builtin: Path,
    store: ModelStore,
    own_pins: OwnPins,
    known: tuple[KnownFile, ...],
) -> Model:
    item, learnt = seen.found, seen.learnt
    is_builtin = item.root == builtin
    path = item.path / main_file(item.path) if item.is_folder else item.path
    digests = learnt
    if item.is_folder:
        digests = store.get(path) or learnt
        if digests.fingerprint not in seen.marks.values():
            digests = replace(digests, sha256="")
    verdict = verdict_of(path, digests.sha256, own_pins, known)
    integrity = Integrity.READABLE
    if learnt.flaw is not None:
        integrity = Integrity.BROKEN
    elif digests.sha256:
        integrity = Integrity.HASHED
    elif own_pins.get(path) is not None:
        integrity = Integrity.CHANGED
    return Model(
        name="",
        path=item.path,
        is_folder=item.is_folder,
        is_builtin=is_builtin,
        size_bytes=sum(int(mark.split(":")[0]) for mark in seen.marks.values()),
        probe=learnt.probe,
        integrity=integrity,
        trust=Trust.PINNED if is_builtin and digests.sha256 else verdict.trust,
        sha256=digests.sha256,
        payload_sha256=digests.payload_sha256,
        flaw=learnt.flaw,
        known=verdict.known,
        source=verdict.source,
        expected=verdict.expected,
    )


def _named(models: list[Model], founds: list[Found]) -> Iterator[Model]:
    """Give every model a name of its own: the short one where nobody else has it."""
    short = [_short_name(item) for item in founds]
    counts = Counter(short)
    taken: set[str] = set()
    for model, item, stem in zip(models, founds, short, strict=True):
        relative = item.path.relative_to(item.root)
        long = plain((relative if item.is_folder else relative.with_suffix("")).as_posix())
        name = long if counts[stem] > 1 and not model.is_builtin else stem
        number, unique = 1, name
        while unique in taken:
            number += 1
            unique = f"{name} ({number})"
        taken.add(unique)
        yield replace(model, name=unique)


def _short_name(item: Found) -> str:
    return plain(item.path.name if item.is_folder else item.path.stem)


def _missing(
    found: Iterable[Path], present: tuple[Model, ...], roots: tuple[Path, ...], store: ModelStore
) -> Iterator[Model]:
    """Yield what was there at an earlier scan; what lives on under another name is forgotten."""
    there = {str(path) for path in found}
    digests = {model.sha256 for model in present if model.sha256}
    for row in store.all():
        if row.path in there or row.probe is None or Path(row.path).exists():
            continue
        if not any(row.path.startswith(f"{root}{os.sep}") for root in roots):
            continue
        if row.sha256 in digests:
            store.forget(Path(row.path))
            continue
        path = Path(row.path)
        yield Model(
            name=plain(path.stem if path.suffix else path.name),
            path=path,
            is_folder=not path.suffix,
            is_builtin=False,
            size_bytes=int(row.fingerprint.split(":")[0]) if ":" in row.fingerprint else 0,
            probe=row.probe,
            integrity=Integrity.MISSING,
            trust=Trust.UNKNOWN,
            sha256=row.sha256,
            payload_sha256=row.payload_sha256,
        )
