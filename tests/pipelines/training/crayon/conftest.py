"""Words, and a renderer where the emoji font is installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from pipelines.training.crayon.glyphs import FONT, FONT_PACKAGE, Glyphs
from pipelines.training.crayon.scenes import Renderer
from pipelines.training.crayon.vocabulary import DrawableVocabulary, read_lexicon


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[None]:
    """Keep torch to one thread: so small networks gain nothing from more, and wait a lot."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def vocabulary() -> DrawableVocabulary:
    return read_lexicon()


class Shapes(Glyphs):
    """Draws shapes without any font."""

    def __init__(self, vocabulary: DrawableVocabulary) -> None:
        self._vocabulary = vocabulary
        self._sprites, self._sized = {}, {}


@pytest.fixture(scope="session")
def shapes(vocabulary: DrawableVocabulary) -> Renderer:
    """Return a renderer that knows shapes and places alone, so that it needs no font."""
    drawn = tuple(noun for noun in vocabulary.nouns if not noun.emoji)
    known = DrawableVocabulary(drawn, vocabulary.colours)
    return Renderer(known, Shapes(known))


@pytest.fixture(scope="session")
def renderer(vocabulary: DrawableVocabulary) -> Renderer:
    if not FONT.is_file():
        pytest.skip(f"no emoji font at {FONT} (package {FONT_PACKAGE})")
    return Renderer(vocabulary, Glyphs(vocabulary))
