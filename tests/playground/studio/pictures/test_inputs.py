"""Pictures that people hand over: every kind becomes plain RGB, everything else a sentence."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from pipelines.contract.errors import InvalidRequest
from playground.studio.database import Database
from playground.studio.pictures.input_store import InputStore
from playground.studio.pictures.inputs import UNUSED_DAYS, InputShelf, read_picture


def saved(image, kind="PNG", **more):
    buffer = io.BytesIO()
    image.save(buffer, kind, **more)
    return buffer.getvalue()


RED = Image.new("RGB", (6, 4), "red")


@pytest.fixture
def now():
    """The time of day, to be changed."""
    return [1_000_000.0]


@pytest.fixture
def shelf(tmp_path, now):
    (tmp_path / "partial").mkdir()
    database = Database.open(tmp_path / "playground.db")
    store = InputStore(database)
    yield InputShelf(tmp_path / "inputs", tmp_path / "partial", store, clock=lambda: now[0])
    database.close()


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16", "YCbCr"])
def test_every_mode_becomes_rgb(mode):
    kind = "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"
    image = read_picture(saved(Image.new(mode, (20, 10)), kind))
    assert (image.mode, image.size) == ("RGB", (20, 10))


def test_sixteen_bits_keep_their_brightness():
    deep = Image.fromarray(np.full((4, 4), 32768, np.uint16))
    assert abs(int(np.asarray(read_picture(saved(deep)))[0, 0, 0]) - 127) <= 1


def test_what_is_transparent_becomes_white():
    assert read_picture(saved(Image.new("RGBA", (4, 4), (255, 0, 0, 0)))).getpixel((0, 0)) == (
        255, 255, 255,
    )  # fmt: skip


def test_the_first_frame_stands_for_an_animation():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    red, _, blue = np.asarray(read_picture(data))[0, 0]
    assert red > 200 and blue < 50


def test_a_camera_that_was_held_sideways_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert read_picture(saved(Image.new("RGB", (20, 10)), "JPEG", exif=exif)).size == (10, 20)


def test_a_very_wide_picture_is_kept_smaller():
    assert max(read_picture(saved(Image.new("L", (9000, 300)))).size) == 4096


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "input.broken"),
        (b"<html>", "input.broken"),
        (b"\x89PNG\r\n\x1a\nrubbish", "input.broken"),
        (saved(Image.new("1", (10_001, 10_000))), "input.pixels"),
        (b"x" * 50_000_001, "input.bytes"),
    ],
    ids=["empty", "page", "damaged", "100-megapixels", "too-large"],
)
def test_what_cannot_be_used_is_refused_with_its_reason(data, key):
    with pytest.raises(InvalidRequest) as caught:
        read_picture(data)
    assert caught.value.key == key


def test_a_picture_that_is_cut_off_is_refused():
    data = saved(Image.effect_noise((64, 64), 50))
    with pytest.raises(InvalidRequest):
        read_picture(data[: len(data) // 2])


def drawn(mode, ground, stroke):
    """Return a mask file with a stroke in its left half."""
    mask = Image.new(mode, (40, 20), ground)
    mask.paste(stroke, (0, 0, 20, 20))
    return saved(mask)


@pytest.mark.parametrize(
    "data",
    [
        drawn("RGBA", (0, 0, 0, 0), (255, 255, 255, 255)),  # white on nothing
        drawn("RGBA", (255, 255, 255, 0), (0, 0, 0, 255)),  # black on nothing
        drawn("LA", (9, 0), (9, 255)),
        drawn("RGBA", (0, 0, 0, 255), (255, 255, 255, 255)),  # nothing transparent: by brightness
        drawn("RGB", "black", "white"),
        drawn("L", 0, 255),
    ],
)
def test_a_mask_is_its_alpha_where_it_has_any(shelf, data):
    mask = shelf.open(shelf.keep(data, "me", is_mask=True)).convert("L")
    assert [mask.getpixel((x, 10)) for x in (0, 19, 20, 39)] == [255, 255, 0, 0]


def test_a_palette_with_a_transparent_colour_is_a_mask_too(shelf):
    mask = Image.new("P", (40, 20), 0)
    mask.putpalette([255, 255, 255, 255, 255, 255])
    mask.paste(1, (0, 0, 20, 20))
    data = saved(mask, transparency=0)
    kept = shelf.open(shelf.keep(data, "me", is_mask=True)).convert("L")
    assert [kept.getpixel((x, 10)) for x in (0, 39)] == [255, 0]


def test_a_reduced_picture_is_what_pillow_makes_of_the_whole():
    whole = Image.effect_noise((5000, 3000), 90)
    bands = np.asarray(read_picture(saved(whole)).convert("L"), np.int16)
    at_once = whole.resize((4096, 2458), Image.Resampling.BICUBIC)
    assert np.abs(bands - np.asarray(at_once, np.int16)).max() <= 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_put_upright_as_pillow_does(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(Image.linear_gradient("L").crop((0, 0, 30, 20)), exif=exif)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    assert np.array_equal(np.asarray(read_picture(data)), np.asarray(upright))


@given(st.binary(max_size=200), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM"]))
def test_no_bytes_raise_anything_else(data, start):
    try:
        read_picture(start + data)
    except InvalidRequest as error:
        assert error.key.startswith("input.")


def test_the_same_picture_is_kept_once_and_comes_back(shelf, tmp_path):
    data = saved(Image.new("RGB", (6, 4), "red"))
    first, second = shelf.keep(data, "me"), shelf.keep(data, "you")
    assert first == second and len(list((tmp_path / "inputs").iterdir())) == 1
    assert shelf.open(first).getpixel((0, 0)) == (255, 0, 0)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 64])
def test_an_unknown_name_is_refused(shelf, name):
    with pytest.raises(InvalidRequest) as caught:
        shelf.open(name)
    assert caught.value.key == "request.picture"


def test_a_file_that_was_changed_on_the_disk_is_not_used(shelf, tmp_path):
    sha256 = shelf.keep(saved(RED), "me")
    (tmp_path / "inputs" / f"{sha256}.png").write_bytes(saved(Image.new("RGB", (6, 4), "blue")))
    with pytest.raises(InvalidRequest):
        shelf.open(sha256)


def test_a_picture_is_for_those_who_brought_it_and_the_person_at_the_machine(shelf):
    sha256 = shelf.keep(saved(RED), "me")
    assert shelf.path_of(sha256, "me") is not None
    assert shelf.path_of(sha256, None) is not None
    assert shelf.path_of(sha256, "you") is None
    assert not shelf.take_over(sha256, "you", "you")
    assert shelf.take_over(sha256, "you", None)
    assert shelf.path_of(sha256, "you") is not None


def test_a_picture_of_two_goes_with_the_second(shelf, tmp_path):
    sha256 = shelf.keep(saved(RED), "me")
    assert shelf.keep(saved(RED), "you") == sha256
    assert not shelf.forget(sha256, "stranger")
    assert shelf.forget(sha256, "me")
    assert shelf.path_of(sha256, "me") is None
    assert shelf.path_of(sha256, "you") is not None
    assert shelf.forget_all("you") == 1
    assert list((tmp_path / "inputs").iterdir()) == []


def test_what_nobody_has_used_for_long_goes_and_other_files_stay(shelf, tmp_path, now):
    old = shelf.keep(saved(RED), "me")
    used = shelf.keep(saved(Image.new("RGB", (6, 4), "blue")), "me")
    (tmp_path / "inputs" / "mine.png").touch()
    (tmp_path / "inputs" / f"{'0' * 64}.png").touch()  # of a process that died before its row
    now[0] += UNUSED_DAYS * 86_400
    shelf.take_over(used, "me", "me")
    now[0] += 1
    assert shelf.tidy() == 2
    assert shelf.path_of(old, None) is None
    assert {path.name for path in (tmp_path / "inputs").iterdir()} == {f"{used}.png", "mine.png"}
