"""Text is normalised in models/composed.py alone: elsewhere nobody knows how long it may take."""

import ast
from pathlib import Path

import pytest

from benchmarks.house.source import SourceModule

ROOT = Path(__file__).resolve().parents[2]
HOME = Path("models/composed.py")
NAMES = {"normalize", "is_normalized"}


def normalises(code: str) -> bool:
    """Tell whether a file reaches for the library's own functions."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.ImportFrom(module="unicodedata", names=names):
                if NAMES & {name.name for name in names}:
                    return True
            case ast.Attribute(value=ast.Name(id="unicodedata"), attr=name) if name in NAMES:
                return True
            case ast.Import(names=names):
                if any(name.name == "unicodedata" and name.asname for name in names):
                    return True
    return False


def test_only_one_file_normalises(modules: tuple[SourceModule, ...]) -> None:
    found = {
        module.path for module in modules if normalises((ROOT / module.path).read_text("utf-8"))
    }
    assert found == {HOME}, "use models.composed.composed"


@pytest.mark.parametrize(
    "code",
    [
        "import unicodedata\nunicodedata.normalize('NFC', x)",
        "import unicodedata\nunicodedata.is_normalized('NFC', x)",
        "from unicodedata import normalize as n",
        "import unicodedata as u",
    ],
)
def test_every_way_is_seen(code: str) -> None:
    assert normalises(code)
