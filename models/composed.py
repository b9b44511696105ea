"""Text from anywhere is brought to NFC here, and nowhere else: in linear time, a piece at a time.

`unicodedata.normalize` sorts a run of combining marks by insertion: 60,000 marks on one letter take
seconds, in one call that lets no other thread go on. So runs are made safe first, as the
Stream-Safe Text Format of UAX #15 has it (https://www.unicode.org/reports/tr15/): after 30 marks
comes U+034F, which cannot be seen and ends the run. Nothing is left out, no language has such runs.
Long texts are normalised in blocks, so that others get an answer in between. Lengths are the
caller's: look at them before (`MAX_SHRINK`) and after. Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, normalize

MOST_MARKS = 30  # of one run; UAX #15, D3
JOINER = "\u034f"  # COMBINING GRAPHEME JOINER
MAX_SHRINK = 4  # characters that NFC may make one of: U+1F82 is a letter with three marks
BLOCK = 32_768  # characters normalised in one call; about 10 ms
REACH = 4  # characters before a border that may still take in the next one

# marks are neither letters nor digits: most texts are through after this
# what nothing can join: whole syllables of Hangul, their letters side by side, quotation marks
_PLAIN = re.compile("[\\x00-\\x7f\\uac00-\\ud7a3\\u3131-\\u318e\\u2018-\\u201d\\u2026\\u00b7]*")
_SUSPECT = re.compile(rf"[^\w\x00-\x7f]{{{MOST_MARKS + 1},}}")


def composed(text: str) -> str:
    """Return the text in NFC, runs of more than 30 combining marks parted by U+034F.

    >>> composed("\\u1112\\u1161\\u11ab"), len(composed("e" + "\\u0323" * 61))
    ('한', 63)
    """
    if text.isascii() or _PLAIN.fullmatch(text):
        return text
    if len(text) * MAX_SHRINK <= MOST_MARKS:
        return normalize("NFC", text)
    text = _SUSPECT.sub(_parted, text)
    text = "".join(normalize("NFC", block) for block in _blocks(text))
    return _SUSPECT.sub(_parted, text)  # some marks are two in NFC: U+0344


def of_usual_width(text: str) -> str:
    """Return the text in NFKC: for letters whose wide forms are known to be one letter each.

    >>> of_usual_width("ＡＢＣ")
    'ABC'
    """
    return "".join(normalize("NFKC", letter) for letter in text)


def _parted(found: re.Match[str]) -> str:
    """Return a stretch of signs with a joiner after every 30 marks in a row."""
    parts: list[str] = []
    run = 0
    for sign in found[0]:
        run = run + 1 if combining(sign) else 0
        if run > MOST_MARKS:
            parts.append(JOINER)
            run = 1
        parts.append(sign)
    return "".join(parts)


def _blocks(text: str) -> Iterator[str]:
    """Yield the text in pieces whose NFCs make up its NFC."""
    start = 0
    while start < len(text):
        end = min(start + BLOCK, len(text))
        while end < len(text) and not _is_border(text, end):
            end += 1
        yield text[start:end]
        start = end


def _is_border(text: str, place: int) -> bool:
    """Tell whether nothing before `place` can join what stands there."""
    before, after = text[max(0, place - REACH) : place], text[place]
    if combining(after):
        return False
    return normalize("NFC", before + after) == normalize("NFC", before) + normalize("NFC", after)
