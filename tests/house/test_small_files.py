"""Whoever reads a file of a model's folder, or one that a person put there, opens it safely.

`open`, `read_text` and `read_bytes` wait for a pipe and never end at a device. Elsewhere than here
they may be used; on the floors that read what others wrote each use is one of those listed, and
says whose file it is.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# (file, function) -> whose file that is
OURS = {
    ("models/structure.py", "read_config"): "the families' configs, which ship with the program",
    ("models/disk.py", "read_lock"): "the lock of our own data folder, which we made",
    ("models/disk.py", "_write_through"): "a file that is new",
    ("models/partial.py", "open"): "a file that is written",
    ("models/partial.py", "start"): "what a download of ours wrote",
    ("models/partial.py", "sha256"): "what a download of ours wrote",
    ("models/pin_file.py", "write_pins"): "the pins, which ship with the program",
    ("pipelines/text/nonsense/scale.py", "scales"): "ships with the program",
    ("pipelines/text/glossing/dictionary.py", "lines"): "ships with the program",
    ("pipelines/image/memory/ram.py", "_read"): "the system's figures",
    ("pipelines/image/accelerate/openvino.py", "_made"): "what we compiled and kept ourselves",
}
FLOORS = ("models", "pipelines")
EXCEPT = ("pipelines/training/",)  # reads what it wrote itself, and the person's own data


def opened(code: str) -> set[str]:
    """Return the functions that open or read a path by another way than models/small_file.py."""
    found = set()
    for function in ast.walk(ast.parse(code)):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and _is_opening(node):
                found.add(function.name)
    return found


def _is_opening(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id="open"):
            return True
        case ast.Attribute(attr="read_text" | "read_bytes"):
            return True
        case ast.Attribute(attr="open"):  # of a path: with a mode, or nothing
            modes = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
            choices = [arg.body for arg in call.args if isinstance(arg, ast.IfExp)]
            modes += [one.value for one in choices if isinstance(one, ast.Constant)]
            return any(isinstance(mode, str) and len(mode) < 4 for mode in modes)
    return False


def uses():
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(EXCEPT):
                for function in opened(path.read_text(encoding="utf-8")):
                    yield name, function


def test_no_file_of_a_folder_is_opened_another_way():
    assert set(uses()) == OURS.keys()


@pytest.mark.parametrize(
    ("code", "is_seen"),
    [
        ("def f(p): return p.read_text()", True),
        ("def f(p): return open(p)", True),
        ("def f(p):\n    with p.open('rb') as file: pass", True),
        ("def f(p): return read_small(p, 3)", False),
        ("def f(l): return Library.open(l)", False),
    ],
)
def test_the_ways_are_seen(code, is_seen):
    assert bool(opened(code)) == is_seen
