"""A text becomes a prompt that means exactly this text: nothing in it is syntax any more.

For phrases and typed words that go into a prompt. A1111 understands the backslashes too: it drops
one that stands before anything but a bracket.
"""

from __future__ import annotations

import re

# BREAK and AND count as words before two underscores, too: a backslash will stand between them
SYNTAX = re.compile(r"[\\()\[\]{}|#<]|_(?=_)|(?<=\bBRE)(?=AK(?:\b|__))|(?<=\bA)(?=ND(?:\b|__))")


def escape(text: str) -> str:
    r"""Return the prompt of a text that is to be read as it stands.

    >>> escape("회의 (12:30) [취소]")
    '회의 \\(12:30\\) \\[취소\\]'
    >>> escape("BREAK")
    'BRE\\AK'
    """
    return SYNTAX.sub(lambda found: "\\" + found[0], text)
