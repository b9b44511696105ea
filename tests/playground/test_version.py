"""playground/version.py: there is one version."""

from __future__ import annotations

import tomllib
from pathlib import Path

from playground.version import VERSION

ROOT = Path(__file__).parents[2]


def test_the_package_and_the_program_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
