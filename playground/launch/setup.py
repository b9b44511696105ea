"""Set-up: make the virtual environment, install what is pinned, start webui.py (or the tests).

webui.sh and run.bat run this file, by its path, with any Python 3.11 to 3.14: it imports the
standard library and its neighbours that do the same. What was done is written on a stamp
(`stamp.py`), so that the second start does nothing but compare two digests. A marker lies in the
environment while something is being installed: where one is found, the last set-up was killed
half-way, and the environment is made anew.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if __name__ == "__main__":  # run by its path: make the neighbours importable
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from playground.launch import stamp
from playground.launch.place import ROOT, PythonEnvironment, find_place, playground_environment
from playground.launch.sentences import SetupError, complain, make_streams_safe, tell
from playground.launch.torch_source import HASHED, TORCH

LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
# Kiwi's model is published as a source archive of data: packed by the setuptools that is there.
DATA_TOO = ("--no-binary", "kiwipiepy-model", "--no-build-isolation")
_HAS_EXEC = os.name == "posix"  # Windows would return to the prompt at once
PATIENT = ("--retries", "2", "--timeout", "30")


def main(argv: list[str]) -> int:
    """Set up what is missing, then hand over; return the exit code."""
    make_streams_safe()
    try:
        return _run(argv)
    except SetupError as error:
        complain(error)
    except KeyboardInterrupt:
        tell("stopped")
        return 130
    except OSError as error:
        complain(_reason(error))
    except Exception as error:  # the border: a person must never meet a traceback here
        complain(SetupError("unexpected", error=repr(error)))
    return 1


def _run(argv: list[str]) -> int:
    is_test = argv[:1] == ["test"]
    place = find_place(os.environ)
    if not is_test and {"--help", "-h"} & set(argv):
        return _help()
    wanted = _wanted(place, is_test=is_test)
    if place.marker.exists() or not wanted.items() <= stamp.read(place.stamp).items():
        if not is_test and (code := _flags_are_wrong(argv)):
            return code  # rather now than after minutes of downloading
        set_up(place, wanted)
    if is_test:
        from playground.launch.checks import run_checks

        return run_checks(place, argv[1:], playground_environment(os.environ))
    return _start(place, argv)


# 1. What is there, and what is missing


def _wanted(place: PythonEnvironment, *, is_test: bool) -> dict[str, str]:
    """Return step -> digest of all that decides what the step installs."""
    torch = (os.environ.get(name, "") for name in ("TORCH_COMMAND", "TORCH_INDEX_URL"))
    wanted = {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "requirements": stamp.digest(_bytes(_requirements())),
        "torch": stamp.digest(TORCH, *torch),
        "torchvision": _torchvision(place),
    }
    if is_test:
        wanted["test"] = stamp.digest(_bytes(ROOT / TEST_LOCK))
    return wanted


def _requirements() -> Path:
    return ROOT / Path(os.environ.get("REQS_FILE") or LOCK).expanduser()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SetupError("no_file", file=path) from error


def _torchvision(place: PythonEnvironment) -> str:
    """Return what tells one installed torchvision from another; looked at on every start."""
    for pattern in ("lib/python3*/site-packages", "Lib/site-packages"):
        for folder in place.folder.glob(f"{pattern}/torchvision"):
            return str(folder.stat().st_mtime_ns)
    return "none"


# 2. Set up


def set_up(place: PythonEnvironment, wanted: dict[str, str]) -> None:
    """Install whatever the stamp does not name, and write the stamp after each step."""
    if not place.stamp.exists():
        tell("first")
    was_cut_short = place.marker.exists()
    with _marked(place):
        done = _environment(place, wanted["python"], was_cut_short=was_cut_short)
        for name, install in _steps(wanted):
            if done.get(name) != wanted[name]:
                install(place)
                done[name] = _torchvision(place) if name == "torchvision" else wanted[name]
                stamp.write(place.stamp, done)
    tell("installed")


def _steps(wanted: dict[str, str]) -> Iterator[tuple[str, Callable[[PythonEnvironment], None]]]:
    requirements = ("requirements", _install_requirements)
    torch = ("torch", _install_torch)
    # The lock names what torch needs, so torch comes last and brings nothing. Requirements of
    # somebody's own may ask for torch: then the right one must be there before.
    yield from (torch, requirements) if os.environ.get("REQS_FILE") else (requirements, torch)
    if "test" in wanted:
        yield "test", _install_tests
    yield "torchvision", _remove_broken_torchvision


def _environment(place: PythonEnvironment, python: str, *, was_cut_short: bool) -> dict[str, str]:
    """Make the virtual environment unless it is there and whole; return what it has."""
    if not place.is_venv:
        return {**stamp.read(place.stamp), "python": python}
    version = _version_inside(place)
    if place.python.exists() and version and not was_cut_short:
        if version == python:
            return {**stamp.read(place.stamp), "python": python}
        if not place.stamp.exists():  # somebody else's: not ours to delete
            raise SetupError("other_python", folder=place.folder, version=version)
    _make_anew(place, is_ours=bool(version) or was_cut_short)
    return {"python": python}


def _version_inside(place: PythonEnvironment) -> str:
    """Return the Python version of the virtual environment, such as ``3.12``; empty for none."""
    try:
        text = (place.folder / "pyvenv.cfg").read_text("utf-8", "replace")
    except OSError:
        return ""
    found = re.search(r"^version(?:_info)? *= *(\d+\.\d+)", text, re.MULTILINE)
    return found[1] if found else ""


def _make_anew(place: PythonEnvironment, *, is_ours: bool) -> None:
    children = [child for child in place.folder.iterdir() if child != place.marker]
    if children and not is_ours:
        raise SetupError("not_a_venv", folder=place.folder)
    tell("rebuild" if children else "venv", folder=place.folder)
    for child in children:
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        else:
            child.unlink()
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        raise SetupError("no_ensurepip")
    base = getattr(sys, "_base_executable", sys.executable)
    command = [base, "-P", "-m", "venv", str(place.folder)]
    if subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode:
        raise _venv_failure(place)


@contextmanager
def _marked(place: PythonEnvironment) -> Iterator[None]:
    """Lay the marker down while installing; it stays when that ends in the middle of things."""
    place.folder.mkdir(parents=True, exist_ok=True)
    try:
        with _locked(place.marker):
            yield
    except SetupError as error:
        if error.key in HARMLESS:
            place.marker.unlink(missing_ok=True)
        raise
    place.marker.unlink(missing_ok=True)


# Nothing was unpacked yet: the environment is as it was, and need not be made anew.
HARMLESS = (
    *("no_network", "certificate", "hashes", "no_wheel", "intel_mac", "managed", "bad_quotes"),
    *("no_file", "no_program", "not_a_venv", "other_python", "no_space"),
)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the file's lock, which the system frees even when this process is killed."""
    with path.open("a") as file:
        if os.name == "posix":
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise SetupError("busy") from error
            os.set_inheritable(file.fileno(), True)  # a pip that outlives us still holds it
        yield


# 3. The steps


def _install(place: PythonEnvironment, *arguments: str) -> None:
    from playground.launch import pip

    command = pip.pip(place.python, "install", *arguments)
    pip.run(command, pip.environment_for_pip(os.environ, place.python), place.folder)


def _install_requirements(place: PythonEnvironment) -> None:
    path = _requirements()
    tell("requirements", file=path.name)
    _need_space(place, 2)
    if os.environ.get("REQS_FILE"):
        _install(place, *PATIENT, "-r", str(path))
    else:
        _install(place, *PATIENT, *HASHED, "-r", str(path))


def _install_tests(place: PythonEnvironment) -> None:
    tell("requirements", file=TEST_LOCK)
    _install(place, *PATIENT, *HASHED, *DATA_TOO, "-r", str(ROOT / TEST_LOCK))


def _install_torch(place: PythonEnvironment) -> None:
    from playground.launch import pip
    from playground.launch.torch_source import attempts, has_nvidia

    environ = pip.environment_for_pip(os.environ, place.python)
    for attempt in attempts(
        os.environ, platform.system(), platform.machine(), has_nvidia=has_nvidia()
    ):
        tell("torch", what=attempt.what)
        if not attempt.is_pinned:
            tell("torch_unpinned")
        _need_space(place, attempt.needs_gb)
        try:
            pip.run(_with_python(place, attempt.command), environ, place.folder)
        except SetupError as error:
            if not attempt.index or error.key not in HARMLESS:
                raise
            tell("torch_fallback", index=attempt.index)
        else:
            return


def _with_python(place: PythonEnvironment, command: tuple[str, ...]) -> list[str]:
    """Let ``pip`` and ``python`` mean those of the environment."""
    from playground.launch import pip

    program, *rest = command
    if program in ("pip", "pip3"):
        return pip.pip(place.python, *rest)
    if program in ("python", "python3"):
        return [str(place.python), *rest]
    return [program, *rest]


def _need_space(place: PythonEnvironment, gigabytes: int) -> None:
    from playground.launch import pip

    free = pip.free_gb(place.folder)
    is_fresh = not stamp.read(place.stamp)
    if free < (gigabytes if is_fresh else 0.2):
        raise SetupError("no_space", free=f"{free:.1f}GB", needed=f"{gigabytes}GB")


def _remove_broken_torchvision(place: PythonEnvironment) -> None:
    """Uninstall a torchvision that does not fit torch: diffusers could not be imported with it."""
    if _torchvision(place) == "none":
        return
    command = [str(place.python), "-P", "-c", "import torchvision"]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        from playground.launch import pip

        command = pip.pip(place.python, "uninstall", "--yes", "torchvision")
        pip.run(command, pip.environment_for_pip(os.environ, place.python), place.folder)
        tell("torchvision")


# 4. Hand over


def _start(place: PythonEnvironment, argv: list[str]) -> int:
    command = [str(place.python), str(ROOT / "webui.py"), *argv]
    environ = playground_environment(os.environ)
    if _HAS_EXEC:
        sys.stdout.flush()
        os.execve(command[0], command, environ)
    with subprocess.Popen(command, env=environ) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # Ctrl+C reached webui.py too; let it say goodbye
                continue


def _help() -> int:
    from playground.launch.reference import help_text

    print(help_text())
    return 0


def _flags_are_wrong(argv: list[str]) -> int:
    from playground.launch import console
    from playground.launch.errors import LaunchError
    from playground.launch.flags import parse

    try:
        parse(argv, os.environ)
    except LaunchError as error:
        console.complain(error)
        return error.exit_code
    return 0


def _venv_failure(place: PythonEnvironment) -> SetupError:
    from playground.launch import pip

    if pip.free_gb(place.folder) < 0.1:
        return SetupError("disk_full", free="0.0GB", needed="2GB")
    return SetupError("venv_failed", folder=place.folder)


def _reason(error: OSError) -> SetupError:
    from playground.launch import pip

    return pip.failure(f"{error!r} [Errno {error.errno}] {error}", 1, ["set-up"], ROOT)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
