"""Weighted pieces of a prompt become chunks of as many tokens as a text encoder reads at once.

A1111's rules: a chunk is full at 75 tokens (less for models with a shorter context); if the last
comma is at most 20 tokens back, what follows it moves to the next chunk; BREAK ends a chunk early.
Pure functions: the tokenizer is passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

COMMA_REACH = 20  # tokens; A1111's default for "comma padding backtrack"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one weight; `is_break` ends the chunk instead."""

    text: str
    weight: float = 1.0
    is_break: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """One token and how much attention it gets."""

    id: int
    weight: float


Chunk = tuple[Token, ...]
Tokenize = Callable[[str], list[int]]  # without begin and end marks


def chunks(pieces: Iterable[Piece], tokenize: Tokenize, comma: int, size: int) -> tuple[Chunk, ...]:
    """Return the chunks of a prompt, at least one, each at most `size` tokens.

    Args:
        comma: id of the token for a comma; -1 when the tokenizer has none.
    """
    done: list[Chunk] = []
    open_: list[Token] = []
    last_comma = -1  # its place in the open chunk
    for piece in pieces:
        if piece.is_break:
            done.append(tuple(open_))
            open_, last_comma = [], -1
            continue
        for id_ in tokenize(piece.text):
            if len(open_) == size:
                moved: list[Token] = []
                # a comma that comes next ends a phrase right here: nothing needs to move
                if id_ != comma and last_comma != -1 and len(open_) - last_comma <= COMMA_REACH:
                    moved, open_ = open_[last_comma + 1 :], open_[: last_comma + 1]
                done.append(tuple(open_))
                open_, last_comma = moved, -1
            if id_ == comma:
                last_comma = len(open_)
            open_.append(Token(id_, piece.weight))
    if open_ or not done:
        done.append(tuple(open_))
    return tuple(done)


def used_and_limit(
    parts: tuple[Chunk, ...], size: int, *, ends_with_break: bool = False
) -> tuple[int, int]:
    """Return what a token meter shows: tokens used, and the limit.

    A chunk that is not the last counts whole; so does the last one when a BREAK has ended it.
    """
    last = size if ends_with_break else len(parts[-1])
    return (len(parts) - 1) * size + last, len(parts) * size
