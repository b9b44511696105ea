"""The one place that ends the program without asking its threads."""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
from typing import NoReturn


def leave_now(code: int) -> NoReturn:
    """End the program; what is on the disk stays as it is, what is in memory is lost."""
    os._exit(code)


def leave_closed(code: int) -> NoReturn:
    """End a program that has closed what it had: Python takes torch apart for seconds otherwise."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    leave_now(code)
