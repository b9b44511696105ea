"""playground/studio/database.py: it opens, or says why not, and loses nothing."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from models.errors import DiskError, DiskFull, NotWritable
from playground.studio import database as module
from playground.studio.database import MIGRATIONS, Database, database_error
from playground.studio.errors import DatabaseDamaged, DatabaseError, DatabaseTooNew


@pytest.fixture
def path(tmp_path):
    return tmp_path / "playground.db"


def fill(path) -> None:
    database = Database.open(path)
    with database.transaction() as connection:
        for number in range(500):
            connection.execute(
                "insert into phrase (owner, ko, phrase, created_at) values (?, ?, ?, 0)",
                ("me", f"{number}" * 50, "{}"),
            )
    database.close()


def count(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute("select count(*) from phrase").fetchone()[0])


def test_a_new_database_has_the_newest_version_and_safe_settings(path):
    database = Database.open(path)
    with database.reading() as connection:
        pragmas = [
            connection.execute(f"pragma {name}").fetchone()[0]
            for name in ("user_version", "journal_mode", "foreign_keys", "busy_timeout")
        ]
    database.close()
    assert pragmas == [len(MIGRATIONS), "wal", 1, 5000]
    assert database.broken is None


def test_a_transaction_is_whole_or_nothing(path):
    database = Database.open(path)
    with pytest.raises(KeyError), database.transaction() as connection:
        connection.execute("insert into phrase (owner, ko, phrase, created_at) values (1,1,1,1)")
        raise KeyError
    assert count(database) == 0
    with pytest.raises(DatabaseError) as caught, database.transaction() as connection:
        connection.execute("insert into nothing values (1)")
    assert caught.value.key == "database.failed"
    with pytest.raises(DatabaseError), database.reading() as connection:
        connection.execute("select * from nothing")
    database.close()


def test_a_closed_database_says_so(path):
    database = Database.open(path)
    database.close()
    database.close()
    with pytest.raises(DatabaseError), database.transaction():
        pass


def test_threads_wait_for_each_other(path):
    database = Database.open(path)

    def write() -> None:
        for _ in range(20):
            with database.transaction() as connection:
                before = connection.execute("select count(*) from phrase").fetchone()[0]
                connection.execute(
                    "insert into phrase (owner, ko, phrase, created_at) values ('', '', '', ?)",
                    (before,),
                )

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(database) == 80
    with database.reading() as connection:
        rows = connection.execute("select count(distinct created_at) from phrase").fetchone()
    assert rows[0] == 80
    database.close()


# ---- damage


def garbage(path):
    path.write_bytes(b"this is no database, " * 500)


def truncated(path):
    fill(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def header_only(path):
    fill(path)
    path.write_bytes(path.read_bytes()[:100])


def scribbled(path):
    fill(path)
    data = bytearray(path.read_bytes())
    data[4096 : len(data) - 4096] = b"\x55" * (len(data) - 8192)
    path.write_bytes(data)


def other_program(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table job (name text)")
        connection.commit()


def tables_lost(path):
    fill(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("drop table picture")
        connection.commit()


@pytest.mark.parametrize(
    "damage", [garbage, truncated, header_only, scribbled, other_program, tables_lost]
)
def test_a_damaged_database_is_kept_aside_and_a_new_one_made(path, damage):
    damage(path)
    before = path.read_bytes()
    database = Database.open(path)
    assert count(database) == 0
    assert database.broken is not None
    assert database.broken.name.startswith("playground.db.broken-2")
    assert database.broken.read_bytes()[200:] == before[200:]
    database.close()
    assert Database.open(path).close() is None


def test_two_broken_databases_on_one_day_are_both_kept(path):
    names = set()
    for _ in range(3):
        garbage(path)
        database = Database.open(path)
        database.close()
        assert database.broken is not None
        names.add(database.broken.name)
    assert len(names) == 3


def test_the_journal_of_a_broken_database_goes_with_it(path):
    garbage(path)
    wal = path.with_name("playground.db-wal")
    wal.write_bytes(b"journal")
    database = Database.open(path)
    database.close()
    assert database.broken is not None
    assert database.broken.with_name(database.broken.name + "-wal").read_bytes() == b"journal"


def test_damage_found_while_running_has_its_own_sentence():
    error = sqlite3.DatabaseError("malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    assert isinstance(database_error(error, Path("a.db")), DatabaseDamaged)


def test_an_empty_file_is_a_new_database(path):
    path.touch()
    database = Database.open(path)
    database.close()
    assert database.broken is None


def test_an_unfinished_transaction_of_a_dead_process_is_undone(path, tmp_path):
    database = Database.open(path)
    with database._lock:
        database._connection.execute("begin immediate")
        database._connection.execute(
            "insert into phrase (owner, ko, phrase, created_at) values ('', '', '', 0)"
        )
        for suffix in ("", "-wal", "-shm"):  # as a dead process would leave it
            shutil.copy(f"{path}{suffix}", tmp_path / f"copy.db{suffix}")
    database.close()
    copy = Database.open(tmp_path / "copy.db")
    assert count(copy) == 0
    assert copy.broken is None
    copy.close()


def test_the_rollback_journal_of_a_dead_process_is_no_damage(path, tmp_path):
    """Killed while it switched to WAL: only a writer can open that, a reader is refused."""
    fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = delete")
        connection.execute("pragma cache_size = 1")
        connection.execute("begin immediate")
        connection.execute("update phrase set ko = phrase || ko")
        for suffix in ("", "-journal"):
            shutil.copy(f"{path}{suffix}", tmp_path / f"copy.db{suffix}")
        connection.execute("rollback")
    copy = Database.open(tmp_path / "copy.db")
    assert copy.broken is None
    assert count(copy) == 500
    with copy.reading() as connection:
        assert connection.execute("select ko from phrase").fetchone()[0] == "0" * 50
    copy.close()


# ---- versions


def test_a_newer_database_is_refused_and_left_as_it_is(path):
    fill(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew) as caught:
        Database.open(path)
    assert caught.value.values == {"version": len(MIGRATIONS) + 1, "known": len(MIGRATIONS)}
    assert path.read_bytes() == before


def test_a_migration_backs_up_first(path, monkeypatch):
    fill(path)
    monkeypatch.setattr(
        module, "MIGRATIONS", (*MIGRATIONS, "alter table phrase add column mood text")
    )
    database = Database.open(path)
    with database.reading() as connection:
        connection.execute("select mood from phrase")
    database.close()
    with closing(sqlite3.connect(f"{path}.bak-{len(MIGRATIONS)}")) as backup:
        assert backup.execute("select count(*) from phrase").fetchone()[0] == 500
        assert backup.execute("pragma user_version").fetchone()[0] == len(MIGRATIONS)


def test_a_migration_that_dies_changes_nothing(path, monkeypatch):
    fill(path)
    monkeypatch.setattr(
        module,
        "MIGRATIONS",
        (*MIGRATIONS, "alter table phrase add column mood text; select raise_hell()"),
    )
    monkeypatch.setattr(module, "move_aside", lambda path: path)
    with pytest.raises(DatabaseDamaged):
        Database.open(path)
    monkeypatch.undo()
    database = Database.open(path)
    assert count(database) == 500
    database.close()


def test_a_backup_that_fails_stops_the_migration(path, monkeypatch):
    fill(path)
    monkeypatch.setattr(
        module, "MIGRATIONS", (*MIGRATIONS, "alter table phrase add column mood text")
    )

    def refuse(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(DiskFull):
            Database.open(path)
    assert [found.name for found in path.parent.glob("*bak*")] == []


# ---- what cannot be opened now is left as it is


def test_a_database_in_other_hands_is_not_broken(path, monkeypatch):
    fill(path)
    monkeypatch.setattr(module, "BUSY_TIMEOUT_MS", 10)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("pragma locking_mode = exclusive")
        other.execute("begin exclusive")
        with pytest.raises(DatabaseError) as caught:
            Database.open(path)
    assert caught.value.key == "database.busy"
    database = Database.open(path)
    assert count(database) == 500
    assert database.broken is None
    database.close()


def test_a_folder_by_that_name_is_an_error(path):
    path.mkdir()
    with pytest.raises(DatabaseError):
        Database.open(path)


def test_a_broken_database_that_cannot_be_moved_is_an_error(path, monkeypatch):
    garbage(path)

    def refuse(*_args):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(NotWritable):
        Database.open(path)


@pytest.mark.parametrize(
    ("code", "free", "kind", "key"),
    [
        (sqlite3.SQLITE_FULL, 2**30, DiskFull, "disk.full"),
        (sqlite3.SQLITE_IOERR | 19 << 8, 100, DiskFull, "disk.full"),
        (sqlite3.SQLITE_IOERR, 2**30, DatabaseError, "database.failed"),
        (sqlite3.SQLITE_READONLY, 2**30, NotWritable, "disk.not_writable"),
        (sqlite3.SQLITE_BUSY, 2**30, DatabaseError, "database.busy"),
        (sqlite3.SQLITE_NOTADB, 2**30, DatabaseDamaged, "database.damaged"),
    ],
)
def test_what_sqlite_says_becomes_a_sentence(tmp_path, monkeypatch, code, free, kind, key):
    monkeypatch.setattr("models.disk.free_bytes", lambda path: free)
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    found = database_error(error, tmp_path / "playground.db")
    assert isinstance(found, kind)
    assert isinstance(found, DiskError | DatabaseError)
    assert found.key == key


def test_pictures_to_start_from_become_those_of_who_drew_from_them(path):
    with closing(sqlite3.connect(path)) as old:
        for script in MIGRATIONS[:3]:
            old.executescript(script)
        old.execute("pragma user_version = 3")
        made = """insert into {} (owner, request, {}) values (?, ?, {})"""
        told = ("path, phrase, prompt, created_at, seconds, width, height", "?, '', '', 0, 0, 8, 8")
        for owner, request, name in (
            ("me", '{"source": {"image": "aa", "mask": "bb"}}', "1"),
            ("you", '{"source": {"image": "aa", "mask": ""}}', "2"),
            ("me", '{"steps": 3}', "3"),
            ("me", "{broken", "4"),
            ("me", None, "5"),
        ):
            old.execute(made.format("picture", *told), (owner, request, name))
        waiting = made.format("job", "state, created_at", "?, 0")
        old.execute(waiting, ("you", '{"source": {"image": "cc"}}', "interrupted"))
        old.execute(waiting, ("you", '{"source": {"image": "dd"}}', "failed"))
        old.commit()
    database = Database.open(path)
    with database.reading() as connection:
        found = connection.execute("select owner, sha256 from input order by 1, 2").fetchall()
    database.close()
    assert database.broken is None
    assert [tuple(row) for row in found] == [
        *(("me", "aa"), ("me", "bb")),
        *(("you", "aa"), ("you", "cc")),
    ]
