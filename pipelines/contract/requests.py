"""Requests for phrases and pictures: frozen, validated, one source of defaults and limits.

Knows no widgets and no ML library. Raw text from a form or a command line becomes a request through
validate.py; a request object that exists is valid. What comes back stands in painter.py.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from typing import Any, Self

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import Phrase
from pipelines.contract.picture_settings import (
    Hires,
    ImageToImage,
    Refiner,
    Tuning,
    from_plain,
    to_plain,
)
from pipelines.contract.text_options import (
    ANY_LENGTH,
    Mood,
    Rating,
    SentenceFamily,
    check_choice,
    check_families,
    check_syllables,
    check_topics,
)
from pipelines.contract.validate import MAX_SEED as MAX_SEED  # noqa: PLC0414 - re-exported
from pipelines.contract.validate import RANDOM_SEED as RANDOM_SEED  # noqa: PLC0414 - re-exported
from pipelines.contract.validate import check_range, check_seed, check_text

MAX_PHRASES = 50
SIDE_RANGE = (64, 2048)
SIDE_MULTIPLE = 8  # every latent diffusion family needs at least this; a family may need more
MAX_PIXELS = 2048 * 2048  # of the last pass that a model draws
MAX_ENLARGED = 4096 * 4096  # of a picture that is made larger and not drawn over
STEPS_RANGE = (1, 150)
GUIDANCE_RANGE = (1.0, 30.0)
SURPRISE_RANGE = (0.0, 2.0)
DEFAULT_MODEL = "crayon"
DEFAULT_SIDE = 256  # pixels, what the default model was taught
PLAIN = Tuning()
MAX_BATCH = 8  # pictures drawn in one go
GROUPS: dict[str, type[Any]] = {
    "tuning": Tuning,
    "source": ImageToImage,
    "hires": Hires,
    "refiner": Refiner,
}


def fresh_seed() -> int:
    """Return a seed nobody chose; 32 bits, so that every other program can take it over."""
    return random.SystemRandom().randrange(2**32)


@dataclass(frozen=True, slots=True)
class TextRequest:
    """How many phrases, and how strange.

    Attributes:
        count: phrases wanted, 1 to 50, all different.
        seed: RANDOM_SEED or 0..MAX_SEED.
        surprise: 0 is nearly sensible, 1 the usual, 2 wild.
        engine: name of a text engine.
        families: kinds of sentence patterns; () for all.
        syllables: shortest and longest phrase wanted.
        mood: which words come forward.
        topics: words to put in; each phrase holds one of them, in turn.
        rating: ALL leaves out what is a little rude.
    """

    count: int = 5
    seed: int = RANDOM_SEED
    surprise: float = 1.0
    engine: str = "grammar"
    families: tuple[SentenceFamily, ...] = ()
    syllables: tuple[int, int] = ANY_LENGTH
    mood: Mood = Mood.ANY
    topics: tuple[str, ...] = ()
    rating: Rating = Rating.MILD

    def __post_init__(self) -> None:
        check_range(self.count, "count", 1, MAX_PHRASES)
        check_seed(self.seed)
        check_range(self.surprise, "surprise", *SURPRISE_RANGE)
        checked = {
            "families": check_families(self.families),
            "syllables": check_syllables(self.syllables),
            "mood": check_choice(self.mood, "mood", Mood),
            "topics": check_topics(check_text(topic, "topics") for topic in self.topics),
            "rating": check_choice(self.rating, "rating", Rating),
        }
        for field, value in checked.items():
            object.__setattr__(self, field, value)

    def settled(self) -> Self:
        """Return the same request with a seed that is known."""
        return self if self.seed != RANDOM_SEED else replace(self, seed=fresh_seed())


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """One picture of one phrase, described so completely that it can be made again.

    Attributes:
        phrase: what to illustrate.
        negative_prompt: what to leave out; "" for nothing.
        model: name of a picture model.
        width, height: pixels, multiples of 8.
        steps: denoising steps.
        guidance: guidance scale of classifier-free guidance (CFG); 1 is off.
        sampler: a name from pipelines/image/sampling/table.py.
        seed: RANDOM_SEED or 0..MAX_SEED.
        schedule: a name from pipelines/image/sampling/schedules.py.
        prompt: replaces the prompt that the bridge makes of the phrase; "" for that one.
        tuning: finer settings.
        source: the init image of image-to-image; None for pure noise.
        hires: hires fix; None for none.
        template: what was typed, when styles or wildcards made another prompt of it.
        vae: name of a VAE to use instead of the model's own; "" for that.
        refiner: a second model for the last steps; None for none.
        batch_size: how many requests that differ only in their seeds may be drawn in one go.
    """

    phrase: Phrase
    negative_prompt: str = ""
    model: str = DEFAULT_MODEL
    width: int = DEFAULT_SIDE
    height: int = DEFAULT_SIDE
    steps: int = 6
    guidance: float = 2.5
    sampler: str = "DDIM"
    seed: int = RANDOM_SEED
    schedule: str = "Automatic"
    prompt: str = ""
    tuning: Tuning = PLAIN
    source: ImageToImage | None = None
    hires: Hires | None = None
    template: str = ""
    vae: str = ""
    refiner: Refiner | None = None
    batch_size: int = 1

    def __post_init__(self) -> None:
        check_text(self.phrase.ko, "phrase")
        texts = (("prompt", "picture_prompt"), ("template", "picture_prompt"))
        for name, field in (*texts, ("negative_prompt", "negative_prompt")):
            checked = check_text(getattr(self, name), field, may_be_empty=True)
            object.__setattr__(self, name, checked)
        for field, side in (("width", self.width), ("height", self.height)):
            check_range(side, field, *SIDE_RANGE)
            if side % SIDE_MULTIPLE:
                raise InvalidRequest(
                    "request.multiple", field=field, value=side, multiple=SIDE_MULTIPLE
                )
        if self.width * self.height > MAX_PIXELS:
            raise InvalidRequest(
                "request.pixels", width=self.width, height=self.height, limit=MAX_PIXELS
            )
        self._check_last_pass()
        check_range(self.steps, "steps", *STEPS_RANGE)
        check_range(self.guidance, "guidance", *GUIDANCE_RANGE)
        check_range(self.batch_size, "batch_size", 1, MAX_BATCH)
        check_seed(self.seed)

    @property
    def last_size(self) -> tuple[int, int]:
        """Return the sides of the last pass, before they are rounded to the model's multiple."""
        scale = 1.0 if self.hires is None else self.hires.scale
        return round(self.width * scale), round(self.height * scale)

    def _check_last_pass(self) -> None:
        if self.hires is None:
            return
        width, height = self.last_size
        most = MAX_PIXELS if self.hires.strength > 0 else MAX_ENLARGED
        if width * height > most:
            scale = math.floor(math.sqrt(most / (self.width * self.height)) * 100) / 100
            raise InvalidRequest(
                "request.pixels_hires", width=width, height=height, limit=most, scale=scale
            )
        if self.source is not None and self.source.mask and self.source.only_masked:
            raise InvalidRequest("request.hires_part")

    def settled(self) -> Self:
        """Return the same request with a seed that is known, so that it can be run again."""
        return self if self.seed != RANDOM_SEED else replace(self, seed=fresh_seed())

    def differs_only_in_seed(self, other: PictureRequest) -> bool:
        """Tell whether both may be drawn in one go."""
        tuning = replace(other.tuning, variation_seed=self.tuning.variation_seed)
        return replace(other, seed=self.seed, tuning=tuning) == self

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` turns back into an equal request."""
        return {
            "phrase": self.phrase.to_json(),
            "negative_prompt": self.negative_prompt,
            "model": self.model,
            "width": self.width,
            "height": self.height,
            "steps": self.steps,
            "guidance": self.guidance,
            "sampler": self.sampler,
            "seed": self.seed,
            "schedule": self.schedule,
            **self._extras(),
        }

    def _extras(self) -> dict[str, Any]:
        """Return what most requests do not have."""
        texts = {"prompt": self.prompt, "template": self.template, "vae": self.vae}
        found: dict[str, Any] = {name: text for name, text in texts.items() if text}
        if self.batch_size > 1:
            found["batch_size"] = self.batch_size
        for name in GROUPS:
            group = getattr(self, name)
            if group is not None and group != PLAIN:
                found[name] = to_plain(group)
        return found

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Build a request from `to_json` data.

        Raises:
            ValueError: it is not such data.
            InvalidRequest: it is, but a value is out of range.
        """
        try:
            return cls(
                phrase=Phrase.from_json(data["phrase"]),
                negative_prompt=str(data["negative_prompt"]),
                model=str(data["model"]),
                width=int(data["width"]),
                height=int(data["height"]),
                steps=int(data["steps"]),
                guidance=float(data["guidance"]),
                sampler=str(data["sampler"]),
                seed=int(data["seed"]),
                schedule=str(data.get("schedule", "Automatic")),
                prompt=str(data.get("prompt", "")),
                template=str(data.get("template", "")),
                vae=str(data.get("vae", "")),
                batch_size=int(data.get("batch_size", 1)),
                **{
                    name: from_plain(kind, data[name])
                    for name, kind in GROUPS.items()
                    if data.get(name) is not None
                },
            )
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            raise ValueError(f"not a picture request: {error!r}") from error
