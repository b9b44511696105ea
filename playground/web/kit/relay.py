"""Work that answers bit by bit, handed on from a thread of its own to whoever iterates.

Gradio's generators hear of a visitor who left only between two yields, and a model writes for
seconds: so the model has its own thread, and asks its token. Knows neither models nor Gradio.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

from pipelines.contract.cancel import CancelToken

Say = Callable[[str], None]


def relay(work: Callable[[Say, CancelToken], str]) -> Iterator[str]:
    """Yield what `work(say, cancel)` says, then what it returns; raise what it raises.

    Of lines that come faster than they are taken only the newest is yielded; the last one always.
    When the iterator is closed, the token is cancelled.

    >>> list(relay(lambda say, cancel: "whole"))
    ['whole']
    """
    lines: queue.SimpleQueue[tuple[str, BaseException | None, bool]] = queue.SimpleQueue()
    gone = threading.Event()

    def run() -> None:
        try:
            last = work(lambda line: lines.put((line, None, False)), CancelToken(gone.is_set))
            lines.put((last, None, True))
        except BaseException as error:  # raised again where it is heard of
            lines.put(("", error, True))

    threading.Thread(target=run, name="relay", daemon=True).start()
    try:
        is_over = False
        while not is_over:
            line, error, is_over = lines.get()
            while not is_over:
                with suppress(queue.Empty):
                    line, error, is_over = lines.get_nowait()
                    continue
                break
            if error is not None:
                raise error
            yield line
    finally:
        gone.set()
