"""A text becomes a prompt that means exactly this text: nothing in it is syntax any more.

For phrases and typed words that go into a prompt. A1111 understands the backslashes too: it drops
one that stands before anything but a bracket.
"""

from __future__ import annotations

import re

# BREAK and AND count as words before two underscores, too: a backslash will stand between them
SYNTAX = re.compile(r"[\\()\[\]{}|#<]|_(?=_)|(?<=\bBRE)(?=AK(?:\b|__))|(?<=\bA)(?=ND(?:\b|__))")
COLON = re.compile(r":(?=(?P<number>[\s\d.+-]?))")
LOTS = re.compile(r"[$%]|^[@!~]")  # what means something in `{2$$a|b}`, `%{...}` and `{@a|b}`


def escape(text: str) -> str:
    r"""Return the prompt of a text that is to be read as it stands.

    >>> escape("회의 (12:30) [취소]")
    '회의 \\(12:30\\) \\[취소\\]'
    >>> escape("BREAK")
    'BRE\\AK'
    """
    return SYNTAX.sub(lambda found: "\\" + found[0], text)


def escape_name(name: str) -> str:
    r"""Return how the name of an embedding's file is written into a prompt, wherever it stands.

    A colon parts nothing then, neither in a schedule nor as the weight of a bracket. The page
    writes names so, too: prompt_text.js.

    >>> escape_name("mossy (1)"), escape_name("a:2")
    ('mossy \\(1\\)', 'a\\:\\2')
    """
    written = LOTS.sub(lambda sign: "\\" + sign[0], escape(name.strip()))
    return COLON.sub(lambda colon: "\\:\\" if colon["number"] else "\\:", written)
