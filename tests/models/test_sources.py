"""What a person may ask for, and every name that is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import CannotDownload
from models.sources import check_name, parse_source, with_commit
from models.trust import read_known


def test_sources_become_addresses():
    wanted = parse_source("hf:owner/repo@abc123:sub/나의 모델.safetensors")
    assert wanted.url == (
        "https://huggingface.co/owner/repo/resolve/abc123/"
        "sub/%EB%82%98%EC%9D%98%20%EB%AA%A8%EB%8D%B8.safetensors"
    )
    assert wanted.file_name == "나의 모델.safetensors"
    assert parse_source("civitai:42").details_url.endswith("/model-versions/42")
    assert parse_source("https://huggingface.co/a/m.safetensors?download=1").file_name == (
        "m.safetensors"
    )


def test_well_known_names_bring_their_digest():
    known = read_known()
    model = parse_source("v1-5-pruned-emaonly.safetensors", known)
    assert model.sha256.startswith("6ce01616")
    with pytest.raises(CannotDownload):
        parse_source("sd15", known)


@pytest.mark.parametrize(
    "text",
    ["", "hf:", "hf:owner:file", "hf:a/b:../x.safetensors", "hf:../b:x.safetensors",
     "http://huggingface.co/m.safetensors", "ftp://x/m.safetensors", "civitai:abc", "C:\\m",
     "hf:a/b:m.ckpt", "https://huggingface.co/", "https://huggingface.co/%2e%2e%2fm.safetensors%00"],
)  # fmt: skip
def test_what_is_no_source_is_refused(text):
    with pytest.raises(CannotDownload):
        parse_source(text)


@pytest.mark.parametrize(
    "name",
    ["", ".hidden.safetensors", " m.safetensors", "a/b.safetensors", "a\\b.safetensors",
     "a:b.safetensors", "CON.safetensors", "x\0.safetensors", "x" * 200 + ".safetensors",
     "m.safetensors\u202e", "m.pt"],
)  # fmt: skip
def test_bad_names_are_refused(name):
    with pytest.raises(CannotDownload):
        check_name(name)


@given(st.text(max_size=60))
def test_any_text_is_a_source_or_refused(text):
    for start in ("", "hf:a/b:", "https://huggingface.co/"):
        try:
            name = parse_source(start + text).file_name
        except CannotDownload:
            continue
        assert "/" not in name and "\\" not in name and not name.startswith(".")


def test_commit_is_part_of_the_label_once():
    assert with_commit("hf:a/b@c:m", "d") == "hf:a/b@c:m"
    assert with_commit("civitai:1", "d") == "civitai:1"
    assert with_commit("hf:a/b:m", "") == "hf:a/b:m"
