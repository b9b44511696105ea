"""What a phrase remembers of the wishes it was made with: those that differ from the usual."""

from __future__ import annotations

from pipelines.contract.phrase import Settings
from pipelines.contract.requests import TextRequest
from pipelines.contract.text_options import ANY_LENGTH, Mood, Rating


def unusual_options(request: TextRequest) -> Settings:
    """Return the wishes of a request as a phrase keeps them.

    >>> unusual_options(TextRequest(mood=Mood.MERRY, topics=("고양이",)))
    (('mood', 'merry'), ('topics', '고양이'))
    """
    told: list[tuple[str, str]] = []
    if request.families:
        told.append(("families", ", ".join(request.families)))
    if request.syllables != ANY_LENGTH:
        told.append(("syllables", "{}-{}".format(*request.syllables)))
    if request.mood is not Mood.ANY:
        told.append(("mood", request.mood.value))
    if request.topics:
        told.append(("topics", ", ".join(request.topics)))
    if request.rating is not Rating.MILD:
        told.append(("rating", request.rating.value))
    return tuple(told)
