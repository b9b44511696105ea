from pathlib import Path

from playground.launch import stamp


def test_what_is_written_is_read(tmp_path):
    path = tmp_path / "새 폴더.stamp"
    stamp.write(path, {"python": "3.11", "torch": "a b"})
    assert stamp.read(path) == {"python": "3.11", "torch": "a b"}
    assert list(tmp_path.iterdir()) == [path]


def test_a_stamp_that_cannot_be_read_is_none(tmp_path):
    assert stamp.read(tmp_path / "none") == {}
    broken = tmp_path / "broken"
    broken.write_bytes(b"\xff\xfe half")
    assert stamp.read(broken) == {}
    broken.write_text("oneword\n\n")
    assert stamp.read(broken) == {}
    assert stamp.read(Path(tmp_path)) == {}


def test_neighbouring_parts_are_kept_apart():
    assert stamp.digest("ab", "c") != stamp.digest("a", "bc")
    assert stamp.digest("ab") == stamp.digest(b"ab")
