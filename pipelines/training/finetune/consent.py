"""Where a training text comes from, and why it may be learned from: answered, masked, recorded.

Knows what has to be answered; judges nothing. Standard library and masking only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from pipelines.contract.errors import TrainingError
from pipelines.text.corpus.corpus import INVISIBLE
from pipelines.text.corpus.masking import Masker, whole_up_to

MAX_ANSWER = 500
LEAST_ANSWER = 2


class Basis(StrEnum):
    """Why a text may be learned from."""

    OWN = "own"
    CONSENT = "consent"
    LICENCE = "licence"
    PUBLIC = "public"


NEEDS_NOTE = (Basis.CONSENT, Basis.LICENCE)  # who consented, or which licence it is


@dataclass(frozen=True, slots=True)
class Consent:
    """The answers of whoever starts a training.

    Attributes:
        source: where the text comes from.
        basis: why it may be used.
        note: who consented and to what, or the licence.
    """

    source: str
    basis: Basis
    note: str = ""

    @classmethod
    def parse(cls, source: str, basis: str, note: str = "") -> Self:
        """Return the answers, masked; raise TrainingError for one that is missing.

        >>> Consent.parse("동아리 단톡방", "consent", "열두 명 모두, 010-1234-5678로 확인").note
        '열두 명 모두, [전화번호]로 확인'
        """
        source, note = _answer(source), _answer(note)
        if len(source) < LEAST_ANSWER:
            raise TrainingError("training.source")
        try:
            chosen = Basis(basis)
        except ValueError:
            known = " | ".join(Basis)
            raise TrainingError("training.basis", value=str(basis)[:40], known=known) from None
        if chosen in NEEDS_NOTE and len(note) < LEAST_ANSWER:
            raise TrainingError(f"training.note.{chosen}")
        return cls(source, chosen, note)

    def to_json(self) -> dict[str, str]:
        """Return the answers as plain data."""
        return {"source": self.source, "basis": self.basis.value, "note": self.note}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Return the answers in `data`; raise ValueError for anything else."""
        try:
            return cls(str(data["source"]), Basis(data["basis"]), str(data["note"]))
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a consent: {error}") from error


def _answer(text: str) -> str:
    whole = (
        whole_up_to(text, 4 * MAX_ANSWER).translate(INVISIBLE).encode("utf-8", "ignore").decode()
    )
    return Masker().mask(" ".join(whole.split()))[:MAX_ANSWER]
