"""Read the program's own code, file by file, without importing any of it.

Knows Python's grammar and where our code lies; knows nothing of rooms or figures.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

FOLDERS = ("models", "pipelines", "playground", "benchmarks")
FILES = ("webui.py",)


class ImportTime(StrEnum):
    """When an import statement runs."""

    LOADING = "top level"
    CALLING = "inside a function"
    TYPING = "for types only"


@dataclass(frozen=True, slots=True)
class ImportStatement:
    """One `import a.b` or `from a.b import c, d`, with relative names made absolute."""

    module: str
    names: tuple[str, ...]
    time: ImportTime


@dataclass(frozen=True, slots=True)
class FunctionSize:
    """How long a function is from `def` to its last line, and whether all of it is typed."""

    name: str
    path: PurePosixPath
    lines: int
    is_typed: bool


@dataclass(frozen=True, slots=True)
class SourceModule:
    """What a file of code holds.

    Attributes:
        name: as it is imported: "models.disk"; a package's name is its folder's.
        path: from the root of the checkout.
        comments, end_comments: how many lines are a comment, and how many end with one.
        classes: the name of every class definition, nested ones too.
    """

    name: str
    path: PurePosixPath
    lines: int
    comments: int
    end_comments: int
    imports: tuple[ImportStatement, ...]
    classes: tuple[str, ...]
    functions: tuple[FunctionSize, ...]


def read_house(root: Path) -> tuple[SourceModule, ...]:
    """Read every file of the program below `root`; tests are no part of it."""
    paths = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*.py"))]
    paths += [root / name for name in FILES if (root / name).is_file()]
    return tuple(read_module(root, path) for path in paths)


def read_module(root: Path, path: Path) -> SourceModule:
    """Read one file."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text, str(path))
    place = PurePosixPath(path.relative_to(root).as_posix())
    parts = place.with_suffix("").parts
    package = ".".join(parts[:-1])
    comments, end_comments = _comments(text)
    return SourceModule(
        name=package if parts[-1] == "__init__" else ".".join(parts),
        path=place,
        lines=len(text.splitlines()),
        comments=comments,
        end_comments=end_comments,
        imports=tuple(_imports(tree, package, ImportTime.LOADING)),
        classes=tuple(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)),
        functions=tuple(
            FunctionSize(node.name, place, _length(node), _is_typed(node))
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ),
    )


def _comments(text: str) -> tuple[int, int]:
    """Count the comments that have a line of their own, and those behind code."""
    found = [
        not token.line[: token.start[1]].strip()
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
    ]
    return sum(found), len(found) - sum(found)


def _imports(node: ast.AST, package: str, time: ImportTime) -> Iterator[ImportStatement]:
    """Yield the import statements below a node."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (ImportStatement(alias.name, (), time) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            names = tuple(alias.name for alias in child.names)
            yield ImportStatement(_absolute(child, package), names, time)
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            later = time if time is ImportTime.TYPING else ImportTime.CALLING
            yield from _imports(child, package, later)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for statement in child.body:
                yield from _imports(ast.Module([statement], []), package, ImportTime.TYPING)
            for statement in child.orelse:
                yield from _imports(ast.Module([statement], []), package, time)
        else:
            yield from _imports(child, package, time)


def _absolute(statement: ast.ImportFrom, package: str) -> str:
    if not statement.level:
        return statement.module or ""
    above = package.split(".")[: len(package.split(".")) - statement.level + 1]
    return ".".join([*above, *([statement.module] if statement.module else [])])


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _is_typed(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether the result and every argument have a type; `self` and `cls` need none."""
    given = function.args
    named = [*given.posonlyargs, *given.args]
    if named and named[0].arg in ("self", "cls"):
        named = named[1:]
    named += [*given.kwonlyargs, *(extra for extra in (given.vararg, given.kwarg) if extra)]
    is_result_typed = function.returns is not None or function.name == "__init__"
    return is_result_typed and all(argument.annotation for argument in named)
