"""The border between the page and the studio: what it says, what it logs, what it lets through."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import playground.web
from pipelines.contract.errors import Cancelled, InvalidRequest
from playground.messages import Language, text
from tests.playground.web.asking import visit

WEB = Path(playground.web.__file__).parent
# Threads of their own, of which nobody above would hear, and the border to Gradio, whose messages
# quote what was typed.
WORKERS = {
    ("http/gradio_values.py", "__call__"),
    ("http/event_streams.py", "lines"),
    ("http/share.py", "ask"),
}


@pytest.mark.parametrize("language", list(Language))
def test_what_a_person_can_meet_is_told_and_not_logged(caplog, language):
    with visit(language).border() as border:
        raise InvalidRequest("request.text.empty", field="phrase")
    assert border.alert == text("request.text.empty", language, field="phrase")
    assert border.ticket == {"alert": border.alert}
    assert not caplog.records


def test_what_nobody_foresaw_is_logged_and_told_without_its_words(caplog):
    with visit("en").border() as border:
        raise ZeroDivisionError("a secret path")
    assert "ZeroDivisionError" in border.alert and "secret" not in border.alert
    assert isinstance(border.error, ZeroDivisionError)
    assert "a secret path" in caplog.text


def test_a_stop_is_told_where_one_can_stop(caplog):
    with visit().border(stopped="candidates.stopped") as border:
        raise Cancelled
    assert border.is_stopped and border.alert == text("candidates.stopped", Language.KO)
    assert not caplog.records
    with visit().border() as border:
        raise Cancelled
    assert not border.is_stopped and "Cancelled" in border.alert


def test_nothing_is_told_when_nothing_goes_wrong():
    with visit().border(stopped="candidates.stopped") as border:
        pass
    assert (border.alert, border.ticket, border.error, border.is_stopped) == ("", {}, None, False)


@pytest.mark.parametrize("leaving", [KeyboardInterrupt, GeneratorExit])
def test_the_end_of_the_program_is_let_through(leaving):
    with pytest.raises(leaving), visit().border():
        raise leaving


def places(tree: ast.AST, inside: str = "") -> set[str]:
    """Return the functions that catch whatever is raised."""
    found = set()
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ExceptHandler) and (
            node.type is None or "Exception" in ast.unparse(node.type).split()
        ):
            found.add(inside)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found |= places(node, node.name)
        else:
            found |= places(node, inside)
    return found


def test_nobody_else_catches_everything():
    found = {
        (path.relative_to(WEB).as_posix(), function)
        for path in WEB.rglob("*.py")
        for function in places(ast.parse(path.read_text("utf-8")))
    }
    assert found == WORKERS
