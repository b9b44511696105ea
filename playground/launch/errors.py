"""What can go wrong between the start command and the page.

PlaygroundError
└── LaunchError               the page cannot be started; exit code 1
    └── FlagError             a flag on the command line cannot be used; exit code 2

Knows no sentences: they are rows of `playground/messages/launch.py`.
"""

from __future__ import annotations

from typing import ClassVar

from models.errors import PlaygroundError


class LaunchError(PlaygroundError):
    """The page cannot be started."""

    exit_code: ClassVar[int] = 1


class FlagError(LaunchError):
    """A flag on the command line (or in COMMANDLINE_ARGS) cannot be used."""

    exit_code: ClassVar[int] = 2
