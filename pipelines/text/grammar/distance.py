"""How far apart words lie: categories, the senses that suit them, and the distance wanted.

Knows categories only. Does not choose anything.
"""

from __future__ import annotations

from functools import cache

from pipelines.text.lexicon import Category, Sense

C = Category
LIVING = (C.ANIMAL, C.PERSON)
MATTER = (C.FOOD, C.NATURE, C.BODY)
MADE = (C.THING, C.CLOTHES, C.VEHICLE, C.INSTRUMENT)
UNSEEN = (C.ABSTRACT, C.SENSATION, C.GESTURE, C.TIME)
SOLID = (C.ANIMAL, *MATTER, *MADE)  # what has a body and may be handled without cruelty
WORLDS = (LIVING, MATTER, MADE, (C.PLACE,), (C.SHAPE,), UNSEEN)

# categories that an adjective of this sense describes without surprise
SUITS: dict[Sense, tuple[Category, ...]] = {
    Sense.MOOD: LIVING,
    Sense.CHARACTER: LIVING,
    Sense.TASTE: (C.FOOD,),
    Sense.SMELL: (C.FOOD, C.BODY, C.CLOTHES, C.NATURE),
    Sense.TOUCH: (*MATTER, *MADE),
    Sense.HEARING: (*LIVING, C.INSTRUMENT, C.PLACE, C.VEHICLE),
    Sense.SIGHT: (C.ANIMAL, *MATTER, *MADE, C.PLACE, C.SHAPE),
    Sense.STATE: tuple(C),
}


@cache
def distance(one: Category, other: Category) -> int:
    """Return 0 for neighbours, 1 for strangers, 2 for a solid thing and an unseen one.

    >>> distance(Category.ANIMAL, Category.PERSON), distance(Category.ANIMAL, Category.ABSTRACT)
    (0, 2)
    """
    if one is other or any(one in world and other in world for world in WORLDS):
        return 0
    return 2 if (one in UNSEEN) != (other in UNSEEN) else 1


def nearest(cats: tuple[Category, ...], cat: Category, when_none: int = 1) -> int:
    """Return the distance of a category to the nearest of several."""
    return min((distance(cat, other) for other in cats), default=when_none)


def wanted_distance(surprise: float) -> float:
    """Return the distance that the clash of a phrase should have.

    0 asks for pairs that nearly make sense, 1 for strangers, 2 for the widest gap there is.
    """
    return 0.2 + 1.1 * surprise if surprise <= 1 else 1.3 + 0.7 * (surprise - 1)
