"""The one Kiwi of this process: whether it is installed, whether it is loaded, and loading it once.

Kiwi (kiwipiepy, Apache-2.0) is optional: requirements-korean.txt. Knows which of its models and
dictionaries are wanted: the small set, 0.7 to 1.4 s and 270 MB instead of 3 s and 530 MB. Does not
know what is done with its morphemes.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

OPTIONS = {
    "num_workers": 1,
    "model_type": "cong-global",  # its context is the whole sentence, not the last few morphemes
    "load_default_dict": False,
    "load_typo_dict": False,
    "load_multi_dict": False,
}


class Holder:
    """Loads Kiwi when it is first needed, on the caller's thread; the others wait for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kiwi: Any = None
        self._is_missing = False

    @property
    def is_installed(self) -> bool:
        """Say whether Kiwi can be had; a broken installation counts as none."""
        return not self._is_missing and find_spec("kiwipiepy") is not None

    @property
    def is_loaded(self) -> bool:
        """Say whether `get` answers at once."""
        return self._kiwi is not None

    def get(self) -> Any:
        """Return the kiwipiepy.Kiwi, None when it is not installed."""
        if self._kiwi is None and self.is_installed:
            with self._lock:
                if self._kiwi is None and not self._is_missing:
                    self._load()
        return self._kiwi

    def _load(self) -> None:
        try:
            kiwi = import_module("kiwipiepy").Kiwi(**OPTIONS)
        except (ImportError, OSError):  # its model or its library is not there
            self._is_missing = True
            return
        kiwi.analyze("아무말")  # the model itself is read at the first use
        self._kiwi = kiwi


@cache
def holder() -> Holder:
    """Return the holder that the whole process shares."""
    return Holder()
