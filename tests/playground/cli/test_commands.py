"""The command line face, over the real studio and a tiny real model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from pipelines.contract.errors import InvalidRequest
from playground import cli
from playground.messages import Language, explain

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def illustrate(tiny_models, tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")  # no language named: Korean

    def run(phrase, *more, data="data"):
        small = "--model tiny --width 64 --height 64 --steps 2 --use-cpu".split()
        places = ["--models-dir", str(tiny_models), "--data-dir", str(tmp_path / data)]
        return cli.main(["illustrate", phrase, *small, *places, *more])

    return run


def pixels(path):
    with Image.open(path) as image:
        return image.tobytes()


def test_say_is_deterministic_and_different(capsys):
    lines = []
    for _ in range(2):
        assert cli.main(["say", "-n", "5", "--seed", "1"]) == 0
        lines.append(capsys.readouterr().out.splitlines())
    assert lines[0] == lines[1]
    assert len(set(lines[0])) == 5


def test_say_as_json_carries_words_and_english(capsys):
    assert cli.main(["say", "-n", "3", "--seed", "2", "--json"]) == 0
    for line in capsys.readouterr().out.splitlines():
        phrase = json.loads(line)
        assert phrase["ko"] and phrase["en"] and phrase["words"]


def test_say_puts_the_topic_in_and_keeps_to_the_length(capsys):
    words = ["say", "-n", "4", "--seed", "3", "--topic", "고양이", "--length", "short"]
    assert cli.main([*words, "--mood", "gloomy", "--rating", "all"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert all("고양이" in line for line in lines)


@pytest.mark.parametrize(
    "wish", [("--family", "poem"), ("--length", "9-3"), ("--mood", "odd"), ("--topic", "a!")]
)
def test_wish_that_cannot_be_granted_is_a_sentence(capsys, wish):
    assert cli.main(["say", *wish]) == 2
    assert capsys.readouterr().err.strip()


def test_say_imports_no_ml_library():
    code = (
        "import sys; from playground.cli import main; main(['say']); "
        "sys.exit(bool({'torch', 'diffusers', 'transformers', 'gradio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_path_is_told_once_and_as_json_with_what_made_it(illustrate, tmp_path, capsys):
    place = tmp_path / "x.png"
    assert illustrate("파란 삼각형", "-o", str(place), "--seed", "3") == 0
    said = capsys.readouterr()
    assert said.out.strip() == str(place) and str(place) not in said.err
    assert illustrate("파란 삼각형", "-o", str(place), "--seed", "3", "--json") == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["path"], row["seed"], row["model"]) == (str(place), 3, "tiny")
    assert (row["width"], row["height"], row["phrase"]) == (64, 64, "파란 삼각형")


def test_same_command_gives_equal_pixels_and_another_seed_others(illustrate, tmp_path):
    a, b, c, d = (tmp_path / f"{name}.png" for name in "abcd")
    assert illustrate("파란 냄새 삼각형", "-o", str(a)) == 0
    assert illustrate("파란 냄새 삼각형", "-o", str(b), data="elsewhere") == 0
    assert illustrate("파란 냄새 삼각형", "-o", str(c), "--seed", "5") == 0
    assert illustrate("심심한 장미", "-o", str(d)) == 0
    assert pixels(a) == pixels(b)
    assert len({pixels(a), pixels(c), pixels(d)}) == 3


def test_picture_without_output_is_in_the_album(illustrate, capsys):
    assert illustrate("사과") == 0
    assert pixels(capsys.readouterr().out.strip())


def test_beside_a_running_page_the_picture_goes_to_the_file_only(illustrate, tmp_path, capsys):
    from playground.studio.studio import Studio
    from tests.fakes import FakePainter

    with Studio.open(tmp_path / "data", FakePainter(), where="http://127.0.0.1:7860"):
        assert illustrate("사과", "-o", str(tmp_path / "out.png")) == 0
        assert "http://127.0.0.1:7860" in capsys.readouterr().err
        assert illustrate("사과") == 2  # nowhere to put it
    assert pixels(tmp_path / "out.png")


@pytest.mark.parametrize(
    ("more", "key"),
    [
        (("--width", "0"), "request.range"),
        (("--width", "63"), "request.range"),
        (("--height", "100000"), "request.range"),
        (("--width", "72"), "request.multiple"),
        (("--steps", "0"), "request.range"),
        (("--steps", "-1"), "request.range"),
        (("--steps", "10000"), "request.range"),
        (("--seed", "abc"), "request.number"),
        (("--seed", str(2**70)), "request.seed"),
        (("--guidance", "nan"), "request.range"),
        (("--sampler", "Eular"), "request.sampler"),
        (("--model", "cryon"), "model.unknown"),
        (("--nonsense",), "cli.usage"),
        (("-o", "/no/such/folder/x.png"), "cli.output.failed"),
    ],
)
def test_bad_value_is_a_sentence_and_exit_code_2(illustrate, capsys, monkeypatch, more, key):
    seen = []
    monkeypatch.setattr(cli, "explain", lambda error, lang: seen.append(error) or "sentence")
    assert illustrate("사과", *more) == 2
    assert [error.key for error in seen] == [key]
    assert explain(seen[0], Language.KO) and explain(seen[0], Language.EN)
    assert "sentence" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("", "request.text.empty"),
        ("   ", "request.text.empty"),
        ("가" * 10_000, "request.text.long"),
        ("사과\ud83d", "request.text.broken"),
        ("사과\x00", "request.text.control"),
    ],
)
def test_bad_phrase_is_a_sentence_and_exit_code_2(illustrate, capsys, phrase, key):
    assert illustrate(phrase) == 2
    error = capsys.readouterr().err
    assert error.strip() and "Traceback" not in error
    with pytest.raises(InvalidRequest) as caught:
        from pipelines.contract.validate import check_text

        check_text(phrase, "phrase")
    assert caught.value.key == key


@pytest.mark.parametrize("phrase", ["사과", "🐙🐙", "<img src=x onerror=alert(1)>"])
def test_odd_phrase_is_drawn(illustrate, tmp_path, phrase):
    assert illustrate(phrase, "-o", str(tmp_path / "x.png")) == 0
