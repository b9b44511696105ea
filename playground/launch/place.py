"""Where the playground is installed, and the environment its programs run in.

Standard library only: set-up imports it on any Python 3.11 to 3.14, on every start.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from playground.launch.environment import prepare_environment

ROOT = Path(__file__).resolve().parents[2]  # the checkout
STAMP = "amumal-playground.stamp"  # webui.sh and run.bat look for it too
MARKER = "amumal-playground.installing"


class PythonEnvironment:
    """A virtual environment, or with ``venv_dir=-`` the Python that is running."""

    def __init__(self, folder: Path, python: Path, *, is_venv: bool) -> None:
        self.folder = folder
        self.python = python
        self.is_venv = is_venv
        self.stamp = folder / STAMP
        self.marker = folder / MARKER  # lies there while something is being installed


def find_place(environ: Mapping[str, str], root: Path = ROOT) -> PythonEnvironment:
    """Return the place that ``venv_dir`` names; ``.venv`` in the checkout by default."""
    name = environ.get("venv_dir") or environ.get("VENV_DIR") or ".venv"
    if name == "-":
        return PythonEnvironment(Path(sys.prefix), Path(sys.executable), is_venv=False)
    folder = root / Path(name).expanduser()  # an absolute name stays what it is
    inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return PythonEnvironment(folder, folder.joinpath(*inside), is_venv=True)


def playground_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for webui.py and the tests: quiet, offline and in UTF-8.

    >>> playground_environment({"NO_PROXY": "intra.example"})["NO_PROXY"]
    'intra.example,localhost,127.0.0.1,::1'
    """
    made = dict(environ)
    made["PYTHONUTF8"] = "1"
    made["GRADIO_ANALYTICS_ENABLED"] = "False"  # also where somebody's profile turns it on
    if sys.platform == "darwin":
        made.setdefault("PYTORCH_ENABLE_MPS_FALLBACK", "1")
    prepare_environment(environ=made)
    return made
