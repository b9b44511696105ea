"""The page's scripts and styles are checked by TypeScript, ESLint and stylelint, through npm.

Knows the commands and when the packages are installed; what is checked is in tests/frontend/.
Standard library only.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from playground.launch.place import ROOT
from playground.launch.sentences import both

FOLDER = ROOT / "tests" / "frontend"
CHECKS = ("types", "scripts", "styles")  # the scripts of its package.json
INSTALL_TRIES = 2  # registries fail now and then
INSTALL_SECONDS = 300  # a try; npm's own limits for one request are in .npmrc


def check_front_end(environ: Mapping[str, str], *, is_ci: bool, folder: Path = FOLDER) -> int:
    """Check scripts and styles; return 0 or the first exit code that is not.

    Without npm, or without a network when its packages are first needed, the checks are skipped
    and a sentence says so; in CI that is a failure.
    """
    print("\n== front end ==", flush=True)
    npm = shutil.which("npm", path=environ.get("PATH"))
    if npm is None or shutil.which("node", path=environ.get("PATH")) is None:
        return _skip("no_npm", is_ci=is_ci)
    if not _is_installed(folder) and not _install(npm, environ, folder):
        return _skip("npm_failed", is_ci=is_ci)
    codes = [_npm(npm, ["run", "--silent", name], environ, folder) for name in CHECKS]
    return next((code for code in codes if code), 0)


def _skip(key: str, *, is_ci: bool) -> int:
    print(both(key if not is_ci else f"{key}_ci"), file=sys.stderr, flush=True)
    return int(is_ci)


def _install(npm: str, environ: Mapping[str, str], folder: Path) -> bool:
    """Install what the lock names; note which lock it was."""
    for _ in range(INSTALL_TRIES):
        if _npm(npm, ["ci"], environ, folder, seconds=INSTALL_SECONDS) == 0:
            _stamp(folder).write_text(_digest(folder), "ascii")
            return True
    return False


def _is_installed(folder: Path) -> bool:
    stamp = _stamp(folder)
    return stamp.is_file() and stamp.read_text("ascii") == _digest(folder)


def _stamp(folder: Path) -> Path:
    return folder / "node_modules" / ".lock-sha256"  # `npm ci` begins by removing the folder


def _digest(folder: Path) -> str:
    return hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()


def _npm(
    npm: str,
    words: list[str],
    environ: Mapping[str, str],
    folder: Path,
    seconds: float | None = None,
) -> int:
    try:
        done = subprocess.run([npm, *words], cwd=folder, env=environ, check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        return 1
    return done.returncode
