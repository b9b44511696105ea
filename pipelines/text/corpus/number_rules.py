"""Which run of digits belongs to a person: one small rule for every kind, in one table.

Knows lengths, shapes, check digits and the words around a number. Does not know how digits are
written (`digit_runs`). A rule sees a whole run of groups and says yes or no, so no rule can take a
part of a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from pipelines.text.corpus import number_words as words
from pipelines.text.corpus.digit_runs import HIDDEN
from pipelines.text.corpus.private import Private


@dataclass(frozen=True, slots=True)
class NumberCandidate:
    """A run of whole groups that may be one number of a person.

    Attributes:
        sizes: digits in each group.
        gaps: joiners between the groups; "" for blanks.
        soft: how many digits are said in words or letters.
        ends: how many of these stand at its ends, where they may be words ("5678이").
        before, after: the line around it.
    """

    digits: str
    sizes: tuple[int, ...]
    gaps: tuple[str, ...]
    soft: int
    ends: int
    before: str
    after: str

    @property
    def is_whole(self) -> bool:
        """Return whether joiners hold it together everywhere."""
        return all(self.gaps)

    @property
    def is_single(self) -> bool:
        """Return whether it is told digit by digit."""
        return len(self.sizes) >= 7 and max(self.sizes[1:]) == 1


@dataclass(frozen=True, slots=True)
class NumberRule:
    """A kind of number: how many digits it has, and what else has to be true."""

    kind: Private
    least: int
    most: int
    holds: Callable[[NumberCandidate], bool]


def _is_mobile(number: NumberCandidate) -> bool:
    digits = number.digits
    if digits[:2] != "01" or digits[2] not in "016789":
        return False
    return len(digits) == 11 or digits[2] != "0" or number.sizes == (3, 3, 4)


def _is_mistyped_mobile(number: NumberCandidate) -> bool:
    """A digit too few or too many still belongs to somebody."""
    sizes = number.sizes
    first = sizes[0] == 3 and number.digits[:3] in ("010", "011", "016", "017", "018", "019")
    return first and len(sizes) == 3 and all(3 <= size <= 5 for size in sizes) and number.is_whole


def _is_abroad(number: NumberCandidate) -> bool:
    """+82 10 ..., 82-10-..., +1 (415) ..."""
    before = number.before.rstrip()
    if before.endswith("+") or number.digits.startswith("0082"):
        return not before[:-1].endswith(tuple("0123456789")) and not _is_counted(number)
    rest = number.digits[2:].lstrip("0")
    return number.digits[:2] == "82" and number.sizes[0] == 2 and _is_national(rest, number.sizes)


def _is_national(rest: str, sizes: tuple[int, ...]) -> bool:
    mobile = rest[:1] == "1" and rest[1:2] in tuple("016789") and len(rest) in (9, 10)
    return mobile or (len(sizes) >= 4 and 8 <= len(rest) <= 10)


def _is_landline(number: NumberCandidate) -> bool:
    digits = number.digits
    code = words.AREA.match(digits) or words.NETWORK.match(digits)
    if not code or not 7 <= len(digits) - code.end() <= 8:
        return False
    if number.is_single:
        return True
    sizes, first = number.sizes, code.end()
    last = len(digits) - first - 4
    return sizes in (
        (len(digits),),
        (first, last, 4),
        (first, last + 4),
        (first + last, 4),
    ) and not (len(sizes) == 1 and _is_counted(number))


def _is_service(number: NumberCandidate) -> bool:
    """1588-1234, but not the years 1588 to 1600."""
    first, second = number.digits[:4], number.digits[4:]
    if first not in words.SERVICE or number.sizes not in ((4, 4), (8,)) or HIDDEN in second:
        return False
    asked = _is_about(words.PHONE_WORDS, number) or bool(
        words.PHONE_WORDS.search(number.after[:12])
    )
    if number.gaps in ((), ("",)):
        return asked and not _is_counted(number)
    years = int(first) < int(second) <= 2100 or _is_counted(number)
    return asked or not (years or number.gaps == ("~",))


def _is_local(number: NumberCandidate) -> bool:
    """A number without its area code, where the line says that it is one."""
    return number.sizes in ((4, 4), (3, 4)) and _is_about(words.PHONE_WORDS, number)


def _is_resident(number: NumberCandidate) -> bool:
    digits, sizes = number.digits, number.sizes
    asked = _is_about(words.RESIDENT_WORDS, number)
    if len(digits) == 13 and sizes[0] == 6 and sizes[1:] in ((7,), (1, 6)):
        return True
    day = words.is_day(digits[:6])
    if not asked and (
        words.BANK_WORDS.search(number.before) or _is_about(words.THING_WORDS, number)
    ):
        return False
    if len(digits) == 13:
        return (sizes == (13,) or number.is_single or sizes[0] == 6) and day and not (
            words.is_isbn(digits) or _is_counted(number) or digits[6] == HIDDEN
        )  # fmt: skip
    if sizes == (8, 7):
        return words.is_moment(digits[:8])
    if sizes[0] == 6 and 7 <= len(digits) <= 13 and len(sizes) == 2:
        hides = HIDDEN in digits[6:]
        return day and digits[6] in "12345678*" and number.is_whole and (sizes[1] == 1 or hides)
    half = day if sizes == (6,) else sizes == (7,) and digits[0] in "12345678"
    return asked and half


def _is_card(number: NumberCandidate) -> bool:
    digits, sizes = number.digits, number.sizes
    if sizes in ((4, 4, 4, 4), (4, 6, 5), (4, 6, 4)):
        years = all(group in range(1900, 2100) for group in _values(number))
        amex = digits[:2] in ("34", "37", "36", "38", "30", "39")
        return not years and (len(sizes) == 4 or amex)
    if HIDDEN in digits or _is_thing(number):
        return False
    if len(digits) == 16:
        return sizes == (16,) or number.is_single or (words.is_luhn(digits) and min(sizes) > 1)
    brand = digits[:2] in ("34", "37", "36", "38", "30", "39")
    return sizes == (len(digits),) and brand and words.is_luhn(digits)


def _is_licence(number: NumberCandidate) -> bool:
    asked = _is_about(words.LICENCE_WORDS, number)
    return number.sizes == (2, 2, 6, 2) or (asked and len(number.digits) in (10, 12))


def _is_company(number: NumberCandidate) -> bool:
    if HIDDEN in number.digits:
        return False
    if _is_about(words.BUSINESS_WORDS, number):
        return True
    return number.sizes == (3, 2, 5) and number.is_whole and words.is_business(number.digits)


def _is_account(number: NumberCandidate) -> bool:
    digits, sizes = number.digits, number.sizes
    asked = bool(words.BANK_WORDS.search(number.before))
    if _is_counted(number) or HIDDEN in digits or _is_amount(number):
        return False
    if asked:
        return len(sizes) <= 6 or number.is_single
    if _is_thing(number) or _is_round(number) or _is_in_a_word(number):
        return False
    if len(sizes) == 1:
        return True
    if number.is_single:
        return "," not in number.gaps
    return _is_grouped(number) if number.is_whole else _is_loose(number)


def _is_said_account(number: NumberCandidate) -> bool:
    if number.ends or not _is_account(number) or len(set(number.digits)) < 3:
        return False
    asked = bool(words.BANK_WORDS.search(number.before))
    return asked or (number.soft <= 3 and len(number.sizes) > 1 and number.is_whole)


def _is_said_landline(number: NumberCandidate) -> bool:
    return len(number.sizes) == 3 and number.is_whole and _is_landline(number)


def _is_grouped(number: NumberCandidate) -> bool:
    """Two groups, the second long, or three to five, held together by joiners."""
    digits, sizes, gaps = number.digits, number.sizes, number.gaps
    if len(digits) > 16 or _is_dated(number):
        return False
    if len(sizes) == 2:
        return 3 <= sizes[0] <= 6 <= sizes[1] and gaps[0] not in tuple("~,:*.=+'’#")
    if {"+", "="} & set(gaps):
        return False
    if "." in gaps and (min(sizes) < 2 or _is_address(number)):
        return False
    return len(sizes) <= 5 and 2 <= sizes[0] <= 6 and max(sizes) >= 4


def _is_loose(number: NumberCandidate) -> bool:
    """Blanks alone: one long group, or the shape of a bank."""
    sizes = number.sizes
    if sizes in words.ACCOUNT_SHAPES:
        return not _is_dated(number)
    fits = 10 <= len(number.digits) <= 16 and 2 <= len(sizes) <= 4 and 2 <= sizes[0] <= 6
    return fits and max(sizes[1:]) >= 6 and min(sizes) >= 2 and not _is_dated(number)


def _is_dated(number: NumberCandidate) -> bool:
    """2024-03-01-0012, 20240301_130522."""
    sizes, digits = number.sizes, number.digits
    if words.is_moment(digits) and sizes[0] in (8, 14):
        return True
    year = sizes[0] == 4 and digits[:2] in ("19", "20")
    return year and sizes[1] <= 2 and 1 <= int(digits[4 : 4 + sizes[1]]) <= 12


def _is_amount(number: NumberCandidate) -> bool:
    """1,234,567,890"""
    commas = bool(number.gaps) and set(number.gaps) <= {",", "'", "’", "."}
    return commas and number.sizes[0] <= 3 and set(number.sizes[1:]) == {3} and (
        number.gaps[0] != "." or len(number.sizes) > 3
    )  # fmt: skip


def _is_round(number: NumberCandidate) -> bool:
    """100000 200000, 0000000000, 1234567890"""
    digits = number.digits
    if digits.endswith("000000"):
        return True
    if len(number.sizes) == 1 or number.is_single:
        steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
        return len(steps) == 1
    return len(number.sizes) > 1 and all(value % 100 == 0 for value in _values(number))


def _is_in_a_word(number: NumberCandidate) -> bool:
    """550e8400-e29b-41d4-a716-446655440000"""
    beside = number.before[-1:] + number.after[:1]
    return any(char.isascii() and char.isalpha() for char in beside)


def _is_address(number: NumberCandidate) -> bool:
    """Four numbers of the internet."""
    return len(number.sizes) == 4 and all(value <= 255 for value in _values(number))


def _is_thing(number: NumberCandidate) -> bool:
    digits = number.digits
    if _is_about(words.THING_WORDS, number) or words.is_isbn(digits):
        return True
    moment = words.is_moment(digits) and len(number.sizes) == 1
    return (moment and (len(digits) != 16 or not words.is_luhn(digits))) or _is_dated(number)


def _is_counted(number: NumberCandidate) -> bool:
    return bool(words.UNIT_AFTER.match(number.after) or words.MONEY_BEFORE.search(number.before))


def _is_about(pattern: re.Pattern[str], number: NumberCandidate) -> bool:
    return bool(pattern.search(number.before))


def _values(number: NumberCandidate) -> list[int]:
    values, place = [], 0
    for size in number.sizes:
        group = number.digits[place : place + size]
        values.append(int(group) if group.isdigit() else -1)
        place += size
    return values


# in this order: the first rule that holds names the number
RULES = (
    NumberRule(Private.PHONE, 10, 11, _is_mobile),
    NumberRule(Private.PHONE, 9, 15, _is_abroad),
    NumberRule(Private.PHONE, 9, 12, _is_landline),
    NumberRule(Private.RESIDENT, 6, 15, _is_resident),
    NumberRule(Private.LICENCE, 10, 12, _is_licence),
    NumberRule(Private.BUSINESS, 10, 10, _is_company),
    NumberRule(Private.PHONE, 8, 8, _is_service),
    NumberRule(Private.PHONE, 9, 13, _is_mistyped_mobile),
    NumberRule(Private.CARD, 13, 19, _is_card),
    NumberRule(Private.ACCOUNT, 10, 20, _is_account),
    NumberRule(Private.PHONE, 7, 8, _is_local),
)
# for digits that are said in words or letters: words are numbers seldom, so little is believed
SAID_RULES = (
    NumberRule(Private.PHONE, 10, 11, _is_mobile),
    NumberRule(Private.RESIDENT, 13, 13, _is_resident),
    NumberRule(Private.PHONE, 9, 10, _is_said_landline),
    NumberRule(Private.ACCOUNT, 10, 16, _is_said_account),
)
