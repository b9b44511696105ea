"""How often the picture model draws what the prompt names, and how accurate its judge is.

Beside every score stand two ceilings, the same questions about real renders and about what the
codec leaves of them; a control asks about the wrong prompts, where only chance may be left.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from typing import Any

from PIL import Image

from pipelines.training.crayon.classifier import (
    FULL,
    SCRIBBLE,
    WHOLE,
    Judge,
    Judgement,
    cut,
    ground_of,
    views,
)
from pipelines.training.crayon.exam import Expectation, Test
from pipelines.training.crayon.scenes import Renderer, Scene
from pipelines.training.crayon.vocabulary import DrawableVocabulary

logger = logging.getLogger(__name__)

Draw = Callable[[Sequence[str], int], list[Image.Image]]  # prompts and a seed
Recode = Callable[[Sequence[Image.Image]], list[Image.Image]]
SEEDS = (1, 1001, 2001)
CONTROL = 97  # how far off the prompts of the control are
Marks = dict[str, bool]


class Marker:
    """Marks pictures: what was right about each."""

    def __init__(self, judge: Judge, vocabulary: DrawableVocabulary) -> None:
        self._judge = judge
        self._colours = tuple(colour.en for colour in vocabulary.colours)

    def marks(self, expected: Expectation, scene: Scene, picture: Image.Image) -> Marks:
        """Return what is right; the first entry is what the test is about."""
        whole = self._judge.see([cut(picture, FULL)])[0]
        if expected is Expectation.SCRIBBLE:
            return self._scribble(scene, whole)
        boxes = views(scene)
        seen = self._judge.see([cut(picture, box) for box in boxes])
        pairs = list(zip(scene.things, seen, strict=True))
        named = [thing.noun == found.noun for thing, found in pairs]
        noun, is_plain = all(named), whole.ground == ground_of(scene, self._colours)
        shaded = all(thing.colour == found.colour for thing, found in pairs)
        look = all(thing.look == found.look for thing, found in pairs)
        marks: dict[Expectation, Marks] = {
            Expectation.COLOURS: {"both": noun and shaded, "noun": noun, "colour": shaded},
            Expectation.COUNT: {"count": whole.count == scene.things[0].count, "noun": noun},
            Expectation.GROUND: {"ground": is_plain, "noun": noun},
            Expectation.LOOK: {"look": look, "noun": noun, "both": look and noun},
            Expectation.NOUNS: {
                "nouns": noun,
                "one at least": any(named),
                "no stray ground": is_plain,
            },
            Expectation.FOUND: {"a noun": self._finds_one(scene, picture), "every noun": noun},
        }
        return marks[expected]

    def _finds_one(self, scene: Scene, picture: Image.Image) -> bool:
        boxes = (WHOLE, FULL, *views(scene))
        nouns = {found.noun for found in self._judge.see([cut(picture, box) for box in boxes])}
        return any(thing.noun in nouns for thing in scene.things)

    def _scribble(self, scene: Scene, whole: Judgement) -> Marks:
        mood = whole.ground == SCRIBBLE + scene.mood
        colour = not scene.backdrop or whole.colour == scene.backdrop
        return {"both": mood and colour, "mood": mood, "colour": colour}


def ceilings(marker: Marker, renderer: Renderer, recode: Recode, test: Test) -> dict[str, Any]:
    """Return what real renders of a test reach, and what the codec leaves of that."""
    real = [renderer.render(scene) for scene in test.scenes]
    return {
        "real renders": shares(test, real, marker),
        "through the codec": shares(test, recode(real), marker),
    }


def score(draw: Draw, marker: Marker, test: Test) -> dict[str, Any]:
    """Return what the model reaches in one test, and the control."""
    drawn = [draw(test.prompts, seed) for seed in SEEDS]
    row = {
        "pictures": len(SEEDS) * len(test.scenes),
        "model": shares(test, [picture for several in drawn for picture in several], marker),
    }
    if test.expected is Expectation.NOUNS:
        row["wrong prompt"] = shares(_shifted(test), drawn[0], marker)
    logger.info("%s: %s", test.name, json.dumps(row))
    return row


def table(figures: dict[str, Any]) -> str:
    """Return the figures as rows of a Markdown table, as the model card has them."""
    lines = ["| asked | pictures | right | through the codec | real renders |"]
    lines.append("|---|---|---|---|---|")
    for name, row in figures.items():
        first, *others = row["model"].items()
        more = ", ".join(f"{mark} {share} %" for mark, share in others)
        right = f"**{first[1]} %**" + (f" ({more})" if more else "")
        ceilings = [f"{row[kind][first[0]]} %" for kind in ("through the codec", "real renders")]
        lines.append(" | ".join((f"| {name}", str(row["pictures"]), right, *ceilings)) + " |")
        if "wrong prompt" in row:
            wrong = f"**{row['wrong prompt'][first[0]]} %**"
            control = ("| ... of the wrong prompt", str(row["pictures"] // len(SEEDS)), wrong)
            lines.append(" | ".join((*control, "", "")) + " |")
    return "\n".join(lines)


def _shifted(test: Test) -> Test:
    """Return the test with each scene matched to another's picture."""
    far = CONTROL % len(test.scenes) or 1
    return Test(test.name, test.expected, test.scenes[far:] + test.scenes[:far], test.prompts)


def shares(test: Test, pictures: Sequence[Image.Image], marker: Marker) -> dict[str, float]:
    """Return the percentage of pictures for each mark; pictures may repeat the scenes."""
    marks = [
        marker.marks(test.expected, test.scenes[i % len(test.scenes)], picture)
        for i, picture in enumerate(pictures)
    ]
    return {
        name: round(100 * sum(mark[name] for mark in marks) / len(marks), 1) for name in marks[0]
    }
