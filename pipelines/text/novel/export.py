"""The story as a file: plain text, or Markdown that shows every sentence as it was written.

Knows no titles of its own and no files; whoever asks brings the words around the story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

PARAGRAPH = 5  # sentences
# what would be read as markup; a list begins at the beginning of a line only
MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!])")
BULLET = re.compile(r"^([-+])(?=\s|$)")
NUMBER = re.compile(r"^(\d+)([.)])(?=\s|$)")


def as_text(sentences: Sequence[str]) -> str:
    """Return the story in paragraphs.

    >>> as_text(["문어가 온다.", "우산이 간다."])
    '문어가 온다. 우산이 간다.\\n'
    """
    return "\n\n".join(_paragraphs(sentences)) + "\n"


def as_markdown(sentences: Sequence[str], title: str, note: str) -> str:
    """Return the story with its title, and a note below it.

    >>> print(as_markdown(["# 문어", "*우산*!"], "소설", "옹알이가 썼어요."))
    # 소설
    <BLANKLINE>
    \\# 문어 \\*우산\\*\\!
    <BLANKLINE>
    ---
    <BLANKLINE>
    옹알이가 썼어요.
    <BLANKLINE>
    """
    story = [_plain(paragraph) for paragraph in _paragraphs(sentences)]
    return "\n\n".join((f"# {_plain(title)}", *story, "---", _plain(note))) + "\n"


def _paragraphs(sentences: Sequence[str]) -> list[str]:
    return [
        " ".join(sentences[start : start + PARAGRAPH])
        for start in range(0, len(sentences), PARAGRAPH)
    ]


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return NUMBER.sub(r"\1\\\2", BULLET.sub(r"\\\1", MARKUP.sub(r"\\\1", text)))
