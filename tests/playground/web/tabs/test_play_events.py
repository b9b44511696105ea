"""The buttons of the Play tab, pressed over HTTP as the page and as strangers press them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.errors import ModelNotFound
from pipelines.contract.requests import MAX_SEED, PictureRequest
from pipelines.image.families import FAMILIES, suggested_preset
from pipelines.image.sampling.schedules import AUTOMATIC
from pipelines.image.sampling.table import resolve
from playground.messages import Language, text
from playground.studio.jobs.places import (
    MAX_QUEUED,
    MAX_QUEUED_PER_OWNER,
    MAX_QUEUED_PER_SOURCE,
)
from playground.studio.wanted import usual
from playground.web.tabs.play import form as forms
from playground.web.tabs.play.events import PlayHandlers
from tests.playground.gate.door import GUEST
from tests.playground.web.asking import visit as asking
from tests.playground.web.conftest import draw, draw_to_the_end


def say(client, count=5, surprise=1.0):
    answer = client.post("/gradio_api/run/say", json={"data": [count, surprise]})
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def test_five_different_phrases_come_as_cards_and_the_first_is_picked(visit):
    cards, ticket = say(visit())
    assert len(set(ticket["said"])) == 5
    assert [label for label, _ in cards["choices"]] == ticket["said"]
    assert cards["value"] == ticket["said"][0]


def test_a_card_keeps_its_words_and_its_translation(visit, painter):
    page = visit()
    _, ticket = say(page)
    draw_to_the_end(page, card=ticket["said"][2], own_text="")
    phrase = painter.drawn[-1].phrase
    assert phrase.ko == ticket["said"][2]
    assert phrase.engine == "grammar"
    assert phrase.en


def test_a_card_of_another_visitor_is_only_text(visit, painter):
    page, guest = visit(), visit(GUEST)
    _, ticket = say(page)
    draw_to_the_end(guest, card=ticket["said"][0])
    assert painter.drawn[-1].phrase.engine == "typed"


BAD = [
    ({"own_text": ""}, "비어 있어요"),
    ({"own_text": " \n\t "}, "비어 있어요"),
    ({"own_text": None}, "비어 있어요"),
    ({"own_text": "가" * 10_000}, "10000자"),
    ({"own_text": "반쪽\ud800"}, "깨진 글자"),
    ({"own_text": "종\x07"}, "제어 문자"),
    ({"negative_prompt": "가" * 10_000}, "빼고 싶은 것"),
    ({"width": "0"}, "너비"),
    ({"width": "63"}, "64부터"),
    ({"width": 100000}, "100000"),
    ({"width": "100"}, "8의 배수"),
    ({"height": ""}, "높이"),
    ({"height": None}, "높이"),
    ({"height": "abc"}, "abc"),
    ({"steps": 0}, "단계 수"),
    ({"steps": -1}, "-1"),
    ({"steps": 10000}, "10000"),
    ({"steps": 2.5}, "2.5"),
    ({"steps": True}, "True"),
    ({"guidance": "nan"}, "말 따르는 세기"),
    ({"guidance": "inf"}, "말 따르는 세기"),
    ({"guidance": [1, 2]}, "[1, 2]"),
    ({"seed": "abc"}, "abc"),
    ({"seed": str(2**70)}, str(2**70)),
    ({"seed": {"a": 1}}, "시드"),
    ({"sampler": "Nope"}, "Nope"),
    ({"sampler": None}, "샘플러"),
]


@pytest.mark.parametrize(("changes", "expected"), BAD)
def test_a_bad_value_gets_a_sentence_and_the_next_job_works(visit, changes, expected):
    page = visit()
    ticket = draw(page, **changes)
    assert set(ticket) == {"alert"}
    assert expected in ticket["alert"]
    assert "Traceback" not in ticket["alert"]
    assert draw_to_the_end(page)["state"] == "done"


@pytest.mark.parametrize("count", [0, -1, 51, 10000, "abc", None, [], 2.5])
def test_a_bad_count_gets_a_sentence_and_leaves_the_cards_alone(visit, count):
    cards, ticket = say(visit(language="en"), count=count)
    assert cards == {"__type__": "update"}
    assert "How many" in ticket["alert"] or "count" in ticket["alert"]


@pytest.mark.parametrize(
    "phrase",
    [
        "파란 고양이",
        "파란 고양이",  # NFD
        "🐙 문어 👨‍👩‍👧‍👦 가족",
        "<img src=x onerror=alert(1)>",
        '"><script>alert(1)</script>',
        "${7*7} {{7*7}} {width}",
        "한 줄\n두 줄",
        "ㅋㅋㅋ ㅠㅠ",
    ],
)
def test_any_text_that_is_text_is_drawn(visit, phrase):
    import unicodedata

    last = draw_to_the_end(visit(), own_text=phrase)
    assert last["state"] == "done"
    assert last["phrase"] == unicodedata.normalize("NFC", phrase)


def test_the_gloss_is_escaped(visit, studio, monkeypatch):
    evil = replace(studio.typed("파란 고양이"), en="<img src=x onerror=alert(1)>")
    monkeypatch.setattr(studio, "typed", lambda text: evil)
    page = visit()
    config = page.get("/config").json()
    gloss = next(
        part["id"] for part in config["components"] if part["props"].get("elem_id") == "gloss"
    )
    event = next(each for each in config["dependencies"] if gloss in each["outputs"])
    answer = page.post(
        "/gradio_api/run/predict", json={"data": ["파란 고양이", "crayon"], "fn_index": event["id"]}
    )
    assert "&lt;img" in answer.json()["data"][0]
    assert "<img" not in answer.json()["data"][0]


def test_an_unexpected_failure_is_logged_and_told_without_its_text(
    visit, studio, monkeypatch, caplog
):
    page = visit(language="en")
    monkeypatch.setattr(studio, "typed", lambda text: 1 / 0)
    ticket = draw(page)
    assert ticket["alert"] == text("page.unexpected", Language.EN, kind="ZeroDivisionError")
    assert "ZeroDivisionError" in caplog.text


def test_too_many_jobs_get_a_sentence(visit, painter):
    page = visit()
    painter.hold()
    tickets = [draw(page) for _ in range(MAX_QUEUED_PER_OWNER + 2)]
    assert "alert" in tickets[-1]
    for ticket in tickets:
        if "job" in ticket:
            page.post(f"/jobs/{ticket['job']}/cancel")
    painter.release()


def test_made_up_cookies_fill_not_all_places(visit, painter, studio):
    page, guest = visit(), visit(GUEST)
    painter.hold()
    guests = {}
    for number in range(MAX_QUEUED):
        cookie = f"amumal-visitor={number:043d}"
        answer = draw(guest, headers={"cookie": cookie})
        if "job" in answer:
            guests[answer["job"]] = cookie
    assert len(guests) == MAX_QUEUED_PER_SOURCE
    mine = draw(page)
    assert "job" in mine
    for job, cookie in guests.items():
        guest.post(f"/jobs/{job}/cancel", headers={"cookie": cookie})
    page.post(f"/jobs/{mine['job']}/cancel")
    painter.release()


def test_settings_of_a_picture_come_back(visit, studio):
    page = visit()
    picture = draw_to_the_end(page, steps=4, seed="99", negative_prompt="바다")["picture"]["id"]
    request = studio.pictures.get(picture, None).request
    values = forms.setting_values(request)
    assert values["seed"] == "99"
    assert values["negative_prompt"] == "바다"
    wanted = forms.wanted_picture(request.phrase, values)
    assert studio.orders.requests(wanted, "me") == (request,)


def test_defaults_and_limits_have_one_source(app, visit):
    config = visit().get("/config").json()
    props = {part["props"].get("elem_id"): part["props"] for part in config["components"]}
    for name in ("steps", "guidance", "sampler"):
        assert props[name]["value"] == usual(PictureRequest, name)
    for name in ("width", "height", "seed"):
        assert props[name]["value"] == str(usual(PictureRequest, name))


def test_the_highest_seed_is_drawn_exactly(visit, painter):
    draw_to_the_end(visit(), seed=str(MAX_SEED))
    assert painter.drawn[-1].seed == MAX_SEED


def test_an_empty_seed_box_means_a_new_one(visit, painter):
    draw_to_the_end(visit(), seed=" ")
    assert painter.drawn[-1].seed >= 0


def test_a_model_is_chosen_with_what_suits_it(visit, painter, studio):
    page = visit()
    last = draw_to_the_end(page, model="english")
    assert painter.drawn[-1].model == "english"
    assert last["picture"]["used"] == "모델 english"
    assert not last["picture"]["is_detailed"]  # this tab can ask for it again
    handlers = PlayHandlers(studio)
    preset = suggested_preset("english", "sd15")
    suited = handlers.choose(asking(), {"model": "english"})
    assert suited == {
        **{name: getattr(preset, name) for name in ("sampler", "steps", "guidance")},
        "width": "512",
        "height": "512",
    }
    assert handlers.choose(asking(), {"model": "englsh"}) == {}
    assert handlers.models(asking())["choices"] == ["crayon", "english"]


def test_what_cannot_be_drawn_is_told_before_anything_is_queued(visit, painter):
    page = visit()
    painter.refuses = ModelNotFound("model.unknown", model="별", nearest="crayon")
    ticket = draw(page, model="별")
    assert set(ticket) == {"alert"}
    assert "별" in ticket["alert"]


def test_what_will_not_show_is_said_where_a_model_of_few_words_draws(studio, painter):
    handlers = PlayHandlers(studio)
    card = "민주주의가 끓는다"
    assert 'class="undrawable"' in handlers.gloss(asking(), {"card": card, "model": "crayon"})
    assert 'class="undrawable"' in handlers.gloss(
        asking(), {"card": card, "model": None}
    )  # the default one
    english = handlers.gloss(asking(), {"card": card, "model": "english"})
    assert english and "undrawable" not in english
    assert "undrawable" not in handlers.gloss(asking(), {"card": card, "model": "nobody"})


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_presets_need_no_schedule_where_there_is_no_list_of_them(family):
    for preset in family.presets:
        _, schedule = resolve(preset.sampler, AUTOMATIC)
        assert preset.schedule in (AUTOMATIC, schedule)
        assert preset.clip_skip == 1
