"""One class name means one thing: no two modules define it, but for a list that only shrinks.

A leading underscore is ignored. The share is what `python -m benchmarks house` prints.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from benchmarks.house.measure import HouseFigures, measure
from benchmarks.house.source import read_house

ROOT = Path(__file__).resolve().parents[2]
MOST = 0.08  # of all class definitions
# Never add a name here: find another word. Take one away as soon as it means one thing.
HOMONYMS = frozenset[str]()


@cache
def house() -> HouseFigures:
    return measure(read_house(ROOT))


def test_no_class_name_is_used_for_a_second_thing() -> None:
    added = {name: where for name, where in house().homonyms.items() if name not in HOMONYMS}
    listed = "\n".join(f"{name}: {', '.join(where)}" for name, where in added.items())
    assert not added, f"these names mean two things; find another word:\n{listed}"


def test_what_means_one_thing_by_now_leaves_the_list() -> None:
    assert not HOMONYMS - set(house().homonyms), "take these names off the list"


def test_few_definitions_share_their_name() -> None:
    found = house()
    assert found.classes > 300, "the house was not read"
    assert found.homonym_share <= MOST
