"""The page's scripts and styles as files: their words have rows, all of them are served."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

import playground.web
from playground.messages import script_rows
from playground.web.http.assets import SENT, SHARED, collect_assets
from playground.web.page import page_assets
from playground.web.tabs import TABS

WEB = Path(playground.web.__file__).resolve().parent
ROOT = WEB.parents[1]
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


def test_every_file_of_the_page_is_served_and_nothing_else():
    of_the_page = {path for suffix in SENT for path in files(suffix)}
    assert set(page_assets().files.values()) == of_the_page
    assert "types.d.ts" not in page_assets().files


def test_files_of_a_tab_are_asked_for_as_if_they_lay_beside_the_shared_ones():
    assets = page_assets()
    assert "draw.js" in assets.files and "fonts/PretendardVariable.woff2" in assets.files
    for tab in TABS:
        for folder in tab.folders:
            assert {path.name for path in folder.iterdir() if path.suffix in SENT} <= set(
                assets.files
            )


def test_two_files_of_one_name_are_refused(tmp_path):
    (tmp_path / "page.js").write_text("")
    with pytest.raises(ValueError, match=r"page\.js"):
        collect_assets([tmp_path], SHARED)


def test_every_style_is_linked_and_the_variables_come_first(visit):
    linked = LINK.findall(visit().get("/").text)
    assert linked == list(page_assets().styles)
    assert set(linked) == {path.name for path in files(".css")}
    assert linked[0] == "variables.css"


def test_the_types_of_scripts_are_looked_for_in_every_folder_with_scripts():
    tsconfig = json.loads((ROOT / "tests" / "frontend" / "tsconfig.json").read_text("utf-8"))
    roots = tsconfig["compilerOptions"]["rootDirs"]
    found = {(ROOT / "tests" / "frontend" / root).resolve() for root in roots}
    assert found == {path.parent for path in files(".js")}


@pytest.mark.parametrize("path", files(".css"), ids=lambda path: path.name)
def test_lines_of_a_style_are_no_wider_than_a_screen(path):
    lines = path.read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > LONGEST_LINE] == []
