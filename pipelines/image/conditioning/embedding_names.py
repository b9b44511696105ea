"""Names of embeddings among the words of a prompt: `easynegative`, or `embedding:easynegative`.

A name stands for itself at word boundaries, in any case, the longest one first; ComfyUI's spelling
names one outright. Texts are runs of a prompt, read of brackets and backslashes already; blanks
at the ends of a file's name do not count. Pure text: knows no vectors and no files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MARK = "embedding:"
_MARKED = re.compile(r"(?<!\w)embedding:([^\s,()\[\]|<>]+)")
_SUFFIXES = (".safetensors", ".pt", ".bin")


class EmbeddingNames:
    """Finds names in texts.

    >>> list(EmbeddingNames(["Bad Hands", "bad"]).split("(a bad hands, badly"))
    [('(a ', ''), ('bad hands', 'Bad Hands'), (', badly', '')]
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name.strip().casefold(): name for name in names if name.strip()}
        stripped = {name.strip() for name in self._names.values()}
        longest_first = sorted(stripped, key=len, reverse=True)
        choice = "|".join(re.escape(name) for name in longest_first)
        suffixes = "|".join(re.escape(suffix) for suffix in _SUFFIXES)
        # the comparison is that of casefold for every name that a file can have in practice
        self._pattern = (
            re.compile(
                rf"(?<!\w)(?:{MARK}(?P<marked>{choice})(?:{suffixes})?|(?P<bare>{choice}))(?!\w)",
                re.IGNORECASE,
            )
            if choice
            else None
        )

    def split(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the parts of a text: (as written, the name it means or "")."""
        at = 0
        for found in self._pattern.finditer(text) if self._pattern else ():
            name = self._names.get((found["marked"] or found["bare"]).casefold())
            if name is None:
                continue
            if found.start() > at:
                yield text[at : found.start()], ""
            yield found[0], name
            at = found.end()
        if at < len(text):
            yield text[at:], ""

    def names_in(self, text: str) -> Iterator[str]:
        """Yield the names that stand in a text, each time they do."""
        return (name for _, name in self.split(text) if name)

    def unknown_in(self, text: str) -> str:
        """Return the first `embedding:name` that is not known, without its mark; "" for none."""
        for written, name in self.split(text):
            found = None if name else _MARKED.search(written)
            if found is not None:
                return found[1]
        return ""
