"""A prompt and a negative prompt become the conditioning of every step of one pass.

Joins the prompt's grammar (AND, schedules, weights) with the text encoders. Does not know the UNet.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.image.conditioning.encode import PromptEncoder
from pipelines.image.conditioning.schedule import PromptConditioning, PromptSchedule
from pipelines.image.prompt.attention import parse_attention
from pipelines.image.prompt.composition import split_and
from pipelines.image.prompt.editing import timeline
from pipelines.image.prompt.weighted_text import WeightedText


@dataclass(frozen=True, slots=True)
class ScheduleSteps:
    """Which steps a prompt schedule is for.

    Attributes:
        first: steps of the first pass; schedules in the prompt count these.
        second: steps of the second pass, when the schedule is for that one; else None.
        skipped: steps that image-to-image does not take, at the beginning.
    """

    first: int
    second: int | None = None
    skipped: int = 0


def prepare(
    encoder: PromptEncoder, prompt: str, negative: str, steps: ScheduleSteps, *, clip_skip: int = 1
) -> PromptConditioning:
    """Return the conditioning of one pass.

    A model that reads captions, the crayon, has the same grammar: brackets weigh there, too.
    """

    def schedule_of(text: str, *, is_negative: bool = False) -> PromptSchedule:
        spans = timeline(text, steps.first, hires_steps=steps.second)
        # steps that are not taken fall off the front; what is left keeps its place in time
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

    parts = tuple((weight, schedule_of(text)) for weight, text in split_and(prompt))
    empty = encoder.encode([WeightedText("")], clip_skip=clip_skip)
    return PromptConditioning(parts, schedule_of(negative, is_negative=True), empty.prompt_embeds)
