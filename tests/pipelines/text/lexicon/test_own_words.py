"""A person's own words join those that ship, and their mistakes have a file and a line."""

from itertools import islice

import pytest

from pipelines.contract.errors import LexiconError
from pipelines.contract.requests import TextRequest
from pipelines.text import lexicon
from pipelines.text.grammar.grammar import Grammar
from pipelines.text.lexicon import own
from pipelines.text.lexicon.__main__ import main
from playground.messages import Language, explain

OTTER = '{"ko": "돌고래밥", "en": "dolphin snack", "cat": "먹을것", "counters": ["봉지"]}'


def write(folder, name, *lines):
    (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def test_own_words_are_said(tmp_path):
    write(tmp_path, "nouns", OTTER)
    write(tmp_path, "verbs", '{"ko": "멍때리다", "en": "zone out", "valency": "i", "fits": []}')
    words = own.merge(lexicon.builtin(), tmp_path)
    assert len(words.nouns) == len(lexicon.builtin().nouns) + 1
    request = TextRequest(seed=1, topics=("돌고래밥", "멍때리는"))
    said = list(islice(Grammar(words).phrases(request), 20))
    assert all("돌고래밥" in phrase.ko for phrase in said[::2])
    assert all("멍때" in phrase.ko for phrase in said[1::2])
    assert all(phrase.en and "dolphin snack" in phrase.en.lower() for phrase in said[::2])


def test_an_own_word_wins_and_keeps_its_picture(tmp_path):
    write(tmp_path, "nouns", '{"ko": "문어", "en": "eight-armed friend", "cat": "동물"}')
    words = own.merge(lexicon.builtin(), tmp_path)
    octopus = next(noun for noun in words.nouns if noun.ko == "문어")
    assert (octopus.en, octopus.emoji) == ("eight-armed friend", "🐙")
    assert len(words.nouns) == len(lexicon.builtin().nouns)


def test_an_own_counter_may_be_used_by_an_own_noun(tmp_path):
    write(tmp_path, "counters", '{"ko": "꼬치뭉치", "en": "skewer bunch", "cats": ["먹을것"]}')
    write(tmp_path, "nouns", OTTER.replace("봉지", "꼬치뭉치"))
    assert own.mistakes(lexicon.builtin(), tmp_path) == ()


@pytest.mark.parametrize(
    ("name", "line", "key"),
    [
        ("nouns", '{"ko": "구름빵", "en": "cloud bread", "cat": "빵"}', "lexicon.choice"),
        ("nouns", OTTER[:-1] + ', "emoji": "🐬"}', "lexicon.drawable"),
        ("verbs", "[]", "lexicon.json"),
        ("adverbs", '{"ko": "멍", "en": "blank", "kind": "때", "mood": "x"}', "lexicon.choice"),
    ],
)  # fmt: skip
def test_a_mistake_has_a_file_and_a_line(tmp_path, name, line, key):
    write(tmp_path, name, "", line)
    (mistake,) = own.mistakes(lexicon.builtin(), tmp_path)
    assert (mistake.key, mistake.values["file"], mistake.values["line"]) == (
        key,
        f"{name}.jsonl",
        2,
    )
    with pytest.raises(LexiconError):
        own.merge(lexicon.builtin(), tmp_path)
    for language in Language:
        assert "2" in explain(mistake, language)


def test_a_file_of_an_unknown_name_and_a_missing_folder_are_named(tmp_path):
    write(tmp_path, "animals", OTTER)
    (mistake,) = own.mistakes(lexicon.builtin(), tmp_path)
    assert mistake.key == "lexicon.name"
    assert "nouns.jsonl" in explain(mistake, Language.KO)
    (mistake,) = own.mistakes(lexicon.builtin(), tmp_path / "nowhere")
    assert mistake.key == "lexicon.file"


def test_the_command_checks_own_words(tmp_path, capsys):
    write(tmp_path, "nouns", OTTER)
    assert main(["--own", str(tmp_path)]) == 0
    write(tmp_path, "nouns", OTTER, OTTER)
    assert main(["--own", str(tmp_path)]) == 1
    assert "nouns.jsonl:2: twice" in capsys.readouterr().out
    assert main(["--own"]) == 2
