"""Ctrl+C and a reader that goes away end a command at once, silently or with one sentence.

Ctrl+C is a KeyboardInterrupt as always. When nothing has ended the program GRACE_SECONDS later, a
step of a drawing still runs or a thread is joined, it is ended: what is on the disk is always
whole. Imports nothing large: it works before the program is imported.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
from typing import NoReturn

from playground.private_exit import leave_now

GRACE_SECONDS = 0.7
STOPPED = 130  # what a shell expects after Ctrl+C
NO_READER = 141  # and after SIGPIPE
_answered = threading.Event()  # Ctrl+C was meant for a part of the program, which goes on
_told = threading.Event()
_sentence = ""


def watch() -> None:
    """End the program soon after Ctrl+C, whatever it waits for; from the main thread only."""
    if threading.current_thread() is not threading.main_thread():
        return
    heard, told = socket.socketpair()
    told.setblocking(False)
    signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_listen, args=(heard, told), name="ctrl-c", daemon=True).start()


def prepare(sentence: str) -> None:
    """Set what is said when the program has to be ended before it could say so itself."""
    global _sentence  # noqa: PLW0603 - one program, one sentence
    _sentence = sentence
    _told.clear()


def told() -> None:
    """Note that the person has been told that the program ends."""
    _told.set()


def go_on() -> None:
    """Let the program go on after a Ctrl+C that ended one reply, not all of it."""
    _answered.set()


def end_without_reader() -> int:
    """Return the exit code after `| head` has gone; nothing is said to nobody."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):  # a stream of a test
            try:
                stream.flush()
            except BrokenPipeError:
                os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    return NO_READER


def _listen(heard: socket.socket, told: socket.socket) -> None:  # `told` must not be collected
    while signals := heard.recv(64):
        if signal.SIGINT in signals:
            _answered.clear()
            if not _answered.wait(GRACE_SECONDS):
                end()


def end() -> NoReturn:
    """End the program now, without waiting for its threads."""
    if _sentence and not _told.is_set():
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            sys.stderr.write(f"{_sentence}\n")
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            stream.flush()
    leave_now(STOPPED)
