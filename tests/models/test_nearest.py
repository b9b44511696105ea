"""Which name is offered for a misspelt one."""

from __future__ import annotations

from models.nearest import MOST_LISTED, near, near_or_known

NAMES = ("Euler", "Euler a", "Heun")


def test_what_is_far_is_not_offered():
    assert near("eular", NAMES) == "Euler"
    assert near("HEUN", NAMES) == "Heun"
    assert near("nope", NAMES) == "" == near("x", ())


def test_a_name_like_it_is_named_or_those_that_there_are():
    assert near_or_known("Eular", NAMES) == {"nearest": "Euler"}
    assert near_or_known("완전히 다른 말", iter(NAMES)) == {"known": "Euler, Euler a, Heun"}
    many = [f"model {number:02}" for number in range(99)]
    assert near_or_known("없어요", many)["known"].count(",") == MOST_LISTED
