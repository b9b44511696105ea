"""Delete everything that is kept of one visitor. Knows who keeps what; keeps nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class Erased:
    """How much there was of what was deleted."""

    pictures: int
    inputs: int
    phrases: int


def erase_text(studio: Studio, owner: str) -> int:
    """Delete what was learned of an owner's text, and the phrases made of it.

    Returns:
        How many phrases there were.

    Raises:
        DatabaseError: the phrases are still there; doing it again deletes them.
    """
    studio.languages.forget_markov(owner)
    phrases = studio.phrases.forget_learned(owner)
    studio.settle()
    return phrases


def erase(studio: Studio, owner: str) -> Erased:
    """Delete an owner's pictures, pictures to start from, phrases, jobs, files and texts, at once.

    What is being made for them is stopped first. Nothing of it can be had back. What a browser
    keeps by itself (conversations, stories, forms) is not here, and neither are backups.

    Raises:
        DatabaseError: some of it is still there; doing it again deletes the rest.
    """
    studio.stops.stop_owner(owner)
    studio.jobs.forget_owner(owner)
    studio.drops.forget_all(owner)
    studio.languages.forget_markov(owner)
    pictures = studio.bin.put_all(owner)
    inputs = studio.inputs.forget_all(owner)
    studio.bin.empty(at_once=True)
    phrases = studio.phrases.forget(owner)
    studio.settle()
    return Erased(pictures, inputs, phrases)
