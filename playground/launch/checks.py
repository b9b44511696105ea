"""`./webui.sh test`: every check, one after the other, so that one run tells everything.

Knows the commands and their order; what they check is in pyproject.toml, and in tests/frontend/
for the page's scripts and styles. Standard library only.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence

from playground.launch.front_end import check_front_end
from playground.launch.place import ROOT, PythonEnvironment
from playground.launch.sentences import both

PYTEST = ("-m", "pytest")
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

    In CI (``CI=true``) ``PLAYGROUND_REQUIRE_BROWSER=1`` is set: the browser tests must not be
    skipped there for want of a browser.
    """
    environ = dict(environ)
    is_ci = environ.get("CI", "").lower() not in FALSE
    if is_ci:
        environ.setdefault("PLAYGROUND_REQUIRE_BROWSER", "1")
    python = str(place.python)
    codes: dict[str, int] = {}
    if not arguments:
        codes = {name: _run(name, [python, *words], environ) for name, words in CHECKS}
        codes["front end"] = check_front_end(environ, is_ci=is_ci)
    # last: its closing line is the one to read
    codes["pytest"] = _run("pytest", [python, *PYTEST, *arguments], environ)
    failed = [name for name, code in codes.items() if code]
    if failed:
        print(both("failed_checks", names=", ".join(failed)), file=sys.stderr, flush=True)
    return codes["pytest"] or int(bool(failed))


def _run(name: str, command: list[str], environ: Mapping[str, str]) -> int:
    print(f"\n== {name} ==", flush=True)
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode
