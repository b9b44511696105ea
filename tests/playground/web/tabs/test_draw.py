"""The buttons of the Draw tab, pressed over HTTP as the page and as strangers press them."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from models.errors import ModelNotFound
from playground.web.tabs.draw import form as draw_form
from tests.playground.gate.door import GUEST
from tests.playground.web.conftest import frames

SMALL = {"prompt": "파란 고양이", "steps": 3, "width": "64", "height": "64", "seed": "7"}


def event_of(page, elem_id, inputs=None):
    """Return the number of the event that a part of the tab starts or fills."""
    config = page.get("/config").json()
    part = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == elem_id)
    for event in config["dependencies"]:
        started = [target[0] for target in event["targets"]]
        if part in started and event["backend_fn"]:
            return event["id"]
    raise AssertionError(f"{elem_id} starts nothing")


def run(page, elem_id, values, data=None):
    body = {"data": values, "fn_index": event_of(page, elem_id)}
    if data is not None:
        body["event_data"] = data
    answer = page.post(
        "/gradio_api/run/predict",
        content=json.dumps(body),
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def values_of(**changes):
    return list({**draw_form.defaults(), **SMALL, **changes}.values())


def press(page, **changes):
    return run(page, "draw-start", values_of(**changes))[0]


def drawn(page, **changes):
    ticket = press(page, **changes)
    assert "alert" not in ticket, ticket
    return [frames(page, job)[-1] for job in ticket["jobs"]]


def png(colour="white", size=(64, 64)):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def png_that_tells(parameters):
    chunks = PngInfo()
    chunks.add_text("parameters", parameters)
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64)).save(buffer, "PNG", pnginfo=chunks)
    return buffer.getvalue()


def read(page, data):
    """Return the values that change and the alert."""
    parts = run(page, "draw-read", [dropped(page, data) if data else ""])
    named = zip(draw_form.FIELDS, parts, strict=False)
    return {name: part["value"] for name, part in named if "value" in part}, parts[-1]["alert"]


def dropped(page, data):
    headers = {"x-file-name": "a.png", "content-type": "application/octet-stream"}
    return page.post("/drops", content=data, headers=headers).json()["token"]


def test_the_typed_prompt_is_what_the_model_gets(visit, painter):
    last = drawn(visit(), prompt="(고양이:1.2), 숲 # 메모", guidance=3.5, clip_skip=2)[0]
    request = painter.drawn[-1]
    assert last["state"] == "done"
    assert request.prompt == "(고양이:1.2), 숲"
    assert request.template == "(고양이:1.2), 숲 # 메모"
    assert (request.seed, request.guidance, request.tuning.clip_skip) == (7, 3.5, 2)


def test_a_phrase_without_a_prompt_is_left_to_the_bridge(visit, painter):
    drawn(visit(), prompt="", phrase="파란 고양이")
    assert painter.drawn[-1].prompt == ""
    assert painter.drawn[-1].phrase.words


def test_styles_and_word_lists_of_the_data_folder_are_used(visit, painter, studio):
    (studio.data_dir / "styles.csv").write_text(
        'name,prompt,negative_prompt\n먹,"{prompt}, 먹",컬러', "utf-8"
    )
    (studio.data_dir / "wildcards").mkdir(exist_ok=True)
    (studio.data_dir / "wildcards" / "동물.txt").write_text("문어\n", "utf-8")
    page = visit()
    drawn(page, prompt="노란 __동물__", styles=["먹"])
    request = painter.drawn[-1]
    assert (request.prompt, request.negative_prompt) == ("노란 문어, 먹", "컬러")
    assert request.template == "노란 __동물__"
    offered = run(page, "tab-draw", [[], "crayon", 6, 2.5, "DDIM", "Automatic", 1])
    assert "먹" in json.dumps(offered, ensure_ascii=False)
    assert "먹" in press(page, styles=["머"])["alert"]  # the nearest name


def test_several_pictures_have_seeds_one_after_the_other(visit, painter):
    assert len(drawn(visit(), count=3)) == 3
    assert [request.seed for request in painter.drawn[-3:]] == [7, 8, 9]


def test_what_cannot_be_drawn_is_told_once_and_queues_nothing(visit, painter):
    before = len(painter.drawn)
    painter.refuses = ModelNotFound("part.unknown", name="imk", wanted="lora", nearest="ink")
    ticket = press(visit(), prompt="사과 <lora:imk:1>", count=20)
    assert ticket["jobs"] == []
    assert "imk" in ticket["alert"] and "ink" in ticket["alert"]
    assert len(painter.drawn) == before


def test_a_variation_goes_on_from_its_own_seed(visit, painter):
    drawn(visit(), count=2, variation_strength=0.1, variation_seed="4")
    last = painter.drawn[-2:]
    assert [request.seed for request in last] == [7, 7]
    assert [request.tuning.variation_seed for request in last] == [4, 5]


def test_a_picture_and_a_mask_that_were_uploaded_are_started_from(visit, painter, studio):
    page = visit()
    image = run(page, "draw-image-drop", [dropped(page, png("red"))])[0]
    mask = f"drop:{dropped(page, png())}"  # just painted: only its token is known
    drawn(page, image=image, mask=mask, strength=0.4, content="fill", only_masked=True)
    source = painter.drawn[-1].source
    assert studio.inputs.open(source.image).getpixel((0, 0)) == (255, 0, 0)
    assert studio.inputs.open(source.mask).getpixel((0, 0)) == (255, 255, 255)
    assert (source.strength, source.content, source.only_masked) == (0.4, "fill", True)
    answer = page.get(f"/inputs/{image}.png")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")


@pytest.mark.parametrize("name", ["0" * 64, "..%2f..%2fplayground", "x"])
def test_what_is_no_kept_picture_is_not_sent(visit, name):
    assert visit(GUEST).get(f"/inputs/{name}.png").status_code == 404


def test_a_file_of_somebody_else_is_not_taken(visit):
    owner, guest = visit(), visit(GUEST)
    token = dropped(owner, png())
    assert "올려 둔 파일" in press(guest, image=f"drop:{token}")["alert"]


def test_a_mask_without_a_picture_is_left_alone(visit, painter):
    drawn(visit(), mask="0" * 64)
    assert painter.drawn[-1].source is None


BAD = [
    ({"prompt": " ", "phrase": None}, "프롬프트"),
    ({"prompt": "가" * 3000}, "프롬프트"),
    ({"prompt": "a <lora: :0.8>"}, "<lora: :0.8>"),
    ({"prompt": "a", "negative_prompt": "<lora:ink:0.8>"}, "<lora:ink:0.8>"),
    ({"prompt": "__없음__"}, "없음"),
    ({"negative_prompt": "종\x07"}, "빼고 싶은 것"),
    ({"steps": 0}, "단계 수"),
    ({"width": "100"}, "8의 배수"),
    ({"count": 21}, "1부터 20"),
    ({"batch_size": 9}, "한 번에 그릴 장수"),
    ({"token_merging": 0.95}, "토큰 합치기"),
    ({"refiner": "english", "switch_at": 0}, "이어받는 때"),
    ({"refiner": "english", "switch_at": "반"}, "이어받는 때"),
    ({"eta": "2"}, "eta"),
    ({"sigma_least": "x"}, "가장 작은 시그마"),
    ({"churn": None}, "s_churn"),
    ({"noise_scale": "9"}, "s_noise"),
    ({"rescale": "nan"}, "CFG 되돌리기"),
    ({"guidance_end": 2}, "CFG 끝"),
    ({"clip_skip": 0}, "CLIP"),
    ({"variation_seed": "-5"}, "변주 시드"),
    ({"sampler": "Eular"}, "Eular"),
    ({"schedule": "Karas"}, "Karas"),
    ({"hires": True, "hires_scale": 9}, "키우는 배율"),
    ({"hires": True, "upscaler": " "}, "키우는 방법"),
    ({"image": "../../etc/passwd"}, "시작 그림"),
    ({"image": "0" * 64, "strength": 3}, "바꾸는 정도"),
    ({"image": "0" * 64, "fit": "squeeze"}, "크기 맞추기"),
    ({"image": "drop:nothing"}, "올려 둔 파일"),
    ({"styles": ["없는 스타일"]}, "없는 스타일"),
]


@pytest.mark.parametrize(("changes", "expected"), BAD)
def test_a_bad_value_gets_a_sentence_that_names_the_field(visit, changes, expected):
    ticket = press(visit(), **changes)
    assert ticket["jobs"] == []
    assert expected in ticket["alert"]
    assert "Traceback" not in ticket["alert"]


def test_a_broken_picture_gets_a_sentence(visit):
    page = visit()
    image, ticket = run(page, "draw-image-drop", [dropped(page, b"no picture")])
    assert image == ""
    assert "그림으로 읽을 수 없는" in ticket["alert"]


def test_what_a_phrase_becomes_depends_on_the_model(visit):
    page = visit()
    english, _ = run(page, "draw-from-phrase", ["파란 고양이", "english"])
    caption, _ = run(page, "draw-from-phrase", ["파란 고양이", "crayon"])
    assert english.isascii()
    assert "고양이" in caption
    assert "비어" in run(page, "draw-from-phrase", ["", "crayon"])[1]["alert"]


def test_a_picture_is_sent_with_its_settings(visit, painter):
    page = visit()
    last = drawn(page, prompt="노란 집", clip_skip=2)[0]
    assert last["picture"]["is_detailed"]
    parts = run(page, "draw-send", values_of(), {"id": last["picture"]["id"], "to": "hires"})
    sent = {name: part.get("value") for name, part in zip(draw_form.FIELDS, parts, strict=False)}
    assert (sent["prompt"], sent["seed"], sent["clip_skip"]) == ("노란 집", "7", 2)
    assert sent["hires"] is True


def test_a_picture_is_sent_to_start_from_and_others_send_nothing(visit, studio):
    page, guest = visit(), visit(GUEST)
    last = drawn(page)[0]
    data = {"id": last["picture"]["id"], "to": "source"}
    parts = run(page, "draw-send", values_of(), data)
    sent = {name: part.get("value") for name, part in zip(draw_form.FIELDS, parts, strict=False)}
    assert studio.inputs.open(sent["image"]).size == (64, 64)
    assert "alert" in run(guest, "draw-send", values_of(), data)[-1]


def test_a_korean_prompt_reaches_an_english_model_in_english(visit, painter):
    page = visit()
    drawn(page, prompt="(한복 입은 고양이:1.2), 4k", model="english", negative_prompt="빨간 모자")
    asked = painter.drawn[-1]
    assert asked.prompt == "(a cat wearing hanbok, Korean traditional dress:1.2), 4k"
    assert asked.negative_prompt == "a red hat"
    assert asked.template == "(한복 입은 고양이:1.2), 4k"


def test_a_korean_prompt_stays_for_a_model_that_reads_captions(visit, painter):
    page = visit()
    drawn(page, prompt="파란 고양이")
    assert painter.drawn[-1].prompt == "파란 고양이"
    assert painter.drawn[-1].template == ""


def test_a_picture_is_sent_to_be_made_larger_and_nothing_else(visit):
    page = visit()
    last = drawn(page)[0]
    data = {"id": last["picture"]["id"], "to": "enlarge"}
    parts = run(page, "draw-send", values_of(), data)
    sent = {name: part.get("value") for name, part in zip(draw_form.FIELDS, parts, strict=False)}
    assert len(sent["image"]) == 64
    assert (sent["strength"], sent["hires"], sent["hires_strength"]) == (0, True, 0)
    assert sent["upscaler"] == "Lanczos"


def test_parts_and_a_batch_are_asked_for_and_come_back_with_the_picture(visit, painter):
    page = visit()
    wish = {"vae": "softer", "refiner": "english", "switch_at": 0.7, "token_merging": 0.3}
    last = drawn(page, count=2, batch_size=2, **wish)[0]
    request = painter.drawn[-1]
    assert (request.vae, request.batch_size, request.tuning.token_merging) == ("softer", 2, 0.3)
    assert (request.refiner.model, request.refiner.switch_at) == ("english", 0.7)
    parts = run(page, "draw-send", values_of(), {"id": last["picture"]["id"], "to": "settings"})
    sent = {name: part.get("value") for name, part in zip(draw_form.FIELDS, parts, strict=False)}
    assert {name: sent[name] for name in wish} == wish
    assert (sent["batch_size"], sent["count"]) == ("2", "1")


def test_without_a_refiner_when_it_would_begin_does_not_matter(visit, painter):
    drawn(visit(), refiner="", switch_at=0.2)
    assert painter.drawn[-1].refiner is None


def test_twenty_pictures_may_be_asked_for_at_once(visit, painter):
    assert len(drawn(visit(), count=20, steps=1)) == 20


def test_a_lora_stays_in_the_prompt_and_is_named_beside_the_picture(visit, painter):
    last = drawn(visit(), prompt="a <lora:ink:0.8> cat", vae="softer", model="english")[0]
    assert painter.drawn[-1].prompt == "a <lora:ink:0.8> cat"
    assert painter.drawn[-1].template == ""
    assert last["picture"]["used"] == "모델 english · LoRA ink (0.8) · VAE softer"
    assert last["phrase"] == "a cat"
    assert draw_form.values_of(painter.drawn[-1])["phrase"] == ""


def test_settings_are_read_from_a_picture_that_another_program_wrote(visit):
    text = (
        "a cat <lora:ink:0.8>\nNegative prompt: bad, worse\n"
        "Steps: 22, Sampler: DPM++ 2M Karras, CFG scale: 6.5, Seed: 42, Size: 768x512, "
        "Model hash: 0123456789, Model: english, VAE: softer.safetensors, "
        "Denoising strength: 0.4, Clip skip: 2, Hires upscale: 1.5, Hires upscaler: Lanczos, "
        "Refiner: english [0123456789], Refiner switch at: 0.7, Token merging ratio: 0.3, "
        "ControlNet 0: canny, Version: v1.10.1"
    )
    values, alert = read(visit(), png_that_tells(text))
    told = {
        "prompt": "a cat <lora:ink:0.8>",
        "negative_prompt": "bad, worse",
        "steps": 22,
        "sampler": "DPM++ 2M",
        "schedule": "Karras",
        "guidance": 6.5,
        "seed": "42",
        "width": "768",
        "height": "512",
        "model": "english",
        "vae": "softer",
        "hires": True,
        "hires_scale": 1.5,
        "hires_strength": 0.4,
        "clip_skip": 2,
        "refiner": "english",
        "switch_at": 0.7,
        "token_merging": 0.3,
        "image": "",
    }
    assert {name: values[name] for name in told} == told
    assert "ControlNet 0: canny" in alert and "Hires" not in alert


def test_what_is_not_here_is_named_and_the_choice_of_a_model_stays(visit):
    text = "x\nSteps: 3, Sampler: Restart, Seed: 1, Model: gone, VAE: gone.pt, CFG scale: lots"
    values, alert = read(visit(), png_that_tells(text))
    assert "model" not in values
    assert values["sampler"] == draw_form.defaults()["sampler"]
    for name in ("Sampler: Restart", "Model: gone", "VAE: gone.pt", "CFG scale: lots"):
        assert name in alert


TOLD = "a fox\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 2, Size: 512x512"


def test_the_settings_of_a_mask_have_controls_here(visit):
    more = "Mask blur: 9, Inpaint area: Only masked, Masked area padding: 48, Mask mode: "
    text = f"{TOLD}, {more}Inpaint not masked, Masked content: latent noise"
    values, alert = read(visit(), png_that_tells(text))
    told = {"mask_blur": 9, "only_masked": True, "padding": 48, "is_inverted": True}
    assert {name: values[name] for name in told} == told
    assert (values["content"], alert) == ("noise", "")


def test_an_upscaler_that_is_not_here_leaves_the_second_pass_off(visit):
    more = "Hires upscale: 2, Hires upscaler: ESRGAN_4x"
    values, alert = read(visit(), png_that_tells(f"{TOLD}, {more}"))
    assert values["hires"] is False
    assert "Hires upscaler: ESRGAN_4x" in alert and "Hires upscale: 2" in alert


@pytest.mark.parametrize(
    "more", ["Model hash: {0}, Model: gone", "Model hash: {0}", "Model: x [{0}]"]
)
def test_a_renamed_model_is_found_by_its_hash(visit, painter, more):
    painter.aliases["abcdef0123"] = "english"
    values, alert = read(visit(), png_that_tells(f"{TOLD}, {more.format('abcdef0123')}"))
    assert (values["model"], alert) == ("english", "")
    values, alert = read(visit(), png_that_tells(f"{TOLD}, {more.format('0000000000')}"))
    assert "model" not in values and "Model" in alert


def test_what_has_no_place_here_is_counted(visit):
    more = ", ".join(f"Thing {number}: {number}" for number in range(11))
    _, alert = read(visit(), png_that_tells(f"{TOLD}, {more}"))
    assert "Thing 7: 7 외 3개" in alert


def test_settings_in_another_form_change_nothing_and_are_named(visit):
    text = json.dumps({"Prompt": "a mossy fox", "steps": 30, "software": "RuinedFooocus"})
    values, alert = read(visit(), png_that_tells(text))
    assert values == {} and "RuinedFooocus" in alert


def test_settings_of_a_jpeg_and_a_webp_are_read(visit):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + f"파란 {TOLD}".encode("utf-16-be")
    for kind in ("JPEG", "WEBP"):
        buffer = io.BytesIO()
        Image.new("RGB", (8, 8)).save(buffer, kind, exif=exif)
        values, alert = read(visit(), buffer.getvalue())
        assert (values["prompt"], values["seed"], alert) == ("파란 a fox", "2", "")


def test_settings_of_a_picture_of_ours_come_back_from_its_file(visit):
    page = visit()
    wish = {"refiner": "english", "vae": "softer", "batch_size": "2", "token_merging": 0.2}
    last = drawn(page, **wish)[0]
    file = page.get(f"/pictures/{last['picture']['id']}.png").content
    values, alert = read(page, file)
    assert {name: values[name] for name in wish} == wish
    assert (values["prompt"], values["seed"], alert) == ("파란 고양이", "7", "")


@pytest.mark.parametrize("data", [b"", png(), b"no picture"])
def test_a_file_that_tells_nothing_gets_a_sentence(visit, data):
    values, alert = read(visit(), data)
    assert values == {}
    assert "PNG" in alert
