"""The page's scripts and styles as files: their words have rows, all of them are served."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import playground.web
from playground.messages import script_rows
from playground.web.http.files import SERVED
from playground.web.http.front_page import HEAD

WEB = Path(playground.web.__file__).parent
# "stage.lost", and `drawing.send.${to}` with the part that is found out at run time
FILE = re.compile(r"\.(?:js|png)$")
KEY = re.compile(r"""["`]([a-z_]+\.[a-z_.]*(?:\$\{[^}]+\}[a-z_.]*)*)["`]""")
BLANK = re.compile(r"\$\{[^}]+\}")
LINK = re.compile(r'<link rel="stylesheet" href="\./ui/([^"]+)">')
LONGEST_LINE = 119


def files(suffix: str) -> list[Path]:
    return sorted(WEB.rglob(f"*{suffix}"))


@cache
def asked_for() -> frozenset[str]:
    """Return what the scripts ask for that looks like the key of a sentence."""
    rooms = {key.partition(".")[0] for key in script_rows()}
    found = (key for path in files(".js") for key in KEY.findall(path.read_text("utf-8")))
    return frozenset(
        key for key in found if key.partition(".")[0] in rooms and not FILE.search(key)
    )


def keys_of(asked: str) -> set[str]:
    """Return the rows that a key with blanks may mean."""
    pattern = "[a-z_]+".join(re.escape(part) for part in BLANK.split(asked))
    return {key for key in script_rows() if re.fullmatch(pattern, key)}


def test_every_script_is_read():
    assert {path.name for path in files(".js")} >= {"page.js", "chat.js", "mask.js"}
    assert len(asked_for()) > 60


def test_every_word_that_a_script_asks_for_has_a_row():
    assert [asked for asked in sorted(asked_for()) if not keys_of(asked)] == []


def test_every_row_of_the_scripts_is_asked_for():
    used = {key for asked in asked_for() for key in keys_of(asked)}
    assert set(script_rows()) - used == set()


@pytest.mark.parametrize("suffix", [".js", ".css"])
def test_every_script_and_style_is_served(suffix):
    assert set(files(suffix)) == {path for path in SERVED.values() if path.suffix == suffix}


def test_every_style_is_linked_and_the_variables_come_first():
    linked = LINK.findall(HEAD)
    assert set(linked) == {name for name in SERVED if name.endswith(".css")}
    assert linked[0] == "variables.css"


@pytest.mark.parametrize("path", files(".css"), ids=lambda path: path.name)
def test_lines_of_a_style_are_no_wider_than_a_screen(path):
    lines = path.read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > LONGEST_LINE] == []
