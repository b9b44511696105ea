"""Try a tokenizer in a bounded process before it is used in this one.

What the file may say was looked at before (tokenizer_file.py); what the Rust library makes of it is
seen here. An allocation that fails ends a whole process, and a panic is no Exception.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from models.bounded import ChildFailed, ChildLimits, run_bounded

WORKER = Path(__file__).with_name("tokenizer_worker.py")
LIMITS = ChildLimits(memory_bytes=3 << 30, seconds=60)  # honest ones need 0.5 GB and a second
_tried: set[str] = set()


class TokenizerHangs(Exception):
    """The process was ended by a limit, or by the tokenizer."""


def check_in_child(text: str) -> None:
    """Return when a tokenizer cuts long lines in a process with limits; equal text is tried once.

    Raises:
        TokenizerHangs: it took too long or too much memory, or ended the process.
        ValueError: it makes far more of a text than there is.
    """
    data = text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(data).hexdigest()
    if digest in _tried:
        return
    try:
        answer = run_bounded(WORKER, (), data, LIMITS)
    except (ChildFailed, OSError) as error:
        raise TokenizerHangs from error
    if answer.get("error"):
        raise ValueError(str(answer["error"])[:100])
    _tried.add(digest)
