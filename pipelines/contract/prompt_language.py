"""What a text encoder reads; whether that is Korean is measured on its tokenizer.

CLIP's tokenizer breaks a Hangul syllable into two bytes' worth of tokens or more and knows none of
them; a tokenizer that was learnt from Korean needs one at most. Declarations can lie or be missing,
so none is read. Knows no library: a tokenizer is two functions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

SAMPLE = (
    "심심한 장미를 콧구멍에 넣은 고양이가 바다에서 춤을 춘다",
    "할머니는 오늘 아침 부엌에서 김치를 담그고 국수를 끓였어요",
    "비가 오는 날 학교 앞 골목에서 친구와 우산을 함께 썼다",
)
MOST_TOKENS_A_SYLLABLE = 1.2  # CLIP needs 2.07; tokenizers that learnt Korean 0.4 to 0.9
LEAST_FOUND_AGAIN = 0.95  # of the syllables; the rest may be lost to normalisation

Encode = Callable[[str], Sequence[int]]
Decode = Callable[[Sequence[int]], str]


class PromptLanguage(StrEnum):
    """The language that a model's text encoder was trained on."""

    # short Korean captions of the words it knows, see pipelines/bridge/caption_parser.py
    CAPTION = "caption"
    ENGLISH = "en"
    KOREAN = "ko"  # Korean as it is written


def reads_korean(encode: Encode, decode: Decode) -> bool:
    """Return whether a tokenizer keeps Korean sentences whole, in few tokens.

    Args:
        encode: text -> token numbers, without the tokens that begin and end a text.
        decode: token numbers -> text; what it does not give back was lost in encoding.

    >>> letters = "".join(SAMPLE)
    >>> reads_korean(
    ...     lambda text: [ord(c) for c in text if c != " "], lambda n: "".join(map(chr, n))
    ... )
    True
    >>> reads_korean(lambda text: list(text.encode()), lambda numbers: bytes(numbers).decode())
    False
    >>> reads_korean(lambda text: [0], lambda numbers: "?")
    False
    """
    syllables = tokens = found = 0
    for sentence in SAMPLE:
        numbers = encode(sentence)
        decoded = decode(numbers)
        hangul = [letter for letter in sentence if "가" <= letter <= "힣"]
        syllables += len(hangul)
        tokens += len(numbers)
        found += sum(letter in decoded for letter in hangul)
    is_short = tokens <= MOST_TOKENS_A_SYLLABLE * syllables
    return is_short and found >= LEAST_FOUND_AGAIN * syllables
