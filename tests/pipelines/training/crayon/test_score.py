"""The scores: what is asked, that the right picture is right, and the wrong one wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from PIL import Image
from torch import Tensor

from pipelines.bridge.adjective_effects import Look
from pipelines.training.crayon.classifier import FULL, Judge, Judgement, cut, ground_of, views
from pipelines.training.crayon.exam import Examiner, ExamSize, Expectation, Test
from pipelines.training.crayon.holdout import is_held_out
from pipelines.training.crayon.scenes import Arrangement, Renderer, Scene, Thing
from pipelines.training.crayon.score import SEEDS, Marker, ceilings, score, table
from pipelines.training.crayon.vocabulary import DrawableVocabulary

SMALL = ExamSize(pairs=8, tints=8, counted=3, inside=3, grounds=1, looks=1, phrases=12)


@pytest.fixture(scope="module")
def tests(vocabulary: DrawableVocabulary) -> dict[str, Test]:
    return {test.name: test for test in Examiner(vocabulary, SMALL).tests()}


class Oracle(Judge):
    """Knows the parts of some renders by heart, and takes all others for the first."""

    def __init__(self, scenes: Sequence[Scene], renderer: Renderer) -> None:
        colours = [colour.en for colour in renderer.vocabulary.colours]
        self._known: dict[bytes, Judgement] = {}
        for scene in scenes:
            picture = renderer.render(scene)
            count, ground = sum(t.count for t in scene.things), ground_of(scene, colours)
            colour = scene.backdrop if not scene.things else ""
            self._keep(cut(picture, FULL), Judgement("", colour, "", count, ground))
            for thing, box in zip(scene.things, views(scene), strict=True):
                seen = Judgement(thing.noun, thing.colour, thing.look, count, ground)
                self._keep(cut(picture, box), seen)

    def _keep(self, part: Tensor, seen: Judgement) -> None:
        self._known[part.numpy().tobytes()] = seen

    def see(self, parts: Sequence[Tensor]) -> list[Judgement]:
        nothing = Judgement("", "", "", 0, "")
        return [self._known.get(part.numpy().tobytes(), nothing) for part in parts]


def test_the_never_seen_tests_hold_only_what_is_held_out(
    vocabulary: DrawableVocabulary, tests: dict[str, Test]
) -> None:
    never = [name for name in tests if "never seen" in name]
    assert len(never) == 4
    for name in never:
        assert len(tests[name].scenes) >= 8
        assert all(is_held_out(scene, vocabulary) for scene in tests[name].scenes)
    for name in ("colour and shape, seen", "pair, may have been seen", "single noun"):
        assert not any(is_held_out(scene, vocabulary) for scene in tests[name].scenes)


def test_every_noun_look_ground_and_count_is_asked(
    vocabulary: DrawableVocabulary, tests: dict[str, Test]
) -> None:
    singles = [scene.things[0].noun for scene in tests["single noun"].scenes]
    assert singles == [noun.ko for noun in vocabulary.things]
    worn = {scene.things[0].look for scene in tests["look, never seen on the thing"].scenes}
    assert worn == {look.value for look in Look}
    assert {f"count {count}" for count in (1, 2, 3)} <= set(tests)
    assert all(len(test.prompts) == len(test.scenes) for test in tests.values())
    again = {test.name: test for test in Examiner(vocabulary, SMALL).tests()}
    assert again == tests


def test_engine_phrases_name_what_is_asked_for(tests: dict[str, Test]) -> None:
    sent = tests["engine phrase, as it is sent, a noun found"]
    for scene, prompt in zip(sent.scenes, sent.prompts, strict=True):
        assert scene.things and all(thing.noun in prompt for thing in scene.things)


def test_each_thing_of_a_pair_is_looked_at_where_it_stands(shapes: Renderer) -> None:
    for arrangement in (Arrangement.BESIDE, Arrangement.ABOVE, Arrangement.INSIDE):
        scene = Scene((Thing("네모", "red"), Thing("네모", "black")), arrangement)
        first, second = (cut(shapes.render(scene), box) for box in views(scene))
        assert first[0, 32, 32] > 150
        row = 14 if arrangement is Arrangement.INSIDE else 32
        assert second[0, row, 32] < 100


SCRIBBLE = Scene((), backdrop="red", jitter=3, mood="merry")
EXAM = (
    Test(
        "nouns",
        Expectation.NOUNS,
        *zip(
            *[
                (Scene((Thing(a), Thing(b))), f"{a} {b}")
                for a, b in (("별", "하트"), ("하트", "네모"), ("네모", "별"))
            ],
            strict=True,
        ),
    ),
    Test("colours", Expectation.COLOURS, (Scene((Thing("별", "blue"),)),), ("파란 별",)),
    Test("count", Expectation.COUNT, (Scene((Thing("하트", count=2),)),), ("하트 둘",)),
    Test("ground", Expectation.GROUND, (Scene((Thing("하트"),), backdrop="night"),), ("밤 하트",)),
    Test("look", Expectation.LOOK, (Scene((Thing("하트", look="hot"),)),), ("뜨거운 하트",)),
    Test("scribble", Expectation.SCRIBBLE, (SCRIBBLE,), ("신나는",)),
    Test("found", Expectation.FOUND, (Scene((Thing("별"),)),), ("별 같은 것",)),
)


def scored(shapes: Renderer, is_right: bool) -> dict[str, dict[str, dict[str, float]]]:
    scenes = [scene for test in EXAM for scene in test.scenes]
    rendered = {p: shapes.render(s) for t in EXAM for s, p in zip(t.scenes, t.prompts, strict=True)}

    def draw(prompts: Sequence[str], seed: int) -> list[Image.Image]:
        assert seed in SEEDS
        white = Image.new("RGB", (256, 256), "white")
        return [rendered[prompt] if is_right else white for prompt in prompts]

    marker = Marker(Oracle(scenes, shapes), shapes.vocabulary)
    return {
        test.name: {**score(draw, marker, test), **ceilings(marker, shapes, list, test)}
        for test in EXAM
    }


def test_the_right_pictures_reach_both_ceilings(shapes: Renderer) -> None:
    figures = scored(shapes, is_right=True)
    assert list(figures) == [test.name for test in EXAM]
    for row in figures.values():
        assert row["model"] == row["real renders"] == row["through the codec"]
        assert all(share == 100.0 for share in row["model"].values())


def test_blank_pictures_and_wrong_prompts_are_wrong(shapes: Renderer) -> None:
    blank = scored(shapes, is_right=False)
    assert all(next(iter(row["model"].values())) == 0.0 for row in blank.values())
    assert scored(shapes, is_right=True)["nouns"]["wrong prompt"]["nouns"] == 0.0
    assert blank["nouns"]["pictures"] == 3 * len(SEEDS)


def test_the_table_has_each_test_with_its_ceilings_and_control(shapes: Renderer) -> None:
    lines = table(scored(shapes, is_right=True)).splitlines()
    assert lines[2].startswith("| nouns | 9 | **100.0 %** (one at least 100.0 %")
    assert lines[3] == "| ... of the wrong prompt | 3 | **0.0 %** |  |  |"
    assert len(lines) == 2 + len(EXAM) + 1


def test_a_judge_learns_from_renders_and_is_kept(shapes: Renderer, tmp_path: Path) -> None:
    torch.manual_seed(0)
    first, again = Judge(shapes.vocabulary), Judge(shapes.vocabulary)
    first.train(shapes, scenes=6, steps=2, path=tmp_path / "judge.pt")
    again.train(shapes, scenes=6, steps=2, path=tmp_path / "judge.pt")
    part = cut(shapes.render(Scene((Thing("하트"),))), FULL)
    seen = first.see([part])
    assert seen == again.see([part])
    assert seen[0].noun in {noun.ko for noun in shapes.vocabulary.things}
