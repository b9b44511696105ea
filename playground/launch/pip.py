"""Running pip, and reading from its last words why it failed. Standard library only."""

from __future__ import annotations

import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from playground.launch.sentences import SetupError

# First match wins: a full disk and a closed network both end in other, vaguer complaints.
REASONS: tuple[tuple[str, str], ...] = (
    ("disk_full", r"No space left on device|Errno 28\b|WinError 112|Disk quota exceeded"),
    ("hashes", r"DO NOT MATCH THE HASHES"),
    ("managed", r"externally-managed-environment"),
    ("long_path", r"Long Path support|Errno 36\b|File name too long|WinError 206"),
    ("read_only", r"Permission denied|Errno 13\b|Errno 30\b|Read-only file system|WinError 5\b"),
    ("certificate", r"CERTIFICATE_VERIFY_FAILED|certificate verify failed"),
    (
        "no_network",
        r"NewConnectionError|NameResolutionError|Temporary failure in name resolution|ProxyError"
        r"|getaddrinfo failed|Network is unreachable|ConnectTimeout|ReadTimeout|Read timed out"
        r"|Connection (refused|reset|aborted|broken)|ConnectionResetError|IncompleteRead"
        r"|Max retries exceeded|Remote end closed|HTTP error (403|407|5\d\d)",
    ),
    ("no_wheel", r"No matching distribution found|is not a supported wheel on this platform"),
)
LAST_WORDS = 200  # lines of complaint that are kept for reading


def reason(complaint: str) -> str | None:
    """Return the key of the sentence that fits, or None.

    >>> reason("WARNING: Retrying ... NewConnectionError\\nERROR: No matching distribution found")
    'no_network'
    """
    for key, pattern in REASONS:
        if re.search(pattern, complaint):
            return key
    return None


def pip(python: Path, *arguments: str) -> list[str]:
    """Return the command that runs pip in that Python without asking anything."""
    options = ["--disable-pip-version-check", "--no-input"]
    if not sys.stdout.isatty():
        options.append("--quiet")  # nobody watches the bars
    return [str(python), "-P", "-m", "pip", *options, *arguments]


def environment_for_pip(environ: Mapping[str, str], python: Path) -> dict[str, str]:
    """Return the environment without the settings that would install somewhere else."""
    elsewhere = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PYTHONPATH")
    made = {name: value for name, value in environ.items() if name not in elsewhere}
    made["PYTHONUTF8"] = "1"
    made["PATH"] = os.pathsep.join((str(python.parent), environ.get("PATH", os.defpath)))
    return made


def run(command: Sequence[str], environ: Mapping[str, str], where: Path) -> None:
    """Run an install command; its output goes to the terminal as it comes.

    Raises:
        SetupError: the command failed; the key is what its complaints say.
    """
    try:
        # Only stderr passes through here: stdout stays a terminal, with pip's progress bars.
        process = subprocess.Popen(
            command,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            close_fds=False,  # it inherits the lock of set-up
        )
    except OSError as error:
        raise SetupError("no_program", program=command[0]) from error
    lines: list[str] = []
    with process:
        for raw in process.stderr or ():
            line = raw.decode("utf-8", "replace")
            sys.stderr.write(line)
            lines = [*lines[-LAST_WORDS:], line]
    if process.returncode:
        raise failure("".join(lines), process.returncode, command, where)


def failure(complaint: str, code: int, command: Sequence[str], where: Path) -> SetupError:
    """Return the error that says why a command failed."""
    key = reason(complaint) or "pip_failed"
    free = min(free_gb(where), free_gb(Path(tempfile.gettempdir())))  # pip unpacks there first
    if key == "pip_failed" and free < 0.1:  # the last thing written may have been cut off silently
        key = "disk_full"
    return SetupError(
        key,
        code=code,
        command=shlex.join(command),
        place=where,
        free=f"{free:.1f}GB",
        needed="2GB",
        machine=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    )


def free_gb(where: Path) -> float:
    """Return the free disk space at a folder that may not exist yet."""
    while not where.exists() and where != where.parent:
        where = where.parent
    return shutil.disk_usage(where).free / 1e9
