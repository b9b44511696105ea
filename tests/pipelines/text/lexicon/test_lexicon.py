"""The data files are right, and mistakes in them are named with their line."""

import json
import shutil
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.small_file import read_small
from pipelines.contract.errors import LexiconError
from pipelines.text import lexicon
from pipelines.text.lexicon.__main__ import main
from pipelines.text.lexicon.schema import SCHEMAS, faults
from playground.messages import Language, explain, table


@pytest.fixture
def folder(tmp_path):
    for name in SCHEMAS:
        shutil.copy(lexicon.FOLDER / f"{name}.jsonl", tmp_path)
    return tmp_path


def write(folder, name, *lines):
    (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def test_the_lexicon_that_ships_has_no_mistakes():
    assert lexicon.mistakes(lexicon.FOLDER) == ()


def test_there_are_enough_words_of_every_kind():
    words = lexicon.builtin()
    assert sum(noun.is_spoken for noun in words.nouns) >= 600
    assert len(words.adjectives) >= 160
    assert len(words.verbs) >= 220
    assert len(words.adverbs) >= 80
    assert len(words.counters) >= 60
    assert len(words.interjections) >= 40
    assert sum(len(getattr(words, name)) for name in SCHEMAS) >= 1_200
    assert sum(noun.is_drawable for noun in words.nouns) >= 270  # what the picture model learned
    assert len({noun.cat for noun in words.nouns}) == len(lexicon.Category)


def test_loading_reads_each_file_once(monkeypatch):
    read = []
    plain = read_small
    note = lambda path, *words: read.append(path) or plain(path, *words)  # noqa: E731
    monkeypatch.setattr("pipelines.text.lexicon.read_small", note)
    lexicon.load(lexicon.FOLDER)
    assert len(read) == len(set(read)) == len(list(lexicon.FOLDER.glob("*.jsonl")))


GOOD = '{"ko": "문어", "en": "octopus", "cat": "동물"}'


@pytest.mark.parametrize(
    ("name", "line", "key"),
    [
        ("nouns", "{oops", "lexicon.json"),
        ("nouns", "[1]", "lexicon.json"),
        ("nouns", '{"en": "octopus", "cat": "동물"}', "lexicon.missing"),
        ("nouns", '{"ko": "오리", "en": "duck", "cat": "동물", "색": 1}', "lexicon.unknown"),
        ("nouns", '{"ko": "오리", "en": "duck", "cat": "새"}', "lexicon.choice"),
        ("nouns", '{"ko": "오리", "en": 3, "cat": "동물"}', "lexicon.kind"),
        ("nouns", '{"ko": "오리", "en": "duck", "cat": "동물", "counters": [1]}', "lexicon.kind"),
        ("nouns", '{"ko": "오리", "en": "오리", "cat": "동물"}', "lexicon.form"),
        ("nouns", '{"ko": "오리{}", "en": "duck", "cat": "동물"}', "lexicon.form"),
        (
            "nouns",
            '{"ko": "새", "en": "bird", "cat": "동물", "counters": ["꽥"]}',
            "lexicon.counter",
        ),
        ("nouns", GOOD, "lexicon.twice"),
        ("verbs", '{"ko": "춤", "en": "dance", "valency": "i", "fits": []}', "lexicon.stem"),
        (
            "verbs",
            '{"ko": "듣다", "en": "hear", "class": "ㅂ", "valency": "t", "fits": []}',
            "lexicon.stem",
        ),
        ("adjectives", '{"ko": "착하다", "en": "kind", "sense": "육감"}', "lexicon.choice"),
        ("colours", '{"ko": "붉은", "noun": "붉음", "en": "red", "hex": "red"}', "lexicon.form"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_and_line(folder, name, line, key):
    good = (folder / f"{name}.jsonl").read_text("utf-8").splitlines()[0]
    first = GOOD if name == "nouns" else good
    write(folder, name, first, "", line)
    with pytest.raises(LexiconError) as caught:
        lexicon.load(folder)
    assert caught.value.key == key
    assert caught.value.values["file"] == f"{name}.jsonl"
    assert caught.value.values["line"] == 3
    for language in Language:
        assert "3" in explain(caught.value, language)


def test_a_missing_file_is_named(folder):
    (folder / "verbs.jsonl").unlink()
    with pytest.raises(LexiconError) as caught:
        lexicon.load(folder)
    assert caught.value.key == "lexicon.file"
    assert "verbs.jsonl" in explain(caught.value, Language.KO)


def test_a_file_that_is_not_utf8_is_named(folder):
    (folder / "verbs.jsonl").write_bytes("우리".encode("euc-kr"))
    assert [mistake.key for mistake in lexicon.mistakes(folder)] == ["lexicon.file"]


def test_all_mistakes_are_listed_not_only_the_first(folder, capsys):
    write(folder, "adverbs", "{", '{"ko": "몰래", "en": "secretly"}')
    assert main([str(folder)]) == 1
    printed = capsys.readouterr().out
    assert "adverbs.jsonl:1: json" in printed
    assert "adverbs.jsonl:2: missing: name=kind" in printed
    assert "2 mistakes" in printed


def test_the_command_counts_when_all_is_well(capsys):
    assert main([]) == 0
    assert "nouns" in capsys.readouterr().out


def test_a_wrong_command_line_is_refused(capsys):
    assert main(["a", "b"]) == 2
    assert "usage" in capsys.readouterr().err


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
NAMES = st.sampled_from([field.name for schema in SCHEMAS.values() for field in schema.fields])


@given(st.dictionaries(NAMES, JSON, max_size=8), st.sampled_from(sorted(SCHEMAS)))
@settings(max_examples=80)
def test_any_object_is_judged_and_every_fault_has_a_sentence(row, name):
    for key, values in faults(row, SCHEMAS[name]):
        assert explain(LexiconError(key, file="x", line=1, **values), Language.EN)


@given(st.text(max_size=80))
@settings(max_examples=100)
def test_any_line_is_read_or_refused(line):
    for name in SCHEMAS:
        row, found = lexicon._parse_line(line, name, set())
        assert found or {"ko", "en"} <= row.keys()


def test_every_key_that_the_lexicon_raises_has_a_row():
    for key in "file json unknown missing kind choice form stem counter twice".split():
        assert f"lexicon.{key}" in table()


def test_a_glossed_word_says_itself_in_ascii():
    for name in SCHEMAS:
        for line in (lexicon.FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines():
            assert json.loads(line)["en"].isascii()


def test_the_text_side_imports_no_heavy_library():
    code = (
        "import sys\n"
        "import pipelines.text.engines, pipelines.text.reading.typed\n"
        "import pipelines.text.lexicon.__main__\n"
        "pipelines.text.reading.typed.typed('파란 문어')\n"
        "heavy = {'torch', 'diffusers', 'transformers', 'gradio', 'PIL', 'numpy', 'kiwipiepy'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
