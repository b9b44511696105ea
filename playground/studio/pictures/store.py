"""Pictures as rows, and the SQL of them. An index only: the files are what counts."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from pipelines.contract.requests import PictureRequest
from playground.studio.database import Database
from playground.studio.pictures.used_files import NamedFile, read_named, to_plain
from playground.studio.plain_json import read_json, read_request, whole_text, write_json


@dataclass(frozen=True, slots=True)
class PictureRow:
    """What the index knows of one picture.

    Attributes:
        id: 0 until the row exists.
        path: below the outputs folder, with slashes.
        request: None when another program made the picture.
        used: the files that took part besides the model.
    """

    owner: str
    path: str
    phrase: str
    request: PictureRequest | None
    prompt: str
    created_at: float
    seconds: float
    width: int
    height: int
    id: int = 0
    used: tuple[NamedFile, ...] = ()


class PictureStore:
    """The table of pictures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, row: PictureRow, job_id: int | None = None, now: float = 0.0) -> int:
        """Add a row and, in the same transaction, end the job that made it; return the id."""
        with self._database.transaction() as connection:
            picture_id = _insert(connection, row)
            if job_id is not None:
                connection.execute(
                    """
                    update job set state = 'done', picture_id = ?, finished_at = ?
                    where id = ? and state = 'running'
                    """,
                    (picture_id, now, job_id),
                )
            return picture_id

    def add_found(self, rows: tuple[PictureRow, ...]) -> None:
        """Add rows for files that had none.

        A picture goes to whoever requested this very drawing and did not get it, because the
        process died between the file and the row; otherwise to the owner in the row.
        """
        if not rows:
            return
        with self._database.transaction() as connection:
            waiting = connection.execute(
                """
                select request, owner from job where state in ('running', 'interrupted')
                order by id
                """
            ).fetchall()
            owners: dict[str | None, str] = {request: owner for request, owner in waiting}
            for row in rows:
                _insert(connection, row, owners.get(_request_json(row.request)))

    def get(self, picture_id: int, owner: str | None) -> PictureRow | None:
        """Return a row whose file was there at the last check; None as `owner` sees all."""
        with self._database.reading() as connection:
            row = connection.execute(
                """
                select * from picture
                where id = :id and not is_missing and deleted_at is null
                    and (:owner is null or owner = :owner)
                """,
                {"id": picture_id, "owner": owner},
            ).fetchone()
        return None if row is None else _row(row)

    def latest(
        self, owner: str | None, limit: int, before_id: int | None
    ) -> tuple[PictureRow, ...]:
        """Return rows, newest first; only those older than `before_id` if given."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                select * from picture
                where not is_missing and deleted_at is null
                    and (:owner is null or owner = :owner)
                    and (:before is null or id < :before)
                order by id desc limit :limit
                """,
                {"owner": owner, "before": before_id, "limit": limit},
            ).fetchall()
        return tuple(_row(row) for row in rows)

    def throw_away(self, picture_id: int) -> None:
        """Note that a picture goes at the next tidying; see bin_store.py."""
        with self._database.transaction() as connection:
            connection.execute("""update picture set deleted_at = 0 where id = ?""", (picture_id,))

    def known(self) -> dict[str, bool]:
        """Return path -> is_missing of every row."""
        with self._database.reading() as connection:
            rows = connection.execute("""select path, is_missing from picture""").fetchall()
        return {path: bool(is_missing) for path, is_missing in rows}

    def mark(self, paths: tuple[str, ...], *, is_missing: bool) -> None:
        """Note that the files are gone, or back."""
        if not paths:
            return
        with self._database.transaction() as connection:
            connection.executemany(
                """update picture set is_missing = ? where path = ?""",
                [(int(is_missing), path) for path in paths],
            )


def _insert(connection: sqlite3.Connection, row: PictureRow, owner: str | None = None) -> int:
    # A row of the same name is a leftover: its file was deleted, or the name would not be free.
    connection.execute("""delete from picture where path = ?""", (row.path,))
    cursor = connection.execute(
        """
        insert into picture
            (owner, path, phrase, request, prompt, created_at, seconds, width, height, used)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            row.owner if owner is None else owner,
            row.path,
            whole_text(row.phrase),
            _request_json(row.request),
            whole_text(row.prompt),
            row.created_at,
            row.seconds,
            row.width,
            row.height,
            write_json({"files": to_plain(row.used)}) if row.used else None,
        ),
    )
    return int(cursor.lastrowid or 0)


def _request_json(request: PictureRequest | None) -> str | None:
    return None if request is None else write_json(request.to_json())


def _row(row: sqlite3.Row) -> PictureRow:
    return PictureRow(
        owner=row["owner"],
        path=row["path"],
        phrase=row["phrase"],
        request=_read_request(row["request"]),
        prompt=row["prompt"],
        created_at=row["created_at"],
        seconds=row["seconds"],
        width=row["width"],
        height=row["height"],
        id=row["id"],
        used=_read_used(row["used"]),
    )


def _read_request(text: str | None) -> PictureRequest | None:
    try:
        return None if text is None else read_request(read_json(text))
    except ValueError:  # limits may be narrower today; the picture is still a picture
        return None


def _read_used(text: str | None) -> tuple[NamedFile, ...]:
    try:
        return () if text is None else read_named(read_json(text).get("files"))
    except ValueError:  # somebody else wrote into the database; the picture is still a picture
        return ()
