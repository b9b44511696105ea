"""The first lines of a bounded child process: limits, then the script that it is for.

Run by models/bounded.py only: `python -I child.py MEMORY SECONDS OUTPUT PARENT SCRIPT ARGUMENT...`.
A script on its own: it imports nothing of this program.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1  # linux/prctl.h
BEAT_SECONDS = 0.5


def limit(memory_bytes: int, seconds: int, output_bytes: int) -> None:  # pragma: no cover
    """Limit this process; it would bind the tests if they called it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    if sys.platform != "darwin":  # there an address space cannot be limited
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output_bytes, output_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def die_with_parent(parent: int) -> None:  # pragma: no cover - runs in a process of its own
    """Have the kernel end this process when its parent ends; elsewhere, notice it."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before that
            _end()
    threading.Thread(target=_beat, daemon=True).start()


def _beat() -> None:  # pragma: no cover - runs in a process of its own
    """Write blanks to standard output until nobody is left to read them."""
    while True:
        try:
            os.write(1, b" ")
        except OSError:
            _end()
        time.sleep(BEAT_SECONDS)


def _end() -> None:  # pragma: no cover - runs in a process of its own
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))  # nobody is left to be told


if __name__ == "__main__":  # pragma: no cover - runs in a process of its own
    memory, seconds, output, parent = map(int, sys.argv[1:5])
    die_with_parent(parent)
    limit(memory, seconds, output)
    sys.argv = sys.argv[5:]
    runpy.run_path(sys.argv[0], run_name="__main__")
