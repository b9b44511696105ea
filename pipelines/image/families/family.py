"""A family of picture models and its presets. Knows no ML library and no widget."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.prompt_language import PromptLanguage
from pipelines.image.latents.preview import PreviewMap

Size = tuple[int, int]  # width, height


@dataclass(frozen=True, slots=True)
class Preset:
    """The settings that suit a kind of model.

    Attributes:
        name: "usual", or the kind of a few-step model: "Turbo", "Lightning", "LCM", "Hyper".
        guidance: guidance scale; 1 is off: distilled models have it built in.
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
        latent_channels, text_width: channels of its latents, and `cross_attention_dim` of its UNet;
            a model's family is recognised by the two.
        side_multiple: pixels; sides must be multiples of it.
        language: of its prompts.
        sizes: square, upright, wide.
        presets: "usual" first.
        preview_map: from its latents to RGB; None when a model brings its own, or none was fitted.
        overflows_in_half: its VAE's activations overflow in fp16.
        may_answer_either: published with both prediction types and the same tensors.
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
        """Return the preset of this family's models that are not distilled."""
        return self.presets[0]

    def check_sides(self, width: int, height: int) -> None:
        """Raise InvalidRequest when a side is no multiple of `side_multiple`."""
        multiple = self.side_multiple
        for field, side in (("width", width), ("height", height)):
            if side % multiple:
                raise InvalidRequest("request.multiple", field=field, value=side, multiple=multiple)
