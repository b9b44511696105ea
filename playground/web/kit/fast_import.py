"""Import Gradio without its developer aid, which doubles the start-up time.

At every import Gradio parses the source of each of its components to refresh .pyi stubs next to
them. It skips that when `inspect.getfile` raises OSError, so it does for the length of the
import, for that one caller. Should Gradio rename it, nothing matches and the import is ordinary.
A test checks that the stubs are still what costs the time.
"""

from __future__ import annotations

import inspect
import os
import sys
from types import ModuleType
from typing import Any

STUB_WRITER = "create_or_modify_pyi"  # gradio/component_meta.py, Gradio 6.31


def import_gradio() -> ModuleType:
    """Return the gradio module; imported quickly the first time."""
    loaded = sys.modules.get("gradio")
    if loaded is not None:
        return loaded
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read at import; anything else calls home
    ordinary = inspect.getfile

    def getfile(thing: Any) -> str:
        if sys._getframe(1).f_code.co_name == STUB_WRITER:
            raise OSError
        return ordinary(thing)

    inspect.getfile = getfile  # type: ignore[assignment]
    try:
        import gradio
    finally:
        inspect.getfile = ordinary
    module: ModuleType = gradio
    return module
