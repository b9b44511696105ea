"""`python -m playground ...`: the command line face."""

from __future__ import annotations

import sys

from playground import stopping


def run() -> int:
    """Run a command; Ctrl+C while the program is still being imported ends it with a sentence."""
    stopping.watch()
    try:
        from playground.cli import main

        code = main()
    except KeyboardInterrupt:
        from playground.launch import console
        from playground.messages import text

        print(text("cli.stopped", console.language()), file=sys.stderr)
        code = stopping.STOPPED
    stopping.told()
    if code == stopping.STOPPED:
        stopping.end()
    return code


if __name__ == "__main__":
    sys.exit(run())
