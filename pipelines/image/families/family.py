"""What is known of one family of picture models. Knows no ML library and no widget."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.prompt_language import PromptLanguage
from pipelines.image.latents.preview import PreviewMap

Size = tuple[int, int]  # width, height


@dataclass(frozen=True, slots=True)
class Preset:
    """What a kind of model is usually asked for.

    Attributes:
        name: "usual", or how models of few steps are called: "Turbo", "Lightning", "LCM", "Hyper".
        guidance: 1 is off: distilled models have it built in.
        sampler, schedule: names of the tables in sampling/.
        clip_skip: layers counted from the last one.
    """

    name: str
    steps: int
    guidance: float
    sampler: str
    schedule: str = "Automatic"
    clip_skip: int = 1


@dataclass(frozen=True, slots=True)
class Family:
    """One family of picture models.

    Attributes:
        name: short name, as in `models/families/` and in a model's probe.
        latent_channels, text_width: what recognises it: the channels of its latents and the width
            of the text states its denoiser attends to.
        side_multiple: pixels; sides must be multiples of it.
        language: what to say to it.
        sizes: square, upright, wide.
        presets: "usual" first.
        preview_map: of its latents; None when a model brings its own, or nobody fitted one.
        overflows_in_half: its VAE makes numbers that fp16 cannot hold.
        may_answer_either: published with both predictions and the same tensors.
    """

    name: str
    latent_channels: int
    text_width: int
    side_multiple: int
    language: PromptLanguage
    sizes: tuple[Size, Size, Size]
    presets: tuple[Preset, ...]
    preview_map: PreviewMap | None = None
    overflows_in_half: bool = False
    may_answer_either: bool = False

    @property
    def usual(self) -> Preset:
        """Return what a plain model of this family is asked for."""
        return self.presets[0]

    def check_sides(self, width: int, height: int) -> None:
        """Raise InvalidRequest when the cells of its latents do not fit the sides."""
        multiple = self.side_multiple
        for field, side in (("width", width), ("height", height)):
            if side % multiple:
                raise InvalidRequest("request.multiple", field=field, value=side, multiple=multiple)
