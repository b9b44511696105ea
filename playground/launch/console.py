"""Speaking to the person at the terminal: which language, and never an encoding error.

Knows the message table and the streams; knows nothing of flags or of the page.
"""

from __future__ import annotations

import io
import locale
import os
import sys
from collections.abc import Mapping
from typing import TextIO

from models.errors import PlaygroundError, Value
from playground.messages import Language, explain, preferred, text

NO_LANGUAGE = ("", "c", "posix")  # locales that name no language: Korean then


def make_safe() -> None:
    """Let Hangul and emoji pass through any terminal, as `?` where it has no such letter."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def language(environ: Mapping[str, str] | None = None) -> Language:
    """Read the language of the terminal; Korean unless its locale names another.

    >>> language({"LANG": "en_US.UTF-8"}), language({"LC_ALL": "C", "LANG": "en_US.UTF-8"})
    (<Language.EN: 'en'>, <Language.KO: 'ko'>)
    """
    environ = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return _language_of(environ[name])
    if os.name == "nt":  # LANG is a habit of Unix; there the name reads 'Korean_Korea'
        return _language_of(locale.getlocale()[0] or "")
    return Language.KO


def say(key: str, **values: Value) -> None:
    """Print one sentence of the message table."""
    _print(text(key, language(), **values), sys.stdout)


def say_step(name: str, seconds: float, since_start: float) -> None:
    """Print one step of the start, for --log-startup."""
    step = text(f"serving.step.{name}", language())
    say("serving.step", step=step, seconds=f"{seconds:.2f}", since=f"{since_start:.2f}")


def complain(error: PlaygroundError) -> None:
    """Print what happened, why, and what to do."""
    _print(explain(error, language()), sys.stderr)


def _language_of(name: str) -> Language:
    name = name.partition(".")[0].partition("@")[0].lower()
    return Language.KO if name in NO_LANGUAGE else preferred(name)


def _print(sentence: str, stream: TextIO) -> None:
    try:
        print(sentence, file=stream, flush=True)
    except (BrokenPipeError, ValueError):  # nobody listens any more: `| head`, a closed window
        return
