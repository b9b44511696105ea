"""The numbers that SECURITY.md states are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.convert_worker import SAFE_TORCH
from playground.gate.owner import LINK_SECONDS
from playground.launch.flags import Flags
from playground.studio.jobs.places import (
    MAX_QUEUED,
    MAX_QUEUED_OF_GUESTS,
    MAX_QUEUED_PER_OWNER,
    MAX_QUEUED_PER_SOURCE,
)

TEXT = " ".join(Path("SECURITY.md").read_text(encoding="utf-8").split())
STATED = {
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
