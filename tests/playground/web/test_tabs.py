"""The table of tabs: adding one touches its folder and one row, and nothing else names a tab."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import playground.web
from playground.gate import GateSettings
from playground.web import tabs
from tests.playground.gate.door import LOCAL
from tests.playground.web.conftest import build

WEB = Path(playground.web.__file__).resolve().parent
LAYOUT = """
from playground.web.kit.connect import connect
from playground.web.kit.fast_import import import_gradio


def build(context):
    gr = import_gradio()
    shown = gr.HTML("fake", elem_id="fake-shown")
    connect(context.tab.select, lambda visit: visit.owner, None, [shown])
"""


@pytest.fixture
def page(studio, tmp_path, monkeypatch):
    """The page with one more tab: a folder, and a row."""
    folder = tmp_path / "faketab"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "layout.py").write_text(LAYOUT)
    (folder / "faketab.js").write_text("export const fake = 1;")
    (folder / "faketab.css").write_text(".fake { color: red; }")
    (folder / "notes.txt").write_text("not of the page")
    monkeypatch.setattr(tabs, "__path__", [*tabs.__path__, str(tmp_path)])
    monkeypatch.setattr(tabs, "TABS", (*tabs.TABS, tabs.Tab("faketab", "page.tab.play")))
    app = build(studio, GateSettings())
    with TestClient(app, base_url="http://127.0.0.1:7860", client=LOCAL) as client:
        yield client


def test_a_folder_and_a_row_make_a_tab(page):
    config = page.get("/config").json()
    ids = {part["props"].get("elem_id") for part in config["components"]}
    assert {"tab-faketab", "fake-shown"} <= ids
    assert page.get("/ui/faketab.js").text == "export const fake = 1;"
    assert page.get("/ui/notes.txt").status_code == 404
    assert '<link rel="stylesheet" href="./ui/faketab.css">' in page.get("/").text


def test_a_row_without_a_folder_says_so():
    with pytest.raises(ModuleNotFoundError, match="ghost"):
        _ = tabs.Tab("ghost", "page.tab.play").folders


def test_every_folder_has_a_row():
    folders = {path.parent for path in (WEB / "tabs").glob("*/__init__.py")}
    assert {folder for tab in tabs.TABS for folder in tab.folders} == folders


def test_nobody_but_a_tab_itself_imports_it():
    imported = re.compile(r"playground\.web\.tabs(?:\.| import )(\w+)")
    names = {folder.name for tab in tabs.TABS for folder in tab.folders}
    for path in WEB.rglob("*.py"):
        room = path.parent.name if path.parent.parent.name == "tabs" else ""
        found = set(imported.findall(path.read_text("utf-8"))) & names
        assert found <= {room}, path
