"""A prompt and a negative prompt become the plan of what is heard at each step.

Joins the prompt's grammar (AND, schedules, weights) with the encoder. Does not know the denoiser.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.image.conditioning.encode import Encoder
from pipelines.image.conditioning.schedule import PromptConditioning, PromptSchedule
from pipelines.image.prompt.attention import parse_attention
from pipelines.image.prompt.composition import split_and
from pipelines.image.prompt.editing import timeline
from pipelines.image.prompt.weighted_text import WeightedText


@dataclass(frozen=True, slots=True)
class ScheduleSteps:
    """Which steps a plan is for.

    Attributes:
        first: steps of the first pass; schedules in the prompt count these.
        second: steps of the second pass, when this plan is for that one; else None.
        skipped: of a drawing that starts from a picture, the steps that are not taken.
    """

    first: int
    second: int | None = None
    skipped: int = 0


def prepare(
    encoder: Encoder, prompt: str, negative: str, steps: ScheduleSteps, *, clip_skip: int = 1
) -> PromptConditioning:
    """Return the conditioning of one pass.

    A model that reads captions, the crayon, is asked with the same grammar: brackets weigh there.
    """

    def line(text: str, *, is_negative: bool = False) -> PromptSchedule:
        spans = timeline(text, steps.first, hires_steps=steps.second)
        kept = [(last - steps.skipped, part) for last, part in spans if last > steps.skipped]
        return PromptSchedule(
            tuple(
                (
                    last,
                    encoder.encode(
                        parse_attention(part), clip_skip=clip_skip, is_negative=is_negative
                    ),
                )
                for last, part in kept or spans[-1:]
            )
        )

    parts = tuple((weight, line(text)) for weight, text in split_and(prompt))
    filler = encoder.encode([WeightedText("")], clip_skip=clip_skip)
    return PromptConditioning(parts, line(negative, is_negative=True), filler.states)
