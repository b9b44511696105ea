import time

import pytest

from playground.launch import console
from playground.launch.stopwatch import Stopwatch
from playground.messages import serving


def test_the_line_names_its_parts_and_leaves_the_steps_out():
    stopwatch = Stopwatch(time.perf_counter() - 1)
    with stopwatch.part("studio"), stopwatch.step("library"):
        pass
    assert "python 1.0" in stopwatch.line and "studio 0.00" in stopwatch.line
    assert "library" not in stopwatch.line


def test_who_follows_the_start_is_told_every_step_as_it_ends():
    told: list[str] = []
    stopwatch = Stopwatch(time.perf_counter(), lambda name, _took, _since: told.append(name))
    with stopwatch.part("page"):
        with stopwatch.step("gradio"):
            assert told == ["python"]
        assert told == ["python", "gradio"]
    assert told == ["python", "gradio", "page"]


@pytest.mark.parametrize(("locale", "index"), [("C", 0), ("en_US.UTF-8", 1)])
def test_a_step_is_a_line_in_the_persons_language(locale, index, monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", locale)
    console.say_step("gradio", 1.234, 5.678)
    line = capsys.readouterr().out
    row = serving.ROWS["serving.step.gradio"]
    assert (row.ko, row.en)[index] in line
    assert "1.23" in line and "5.68" in line
