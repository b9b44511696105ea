"""What was learnt about model files, kept in SQLite: a cache of the disk, never the truth.

Every row belongs to one path and one fingerprint; with another fingerprint the row is void. The
database may be deleted at any time: the next scan reads the headers again, and files are hashed
again before they are loaded. A damaged one is deleted for that reason.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from models.disk import make_folder
from models.errors import DiskError, ModelFileError, Value
from models.lora import LoraDetails
from models.probe import ModelKind, Probe

log = logging.getLogger(__name__)

VERSION = 3  # another number: the table is made anew
SAME_TABLE = (2,)  # versions with the same table, whose headers are read again
LICENCE_REASON = "license: "  # where a licence stood in rows without a field for it
BUSY_TIMEOUT_MS = 5_000
TABLE = """
    create table learnt (
        path text primary key,
        fingerprint text not null,
        sha256 text not null,           -- '' until it was hashed
        payload_sha256 text not null,
        probe text,                     -- json
        flaw text                       -- json: key and values of the error
    ) without rowid
"""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a file cannot be used: the key and values of the error it raised."""

    key: str
    values: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is known about the bytes at a path while its fingerprint is this one."""

    path: str
    fingerprint: str
    sha256: str = ""
    payload_sha256: str = ""
    probe: Probe | None = None
    flaw: Flaw | None = None


def flaw_of(error: ModelFileError) -> Flaw:
    """Return the key and values of an error, fit to be kept."""
    return Flaw(error.key, tuple(error.values.items()))


class ModelStore:
    """Rows by path, kept in a database, or in memory when there is no path. Threads share it."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._rows: dict[str, Learnt] = {}
        self._connection: sqlite3.Connection | None = None
        if path is not None:
            try:
                self._connection = _open(path)
                self._rows = _read_all(self._connection)
            except (sqlite3.Error, DiskError) as error:  # locked, or a folder that is read-only
                log.warning("what is learnt about model files is not kept: %s", error)

    def get(self, path: Path) -> Learnt | None:
        """Return what is known about a path; check its fingerprint."""
        return self._rows.get(str(path))

    def all(self) -> tuple[Learnt, ...]:
        """Return all rows, those of files that are gone too."""
        with self._lock:
            return tuple(self._rows.values())

    def put(self, rows: Iterable[Learnt]) -> None:
        """Keep rows; a database that cannot be written costs time, not answers."""
        with self._lock:
            rows = [row for row in rows if self._rows.get(row.path) != row]
            self._rows.update((row.path, row) for row in rows)
            self._write(
                """insert or replace into learnt values (?, ?, ?, ?, ?, ?)""",
                [_to_row(row) for row in rows],
            )

    def put_digests(self, path: Path, fingerprint: str, sha256: str, payload: str) -> None:
        """Keep the digests of a path; what its header gave stays if the fingerprint is the same."""
        old = self.get(path)
        if old is None or old.fingerprint != fingerprint:
            old = Learnt(str(path), fingerprint)
        self.put([replace(old, sha256=sha256, payload_sha256=payload)])

    def forget(self, path: Path) -> None:
        """Drop the row of a path."""
        with self._lock:
            self._rows.pop(str(path), None)
            self._write("""delete from learnt where path = ?""", [(str(path),)])

    def close(self) -> None:
        """Close the database; the rows stay in memory."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _write(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        if self._connection is None or not rows:
            return
        # a name may hold bytes that are no text: such a row is not kept, all others are
        fit = [row for row in rows if _is_text(row)]
        if len(fit) < len(rows):
            log.warning(
                "what was learnt about %d files with odd names is not kept", len(rows) - len(fit)
            )
        try:
            with self._connection:
                self._connection.executemany(statement, fit)
        except sqlite3.Error as error:
            log.warning("what was learnt about model files is not kept: %s", error)


def _is_text(row: tuple[Any, ...]) -> bool:
    """Return whether a database can hold a row: no half of a character in it."""
    try:
        for value in row:
            if isinstance(value, str):
                value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _open(path: Path) -> sqlite3.Connection:
    make_folder(path.parent)
    try:
        return _connect(path)
    except sqlite3.OperationalError:  # somebody else has it, or the disk says no: nothing is wrong
        raise
    except sqlite3.DatabaseError as error:
        log.warning("the cache of model files is made anew: %s", error)
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                path.with_name(path.name + suffix).unlink()
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False)
    try:
        connection.execute(f"pragma busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        version = connection.execute("pragma user_version").fetchone()[0]
        if version in SAME_TABLE:  # what files are has become known better; digests stay true
            connection.execute("update learnt set probe = null, flaw = null")
            connection.execute(f"pragma user_version = {VERSION}")
            connection.commit()
        elif version != VERSION:
            connection.execute("drop table if exists learnt")
            connection.execute(TABLE)
            connection.execute(f"pragma user_version = {VERSION}")
            connection.commit()
        connection.execute("""select path from learnt limit 1""").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _read_all(connection: sqlite3.Connection) -> dict[str, Learnt]:
    rows = {}
    for row in connection.execute(
        """select path, fingerprint, sha256, payload_sha256, probe, flaw from learnt"""
    ):
        with suppress(ValueError, TypeError, KeyError):  # a row nobody can read is no row
            rows[row[0]] = _from_row(row)
    return rows


def _to_row(learnt: Learnt) -> tuple[Any, ...]:
    probe = None if learnt.probe is None else json.dumps(asdict(learnt.probe))
    flaw = None if learnt.flaw is None else json.dumps(asdict(learnt.flaw))
    digests = (learnt.sha256, learnt.payload_sha256)
    return (learnt.path, learnt.fingerprint, *digests, probe, flaw)


def _from_row(row: tuple[Any, ...]) -> Learnt:
    path, fingerprint, sha256, payload, probe, flaw = row
    return Learnt(
        path,
        fingerprint,
        sha256,
        payload,
        None if probe is None else _to_probe(json.loads(probe)),
        None if flaw is None else _to_flaw(json.loads(flaw)),
    )


def _to_probe(data: dict[str, Any]) -> Probe:
    if "licence" not in data:
        data |= _with_licence(data["reasons"])
    lora = data.pop("lora")
    if lora is not None:
        lora.pop("trains", None)  # written until 0.1; the digests of such a row stay good
    data["kind"] = ModelKind(data["kind"])
    return Probe(
        **{name: _frozen(value) for name, value in data.items()},
        lora=None if lora is None else LoraDetails(**{k: _frozen(v) for k, v in lora.items()}),
    )


def _with_licence(reasons: list[str]) -> dict[str, Any]:
    """Return the fields of a row that is older than `Probe.licence`: a reason carried it."""
    licences = [reason for reason in reasons if reason.startswith(LICENCE_REASON)]
    return {
        "licence": licences[0].removeprefix(LICENCE_REASON) if licences else "",
        "reasons": [reason for reason in reasons if reason not in licences],
    }


def _to_flaw(data: dict[str, Any]) -> Flaw:
    return Flaw(data["key"], tuple((name, value) for name, value in data["values"]))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
