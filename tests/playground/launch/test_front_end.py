import shutil
import subprocess

import pytest

from playground.launch import front_end
from playground.launch.front_end import FOLDER, check_front_end

ENVIRON = {"PATH": "/somewhere"}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "package-lock.json").write_text("{}")
    return tmp_path


@pytest.fixture
def npm(monkeypatch):
    """Record what npm is asked for; `codes` is what it answers to the words that are named."""

    class Npm(list):
        codes: dict[str, int | BaseException]
        missing: tuple[str, ...] = ()

    npm = Npm()
    npm.codes = {}

    def run(command, cwd, env, check, timeout):
        assert command[0] == "/somewhere/npm"
        assert env == ENVIRON
        npm.append(" ".join(command[1:]))
        answer = npm.codes.get(npm[-1], 0)
        if isinstance(answer, BaseException):
            raise answer
        if npm[-1] == "ci" and answer == 0:
            (cwd / "node_modules").mkdir(exist_ok=True)
        return subprocess.CompletedProcess(command, answer)

    def which(name, path):
        return None if name in npm.missing else f"{path}/{name}"

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(shutil, "which", which)
    return npm


CHECKS = ["run --silent types", "run --silent scripts", "run --silent styles"]


def test_packages_are_installed_once_for_a_lock(npm, folder):
    assert check_front_end(ENVIRON, is_ci=False, folder=folder) == 0
    assert check_front_end(ENVIRON, is_ci=False, folder=folder) == 0
    assert npm == ["ci", *CHECKS, *CHECKS]
    (folder / "package-lock.json").write_text('{"lockfileVersion": 3}')
    assert check_front_end(ENVIRON, is_ci=False, folder=folder) == 0
    assert npm[-4:] == ["ci", *CHECKS]


def test_every_check_runs_although_one_fails(npm, folder):
    npm.codes = {CHECKS[0]: 2}
    assert check_front_end(ENVIRON, is_ci=False, folder=folder) == 2
    assert npm == ["ci", *CHECKS]


@pytest.mark.parametrize("missing", ["npm", "node"])
@pytest.mark.parametrize("is_ci", [False, True])
def test_without_npm_it_is_skipped_aloud_but_not_in_ci(npm, folder, capsys, missing, is_ci):
    npm.missing = (missing,)
    assert check_front_end(ENVIRON, is_ci=is_ci, folder=folder) == int(is_ci)
    assert npm == []
    told = capsys.readouterr().err
    assert "npm이 없어서" in told
    assert ("Skipped" in told) is not is_ci


@pytest.mark.parametrize("answer", [1, subprocess.TimeoutExpired("npm", 1)])
@pytest.mark.parametrize("is_ci", [False, True])
def test_tries_to_install_are_few(npm, folder, capsys, answer, is_ci):
    npm.codes = {"ci": answer}
    assert check_front_end(ENVIRON, is_ci=is_ci, folder=folder) == int(is_ci)
    assert npm == ["ci"] * front_end.INSTALL_TRIES
    assert "could not install its packages" in capsys.readouterr().err


def test_the_lock_pins_digests_and_names_no_registry():
    lock = (FOLDER / "package-lock.json").read_text("utf-8")
    assert lock.count('"integrity": "sha512-') > 100
    assert '"resolved"' not in lock
