"""playground/studio/erasing.py: everything of one visitor goes, and nothing of another."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import TextRequest
from playground.studio.erasing import Erased, erase, erase_text
from playground.studio.errors import JobNotFound, StudioError


def png(colour):
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(buffer, "PNG")
    return buffer.getvalue()


def test_everything_of_one_visitor_goes_and_nothing_of_another(studio, request_of, painter):
    kept = {}
    for owner, colour in (("me", "red"), ("you", "blue")):
        job = studio.jobs.submit(request_of(), owner)
        list(studio.jobs.watch(job.id, owner))
        studio.say(TextRequest(count=2), owner)
        token = studio.drops.put(owner, "a.txt", b"...")
        studio.languages.add_markov(owner, "일기.txt", None)
        kept[owner] = (studio.inputs.keep(png(colour), owner), job.id, token)
    assert erase(studio, "me") == Erased(pictures=1, inputs=1, phrases=2)
    image, job_id, token = kept["me"]
    assert studio.pictures.latest("me") == () and len(studio.pictures.latest(None)) == 1
    assert studio.inputs.path_of(image, None) is None
    assert studio.phrases.latest("me") == ()
    with pytest.raises(JobNotFound):
        studio.jobs.watch(job_id, "me")
    with pytest.raises(StudioError):
        studio.drops.get("me", token)
    image, job_id, token = kept["you"]
    assert studio.inputs.path_of(image, "you") is not None
    assert len(studio.phrases.latest("you")) == 2
    assert studio.jobs.get(job_id, "you").picture_id is not None
    assert studio.drops.get("you", token).data == b"..."
    assert [key[0] for key in studio.languages._markov] == ["you"]
    assert erase(studio, "me") == Erased(0, 0, 0)


def test_a_text_goes_with_what_was_made_of_it(studio):
    learned, other = Phrase("배운 말", "", (), "markov"), Phrase("다른 말", "", (), "grammar")
    for owner in ("me", "you"):
        studio.phrases.add((learned, other, learned), owner)
        studio.languages.add_markov(owner, "일기.txt", None)
    assert erase_text(studio, "me") == 2
    assert studio.phrases.latest("me") == (other,)
    assert len(studio.phrases.latest("you")) == 3
    assert [key[0] for key in studio.languages._markov] == ["you"]
    assert erase_text(studio, "me") == 0


def test_what_is_being_drawn_is_stopped_and_not_kept(studio, request_of, painter):
    painter.hold()
    running, waiting = (studio.jobs.submit(request_of(seed=seed), "me") for seed in (1, 2))
    painter.wait_until_drawing()
    watch = studio.jobs.watch(running.id, "me")
    erase(studio, "me")
    painter.release()
    assert list(watch)[-1].job.picture_id is None
    for job in (running, waiting):
        with pytest.raises(JobNotFound):
            studio.jobs.get(job.id, "me")


def test_a_picture_kept_in_that_very_moment_goes_too(studio, request_of, monkeypatch):
    real = studio.pictures.keep

    def keep(picture, owner, job_id):
        found = real(picture, owner, job_id)
        studio.jobs.forget_owner(owner)
        return found

    monkeypatch.setattr(studio.pictures, "keep", keep)
    job = studio.jobs.submit(request_of(), "me")
    list(studio.jobs.watch(job.id, "me"))
    assert studio.pictures.latest(None) == ()
    assert studio.bin.empty() == 1
    assert list(studio.pictures.outputs.rglob("*.png")) == []
