"""The finer settings of a picture, in groups: tuning, image-to-image, hires fix, refiner.

Every group is frozen, validated and plain data (`to_plain`, `from_plain`); its defaults change
nothing. Knows no widgets and no ML library.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import MAX_SEED, check_range

SHA256 = re.compile(r"[0-9a-f]{64}")
UPSCALERS = ("Latent", "Latent (nearest)", "Latent (bicubic)", "Lanczos", "Nearest")
LATENT_UPSCALERS = UPSCALERS[:3]

Group = TypeVar("Group")


@dataclass(frozen=True, slots=True)
class Tuning:
    """The finer settings of sampler, guidance and noise; field names are those of saved requests.

    Attributes:
        eta: share of the noise made anew at each step; -1 for the sampler's own.
        churn, churn_least, churn_most: extra noise before steps (s_churn, s_tmin, s_tmax); a most
            of 0 is no limit.
        noise_scale: multiplies all noise added on the way (s_noise).
        sigma_least, sigma_most, rho: sigma_min, sigma_max and rho of the noise schedule; 0 for the
            usual.
        clip_skip: layers of the text encoder counted from the last one, which is 1.
        rescale: guidance_rescale, 0..1: takes back contrast that guidance added.
        guidance_start, guidance_end: share of the steps between which guidance is on.
        variation_seed, variation_strength: bends the initial noise towards that of another seed.
        is_exact: only algorithms that give the same bits every time; slower on graphics cards.
        token_merging: share of the picture's tokens merged in self-attention; faster and coarser.
    """

    eta: float = -1.0
    churn: float = 0.0
    churn_least: float = 0.0
    churn_most: float = 0.0
    noise_scale: float = 1.0
    sigma_least: float = 0.0
    sigma_most: float = 0.0
    rho: float = 0.0
    clip_skip: int = 1
    rescale: float = 0.0
    guidance_start: float = 0.0
    guidance_end: float = 1.0
    variation_seed: int = 0
    variation_strength: float = 0.0
    is_exact: bool = False
    token_merging: float = 0.0

    RANGES: typing.ClassVar[dict[str, tuple[float, float]]] = {
        "churn": (0, 100),
        "churn_least": (0, 10_000),
        "churn_most": (0, 10_000),
        "noise_scale": (0.5, 1.5),
        "sigma_least": (0, 10_000),
        "sigma_most": (0, 10_000),
        "rho": (0, 30),
        "clip_skip": (1, 12),
        "rescale": (0, 1),
        "guidance_start": (0, 1),
        "guidance_end": (0, 1),
        "variation_seed": (0, MAX_SEED),
        "variation_strength": (0, 1),
        "token_merging": (0, 0.9),
    }

    def __post_init__(self) -> None:
        for field, (low, high) in self.RANGES.items():
            check_range(getattr(self, field), field, low, high)
        if self.eta != -1:
            check_range(self.eta, "eta", 0, 1)


class Fit(StrEnum):
    """How a picture is brought to the size that is drawn."""

    CROP = "crop"
    STRETCH = "stretch"
    PAD = "pad"


class MaskContent(StrEnum):
    """What lies under the mask before sampling begins."""

    ORIGINAL = "original"
    FILL = "fill"
    NOISE = "noise"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ImageToImage:
    """The init image, its mask, and how much of it may change.

    Attributes:
        image: sha256 of a picture the studio keeps.
        mask: sha256 of a black and white picture, white is drawn anew; "" for the whole picture.
        strength: 0..1, denoising strength: the share of the steps taken; at 0 it stays as it is.
        mask_blur: pixels the edge of the mask is softened by.
        content: what lies under the mask at the beginning.
        only_masked: draw the masked part alone, as large as the picture, and put it back.
        padding: pixels around the mask that are drawn with it then, as context.
        is_inverted: white stays, black is drawn anew.
    """

    image: str
    mask: str = ""
    strength: float = 0.6
    fit: Fit = Fit.CROP
    mask_blur: int = 4
    content: MaskContent = MaskContent.ORIGINAL
    only_masked: bool = False
    padding: int = 32
    is_inverted: bool = False

    RANGES: typing.ClassVar[dict[str, tuple[float, float]]] = {
        "strength": (0, 1),
        "mask_blur": (0, 64),
        "padding": (0, 256),
    }

    def __post_init__(self) -> None:
        for field in ("image", "mask"):
            value = getattr(self, field)
            if not SHA256.fullmatch(value) and (field == "image" or value):
                raise InvalidRequest("request.picture", field=field, value=str(value)[:20])
        self.check_values({name: getattr(self, name) for name in self.RANGES})

    @classmethod
    def check_values(cls, values: Mapping[str, Any]) -> None:
        """Raise InvalidRequest for the first number out of its range; for before it has a picture.

        Args:
            values: of the fields of RANGES; others are not looked at.
        """
        for field, (low, high) in cls.RANGES.items():
            check_range(values[field], field, low, high)


@dataclass(frozen=True, slots=True)
class Hires:
    """Hires fix: a second, larger pass over the result of the first.

    Attributes:
        scale: how much larger.
        upscaler: how it is made larger before it is drawn over: one of UPSCALERS, or the name of
            an upscaler model.
        steps: of the second pass; 0 for as many as the first.
        strength: 0..1, denoising strength of the second pass; at 0 it is upscaled and nothing else.
    """

    scale: float = 2.0
    upscaler: str = "Latent"
    steps: int = 0
    strength: float = 0.6

    def __post_init__(self) -> None:
        check_range(self.scale, "hires_scale", 1, 4)
        check_range(self.steps, "hires_steps", 0, 150)
        check_range(self.strength, "strength", 0, 1)
        if not self.upscaler:
            raise InvalidRequest("request.text.empty", field="upscaler")


@dataclass(frozen=True, slots=True)
class Refiner:
    """A second model that takes over for the last steps.

    Attributes:
        model: name of a model with the same latent space.
        switch_at: share of the steps after which it takes over.
    """

    model: str
    switch_at: float = 0.8

    def __post_init__(self) -> None:
        if not self.model:
            raise InvalidRequest("request.text.empty", field="refiner")
        check_range(self.switch_at, "switch_at", 0.01, 1)


def to_plain(group: Any) -> dict[str, Any]:
    """Return plain data of a group: only what differs from its defaults, and what has none."""
    return {
        entry.name: _plain(getattr(group, entry.name))
        for entry in dataclasses.fields(group)
        if getattr(group, entry.name) != entry.default
    }


def from_plain(kind: type[Group], data: Any) -> Group:
    """Build a group from `to_plain` data; raise ValueError when it is not that."""
    if not isinstance(data, dict):
        raise ValueError(f"not {kind.__name__}: {data!r:.40}")
    types_ = typing.get_type_hints(kind)
    entries = {entry.name: types_[entry.name] for entry in dataclasses.fields(kind)}  # type: ignore[arg-type]
    unknown = data.keys() - entries.keys()
    if unknown:
        raise ValueError(f"{kind.__name__} has no {sorted(unknown)[0]!r:.40}")
    try:
        return kind(**{name: _parsed(entries[name], value) for name, value in data.items()})
    except (TypeError, OverflowError) as error:
        raise ValueError(f"not {kind.__name__}: {error}") from error


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value


def _parsed(kind: Any, value: Any) -> Any:
    if isinstance(kind, types.UnionType):
        raise TypeError("groups have plain fields only")
    if kind is bool:
        if not isinstance(value, bool):
            raise TypeError(f"{value!r:.40} is neither true nor false")
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError(f"{value!r:.40} is no plain value")
    return kind(value)
