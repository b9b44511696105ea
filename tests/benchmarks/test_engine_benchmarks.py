"""The engine's benchmarks run with small models and write their sections."""

from __future__ import annotations

import json

import pytest
import torch

from benchmarks.__main__ import SIZED, main
from benchmarks.by_hand import closeness, draw_by_hand, draw_ours, request_of
from benchmarks.random_model import load_random, write_folder
from pipelines.image.memory.device import DevicePlan


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def test_the_engine_and_a_loop_by_hand_draw_the_same_picture(tmp_path):
    write_folder(tmp_path / "models" / "random", "sd15", is_small=True)
    model = load_random(tmp_path, "random", DevicePlan("cpu", "float32"))
    ours, theirs = draw_ours(model, request_of(64, 3)), draw_by_hand(model.pipeline, 64, 3)
    assert closeness(ours, theirs) > 45  # nothing but rounding


def test_closeness_is_99_for_equal_and_counts_decibels():
    one = torch.tensor([0.0, 1.0])
    assert closeness(one, one) == 99
    assert closeness(one + 0.1, one) == pytest.approx(20, abs=0.01)


@pytest.mark.timeout(600)  # several processes that import torch, each compiling for itself
@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", sorted(SIZED))
def test_a_small_benchmark_writes_its_section(name, tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("# Mine\n\nA sentence of a person.\n", "utf-8")
    assert main([name, "--small", "--page", str(page)]) == 0
    text = page.read_text("utf-8")
    assert "A sentence of a person." in text
    assert f"<!-- begin {name} -->" in text and f"<!-- end {name} -->" in text
    assert "no GPU" in text or torch.cuda.is_available()
    rows = capsys.readouterr().out.splitlines()
    assert rows and all(row in text for row in rows if row.startswith("|"))


def test_lines_of_json_leave_the_page_alone(tmp_path, capsys, monkeypatch):
    from benchmarks.figure import compare

    page = tmp_path / "page.md"
    monkeypatch.setitem(SIZED, "cpu", lambda _is_small: [compare("a", [3.0], "b", [2.0])])
    assert main(["cpu", "--json", "--page", str(page)]) == 0
    assert json.loads(capsys.readouterr().out)["ratio"] == 1.5
    assert not page.exists()
