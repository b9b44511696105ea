"""Digests of files, and the names other programs make of them."""

from __future__ import annotations

import hashlib
import tracemalloc

import pytest

from models.digest import digest, legacy_hash, sha256_of
from models.errors import NotSafetensors


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(bytes(range(256)) * 12_000)  # 3 MB
    return path


def test_digest_is_sha256_and_tells_progress(path):
    seen = []
    assert sha256_of(path, seen.append) == hashlib.sha256(path.read_bytes()).hexdigest()
    assert seen == [1 << 20, 2 << 20, 3_072_000]


@pytest.mark.parametrize("start", [0, 100, 1 << 20, (1 << 20) + 7, 3_072_000])
def test_payload_digest_leaves_the_header_out(path, start):
    found = digest(path, start)
    data = path.read_bytes()
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert found.payload_sha256 == hashlib.sha256(data[start:]).hexdigest()


def test_legacy_hash_is_of_64_kib_at_1_mib(path, tmp_path):
    data = path.read_bytes()
    assert legacy_hash(path) == hashlib.sha256(data[0x100000:0x110000]).hexdigest()[:8]
    (tmp_path / "small").write_bytes(b"x")
    assert legacy_hash(tmp_path / "small") == "e3b0c442"


def test_memory_does_not_grow_with_the_file(path):
    tracemalloc.start()
    try:
        sha256_of(path)
        assert tracemalloc.get_traced_memory()[1] < 2 << 20
    finally:
        tracemalloc.stop()


def test_folder_has_no_digest(tmp_path):
    with pytest.raises(NotSafetensors):
        sha256_of(tmp_path)
