import io
import sys

import pytest

from playground.launch import console
from playground.launch.errors import FlagError
from playground.messages import Language


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, Language.KO),
        ({"LANG": "C"}, Language.KO),
        ({"LANG": "C.UTF-8"}, Language.KO),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, Language.KO),
        ({"LANG": "ko_KR.eucKR"}, Language.KO),
        ({"LANG": "en_US.UTF-8"}, Language.EN),
        ({"LC_MESSAGES": "ko_KR", "LANG": "en_US"}, Language.KO),
        ({"LANG": "de_DE@euro"}, Language.EN),
    ],
)
def test_language_of_the_terminal(environ, expected):
    assert console.language(environ) is expected


@pytest.mark.parametrize("encoding", ["ascii", "cp949", "latin-1", "utf-8"])
def test_nothing_that_is_said_breaks_a_terminal(monkeypatch, encoding):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), encoding))
    console.make_safe()
    console.say("serving.link", link="🐙 똠방각하 \ud800 gradio")
    assert b"gradio" in written.getvalue()


def test_a_closed_window_is_no_failure(monkeypatch):
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)
    console.complain(FlagError("launch.flag.unknown", flag="--x"))
