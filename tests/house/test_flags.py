"""Every flag does something: each field of `Flags` is read outside of the command line's parser."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from benchmarks.house.source import FILES, FOLDERS
from playground.launch.flags import Flags

ROOT = Path(__file__).resolve().parents[2]
PARSER = ROOT / "playground" / "launch" / "flags.py"


def read_of(tree: ast.AST, holder: str) -> set[str]:
    """Return which attributes are read of what is called `holder`, or ends in `.holder`."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
        if ast.unparse(node.value).rpartition(".")[2].lstrip("_") == holder
    }


def properties() -> dict[str, set[str]]:
    """Return the fields that each property of `Flags` is made of."""
    tree = ast.parse(PARSER.read_text("utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    body = next(node.body for node in classes if node.name == "Flags")
    return {node.name: read_of(node, "self") for node in body if isinstance(node, ast.FunctionDef)}


@pytest.fixture(scope="module")
def used() -> set[str]:
    """What is read of the flags anywhere else, through properties too."""
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    paths += [ROOT / name for name in FILES]
    codes = [path.read_text("utf-8") for path in paths if path != PARSER]
    trees = [ast.parse(code) for code in codes if "flags." in code]
    found = set[str]().union(*(read_of(tree, "flags") for tree in trees))
    return found.union(*(made_of for name, made_of in properties().items() if name in found))


@pytest.mark.parametrize("name", [field.name for field in fields(Flags)])
def test_a_flag_is_read_by_what_it_changes(name: str, used: set[str]) -> None:
    assert name in used, f"nobody reads flags.{name}: the flag does nothing"


def test_what_nobody_reads_is_not_found(used: set[str]) -> None:
    assert "nothing" not in used
    assert read_of(ast.parse("flags.port = 1; self._flags.share; other.fp8"), "flags") == {"share"}
