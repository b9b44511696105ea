"""아무말 놀이터 (Amumal Playground): the composition root. Flags, studio, page, serve.

Started by webui.sh / run.bat; `python webui.py --help` lists the flags.
"""

from __future__ import annotations

import logging
import os
import sys
import time

STARTED = time.perf_counter()

from models.errors import PlaygroundError
from playground.launch import console
from playground.launch.environment import prepare_environment
from playground.private_exit import leave_closed

LOG_FORMAT = "%(levelname)s %(name)s: %(message)s"


def main(arguments: list[str]) -> int:
    """Start the page; return the exit code."""
    console.make_safe()
    prepare_environment()
    from playground.launch.flags import parse

    try:
        flags = parse(arguments, os.environ)
        if flags.help:
            from playground.launch.reference import help_text

            sys.stdout.write(help_text() + "\n")
            return 0
        logging.basicConfig(level=flags.log_level.value, format=LOG_FORMAT)
        for note in flags.notes:
            console.say(note.key, flag=note.flag)
        from playground.app import run
        from playground.launch.stopwatch import Stopwatch

        return run(flags, Stopwatch(STARTED, console.say_step if flags.log_startup else None))
    except PlaygroundError as error:
        console.complain(error)
        return int(getattr(error, "exit_code", 1))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    leave_closed(main(sys.argv[1:]))
