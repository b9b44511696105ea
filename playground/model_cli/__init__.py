"""The command line of the model files: `python -m models ...`.

Prints tables, or with --json one JSON object a line, to standard output, and failures to standard
error, in the language of the terminal. Exit codes: 0 all is well, 1 a model is broken, in conflict
or did not arrive, 2 no such model or command, 130 stopped by Ctrl+C (a download goes on where it
stopped), 141 nobody reads any more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from models.errors import ModelNotFound, PlaygroundError
from models.library import Library
from playground.launch import console
from playground.model_cli.commands import COMMANDS
from playground.model_cli.parser import NotUnderstood, model_parser
from playground.model_cli.printer import Printer

STOPPED, NOBODY_READS = 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit code."""
    console.make_safe()
    printer = Printer(console.language())
    try:
        code = _run(arguments, printer)
        sys.stdout.flush()  # here, where a closed pipe is still ours to notice
        return code
    except BrokenPipeError:  # `| head`
        _forget_output()
        return NOBODY_READS
    except KeyboardInterrupt:
        return STOPPED


def _run(arguments: Sequence[str] | None, printer: Printer) -> int:
    try:
        options = model_parser(printer.language).parse_args(arguments)
        printer.as_json = options.json
        library = Library.open(options.data_dir, options.models_dir)
        return COMMANDS[options.command](library, options, printer)
    except (ModelNotFound, NotUnderstood) as error:
        printer.fail(error)
        return 2
    except PlaygroundError as error:
        printer.fail(error)
        return 1
    except SystemExit as error:  # --help, --version
        return int(error.code or 0)


def _forget_output() -> None:
    """Let Python flush what is left into nothing when it ends, instead of complaining."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
