"""playground/studio/pictures/shelf.py: the file is the truth, the row finds it."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import pytest
from PIL import Image

from models import disk
from models.errors import DiskFull
from pipelines.contract.painter import UsedFile
from playground.studio.database import Database
from playground.studio.errors import DatabaseError, PictureNotFound
from playground.studio.jobs.store import JobState, JobStore
from playground.studio.pictures.png import write_png
from playground.studio.pictures.shelf import THUMBNAIL_SIDE, PictureShelf, open_png
from playground.studio.pictures.store import PictureStore

NOON = time.mktime((2026, 3, 1, 12, 0, 0, 0, 0, -1))


@pytest.fixture
def database(tmp_path):
    database = Database.open(tmp_path / "playground.db")
    yield database
    database.close()


@pytest.fixture
def shelf(tmp_path, database):
    outputs, thumbnails, partial = (
        tmp_path / name for name in ("outputs", "thumbnails", "partial")
    )
    for folder in (outputs, thumbnails, partial):
        folder.mkdir()
    store = PictureStore(database)
    return PictureShelf(outputs, thumbnails, partial, store, clock=lambda: NOON)


@pytest.fixture
def keep(shelf, picture_of, request_of):
    """Keep a picture with this seed."""

    def put(seed=11, owner="me", **changes):
        return shelf.keep(picture_of(request_of(seed=seed, **changes)), owner, None)

    return put


def forget(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute("delete from picture")


def test_a_picture_lies_under_its_date_number_and_seed(shelf, keep):
    first, second = keep(5), keep(2**63 - 1)
    assert first.path == shelf.outputs / "2026-03-01" / "00001-5.png"
    assert second.path.name == f"00002-{2**63 - 1}.png"
    assert first.created_at == NOON
    assert shelf.get(first.id, "me") == first
    assert list(shelf._partial.iterdir()) == []


def test_numbers_go_on_behind_files_of_anybody(shelf, keep):
    keep()
    (shelf.outputs / "2026-03-01" / "00041-copied.png").touch()
    (shelf.outputs / "2026-03-01" / "holiday.png").touch()
    assert keep(9).path.name == "00042-9.png"


def test_a_name_that_is_taken_in_between_is_not_replaced(shelf, keep, monkeypatch):
    first = keep(5)
    monkeypatch.setattr("playground.studio.pictures.shelf._last_number", lambda folder: 0)
    assert keep(5).path.name == "00002-5.png"
    assert open_png(first.path)


def test_the_row_ends_the_job_in_the_same_breath(shelf, database, picture_of, request_of):
    jobs = JobStore(database)
    jobs.add_all("me", (request_of(),), NOON)
    job = jobs.claim(NOON)
    assert job is not None
    kept = shelf.keep(picture_of(request_of()), "me", job.id)
    done = jobs.get(job.id, "me")
    assert (done.state, done.picture_id, done.finished_at) == (JobState.DONE, kept.id, NOON)


def test_owners_see_their_own_and_the_person_at_the_machine_sees_all(shelf, keep):
    mine, yours = keep(1, "me"), keep(2, "you")
    assert [kept.id for kept in shelf.latest("me")] == [mine.id]
    assert [kept.id for kept in shelf.latest(None)] == [yours.id, mine.id]
    assert shelf.get(yours.id, None) == yours
    with pytest.raises(PictureNotFound):
        shelf.get(yours.id, "me")
    with pytest.raises(PictureNotFound):
        shelf.get(99, None)


def test_pages_of_pictures(shelf, keep):
    ids = [keep(seed).id for seed in range(5)]
    first = shelf.latest("me", limit=2)
    second = shelf.latest("me", limit=2, before_id=first[-1].id)
    assert [kept.id for kept in first + second] == ids[:0:-1]
    assert shelf.latest("me", limit=0) == ()


def test_a_deleted_file_is_not_listed_and_pages_stay_full(shelf, keep):
    kept = [keep(seed) for seed in range(4)]
    kept[2].path.unlink()
    assert [found.id for found in shelf.latest("me", limit=3)] == [
        kept[3].id,
        kept[1].id,
        kept[0].id,
    ]
    with pytest.raises(PictureNotFound):
        shelf.get(kept[2].id, "me")


def test_a_name_that_became_free_belongs_to_the_new_picture(shelf, keep):
    old = keep(5, "you")
    old.path.unlink()
    new = keep(5, "me")
    assert new.path == old.path
    assert [kept.id for kept in shelf.latest(None)] == [new.id]
    assert shelf.latest("you") == ()


def test_a_thumbnail_of_an_earlier_picture_is_not_shown_again(shelf, picture_of, request_of):
    old = shelf.keep(picture_of(request_of(seed=5)), "me", None)
    before = old.thumbnail.read_bytes()
    old.path.unlink()
    new = shelf.keep(picture_of(request_of(seed=5), noise=1), "me", None)
    assert new.thumbnail == old.thumbnail
    assert new.thumbnail.read_bytes() != before


def test_looking_works_when_nothing_can_be_written(shelf, keep, monkeypatch):
    keep(1).path.unlink()

    def refuse(*_args, **_kwargs):
        raise DatabaseError("database.busy", name="playground.db")

    monkeypatch.setattr(PictureStore, "mark", refuse)
    assert shelf.latest("me") == ()


# ---- thumbnails


def test_a_thumbnail_is_small_and_made_again(shelf, keep):
    kept = keep(1, width=640, height=320)
    assert kept.thumbnail == shelf.thumbnails / "2026-03-01" / "00001-1.webp"
    with Image.open(kept.thumbnail) as image:
        assert image.format == "WEBP"
        assert image.size == (THUMBNAIL_SIDE, THUMBNAIL_SIDE // 2)
    kept.thumbnail.unlink()
    assert shelf.get(kept.id, "me").thumbnail.is_file()
    kept.thumbnail.unlink()
    assert shelf.latest("me")[0].thumbnail.is_file()


def test_without_a_thumbnail_the_picture_stands_in(shelf, keep, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise DiskFull("disk.full", name="a", free_mb=0.0)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "write_atomically", refuse)
        kept = keep()
    assert kept.thumbnail == kept.path
    kept.path.write_bytes(b"overwritten by somebody")
    assert shelf.get(kept.id, "me").thumbnail == kept.path


# ---- saving fails


def test_a_row_that_fails_leaves_a_file_that_the_next_start_finds(shelf, keep, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise DatabaseError("database.failed", name="playground.db", reason="x")

    with monkeypatch.context() as patch:
        patch.setattr(PictureStore, "add", refuse)
        with pytest.raises(DatabaseError):
            keep()
    assert shelf.latest("me") == ()
    assert shelf.reindex() == 1
    assert len(shelf.latest(None)) == 1


def test_a_full_disk_leaves_nothing_behind(shelf, keep, monkeypatch):
    def refuse(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(DiskFull):
            keep()
    assert list(shelf.outputs.rglob("*.png")) == []
    assert list(shelf._partial.iterdir()) == []
    assert keep().path.name == "00001-11.png"


# ---- the index is made again from the files


def test_lost_rows_come_back_from_the_files(shelf, keep, database):
    kept = [keep(seed) for seed in range(3)]
    forget(database)
    assert shelf.reindex() == 3
    assert shelf.reindex() == 0
    found = shelf.latest(None)
    assert [picture.path for picture in found] == [picture.path for picture in reversed(kept)]
    for old, new in zip(reversed(kept), found, strict=True):
        assert replace(new, id=old.id, owner="me", created_at=NOON) == old
    assert shelf.latest("me") == ()


def test_a_picture_whose_row_was_never_written_goes_to_who_asked_for_it(
    shelf, keep, database, request_of
):
    jobs = JobStore(database)
    jobs.add_all("you", (request_of(seed=3),), NOON)
    jobs.claim(NOON)
    keep(3)
    keep(4)
    forget(database)
    shelf.reindex()
    assert [kept.request.seed for kept in shelf.latest("you")] == [3]


def test_a_file_that_vanishes_and_returns(shelf, keep):
    kept = keep()
    away = kept.path.with_name("away")
    kept.path.rename(away)
    shelf.reindex()
    assert shelf.latest("me") == ()
    away.rename(kept.path)
    assert shelf.reindex() == 0
    assert shelf.latest("me") == (kept,)


def test_only_pictures_that_tell_how_they_were_made_are_found(shelf, keep, tmp_path):
    folder = keep().path.parent
    plain, foreign = folder / "plain.png", folder / "foreign.png"
    Image.new("RGB", (8, 8)).save(plain)
    foreign.write_bytes(
        write_png(
            Image.new("RGB", (8, 8)), (("parameters", "a cat\nSteps: 1, Seed: 2, Size: 8x8"),)
        )
    )
    (folder / "broken.png").write_bytes(b"\x89PNG")
    (folder / "notes.txt").touch()
    (folder / "folder.png").mkdir()
    (folder / "link.png").symlink_to(foreign)
    (folder / os.fsdecode(b"odd\xff.png")).write_bytes(foreign.read_bytes())
    (shelf.outputs / "2026-03-02").symlink_to(folder)
    (shelf.outputs / "elsewhere").mkdir()
    (shelf.outputs / "elsewhere" / "a.png").write_bytes(foreign.read_bytes())
    assert shelf.reindex() == 1
    found = shelf.latest(None)[0]
    assert (found.path, found.prompt, found.request) == (foreign, "a cat", None)


def test_a_folder_that_cannot_be_listed_is_left_alone(shelf, keep, monkeypatch):
    kept = keep()

    def refuse(_folder):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        assert shelf.reindex() == 0
    assert shelf.latest("me") == ()
    shelf.reindex()
    assert shelf.latest("me") == (kept,)


def test_leftovers_beside_the_pictures_are_swept(shelf, keep):
    kept = keep()
    leftover = kept.path.with_name(f".{kept.path.name}.00ff{disk.TEMP_SUFFIX}")
    leftover.touch()
    shelf.reindex()
    assert not leftover.exists()


def test_the_files_that_took_part_come_back_from_the_row_and_from_the_file(
    shelf, database, picture_of, request_of
):
    used = (
        UsedFile("embedding", "낙서", "ab" * 32, "ab" * 6),
        UsedFile("vae", "a b", "0" * 64, ""),
    )
    kept = shelf.keep(replace(picture_of(request_of()), used=used), "me", None)
    assert [(one.kind, one.name, one.sha256) for one in kept.used] == [
        ("embedding", "낙서", "ab" * 32),
        ("vae", "a b", "0" * 64),
    ]
    assert shelf.get(kept.id, "me").used == kept.used
    forget(database)
    shelf.reindex()
    assert shelf.latest(None)[0].used == kept.used


@pytest.mark.parametrize("row", ["{", "[]", '{"files": 3}', '{"files": [{"kind": "vae"}]}'])
def test_odd_files_in_a_row_are_left_out(shelf, keep, database, row):
    keep()
    with database.transaction() as connection:
        connection.execute("""update picture set used = ?""", (row,))
    assert shelf.latest("me")[0].used == ()


def test_a_row_that_cannot_be_read_is_still_a_picture(shelf, keep, database):
    keep()
    with database.transaction() as connection:
        connection.execute("""update picture set request = '{"width": 3}'""")
    assert shelf.latest("me")[0].request is None


def test_the_thumbnail_of_a_picture_deleted_by_hand_goes_at_the_next_start(shelf, keep):
    first, second = keep(5), keep(6)
    assert first.thumbnail.is_file() and second.thumbnail.is_file()
    first.path.unlink()
    shelf.reindex()
    assert not first.thumbnail.exists()
    assert second.thumbnail.is_file()
