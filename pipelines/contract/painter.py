"""The interface of a painter: progress, pictures, what is known of models.

Knows no widgets and no ML library; Pillow is named in types only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from pipelines.contract.cancel import CancelToken
from pipelines.contract.prompt_language import PromptLanguage
from pipelines.contract.requests import PictureRequest

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Meter:
    """The token count of a prompt: what a counter shows.

    Attributes:
        used: tokens; a chunk that is not the last counts whole.
        limit: tokens of so many chunks; at most what the model reads.
        cut_text: what lies behind the last chunk it reads; "" when it reads everything.
    """

    used: int
    limit: int
    cut_text: str = ""


class PainterStage(StrEnum):
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
    """How far a generation is.

    Attributes:
        step: steps finished, 0 while the model is being loaded.
        steps: steps in all.
        stage: what is going on.
        preview: a small JPEG of the predicted x0, or None when this step has none.
        seconds_left: estimate, None while there is nothing to estimate from.
        checked: share of the model's bytes that are hashed; None while nothing is.
    """

    step: int
    steps: int
    stage: PainterStage
    preview: bytes | None = None
    seconds_left: float | None = None
    checked: float | None = None


@dataclass(frozen=True, slots=True)
class Hooks:
    """The callback and the cancel token of a generation; used on the worker's thread."""

    on_progress: Callable[[Progress], None]
    cancel: CancelToken


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
        name: as the library calls it, not the alias it may have been found by.
        variant: "lcm", "inpaint" ...; "" for the plain one.
        reads: the language of its prompts: its family's, until it was loaded and measured.
    """

    name: str
    family: str
    variant: str
    reads: PromptLanguage


@dataclass(frozen=True, slots=True)
class AddonFile:
    """A file that may take part in a picture besides its model: what a page offers.

    Attributes:
        kind: "lora", "embedding", "vae" or "upscaler".
        family: of the models it was made for; "" when that is unknown.
        words: what it was trained on, most frequent first.
        hashes: SHA-256 of the file and of its tensors, where it has been hashed.
    """

    kind: str
    name: str
    family: str
    words: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()


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
        request: with the seed that was used.
        prompt: the text that was encoded.
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
    """Draws. One implementation in pipelines/painter/, a fake one in tests/fakes.py."""

    @property
    def stage(self) -> PainterStage:
        """What it is doing right now; may be read from any thread."""

    def open_pictures_with(self, open_picture: Callable[[str], Image]) -> None:
        """Use this to find init images and masks by their sha256; it raises InvalidRequest.

        A studio calls it before its queue starts: the pictures lie in the studio's data folder,
        which is opened with a painter that is there already.
        """

    def families(self) -> Mapping[str, str]:
        """Return the models that a request may name: name -> family."""

    def known(self, name: str) -> KnownModel | None:
        """Return the model that a name, an alias, a file name or a hash means; None for none.

        Cheap: from the last scan of the disk; loads nothing.
        """

    def check(self, request: PictureRequest) -> None:
        """Raise what `draw` would raise about names and sizes; loads and hashes nothing.

        Raises:
            ModelNotFound, ModelFileError, InvalidRequest: a sentence before anything is queued.
        """

    def parts(self) -> tuple[AddonFile, ...]:
        """Return what may take part besides a model, by kind and name."""

    def plan(self, model: str) -> tuple[PlanSummary, ...]:
        """Return how a model works on this machine, in sentences; () while it is not loaded."""

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

        None stands for a picture that was cancelled.

        Raises as `draw` does; Cancelled once all hooks ask for it.
        """
