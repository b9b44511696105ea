"""What a face asks for and what comes back: frozen, validated, one source of defaults and limits.

Knows no widgets and no ML library; Pillow is named in types only. Raw text from a form or a
command line becomes a request through `parse_*`; a request object that exists is valid.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, Self

from pipelines.checks import MAX_SEED as MAX_SEED  # noqa: PLC0414 - re-exported
from pipelines.checks import RANDOM_SEED as RANDOM_SEED  # noqa: PLC0414 - re-exported
from pipelines.checks import check_range, check_seed
from pipelines.errors import InvalidRequest
from pipelines.phrase import Phrase
from pipelines.picture_settings import Hires, Refiner, Source, Tuning, from_plain, to_plain
from pipelines.reads import PromptLanguage
from pipelines.wishes import (
    ANY_LENGTH,
    Family,
    Mood,
    Rating,
    check_choice,
    check_families,
    check_syllables,
    check_topics,
)

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_TEXT = 2_000  # characters of one phrase or prompt; about 40 CLIP chunks, more is a mistake
MAX_PHRASES = 50
SIDE_RANGE = (64, 2048)
SIDE_MULTIPLE = 8  # every latent diffusion family needs at least this; a family may need more
MAX_PIXELS = 2048 * 2048
STEPS_RANGE = (1, 150)
GUIDANCE_RANGE = (1.0, 30.0)
SURPRISE_RANGE = (0.0, 2.0)
DEFAULT_MODEL = "crayon"
DEFAULT_SIDE = 256  # pixels, what the default model was taught
PLAIN = Tuning()
MAX_BATCH = 8  # pictures drawn in one go
GROUPS: dict[str, type[Any]] = {
    "tuning": Tuning,
    "source": Source,
    "hires": Hires,
    "refiner": Refiner,
}


def check_text(text: str, field: str, *, may_be_empty: bool = False) -> str:
    """Return `text` as NFC without outer blanks, or raise InvalidRequest saying what is wrong.

    >>> check_text(" 파란 냄새 ", "phrase")
    '파란 냄새'
    """
    for position, character in enumerate(text, start=1):
        code = ord(character)
        if 0xD800 <= code <= 0xDFFF:
            raise InvalidRequest(
                "request.text.broken", field=field, position=position, code=f"U+{code:04X}"
            )
        if code < 0x20 and character not in "\n\t\r":
            raise InvalidRequest(
                "request.text.control", field=field, position=position, code=f"U+{code:04X}"
            )
    text = unicodedata.normalize("NFC", text).strip()
    if not text and not may_be_empty:
        raise InvalidRequest("request.text.empty", field=field)
    if len(text) > MAX_TEXT:
        raise InvalidRequest("request.text.long", field=field, length=len(text), limit=MAX_TEXT)
    return text


def parse_int(text: str | int | float, field: str) -> int:
    """Return a whole number typed by a person, or raise InvalidRequest.

    >>> parse_int(" 42 ", "steps")
    42
    """
    if isinstance(text, bool):
        raise InvalidRequest("request.number", field=field, value=str(text))
    if isinstance(text, int):
        return text
    if isinstance(text, float):
        if not text.is_integer():  # also refuses nan and inf
            raise InvalidRequest("request.number", field=field, value=str(text))
        return int(text)
    try:
        return int(text.strip()[:80])
    except ValueError:
        raise InvalidRequest("request.number", field=field, value=_shown(text)) from None


def parse_float(text: str | int | float, field: str) -> float:
    """Return a number typed by a person, or raise InvalidRequest."""
    try:
        return float(text.strip()[:80] if isinstance(text, str) else text)
    except (ValueError, OverflowError):
        raise InvalidRequest("request.number", field=field, value=_shown(str(text))) from None


def _shown(text: str) -> str:
    return text.encode("utf-8", "replace").decode()[:40]


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
    families: tuple[Family, ...] = ()
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
    """One picture of one phrase, completely described.

    Attributes:
        phrase: what to illustrate.
        negative_prompt: what to leave out; "" for nothing.
        model: name of a picture model.
        width, height: pixels, multiples of 8.
        steps: denoising steps.
        guidance: classifier-free guidance scale (CFG); 1 is off.
        sampler: a name from pipelines/image/sampling/table.py.
        seed: RANDOM_SEED or 0..MAX_SEED.
        schedule: a name from pipelines/image/sampling/schedules.py.
        prompt: what to say to the model instead of what the bridge makes of the phrase; "" for
            what the bridge makes.
        tuning: finer settings.
        source: a picture to start from; None for pure noise.
        hires: a second, larger pass; None for none.
        template: what was typed, when styles or the seed's lots made another prompt of it.
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
    source: Source | None = None
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
        check_range(self.steps, "steps", *STEPS_RANGE)
        check_range(self.guidance, "guidance", *GUIDANCE_RANGE)
        check_range(self.batch_size, "batch_size", 1, MAX_BATCH)
        check_seed(self.seed)

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


@dataclass(frozen=True, slots=True)
class Meter:
    """How much of a prompt a model reads: what a counter shows.

    Attributes:
        used: tokens; a chunk that is not the last counts whole.
        limit: tokens of so many chunks, as many as the model reads at most.
        cut_text: what the model does not read; "" when it reads everything.
    """

    used: int
    limit: int
    cut_text: str = ""


class Stage(StrEnum):
    """What a painter is doing right now."""

    WAITING = "waiting"  # nothing loaded, nothing under way
    IMPORTING = "importing"  # the libraries
    LOADING = "loading"  # the weights, digests included
    READY = "ready"
    WARMING_UP = "warming_up"  # something is compiled for a size that is drawn for the first time
    DRAWING = "drawing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a drawing is.

    Attributes:
        step: steps finished, 0 while the model is being loaded.
        steps: steps in all.
        stage: what is going on.
        preview: a small JPEG of the latent, or None when this step has none.
        seconds_left: estimate, None while there is nothing to estimate from.
        checked: share of the model's bytes that have been compared with their digest; None when
            that is not what is going on.
    """

    step: int
    steps: int
    stage: Stage
    preview: bytes | None = None
    seconds_left: float | None = None
    checked: float | None = None


@dataclass(frozen=True, slots=True)
class Hooks:
    """What a running drawing reports to and asks; called on the worker's thread."""

    on_progress: Callable[[Progress], None]
    is_cancelled: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class UsedFile:
    """A file that took part in a picture besides its model.

    Attributes:
        kind: "lora", "embedding", "vae", "refiner" or "upscaler".
        name: as the library calls it.
        sha256: of the whole file.
        short_hash: what other programs write into a picture for this kind of file.
    """

    kind: str
    name: str
    sha256: str
    short_hash: str


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A picture model as far as it is known without loading it.

    Attributes:
        name: as the library calls it; what it was asked for by may be an alias.
        variant: "lcm", "inpaint" ...; "" for the plain one.
        reads: what to say to it: its family's language, until it was loaded and told its own.
    """

    name: str
    family: str
    variant: str
    reads: PromptLanguage


@dataclass(frozen=True, slots=True)
class Part:
    """A file that may take part in a picture besides its model: what a page offers.

    Attributes:
        kind: "lora", "embedding", "vae" or "upscaler".
        family: of the models it was made for; "" when that cannot be told.
        words: what it was trained on, most frequent first.
    """

    kind: str
    name: str
    family: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """How a loaded model works on this machine: a message key and its values."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture and everything needed to make it again.

    Attributes:
        image: the pixels, RGB.
        request: what was asked for, with the seed that was used.
        prompt: the text the model really got.
        model_sha256: digest of the model's weights (of the UNet for a folder).
        seconds: time from the first step to the decoded picture.
        versions: name -> version of what made it.
        used: the other files that took part, in the order of their use.
    """

    image: Image
    request: PictureRequest
    prompt: str
    model_sha256: str
    seconds: float
    versions: tuple[tuple[str, str], ...]
    used: tuple[UsedFile, ...] = ()


class Painter(Protocol):
    """Draws. One implementation in pipelines/image/painter.py, a fake one in tests/fakes.py."""

    @property
    def stage(self) -> Stage:
        """What it is doing right now; may be read from any thread."""

    def families(self) -> Mapping[str, str]:
        """Return the models that a request may name: name -> family."""

    def known(self, name: str) -> KnownModel | None:
        """Return the model that a name, an alias, a file name or a hash means; None for none.

        Cheap: asks what the last look at the disk found, and loads nothing.
        """

    def check(self, request: PictureRequest) -> None:
        """Raise what `draw` would raise about names and sizes; loads and hashes nothing.

        Raises:
            ModelNotFound, ModelFileError, InvalidRequest: a sentence before anything is queued.
        """

    def parts(self) -> tuple[Part, ...]:
        """Return what may take part besides a model, by kind and name."""

    def plan(self, model: str) -> tuple[PlanSummary, ...]:
        """Tell in sentences how a model works on this machine; () while it is not loaded."""

    def measure(self, prompt: str, model: str, steps: int) -> Meter | None:
        """Count a prompt's tokens; None while that model is not loaded."""

    def warm_up(self) -> None:
        """Import and load what the default request needs; raise PlaygroundError on failure."""

    def draw(self, request: PictureRequest, hooks: Hooks) -> Picture:
        """Draw, reporting to `hooks`; raise Cancelled, CannotDraw or InvalidRequest."""

    def draw_together(
        self, requests: Sequence[PictureRequest], hooks: Sequence[Hooks]
    ) -> tuple[Picture | None, ...]:
        """Draw requests that differ only in their seeds in one go, reporting to a hook each.

        None stands for a picture that nobody waits for any more.

        Raises as `draw` does; Cancelled once every hook says so.
        """
