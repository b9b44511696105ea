"""playground/studio/pictures/png.py and metadata.py: pictures that anybody may have made."""

from __future__ import annotations

import io
import json
import struct
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngImageFile, PngInfo

from pipelines.contract.painter import Picture
from pipelines.contract.phrase import Phrase, Word, WordKind
from pipelines.contract.requests import PictureRequest
from playground.studio.pictures.metadata import MAX_SECONDS, Metadata, png_bytes, read_metadata
from playground.studio.pictures.png import (
    MAX_CHUNKS,
    MAX_TEXT_BYTES,
    MAX_TEXTS,
    SIGNATURE,
    open_png,
    parse_text,
    read_text,
    write_png,
)

IMAGE = Image.new("RGB", (8, 8), (1, 2, 3))


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(width: int = 8, height: int = 8) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


END = chunk(b"IEND", b"")


def parse(data: bytes):
    return parse_text(io.BytesIO(data))


def save(path, picture: Picture) -> Metadata:
    path.write_bytes(png_bytes(picture))
    found = read_metadata(path)
    assert found is not None
    return found


# ---- what we write


def test_everything_that_makes_it_again_comes_back(tmp_path, picture_of, request_of):
    picture = picture_of(request_of(negative_prompt='글자, "틀"\nNegative prompt: x'))
    found = save(tmp_path / "a.png", picture)
    assert found.request == picture.request
    assert found.prompt == picture.prompt
    assert found.phrase == picture.request.phrase.ko
    assert found.model_sha256 == picture.model_sha256
    assert found.seconds == picture.seconds
    assert found.versions == picture.versions
    assert (found.width, found.height) == (64, 64)
    assert found.infotext is not None
    assert found.infotext.get("Model hash") == "ababababab"


def test_pixels_and_bytes_are_exact(tmp_path, picture_of, request_of):
    picture = picture_of(request_of(), noise=3)
    save(tmp_path / "a.png", picture)
    assert open_png(tmp_path / "a.png").tobytes() == picture.image.tobytes()
    assert png_bytes(picture) == png_bytes(picture)


def test_pillow_finds_the_texts_where_other_programs_look(tmp_path, picture_of, request_of):
    save(tmp_path / "a.png", picture_of(request_of()))
    with Image.open(tmp_path / "a.png") as image:
        assert isinstance(image, PngImageFile)
        assert image.text["parameters"].startswith("a blue smell hums\nSteps: 3, Sampler: DDIM")
        assert image.text["Software"] == "Amumal Playground 0.1.0"
        assert json.loads(image.text["playground"])["ai_generated"] is True


def test_no_person_computer_or_folder_is_named(tmp_path, picture_of, request_of):
    save(tmp_path / "a.png", picture_of(request_of()))
    texts = dict(read_text(tmp_path / "a.png").texts)
    assert set(texts) == {"parameters", "Software", "playground"}
    assert set(json.loads(texts["playground"])) == {
        "version", "ai_generated", "request", "phrase", "prompt", "model", "model_sha256",
        "seconds", "versions",
    }  # fmt: skip
    assert not any("/" in text or "\\\\" in text for text in texts.values())


def test_other_modes_become_rgb(tmp_path, picture_of, request_of):
    picture = picture_of(request_of())
    grey = Picture(Image.new("L", (64, 64), 9), picture.request, "p", "ab" * 32, 0.0, ())
    save(tmp_path / "a.png", grey)
    assert open_png(tmp_path / "a.png").getpixel((0, 0)) == (9, 9, 9)


@given(prompt=st.text(max_size=300), gloss=st.text(max_size=30))
def test_any_text_comes_back_from_our_chunk(tmp_path_factory, prompt, gloss):
    phrase = Phrase("가", gloss, (Word("가", gloss, WordKind.NOUN, is_drawable=False),), "typed")
    picture = Picture(IMAGE, PictureRequest(phrase, seed=1), prompt, "ab" * 32, 0.0, ())
    path = tmp_path_factory.getbasetemp() / "any.png"
    found = save(path, picture)
    assert found.request == picture.request
    assert found.prompt == prompt.encode("utf-8", "replace").decode()


# ---- what others may have written


def test_a_picture_of_another_program_has_a_prompt_and_no_request(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(
        write_png(IMAGE, (("parameters", "고양이\nSteps: 20, Sampler: Euler, Seed: 5"),))
    )
    found = read_metadata(path)
    assert found is not None
    assert (found.prompt, found.phrase, found.request) == ("고양이", "고양이", None)
    assert found.infotext is not None
    assert found.infotext.get("Seed") == "5"


def test_a_picture_without_texts_tells_nothing(tmp_path):
    path = tmp_path / "a.png"
    IMAGE.save(path)
    assert read_metadata(path) is None


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "{", "1e999", '{"seconds": 1}', "[" * 100_000, '{"a": ' * 100_000],
)
def test_a_broken_chunk_of_ours_is_refused_or_replaced_by_the_other(tmp_path, text):
    path = tmp_path / "a.png"
    path.write_bytes(write_png(IMAGE, (), (("playground", text),)))
    with pytest.raises(ValueError):
        read_metadata(path)
    path.write_bytes(write_png(IMAGE, (("parameters", "a cat"),), (("playground", text),)))
    found = read_metadata(path)
    assert found is not None
    assert found.prompt == "a cat"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("width", 3), ("seed", -7), ("guidance", 10**400), ("steps", "many"), ("phrase", None),
        ("phrase", {"ko": "\ud800"}), ("width", 1e308), ("model", {}), ("seed", True),
    ],
)  # fmt: skip
def test_an_odd_request_costs_the_request_only(tmp_path, picture_of, request_of, field, value):
    picture = picture_of(request_of())
    path = tmp_path / "a.png"
    path.write_bytes(png_bytes(picture))
    data = json.loads(dict(read_text(path).texts)["playground"])
    data["request"][field] = value
    path.write_bytes(write_png(IMAGE, (), (("playground", json.dumps(data)),)))
    found = read_metadata(path)
    assert found is not None
    assert found.prompt == picture.prompt
    assert found.request is None or found.request != picture.request


@pytest.mark.parametrize("used", [None, {}, 7, [{"kind": "lora"}], [[]] * 1000])
def test_odd_files_cost_nothing_but_themselves(tmp_path, picture_of, request_of, used):
    path = tmp_path / "a.png"
    picture = picture_of(request_of())
    path.write_bytes(png_bytes(picture))
    data = json.loads(dict(read_text(path).texts)["playground"]) | {"used": used}
    path.write_bytes(write_png(IMAGE, (), (("playground", json.dumps(data)),)))
    found = read_metadata(path)
    assert found is not None
    assert (found.request, found.used) == (picture.request, ())


@pytest.mark.parametrize(("seconds", "kept"), [(-5, 0.0), (1e300, MAX_SECONDS), ("2", 2.0)])
def test_odd_seconds_are_made_sensible(tmp_path, picture_of, request_of, seconds, kept):
    path = tmp_path / "a.png"
    path.write_bytes(png_bytes(picture_of(request_of())))
    data = json.loads(dict(read_text(path).texts)["playground"]) | {"seconds": seconds}
    path.write_bytes(write_png(IMAGE, (), (("playground", json.dumps(data)),)))
    found = read_metadata(path)
    assert found is not None
    assert found.seconds == kept


def test_every_kind_of_text_chunk_is_read():
    packed = zlib.compress("값".encode())
    data = (
        SIGNATURE + header()
        + chunk(b"tEXt", "a\0caf\u00e9".encode("latin-1"))
        + chunk(b"zTXt", b"b\0\0" + zlib.compress(b"two"))
        + chunk(b"iTXt", b"c\0\0\0ko\0\xec\xa0\x9c\0" + "셋".encode())
        + chunk(b"iTXt", b"d\0\1\0\0\0" + packed)
        + END
    )  # fmt: skip
    assert dict(parse(data).texts) == {"a": "café", "b": "two", "c": "셋", "d": "값"}


def test_the_first_of_two_equal_keywords_counts():
    data = SIGNATURE + header() + chunk(b"tEXt", b"a\0one") + chunk(b"tEXt", b"a\0two") + END
    assert parse(data).get("a") == "one"
    assert parse(data).get("b") is None


def test_texts_behind_the_pixels_are_read_and_too_many_are_not():
    many = chunk(b"tEXt", b"a\0x") * (MAX_TEXTS + 5)
    assert len(parse(SIGNATURE + header() + chunk(b"IDAT", b"?") + many + END).texts) == MAX_TEXTS


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        SIGNATURE,
        SIGNATURE + END,
        SIGNATURE + header(),
        SIGNATURE + header()[:-3],
        SIGNATURE + header() + header() + END,
        SIGNATURE + chunk(b"IHDR", b"short") + END,
        SIGNATURE + header() + struct.pack(">I4s", 2**32 - 1, b"IDAT"),
        SIGNATURE + header() + chunk(b"tEXt", b"a\0x")[:-1] + b"!" + END,
        SIGNATURE + header() + chunk(b"iTXt", b"a\0\0\0\0\0\xff") + END,
        SIGNATURE + header() + chunk(b"zTXt", b"a\0\0not packed") + END,
        SIGNATURE + header() + chunk(b"zTXt", b"a\0\0" + zlib.compress(b"0" * 2**22)) + END,
        SIGNATURE + header() + chunk(b"tEXt", b"a\0" + b"0" * MAX_TEXT_BYTES) + END,
        SIGNATURE + header() + chunk(b"IDAT", b"") * MAX_CHUNKS + END,
    ],
)
def test_what_is_no_whole_png_is_refused(data):
    with pytest.raises(ValueError):
        parse(data)


@given(cut=st.integers(0, 400), flip=st.integers(0, 400), bit=st.integers(0, 7))
def test_damaged_pngs_raise_nothing_but_value_errors(tmp_path_factory, cut, flip, bit):
    data = bytearray(write_png(IMAGE, (("parameters", "한글"),), (("playground", "{}"),)))
    data[flip % len(data)] ^= 1 << bit
    path = tmp_path_factory.getbasetemp() / "damaged.png"
    path.write_bytes(data[: max(0, len(data) - cut)])
    for read in (read_text, read_metadata, open_png):
        try:
            read(path)
        except ValueError:
            pass


@given(data=st.binary(max_size=200))
@example(data=b"IHDR")
def test_random_chunks_raise_nothing_but_value_errors(data):
    for kind in (b"tEXt", b"zTXt", b"iTXt", data[:4].ljust(4)):
        try:
            parse(SIGNATURE + header() + chunk(kind, data) + END)
        except ValueError:
            pass


# ---- pixels


def test_a_decompression_bomb_is_refused_by_its_header(tmp_path):
    path = tmp_path / "bomb.png"
    path.write_bytes(SIGNATURE + header(60_000, 60_000) + chunk(b"IDAT", b"") + END)
    with pytest.raises(ValueError, match="60000x60000"):
        open_png(path)


def test_a_cut_off_picture_is_refused(tmp_path):
    path = tmp_path / "a.png"
    data = write_png(Image.effect_noise((64, 64), 80), ())
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(ValueError, match="cut off"):
        open_png(path)


def test_damaged_pixels_are_refused(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(SIGNATURE + header() + chunk(b"IDAT", b"nonsense") + END)
    with pytest.raises(ValueError, match="decoded"):
        open_png(path)


def test_a_jpeg_by_the_name_of_png_is_refused(tmp_path):
    path = tmp_path / "a.png"
    IMAGE.save(path, "JPEG")
    with pytest.raises(ValueError, match="not a PNG"):
        open_png(path)


def test_a_missing_file_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        open_png(tmp_path / "a.png")


def test_half_a_surrogate_pair_is_replaced_and_zero_bytes_vanish():
    data = write_png(IMAGE, (("parameters", "a\ud800\0b"),))
    assert parse(data).get("parameters") == "a?b"


def test_the_same_text_is_latin_or_utf8_as_a1111_writes_it():
    info = PngInfo()
    info.add_text("parameters", "고양이")
    buffer = io.BytesIO()
    IMAGE.save(buffer, "PNG", pnginfo=info)
    assert write_png(IMAGE, (("parameters", "고양이"),)) == buffer.getvalue()


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt"])
@pytest.mark.parametrize(
    ("raw", "text"), [("파란 여우".encode(), "파란 여우"), (b"caf\xe9", "café")]
)
def test_what_is_utf8_was_meant_so(kind, raw, text):
    body = raw if kind == b"tEXt" else b"\0" + zlib.compress(raw)
    png = SIGNATURE + header() + chunk(kind, b"parameters\0" + body) + END
    assert parse(png).get("parameters") == text


@pytest.mark.parametrize("text", ["Ã©", "é", "í\x95\x9c", "파란"])
def test_what_we_write_is_not_guessed_at(text):
    assert parse(write_png(IMAGE, (("a", text),), (("b", text),))).texts == (
        ("a", text),
        ("b", text),
    )
