"""Whatever lies in a folder under the name of a small file, reading it comes to an end."""

from __future__ import annotations

import json
import os

import pytest

from models.diffusers_folder import INDEX
from models.errors import ModelFileError, PlaygroundError
from models.library import Library
from models.model_folder import is_model_folder, probe_folder
from models.small_file import read_json_object, read_small
from pipelines.image.latents.preview import read_preview_map
from pipelines.image.prompt.text_file import read_text_file
from pipelines.text.lexicon import read_file
from pipelines.text.translation.sentencepieces import read_pieces
from playground.messages import Language, explain

LIMIT = 1000


def pipe(path):
    os.mkfifo(path)


def endless(path):
    path.symlink_to("/dev/zero")


def folder(path):
    path.mkdir()


def huge(path):
    with path.open("wb") as file:
        file.truncate(1 << 40)  # sparse: takes no room


ODD = pytest.mark.parametrize("make", [pipe, endless, folder, huge])
NEEDS_PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")


def refused(path, read):
    with pytest.raises((ModelFileError, PlaygroundError, OSError, ValueError)) as caught:
        read(path)
    if isinstance(caught.value, PlaygroundError):
        for language in Language:
            assert path.name in explain(caught.value, language)
    return caught.value


@NEEDS_PIPES
@ODD
def test_nothing_but_a_plain_and_short_file_is_read(tmp_path, make):
    make(tmp_path / "config.json")
    error = refused(tmp_path / "config.json", lambda path: read_small(path, LIMIT))
    if isinstance(error, ModelFileError):
        assert error.key == ("model.long_file" if make is huge else "model.not_a_file")
    else:
        assert make is folder  # Windows: a folder cannot be opened at all


def test_file_of_exactly_the_limit_is_read(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(json.dumps({"a": "b"}).encode().ljust(LIMIT))
    assert read_json_object(path, LIMIT) == {"a": "b"}
    assert refused(path, lambda path: read_small(path, LIMIT - 1)).key == "model.long_file"


@NEEDS_PIPES
@ODD
@pytest.mark.parametrize("name", ["config.json", INDEX])
def test_scan_ends_and_tells_what_is_wrong(tmp_path, make, name):
    model = tmp_path / "models" / "odd"
    model.mkdir(parents=True)
    make(model / name)
    found = [m for m in Library([tmp_path / "models"], {}).scan() if not m.is_builtin]
    assert len(found) == (1 if name == INDEX else 0)  # without a config it is any folder
    assert all(m.flaw is not None for m in found)
    assert is_model_folder(model, frozenset({name})) == (name == INDEX)
    with pytest.raises(ModelFileError):
        probe_folder(model)


@NEEDS_PIPES
@ODD
@pytest.mark.parametrize(
    "read",
    [
        read_pieces,
        lambda path: read_preview_map(path, 4),
        lambda path: read_text_file(path, LIMIT),
        lambda path: [one for one in read_file(path, "nouns", set()) if _raise(one)],
    ],
)
def test_every_other_reader_of_small_files_ends_too(tmp_path, make, read):
    make(tmp_path / "odd.txt")
    refused(tmp_path / "odd.txt", read)


def _raise(row):
    raise row[1]
