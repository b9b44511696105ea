"""What a person typed becomes the prompt of one picture: notes, styles, wildcards, networks.

Done once per picture with its own seed. Notes go before styles come, so that a note at the end of
a prompt does not swallow the style behind it. AND, schedules and weights are read by the drawing.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.comments import strip_comments
from pipelines.image.prompt.networks import take_networks
from pipelines.image.prompt.styles import Style, apply_styles
from pipelines.image.prompt.wildcards import draw_wildcards
from pipelines.image.prompt.word_lists import WordLists


@dataclass(frozen=True, slots=True)
class Expanded:
    """The prompt of one picture.

    Attributes:
        prompt: without network tags; what is split, scheduled and weighted.
        negative: what to leave out.
        written: the prompt with its tags; what is kept in a picture's metadata.
        template: `written` before anything was drawn; the same when nothing was.
        negative_template: `negative` before anything was drawn.
    """

    prompt: str
    negative: str
    written: str
    template: str
    negative_template: str


def expand(
    prompt: str,
    negative: str,
    styles: Iterable[Style] = (),
    wildcard_folder: Path | None = None,
    seed: int = 0,
) -> Expanded:
    """Return the prompt of the picture with this seed.

    >>> found = expand("cat <lora:ink:0.7> # mine", "", [Style("photo", "photo of {prompt}, 4k")])
    >>> found.prompt, found.written
    ('photo of cat  , 4k', 'photo of cat <lora:ink:0.7> , 4k')

    Raises:
        InvalidRequest: something it names is not there, or it becomes too long.
        DiskError: a word list cannot be read.
    """
    plain = [
        replace(style, prompt=strip_comments(style.prompt), negative=strip_comments(style.negative))
        for style in styles
    ]
    template, negative_template = apply_styles(
        strip_comments(prompt), strip_comments(negative), plain
    )
    words = WordLists(wildcard_folder).words
    # each has its own chance: a word more in one does not change what is drawn in the other
    written = draw_wildcards(template, words, random.Random(f"{seed} prompt"))
    without = draw_wildcards(
        negative_template, words, random.Random(f"{seed} negative"), "negative_prompt"
    )
    bare, _ = take_networks(written)
    misplaced = take_networks(without)[1]
    if misplaced:
        raise InvalidRequest("prompt.network.negative", tag=misplaced[0].tag[:60])
    return Expanded(bare, without, written, template, negative_template)
