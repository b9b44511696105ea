"""The text engines by name, and the one way to ask one of them for phrases.

An engine is a function `phrases(request) -> Iterator[Phrase]` that yields without end, in its own
file, plus one row here. Knows no lexicon and no grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from pipelines.errors import InvalidRequest
from pipelines.phrase import Phrase
from pipelines.requests import TextRequest
from pipelines.text import grammar

Engine = Callable[[TextRequest], Iterator[Phrase]]

MAX_REPEATS = 1_000  # an engine that says nothing new for so long is broken

ENGINES: dict[str, Engine] = {
    "grammar": grammar.phrases,
}


def say(request: TextRequest, engines: Mapping[str, Engine] = ENGINES) -> tuple[Phrase, ...]:
    """Return `request.count` different phrases; the same settled request says the same again.

    `engines` may hold more than those that need nothing to begin with, such as the `phrases` of a
    trained Markov model.
    """
    engine = engines.get(request.engine)
    if engine is None:
        raise InvalidRequest(
            "request.engine", value=request.engine[:80], known=", ".join(sorted(engines))
        )
    settled = request.settled()
    return tuple(islice(_different(engine(settled)), settled.count))


def _different(stream: Iterator[Phrase]) -> Iterator[Phrase]:
    seen: set[str] = set()
    repeats = 0
    for phrase in stream:
        if phrase.ko not in seen:
            seen.add(phrase.ko)
            repeats = 0
            yield phrase
            continue
        repeats += 1
        if repeats == MAX_REPEATS:
            raise RuntimeError(f"engine {phrase.engine!r} only repeats itself: {phrase.ko!r}")
