"""What our code imports stands in a requirements file, by the name it is installed under."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from benchmarks.house.source import FOLDERS, read_house

ROOT = Path(__file__).resolve().parents[2]
OWN = {*FOLDERS, "webui", "tests"}
FILES = ("requirements.txt", "requirements-korean.txt", "requirements-openvino.txt")
# Installed by the set-up script, in the build that fits the machine.
BY_SETUP = {"torch"}


def named(file: str) -> set[str]:
    found = re.findall(r"^[A-Za-z0-9._-]+", (ROOT / file).read_text("utf-8"), re.MULTILINE)
    return {normal(name) for name in found}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def imported() -> dict[str, str]:
    """Return the third-party packages that our code imports, and one file that does."""
    return {
        statement.module.partition(".")[0]: str(module.path)
        for module in read_house(ROOT)
        for statement in module.imports
        if statement.module.partition(".")[0] not in {*sys.stdlib_module_names, *OWN}
    }


def test_there_are_imports_of_others() -> None:
    assert {"torch", "gradio", "numpy", "PIL"} <= set(imported())


@pytest.fixture(scope="module")
def installed() -> Mapping[str, list[str]]:
    """What each package that can be imported here was installed as."""
    return packages_distributions()


@pytest.mark.parametrize("package", sorted(imported()))
def test_what_is_imported_is_required(package: str, installed: Mapping[str, list[str]]) -> None:
    written = set[str]().union(*map(named, FILES)) | BY_SETUP
    names = installed.get(package, [package])  # what is optional may be absent
    assert {normal(name) for name in names} & written, f"{imported()[package]} imports {package}"
