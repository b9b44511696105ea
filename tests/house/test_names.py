"""One class name means one thing: no two modules define it, but for a list that only shrinks.

A leading underscore is ignored. The share is what `python -m benchmarks house` prints.
"""

from __future__ import annotations

import pytest

from benchmarks.house.measure import HouseFigures, measure
from benchmarks.house.source import SourceModule

MOST = 0.08  # of all class definitions
# Never add a name here: find another word. Take one away as soon as it means one thing.
HOMONYMS = frozenset[str]()


@pytest.fixture(scope="module")
def house(modules: tuple[SourceModule, ...]) -> HouseFigures:
    return measure(modules)


def test_no_class_name_is_used_for_a_second_thing(house: HouseFigures) -> None:
    added = {name: where for name, where in house.homonyms.items() if name not in HOMONYMS}
    listed = "\n".join(f"{name}: {', '.join(where)}" for name, where in added.items())
    assert not added, f"these names mean two things; find another word:\n{listed}"


def test_what_means_one_thing_by_now_leaves_the_list(house: HouseFigures) -> None:
    assert not HOMONYMS - set(house.homonyms), "take these names off the list"


def test_few_definitions_share_their_name(house: HouseFigures) -> None:
    assert house.classes > 300, "the house was not read"
    assert house.homonym_share <= MOST
