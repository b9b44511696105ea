"""`python -m models scan | verify | show | pin | get | convert`: the name of a command line.

The command is called after this floor, and what it says are sentences, which live two floors up
(playground/model_cli). It is looked up by its name: nothing on this floor depends on them.
"""

from __future__ import annotations

import sys
from importlib import import_module

FACE = "playground.model_cli"
STOPPED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return the exit code."""
    try:
        return int(import_module(FACE).main(arguments))
    except KeyboardInterrupt:  # while it is imported
        return STOPPED


if __name__ == "__main__":  # pragma: no cover
    sys.exit(main())
