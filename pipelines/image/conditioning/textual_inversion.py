"""Textual inversion inside a text encoder: learnt vectors take the place of token embeddings.

A forward hook for the length of one call: tokenizer and weights stay as they are. Knows no files.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Embedding:
    """A word that was learnt as vectors (textual inversion).

    Attributes:
        name: what stands in a prompt.
        sha256: of its file; two of one digest are the same.
        vectors: (count, width) for each text encoder, in the order of the encoders.
    """

    name: str
    sha256: str
    vectors: tuple[Any, ...]

    @property
    def count(self) -> int:
        """Return how many tokens it takes."""
        return int(self.vectors[0].shape[0])


# (chunk, position, vector): where in the input of a text encoder a learnt vector (D,) stands
Placement = tuple[int, int, Any]


@contextmanager
def replaced_token_embeddings(text_encoder: Any, placements: list[Placement]) -> Iterator[None]:
    """Replace the token embeddings at these places within the block."""

    def replace(_module: Any, _inputs: Any, output: Any) -> Any:
        changed = output.clone()  # (chunks, T, D)
        for chunk, position, vector in placements:
            changed[chunk, position] = vector.to(device=output.device, dtype=output.dtype)
        return changed

    if not placements:
        yield
        return
    handle = text_encoder.get_input_embeddings().register_forward_hook(replace)
    try:
        yield
    finally:
        handle.remove()
