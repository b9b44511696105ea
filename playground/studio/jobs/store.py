"""Jobs as rows, and the SQL of them. Knows no threads and no painter.

Every change of state names the states it may come from, so that two threads that both want to
end a job cannot both succeed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from models.errors import PlaygroundError, Value
from pipelines.contract.requests import PictureRequest
from playground.studio.database import Database
from playground.studio.errors import JobNotFound
from playground.studio.plain_json import read_json, read_request, write_json

KEPT_JOBS = 500  # finished rows; a history for the page, the pictures themselves stay for good


class JobState(StrEnum):
    """Where a job is on its way; QUEUED and RUNNING may change, the others stay."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"  # the process ended before the job did

    @property
    def is_final(self) -> bool:
        """Return whether nothing will happen to the job any more."""
        return self not in (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """One drawing that somebody requested.

    Attributes:
        id: running number; smaller was requested earlier.
        owner: who requested it; only that owner sees it.
        request: with the seed that is used.
        picture_id: the picture it made, when it is done.
        error: why it failed.
        again_of: the job it repeats.
    """

    id: int
    owner: str
    state: JobState
    request: PictureRequest
    created_at: float
    started_at: float | None = None
    finished_at: float | None = None
    picture_id: int | None = None
    error: PlaygroundError | None = None
    again_of: int | None = None


class JobStore:
    """The table of jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_all(
        self,
        owner: str,
        requests: Sequence[PictureRequest],
        now: float,
        again_of: int | None = None,
    ) -> tuple[Job, ...]:
        """Add queued jobs: all of them or, where the disk refuses one, none."""
        with self._database.transaction() as connection:
            rows = [
                connection.execute(
                    """
                    insert into job (owner, state, request, created_at, again_of)
                    values (?, 'queued', ?, ?, ?)
                    returning *
                    """,
                    (owner, write_json(request.to_json()), now, again_of),
                ).fetchone()
                for request in requests
            ]
            return tuple(_job(row) for row in rows)

    def claim(self, now: float) -> Job | None:
        """Make the oldest queued job a running one; one statement, so nobody else can."""
        with self._database.transaction() as connection:
            row = connection.execute(
                """
                update job set state = 'running', started_at = ?
                where id = (select id from job where state = 'queued' order by id limit 1)
                returning *
                """,
                (now,),
            ).fetchone()
            return None if row is None else _job(row)

    def finish(
        self, job_id: int, state: JobState, now: float, error: PlaygroundError | None = None
    ) -> bool:
        """Give a queued or running job its final state; return False if it had one already."""
        with self._database.transaction() as connection:
            cursor = connection.execute(
                """
                update job set state = ?, finished_at = ?, error = ?
                where id = ? and state in ('queued', 'running')
                """,
                (state.value, now, _error_json(error), job_id),
            )
            return cursor.rowcount == 1

    def interrupt_all(self, now: float) -> int:
        """Mark what a process that is gone left queued or running; return how many."""
        with self._database.transaction() as connection:
            cursor = connection.execute(
                """
                update job set state = 'interrupted', finished_at = ?
                where state in ('queued', 'running')
                """,
                (now,),
            )
            return cursor.rowcount

    def get(self, job_id: int, owner: str) -> Job:
        """Return a job of `owner`."""
        with self._database.reading() as connection:
            row = connection.execute(
                """select * from job where id = ? and owner = ?""", (job_id, owner)
            ).fetchone()
        with suppress(ValueError):
            if row is not None:
                return _job(row)
        raise JobNotFound("job.not_found", id=job_id)

    def interrupted(self, owner: str) -> tuple[Job, ...]:
        """Return interrupted jobs that were neither dismissed nor run again, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                select * from job
                where owner = ? and state = 'interrupted' and not is_dismissed
                    and not exists (select 1 from job as again where again.again_of = job.id)
                order by id desc
                """,
                (owner,),
            ).fetchall()
        jobs = []
        for row in rows:
            with suppress(ValueError):  # limits may be narrower today: it cannot be run again
                jobs.append(_job(row))
        return tuple(jobs)

    def dismiss(self, job_id: int, owner: str) -> None:
        """Stop offering an interrupted job."""
        with self._database.transaction() as connection:
            connection.execute(
                """update job set is_dismissed = 1 where id = ? and owner = ?""", (job_id, owner)
            )

    def delete_ended(self, owner: str) -> frozenset[int]:
        """Delete an owner's rows that are neither queued nor running; return their ids."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                """
                delete from job where owner = ? and state not in ('queued', 'running')
                returning id
                """,
                (owner,),
            ).fetchall()
            return frozenset(row[0] for row in rows)

    def prune(self, keep: int = KEPT_JOBS) -> int:
        """Delete all but the newest `keep` finished rows; return how many went."""
        with self._database.transaction() as connection:
            cursor = connection.execute(
                """
                delete from job where id in (
                    select id from job where state not in ('queued', 'running')
                    order by id desc limit -1 offset ?
                )
                """,
                (keep,),
            )
            return cursor.rowcount


def _job(row: sqlite3.Row) -> Job:
    return Job(
        id=row["id"],
        owner=row["owner"],
        state=JobState(row["state"]),
        request=read_request(read_json(row["request"])),
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        picture_id=row["picture_id"],
        error=_read_error(row["error"]),
        again_of=row["again_of"],
    )


def _error_json(error: PlaygroundError | None) -> str | None:
    if error is None:
        return None
    try:
        return write_json({"key": error.key, "values": error.values})
    except (TypeError, ValueError):  # a value that is not plain
        return write_json({"key": "job.unexpected", "values": {"kind": type(error).__name__}})


def _read_error(text: str | None) -> PlaygroundError | None:
    if text is None:
        return None
    try:
        data = read_json(text)
        values: dict[str, Value] = data["values"]
        return PlaygroundError(data["key"], **values)
    except (ValueError, KeyError, TypeError) as error:
        return PlaygroundError("job.unexpected", kind=type(error).__name__)
