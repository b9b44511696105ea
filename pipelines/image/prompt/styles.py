"""Styles: named pieces of prompt that are put around what a person types, from A1111's styles.csv.

A style with `{prompt}` is wrapped around the prompt, any other is added behind a comma. What a
file says is read in style_sheet.py. Does not know where the files lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.nearest import near
from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.length import check_length

BLANK = "{prompt}"


@dataclass(frozen=True, slots=True)
class Style:
    """A row of styles.csv."""

    name: str
    prompt: str = ""
    negative: str = ""


def find_styles(names: Iterable[str], styles: Sequence[Style]) -> tuple[Style, ...]:
    """Return the styles of these names, in this order.

    Raises:
        InvalidRequest: there is none of a name; says which is nearest.
    """
    known = {style.name: style for style in styles}
    for name in names:
        if name not in known:
            shown = name[:60]
            if not known:
                raise InvalidRequest("prompt.style.none", style=shown)
            close = near(shown, known)[:60]
            if not close:
                listed = ", ".join(sorted(known))[:200]
                raise InvalidRequest("prompt.style.far", style=shown, known=listed)
            raise InvalidRequest("prompt.style.unknown", style=shown, nearest=close)
    return tuple(known[name] for name in names)


def apply_styles(prompt: str, negative: str, styles: Iterable[Style]) -> tuple[str, str]:
    """Return the prompt and the negative prompt with the styles put around them, in order.

    >>> apply_styles("cat", "", [Style("a", "photo of {prompt}"), Style("b", "4k", "blurry")])
    ('photo of cat, 4k', 'blurry')

    Raises:
        InvalidRequest: it becomes too long.
    """
    for style in styles:
        for written, added, field in (
            (prompt, style.prompt, "picture_prompt"),
            (negative, style.negative, "negative_prompt"),
        ):
            check_length(len(added) + max(1, added.count(BLANK)) * len(written), field)
        prompt, negative = _joined(style.prompt, prompt), _joined(style.negative, negative)
    return prompt, negative


def _joined(style: str, prompt: str) -> str:
    """Return a prompt with one style, as A1111 joins them."""
    if BLANK in style:
        return style.replace(BLANK, prompt)
    return ", ".join(part for part in (prompt.strip(), style.strip()) if part)
