"""Pictures that were thrown away, as rows, and the SQL of them. Knows no files."""

from __future__ import annotations

from dataclasses import dataclass

from playground.studio.database import Database
from playground.studio.pictures.input_store import release


@dataclass(frozen=True, slots=True)
class BinnedPicture:
    """A picture that goes for good; its path is below the outputs folder."""

    id: int
    owner: str
    path: str


class BinStore:
    """Which pictures are in the bin. A row stays until its files are gone, so that none is lost."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, picture_id: int, sees: str | None, now: float) -> bool:
        """Note that a picture was thrown away; return False when there is none to see."""
        return self._mark(picture_id, sees, now, was_kept=True)

    def take_back(self, picture_id: int, sees: str | None) -> bool:
        """Note that it is kept after all; return False when it is not there any more."""
        return self._mark(picture_id, sees, None, was_kept=False)

    def _mark(
        self, picture_id: int, sees: str | None, now: float | None, *, was_kept: bool
    ) -> bool:
        with self._database.transaction() as connection:
            cursor = connection.execute(
                """
                update picture set deleted_at = :now
                where id = :id and (deleted_at is null) = :was_kept
                    and (:sees is null or owner = :sees)
                """,
                {"id": picture_id, "sees": sees, "now": now, "was_kept": was_kept},
            )
            return cursor.rowcount == 1

    def put_all(self, owner: str, now: float) -> int:
        """Throw away all pictures of an owner; return how many there were."""
        with self._database.transaction() as connection:
            cursor = connection.execute(
                """update picture set deleted_at = ? where owner = ? and deleted_at is null""",
                (now, owner),
            )
            return cursor.rowcount

    def before(self, moment: float | None) -> tuple[BinnedPicture, ...]:
        """Return what was thrown away up to a moment; None is all of it."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                select id, owner, path from picture
                where deleted_at is not null and (:moment is null or deleted_at <= :moment)
                order by id
                """,
                {"moment": moment},
            )
            return tuple(BinnedPicture(row["id"], row["owner"], row["path"]) for row in rows)

    def forget(self, picture_id: int) -> frozenset[int]:
        """Delete the rows of a picture whose files are gone: its own, and the jobs that made it.

        Its owner's pictures to start from go too, where none of the others needs them. All of it
        or nothing.

        Returns:
            the ids of the jobs.
        """
        with self._database.transaction() as connection:
            jobs = connection.execute(
                """
                with recursive made (id) as (
                    select id from job where picture_id = :id
                    union
                    select again_of from job join made using (id) where again_of is not null
                )
                delete from job
                where id in (select id from made) and state not in ('queued', 'running')
                returning id
                """,
                {"id": picture_id},
            ).fetchall()
            found = connection.execute(
                """
                select owner, json_extract(request, '$.source.image') as image,
                    json_extract(request, '$.source.mask') as mask
                from picture where id = ? and json_valid(request)
                """,
                (picture_id,),
            ).fetchone()
            connection.execute("""delete from picture where id = ?""", (picture_id,))
            if found is not None:
                digests = [text for text in (found["image"], found["mask"]) if text]
                release(connection, digests, found["owner"])
        return frozenset(row[0] for row in jobs)
