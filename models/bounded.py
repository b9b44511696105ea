"""Run one of our scripts on somebody else's bytes in a process of its own, with limits.

It gets the bytes as standard input, limited memory, time and output, an empty environment, and on
request no network where the system has namespaces. It ends when this process ends, however that
comes about. Its answer is the JSON object in the last line that it writes.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

CHILD = Path(__file__).with_name("child.py")
KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")  # of the environment; no tokens, no home
_UNSHARE = ("--user", "--map-root-user", "--net")


class ChildFailed(Exception):
    """The process took too long (`is_slow`), or ended without an answer."""

    def __init__(self, *, is_slow: bool) -> None:
        super().__init__("too slow" if is_slow else "no answer")
        self.is_slow = is_slow


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What a process may use: bytes of memory, seconds, bytes of output files."""

    memory_bytes: int
    seconds: float
    output_bytes: int = 0


def run_bounded(
    script: Path,
    arguments: Sequence[str],
    data: bytes | IO[bytes],
    limits: ChildLimits,
    *,
    fence: Sequence[str] = (),
    folder: Path | None = None,
) -> dict[str, Any]:
    """Run `script` and return what it answers.

    Args:
        data: standard input, or the file that is.
        fence: what stands before the command, see `without_network`.
        folder: where it runs.

    Raises:
        ChildFailed: it took too long, was ended by a limit, or did not answer.
        OSError: it could not be started.
    """
    numbers = (limits.memory_bytes, int(limits.seconds) + 1, limits.output_bytes, os.getpid())
    command = [*fence, sys.executable, "-I", str(CHILD), *map(str, numbers)]
    given: dict[str, Any] = {"input": data} if isinstance(data, bytes) else {"stdin": data}
    try:
        result = subprocess.run(  # noqa: S603 - our own script, no shell
            [*command, str(script), *arguments],
            **given,
            capture_output=True,
            timeout=limits.seconds,
            cwd=folder,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ChildFailed(is_slow=True) from error
    try:
        # the child writes blanks meanwhile, perhaps after its answer
        answer = json.loads([line for line in result.stdout.splitlines() if line.strip()][-1])
        if not isinstance(answer, dict):
            raise ValueError("no answer")
    except (ValueError, IndexError, RecursionError) as error:
        raise ChildFailed(is_slow=False) from error
    return answer


def without_network() -> list[str]:
    """Return what to put before a command so that it has no network; nothing where impossible."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    command = [unshare, *_UNSHARE]
    try:
        probe = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return []
    return command if probe.returncode == 0 else []
