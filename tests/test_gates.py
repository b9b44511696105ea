"""A run whose coverage is short fails, and in CI a test that is skipped for want of something."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.gates import ALLOWED_SKIPS, LEAST, Gates, find_uncovered


def row(covered: int, lines: int) -> dict[str, Any]:
    return {"summary": {"covered_lines": covered, "num_statements": lines}}


@pytest.fixture
def gates(monkeypatch: pytest.MonkeyPatch) -> Gates:
    monkeypatch.setenv("CI", "true")
    config: Any = SimpleNamespace(option=SimpleNamespace())
    return Gates(config)


def report(reason: str, **more: Any) -> Any:
    return SimpleNamespace(skipped=True, outcome="skipped", longrepr=("a.py", 1, reason), **more)


def test_each_folder_has_to_reach_its_own_share():
    files = {
        "models/a.py": row(9, 10),
        "models/b.py": row(10, 10),
        "pipelines/text/a.py": row(89, 100),
        "pipelines/image/a.py": row(91, 100),
        "playground/a.py": row(0, 1),
    }
    assert find_uncovered(files) == {"models": (95.0, 100.0), "playground": (0.0, 90.0)}
    assert LEAST["models"] == 100


def test_what_a_package_could_supply_is_not_skipped_in_ci(gates: Gates):
    judged = gates._judge(report("no emoji font (package fonts-noto-color-emoji)"))
    assert judged.outcome == "failed" and ".ci/run" in judged.longrepr


@pytest.mark.parametrize("part", ALLOWED_SKIPS)
def test_what_no_package_could_supply_may_be_skipped(gates: Gates, part: str):
    assert gates._judge(report(f"Skipped: {part} here")).outcome == "skipped"


def test_expected_failures_and_other_machines_are_left_alone(
    gates: Gates, monkeypatch: pytest.MonkeyPatch
):
    assert gates._judge(report("a bug", wasxfail="a bug")).outcome == "skipped"
    monkeypatch.setenv("CI", "false")
    config: Any = SimpleNamespace(option=SimpleNamespace())
    assert Gates(config)._judge(report("no emoji font")).outcome == "skipped"
