"""The one place that opens the database: connection, migrations, repair, errors.

One connection for all threads, behind one lock that is held for a transaction at most. WAL, so a
process that dies leaves a database that opens. The database is an index: what it says about
pictures can be read again from the pictures, so a damaged one is moved aside and made anew.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from models import disk
from models.errors import DiskFull, NotWritable, PlaygroundError
from playground.studio.errors import DatabaseDamaged, DatabaseError, DatabaseTooNew

BUSY_TIMEOUT_MS = 5_000  # somebody may look into the file with another program
TABLES = frozenset({"job", "picture", "phrase", "consent", "input"})

# Result codes of SQLite that mean "the file is not what it was", https://sqlite.org/rescode.html
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

# What SQLite says, besides "full", when there is no room for one of its companion files
DISK_TROUBLE = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
COMPANION_BYTES = 2**16  # playground.db-shm takes half of it

# One script a version; a script that has shipped is never changed, a new one is added below it.
MIGRATIONS: tuple[str, ...] = (
    """
    create table picture (
        id integer primary key autoincrement,
        owner text not null,
        path text not null unique,           -- below the outputs folder, with slashes
        phrase text not null,
        request text,                        -- json; null: made by another program
        prompt text not null,
        created_at real not null,
        seconds real not null,
        width integer not null,
        height integer not null,
        is_missing integer not null default 0
    );
    create index picture_by_owner on picture (owner, id);
    create table job (
        id integer primary key autoincrement,
        owner text not null,
        state text not null,
        request text not null,               -- json, with the seed that is used
        created_at real not null,
        started_at real,
        finished_at real,
        picture_id integer references picture (id) on delete set null,
        error text,                          -- json: key and values
        again_of integer,                    -- the job this one repeats
        is_dismissed integer not null default 0
    );
    create index job_by_state on job (state, id);
    create index job_by_again on job (again_of);
    create table phrase (
        id integer primary key autoincrement,
        owner text not null,
        ko text not null,
        phrase text not null,                -- json
        created_at real not null
    );
    create index phrase_by_owner on phrase (owner, id);
    """,
    """
    create table consent (
        id integer primary key autoincrement,
        model text not null,                 -- the name of the model that was to learn from it
        base text not null,
        data_name text not null,
        digest text not null,                -- SHA-256 of the masked rows
        rows integer not null,
        source text not null,
        basis text not null,
        note text not null,
        created_at real not null
    );
    create index consent_by_model on consent (model, id);
    """,
    """
    alter table picture add column used text;    -- json; null: nothing besides the model
    """,
    """
    alter table picture add column deleted_at real;  -- null: kept; else it goes for good soon
    create index picture_by_deletion on picture (deleted_at) where deleted_at is not null;
    create table input (
        sha256 text not null,                -- of a picture to start from, or a mask
        owner text not null,
        used_at real not null,
        primary key (sha256, owner)
    );
    create view used_input as                -- what pictures and jobs need to be drawn again
        with request_of (owner, request) as (
            select owner, case when json_valid(request) then request end
                from picture where deleted_at is null
            union all
            select owner, case when json_valid(request) then request end
                from job where state in ('queued', 'running')
                    or state = 'interrupted' and not is_dismissed
        )
        select owner, json_extract(request, '$.source.image') as sha256 from request_of
            where json_extract(request, '$.source.image') <> ''
        union
        select owner, json_extract(request, '$.source.mask') from request_of
            where json_extract(request, '$.source.mask') <> '';
    insert into input (sha256, owner, used_at)
        select sha256, owner, unixepoch_now from used_input,
            (select cast(strftime('%s', 'now') as real) as unixepoch_now);
    """,
)


class Database:
    """An open database; threads share it.

    Attributes:
        broken: where a damaged predecessor was moved, None if there was none.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, broken: Path | None) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self.path = path
        self.broken = broken

    @classmethod
    def open(cls, path: Path) -> Database:
        """Open or make the database at `path`, bring it up to date, repair it if it is damaged.

        Raises:
            DatabaseTooNew: it is left as it is.
            DatabaseError, DiskFull, NotWritable: it cannot be opened now; it is left as it is.
        """
        broken = None
        try:
            _check_unopened(path)
            connection = _connect(path)
        except DatabaseDamaged:
            broken = move_aside(path)
            connection = _connect(path)
        return cls(connection, path, broken)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection inside a transaction: all of it is kept, or nothing."""
        with self._lock:
            try:
                self._connection.execute("begin immediate")
                yield self._connection
                self._connection.execute("commit")
            except BaseException as error:
                with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                    self._connection.execute("rollback")
                if isinstance(error, sqlite3.Error):
                    raise database_error(error, self.path) from error
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection for queries that change nothing."""
        with self._lock:
            try:
                yield self._connection
            except sqlite3.Error as error:
                raise database_error(error, self.path) from error

    def settle(self) -> None:
        """Move the journal into the file, so that what was deleted is in neither of them."""
        with self.reading() as connection:
            connection.execute("pragma wal_checkpoint(truncate)").fetchall()

    def close(self) -> None:
        """Close the connection; later use raises DatabaseError."""
        with self._lock:
            self._connection.close()


def _check_unopened(path: Path) -> None:
    """Check the file without changing it or its journal, in case it is to be kept aside."""
    if not path.exists() or not path.stat().st_size:
        return
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.execute(f"pragma busy_timeout = {BUSY_TIMEOUT_MS}")
            _check(connection)
    except sqlite3.Error as error:
        # A process that died while it made the journal leaves one that only a writer can open.
        if _code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise database_error(error, path) from error


def _check(connection: sqlite3.Connection) -> None:
    version = _version(connection)
    if version > len(MIGRATIONS):
        raise DatabaseTooNew("database.too_new", version=version, known=len(MIGRATIONS))
    first = connection.execute("pragma quick_check(1)").fetchone()[0]
    if first != "ok":
        raise DatabaseDamaged("database.damaged", reason=str(first))


def _connect(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise database_error(error, path) from error
    try:
        connection.row_factory = sqlite3.Row
        connection.execute(f"pragma busy_timeout = {BUSY_TIMEOUT_MS}")
        _check(connection)
        connection.execute("pragma journal_mode = wal")
        # A power cut may cost the last rows, never the file; their pictures are found again.
        connection.execute("pragma synchronous = normal")
        connection.execute("pragma foreign_keys = on")
        connection.execute("pragma secure_delete = on")  # what is deleted is overwritten with zeros
        _migrate(connection, path)
        _check_tables(connection)
    except BaseException as error:
        connection.close()
        if _code(error) == sqlite3.SQLITE_ERROR:  # our own statements met tables that are not ours
            raise DatabaseDamaged("database.damaged", reason=str(error)) from error
        if isinstance(error, sqlite3.Error):
            raise database_error(error, path) from error
        raise
    return connection


def _check_tables(connection: sqlite3.Connection) -> None:
    rows = connection.execute("""select name from sqlite_schema where type = 'table'""")
    missing = TABLES - {row[0] for row in rows}
    if missing:
        raise DatabaseDamaged("database.damaged", reason=f"no table {min(missing)}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    start = _version(connection)
    if 0 < start < len(MIGRATIONS):
        _back_up(connection, path.with_name(f"{path.name}.bak-{start}"))
    for number, script in enumerate(MIGRATIONS[start:], start + 1):
        # One script, one transaction: a process that dies here leaves the version before.
        connection.executescript(
            f"begin immediate; {script}; pragma user_version = {number}; commit;"
        )


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    temp = target.with_name(f".{target.name}{disk.TEMP_SUFFIX}")
    try:
        with closing(sqlite3.connect(temp)) as copy:
            connection.backup(copy)
        temp.replace(target)
    except OSError as error:
        raise disk.disk_error(error, target) from error
    finally:
        temp.unlink(missing_ok=True)


def move_aside(path: Path) -> Path:
    """Rename a damaged database and its two companions; return the new name."""
    stamp = datetime.now().strftime("%Y-%m-%d")
    broken = path.with_name(f"{path.name}.broken-{stamp}")
    number = 1
    while broken.exists():
        number += 1
        broken = path.with_name(f"{path.name}.broken-{stamp}-{number}")
    try:
        # The companions first: a new database must never meet the old one's journal.
        for suffix in ("-wal", "-shm", ""):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(broken.with_name(broken.name + suffix))
    except OSError as error:
        raise disk.disk_error(error, path) from error
    return broken


def database_error(error: sqlite3.Error, path: Path) -> PlaygroundError:
    """Return the error with a sentence for SQLite's message."""
    code = _code(error)
    if code == sqlite3.SQLITE_FULL or (code in DISK_TROUBLE and _is_full(path.parent)):
        free_mb = disk.megabytes(disk.free_bytes(path.parent))
        return DiskFull("disk.full", name=path.name, free_mb=free_mb)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return NotWritable("disk.not_writable", name=path.name)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseError("database.busy", name=path.name)
    if code in DAMAGED:
        return DatabaseDamaged("database.damaged", reason=str(error))
    return DatabaseError("database.failed", name=path.name, reason=str(error))


def _is_full(folder: Path) -> bool:
    return folder.is_dir() and disk.free_bytes(folder) < COMPANION_BYTES


def _code(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF  # without the extended half
