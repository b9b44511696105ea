"""What a whole run must hold besides its tests: how much code ran, and in CI no skipped test.

Registered by tests/conftest.py for every item, doctests included.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

# Percent of the lines of a folder that a run with coverage has to reach. Benchmarks are run by
# people: the tests run those that have a small size.
LEAST = {"models": 100.0, "pipelines": 90.0, "playground": 90.0, "benchmarks": 65.0}
FALSE = ("", "0", "false", "no")
# Parts of the reasons for which a test may be skipped in CI: what no package could supply.
ALLOWED_SKIPS = (
    "Windows",  # has no such thing, or is the only system that has it
    "reads /proc",  # another system than Linux
    "only the GNU C library",  # another C library
    "root reads everything",  # containers run as root
    "only root may mount",  # and some do not
    "mounting is not permitted",  # a container without that right
    "the system has no namespaces",  # a kernel that forbids them
    "this machine has no IPv6",  # a network without it
    "no sparse files of that size",  # a file system without them
)


def is_allowed(reason: str) -> bool:
    """Tell whether a test may be skipped in CI for this reason."""
    return any(part in reason for part in ALLOWED_SKIPS)


def find_uncovered(files: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Return folder -> (percent reached, percent wanted) where a report of coverage is short."""
    short = {}
    for folder, least in LEAST.items():
        rows = [row["summary"] for name, row in files.items() if Path(name).parts[0] == folder]
        lines = sum(row["num_statements"] for row in rows)
        covered = sum(row["covered_lines"] for row in rows)
        if covered < lines * least / 100:
            short[folder] = (100 * covered / lines, least)
    return short


class Gates:
    """The hooks; `config` tells whether coverage is measured, and where its report lies."""

    def __init__(self, config: pytest.Config) -> None:
        self._is_ci = os.environ.get("CI", "").lower() not in FALSE
        self._is_worker = hasattr(config, "workerinput")
        reports = getattr(config.option, "cov_report", None) or {}
        self._report = Path(str(reports["json"])) if reports.get("json") else None
        self._lines: list[str] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, Any, Any]:
        """Fail a test that is skipped in CI for want of something."""
        return self._judge((yield))

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self) -> Generator[None, Any, Any]:
        """Fail a file that is skipped in CI for want of something."""
        return self._judge((yield))

    def _judge(self, report: Any) -> Any:
        if self._is_ci and report.skipped and not hasattr(report, "wasxfail"):
            reason = str(report.longrepr[-1])
            if not is_allowed(reason):
                report.outcome = "failed"
                report.longrepr = f"{reason}: CI has to install it, see .ci/run"
        return report

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, Any, Any]:
        """Fail a run whose coverage is short; pytest-cov has written its report by then."""
        result = yield
        if self._report and not self._is_worker and not session.config.option.collectonly:
            files = json.loads(self._report.read_text("utf-8"))["files"]
            for folder, (reached, least) in find_uncovered(files).items():
                session.testsfailed += 1
                self._lines.append(f"{folder}: {reached:.2f} % of its lines ran, wanted {least} %")
                if least == 100:
                    self._lines += [
                        f"  {name}: {row['missing_lines']}"
                        for name, row in files.items()
                        if row["missing_lines"] and Path(name).parts[0] == folder
                    ]
        return result

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell what was short."""
        if self._lines:
            terminalreporter.section("coverage", red=True)
            for line in self._lines:
                terminalreporter.write_line(line)
