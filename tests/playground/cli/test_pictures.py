"""`pictures`: they are listed and deleted by their numbers, all of them or none."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from pipelines.contract.painter import Picture
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import PictureRequest
from playground import cli
from playground.studio.studio import Studio
from tests.fakes import FakePainter


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")  # no language named: Korean
    with Studio.open(tmp_path / "data", FakePainter()) as studio:
        for seed in (1, 2, 3):
            request = PictureRequest(Phrase("파란\n고양이", "", (), "typed"), seed=seed)
            picture = Picture(Image.new("RGB", (64, 64)), request, "", "ab" * 32, 1.0, ())
            studio.pictures.keep(picture, "guest", None)
    return tmp_path / "data"


def pictures(data, *words):
    return cli.main(["pictures", *words, "--data-dir", str(data)])


def test_the_newest_come_first_one_a_line(data, capsys):
    assert pictures(data, "list", "-n", "2") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["3", "2"]
    assert lines[0].endswith("파란 고양이")
    assert pictures(data, "list", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["id"] == 3


def test_what_is_named_goes_with_its_files(data, capsys):
    assert pictures(data, "delete", "1", "3", "3") == 0
    assert capsys.readouterr().out.splitlines() == ["1번 그림을 지웠어요.", "3번 그림을 지웠어요."]
    assert [path.stem[-1] for path in data.rglob("outputs/*/*.png")] == ["2"]


@pytest.mark.parametrize(
    ("named", "said"), [(["1", "9"], "9번 그림"), ([], "번호가 없어요"), (["x"], "그림 번호")]
)
def test_a_wrong_number_deletes_nothing(data, capsys, named, said):
    assert pictures(data, "delete", *named) == 2
    assert said in capsys.readouterr().err
    assert len(list(data.rglob("outputs/*/*.png"))) == 3
