"""The text engines by name, and the one way to ask any of them for phrases.

An engine is a function `phrases(request) -> Iterator[Phrase]` that yields without end, in its own
file. Those in ENGINES need nothing to begin with; the others are opened with something first and
handed to `say` by name:

    markov   markov.train(text).phrases                      a person's own text
    neural   drafted.engine(model, sampling, hooks)          a language model

A fourth, say one behind a server with an OpenAI-compatible interface, is one more file: either a
LanguageModel (language.py), which `drafted` makes an engine of, or an iterator of its own that asks
`cancel` while it waits. It gets a row in OPENED and nothing here changes. Knows no lexicon
and no grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import TextRequest
from pipelines.text.grammar import grammar

Engine = Callable[[TextRequest], Iterator[Phrase]]

MAX_REPEATS = 1_000  # an engine that says nothing new for so long is broken

ENGINES: dict[str, Engine] = {
    "grammar": grammar.phrases,
}
# engines that have to be opened first -> the sentence for who asks without
OPENED: dict[str, str] = {
    "markov": "engine.needs.text",
    "neural": "engine.needs.model",
}
NAMES: tuple[str, ...] = (*ENGINES, *OPENED)


@dataclass(frozen=True, slots=True)
class SayHooks:
    """Callbacks while phrases are made; called on the caller's thread.

    Attributes:
        on_phrase: gets each phrase as soon as it is there.
        cancel: checked between two phrases; `say` raises Cancelled.
    """

    on_phrase: Callable[[Phrase], None] = lambda phrase: None
    cancel: CancelToken = NEVER


UNWATCHED = SayHooks()


def say(
    request: TextRequest, engines: Mapping[str, Engine] = ENGINES, hooks: SayHooks = UNWATCHED
) -> tuple[Phrase, ...]:
    """Return `request.count` different phrases; the same settled request gives the same again.

    Args:
        engines: those that are open, by name.

    Raises:
        InvalidRequest: there is no such engine, it was not opened, or the wishes are too narrow.
        Cancelled: the cancel token was set; what `hooks` got stays made.
    """
    engine = engines.get(request.engine)
    if engine is None:
        if request.engine in OPENED:
            raise InvalidRequest(OPENED[request.engine])
        known = sorted({*engines, *OPENED})
        raise InvalidRequest("request.engine", value=request.engine[:80], known=", ".join(known))
    settled = request.settled()
    phrases = []
    for phrase in islice(_different(engine(settled)), settled.count):
        phrases.append(phrase)
        hooks.on_phrase(phrase)
        if len(phrases) < settled.count:
            hooks.cancel.check()
    return tuple(phrases)


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
