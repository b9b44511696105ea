"""Parts of a model on their own: found by name and kind, and opened through the same gate."""

from __future__ import annotations

import hashlib

import pytest

from models.entry import Integrity
from models.errors import DigestMismatch, ModelFileError, ModelNotFound, NotSafetensors
from models.library import Library
from models.probe import ModelKind
from models.trust import Trust
from tests.models.golden import file_of

LORA = {"lora_unet_mid_block_attn2_to_k.lora_down.weight": (4, 768)}
EMBEDDING = {"emb_params": (2, 768)}


@pytest.fixture
def library(tmp_path):
    (tmp_path / "Lora").mkdir()
    (tmp_path / "embeddings").mkdir()
    (tmp_path / "Lora" / "ink.safetensors").write_bytes(file_of(LORA))
    (tmp_path / "embeddings" / "ink.safetensors").write_bytes(file_of(EMBEDDING))
    (tmp_path / "Lora" / "wash.safetensors").write_bytes(file_of(LORA, fill=b"\x01"))
    return Library([tmp_path], pins={})


def key_of(call, *args):
    with pytest.raises(ModelFileError) as caught:
        call(*args)
    return caught.value.key


def test_the_same_name_means_another_file_for_another_kind(library):
    assert library.find_part("ink", ModelKind.LORA).path.parent.name == "Lora"
    assert library.find_part("ink", ModelKind.EMBEDDING).path.parent.name == "embeddings"


def test_parts_lists_what_can_be_used(library, tmp_path):
    (tmp_path / "Lora" / "torn.safetensors").write_bytes(file_of(LORA)[:-1])
    names = [model.name for model in library.parts(ModelKind.LORA)]
    assert names == ["Lora/ink", "wash"]


def test_an_opened_part_knows_its_digests(library, tmp_path):
    opened = library.open_part("ink", [ModelKind.LORA])
    data = (tmp_path / "Lora" / "ink.safetensors").read_bytes()
    assert opened.sha256 == hashlib.sha256(data).hexdigest()
    assert opened.payload_sha256 == hashlib.sha256(bytes(4 * 768 * 2)).hexdigest()
    assert library.scan() and library.find_part("ink", ModelKind.LORA).integrity is Integrity.HASHED


def test_a_part_is_found_by_its_hash(library):
    opened = library.open_part("wash", [ModelKind.LORA])
    library.scan()
    assert library.find_part(opened.payload_sha256[:12], ModelKind.LORA).name == "wash"


def test_an_unknown_name_is_an_error_with_the_nearest(library):
    with pytest.raises(ModelNotFound) as caught:
        library.open_part("wassh", [ModelKind.LORA])
    assert caught.value.key == "part.unknown"
    assert caught.value.values["nearest"] == "wash"
    with pytest.raises(ModelNotFound) as far:
        library.open_part("완전히 다른 말", [ModelKind.LORA])
    assert far.value.key == "part.far"
    assert far.value.values["known"] == "Lora/ink, wash"


def test_where_there_is_none_of_that_kind_it_is_said(library):
    assert key_of(library.open_part, "any", [ModelKind.VAE]) == "part.none"


def test_a_file_of_another_kind_is_named(library):
    with pytest.raises(ModelFileError) as caught:
        library.open_part("wash", [ModelKind.VAE, ModelKind.TAESD])
    assert caught.value.key == "part.kind"
    assert caught.value.values == {"name": "wash", "kind": "lora", "wanted": "vae, taesd"}


def test_a_broken_part_says_why(library, tmp_path):
    (tmp_path / "torn.safetensors").write_bytes(file_of(LORA)[:-1])
    assert key_of(library.open_part, "torn", [ModelKind.LORA]) == "model.cut_off"


def test_a_file_that_became_another_kind_since_the_scan_is_refused(library, tmp_path):
    library.scan()
    (tmp_path / "Lora" / "wash.safetensors").write_bytes(file_of(EMBEDDING))
    assert key_of(library.open_part, "wash", [ModelKind.LORA]) == "part.kind"


def test_a_file_that_was_torn_since_the_scan_is_refused(library, tmp_path):
    library.scan()
    (tmp_path / "Lora" / "wash.safetensors").write_bytes(file_of(LORA)[:-1])
    with pytest.raises(NotSafetensors):
        library.open_part("wash", [ModelKind.LORA])


def test_other_bytes_than_at_the_first_use_are_refused(library, tmp_path):
    library.open_part("wash", [ModelKind.LORA])
    assert library.scan() and library.find_part("wash", ModelKind.LORA).trust is Trust.FIRST_USE
    (tmp_path / "Lora" / "wash.safetensors").write_bytes(file_of(LORA, fill=b"\x02"))
    with pytest.raises(DigestMismatch):
        library.open_part("wash", [ModelKind.LORA])
