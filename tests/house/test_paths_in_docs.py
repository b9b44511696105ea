"""Every path and every module of ours that docs and docstrings name exists.

A path is a word in backticks that has a slash or one of `SUFFIXES`; outside of backticks (in drawn
trees, too) it has to begin with one of our folders, or end in `.py`. It is looked for from the
root, from the folder of the file that names it, from a folder that the same paragraph or row names,
and as the end of one path only. No paths are: words with anything but letters, digits and `._*/-`
in them (placeholders, addresses), words that begin with a slash (routes of the server), and what is
made where the program runs, see `ELSEWHERE`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from benchmarks.house.source import FILES, FOLDERS

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = (".py", ".md", ".json", ".jsonl", ".js", ".css", ".sh", ".bat", ".toml", ".tsv")
SOURCES = (*FOLDERS, "docs", "tests", ".ci")
MADE = re.compile(r"(?:^|/)(?:__pycache__|node_modules)/")  # by Python and npm, not by us
WORD = re.compile(r"(?=.*[A-Za-z])(?!/)[A-Za-z0-9._*/-]+", re.ASCII)
BARE = re.compile(
    rf"(?<![\w./<*-])(?:(?:{'|'.join(FOLDERS)}|docs|tests)/[\w./*-]*\w/?|[\w/]+\.py\b)"
)
DOTTED = re.compile(
    rf"(?<![\w./-])(?:{'|'.join(FOLDERS)})(?:\.\w+)+\b(?!\.\*|[\w/{{]|\.\w)", re.ASCII
)
# Made where the program runs or brought by a person: in the data folder, in a model's folder.
ELSEWHERE = (
    *("data/*", "inputs/", "wildcards/", "webui-user.sh", "webui-user.bat", "memory-plans.json"),
    *("models/Lora", "models/VAE", "models/VAE-approx", "*.safetensors"),  # as A1111 has them
    *("config.json", "model_index.json", "tokenizer.json", "vocab.json", "preview.json"),
    *("training.json", "trainer_state.json", "key.json"),
    *("food/fruit", "food/fruit.txt", "__food/fruit__"),  # an example of a word list
)


@dataclass(frozen=True)
class Tree:
    """The files of the checkout, and the folders that hold them."""

    files: frozenset[str]
    all: tuple[PurePosixPath, ...] = field(init=False)

    def __post_init__(self) -> None:
        paths = {PurePosixPath(file) for file in self.files}
        folders = {parent for path in paths for parent in path.parents if parent.name}
        object.__setattr__(self, "all", tuple(sorted(paths | folders)))

    def has(self, word: str, near: Iterable[PurePosixPath]) -> bool:
        """Say whether a word names something: from the root, from near, or as a unique end."""
        found = [path for path in self.all if path.match(word)]
        exact = {PurePosixPath(word), *(folder / word for folder in near)}
        return len(found) == 1 or bool(exact & set(found)) or ("*" in word and bool(found))


@cache
def tree() -> Tree:
    """Read the checkout; folders that only leftovers lie in are not there."""
    tops = [path for path in ROOT.iterdir() if path.is_file()]
    deep = [path for name in SOURCES for path in (ROOT / name).rglob("*") if path.is_file()]
    files = (path.relative_to(ROOT).as_posix() for path in (*tops, *deep))
    return Tree(frozenset(file for file in files if not MADE.search(file)))


def texts() -> Iterator[tuple[PurePosixPath, str]]:
    """Yield every document and docstring with its file; the changelog is history."""
    for file in sorted(tree().files):
        path = PurePosixPath(file)
        if path.suffix == ".md" and path.name != "CHANGELOG.md":
            yield path, (ROOT / file).read_text("utf-8")
        elif path.suffix == ".py" and (file in FILES or path.parts[0] in FOLDERS):
            for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                    yield path, ast.get_docstring(node) or ""


def paths_in(text: str) -> set[str]:
    """Return the words of a text that claim to be paths."""
    quoted = (word for span in re.findall(r"`([^`\n]+)`", text) for word in span.split())
    named = {w for w in quoted if WORD.fullmatch(w) and ("/" in w or w.endswith(SUFFIXES))}
    return named | set(BARE.findall(text))


def is_elsewhere(word: str) -> bool:
    return any(fnmatchcase(word, pattern) for pattern in ELSEWHERE)


@dataclass(frozen=True)
class Claim:
    """A word that claims to be a path, where it stands, and the folders named beside it."""

    path: PurePosixPath
    word: str
    near: frozenset[PurePosixPath]


@cache
def claims() -> frozenset[Claim]:
    """Return what all texts claim."""
    found = set()
    for path, text in texts():
        for paragraph in re.split(r"\n\s*\n|\n(?=\|)", text):
            words = {word.removeprefix("./") for word in paths_in(paragraph)}
            near = {PurePosixPath(word) for word in words if word.endswith("/")} | {path.parent}
            found |= {Claim(path, word, frozenset(near)) for word in words}
    return frozenset(found)


def test_every_path_that_is_named_exists() -> None:
    missing = sorted(
        f"{claim.path}: {claim.word}"
        for claim in claims()
        if not is_elsewhere(claim.word) and not tree().has(claim.word, claim.near)
    )
    assert not missing, "no such path, or more than one ends so:\n" + "\n".join(missing)


def modules_in(text: str) -> set[str]:
    """Return the dotted names of ours in a text."""
    return {word for word in DOTTED.findall(text) if not word.endswith(SUFFIXES)}


def names_something(dotted: str) -> bool:
    """Say whether a module is there, and what is named after it stands in it."""
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        stem = "/".join(parts[:count])
        for file in {f"{stem}.py", f"{stem}/__init__.py"} & tree().files:
            text, rest = (ROOT / file).read_text("utf-8"), parts[count:]
            return not rest or bool(
                re.search(rf"^(?:class |def |async def )?{rest[0]}\b", text, re.M)
            )
    return False


def test_every_module_that_is_named_exists() -> None:
    named = {(path, word) for path, text in texts() for word in modules_in(text)}
    assert len(named) > 20
    missing = sorted(f"{path}: {word}" for path, word in named if not names_something(word))
    assert not missing, "no such module, or nothing of that name in it:\n" + "\n".join(missing)


def test_what_is_in_no_module_is_missed() -> None:
    assert names_something("models.disk.write_atomically") and names_something("models")
    assert not names_something("models.disk.write_twice") and not names_something("models.none")


@pytest.mark.parametrize("pattern", ELSEWHERE)
def test_what_lies_elsewhere_is_still_named(pattern: str) -> None:
    assert any(fnmatchcase(claim.word, pattern) for claim in claims())


def test_words_that_are_no_paths() -> None:
    text = "`/login`, `76/150`, `<usr>a</s>`, `a/{name}.py`, `https://a.b/c`, it/s and `x.py`; b.py"
    assert paths_in(text) == {"x.py", "b.py"}
    assert paths_in("models/disk.py, `docs/*.md`, `python -m x ./webui.sh`") == {
        "models/disk.py",
        "docs/*.md",
        "./webui.sh",
    }


def test_what_is_not_there_is_missed() -> None:
    house = Tree(frozenset({"models/disk.py", "models/image/load.py", "models/text/load.py"}))
    here = [PurePosixPath("models/image")]
    assert all(house.has(word, ()) for word in ("disk.py", "models/", "text/load.py", "*.py"))
    assert house.has("load.py", here) and not house.has("load.py", ())
    assert not any(house.has(word, here) for word in ("disc.py", "image/disk.py", "x*.py"))
