"""`mistranslate` on the command line, over the real studio and a tiny real model."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from playground import cli


@pytest.fixture
def mistranslate(tiny_models, tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")  # no language named: Korean

    def run(phrase, *more):
        small = "--model tiny --width 64 --height 64 --steps 2 --use-cpu --seed 7".split()
        places = ["--models-dir", str(tiny_models), "--data-dir", str(tmp_path / "data")]
        return cli.main(["mistranslate", phrase, *small, *places, *more])

    return run


def test_three_pictures_lie_in_the_folder_and_three_prompts_are_printed(
    mistranslate, tmp_path, capsys
):
    assert mistranslate("배를 먹는 말", "-o", str(tmp_path / "out")) == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["날것.png", "의역.png", "직역.png"]
    for name in names:
        with Image.open(tmp_path / "out" / name) as picture:
            assert picture.size == (64, 64)
    lines = capsys.readouterr().out.splitlines()
    kinds = [line.partition("\t")[0] for line in lines[:3]]
    assert kinds == ["날것", "직역", "의역"] and lines[0].endswith("배를 먹는 말")


def test_as_json_a_line_for_each_reading(mistranslate, tmp_path, capsys):
    assert mistranslate("배를 먹는 말", "--json", "-o", str(tmp_path / "out")) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["reading"] for row in rows] == ["raw", "literal", "fluent"]
    for row in rows:
        assert row["path"] == str(tmp_path / "out" / f"{row['reading']}.png")
        assert row["seed"] == 7 and row["prompt"]


def test_an_empty_phrase_is_refused_with_a_sentence(mistranslate, capsys):
    assert mistranslate("   ") == 2
    assert "비어 있어요" in capsys.readouterr().err
