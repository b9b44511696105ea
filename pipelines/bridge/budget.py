"""How much of a text fits into the 75 tokens that CLIP reads at a time, counted as CLIP does.

Knows the table of merges that ships (models/families/clip) and the rules of CLIP's tokenizer;
needs no torch, so that a page can tell before it is there. Does not know what is worth more; the
caller puts that first.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from models.structure import FAMILIES
from models.tokenizer import PLACE, read_merges, vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SHIPPED = FAMILIES / PLACE
CHUNK = 75  # tokens of CLIP between the two that begin and end a text
END = "</w>"
# as OpenAI's tokenizer splits: letters, single digits, runs of marks
WORD = r"'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+"


@lru_cache(maxsize=20_000)
def count(text: str) -> int:
    """Return how many tokens of CLIP a text has.

    >>> count("a sad cat"), count("tteokbokki"), count("3,5"), count("")
    (3, 4, 3, 0)
    """
    return len(tokenizer().encode(text).ids)


@cache
def tokenizer() -> Tokenizer:
    """Return CLIP's tokenizer without the tokens that begin and end a text.

    Where the table is gone every byte counts, so that nothing is ever too long.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    merges = read_merges(SHIPPED) if SHIPPED.is_file() else []
    made = Tokenizer(models.BPE(vocabulary(merges), merges, end_of_word_suffix=END))
    made.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(WORD), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    return made


def fit(parts: Iterable[str], limit: int = CHUNK) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the parts that fit when joined by commas, and those that do not.

    The first part is always among the first, cut after a word where it is too long by itself.

    >>> fit(("a cat", "a dog", "a bird"), 5)
    (('a cat', 'a dog'), ('a bird',))
    >>> fit(("one two three four",), 3)
    (('one two three',), ('four',))
    """
    kept: list[str] = []
    left: list[str] = []
    room = limit
    for part in parts:
        size = count(part) + bool(kept)
        if size <= room:
            kept.append(part)
            room -= size
        elif not kept:
            first, rest = _cut(part, limit)
            kept.append(first)
            left.append(rest)
            room = 0
        else:
            left.append(part)
    return tuple(kept), tuple(left)


def _cut(part: str, limit: int) -> tuple[str, str]:
    """Return the words that fit, at least a part of the first, and the others."""
    words = part.split(" ")
    length = used = 0
    while length < len(words) and used + count(words[length]) <= limit:
        used += count(words[length])
        length += 1
    if length == 0:
        return words[0][:limit], " ".join((words[0][limit:], *words[1:]))
    return " ".join(words[:length]), " ".join(words[length:])
