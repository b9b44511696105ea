"""A training on disk: its settings and the masked rows, so that it can go on after a kill.

Nothing is written here that was not masked. Knows files; does not know how to train.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from models import disk
from pipelines.contract.errors import TrainingError
from pipelines.training.finetune.checkpoint import Checkpoints
from pipelines.training.finetune.consent import Consent
from pipelines.training.finetune.dataset import DataSet, TrainingRow, digest
from pipelines.training.finetune.settings import TrainingSettings

JOB = "job.json"
ROWS = "rows.jsonl"
CHECKPOINTS = "checkpoint"


@dataclass(frozen=True, slots=True)
class DataFacts:
    """What is remembered of a training text beside its rows.

    Attributes:
        masked: how often each kind of private thing was masked.
        digest: SHA-256 of the masked rows.
    """

    name: str
    kind: str
    rows: int
    dropped: int
    masked: dict[str, int]
    digest: str

    @classmethod
    def of(cls, data: DataSet) -> Self:
        """Return the facts of a data set."""
        masked = {found.kind.value: found.count for found in data.masked}
        return cls(data.name, data.kind.value, len(data.rows), data.dropped, masked, data.digest)


@dataclass(frozen=True, slots=True)
class TrainingJob:
    """The settings of a training.

    Attributes:
        name: of the model to be; also of the job's folder.
        base: the name of the model that learns.
    """

    name: str
    base: str
    consent: Consent
    settings: TrainingSettings
    data: DataFacts

    def to_json(self) -> dict[str, Any]:
        """Return the job as plain data."""
        return {
            "name": self.name,
            "base": self.base,
            "consent": self.consent.to_json(),
            "settings": self.settings.to_json(),
            "data": asdict(self.data),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Return the job in `data`; raise ValueError for anything else."""
        try:
            return cls(
                name=str(data["name"]),
                base=str(data["base"]),
                consent=Consent.from_json(data["consent"]),
                settings=TrainingSettings.from_json(data["settings"]),
                data=DataFacts(**data["data"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a training job: {error}") from error


class JobFolder:
    """The folder of one job below the folder of all of them."""

    def __init__(self, root: Path, name: str) -> None:
        self.path = root / name
        self.name = name
        self.checkpoints = Checkpoints(self.path / CHECKPOINTS)

    def create(self, job: TrainingJob, rows: Sequence[TrainingRow]) -> None:
        """Write the job; an earlier one of that name is forgotten."""
        self.remove()
        disk.make_folder(self.path)
        lines = "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
        disk.write_atomically(self.path / ROWS, lines.encode())
        whole = json.dumps(job.to_json(), ensure_ascii=False, indent=2)
        disk.write_atomically(self.path / JOB, whole.encode())

    def read(self) -> tuple[TrainingJob, tuple[TrainingRow, ...]]:
        """Return the job and its rows.

        Raises TrainingError when there is none, or somebody changed its files.
        """
        try:
            job = TrainingJob.from_json(json.loads((self.path / JOB).read_bytes()))
            lines = (self.path / ROWS).read_text(encoding="utf-8").split("\n")
            rows = tuple(TrainingRow(**json.loads(line)) for line in lines if line)
        except FileNotFoundError as error:
            raise TrainingError("training.no_job", name=self.name) from error
        except (OSError, ValueError, TypeError, RecursionError) as error:
            raise self._broken(type(error).__name__) from error
        if digest(rows) != job.data.digest or job.name != self.name:
            raise self._broken("SHA-256")
        return job, rows

    def _broken(self, reason: str) -> TrainingError:
        return TrainingError("training.checkpoint", name=self.name, reason=reason)

    def remove(self) -> None:
        """Forget the job and its rows."""
        shutil.rmtree(self.path, ignore_errors=True)


def unfinished(root: Path) -> tuple[str, ...]:
    """Return the names of the jobs that can go on, newest first."""
    found = [path for path in root.glob(f"*/{JOB}") if path.is_file()]
    found.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    return tuple(path.parent.name for path in found)
