"""Text as people paste it becomes text that can be read: one form for each letter, nothing unseen.

Knows Unicode. Does not know words.
"""

from __future__ import annotations

import re
import unicodedata

from models.composed import composed, of_usual_width

# zero-width, joiners, direction marks, variation selectors, skin tones, Hangul fillers
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
WIDE = re.compile("[\uff01-\uff5e\u3000]+")  # ＡＢＣ, not ㅋ: NFKC would break single jamo
HALFWIDTH = re.compile("[\uffa1-\uffdc]+")  # ﾡ, halfwidth jamo


def cleaned(text: str) -> str:
    """Return the text composed (NFC), without what cannot be seen, in letters of usual width.

    >>> cleaned("ㅋ\u200bㅋ ＡＢＣ"), len(cleaned("\u1112\u1161\u11ab"))
    ('ㅋㅋ ABC', 1)
    """
    text = composed(text)
    text = WIDE.sub(lambda found: of_usual_width(found[0]), text)
    text = HALFWIDTH.sub(_jamo, text)
    return composed(UNSEEN.sub("", text))


def _jamo(found: re.Match[str]) -> str:
    """Return halfwidth jamo as single letters of usual width."""
    names = (unicodedata.name(letter, "") for letter in found[0])
    wide = (name.replace("HALFWIDTH ", "") for name in names)
    return "".join(_by_name(name) for name in wide)


def _by_name(name: str) -> str:
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return ""
