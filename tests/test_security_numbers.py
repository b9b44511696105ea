"""The numbers that SECURITY.md states are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.convert_worker import SAFE_TORCH
from playground.launch.flags import Flags
from playground.studio.jobs.queue import MAX_QUEUED, MAX_QUEUED_PER_OWNER

TEXT = " ".join(Path("SECURITY.md").read_text(encoding="utf-8").split())
STATED = {
    f"the queue ({MAX_QUEUED} jobs, {MAX_QUEUED_PER_OWNER} of one visitor)": "the queue",
    f"torch {SAFE_TORCH[0]}.{SAFE_TORCH[1]} or later": "torch that loads weights only",
    f"listens on {Flags().host} only": "the address",
}


@pytest.mark.parametrize("sentence", STATED, ids=STATED.values())
def test_what_is_stated_is_so(sentence):
    assert sentence in TEXT


def test_no_other_number_is_stated():
    rest = TEXT
    for sentence in STATED:
        rest = rest.replace(sentence, "")
    assert set(re.findall(r"\d[\d.]*", rest)) == {"256"}  # of SHA-256
