"""Set-up with a pip that only writes down what it is asked for."""

import errno
import importlib.util
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from playground.launch import pip, setup, stamp, torch_source
from playground.launch.place import PythonEnvironment, find_place, playground_environment
from playground.launch.sentences import SetupError

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
NAMES = ("TORCH_COMMAND", "TORCH_INDEX_URL", "REQS_FILE", "COMMANDLINE_ARGS", "python_cmd", "CI")


class FakePip:
    """Stands for pip: commands are recorded, and one may fail."""

    def __init__(self, place: PythonEnvironment) -> None:
        self.place = place
        self.commands: list[str] = []
        self.marked: list[bool] = []
        self.error: Exception | None = None
        self.failing_word = ""

    def run(self, command, _environ, _where):
        words = [word for word in command if word not in (str(self.place.python), "-P", "-m")]
        self.commands.append(" ".join(words))
        self.marked.append(self.place.marker.exists())
        if self.error and self.failing_word in self.commands[-1]:
            raise self.error


@pytest.fixture
def root(tmp_path, monkeypatch):
    folder = tmp_path / "놀이터 새로"
    folder.mkdir()
    for name in (setup.LOCK, setup.TEST_LOCK):
        (folder / name).write_text("one==1\n")
    monkeypatch.setattr(setup, "ROOT", folder)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_FIND_LINKS", "/wheels")
    monkeypatch.setenv("venv_dir", str(folder / ".venv"))
    return folder


@pytest.fixture
def place(root):
    return find_place(os.environ)


@pytest.fixture
def fake_pip(place, monkeypatch):
    fake = FakePip(place)
    monkeypatch.setattr(pip, "run", fake.run)
    monkeypatch.setattr(pip, "free_gb", lambda _where: 50.0)
    monkeypatch.setattr(subprocess, "run", lambda command, **_more: make_venv(command))
    return fake


@pytest.fixture
def started(monkeypatch):
    """Record what would replace this process."""
    commands = []
    monkeypatch.setattr(os, "execve", lambda *words: commands.append(words))
    monkeypatch.setattr(setup, "_start", lambda _place, argv: commands.append(argv) or 0)
    return commands


def make_venv(command):
    if "venv" in command:
        fill_venv(Path(command[-1]))
    return type("Done", (), {"returncode": 0})


def fill_venv(folder, version=PYTHON):
    (folder / "bin").mkdir(parents=True, exist_ok=True)
    (folder / "bin" / "python").touch()
    (folder / "pyvenv.cfg").write_text(f"home = /usr\nversion = {version}.9\n")


def failed_with(capsys):
    shown = capsys.readouterr().err.strip().splitlines()
    return shown[-2:]


def test_first_start_installs_and_the_second_does_nothing(fake_pip, started, place):
    assert setup.main(["--listen"]) == 0
    requirements, torch = fake_pip.commands
    assert "--no-deps --require-hashes --only-binary :all:" in requirements
    assert requirements.endswith("requirements.lock")
    assert torch.endswith(f"install {torch_source.TORCH}")
    assert fake_pip.marked == [True, True]
    assert not place.marker.exists()
    assert setup.main([]) == 0
    assert len(fake_pip.commands) == 2
    assert started == [["--listen"], []]


def test_only_what_changed_is_installed_again(fake_pip, started, root):
    setup.main([])
    fake_pip.commands.clear()
    (root / setup.LOCK).write_text("one==2\n")
    setup.main([])
    assert len(fake_pip.commands) == 1
    assert "requirements.lock" in fake_pip.commands[0]


def test_another_torch_command_installs_torch_again(fake_pip, started, monkeypatch, place):
    setup.main([])
    fake_pip.commands.clear()
    monkeypatch.setenv("TORCH_COMMAND", 'python -c "pass"')
    setup.main([])
    assert fake_pip.commands == ["-c pass"]
    monkeypatch.setenv("TORCH_COMMAND", "uv pip install torch")
    setup.main([])
    assert fake_pip.commands[1:] == ["uv pip install torch"]


def test_own_requirements_come_after_torch_and_without_hashes(fake_pip, started, monkeypatch, root):
    (root / "mine.txt").write_text("gradio\n")
    monkeypatch.setenv("REQS_FILE", "mine.txt")
    assert setup.main([]) == 0
    torch, requirements = fake_pip.commands
    assert torch.endswith(torch_source.TORCH)
    assert requirements.endswith("mine.txt")
    assert "--require-hashes" not in requirements


def test_tests_have_a_step_of_their_own(fake_pip, started, monkeypatch):
    from playground.launch import checks

    calls = []
    monkeypatch.setattr(checks, "run_checks", lambda _place, words, _env: calls.append(words) or 5)
    setup.main([])
    assert setup.main(["test", "-k", "x"]) == 5
    assert fake_pip.commands[2].endswith("requirements-test.lock")
    assert setup.main(["test"]) == 5
    assert len(fake_pip.commands) == 3
    assert calls == [["-k", "x"], []]


def test_a_killed_set_up_is_begun_anew(fake_pip, started, place, capsys):
    setup.main([])
    place.marker.touch()
    (place.folder / "half a package").mkdir()
    fake_pip.commands.clear()
    assert setup.main([]) == 0
    assert not (place.folder / "half a package").exists()
    assert len(fake_pip.commands) == 2
    assert "cut short" in capsys.readouterr().out


def test_no_network_leaves_the_environment_for_the_next_try(fake_pip, started, place, capsys):
    fake_pip.error, fake_pip.failing_word = SetupError("no_network"), "torch"
    assert setup.main([]) == 1
    korean, english = failed_with(capsys)
    assert "인터넷" in korean
    assert "internet" in english
    assert not place.marker.exists()
    fake_pip.error = None
    fake_pip.commands.clear()
    assert setup.main([]) == 0
    assert len(fake_pip.commands) == 1  # the packages are there already


def test_a_failure_in_the_middle_of_unpacking_is_begun_anew(fake_pip, started, place):
    fake_pip.error = SetupError("pip_failed", code=2, command="pip install x")
    assert setup.main([]) == 1
    assert place.marker.exists()
    assert started == []


def test_ctrl_c_is_not_a_traceback(fake_pip, started, place, capsys):
    fake_pip.error = KeyboardInterrupt()
    assert setup.main([]) == 130
    assert "Start again" in capsys.readouterr().out


def test_the_large_torch_is_taken_when_the_small_index_is_silent(
    fake_pip, started, monkeypatch, capsys
):
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    monkeypatch.setattr(torch_source, "has_nvidia", lambda: False)
    fake_pip.error, fake_pip.failing_word = SetupError("no_network"), torch_source.CPU_INDEX
    assert setup.main([]) == 0
    assert len(fake_pip.commands) == 3
    assert "--require-hashes" in fake_pip.commands[2]
    said = capsys.readouterr().out
    assert "2.7 GB" in said
    assert said.count("not compared with digests") == 1  # of the small one


def test_a_python_of_another_version_makes_our_environment_anew(fake_pip, started, place):
    setup.main([])
    fill_venv(place.folder, "3.99")
    stamp.write(place.stamp, {**stamp.read(place.stamp), "python": "3.99"})
    fake_pip.commands.clear()
    assert setup.main([]) == 0
    assert len(fake_pip.commands) == 2


def test_an_environment_of_somebody_else_is_used_but_never_deleted(fake_pip, started, place):
    fill_venv(place.folder)
    (place.folder / "theirs").touch()
    assert setup.main([]) == 0
    assert (place.folder / "theirs").exists()


def test_another_python_in_somebody_elses_environment_is_refused(fake_pip, started, place, capsys):
    fill_venv(place.folder, "3.99")
    assert setup.main([]) == 1
    assert "3.99" in failed_with(capsys)[1]
    assert (place.folder / "bin" / "python").exists()
    assert not place.marker.exists()


def test_a_folder_with_other_files_is_refused(fake_pip, started, place, capsys):
    place.folder.mkdir()
    (place.folder / "일기.txt").touch()
    assert setup.main([]) == 1
    assert "venv_dir" in failed_with(capsys)[0]
    assert [path.name for path in place.folder.iterdir()] == ["일기.txt"]


def test_a_python_without_venv_names_the_package(fake_pip, started, monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert setup.main([]) == 1
    assert "python3-venv" in failed_with(capsys)[1]


def test_a_venv_that_fails_is_reported(fake_pip, started, monkeypatch, capsys):
    failed = type("Done", (), {"returncode": 1})
    monkeypatch.setattr(subprocess, "run", lambda *_words, **_more: failed)
    assert setup.main([]) == 1
    assert "virtual environment" in failed_with(capsys)[1]
    monkeypatch.setattr(pip, "free_gb", lambda _where: 0.0)
    assert setup.main([]) == 1
    assert "disk" in failed_with(capsys)[1]


def test_too_little_space_is_said_before_downloading(fake_pip, started, monkeypatch, capsys):
    monkeypatch.setattr(pip, "free_gb", lambda _where: 0.4)
    assert setup.main([]) == 1
    assert "0.4GB" in failed_with(capsys)[0]
    assert fake_pip.commands == []


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "written to"),
        (OSError(errno.EROFS, "Read-only file system"), "written to"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk"),
        (OSError(errno.EIO, "Input/output error"), "failed"),
        (ZeroDivisionError("?"), "ZeroDivisionError"),
    ],
)
def test_no_failure_is_a_traceback(fake_pip, started, capsys, error, word):
    fake_pip.error = error
    assert setup.main([]) == 1
    korean, english = failed_with(capsys)
    assert word in english
    assert any("가" <= letter <= "힣" for letter in korean)


def test_a_missing_lock_is_named(fake_pip, started, root, capsys):
    (root / setup.LOCK).unlink()
    assert setup.main([]) == 1
    assert "requirements.lock" in failed_with(capsys)[1]


def test_two_windows_do_not_install_at_once(fake_pip, started, place, capsys):
    place.folder.mkdir()
    with setup._locked(place.marker):
        assert setup.main([]) == 1
    assert "Another window" in failed_with(capsys)[1]
    assert place.marker.exists()


def test_a_wrong_flag_is_told_before_installing(fake_pip, started, capsys):
    assert setup.main(["--prot", "1"]) == 2
    assert "--port" in capsys.readouterr().err
    assert fake_pip.commands == []


def test_help_installs_nothing(fake_pip, started, capsys):
    assert setup.main(["--help"]) == 0
    assert "--listen" in capsys.readouterr().out
    assert fake_pip.commands == []


def test_without_an_environment_the_running_python_is_used(
    fake_pip, started, monkeypatch, tmp_path
):
    monkeypatch.setenv("venv_dir", "-")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert setup.main([]) == 0
    assert not any("-m venv" in command for command in fake_pip.commands)
    assert stamp.read(tmp_path / "amumal-playground.stamp")["python"] == PYTHON


def test_a_torchvision_that_does_not_fit_is_removed(fake_pip, started, monkeypatch, place, capsys):
    setup.main([])
    folder = place.folder / "lib" / f"python{PYTHON}" / "site-packages" / "torchvision"
    folder.mkdir(parents=True)
    fails = type("Done", (), {"returncode": 1})
    monkeypatch.setattr(subprocess, "run", lambda *_words, **_more: fails)
    fake_pip.commands.clear()
    assert setup.main([]) == 0
    assert fake_pip.commands[0].endswith("uninstall --yes torchvision")
    assert "torchvision" in capsys.readouterr().out


def test_a_torchvision_that_fits_is_looked_at_once(fake_pip, started, monkeypatch, place):
    setup.main([])
    folder = place.folder / "lib" / f"python{PYTHON}" / "site-packages" / "torchvision"
    folder.mkdir(parents=True)
    looks = []
    works = type("Done", (), {"returncode": 0})
    monkeypatch.setattr(subprocess, "run", lambda *words, **_more: looks.append(words) or works)
    fake_pip.commands.clear()
    setup.main([])
    setup.main([])
    assert len(looks) == 1
    assert fake_pip.commands == []


def test_the_environment_is_quiet_offline_and_goes_round_proxies():
    made = playground_environment(
        {"NO_PROXY": "intra.example", "GRADIO_ANALYTICS_ENABLED": "True", "HF_HUB_OFFLINE": "0"}
    )
    assert made["PYTHONUTF8"] == "1"
    assert made["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert made["HF_HUB_OFFLINE"] == "0"  # said by the person
    assert made["NO_PROXY"] == "intra.example,localhost,127.0.0.1,::1"
    assert made["no_proxy"] == "localhost,127.0.0.1,::1"


def test_webui_replaces_set_up(root, place, monkeypatch):
    calls = []
    monkeypatch.setattr(os, "execve", lambda *words: calls.append(words))
    monkeypatch.setattr(subprocess, "Popen", None)
    with pytest.raises(TypeError):  # on a real system execve never returns
        setup._start(place, ["--port", "1"])
    program, command, environ = calls[0]
    assert program == str(place.python)
    assert command[1:] == [str(root / "webui.py"), "--port", "1"]
    assert environ["GRADIO_ANALYTICS_ENABLED"] == "False"


def test_where_there_is_no_exec_the_exit_code_and_ctrl_c_pass_through(place, monkeypatch):
    class Process:
        waits = 0

        def __init__(self, *_words, **_more):
            pass

        __enter__ = lambda self: self  # noqa: E731
        __exit__ = lambda *_words: None  # noqa: E731

        def wait(self):
            self.waits += 1
            if self.waits == 1:
                raise KeyboardInterrupt
            return 7

    monkeypatch.setattr(setup, "_HAS_EXEC", False)
    monkeypatch.setattr(subprocess, "Popen", Process)
    assert setup._start(place, []) == 7
