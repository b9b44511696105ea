"""What people answered before a model learned from a text, as rows, and the SQL of them.

A row is never changed or removed by the program: it tells why something was allowed to happen.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.training.finetune.consent import Basis, Consent
from pipelines.training.finetune.job import TrainingJob
from playground.studio.database import Database


@dataclass(frozen=True, slots=True)
class Recorded:
    """One answer.

    Attributes:
        model: the name of the model that was to learn from the text.
        digest: SHA-256 of the masked rows.
        created_at: seconds since 1970.
    """

    model: str
    base: str
    data_name: str
    digest: str
    rows: int
    consent: Consent
    created_at: float


class ConsentStore:
    """The table of consents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, job: TrainingJob, now: float) -> None:
        """Record the answers of a training that is about to begin."""
        row = (
            *(job.name, job.base, job.data.name, job.data.digest, job.data.rows),
            *(job.consent.source, job.consent.basis.value, job.consent.note, now),
        )
        with self._database.transaction() as connection:
            connection.execute(
                """
                insert into consent
                (model, base, data_name, digest, rows, source, basis, note, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                row,
            )

    def of(self, model: str) -> Recorded | None:
        """Return the newest answers for a model; None when it was not made here."""
        return next(iter(self._select(model, 1)), None)

    def latest(self, limit: int = 50) -> tuple[Recorded, ...]:
        """Return the newest answers first."""
        return self._select(None, limit)

    def _select(self, model: str | None, limit: int) -> tuple[Recorded, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                select * from consent where (:model is null or model = :model)
                order by id desc limit :limit
                """,
                {"model": model, "limit": limit},
            ).fetchall()
        return tuple(
            Recorded(
                model=row["model"],
                base=row["base"],
                data_name=row["data_name"],
                digest=row["digest"],
                rows=row["rows"],
                consent=Consent(row["source"], Basis(row["basis"]), row["note"]),
                created_at=row["created_at"],
            )
            for row in rows
        )
