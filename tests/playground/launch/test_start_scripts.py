"""webui.sh as a person runs it: in a folder with spaces and Hangul, with stand-ins for Python."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(BASH is None, reason="webui.sh needs bash")
TOOLS = ("env", "bash", "readlink", "dirname")
HANDED_OVER = 'echo "handed over: $*"; env'


class Checkout:
    """A copy of what starts the playground, and a PATH with only what a test puts there."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.programs = programs
        self.environ = {"PATH": str(programs), "HOME": str(folder), "LC_ALL": "C"}

    def add_python(self, name, version="3.12.1", code=0, then=HANDED_OVER):
        """Put a Python on PATH that answers the probe with `version` and `code`."""
        path = self.programs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        probe = f'case "$*" in *probe.py*) echo "{version}"; exit {code} ;; esac'
        path.write_text(f"#!{BASH}\n{probe}\necho I am {name}\n{then}\n")
        path.chmod(0o755)
        return path

    def run(self, *arguments, script="webui.sh", cwd=None, **environ):
        return subprocess.run(
            [BASH, str(self.folder / script), *arguments],
            env={**self.environ, **environ},
            cwd=cwd or self.programs,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )


@pytest.fixture
def checkout(tmp_path):
    folder = tmp_path / "놀이터 새로 (사본)"
    programs = tmp_path / "프로그램 들"
    programs.mkdir()
    for tool in TOOLS:
        (programs / tool).symlink_to(shutil.which(tool))
    (folder / "playground").mkdir(parents=True)
    shutil.copy(ROOT / "webui.sh", folder)
    shutil.copytree(
        ROOT / "playground/launch",
        folder / "playground/launch",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    (folder / "playground/__init__.py").touch()
    return Checkout(folder, programs)


def failed_with(done):
    """Return the Korean and the English line; nothing else may be on stderr."""
    assert done.returncode == 1
    korean, english = done.stderr.strip().splitlines()
    assert any("가" <= letter <= "힣" for letter in korean)
    return korean, english


def test_python3_is_asked_first_and_gets_every_word(checkout):
    checkout.add_python("python3")
    checkout.add_python("python3.14")
    done = checkout.run("--data-dir", "내 그림 $HOME", "--listen")
    assert done.returncode == 0, done.stderr
    assert "I am python3\n" in done.stdout
    assert "setup.py --data-dir 내 그림 $HOME --listen" in done.stdout
    assert "PYTHONUTF8=1" in done.stdout


def test_the_newest_that_fits_is_taken_otherwise(checkout):
    checkout.add_python("python3", "3.9.6", code=3)
    checkout.add_python("python3.11", "3.11.2")
    checkout.add_python("python3.13", "3.13.0")
    assert "I am python3.13\n" in checkout.run().stdout


def test_a_python_without_venv_gives_way_to_one_with_it(checkout):
    checkout.add_python("python3", "3.11.2", code=5)
    checkout.add_python("python3.12")
    assert "I am python3.12\n" in checkout.run().stdout


def test_no_python_at_all(checkout):
    korean, english = failed_with(checkout.run())
    assert "python.org" in korean
    assert "found: none" in english


def test_what_was_found_is_listed(checkout):
    checkout.add_python("python3", "3.10.13", code=3)
    checkout.add_python("python3.12", "3.12.0 32-bit", code=3)
    korean, english = failed_with(checkout.run())
    assert "python3 (3.10.13) python3.12 (3.12.0 32-bit)" in korean
    assert "python3 (3.10.13) python3.12 (3.12.0 32-bit)" in english


def test_only_a_python_without_venv(checkout):
    checkout.add_python("python3", "3.11.2", code=5)
    assert "python3-venv" in failed_with(checkout.run())[1]
    assert "I am python3\n" in checkout.run(venv_dir="-").stdout


@pytest.mark.parametrize("name", ["python_cmd", "PYTHON"])
def test_the_named_python_is_the_only_one_asked(checkout, name):
    checkout.add_python("python3")
    mine = checkout.add_python("다른 곳/파이썬")
    assert "I am 다른 곳/파이썬\n" in checkout.run(**{name: str(mine)}).stdout
    checkout.add_python("다른 곳/파이썬", "2.7.18", code=3)
    assert "2.7.18" in failed_with(checkout.run(**{name: str(mine)}))[1]
    assert "/nowhere" in failed_with(checkout.run(**{name: "/nowhere"}))[1]


def test_the_environment_of_the_last_start_is_used_without_asking(checkout):
    venv = checkout.folder / ".venv"
    checkout.programs = venv / "bin"
    checkout.add_python("python", "broken", code=3)
    (venv / "amumal-playground.stamp").touch()
    assert "I am python\n" in checkout.run(cwd="/").stdout
    (venv / "amumal-playground.installing").touch()
    assert "found: none" in failed_with(checkout.run(cwd="/"))[1]


def test_user_settings_are_read_and_passed_on(checkout):
    checkout.add_python("python3")
    mine = checkout.add_python("mine")
    settings = f'python_cmd="{mine}"\nCOMMANDLINE_ARGS="--medvram --port 1"\nvenv_dir=-\n'
    (checkout.folder / "webui-user.sh").write_text(settings)
    shown = checkout.run(PYTHONPATH="/elsewhere", PYTHONHOME="/elsewhere").stdout
    assert "I am mine\n" in shown
    assert "COMMANDLINE_ARGS=--medvram --port 1\n" in shown
    assert "venv_dir=-\n" in shown
    assert "/elsewhere" not in shown


def test_a_link_to_the_script_and_the_folder_itself(checkout, tmp_path):
    checkout.add_python("python3")
    (tmp_path / "link").symlink_to(checkout.folder / "webui.sh")
    (tmp_path / "link to link").symlink_to("link")
    done = checkout.run(script=tmp_path / "link to link")
    assert f"{checkout.folder}/playground/launch/setup.py" in done.stdout
    assert "setup.py" in checkout.run(script="webui.sh", cwd=checkout.folder).stdout


def test_the_exit_code_passes_through(checkout):
    checkout.add_python("python3", then="exit 42")
    assert checkout.run().returncode == 42


@pytest.mark.slow
def test_first_and_second_start_with_a_real_environment(checkout):
    """A real venv and a real pip with nothing to install; no network is needed for that."""
    for name in ("requirements.lock", "requirements-test.lock"):
        (checkout.folder / name).write_text("")
    (checkout.folder / "none.txt").write_text("")
    shutil.copytree(ROOT / "models", checkout.folder / "models", ignore=_only_code)
    shutil.copytree(ROOT / "pipelines", checkout.folder / "pipelines", ignore=_only_code)
    shutil.copytree(ROOT / "playground/messages", checkout.folder / "playground/messages")
    shutil.copy(ROOT / "playground/arguments.py", checkout.folder / "playground")
    script = "import sys, os; print('페이지', sys.argv[1:], os.getcwd()); raise SystemExit(9)"
    (checkout.folder / "webui.py").write_text(script, "utf-8")
    environ = {
        "python_cmd": _base_python(),
        "REQS_FILE": "none.txt",
        "TORCH_COMMAND": "python -c pass",
        "HTTP_PROXY": "http://127.0.0.1:9",
    }
    first = checkout.run("--listen", **environ)
    assert first.returncode == 9, first.stderr
    assert "설치가 끝났어요" in first.stdout
    del environ["python_cmd"]
    second = checkout.run("--listen", **environ)
    assert second.returncode == 9
    assert second.stdout == f"페이지 ['--listen'] {checkout.programs}\n"


def _base_python():
    return getattr(sys, "_base_executable", sys.executable)


def _only_code(_folder, names):
    return [name for name in names if "." in name and not name.endswith(".py")]


def test_windows_and_unix_scripts_know_the_same_variables():
    variables = re.compile(r"\b(python_cmd|venv_dir|REQS_FILE|TORCH_\w+|COMMANDLINE_ARGS)\b")
    unix = (ROOT / "webui.sh").read_text("utf-8")
    windows = (ROOT / "run.bat").read_text("utf-8")
    assert set(variables.findall(unix)) == set(variables.findall(windows))
    for shared in ("probe.py", "setup.py", "amumal-playground.installing", "webui-user"):
        assert shared in unix
        assert shared in windows


def test_batch_jumps_go_somewhere():
    text = (ROOT / "run.bat").read_text("utf-8").lower()
    labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    assert set(re.findall(r"(?:goto|call :) ?:?(\w+)", text)) <= labels


def test_scripts_can_be_run_and_name_no_registry():
    for name in ("webui.sh", ".ci/run"):
        assert os.access(ROOT / name, os.X_OK)
    for name in ("webui.sh", "run.bat", ".ci/run"):
        assert "://" not in (ROOT / name).read_text("utf-8")


def test_the_guide_explains_every_variable_in_both_languages():
    guide = (ROOT / "docs/install.md").read_text("utf-8")
    for name in ("python_cmd", "venv_dir", "COMMANDLINE_ARGS", "TORCH_COMMAND", "TORCH_INDEX_URL",
                 "REQS_FILE", "PIP_FIND_LINKS", "PLAYGROUND_REQUIRE_BROWSER"):  # fmt: skip
        assert guide.count(f"`{name}") >= 2
