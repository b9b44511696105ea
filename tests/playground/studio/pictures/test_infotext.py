"""playground/studio/pictures/infotext.py: the text for other programs, and what they write."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.painter import UsedFile
from pipelines.contract.picture_settings import Hires, ImageToImage, MaskContent, Refiner, Tuning
from pipelines.image.sampling.schedules import AUTOMATIC, SCHEDULE_NAMES
from playground.studio.pictures.infotext import (
    MAX_INFOTEXT,
    TELLING_KEYS,
    read_infotext,
    write_infotext,
)
from playground.web.tabs.draw.infotext import told_by

PLAIN = (
    "Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7.0, Seed: 5, Size: 768x512"
)


def test_our_text_is_what_others_expect(picture_of, request_of):
    picture = picture_of(request_of(negative_prompt="text", sampler="DPM++ 2M Karras"))
    assert write_infotext(picture) == (
        "a blue smell hums\n"
        "Negative prompt: text\n"
        "Steps: 3, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 2.5, Seed: 11, "
        "Size: 64x64, Model hash: ababababab, Model: crayon, Phrase: 파란 냄새가 콧노래를 불러요, "
        "Version: Amumal Playground 0.1.0"
    )


def test_without_a_negative_prompt_there_is_no_line_for_it(picture_of, request_of):
    assert "Negative" not in write_infotext(picture_of(request_of()))
    assert "Schedule" not in write_infotext(picture_of(request_of()))


@pytest.mark.parametrize("schedule", SCHEDULE_NAMES)
def test_every_schedule_is_written_and_read(picture_of, request_of, schedule):
    told = None if schedule == AUTOMATIC else schedule
    for request in (
        request_of(sampler="DPM++ 2M", schedule=schedule),
        request_of(sampler=f"DPM++ 2M {schedule}"),  # as before A1111 1.9
    ):
        found = read_infotext(write_infotext(picture_of(request)))
        assert (found.get("Sampler"), found.get("Schedule type")) == ("DPM++ 2M", told)
        pasted = told_by(found, models=(), vaes=(), upscalers=())
        assert (pasted.values["sampler"], pasted.values["schedule"]) == ("DPM++ 2M", schedule)


def test_finer_settings_have_the_names_that_others_read(picture_of, request_of):
    request = request_of(
        schedule="Beta",
        template="__pet__, ink",
        tuning=Tuning(eta=0.5, churn=2, sigma_least=0.1, clip_skip=2, variation_strength=0.2),
        source=ImageToImage("a" * 64, "b" * 64, 0.4, content=MaskContent.FILL, only_masked=True),
    )
    found = read_infotext(write_infotext(picture_of(request)))
    assert dict(found.settings) | {
        "Schedule type": "Beta",
        "Variation seed": "0",
        "Variation seed strength": "0.2",
        "Denoising strength": "0.4",
        "Clip skip": "2",
        "Mask blur": "4",
        "Inpaint area": "Only masked",
        "Masked area padding": "32",
        "Masked content": "fill",
        "Eta": "0.5",
        "Sigma churn": "2",
        "Schedule min sigma": "0.1",
        "Template": "__pet__, ink",
    } == dict(found.settings)


def test_a_second_pass_has_the_names_that_others_read(picture_of, request_of):
    request = request_of(hires=Hires(1.5, "Lanczos", 4, 0.3), source=ImageToImage("a" * 64))
    found = read_infotext(write_infotext(picture_of(request)))
    names = ("Hires upscale", "Hires steps", "Hires upscaler", "Denoising strength")
    assert [found.get(name) for name in names] == ["1.5", "4", "Lanczos", "0.3"]
    assert found.get("First pass denoising strength") == "0.6"
    assert found.get("Mask blur") is None


def test_other_files_that_took_part_have_the_names_and_hashes_that_others_read(
    picture_of, request_of
):
    request = request_of(
        refiner=Refiner("finer", 0.75), batch_size=2, vae="clear", tuning=Tuning(token_merging=0.4)
    )
    used = (
        UsedFile("lora", "ink: a, b", "1" * 64, "a" * 12),
        UsedFile("lora", "wash", "2" * 64, "b" * 12),
        UsedFile("embedding", "neg", "3" * 64, "3" * 12),
        UsedFile("vae", "clear", "4" * 64, "4" * 10),
        UsedFile("refiner", "finer", "5" * 64, "5" * 10),
    )
    text = write_infotext(replace(picture_of(request), used=used))
    assert f'Lora hashes: "ink a b: {"a" * 12}, wash: {"b" * 12}"' in text
    assert "Model: crayon, VAE hash: 4444444444, VAE: clear, " in text
    found = read_infotext(text)
    names = ("TI hashes", "Refiner", "Refiner switch at", "Token merging ratio", "Batch size")
    assert [found.get(name) for name in names] == [
        f"neg: {'3' * 12}", f"finer [{'5' * 10}]", "0.75", "0.4", "2",
    ]  # fmt: skip


def test_a_picture_of_the_model_alone_names_no_other_files(picture_of, request_of):
    text = write_infotext(picture_of(request_of()))
    assert not any(name in text for name in ("hashes", "VAE", "Refiner", "Token", "Batch"))


@given(
    ko=st.text(min_size=1, max_size=80).filter(lambda text: text.strip()),
    model=st.text(min_size=1, max_size=30).filter(lambda text: text.strip()),
)
def test_values_of_ours_come_back_whole(ko, model):
    from PIL import Image

    from models.errors import PlaygroundError
    from pipelines.contract.painter import Picture
    from pipelines.contract.phrase import Phrase
    from pipelines.contract.requests import PictureRequest

    try:
        request = PictureRequest(Phrase(ko, "", (), "typed"), seed=1)
    except PlaygroundError:
        return
    request = replace(request, model=model)
    picture = Picture(Image.new("RGB", (8, 8)), request, "a cat", "ab" * 32, 0.0, ())
    text = write_infotext(picture)
    try:
        text.encode()
    except UnicodeEncodeError:
        return  # the file has replacements there, test_png looks at those
    found = read_infotext(text)
    assert found.prompt == "a cat"
    assert found.get("Phrase") == request.phrase.ko
    assert found.get("Model") == model
    assert found.size == (256, 256)


def test_lines_of_both_prompts():
    found = read_infotext(f"line1\nline2\nNegative prompt: bad\nworse, (ugly:1.2)\n{PLAIN}")
    assert found.prompt == "line1\nline2"
    assert found.negative_prompt == "bad\nworse, (ugly:1.2)"
    assert found.size == (768, 512)
    assert found.get("Schedule type") == "Karras"
    assert found.get("nothing") is None


def test_a_prompt_with_colons_is_no_parameter_line():
    text = "masterpiece, quality: high, style: anime, mood: calm"
    assert read_infotext(text).prompt == text
    assert read_infotext(text).settings == ()
    assert read_infotext(text).size is None


def test_quoted_values_come_whole_and_keys_may_repeat():
    found = read_infotext(
        f'a\n{PLAIN}, Lora hashes: "foo: abc123, bar: 0123", TI hashes: "emb: aaa, emb: aaa", '
        'TI hashes: x, Hires prompt: "say \\"hi\\", a:b\\nline2", Denoising strength: 0.5'
    )
    assert found.get("Lora hashes") == "foo: abc123, bar: 0123"
    assert found.get("Hires prompt") == 'say "hi", a:b\nline2'
    assert [value for key, value in found.settings if key == "TI hashes"] == [
        "emb: aaa, emb: aaa",
        "x",
    ]
    assert found.get("Denoising strength") == "0.5"


def test_a_name_that_looks_like_a_size_stays_a_name():
    found = read_infotext(f"a\n{PLAIN}, Model: 512x512, Hires resize: 1024x0")
    assert found.get("Model") == "512x512"
    assert found.get("Hires resize") == "1024x0"


def test_json_values_are_taken_whole():
    found = read_infotext(
        f'a\n{PLAIN}, Civitai resources: [{{"type":"checkpoint","id":1}}], Civitai metadata: {{}}'
    )
    assert found.get("Civitai resources") == '[{"type":"checkpoint","id":1}]'
    assert found.get("Civitai metadata") == "{}"


def test_brackets_that_are_no_json_end_at_the_comma():
    found = read_infotext(f"a\n{PLAIN}, Extra one: [oops, Extra two: {'[' * 100_000}, Last one: 3")
    assert found.get("Extra one") == "[oops"
    assert found.get("Last one") == "3"


def test_empty_values_short_keys_and_bare_words_are_left_out():
    found = read_infotext(f"a\n{PLAIN}, Face restoration: , X: 5, Tiling, Clip skip: 2")
    keys = [key for key, _ in found.settings]
    assert keys[-1] == "Clip skip"
    assert not {"Face restoration", "X", "Tiling"} & set(keys)


def test_windows_lines_and_trailing_templates():
    found = read_infotext(f"a cat\r\nNegative prompt: dog\r\n{PLAIN}\r\n\r\nTemplate: a {{cat}}")
    assert (found.prompt, found.negative_prompt) == ("a cat", "dog")
    assert found.get("Size") == "768x512"


def test_an_open_quote_ends_at_the_comma():
    found = read_infotext(f'a\n{PLAIN}, Odd one: "open, Version: v1')
    assert found.get("Odd one") == '"open'
    assert found.get("Version") == "v1"


def test_an_escape_that_is_none_keeps_the_value_as_it_stands():
    assert read_infotext(f'a\n{PLAIN}, Odd one: "\\q"').get("Odd one") == '"\\q"'


def test_the_negative_prompt_may_come_without_parameters():
    found = read_infotext("a\nNegative prompt: b")
    assert (found.prompt, found.negative_prompt, found.settings) == ("a", "b", ())


def test_a_text_without_end_is_refused():
    with pytest.raises(ValueError, match="characters"):
        read_infotext("a" * (MAX_INFOTEXT + 1))


@given(st.text())
def test_any_text_is_read(text):
    read_infotext(text)


_PIECES = st.sampled_from(
    [
        *sorted(TELLING_KEYS),
        ": ",
        ", ",
        '"',
        "[",
        "{",
        "\\",
        "\n",
        "512x512",
        "Negative prompt:",
        "가",
    ]
)


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_any_text_of_the_right_kind_is_read(text):
    found = read_infotext(text)
    assert all(key and value for key, value in found.settings)


@pytest.mark.timeout(30)
def test_a_huge_hostile_line_is_read_to_its_end():
    for piece in ('ab: "x, ', "ab: [1,", "ab: {", "a b c ", "Steps: 1, ", '"', "\\", "ab:"):
        found = read_infotext((piece * (MAX_INFOTEXT // len(piece)))[:MAX_INFOTEXT])
        assert found.prompt or found.settings


# another value for each; `is_exact` changes no picture and is not told
CHANGED: dict[str, Any] = {
    name: 2 if isinstance(usual, int) else 0.5
    for name, usual in ((field.name, field.default) for field in fields(Tuning))
    if not isinstance(usual, bool)
}


@pytest.mark.parametrize("name", CHANGED)
def test_every_finer_setting_is_told(name, picture_of, request_of):
    before = Tuning(variation_strength=0.25)  # without one, its seed says nothing
    after = replace(before, **{name: CHANGED[name]})
    plain, changed = (
        write_infotext(picture_of(request_of(tuning=tuning))) for tuning in (before, after)
    )
    assert plain != changed
