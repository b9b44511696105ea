"""What a person typed becomes one picture's prompt: their styles and word lists, their lots.

Styles lie in styles.csv of the data folder, word lists in its folder wildcards/. They are read
again for every drawing, so that what was just written counts. Knows no widgets and no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pipelines.bridge import word
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.painter import Painter
from pipelines.contract.requests import PictureRequest
from pipelines.image.prompt.escape import escape_name
from pipelines.image.prompt.expand import expand
from pipelines.image.prompt.networks import take_networks
from pipelines.image.prompt.style_sheet import StyleSheet, read_styles
from pipelines.image.prompt.styles import Style, find_styles

STYLES = "styles.csv"
WILDCARDS = "wildcards"
GAPS = (  # what a tag that was taken out leaves
    (re.compile(r" *,(?: *,)+"), ","),
    (re.compile(r" {2,}"), " "),
    (re.compile(r" +,"), ","),
)


def title_of(prompt: str) -> str:
    """Return what to call a picture that has a prompt only: the prompt without its tags.

    >>> title_of("a cat <lora:ink:0.8>, rain, <lora:x:1>, sun"), title_of("<lora:x:1>")
    ('a cat, rain, sun', '<lora:x:1>')
    """
    try:
        bare = take_networks(prompt)[0]
    except InvalidRequest:  # reported when it is drawn
        return prompt
    for gap, filled in GAPS:
        bare = gap.sub(filled, bare)
    return bare.strip(", \n") or prompt


class PromptDesk:
    """The styles and word lists of one data folder.

    Args:
        folder: the data folder; neither file needs to be there.
    """

    def __init__(self, folder: Path) -> None:
        self._styles, self._words = folder / STYLES, folder / WILDCARDS

    def styles(self) -> StyleSheet:
        """Return the styles and the rows that cannot be read; InvalidRequest where none can."""
        return read_styles([self._styles]) if self._styles.is_file() else StyleSheet()

    def ready(
        self, request: PictureRequest, painter: Painter, styles: Iterable[str] = ()
    ) -> PictureRequest:
        """Return the request with the prompt of its own seed, which is settled now.

        Tags such as `<lora:ink:0.8>` stay: the painter reads them. Korean becomes English where
        the model reads English; what was typed stays in the template.

        Raises:
            InvalidRequest: it names a style or a list that is not there.
            DiskError: a file cannot be read.
        """
        request = request.settled()
        names = tuple(styles)
        chosen = self._chosen(names)
        found = expand(request.prompt, request.negative_prompt, chosen, self._words, request.seed)
        prompt = self.worded(found.written, request.model, painter)
        without = self.worded(found.negative, request.model, painter)
        typed = request.prompt if prompt.strip() != request.prompt else ""
        phrase = request.phrase
        if phrase.ko == title_of(request.prompt):  # the lots that were drawn, without the styles
            bare = expand(request.prompt, "", (), self._words, request.seed).written
            phrase = replace(phrase, ko=title_of(bare).strip() or phrase.ko)
        return replace(
            request, phrase=phrase, prompt=prompt, negative_prompt=without, template=typed
        )

    def _chosen(self, names: tuple[str, ...]) -> tuple[Style, ...]:
        """Return the styles of these names; of one that is not there, say which row is broken."""
        if not names:
            return ()
        sheet = self.styles()
        known = {style.name for style in sheet.styles}
        if sheet.mistakes and not known.issuperset(names):
            raise sheet.mistakes[0]
        return find_styles(names, sheet.styles)

    def worded(self, prompt: str, model: str, painter: Painter) -> str:
        """Return a prompt in the language that a model reads, as far as its words are known."""
        known = painter.known(model)
        if known is None or prompt.isascii():
            return prompt
        return word(prompt, known.reads, _embeddings(painter)).prompt


def _embeddings(painter: Painter) -> Iterator[str]:
    """Yield the names of the embeddings; asks the painter only when somebody wants one."""
    for part in painter.parts():
        if part.kind == "embedding":
            yield from {part.name: None, escape_name(part.name): None}
