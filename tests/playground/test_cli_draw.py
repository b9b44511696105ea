"""`draw` on the command line, over the real studio and a tiny real model."""

from __future__ import annotations

import pytest
from PIL import Image

from playground import cli
from playground.messages import Language, explain
from playground.studio.metadata import read_metadata


@pytest.fixture
def draw(tiny_models, tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")  # no language named: Korean

    def run(prompt, *more):
        small = "--model tiny --width 64 --height 64 --steps 2 --use-cpu".split()
        places = ["--models-dir", str(tiny_models), "--data-dir", str(tmp_path / "data")]
        return cli.main(["draw", prompt, *small, *places, *more])

    return run


@pytest.fixture
def files(tmp_path):
    """A red picture, a mask of its left half, and where to put the result."""
    Image.new("RGB", (64, 64), "red").save(tmp_path / "red.png")
    mask = Image.new("L", (64, 64), 0)
    mask.paste(255, (0, 0, 32, 64))
    mask.save(tmp_path / "mask.png")
    return tmp_path / "red.png", tmp_path / "mask.png", tmp_path / "out.png"


def test_only_what_the_mask_names_is_drawn_anew(draw, files):
    image, mask, out = files
    flags = ["--image", str(image), "--mask", str(mask), "--mask-blur", "0", "-o", str(out)]
    assert draw("사과", *flags, "--strength", "1") == 0
    with Image.open(out) as drawn:
        assert drawn.crop((32, 0, 64, 64)).getcolors() == [(32 * 64, (255, 0, 0))]
        assert drawn.crop((0, 0, 32, 64)).getcolors() != [(32 * 64, (255, 0, 0))]


def test_settings_and_words_are_in_the_picture(draw, files, tmp_path):
    words = tmp_path / "data" / "wildcards"
    words.mkdir(parents=True)
    (words / "과일.txt").write_text("사과\n", "utf-8")
    (tmp_path / "data" / "styles.csv").write_text('name,prompt\n먹,"{prompt}, 먹"\n', "utf-8")
    flags = ["--style", "먹", "--hires-scale", "2", "--schedule", "Karras", "--exact"]
    assert draw("__과일__", "-o", str(files[2]), *flags) == 0
    told = read_metadata(files[2])
    assert told.request.prompt == told.prompt == "사과, 먹"
    assert told.request.template == "__과일__"
    assert (told.width, told.height) == (128, 128)
    assert told.infotext.get("Hires upscale") == "2"
    assert told.request.tuning.is_exact


@pytest.mark.parametrize(
    ("more", "key"),
    [
        (("--clip-skip", "0"), "request.range"),
        (("--eta", "x"), "request.number"),
        (("--schedule", "Karas"), "request.schedule"),
        (("--hires-scale", "9"), "request.range"),
        (("--upscaler", "ESRGAN", "--hires-scale", "2"), "request.choice"),
        (("--image", "/no/such/file.png"), "cli.input"),
        (("--style", "없음"), "prompt.style.none"),
    ],
)
def test_bad_value_is_a_sentence_and_exit_code_2(draw, monkeypatch, more, key):
    seen = []
    monkeypatch.setattr(cli, "explain", lambda error, lang: seen.append(error) or "sentence")
    assert draw("사과", *more) == 2
    assert [error.key for error in seen] == [key]
    assert explain(seen[0], Language.KO) and explain(seen[0], Language.EN)


def test_a_network_is_refused_with_its_tag(draw, capsys):
    assert draw("사과 <lora:ink:0.8>") == 2
    assert "<lora:ink:0.8>" in capsys.readouterr().err
