"""The scores: what is asked, and that real renders reach the ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from pipelines.training.crayon.captions import Captioner
from pipelines.training.crayon.classifier import Judge, cut, views
from pipelines.training.crayon.holdout import is_held_out
from pipelines.training.crayon.scenes import Arrangement, Renderer, Scene, Thing
from pipelines.training.crayon.score import exam, score
from pipelines.training.crayon.vocabulary import Vocabulary


def test_the_never_seen_tests_hold_only_what_is_held_out(vocabulary: Vocabulary) -> None:
    asked = {test.name: test.scenes for test in exam(vocabulary, pairs=20, tints=10)}
    for name in ("pair, never seen", "colour and shape, never seen", "tint, never seen"):
        assert len(asked[name]) >= 10
        assert all(is_held_out(scene, vocabulary) for scene in asked[name])
    assert not any(is_held_out(s, vocabulary) for s in asked["colour and shape, seen"])


def test_each_thing_of_a_pair_is_looked_at_where_it_stands(renderer: Renderer) -> None:
    for arrangement in Arrangement:
        scene = Scene((Thing("네모", "red"), Thing("네모", "black")), arrangement)
        first, second = (cut(renderer.render(scene), box) for box in views(scene))
        assert first[0, 32, 32] > 0.5 > second[0, 32, 32]


def test_real_renders_score_as_high_as_the_ceiling(
    renderer: Renderer, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    captioner, judge = Captioner(vocabulary), Judge(vocabulary)
    judge.train(renderer, 1, tmp_path / "judge.pt")
    asked = [replace(test, scenes=test.scenes[:2]) for test in exam(vocabulary, 4, 4)]
    rendered = {captioner.plain(s): renderer.render(s) for test in asked for s in test.scenes}

    def draw(prompts: Sequence[str]) -> list[Image.Image]:
        return [rendered[prompt] for prompt in prompts]

    figures = score(draw, judge, renderer, vocabulary, asked)
    assert len(figures) == len(asked)
    assert all(row["all right"] == row["ceiling"] for row in figures.values())
