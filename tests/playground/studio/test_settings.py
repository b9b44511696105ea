"""playground/studio/settings.py: one bad value costs one setting and no more."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import DiskError, DiskFull
from pipelines.contract.requests import PictureRequest
from playground.studio.errors import PlaygroundError
from playground.studio.settings import MAX_FILE_BYTES, SettingsFile, StudioSettings


@pytest.fixture
def file(tmp_path):
    return SettingsFile(tmp_path / "settings.json")


def test_without_a_file_there_are_defaults(file, request_of):
    assert file.load() == StudioSettings()
    assert file.notices == ()
    remembered = {field.name for field in fields(StudioSettings)}
    shared = [field for field in fields(PictureRequest) if field.name in remembered]
    assert len(shared) == 8
    for field in shared:
        assert getattr(StudioSettings(), field.name) == field.default


def test_settings_come_back(file, tmp_path):
    settings = StudioSettings(
        language="en", theme="dark", width=512, guidance=7.0, negative_prompt="글자"
    )
    file.save(settings)
    again = SettingsFile(tmp_path / "settings.json")
    assert again.load() == settings
    assert again.notices == ()


def test_keys_of_a_newer_version_are_kept(file, tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"hologram": {"depth": 3}, "steps": 20}))
    settings = file.load()
    assert settings.steps == 20
    file.save(replace(settings, steps=21))
    assert json.loads(path.read_text())["hologram"] == {"depth": 3}


def test_a_bad_value_costs_that_value(file, tmp_path):
    bad = {"width": 65, "theme": "neon", "steps": "many", "height": True, "guidance": 7, "count": 9}
    (tmp_path / "settings.json").write_text(json.dumps(bad))
    settings = file.load()
    assert settings == StudioSettings(guidance=7.0, count=9)
    assert [values["key"] for key, values in file.notices] == ["height", "steps", "theme", "width"]
    assert {key for key, _ in file.notices} == {"settings.value"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b'{"width": 64',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"a": 1e999}',
        b'{"a": NaN}',
        b" " * (MAX_FILE_BYTES + 1),
    ],
)
def test_a_broken_file_is_renamed_and_kept(file, tmp_path, data):
    path = tmp_path / "settings.json"
    names = set()
    for _ in range(2):
        path.write_bytes(data)
        assert file.load() == StudioSettings()
        ((key, values),) = file.notices
        assert key == "settings.broken"
        names.add(values["name"])
    assert len(names) == 2
    assert all((tmp_path / name).read_bytes() == data for name in names)
    assert not path.exists()
    assert file.load() == StudioSettings()
    assert file.notices == ()


def test_notepad_may_have_written_it(file, tmp_path):
    (tmp_path / "settings.json").write_text('{"steps": 20}', encoding="utf-8-sig")
    assert file.load().steps == 20


def test_a_save_that_fails_leaves_the_old_file(file, tmp_path, monkeypatch):
    file.save(StudioSettings(steps=20))

    def refuse(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", refuse)
        with pytest.raises(DiskFull):
            file.save(StudioSettings(steps=21))
    assert file.load().steps == 20
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_a_file_that_cannot_be_read_or_moved_is_an_error(file, tmp_path, monkeypatch):
    path = tmp_path / "settings.json"
    path.mkdir()
    with pytest.raises(DiskError):
        file.load()
    path.rmdir()
    path.write_text("{")

    def refuse(*_args):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("pathlib.Path.rename", refuse)
    with pytest.raises(DiskError):
        file.load()


@pytest.mark.parametrize(
    "changes",
    [{"language": "fr"}, {"theme": "neon"}, {"count": 0}, {"surprise": 9.0}, {"steps": 0}],
)
def test_settings_that_exist_are_valid(changes):
    with pytest.raises((ValueError, PlaygroundError)):
        StudioSettings(**changes)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(data=st.dictionaries(st.sampled_from(sorted(asdict(StudioSettings()))), _JSON))
def test_any_json_loads(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "settings.json"
    path.write_text(json.dumps(data))
    file = SettingsFile(path)
    assert isinstance(file.load(), StudioSettings)
    file.save(file.load())
