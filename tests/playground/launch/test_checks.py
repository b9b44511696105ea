import pytest

from playground.launch import checks
from playground.launch.place import ROOT, find_place


@pytest.fixture
def ran(monkeypatch):
    """Record the commands; those whose words contain a name in `ran.failing` fail with 1."""

    class Ran(list):
        failing = ()

    ran = Ran()

    def run(command, cwd, env, check):
        assert cwd == ROOT
        assert check is False
        ran.append((command[1:], env))
        code = int(any(word in command for word in ran.failing))
        return type("Done", (), {"returncode": code})

    monkeypatch.setattr(checks.subprocess, "run", run)
    return ran


def test_everything_runs_and_pytest_comes_last(ran, capsys):
    ran.failing = ("ruff",)
    assert checks.run_checks(find_place({}), [], {}) == 1
    assert [words[1] for words, _env in ran][:3] == ["ruff", "ruff", "mypy"]
    assert ran[-1][0] == ["-m", "pytest"]
    shown = capsys.readouterr()
    assert "== pytest ==" in shown.out
    assert "ruff check, ruff format" in shown.err


def test_arguments_go_to_pytest_alone(ran):
    assert checks.run_checks(find_place({}), ["-k", "a or b"], {}) == 0
    assert [words for words, _env in ran] == [["-m", "pytest", "-k", "a or b"]]


@pytest.mark.parametrize(
    ("ci", "expected"), [("true", "1"), ("1", "1"), ("", None), ("false", None)]
)
def test_ci_must_have_a_browser(ran, ci, expected):
    checks.run_checks(find_place({}), ["-q"], {"CI": ci})
    assert ran[0][1].get("PLAYGROUND_REQUIRE_BROWSER") == expected
