"""Pictures of scenes: always the same, and what they should be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipelines.training.crayon.backdrops import BACKDROPS, backdrop
from pipelines.training.crayon.glyphs import DEFAULT_COLOURS, FontMissing, Glyphs, draw_shape
from pipelines.training.crayon.scenes import Arrangement, Renderer, Scene, Thing
from pipelines.training.crayon.vocabulary import DrawableVocabulary, read_snapshot, snapshot


def test_rendering_is_deterministic(renderer: Renderer) -> None:
    scene = Scene((Thing("장미"), Thing("코")), Arrangement.ABOVE, "night", jitter=7)
    first, second = renderer.render(scene), renderer.render(scene)
    assert first.size == (256, 256)
    assert first.tobytes() == second.tobytes()


def test_every_noun_has_a_picture_of_its_own(
    renderer: Renderer, vocabulary: DrawableVocabulary
) -> None:
    pictures = set()
    for noun in vocabulary.nouns:
        scene = Scene((Thing(noun.ko),)) if noun.is_thing else Scene((), backdrop=noun.scene)
        pixels = np.asarray(renderer.render(scene))
        assert (pixels != 255).any(axis=-1).mean() > 0.02, f"{noun.ko} is all but invisible"
        pictures.add(pixels.tobytes())
    assert len(pictures) == len(vocabulary.nouns)


def test_order_and_side_are_as_the_scene_says(renderer: Renderer) -> None:
    things = (Thing("네모", "red"), Thing("네모", "black"))
    beside = np.asarray(renderer.render(Scene(things, Arrangement.BESIDE)))
    above = np.asarray(renderer.render(Scene(things, Arrangement.ABOVE)))
    assert beside[128, 66, 0] > 200 > beside[128, 190, 0]
    assert above[66, 128, 0] > 200 > above[190, 128, 0]


def test_counts_leave_gaps_between_copies(renderer: Renderer) -> None:
    pixels = np.asarray(renderer.render(Scene((Thing("하트", count=2),))))
    columns = (pixels != 255).any(axis=(0, 2))
    assert np.diff(columns.astype(int)).clip(0).sum() + int(columns[0]) == 2


@pytest.mark.parametrize("name", sorted(DEFAULT_COLOURS))
def test_shapes_take_the_colour_asked_for(name: str) -> None:
    picture = draw_shape(name, (36, 86, 214))
    red, green, blue, alpha = np.asarray(picture)[picture.height // 2, picture.width // 3]
    assert (red, green, blue, alpha) == (36, 86, 214, 255)


def test_a_shape_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="blob"):
        draw_shape("blob", (0, 0, 0))
    with pytest.raises(ValueError, match="nowhere"):
        backdrop("nowhere")


def test_every_place_of_the_lexicon_has_a_backdrop(vocabulary: DrawableVocabulary) -> None:
    assert {noun.scene for noun in vocabulary.scenes} <= set(BACKDROPS)


def test_a_missing_font_names_its_package(vocabulary: DrawableVocabulary, tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match="fonts-noto-color-emoji"):
        Glyphs(vocabulary, tmp_path / "none.ttf")


def test_a_snapshot_of_the_words_comes_back_equal(vocabulary: DrawableVocabulary) -> None:
    assert read_snapshot(snapshot(vocabulary)) == vocabulary
