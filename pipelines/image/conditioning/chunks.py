"""Weighted runs of a prompt become chunks of as many tokens as a text encoder reads at once.

A1111's rules: a chunk is full at 75 tokens (less for models with a shorter context); if the last
comma is at most 20 tokens back, what follows it moves to the next chunk; BREAK ends a chunk early;
the vectors of one embedding are never torn apart. Pure functions: the tokenizer is passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipelines.image.prompt.weighted_text import WeightedText

COMMA_PADDING_BACKTRACK = 20  # tokens; A1111's name and default


@dataclass(frozen=True, slots=True)
class Token:
    """One token and its attention weight.

    Attributes:
        vector: (name, number) of the textual-inversion vector that stands here; `id` means nothing
            then.
    """

    id: int
    weight: float
    vector: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Vectors:
    """A textual-inversion word among the tokens: so many learnt vectors in a row."""

    name: str
    count: int


Chunk = tuple[Token, ...]
Tokenize = Callable[[str], Sequence[int | Vectors]]  # without begin and end tokens


def chunks(
    prompt: Iterable[WeightedText], tokenize: Tokenize, comma: int, length: int
) -> tuple[Chunk, ...]:
    """Return the chunks of a prompt, at least one, each at most `length` tokens.

    Args:
        comma: id of the token for a comma; -1 when the tokenizer has none.
    """
    builder = _ChunkBuilder(comma, length)
    for run in prompt:
        if run.is_break:
            builder.close()
            continue
        for item in tokenize(run.text):
            if isinstance(item, Vectors):
                builder.add_vectors(item, run.weight)
            else:
                builder.add(item, run.weight)
    return builder.finish()


class _ChunkBuilder:
    """The chunks so far, and the one that is still open."""

    def __init__(self, comma: int, length: int) -> None:
        self._comma, self._length = comma, length
        self._done: list[Chunk] = []
        self._open: list[Token] = []
        self._last_comma = -1  # its place in the open chunk

    def add(self, id_: int, weight: float) -> None:
        """Add a token; where the chunk is full, what follows the last comma moves on with it."""
        if len(self._open) == self._length:
            moved: list[Token] = []
            place = self._last_comma
            # a comma that comes next ends a phrase right here: nothing needs to move
            if (
                id_ != self._comma
                and place != -1
                and len(self._open) - place <= COMMA_PADDING_BACKTRACK
            ):
                moved, self._open = self._open[place + 1 :], self._open[: place + 1]
            self.close()
            self._open = moved
        if id_ == self._comma:
            self._last_comma = len(self._open)
        self._open.append(Token(id_, weight))

    def add_vectors(self, vectors: Vectors, weight: float) -> None:
        """Add the vectors of an embedding, in the next chunk when they do not all fit here."""
        if self._open and len(self._open) + vectors.count > self._length:
            self.close()
        self._open += [Token(0, weight, (vectors.name, i)) for i in range(vectors.count)]

    def close(self) -> None:
        """End the open chunk."""
        self._done.append(tuple(self._open))
        self._open, self._last_comma = [], -1

    def finish(self) -> tuple[Chunk, ...]:
        """End the open chunk and return all."""
        if self._open or not self._done:
            self.close()
        return tuple(self._done)


def used_and_limit(
    chunks: tuple[Chunk, ...], length: int, *, ends_with_break: bool = False
) -> tuple[int, int]:
    """Return what a token meter shows: tokens used, and the limit.

    A chunk that is not the last counts whole; so does the last one when a BREAK has ended it.
    """
    last = length if ends_with_break else len(chunks[-1])
    return (len(chunks) - 1) * length + last, len(chunks) * length
