"""Every look changes a thing in a way of its own, and every mood a background."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from pipelines.bridge.adjective_effects import Look
from pipelines.training.crayon.backdrops import MOODS, scribble
from pipelines.training.crayon.effect_canvas import SIDE
from pipelines.training.crayon.effects import apply_effect, growth
from pipelines.training.crayon.glyphs import draw_shape

RED, BLUE = (229, 50, 45), (36, 86, 214)


def shown(look: Look | None) -> np.ndarray:
    """Return a red heart with a look before white, as floats."""
    from PIL import Image

    sprite = draw_shape("heart", RED)
    dressed = apply_effect(sprite, look) if look else sprite.resize((SIDE, SIDE))
    page = Image.new("RGBA", (SIDE, SIDE), "white")
    page.alpha_composite(dressed)
    return np.asarray(page.convert("RGB"), dtype=np.float32)


@pytest.mark.parametrize("look", Look)
def test_a_look_is_a_square_in_which_something_shows(look: Look) -> None:
    dressed = apply_effect(draw_shape("heart", RED), look)
    assert (dressed.mode, dressed.size) == ("RGBA", (SIDE, SIDE))
    assert (np.asarray(dressed.getchannel("A")) > 40).mean() > 0.08
    assert dressed.tobytes() == apply_effect(draw_shape("heart", RED), look).tobytes()
    assert 1.0 <= growth(look) < 1.2


def test_no_two_looks_are_alike() -> None:
    pictures = {look: shown(look) for look in (None, *Look)}
    for first, second in combinations(pictures, 2):
        difference = np.abs(pictures[first] - pictures[second]).mean()
        assert difference > 3, f"{first} looks like {second}"


@pytest.mark.parametrize("mood", ["", *MOODS])
def test_a_scribble_has_the_colour_asked_for(mood: str) -> None:
    red, blue = (np.asarray(scribble(rgb, mood, 5), dtype=float) for rgb in (RED, BLUE))
    assert red[..., 0].mean() > red[..., 2].mean()
    assert blue[..., 2].mean() > blue[..., 0].mean()


def test_scribbles_vary_with_the_seed_and_are_the_same_for_one() -> None:
    first, again, other = (scribble(None, "merry", seed) for seed in (1, 1, 2))
    assert first.tobytes() == again.tobytes() != other.tobytes()
