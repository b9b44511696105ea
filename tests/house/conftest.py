"""The code of the house, read once for all tests of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.house.source import SourceModule, read_house

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def modules() -> tuple[SourceModule, ...]:
    return read_house(ROOT)
