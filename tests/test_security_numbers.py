"""The numbers that SECURITY.md states are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.convert_worker import SAFE_TORCH
from playground.gate.owner import LINK_SECONDS
from playground.launch.flags import Flags
from playground.studio import uploads
from playground.studio.jobs.places import (
    MAX_QUEUED,
    MAX_QUEUED_OF_GUESTS,
    MAX_QUEUED_PER_OWNER,
    MAX_QUEUED_PER_SOURCE,
)
from playground.web.http import bodies, gradio_values, held_bodies, open_requests, turns
from playground.web.http.connection_limits import ConnectionLimits
from playground.web.http.guest_places import GuestPlaces
from playground.web.kit.page_sessions import MAX_SESSIONS, MAX_SESSIONS_EACH

TEXT = " ".join(Path("SECURITY.md").read_text(encoding="utf-8").split())
LIMITS = ConnectionLimits()


def _three(places: GuestPlaces) -> str:
    return f"{places.of_person}, {places.of_source} and {places.of_all}"


STATED = {
    f"head comes within {LIMITS.head_seconds:.0f} s": "a head",
    f"body may have {bodies.MAX_BODY / 1e6:.0f} MB and comes within {bodies.TOTAL_SECONDS:.0f} s, "
    f"without a pause of {bodies.IDLE_SECONDS:.0f} s": "a body",
    f"there may be {uploads.MAX_BYTES / 1e6:.0f} MB, {uploads.COMING_PER_OWNER} at a time of one "
    f"visitor, and no pause of {LIMITS.body_idle_seconds:.0f} s, and {uploads.COMING_PER_SOURCE} "
    "files at a time of one address or login": "an upload",
    f"{_three(open_requests.PLACES)} requests at once": "requests",
    f"of these {_three(turns.RUNNING)} calls of the page": "calls",
    f"and {_three(gradio_values.QUEUED)} that queue": "calls that queue",
    f"one address take {held_bodies.MAX_OF_SOURCE / 1e6:.0f} MB at most, those of all guests "
    f"{held_bodies.MAX_OF_ALL / 1e6:.0f} MB": "bodies",
    f"Of {MAX_SESSIONS} pages and {MAX_SESSIONS_EACH} of one browser": "sessions",
    f"dropped after {LIMITS.reader_seconds:.0f} s": "a reader",
    f"the queue ({MAX_QUEUED} jobs, {MAX_QUEUED_PER_OWNER} of one visitor, "
    f"{MAX_QUEUED_PER_SOURCE} of one address or login, {MAX_QUEUED_OF_GUESTS} of all": "the queue",
    f"torch {SAFE_TORCH[0]}.{SAFE_TORCH[1]} or later": "torch that loads weights only",
    f"listens on {Flags().host} only": "the address",
}


def test_an_hour_is_an_hour():
    assert LINK_SECONDS == 3600 and "good once and for an hour" in TEXT


@pytest.mark.parametrize("sentence", STATED, ids=STATED.values())
def test_what_is_stated_is_so(sentence):
    assert sentence in TEXT


def test_no_other_number_is_stated():
    rest = TEXT
    for sentence in STATED:
        rest = rest.replace(sentence, "")
    assert set(re.findall(r"\d[\d.]*", rest)) == {"256"}  # of SHA-256
