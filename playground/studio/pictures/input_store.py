"""Whose a picture to start from is, as rows, and the SQL of them. Knows no files.

Two visitors who bring the same picture each have it. What a picture or a job needs to be drawn
again is the view `used_input`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from playground.studio.database import Database


class InputStore:
    """The table of pictures to start from, by the sha256 of each."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def own(self, sha256: str, owner: str, now: float) -> None:
        """Note that it is this owner's and was used just now."""
        with self._database.transaction() as connection:
            connection.execute(
                """insert or replace into input (sha256, owner, used_at) values (?, ?, ?)""",
                (sha256, owner, now),
            )

    def is_owned(self, sha256: str, owner: str) -> bool:
        """Return whether it is this owner's."""
        with self._database.reading() as connection:
            row = connection.execute(
                """select 1 from input where sha256 = ? and owner = ?""", (sha256, owner)
            ).fetchone()
        return row is not None

    def disown_all(self, owner: str) -> frozenset[str]:
        """Take all that is this owner's from them; return what that was."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                """delete from input where owner = ? returning sha256""", (owner,)
            ).fetchall()
            return frozenset(row[0] for row in rows)

    def has_any(self, owner: str) -> bool:
        """Return whether anything is this owner's."""
        with self._database.reading() as connection:
            row = connection.execute("""select 1 from input where owner = ? limit 1""", (owner,))
            return row.fetchone() is not None

    def release(self, sha256: str, owner: str) -> None:
        """Take it from this owner unless one of their pictures needs it."""
        with self._database.transaction() as connection:
            release(connection, (sha256,), owner)

    def disown(self, sha256: str, owner: str) -> bool:
        """Take it from this owner; return whether it was theirs."""
        with self._database.transaction() as connection:
            cursor = connection.execute(
                """delete from input where sha256 = ? and owner = ?""", (sha256, owner)
            )
            return cursor.rowcount > 0

    def let_go(self, before: float) -> int:
        """Take what was not used since `before`, and no picture needs, from its owner."""
        with self._database.transaction() as connection:
            cursor = connection.execute(
                """
                delete from input
                where used_at < ? and (owner, sha256) not in (select owner, sha256 from used_input)
                """,
                (before,),
            )
            return cursor.rowcount

    def needed(self, but_by: str | None = None) -> frozenset[str]:
        """Return what has an owner, or what a picture or a job was made from.

        Args:
            but_by: leave out what only this owner has or needs.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                select sha256 from input where (:but_by is null or owner <> :but_by)
                union
                select sha256 from used_input where (:but_by is null or owner <> :but_by)
                """,
                {"but_by": but_by},
            )
            return frozenset(row[0] for row in rows)


def release(connection: sqlite3.Connection, digests: Iterable[str], owner: str) -> None:
    """Take from an owner what none of their pictures needs any more; inside a transaction."""
    connection.executemany(
        """
        delete from input where sha256 = :sha256 and owner = :owner and not exists (
            select 1 from used_input where sha256 = :sha256 and owner = :owner
        )
        """,
        [{"sha256": sha256, "owner": owner} for sha256 in digests],
    )
