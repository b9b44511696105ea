"""studio/order.py and wanted.py: what any face wants becomes the same checked requests, once."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from models.errors import PlaygroundError
from pipelines.bridge import ReadingKind
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import PictureRequest
from pipelines.image.families import PromptLanguage
from playground.studio.errors import QueueFull
from playground.studio.jobs.queue import MAX_QUEUED_PER_OWNER
from playground.studio.wanted import Upload, WantedPicture, usual
from playground.web.tabs.draw import form as draw_form

# What the Draw tab asked for, field by field, recorded before there was one place for it: values
# that differ from the tab's defaults, and the requests or the error that came of them.
RECORDED: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("recorded_orders.json").read_text(encoding="utf-8")
)
ANY = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just([])
)


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def desk(studio, painter):
    """The orders of a studio with a style and a word list, whose painter waits."""
    painter.hold()
    (studio.data_dir / "styles.csv").write_text(
        'name,prompt,negative_prompt\n수채화,"watercolor, {prompt}",ugly\n', encoding="utf-8"
    )
    (studio.data_dir / "wildcards").mkdir()
    (studio.data_dir / "wildcards" / "색.txt").write_text("파란\n빨간\n노란\n", encoding="utf-8")
    return studio.orders


def without_seed(request: PictureRequest) -> dict[str, Any]:
    data = request.to_json() | {"seed": None}
    data["phrase"].pop("seed", None)
    return data


def again_of(recorded: dict[str, Any]) -> PictureRequest:
    phrase = {"seed": None, **recorded["phrase"]}
    return PictureRequest.from_json(recorded | {"seed": 3, "phrase": phrase})


def outcome(desk, wanted: WantedPicture) -> tuple[list[PictureRequest], dict[str, Any] | None]:
    try:
        return list(desk.requests(wanted, "me")), None
    except PlaygroundError as error:
        return [], {
            "key": error.key,
            "values": {name: str(value) for name, value in error.values.items()},
        }


def test_the_page_orders_what_it_always_did(studio, desk):
    token, kept = studio.drops.put("me", "a.png", png()), studio.inputs.keep(png(), "me")
    assert len(RECORDED) > 100
    for case in RECORDED:
        values = draw_form.defaults() | case["values"]
        for name in ("image", "mask"):
            chosen = str(values[name])
            values[name] = kept if chosen == "KEPT" else chosen.replace("drop:T", f"drop:{token}")
        found, error = outcome(desk, draw_form.wanted(values))
        assert error == case.get("error"), case
        is_drawn_by_lot = str(values["seed"]).strip() in ("", "-1")
        plain = [without_seed(one) if is_drawn_by_lot else one.to_json() for one in found]
        assert plain == case["requests"], case


def test_what_is_left_out_suits_the_model(desk):
    (crayon,) = desk.requests(WantedPicture(phrase="파란 고양이"), "me")
    assert crayon.steps == usual(PictureRequest, "steps") and crayon.sampler == "DDIM"
    (english,) = desk.requests(WantedPicture(prompt="a cat", model="english"), "me")
    assert (english.width, english.schedule) != (crayon.width, "")
    assert english.width == 512 and english.steps > crayon.steps
    (other,) = desk.requests(WantedPicture(prompt="a cat", sampler="Euler"), "me")
    assert (other.sampler, other.schedule) == ("Euler", "Automatic")


def test_a_picture_is_called_by_what_was_drawn(desk):
    wanted = WantedPicture(prompt="__색__ 고양이", count=3, seed=1, styles=("수채화",))
    titles = {request.phrase.ko for request in desk.requests(wanted, "me")}
    assert titles <= {"파란 고양이", "빨간 고양이", "노란 고양이"} and titles
    for request in desk.requests(wanted, "me"):
        assert request.phrase.ko in request.prompt  # the same lots, without the style
    (other,) = desk.requests(WantedPicture(phrase="우산 쓴 고래", prompt="고양이와 장미"), "me")
    assert other.phrase.ko == "고양이와 장미"
    (same,) = desk.requests(WantedPicture(phrase="파란 고양이", prompt="파란 고양이, 달"), "me")
    assert same.phrase.ko == "파란 고양이"


def test_a_phrase_is_read_and_one_that_is_known_is_not_read_again(desk):
    (read,) = desk.requests(WantedPicture(phrase="파란 고양이"), "me")
    assert any(word.ko == "고양이" for word in read.phrase.words)
    known = Phrase("파란 고양이", "a cat that is blue", (), "grammar", seed=3)
    (kept,) = desk.requests(WantedPicture(phrase=known), "me")
    assert kept.phrase == known


@pytest.mark.parametrize(("prompt", "field"), [(None, "phrase"), ("", "picture_prompt")])
def test_nothing_to_draw_is_told_of_the_field_that_there_is(desk, prompt, field):
    with pytest.raises(InvalidRequest) as caught:
        desk.requests(WantedPicture(phrase=" ", prompt=prompt), "me")
    assert (caught.value.key, caught.value.values["field"]) == ("request.text.empty", field)


def test_pictures_to_start_from_are_kept_whatever_way_they_come(studio, desk):
    token = studio.drops.put("me", "a.png", png())
    ways = (png(), Upload(token), studio.inputs.keep(png(), "me"))
    found = {
        desk.requests(WantedPicture(prompt="a cat", image=way, mask=way, seed=1), "me")[0].source
        for way in ways
    }
    (source,) = found
    assert source is not None and source.image == source.mask
    assert studio.inputs.path_of(source.image, "me") is not None


def test_nothing_is_kept_for_what_cannot_be_drawn(studio, desk):
    for wrong in ({"strength": 2}, {"mask_blur": 65}, {"fit": "no"}, {"steps": 0}):
        with pytest.raises(InvalidRequest):
            desk.order(WantedPicture.from_values({"prompt": "a", "image": png(), **wrong}), "me")
    assert not list((studio.data_dir / "inputs").glob("*"))


def test_another_visitors_upload_is_not_found(studio, desk):
    token = studio.drops.put("you", "a.png", png())
    with pytest.raises(PlaygroundError):
        desk.requests(WantedPicture(prompt="a", image=Upload(token)), "me")


def test_several_pictures_go_on_from_one_seed(studio, desk):
    jobs = desk.order(WantedPicture(prompt="a cat", seed="41", count="3"), "me")
    assert [job.request.seed for job in jobs] == [41, 42, 43]
    bent = WantedPicture(prompt="a", seed=5, count=2, variation_strength=0.3, variation_seed=8)
    assert [one.tuning.variation_seed for one in desk.requests(bent, "me")] == [8, 9]


def test_all_of_an_order_is_queued_or_nothing(studio, desk):
    most = MAX_QUEUED_PER_OWNER
    first = desk.order(WantedPicture(prompt="a", count=most - 1), "me")
    with pytest.raises(QueueFull):
        desk.order(WantedPicture(prompt="b", count=2), "me")
    assert studio.jobs.active("me").id == first[-1].id
    assert len(desk.order(WantedPicture(prompt="c"), "me")) == 1


def test_the_painter_is_asked_before_anything_is_queued(studio, desk, painter):
    painter.refuses = InvalidRequest("draw.size", width=1, height=1)
    with pytest.raises(InvalidRequest):
        desk.order(WantedPicture(prompt="a"), "me")
    assert studio.jobs.active("me") is None


def test_a_field_that_there_is_not_is_named(desk):
    with pytest.raises(InvalidRequest) as caught:
        WantedPicture.from_values({"stepz": 3})
    assert caught.value.values["value"] == "stepz"


def test_three_readings_share_everything_but_the_prompt(desk):
    found = desk.misread(WantedPicture(phrase="배를 먹는 말", seed="7"))
    assert [one.reading.kind for one in found] == list(ReadingKind)
    assert {one.request.seed for one in found} == {7}
    assert [one.request.prompt for one in found] == [one.reading.prompt for one in found]
    assert len(desk.submit(found, "me")) == len(found)


def test_a_model_is_misread_in_the_language_that_it_reads(desk, painter):
    wanted = WantedPicture(phrase="배를 먹는 말", model="english", seed=7)
    english = desk.misread(wanted)[2]
    assert english.reading.prompt == "a horse eating a pear"
    assert (english.request.width, english.request.height) == (512, 512)
    painter.reads["english"] = PromptLanguage.KOREAN
    assert desk.misread(wanted)[2].reading.prompt != english.reading.prompt


def test_a_random_seed_is_settled_once_for_all_readings(desk):
    (seed,) = {one.request.seed for one in desk.misread(WantedPicture(phrase="배를 먹는 말"))}
    assert seed >= 0


def test_the_form_of_an_order_gives_the_same_order(desk):
    for case in RECORDED:
        if case["requests"] and "image" not in case["values"]:
            request = again_of(case["requests"][0])
            again = desk.requests(draw_form.wanted(draw_form.values_of(request)), "me")[0]
            assert again.prompt == request.prompt or request.template
            assert again.tuning == request.tuning and again.hires == request.hires


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.dictionaries(st.sampled_from(sorted(draw_form.FIELDS)), ANY, max_size=8))
def test_whatever_comes_is_a_request_or_a_sentence(desk, values):
    form = draw_form.defaults() | {"prompt": "a cat"} | values
    found, error = outcome(desk, draw_form.wanted(form))
    assert (error is None) is bool(found)


@pytest.mark.parametrize("name", ["image", "mask"])
def test_the_digest_of_somebody_elses_picture_opens_nothing(studio, desk, name):
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), "maroon").save(buffer, "PNG")
    foreign = studio.inputs.keep(buffer.getvalue(), "you")
    chosen = {"image": png(), name: foreign}
    with pytest.raises(InvalidRequest) as caught:
        desk.requests(WantedPicture(prompt="a cat", **chosen), "me")
    assert (caught.value.key, caught.value.values["field"]) == ("request.picture", name)
