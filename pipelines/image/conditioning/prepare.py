"""A prompt and a negative prompt become the plan of what is heard at each step.

Knows the encoder and the prompt's grammar. Does not know the denoiser.
"""

from __future__ import annotations

from pipelines.image.conditioning.chunks import Piece
from pipelines.image.conditioning.encode import Encoder
from pipelines.image.conditioning.plan import Conditioning, Timeline


def prepare(
    encoder: Encoder, prompt: str, negative: str, steps: int, *, clip_skip: int = 1
) -> Conditioning:
    """Return the conditioning of a drawing of `steps` steps."""

    def line(text: str, *, is_negative: bool = False) -> Timeline:
        found = encoder.encode([Piece(text)], clip_skip=clip_skip, is_negative=is_negative)
        return Timeline(((steps, found),))

    filler = encoder.encode([Piece("")], clip_skip=clip_skip)
    return Conditioning(((1.0, line(prompt)),), line(negative, is_negative=True), filler.states)
