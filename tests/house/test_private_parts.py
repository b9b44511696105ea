"""What a library keeps private is touched in one file for each library, and nowhere else.

The rule: a name with one leading underscore is read from `self`, `cls` or a class of the same file,
or the same file defines the name. Everything else belongs to somebody else, ours or not. Names are
seen in attributes, in the constant (or half-constant) names that getattr and its kin take, and in
imports. The files called private_*.py are where it is allowed; a test for each asks whether the
things are still there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.house.source import SourceModule

ROOT = Path(__file__).resolve().parents[2]
HOMES = "private_*.py"
BY_NAME = ("getattr", "setattr", "hasattr", "delattr")
# Never add a line: write a function in a private_*.py. Take one away as soon as it is not so.
EXCEPTIONS = {
    ("playground/launch/setup.py", "_base_executable"): "set by Python itself inside a venv; the "
    "installer runs before any package is there",
    ("playground/web/kit/fast_import.py", "_getframe"): "of Python itself, and documented: "
    "patching it into Gradio's import is all that the file does",
}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def foreign_parts(code: str) -> set[str]:
    """Return the private names in a file that it does not define."""
    nodes = list(ast.walk(ast.parse(code)))
    own = {name for node in nodes for name in _defined(node)}
    holders = {"self", "cls", *(node.name for node in nodes if isinstance(node, ast.ClassDef))}
    return {name for node in nodes for name in _touched(node, holders) if is_private(name)} - own


def _defined(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Name(id=name, ctx=ast.Store()):  # of a module, or a field of a class
            yield name
        case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
            yield name


def _touched(node: ast.AST, holders: set[str]) -> Iterator[str]:
    match node:
        case ast.Attribute(value=ast.Name(id=holder)) if holder in holders:
            return
        case ast.Attribute(attr=name):
            yield name
        case ast.Call(func=ast.Name(id=called), args=[_, ast.Constant(value=str(name)), *_]):
            if called in BY_NAME:
                yield name
        case ast.Call(func=ast.Name(id=called), args=[_, ast.JoinedStr(values=[first, *_]), *_]):
            if called in BY_NAME and isinstance(first, ast.Constant):
                yield str(first.value)
        case ast.Import(names=names):
            yield from (part for name in names for part in name.name.split("."))
        case ast.ImportFrom(module=module, names=names):
            yield from (module or "").split(".")
            yield from (name.name for name in names)


@pytest.fixture(scope="module")
def touched(modules: tuple[SourceModule, ...]) -> set[tuple[str, str]]:
    """Every file outside the homes with the private things it touches."""
    return {
        (str(module.path), name)
        for module in modules
        if not module.path.match(HOMES)
        for name in foreign_parts((ROOT / module.path).read_text("utf-8"))
    }


def test_private_parts_are_touched_in_their_own_files_only(touched: set[tuple[str, str]]) -> None:
    added = sorted(f"{path}: {name}" for path, name in touched - set(EXCEPTIONS))
    assert not added, "give these a function in a private_*.py:\n" + "\n".join(added)


def test_what_is_touched_no_longer_leaves_the_list(touched: set[tuple[str, str]]) -> None:
    assert not set(EXCEPTIONS) - touched, "take these lines off the list"


def test_every_home_has_a_test_of_its_own(modules: tuple[SourceModule, ...]) -> None:
    homes = [module.path for module in modules if module.path.match(HOMES)]
    assert homes
    for home in homes:
        assert (ROOT / "tests" / home.parent / f"test_{home.name}").is_file(), home


@pytest.mark.parametrize(
    "code",
    [
        "pipeline._device",
        "self.pipeline._device",
        "getattr(module, '_device', None)",
        "getattr(torch.cpu, f'_device{name}')",
        "from torch import _device",
        "from torch._device import Error",
        "import torch._device.config",
    ],
)
def test_a_private_part_is_seen_wherever_it_is_touched(code: str) -> None:
    assert foreign_parts(code) == {"_device"}


@pytest.mark.parametrize(
    "code",
    [
        "self._device",
        "cls._device()",
        "class A:\n    def __init__(self):\n        self._x = 1\ndef f(a: A):\n    return a._x",
        "class A:\n    _x: int\ndef f(a: A):\n    return a._x",
        "class A(B):\n    pass\nA._made_in_b()",
        "thing.__class__",
        "from __future__ import annotations",
    ],
)
def test_what_a_file_defines_is_its_own(code: str) -> None:
    assert not foreign_parts(code)
