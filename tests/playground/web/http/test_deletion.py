"""Deleting over HTTP: one's own, with an undo, and nobody else's."""

from __future__ import annotations

import io
import itertools

import pytest
from PIL import Image

from playground.messages import Language, table
from playground.studio.pictures.bin import UNDO_SECONDS
from playground.studio.pictures.inputs import MAX_BYTES, UNUSED_DAYS
from playground.studio.uploads import KEPT_SECONDS
from playground.studio.uploads import MAX_BYTES as MAX_UPLOAD
from playground.web.tabs.draw import form as draw_form
from tests.playground.gate.door import GUEST
from tests.playground.web.conftest import draw_to_the_end
from tests.playground.web.tabs.test_draw import (
    drawn,
    dropped,
    press,
    read,
    run,
    values_of,
)

OTHER = ("192.168.0.8", 50000)


SHADES = itertools.count()


@pytest.fixture
def photo():
    """A picture that no other test has brought."""
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), (next(SHADES), 120, 7)).save(buffer, "PNG")
    return buffer.getvalue()


def upload(page, data):
    return run(page, "draw-image-drop", [dropped(page, data)])[0]


def test_a_deleted_picture_is_gone_at_once_and_can_be_had_back(visit):
    guest = visit(GUEST)
    number = draw_to_the_end(guest)["picture"]["id"]
    answer = guest.delete(f"/pictures/{number}.png")
    assert answer.status_code == 200
    assert answer.json()["seconds"] == UNDO_SECONDS
    assert f"{UNDO_SECONDS}초" in answer.json()["said"]
    addresses = (f"/pictures/{number}.png", f"/pictures/{number}/thumbnail")
    assert {guest.get(address).status_code for address in addresses} == {404}
    assert guest.get("/pictures").json()["pictures"] == []
    assert guest.post(f"/pictures/{number}/back").json()["picture"]["id"] == number
    assert {guest.get(address).status_code for address in addresses} == {200}


def test_once_its_time_is_over_it_does_not_come_back(visit, studio):
    guest = visit(GUEST, language="en-US")
    number = draw_to_the_end(guest)["picture"]["id"]
    path = studio.pictures.get(number, None).path
    guest.delete(f"/pictures/{number}.png")
    studio.bin.empty(at_once=True)
    answer = guest.post(f"/pictures/{number}/back")
    assert answer.status_code == 404 and "cannot be had back" in answer.json()["alert"]
    assert not path.exists()


def test_a_job_whose_picture_is_in_the_bin_can_still_be_watched(visit):
    guest = visit(GUEST)
    last = draw_to_the_end(guest)
    guest.delete(f"/pictures/{last['picture']['id']}.png")
    answer = guest.get(f"/jobs/{last['job']}/events?replay=true")
    assert '"picture": null' in answer.text and "event: end" in answer.text


def test_nobody_deletes_what_is_somebody_elses(visit):
    guest, other = visit(GUEST), visit(OTHER)
    number = draw_to_the_end(guest)["picture"]["id"]
    assert other.delete(f"/pictures/{number}.png").status_code == 404
    assert guest.get(f"/pictures/{number}.png").status_code == 200
    guest.delete(f"/pictures/{number}.png")
    assert other.post(f"/pictures/{number}/back").status_code == 404
    assert guest.post(f"/pictures/{number}/back").status_code == 200


def test_an_uploaded_picture_is_for_its_owner_and_the_person_at_the_machine(visit, photo):
    guest, other, local = visit(GUEST), visit(OTHER), visit()
    sha256 = upload(guest, photo)
    address = f"/inputs/{sha256}.png"
    assert guest.get(address).status_code == local.get(address).status_code == 200
    assert other.get(address).status_code == 404
    assert guest.get(address).headers["cache-control"] == "private, no-cache"
    assert sha256[:12] in press(other, image=sha256)["alert"]
    assert upload(other, photo) == sha256  # who brings the very same picture has it too
    assert other.get(address).status_code == 200
    guest.delete(address)
    assert guest.get(address).status_code == 404
    assert other.get(address).status_code == 200


def test_the_file_of_a_picture_opens_its_start_picture_for_its_owner_only(visit, photo):
    guest, other = visit(GUEST), visit(OTHER)
    sha256 = upload(guest, photo)
    number = drawn(guest, image=sha256)[0]["picture"]["id"]
    shared = guest.get(f"/pictures/{number}.png").content
    values, alert = read(guest, shared)
    assert (values["image"], alert) == (sha256, "")
    values, alert = read(other, shared)
    assert values["image"] == "" and "image" in alert
    assert other.get(f"/inputs/{sha256}.png").status_code == 404


def test_the_person_at_the_machine_draws_again_what_a_guest_drew(visit, photo):
    guest, local = visit(GUEST), visit()
    number = drawn(guest, image=upload(guest, photo))[0]["picture"]["id"]
    parts = run(local, "draw-send", values_of(), {"id": number, "to": "settings"})
    sent = {name: part.get("value") for name, part in zip(draw_form.FIELDS, parts, strict=False)}
    assert press(local, image=sent["image"])["jobs"]


def test_everything_of_a_visitor_goes(visit, photo):
    guest, other = visit(GUEST), visit(OTHER)
    theirs = draw_to_the_end(other)["picture"]["id"]
    drawn(guest, image=(sha256 := upload(guest, photo)))
    answer = guest.delete("/mine")
    assert "그림 1장, 올린 그림 " in answer.json()["said"]
    assert guest.get("/pictures").json()["pictures"] == []
    assert guest.get(f"/inputs/{sha256}.png").status_code == 404
    assert other.get(f"/pictures/{theirs}.png").status_code == 200


def test_everybody_deletes_their_own_text(visit, monkeypatch):
    owners = []

    def erased(studio, owner):
        owners.append(owner)
        return 3

    monkeypatch.setattr("playground.web.http.deletion_routes.erase_text", erased)
    for page in (visit(GUEST), visit(OTHER)):
        answer = page.delete("/mine/text")
        assert answer.status_code == 200 and "3개" in answer.json()["said"]
    assert len(set(owners)) == 2


def test_another_site_deletes_nothing(visit):
    page = visit()
    number = draw_to_the_end(page)["picture"]["id"]
    for address in (f"/pictures/{number}.png", "/mine", "/mine/text"):
        answer = page.delete(address, headers={"origin": "http://evil.example"})
        assert answer.status_code == 403
    assert page.get(f"/pictures/{number}.png").status_code == 200


@pytest.mark.parametrize("language", Language)
def test_what_is_said_about_keeping_is_what_is_done(language):
    def said(key):
        return table()[key].in_language(language)

    ko = language is Language.KO
    megabytes = f"{MAX_UPLOAD // 10**6}MB" if ko else f"{MAX_UPLOAD // 10**6} MB"
    assert MAX_UPLOAD == MAX_BYTES
    assert KEPT_SECONDS == 3_600
    for key in ("drop.hint", "drop.hint.picture"):
        assert megabytes in said(key)
        assert ("한 시간" if ko else "an hour") in said(key)
    assert (f"{UNUSED_DAYS}일" if ko else f"{UNUSED_DAYS} days") in said("drop.hint.picture")
    assert said("drawing.forget") in said("drop.hint.picture")
