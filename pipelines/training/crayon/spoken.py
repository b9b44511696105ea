"""Sentences of the grammar engine as scenes: the prompts that the product will really get.

Each gives one scene, the drawable part of the sentence, and two captions: the sentence itself and
the short one that the bridge makes of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from pipelines.bridge.caption import CrayonCaption, Drawn
from pipelines.bridge.caption_parser import caption_for, parse_caption
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import TextRequest
from pipelines.text.engines import say
from pipelines.training.crayon import look_words
from pipelines.training.crayon.scenes import Arrangement, Scene, Thing, ThingSize
from pipelines.training.crayon.vocabulary import DrawableVocabulary

AT_ONCE = 50
SMALL = ("작은", "조그만")
CaptionedScene = tuple[Scene, tuple[str, ...]]  # a scene and its fixed captions


class PhraseScenes:
    """Turns phrases into scenes of a vocabulary."""

    def __init__(self, vocabulary: DrawableVocabulary) -> None:
        self._colours = {colour.ko: colour.en for colour in vocabulary.colours}
        self._places = {noun.ko: noun.scene for noun in vocabulary.scenes}
        self._looks = {form: look for look, forms in look_words.looks().items() for form in forms}

    def scene(self, drawing: CrayonCaption, jitter: int = 0) -> Scene:
        """Return the scene of what can be drawn of a phrase."""
        things = [self._thing(thing) for thing in drawing.things]
        arrangement = Arrangement.BESIDE
        if len(things) == 2 and drawing.position in ("위에", "속에"):
            things.reverse()
        if drawing.position in ("위에", "아래에") and len(things) == 2:
            arrangement = Arrangement.ABOVE
        if drawing.position == "속에" and len(things) == 2:
            arrangement = Arrangement.INSIDE
        backdrop = self._places.get(drawing.place, "") or self._colours.get(drawing.colour, "")
        return Scene(tuple(things), arrangement, backdrop, jitter, drawing.mood)

    def _thing(self, drawn: Drawn) -> Thing:
        size = ThingSize.NORMAL
        if drawn.size:
            size = ThingSize.SMALL if drawn.size in SMALL else ThingSize.HUGE
        colour, look = self._colours.get(drawn.colour, ""), self._looks.get(drawn.look, "")
        return Thing(drawn.noun, colour, drawn.count, size, drawn.is_flipped, look)


def phrases(seed: int) -> Iterator[Phrase]:
    """Yield phrases of the grammar engine without end, the same for the same seed."""
    while True:
        yield from say(TextRequest(count=AT_ONCE, seed=seed))
        seed += 1


def captioned_scenes(vocabulary: DrawableVocabulary, seed: int = 0) -> Iterator[CaptionedScene]:
    """Yield scenes of engine phrases with their captions, without end."""
    phrase_scenes, chance = PhraseScenes(vocabulary), random.Random(f"spoken {seed}")
    for phrase in phrases(seed):
        drawing = parse_caption(phrase)
        is_scribble = not drawing.things and not drawing.place
        if is_scribble and chance.random() < 0.6:
            continue  # a third of all phrases has no thing; so many are not needed
        jitter = chance.randrange(1, 2**31) if is_scribble or chance.random() < 0.1 else 0
        yield phrase_scenes.scene(drawing, jitter), (phrase.ko, caption_for(phrase))
