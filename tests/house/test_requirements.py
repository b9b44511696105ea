"""What our code imports stands in a requirements file, by the name it is installed under."""

from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from benchmarks.house.source import FOLDERS, SourceModule

ROOT = Path(__file__).resolve().parents[2]
OWN = {*FOLDERS, "webui", "tests"}
FILES = ("requirements.txt", "requirements-korean.txt", "requirements-openvino.txt")
MEASURING = "benchmarks"  # run where the tests are: it may import what they need
# Installed by the set-up script, in the build that fits the machine.
BY_SETUP = {"torch"}


def named(file: str) -> set[str]:
    found = re.findall(r"^[A-Za-z0-9._-]+", (ROOT / file).read_text("utf-8"), re.MULTILINE)
    return {normal(name) for name in found}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def imported(modules: tuple[SourceModule, ...]) -> dict[str, str]:
    """The packages of others that our code imports, and a file that does: the product's first."""
    by_floor = sorted(modules, key=lambda module: module.path.parts[0] != MEASURING)
    return {
        package: str(module.path)
        for module in by_floor
        for statement in module.imports
        if (package := statement.module.partition(".")[0]) not in {*sys.stdlib_module_names, *OWN}
    }


def test_what_is_imported_is_required(imported: dict[str, str]) -> None:
    assert {"torch", "gradio", "numpy", "PIL"} <= set(imported)
    written = set[str]().union(*map(named, FILES)) | BY_SETUP
    with_tests = written | named("requirements-test.txt")
    installed = packages_distributions()
    missing = {
        package: file
        for package, file in imported.items()
        # what is optional may be absent: then it is taken to be called as it is imported
        if not (with_tests if Path(file).parts[0] == MEASURING else written)
        & {normal(name) for name in installed.get(package, [package])}
    }
    assert not missing, "imported, and in no requirements file"
