"""Kiwi as the oracle: every form of the lexicon that it writes otherwise has been judged by hand.

Kiwi is told the class of each stem, because it would guess (듣은). The ending 으니 is left out:
Kiwi does not fit it to the stem at all (던지으니); test_conjugate.py has it.
"""

import csv
from pathlib import Path

import pytest

from pipelines.text import lexicon
from pipelines.text.korean import josa, kiwi
from pipelines.text.korean.conjugate import conjugate

pytestmark = pytest.mark.skipif(
    not kiwi.holder().is_installed, reason="Kiwi is not installed (requirements-korean.txt)"
)

ENDINGS = {
    "은": [("은", "ETM")],
    "을": [("을", "ETM")],
    "던": [("던", "ETM")],
    "음": [("음", "ETN")],
    "어": [("어", "EF")],
    "어요": [("어요", "EF")],
    "어서": [("어서", "EC")],
    "었다": [("었", "EP"), ("다", "EF")],
    "었어요": [("었", "EP"), ("어요", "EF")],
    "습니다": [("습니다", "EF")],
    "으면": [("으면", "EC")],
    "으며": [("으며", "EC")],
    "으면서": [("으면서", "EC")],
    "으세요": [("으세요", "EF")],
    "지요": [("지요", "EF")],
    "고": [("고", "EC")],
    "네": [("네", "EF")],
    "거든": [("거든", "EF")],
    "겠다": [("겠", "EP"), ("다", "EF")],
}
OF_VERBS = {
    "는": [("는", "ETM")],
    "는다": [("는다", "EF")],
    "자": [("자", "EF")],
    "어라": [("어라", "EF")],
    "읍시다": [("읍시다", "EF")],
}
OF_ADJECTIVES = {"구나": [("구나", "EF")], "은데": [("은데", "EC")]}
PARTICLES = {
    "은/는": ("는", "JX"),
    "이/가": ("가", "JKS"),
    "을/를": ("를", "JKO"),
    "과/와": ("와", "JKB"),
    "으로/로": ("로", "JKB"),
    "이랑/랑": ("랑", "JKB"),
    "이나/나": ("나", "JX"),
    "아/야": ("야", "JKV"),
}
REGULAR_TO_KIWI = ("", "르")  # to Kiwi 르 is regular, and 러 what it calls irregular
JUDGED = Path(__file__).with_name("kiwi_differences.tsv")


@pytest.fixture(scope="module")
def reader():
    return kiwi.holder().get()


def judged():
    lines = JUDGED.read_text("utf-8").splitlines()
    return list(csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def stems():
    """Return (dictionary form, class, Kiwi's tag) of everything that conjugates."""
    words = lexicon.builtin()
    rows = [(verb.ko, verb.irregular, "VV") for verb in words.verbs]
    rows += [(adjective.ko, adjective.irregular, "VA") for adjective in words.adjectives]
    rows += [(c.adjective, c.irregular, "VA") for c in words.colours if c.adjective]
    return list(dict.fromkeys(rows))


def written_by_kiwi(reader, lemma, irregular, tag, morphemes):
    before, _, last = lemma.rpartition(" ")
    kind = "R" if irregular in REGULAR_TO_KIWI else "I"
    stem = (last.removesuffix("다"), f"{tag}-{kind}")
    form = reader.join([stem, *morphemes], lm_search=False)
    return f"{before} {form}".strip()


def test_kiwi_conjugates_the_lexicon_as_we_do_but_for_what_was_judged(reader):
    found, forms = [], 0
    for lemma, irregular, tag in stems():
        for ending, morphemes in {
            **ENDINGS,
            **(OF_VERBS if tag == "VV" else OF_ADJECTIVES),
        }.items():
            ours = conjugate(lemma, ending, irregular)
            theirs = written_by_kiwi(reader, lemma, irregular, tag, morphemes)
            forms += 1
            if ours != theirs:
                found.append([lemma, ending, ours, theirs])
    assert forms > 12_000
    assert sorted(found) == sorted(row[:4] for row in judged())


def test_every_difference_was_judged_and_none_is_our_mistake():
    assert judged()
    for row in judged():
        assert len(row) == 6, row
        assert row[4] in ("ours", "both"), row
        assert row[5], row


def test_kiwi_gives_every_noun_the_particles_that_we_give_it(reader):
    found, forms = [], 0
    for noun in dict.fromkeys(noun.ko for noun in lexicon.builtin().nouns):
        for particle, morpheme in PARTICLES.items():
            forms += 1
            theirs = reader.join([(noun, "NNG"), morpheme], lm_search=False)
            if josa.attach(noun, particle) != theirs:
                found.append((noun, particle, theirs))
    assert forms > 8_000
    assert found == []
