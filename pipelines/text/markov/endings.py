"""How an eojeol goes on: the part it plays, where its sentence could as well go on elsewhere.

Knows the last syllables of Korean words and nothing of their meaning: a guess, good enough to join
two halves of everyday sentences.
"""

from __future__ import annotations

from enum import StrEnum


class EojeolRole(StrEnum):
    """What an eojeol does in its sentence."""

    SUBJECT = "subject"
    OBJECT = "object"
    PLACE = "place"
    LINK = "link"


SUBJECTS = ("은", "는", "이", "가", "도", "께서")
OBJECTS = ("을", "를")
PLACES = ("에", "에서", "에게", "한테", "까지", "부터", "으로")
LINKS = ("고", "서", "면", "니까", "지만", "는데", "다가", "려고", "며", "길래", "더니")
# verbs before a noun, and adverbs, that end as if they had a particle
NO_NOUNS = frozenset(
    "많이 같이 없이 깊이 높이 굳이 일찍이 더욱이 있는 없는 하는 되는 않는 있을 없을 먹을 읽을 "
    "찾을 같은 많은 좋은 작은 젊은 늙은 않은".split()
)


def role_of(eojeol: str) -> EojeolRole | None:
    """Return what an eojeol does, None when its end does not tell.

    >>> role_of("고양이를"), role_of("학교에서"), role_of("먹고"), role_of("갔다")
    (<EojeolRole.OBJECT: 'object'>, <EojeolRole.PLACE: 'place'>, <EojeolRole.LINK: 'link'>, None)
    """
    if len(eojeol) < 2 or eojeol in NO_NOUNS:
        return None
    for role, ends in (
        (EojeolRole.OBJECT, OBJECTS),
        (EojeolRole.PLACE, PLACES),
        (EojeolRole.LINK, LINKS),
        (EojeolRole.SUBJECT, SUBJECTS),
    ):
        if eojeol.endswith(ends):
            return role
    return None
