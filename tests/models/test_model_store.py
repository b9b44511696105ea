"""The cache of what was learnt: it may be damaged, old, read-only or deleted."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from models.errors import ModelFileError
from models.model_store import Learnt, ModelStore, flaw_of
from models.probe import probe
from tests.models.golden import header_of

LORA = header_of({"lora_unet_x.lora_down.weight": (4, 768)}, metadata={"ss_output_name": "냥"})
ROW = Learnt("/m/a.safetensors", "1:2:3", "ab", "cd", probe(LORA))
FLAW = Learnt("/m/b.safetensors", "1", flaw=flaw_of(ModelFileError("model.html", file="b", n=3)))


def test_rows_come_back_as_they_were(tmp_path):
    store = ModelStore(tmp_path / "models.db")
    store.put([ROW, FLAW])
    store.close()
    store.close()
    assert set(ModelStore(tmp_path / "models.db").all()) == {ROW, FLAW}


@pytest.mark.parametrize("licence", ["", "CC-BY-NC-SA-4.0"])
def test_rows_with_the_licence_among_the_reasons_are_read(tmp_path, licence):
    path = tmp_path / "models.db"
    store = ModelStore(path)
    store.put([ROW])
    store.close()
    old = asdict(ROW.probe)
    del old["licence"]
    old["reasons"] = (*old["reasons"], *([f"license: {licence}"] if licence else []))
    with sqlite3.connect(path) as connection:
        connection.execute("""update learnt set probe = ?""", (json.dumps(old),))
    connection.close()
    assert ModelStore(path).all() == (replace(ROW, probe=replace(ROW.probe, licence=licence)),)


@pytest.mark.parametrize(
    "data", [b"not a database at all" * 99, b"SQLite format 3\0" + b"\7" * 999]
)
def test_damaged_database_is_made_anew(tmp_path, data):
    path = tmp_path / "models.db"
    path.write_bytes(data)
    store = ModelStore(path)
    assert store.all() == ()
    store.put([ROW])
    store.close()
    assert ModelStore(path).all() == (ROW,)


def test_other_version_or_table_is_made_anew(tmp_path):
    path = tmp_path / "models.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table learnt (x)")
        connection.execute("pragma user_version = 99")
    connection.close()
    assert ModelStore(path).all() == ()


def test_row_nobody_can_read_is_no_row(tmp_path):
    path = tmp_path / "models.db"
    store = ModelStore(path)
    store.put([ROW])
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("insert into learnt values ('/x', '1', '', '', '{', null)")
        connection.execute("insert into learnt values ('/y', '1', '', '', '{}', null)")
    connection.close()
    assert ModelStore(path).all() == (ROW,)


def test_row_of_an_earlier_version_keeps_its_digests(tmp_path):
    path = tmp_path / "models.db"
    store = ModelStore(path)
    store.put([ROW])
    store.close()
    with sqlite3.connect(path) as connection:
        command = "update learnt set probe = json_set(probe, '$.lora.trains', json('[\"text\"]'))"
        assert connection.execute(command).rowcount == 1
    connection.close()
    assert ModelStore(path).all() == (ROW,)


def test_database_that_cannot_be_written_costs_no_answers(tmp_path, caplog):
    store = ModelStore(tmp_path / "models.db")
    store._connection.execute("pragma query_only = on")
    store.put([ROW])
    assert store.all() == (ROW,)
    assert "not kept" in caplog.text


def test_digests_belong_to_a_fingerprint(tmp_path):
    store = ModelStore()
    store.put([ROW])
    path = tmp_path / "x"
    store.put_digests(path, "1", "aa", "bb")
    store.put_digests(path, "2", "cc", "")
    row = store.get(path)
    assert (row.fingerprint, row.sha256, row.payload_sha256) == ("2", "cc", "")
    store.forget(path)
    assert store.get(path) is None


def test_database_that_is_in_use_or_unwritable_is_done_without(tmp_path, monkeypatch, caplog):
    path = tmp_path / "models.db"
    ModelStore(path).close()
    before = path.read_bytes()

    def locked(*_args, **_options):
        raise sqlite3.OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", locked)
        store = ModelStore(path)
    store.put([ROW])
    assert store.all() == (ROW,)
    assert path.read_bytes() == before
    (tmp_path / "file").touch()
    assert ModelStore(tmp_path / "file" / "models.db").all() == ()
    assert "not kept" in caplog.text


def test_row_that_no_database_takes_costs_itself_alone(tmp_path, caplog):
    odd = Learnt("/m/\udcff\udcfe.safetensors", "1:2", "ab")
    store = ModelStore(tmp_path / "models.db")
    store.put([ROW, odd, FLAW])
    assert store.get(Path(odd.path)) == odd  # as long as it lives
    store.forget(Path(odd.path))
    store.close()
    assert set(ModelStore(tmp_path / "models.db").all()) == {ROW, FLAW}
    assert "1 files" in caplog.text


def test_digests_of_an_older_version_stay(tmp_path):
    path = tmp_path / "models.db"
    store = ModelStore(path)
    store.put([ROW, FLAW])
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 2")
    connection.close()
    found = {row.path: row for row in ModelStore(path).all()}
    assert found[ROW.path] == replace(ROW, probe=None)
    assert found[FLAW.path].flaw is None
