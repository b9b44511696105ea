"""The text options that a phrase was made with, as it keeps them: those that are not defaults."""

from __future__ import annotations

from pipelines.contract.phrase import Settings
from pipelines.contract.requests import TextRequest
from pipelines.contract.text_options import ANY_LENGTH, Mood, Rating


def unusual_options(request: TextRequest) -> Settings:
    """Return the options of a request as a phrase keeps them.

    >>> unusual_options(TextRequest(mood=Mood.MERRY, topics=("고양이",)))
    (('mood', 'merry'), ('topics', '고양이'))
    """
    found: list[tuple[str, str]] = []
    if request.families:
        found.append(("families", ", ".join(request.families)))
    if request.syllables != ANY_LENGTH:
        found.append(("syllables", "{}-{}".format(*request.syllables)))
    if request.mood is not Mood.ANY:
        found.append(("mood", request.mood.value))
    if request.topics:
        found.append(("topics", ", ".join(request.topics)))
    if request.rating is not Rating.MILD:
        found.append(("rating", request.rating.value))
    return tuple(found)
