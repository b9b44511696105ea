"""Words to flags: argparse over the table in `known.py`, its mistakes worded as ours.

Every flag of AUTOMATIC1111 is known to the parser, the unneeded and the refused ones too. What a
value may be is decided in `flags.py`: of a flag that is given twice only the last value counts.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from playground.arguments import SentenceParser
from playground.launch.errors import FlagError
from playground.launch.known import FLAGS, USED, FlagRole, Known, Takes

COUNTS: dict[Takes, int | str | None] = {Takes.NOTHING: 0, Takes.ONE: None, Takes.ANY: "*"}


@dataclass
class Given(argparse.Namespace):
    """What stood on the command line.

    Attributes:
        values: the values of each flag in use, by the name it stands for.
        unneeded: the flags that were accepted for nothing, each once.
    """

    values: dict[str, list[str]] = field(default_factory=dict)
    unneeded: dict[str, Known] = field(default_factory=dict)


def read_words(words: Sequence[str]) -> Given:
    """Sort the words of a command line into flags.

    >>> read_words(["--port", "1", "--port=2", "--use-cpu", "all"]).values
    {'--port': ['1', '2'], '--use-cpu': ['all']}

    Raises:
        FlagError: a flag is unknown or refused, a value is missing, or a word belongs to no flag.
    """
    given = Given()
    try:
        strays = _parser().parse_known_args(words, given)[1]
    except argparse.ArgumentError as error:
        raise _miscounted(error, words) from error
    if strays:
        raise _unknown(strays[0])
    return given


class _FlagParser(SentenceParser):
    def refusal(self, message: str) -> FlagError:
        return FlagError("launch.flag.unreadable", reason=message)


class _SortFlag(argparse.Action):
    """Note a flag in `Given`, or refuse it."""

    def __call__(
        self, parser: object, namespace: Any, values: Any, option_string: str | None = None
    ) -> None:
        known = FLAGS[self.option_strings[0]]
        if known.role is FlagRole.REFUSED:
            raise FlagError(known.key, flag=known.name)
        if known.role is FlagRole.UNNEEDED:
            namespace.unneeded[known.name] = known
            return
        more = [values] if isinstance(values, str) else values
        if known.takes is Takes.ONE and not more:  # argparse before 3.13 has lost a "--flag=--"
            more = ["--"]
        namespace.values.setdefault(known.stands_for, []).extend(more)


def _parser() -> _FlagParser:
    # an abbreviation that works today means something else when a flag is added
    parser = _FlagParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    for known in FLAGS.values():
        parser.add_argument(
            known.name, action=_SortFlag, nargs=COUNTS[known.takes], default=argparse.SUPPRESS
        )
    return parser


def _miscounted(error: argparse.ArgumentError, words: Sequence[str]) -> FlagError:
    """Word a known flag's mistakes: a value where none belongs, and none where one does."""
    known = FLAGS[str(error.argument_name)]
    if known.takes is not Takes.NOTHING:
        return FlagError("launch.flag.missing_value", flag=known.name, value=known.value)
    for word in words:
        name, equals, value = word.partition("=")
        if equals and name == known.name:
            return FlagError("launch.flag.no_value", flag=known.name, value=value)
    return _unknown(next(word for word in words if word.startswith(known.name)))  # -hello


def _unknown(word: str) -> FlagError:
    name = word.partition("=")[0]
    if not name.startswith("-"):
        return FlagError("launch.flag.word", word=name)
    typed = name.lower().replace("_", "-")
    in_use = [known.name for known in USED]
    nearest = get_close_matches(typed, in_use, 1, 0.75) or get_close_matches(typed, FLAGS, 1, 0.6)
    if nearest:
        return FlagError("launch.flag.unknown_near", flag=name, nearest=nearest[0])
    return FlagError("launch.flag.unknown", flag=name)
