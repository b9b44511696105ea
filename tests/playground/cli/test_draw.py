"""`draw` on the command line, over the real studio and a tiny real model."""

from __future__ import annotations

import argparse

import pytest
from PIL import Image

from pipelines.contract.painter import KnownModel
from pipelines.contract.phrase import Phrase
from pipelines.contract.picture_settings import Refiner
from pipelines.contract.requests import PictureRequest
from pipelines.image.families import PromptLanguage, suggested_preset
from pipelines.image.memory.device import DeviceOptions, Offload
from pipelines.text.reading.typed import typed
from playground import cli
from playground.cli import draw as draw_command
from playground.cli.machine import device_options
from playground.messages import Language, explain
from playground.studio.pictures.metadata import read_metadata
from playground.studio.wanted import parse_picture

LIGHTNING = KnownModel("xl_lightning", "sdxl", "", PromptLanguage.ENGLISH)


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
        (("--upscaler", "Lanczoz", "--hires-scale", "2"), "upscaler.unknown"),
        (("--upscaler", "ESRGAN", "--hires-scale", "2"), "upscaler.far"),
        (("--model", "완전히 다른 말"), "model.far"),
        (("--image", "/no/such/file.png"), "cli.input"),
        (("--style", "없음"), "prompt.style.none"),
        (("--count", "21"), "request.range"),
        (("--batch-size", "0"), "request.range"),
        (("--token-merging", "1"), "request.range"),
        (("--refiner", "tiny", "--switch-at", "x"), "request.number"),
        (("--device-id", "-1"), "request.range"),
        (("--medvram", "--lowvram"), "cli.usage"),
    ],
)
def test_bad_value_is_a_sentence_and_exit_code_2(draw, monkeypatch, more, key):
    seen = []
    monkeypatch.setattr(cli, "explain", lambda error, lang: seen.append(error) or "sentence")
    assert draw("사과", *more) == 2
    assert [error.key for error in seen] == [key]
    assert explain(seen[0], Language.KO) and explain(seen[0], Language.EN)


def test_a_network_that_is_not_there_is_told_by_its_name(draw, capsys):
    assert draw("사과 <lora:ink:0.8>", "--count", "20") == 2
    told = capsys.readouterr().err
    assert "ink" in told
    assert "\n" not in told.strip()  # nothing was begun


def test_several_pictures_get_names_and_seeds_one_after_the_other(draw, files):
    out = files[2]
    assert draw("사과", "--count", "3", "--batch-size", "2", "--seed", "5", "-o", str(out)) == 0
    told = [read_metadata(out.with_name(name)) for name in ("out.png", "out-2.png", "out-3.png")]
    assert [one.request.seed for one in told] == [5, 6, 7]
    assert not out.with_name("out-1.png").exists()


def asked(*words):
    """Return what a command line asks for, without drawing it."""
    parser = argparse.ArgumentParser()
    draw_command.add(parser, lambda key, **values: "")
    options = parser.parse_args(["사과", *words])
    known = LIGHTNING if options.model == LIGHTNING.name else None
    return parse_picture(draw_command.wanted_of(options), lambda _name: known, typed).request


def test_every_part_of_a_picture_has_a_flag():
    request = asked(
        *("--vae", "soft", "--refiner", "tiny", "--switch-at", "0.7"),
        *("--batch-size", "4", "--token-merging", "0.4"),
    )
    assert (request.vae, request.batch_size) == ("soft", 4)
    assert request.refiner == Refiner("tiny", 0.7)
    assert request.tuning.token_merging == 0.4
    assert asked("--switch-at", "0.7").refiner is None


def test_what_is_not_given_suits_the_model_and_what_is_given_stays():
    usual = PictureRequest(Phrase("사과", "", (), "typed"))
    assert asked().steps == usual.steps
    preset = suggested_preset("xl_lightning", "sdxl")
    lightning = asked("--model", "xl_lightning", "--cfg", "2")
    assert (lightning.steps, lightning.guidance, lightning.width) == (preset.steps, 2, 1024)
    assert (lightning.sampler, lightning.schedule) == (preset.sampler, preset.schedule)
    assert asked("--model", "xl_lightning", "--sampler", "DDIM").schedule == "Automatic"


def test_the_machine_is_told_as_the_page_is(tmp_path):
    parser = argparse.ArgumentParser()
    draw_command.add(parser, lambda key, **values: "")
    flags = ["--lowvram", "--xformers", "--no-half", "--fp8", "--device-id", "1", "--openvino"]
    options = parser.parse_args(["사과", *flags, "--data-dir", str(tmp_path)])
    assert device_options(options) == DeviceOptions(
        no_half=True,
        offload=Offload.SEQUENTIAL,
        xformers=True,
        device_id=1,
        fp8=True,
        openvino=tmp_path / "cache" / "openvino",
    )
    assert device_options(parser.parse_args(["사과"])) == DeviceOptions()
