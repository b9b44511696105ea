"""Live previews and the hostile file they may be configured by."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipelines.image.latents.preview import SD15_MAP, preview_jpeg, read_preview_map

GOOD = {"matrix": [[1, 2, 3]] * 4, "bias": [0, 0.5, 1]}


def test_preview_keeps_the_proportions():
    image = Image.open(io.BytesIO(preview_jpeg(torch.zeros(4, 8, 16), SD15_MAP)))
    assert image.size == (256, 128)
    assert all(abs(int(value) - 127) < 3 for value in np.asarray(image)[5, 5])


def test_preview_survives_values_that_are_no_numbers():
    assert preview_jpeg(torch.full((4, 8, 8), float("nan")), SD15_MAP)


def test_good_map_is_read(tmp_path):
    path = tmp_path / "preview.json"
    path.write_text(json.dumps(GOOD))
    assert read_preview_map(path, 4).bias == (0.0, 0.5, 1.0)


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        {"matrix": [[1, 2]] * 4, "bias": [0, 0, 0]},
        {"matrix": [[1, 2, 3]] * 3, "bias": [0, 0, 0]},
        {"matrix": [[1, 2, float("nan")]] * 4, "bias": [0, 0, 0]},
        {"matrix": "abcd", "bias": [0, 0, 0]},
    ],
    ids=["no keys", "list", "short rows", "few rows", "nan", "text"],
)
def test_bad_map_is_a_value_error(tmp_path, data):
    path = tmp_path / "preview.json"
    path.write_text(json.dumps(data))
    with pytest.raises(ValueError):
        read_preview_map(path, 4)


def test_huge_map_is_refused_unread(tmp_path):
    path = tmp_path / "preview.json"
    path.write_text(" " * 200_000)
    with pytest.raises(ValueError, match="long_file"):
        read_preview_map(path, 4)


@given(st.binary(max_size=200))
def test_random_bytes_are_only_ever_a_value_error(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("map") / "preview.json"
    path.write_bytes(data)
    with pytest.raises(ValueError):
        read_preview_map(path, 4)
