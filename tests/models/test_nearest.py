"""Which name is offered for a misspelt one."""

from __future__ import annotations

from models.nearest import near, nearest

NAMES = ("Euler", "Euler a", "Heun")


def test_the_nearest_is_named_however_far_it_is():
    assert nearest("Eular", NAMES) == "Euler"
    assert nearest("완전히 다른 말", NAMES) in NAMES


def test_several_are_named_the_nearest_first():
    assert nearest("Euler b", NAMES, 2) == "Euler a, Euler"
    assert nearest("Euler b", iter(NAMES), 9).count(",") == 2


def test_nothing_known_is_nothing_named():
    assert nearest("Euler", ()) == ""


def test_what_is_far_is_not_offered():
    assert near("eular", NAMES) == "Euler"
    assert near("HEUN", NAMES) == "Heun"
    assert near("nope", NAMES) == "" == near("x", ())
