"""The unfinished files of conversions: how they are called, and which of them nobody writes on.

A conversion that is killed leaves one beside its source, as large as that. The name carries the
process that made it, so that the next scan or conversion can tell a leftover from work.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from contextlib import suppress
from pathlib import Path

from models.disk import IS_WINDOWS, TEMP_SUFFIX

_NAME = re.compile(r"\..+\.safetensors\.(?:(\d{1,9})-)?[0-9a-f]{8}" + re.escape(TEMP_SUFFIX))
OLD_SECONDS = 24 * 3600  # longer than any conversion may take


def unfinished(target: Path) -> Path:
    """Return the name of a file that becomes `target` when it is finished."""
    name = f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}{TEMP_SUFFIX}"
    return target.with_name(name)


def remove_if_left(path: Path) -> bool:
    """Remove a file if it is what a dead conversion left; return whether it was."""
    match = _NAME.fullmatch(path.name)
    if match is None or not _is_left(path, match[1]):
        return False
    with suppress(OSError):  # a leftover that cannot be removed does no harm
        path.unlink()
        return True
    return False


def sweep_unfinished(folder: Path) -> int:
    """Remove what dead conversions left in a folder; return how many files that were."""
    return sum(map(remove_if_left, sorted(folder.glob(f".*{TEMP_SUFFIX}"))))


def _is_left(path: Path, pid: str | None) -> bool:
    if pid is not None and not IS_WINDOWS:  # there signal 0 is no question but Ctrl+C
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return True
        except (OSError, OverflowError):
            return False
    try:
        return time.time() - path.lstat().st_mtime > OLD_SECONDS
    except OSError:
        return False
