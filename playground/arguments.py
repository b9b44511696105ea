"""The parser that both command lines share: argparse, but mistakes are raised as sentences.

Knows no flag. Standard library only: flags are read before anything is installed.
"""

from __future__ import annotations

import argparse
from typing import NoReturn

from models.errors import PlaygroundError


class SentenceParser(argparse.ArgumentParser):
    """An ArgumentParser that neither prints nor exits when the words make no sense."""

    def refusal(self, message: str) -> PlaygroundError:
        """Return what is raised for a mistake that argparse words as `message`."""
        raise NotImplementedError

    def error(self, message: str) -> NoReturn:
        """Raise the refusal where argparse would print the usage and exit."""
        raise self.refusal(message)
