"""A container's limit counts, however it is written."""

from __future__ import annotations

from types import SimpleNamespace

import psutil  # type: ignore[import-untyped]
import pytest

from pipelines.image.memory.ram import read_ram

GB = 1 << 30


@pytest.fixture
def cgroups(tmp_path, monkeypatch):
    """A system of 32 GB with 20 GB free, and a folder for its cgroups."""
    system = SimpleNamespace(total=32 * GB, available=20 * GB)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: system)
    return tmp_path


def read(cgroups, own):
    (cgroups / "own").write_text(own)
    return read_ram(cgroups, cgroups / "own")


def limit(folder, **files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in files.items():
        (folder / name.replace("__", ".")).write_text(f"{value}\n")


def test_without_cgroups_the_system_is_asked(cgroups):
    ram = read_ram(cgroups, cgroups / "none")
    assert (ram.total, ram.free) == (32 * GB, 20 * GB)


def test_a_container_sees_its_own_limit_and_not_its_file_cache(cgroups):
    stat = f"anon 1\ninactive_file {GB}\nfile 5"
    limit(cgroups, memory__max=4 * GB, memory__current=3 * GB, memory__stat=stat)
    ram = read(cgroups, "0::/\n")
    assert (ram.total, ram.free) == (4 * GB, 2 * GB)


def test_the_narrowest_of_nested_limits_counts(cgroups):
    limit(cgroups / "user", memory__max=8 * GB, memory__current=7 * GB, memory__stat="")
    limit(cgroups / "user/job", memory__max=6 * GB, memory__current=GB, memory__stat="")
    ram = read(cgroups, "0::/user/job\n")
    assert (ram.total, ram.free) == (6 * GB, GB)


def test_no_limit_is_no_limit(cgroups):
    limit(cgroups, memory__max="max", memory__current=GB)
    assert read(cgroups, "0::/\n").total == 32 * GB


def test_the_old_kind_of_cgroup_is_read_too(cgroups):
    folder = cgroups / "memory/docker"
    limit(
        folder,
        memory__limit_in_bytes=2 * GB,
        memory__usage_in_bytes=GB,
        memory__stat=f"total_inactive_file {GB // 2}",
    )
    limit(cgroups / "memory", memory__limit_in_bytes=(1 << 63) - 4096, memory__usage_in_bytes=1)
    ram = read(cgroups, "5:cpu:/docker\n4:memory:/docker\n")
    assert (ram.total, ram.free) == (2 * GB, GB + GB // 2)


@pytest.mark.parametrize("own", ["", "nonsense", "0::/../../etc\n", "0::" + "/x" * 2000, "\0\xff"])
def test_nonsense_in_the_files_is_no_limit(cgroups, own):
    limit(cgroups, memory__max="4 GB", memory__current="-3")
    assert read(cgroups, own).total == 32 * GB
