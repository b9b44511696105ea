"""`./webui.sh test`: every check, whatever the others find, so that one run tells everything.

Knows the commands and their order; what they check is in pyproject.toml, and in tests/frontend/
for the page's scripts and styles. Standard library only.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from playground.launch.front_end import check_front_end
from playground.launch.place import ROOT, PythonEnvironment
from playground.launch.sentences import both

PYTEST = ("-m", "pytest")
COVERAGE = ("--cov", "--cov-report=json:build/coverage.json", "--cov-report=")
WORKERS = min(2, os.cpu_count() or 1)  # each takes up to 4.5 GB
# files in the order of tests/conftest.py: what takes longest comes first
PARALLEL = ("-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder")
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as main; main()"
CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
    ("lint-imports", ("-c", LINT_IMPORTS)),
)
FALSE = ("", "0", "false", "no")


def run_checks(
    place: PythonEnvironment, arguments: Sequence[str], environ: Mapping[str, str]
) -> int:
    """Run all checks, or with arguments pytest alone; return the exit code.

    All tests run in parallel workers and are held to the coverage in tests/gates.py; chosen ones
    run as they are asked for.

    In CI (``CI=true``) ``PLAYGROUND_REQUIRE_BROWSER=1`` is set: the browser tests must not be
    skipped there for want of a browser.
    """
    environ = dict(environ)
    is_ci = environ.get("CI", "").lower() not in FALSE
    if is_ci:
        environ.setdefault("PLAYGROUND_REQUIRE_BROWSER", "1")
    python = str(place.python)
    codes = {} if arguments else _run_checkers(python, environ, is_ci=is_ci)
    # last: its closing line is the one to read
    words = arguments or (*PARALLEL, *COVERAGE)
    print("\n== pytest ==", flush=True)
    command = [python, *PYTEST, *words]
    codes["pytest"] = subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode
    failed = [name for name, code in codes.items() if code]
    if failed:
        print(both("failed_checks", names=", ".join(failed)), file=sys.stderr, flush=True)
    return codes["pytest"] or int(bool(failed))


def _run_checkers(python: str, environ: Mapping[str, str], *, is_ci: bool) -> dict[str, int]:
    """Run CHECKS and the front end's at the same time; print one after the other."""

    def run(words: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
        command = [python, *words]
        return subprocess.run(command, cwd=ROOT, env=environ, check=False, capture_output=True)

    codes = {}
    with ThreadPoolExecutor(len(CHECKS)) as pool:
        running = [(name, pool.submit(run, words)) for name, words in CHECKS]
        front_end = check_front_end(environ, is_ci=is_ci)  # prints as it goes
        for name, future in running:
            done = future.result()
            print(f"\n== {name} ==", flush=True)
            for text, stream in ((done.stdout, sys.stdout), (done.stderr, sys.stderr)):
                print(text.decode(errors="replace"), end="", file=stream, flush=True)
            codes[name] = done.returncode
    return {**codes, "front end": front_end}
