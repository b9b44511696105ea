"""The command line between other programs: pipes that end, Ctrl+C, encodings, help, JSON."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from playground import cli
from playground.messages import Language, text
from playground.version import VERSION

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = [sys.executable, "-m", "playground"]
PATIENCE_SECONDS = 60


def environment(**more):
    return {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "1", **more}


def called(arguments, given=b"", **more):
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        check=False,
        env=environment(**more),
        timeout=PATIENCE_SECONDS,
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE")
@pytest.mark.parametrize("arguments", [["say", "-n", "30"], ["--help"], ["draw", "--help"]])
def test_reader_that_goes_away_is_no_fault(arguments):
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [*PROGRAM, *arguments],
            cwd=ROOT,
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
            env=environment(),
        )
    finally:
        os.close(writer)
    assert done.returncode in (0, 141) and done.stderr == b""  # of help nothing may be left


WAITING = """
import sys, threading, time
from playground import stopping
stopping.watch()
stopping.prepare("멈췄어요.")
print("ready", flush=True)
{waits}
"""
WAITS = {
    "in Python": "time.sleep(60)",
    "for a thread": "thread = threading.Thread(target=time.sleep, args=(60,))\n"
    "thread.start()\ntry:\n    thread.join()\nexcept KeyboardInterrupt:\n    pass",
    "and hears nothing": "import signal\nsignal.signal(signal.SIGINT, lambda *_: None)\n"
    "end = time.monotonic() + 60\nwhile time.monotonic() < end:\n    time.sleep(1)",
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("waits", WAITS.values(), ids=WAITS)
def test_ctrl_c_ends_a_program_whatever_it_waits_for(waits):
    code = WAITING.format(waits=waits)
    program = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert program.stdout.readline() == b"ready\n"
    program.send_signal(signal.SIGINT)
    program.communicate(timeout=PATIENCE_SECONDS / 2)  # long before it would end by itself
    assert program.returncode in (130, -signal.SIGINT)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_while_the_program_is_imported_is_a_sentence(tmp_path):
    slow = tmp_path / "sitecustomize.py"  # an import that a Ctrl+C falls into
    slow.write_text(
        "import importlib.abc, sys, os, signal\n"
        "class Slow(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'playground.cli':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Slow())\n",
        encoding="utf-8",
    )
    done = called(["say"], PYTHONPATH=str(tmp_path))
    assert done.returncode == 130
    assert done.stderr.decode().strip() == text("cli.stopped", Language.KO)


LINES = {
    "utf-8": "파란 냄새".encode(),
    "utf-8 with a mark": "파란 냄새".encode("utf-8-sig"),
    "cp949": "파란 냄새".encode("cp949"),
}


@pytest.mark.parametrize("coding", ["utf-8", "cp949", "ascii"])
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_lines_come_in_as_they_are_whatever_the_streams_say(line, coding):
    done = called(["index", "--json"], line + b"\n", PYTHONIOENCODING=coding, PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr.decode(coding, "replace")
    read = json.loads(done.stdout.decode(coding))["text"]
    assert read == ("파란 냄새" if coding != "ascii" else "?? ??")


def test_line_that_is_no_text_is_read_with_marks_and_said():
    done = called(["index"], b"\xff\xfe\xfd ab\n", PYTHONIOENCODING="cp949")
    assert done.returncode == 0
    assert text("cli.encoding", Language.KO)[:20] in done.stderr.decode("cp949")


# ---- help, version, JSON


@pytest.fixture
def help_of(monkeypatch, capsys):
    def shown(language, *command):
        monkeypatch.setenv("LC_ALL", language)
        with pytest.raises(SystemExit) as ended:
            cli.main([*command, "--help"])
        assert ended.value.code == 0
        return capsys.readouterr().out

    return shown


@pytest.mark.parametrize("command", ["", *cli.COMMANDS])
def test_help_is_in_one_language_and_shows_an_example(help_of, command):
    words = [command] if command else []
    korean, english = help_of("C", *words), help_of("en_US.UTF-8", *words)
    for part in ("usage:", "positional arguments", "options:", "show this help", "default "):
        assert part not in korean
    assert "쓰는 법:" in korean and "보기:" in korean and "usage:" in english
    example = text("cli.examples", Language.EN)
    assert f"\n{example}\n  {cli.PROGRAM} {command}" in english
    assert "기본값 \n" not in korean and "니다" not in korean


def test_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == VERSION


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_has_json(help_of, command):
    assert "--json" in help_of("en_US.UTF-8", command)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], "빠진 것: 명령"),
        (["drw"], "없어요"),
        (["draw"], "빠진 것: prompt"),
        (["draw", "a", "--nope"], "모르는 것: --nope"),
        (["draw", "a", "--steps"], "--steps 뒤에 값이 없어요"),
        (["draw", "a", "--medvram", "--lowvram"], "함께 쓸 수 없어요"),
        (["draw", "a", "-o", "/no/such/x.png"], "그런 폴더가 없어요"),
        (["novel", "-o", "/no/such/x.md"], "그런 폴더가 없어요"),
    ],
)
def test_mistakes_are_told_in_the_language_of_the_sentence(monkeypatch, capsys, arguments, part):
    monkeypatch.setenv("LC_ALL", "C")
    assert cli.main(arguments) == 2
    assert part in capsys.readouterr().err
