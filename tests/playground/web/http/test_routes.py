"""What the page's own routes answer, to whom."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import threading

import pytest
from fastapi import FastAPI
from PIL import Image
from starlette.testclient import TestClient

from models.errors import DiskFull, ModelNotFound, PlaygroundError
from playground.gate import GateSettings
from playground.studio.errors import JobNotFound, PictureNotFound, QueueFull
from playground.studio.jobs.queue import MAX_QUEUED_PER_OWNER
from playground.studio.studio import Studio
from playground.web.http.files import look_routes
from playground.web.http.job_routes import explain_errors
from playground.web.page import page_assets
from tests.fakes import FakePainter
from tests.playground.gate.door import GUEST, client
from tests.playground.web.conftest import build, draw, draw_to_the_end, frames


def test_a_job_is_streamed_frame_by_frame_without_losing_a_preview(visit):
    page = visit()
    seen = frames(page, draw(page, steps=9)["job"])
    previews = [frame["preview"] for frame in seen if frame["preview"]]
    assert len(set(previews)) == 9  # although it was over before anybody asked
    assert base64.b64decode(previews[0].split(",")[1])[:2] == b"\xff\xd8"
    last = seen[-1]
    assert (last["state"], last["percent"], last["count"]) == ("done", 100, "9/9")
    assert last["picture"]["prompt"].startswith("a drawing of")
    assert "다 그렸어요" in last["words"]


def test_every_preview_of_a_held_drawing_arrives(visit, painter):
    page = visit()
    painter.hold()
    job = draw(page, steps=5)["job"]
    painter.wait_until_drawing()

    threading.Timer(0.3, painter.release).start()
    seen = frames(page, job)
    assert [frame["count"] for frame in seen if frame["preview"]] == [f"{n}/5" for n in range(1, 6)]


def test_words_follow_the_language_of_the_browser(visit):
    page = visit(language="en-US,en;q=0.9")
    last = draw_to_the_end(page)
    assert last["words"].startswith("Done")
    assert last["picture"]["alt"].startswith("Picture of")


def test_a_stop_stops(visit, painter):
    page = visit()
    painter.hold()
    job = draw(page, steps=50)["job"]
    painter.wait_until_drawing()
    assert page.post(f"/jobs/{job}/cancel").status_code == 200
    assert frames(page, job)[-1]["state"] == "cancelled"  # the painter never goes on by itself


def test_a_reloaded_page_finds_its_job_and_nobody_else_does(visit, painter):
    page, stranger = visit(), visit(GUEST)
    painter.hold()
    job = draw(page)["job"]
    painter.wait_until_drawing()
    assert page.get("/visit").json()["job"] == job
    assert stranger.get("/visit").json()["job"] is None
    for path in (f"/jobs/{job}/events",):
        assert stranger.get(path).status_code == 404
    for what in ("cancel", "again"):
        answer = stranger.post(f"/jobs/{job}/{what}")
        assert answer.status_code == 404
        assert answer.json()["alert"]
    painter.release()
    assert frames(page, job)[-1]["state"] == "done"


def test_a_failure_reaches_the_page_as_a_sentence(visit, painter):
    page = visit()
    painter.raises = RuntimeError("/home/kim/secret")
    last = draw_to_the_end(page)
    painter.raises = None
    assert last["state"] == "failed"
    assert last["alert"]
    assert "/home/kim" not in last["alert"]
    assert draw_to_the_end(page)["state"] == "done"


def test_the_owner_and_the_person_at_the_machine_get_the_picture(visit):
    here, guest, stranger = visit(), visit(GUEST), visit(GUEST)
    picture = draw_to_the_end(guest)["picture"]["id"]
    for path in (f"/pictures/{picture}.png", f"/pictures/{picture}/thumbnail"):
        assert here.get(path).status_code == 200
        assert guest.get(path).status_code == 200
        refused = stranger.get(path)
        assert refused.status_code == 404
        assert "PNG" not in refused.text
    assert [entry["id"] for entry in guest.get("/pictures").json()["pictures"]] == [picture]
    assert stranger.get("/pictures").json()["pictures"] == []
    assert here.get("/pictures").json()["pictures"][0]["id"] == picture


def test_a_picture_comes_with_a_name_and_is_kept_by_the_browser_only(visit):
    page = visit()
    picture = draw_to_the_end(page)["picture"]
    answer = page.get(f"/pictures/{picture['id']}.png?save=true")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"].startswith("private")
    assert answer.headers["x-content-type-options"] == "nosniff"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment")
    assert f'filename="amumal-{picture["id"]}.png"' in disposition
    tag = {"if-none-match": answer.headers["etag"]}
    assert page.get(f"/pictures/{picture['id']}.png", headers=tag).status_code == 304


def test_a_picture_whose_file_is_gone_is_not_found(visit, studio):
    page = visit()
    picture = draw_to_the_end(page)["picture"]["id"]
    studio.pictures.get(picture, None).path.unlink()
    assert page.get(f"/pictures/{picture}.png").status_code == 404


@pytest.mark.parametrize(
    "path", ["/pictures/0.png", "/pictures/99999999999999999999.png", "/pictures/-1/thumbnail"]
)
def test_pictures_that_do_not_exist_are_not_found(visit, path):
    assert visit().get(path).status_code in (404, 422)


@pytest.mark.parametrize("path", ["/pictures/../../etc/passwd", "/pictures/a.png"])
def test_a_picture_has_a_number_and_no_path(visit, path):
    assert visit().get(path).status_code in (404, 422)


def test_the_album_comes_in_pages(visit, studio):
    page = visit(GUEST)
    from playground.web.http import album

    for seed in range(3):
        draw_to_the_end(page, seed=str(seed))
    everything = page.get("/pictures").json()
    assert everything["before"] is None
    ids = [picture["id"] for picture in everything["pictures"]]
    assert ids == sorted(ids, reverse=True)
    owner = studio.pictures.get(ids[0], None).owner
    from playground.messages import Language

    original = album.PAGE_SIZE
    album.PAGE_SIZE = 2
    try:
        first = album.page_of(studio.pictures, owner, Language.KO)
        second = album.page_of(studio.pictures, owner, Language.KO, first.before)
    finally:
        album.PAGE_SIZE = original
    assert [card.id for card in (*first.pictures, *second.pictures)] == ids
    assert second.before is None


def test_only_the_named_files_of_the_look_are_served(visit):
    page = visit()
    for name, path in page_assets().files.items():
        answer = page.get(f"/ui/{name}")
        assert answer.content == path.read_bytes()
        assert (
            page.get(f"/ui/{name}", headers={"if-none-match": answer.headers["etag"]}).is_success
            is False
        )
    for name in ("../page.py", "fonts/PretendardVariable-LICENSE.txt", "", "%2e%2e/server.py"):
        assert page.get(f"/ui/{name}").status_code == 404


def test_large_files_of_the_page_go_piece_by_piece(tmp_path):
    """Or 200 readers who do not read would hold as many copies in memory."""
    content = os.urandom(300_000)
    (tmp_path / "a.woff2").write_bytes(content)
    app = FastAPI()
    app.include_router(look_routes({"a.woff2": tmp_path / "a.woff2"}))
    pieces: list[bytes] = []

    async def receive():
        await asyncio.Event().wait()  # nobody goes away

    async def send(message):
        pieces.append(message.get("body", b""))

    scope = {"type": "http", "method": "GET", "path": "/ui/a.woff2", "headers": [],
             "query_string": b"", "http_version": "1.1"}  # fmt: skip
    asyncio.run(app(scope, receive, send))
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) < len(content)


def test_the_font_has_its_licence_beside_it():
    fonts = page_assets().files["style.css"].parent / "fonts"
    assert (
        "SIL OPEN FONT LICENSE"
        in (fonts / "PretendardVariable-LICENSE.txt").read_text("utf-8").upper()
    )


def test_an_interrupted_job_is_offered_once(tmp_path):
    painter = FakePainter()
    painter.hold()
    with Studio.open(tmp_path, painter) as studio:
        app = build(studio, GateSettings())
        with client(app) as page:
            page.get("/")
            job = draw(page, own_text="<b>안녕</b>", steps=9)["job"]
            painter.wait_until_drawing()
            studio.jobs.close(timeout_seconds=2)
            offers = page.get("/visit").json()["interrupted"]
            assert [offer["id"] for offer in offers] == [job]
            assert "<b>안녕</b>" in offers[0]["words"]  # text: the page never reads it as HTML
            client(app).post(f"/jobs/{job}/dismiss")  # not their job: nothing happens
            assert len(page.get("/visit").json()["interrupted"]) == 1
            assert page.post(f"/jobs/{job}/dismiss").json() == {"dismissed": True}
            assert page.get("/visit").json()["interrupted"] == []


def test_thumbnails_are_small_pictures(visit, tmp_path):
    import io

    page = visit()
    picture = draw_to_the_end(page, width="512", height="256")["picture"]["id"]
    small = Image.open(io.BytesIO(page.get(f"/pictures/{picture}/thumbnail").content))
    assert max(small.size) <= 512


def test_an_open_stream_ends_when_the_server_stops_and_does_not_say_the_job_is_over(
    visit, painter, app
):
    page = visit()
    painter.hold()
    job = draw(page)["job"]
    painter.wait_until_drawing()
    threading.Timer(0.3, page.portal.call, (app.state.streams.close,)).start()
    answer = page.get(f"/jobs/{job}/events")
    assert "event: end" not in answer.text
    assert page.get("/visit").json()["job"] == job
    page.post(f"/jobs/{job}/cancel")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (JobNotFound("job.not_found", id=1), 404),
        (PictureNotFound("picture.not_found", id=1), 404),
        (ModelNotFound("model.unknown", model="a", nearest="b"), 404),
        (QueueFull("queue.full", limit=60), 409),
        (DiskFull("disk.full", name="a", free_mb=0.0), 409),
        (PlaygroundError("job.unexpected", kind="ValueError"), 409),
    ],
)
def test_an_error_says_itself_whether_what_was_asked_for_exists(error, status):
    app = FastAPI()
    explain_errors(app)

    @app.get("/")
    def refuse() -> None:
        raise error

    with TestClient(app) as page:
        answer = page.get("/")
    assert answer.status_code == status
    assert answer.json()["alert"]


def test_a_page_remembers_more_jobs_than_the_queue_takes_of_one_visitor():
    (most,) = re.findall(
        r"const MOST_JOBS = (\d+);", page_assets().files["draw.js"].read_text("utf-8")
    )
    assert int(most) == 2 * MAX_QUEUED_PER_OWNER
