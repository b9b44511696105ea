"""The command that draws docs/page.png: all but the browser, which tests/browser/ has enough of."""

from __future__ import annotations

import io
import random
from contextlib import contextmanager

import httpx
import pytest
from fastapi import FastAPI
from PIL import Image

from benchmarks import page_picture
from benchmarks.__main__ import main
from pipelines.contract.requests import TextRequest
from tests.fakes import FakePainter


def png(width: int = 64, height: int = 32, colours: int = 5, smallest: int = 1) -> bytes:
    """Return a picture of random pixels, in so many colours, stored without compression."""
    dice = random.Random(width)
    palette = [tuple(dice.randbytes(3)) for _ in range(colours)]
    image = Image.new("RGB", (width // smallest, height // smallest))
    image.putdata([dice.choice(palette) for _ in range(image.width * image.height)])
    file = io.BytesIO()
    image.resize((width, height), 0).save(file, "PNG", compress_level=0)
    return file.getvalue()


@contextmanager
def _served(data):
    assert not any(data.iterdir())
    yield "http://127.0.0.1:1"


@pytest.fixture
def browser(tmp_path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A program that stands for the browser, and a page that stands for ours."""
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PLAYGROUND_CHROMIUM", str(program))
    monkeypatch.setattr(page_picture, "serving", _served)
    return str(program)


def test_the_picture_is_written(browser, tmp_path, monkeypatch, capsys):
    asked = []

    def photograph(*arguments: str) -> bytes:
        asked.append(arguments)
        return png()

    monkeypatch.setattr(page_picture, "photograph", photograph)
    output = tmp_path / "page.png"
    assert main(["page", "--output", str(output)]) == 0
    assert asked == [(browser, "http://127.0.0.1:1")]
    with Image.open(output) as image:
        assert image.size == (64, 32)
    assert "page.png" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("module", "program", "sentence"),
    [
        ("no_such_module", "/bin/sh", "Playwright is missing"),
        ("pytest", "/no/such/chromium", "no Chromium"),
    ],
)
def test_what_is_missing_is_a_sentence(module, program, sentence, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(page_picture, "PLAYWRIGHT", module)
    monkeypatch.setenv("PLAYGROUND_CHROMIUM", program)
    output = tmp_path / "page.png"
    with pytest.raises(SystemExit) as stopped:
        main(["page", "--output", str(output)])
    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err
    assert not output.exists()


def test_a_chromium_in_the_path_is_found(browser, tmp_path, monkeypatch):
    monkeypatch.delenv("PLAYGROUND_CHROMIUM")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert page_picture.find_browser() == browser
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert page_picture.find_browser() is None


def test_a_small_picture_keeps_its_pixels():
    before = png(colours=300)
    after = page_picture.shrink(before)
    assert len(after) <= len(before)
    with Image.open(io.BytesIO(before)) as one, Image.open(io.BytesIO(after)) as other:
        assert one.tobytes() == other.tobytes()


def test_a_large_picture_gets_a_palette():
    before = png(1024, 1024, colours=2000, smallest=3)
    after = page_picture.shrink(before)
    assert len(after) <= page_picture.MOST_BYTES < len(before)
    with Image.open(io.BytesIO(after)) as image:
        assert image.mode == "P" and image.size == (1024, 1024)


def test_what_stays_too_large_is_refused():
    with pytest.raises(RuntimeError, match="more than"):
        page_picture.shrink(png(1024, 1024, colours=2000))


def test_the_studio_says_the_same_whatever_the_seed(tmp_path):
    with page_picture.SeededStudio.open(tmp_path, FakePainter()) as studio:
        said = [studio.say(TextRequest(count=3, seed=seed), "me") for seed in (1, -1)]
        assert [phrase.ko for phrase in said[0]] == [phrase.ko for phrase in said[1]]
        assert studio.phrases.latest("me", 10)


def test_an_application_is_served_until_the_end():
    app = FastAPI()
    with page_picture.running(app) as url:
        assert httpx.get(url).status_code == 404  # it has no pages, but it answers
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)
