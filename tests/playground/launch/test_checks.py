import subprocess

import pytest

from playground.launch import checks
from playground.launch.place import ROOT, find_place


@pytest.fixture
def ran(monkeypatch):
    """Record the commands; those whose words contain a name in `ran.failing` fail with 1."""

    class Ran(list):
        failing = ()

        def check_front_end(self, environ, *, is_ci):
            self.append((["front end", is_ci], environ))
            return int("front end" in self.failing)

    ran = Ran()

    def run(command, cwd, env, check, capture_output=False):
        assert cwd == ROOT
        assert check is False
        ran.append((command[1:], env))
        code = int(any(word in command for word in ran.failing))
        said = command[2].encode() if capture_output else None
        return subprocess.CompletedProcess(command, code, said, b"")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(checks, "check_front_end", ran.check_front_end)
    return ran


def test_everything_runs_and_pytest_comes_last(ran, capsys):
    ran.failing = ("ruff", "front end")
    assert checks.run_checks(find_place({}), [], {}) == 1
    before = [words for words, _env in ran[:-1]]
    assert ["front end", False] in before
    before.remove(["front end", False])
    assert {words[1] for words in before} == {"ruff", "mypy", checks.LINT_IMPORTS}
    assert ran[-1][0][:4] == ["-m", "pytest", "-n", str(checks.WORKERS)]
    assert "--cov" in ran[-1][0]
    shown = capsys.readouterr()
    assert shown.out.startswith("\n== ruff check ==\nruff\n== ruff format ==\nruff\n== mypy ==\n")
    assert shown.out.endswith("\n== pytest ==\n")
    assert "ruff check, ruff format, front end" in shown.err


def test_arguments_go_to_pytest_alone(ran):
    assert checks.run_checks(find_place({}), ["-k", "a or b"], {}) == 0
    assert [words for words, _env in ran] == [["-m", "pytest", "-k", "a or b"]]


def test_in_ci_the_front_end_is_not_skipped(ran):
    checks.run_checks(find_place({}), [], {"CI": "true"})
    assert ["front end", True] in [words for words, _env in ran]


@pytest.mark.parametrize(
    ("ci", "expected"), [("true", "1"), ("1", "1"), ("", None), ("false", None)]
)
def test_ci_must_have_a_browser(ran, ci, expected):
    checks.run_checks(find_place({}), ["-q"], {"CI": ci})
    assert ran[0][1].get("PLAYGROUND_REQUIRE_BROWSER") == expected
