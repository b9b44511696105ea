"""Where a sentence ends, quotation marks and all.

Knows marks. Does not know words; what a model wrote comes in as it is and goes out as one line.
"""

from __future__ import annotations

import re

CLOSING = ".!?…"
OPENERS = "“‘「『("
CLOSERS = "”’」』)"
PLAIN_QUOTE = '"'
BLANKS = re.compile(r"\s+")
ENDLESS = re.compile(r"([.!?…~])\1{3,}")


def first_sentence(text: str) -> tuple[str, bool]:
    """Return the first sentence on one line, and whether it came to its end.

    What somebody says belongs to the sentence that goes on after it.

    >>> first_sentence(" 귀신이 말했다. 하마가 웃")
    ('귀신이 말했다.', True)
    >>> first_sentence("“자유? 하마!” 귀신이 말했다. 그리고")
    ('“자유? 하마!” 귀신이 말했다.', True)
    >>> first_sentence("파란 냄새")
    ('파란 냄새', False)
    """
    text = ENDLESS.sub(r"\1\1\1", text.strip())
    depth, is_quoted = 0, False
    for place, character in enumerate(text):
        if character == "\n":
            return _line(text[:place]), True
        if character == PLAIN_QUOTE:
            is_quoted = not is_quoted
        elif character in OPENERS:
            depth += 1
        elif character in CLOSERS:
            depth = max(0, depth - 1)
        is_inside = depth or is_quoted
        if not is_inside and _ends(text, place):
            return _line(text[: place + 1]), True
    return _line(text), False


def split(text: str) -> tuple[str, ...]:
    """Return the sentences of a text.

    >>> split("문어가 온다. “어서 와!” 문이 말했다\\n파란 냄새")
    ('문어가 온다.', '“어서 와!” 문이 말했다', '파란 냄새')
    """
    found = []
    for line in text.splitlines():
        rest = BLANKS.sub(" ", line).strip()
        while rest:
            sentence, _ = first_sentence(rest)
            found.append(sentence)
            rest = ENDLESS.sub(r"\1\1\1", rest)[len(sentence) :].strip()
    return tuple(found)


def is_closed(sentence: str) -> bool:
    """Say whether a sentence ends with a mark, inside a quotation or not."""
    return sentence.rstrip(f" {CLOSERS}{PLAIN_QUOTE}").endswith(tuple(CLOSING))


def _ends(text: str, place: int) -> bool:
    """Say whether a sentence ends with this character, which stands in no quotation."""
    following = text[place + 1 : place + 2]
    if text[place] in CLOSING:
        return following in ("", " ", "\n") and not text[place + 1 :].startswith((" .", " …"))
    is_quote_end = text[place] in CLOSERS or text[place] == PLAIN_QUOTE
    if not is_quote_end or not is_closed(text[: place + 1]):
        return False
    after = text[place + 1 :].lstrip()
    return not after or after[0] in OPENERS or after[0] == PLAIN_QUOTE


def _line(text: str) -> str:
    return BLANKS.sub(" ", text).strip()
