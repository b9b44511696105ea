"""Notes go out of a prompt: from `#` to the end of the line.

Unlike in A1111, `#ff0000` is a colour (3, 4, 6 or 8 hexadecimal digits), also in `#ff0000색`, and
a number sign behind a backslash stays.
"""

from __future__ import annotations

import re

COLOUR = r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-z_])"
MARK = re.compile(
    rf"\\.|{COLOUR}"
    rf"|(?P<line>^[^\S\n]*(?!{COLOUR})#[^\n]*(?:\n|\Z))"  # nothing but a note: the line goes whole
    r"|(?P<rest>#[^\n]*)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE | re.ASCII,
)


def strip_comments(text: str) -> str:
    r"""Return the text without its notes.

    >>> strip_comments("a cat # mine\nin #ff0000 shoes")
    'a cat \nin #ff0000 shoes'
    """
    return MARK.sub(lambda mark: "" if mark["line"] or mark["rest"] else mark[0], text)
