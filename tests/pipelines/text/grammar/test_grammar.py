"""What the grammar engine says: variety, agreement of particles, English, decency."""

import re
import unicodedata
from collections import Counter
from itertools import islice, pairwise

import pytest

from pipelines.contract.phrase import WordKind
from pipelines.contract.requests import TextRequest
from pipelines.text import lexicon
from pipelines.text.engines import say
from pipelines.text.grammar import grammar
from pipelines.text.grammar.frames import FRAMES
from pipelines.text.korean.blocklist import BLOCKED, is_clean


def spoken(count, surprise=1.0, seeds=1):
    """Return many phrases in several streams, as the stream is endless."""
    phrases = []
    for seed in range(seeds):
        stream = grammar.phrases(TextRequest(seed=seed, surprise=surprise))
        phrases += islice(stream, count // seeds)
    return phrases


@pytest.fixture(scope="module")
def crowd():
    return spoken(20_000, seeds=20)


def test_nothing_blocked_arises_in_twenty_thousand_phrases(crowd):
    for phrase in crowd:
        letters = "".join(filter(str.isalnum, phrase.ko))
        assert not [word for word in BLOCKED if word in letters]


def test_the_block_list_catches_what_meets_across_a_space():
    assert not is_clean("다시 발바닥")
    assert is_clean("다시 손바닥")


def test_phrases_of_one_stream_are_all_different(crowd):
    assert len({phrase.ko for phrase in crowd[:1000]}) == 1000


def test_no_frame_follows_itself(crowd):
    for one, other in pairwise(crowd[:1000]):
        assert one.frame != other.frame


def test_every_frame_is_heard_at_every_surprise(crowd):
    assert {phrase.frame for phrase in crowd} == {frame.name for frame in FRAMES}
    assert len(FRAMES) >= 60
    assert len({frame.name for frame in FRAMES}) == len(FRAMES)


def test_every_line_of_every_frame_renders(crowd):
    templates = sum(len(frame.lines) for frame in FRAMES)
    assert templates > len(FRAMES)
    for phrase in crowd:
        assert not set("{}+@") & set(phrase.ko + phrase.en)
        assert "  " not in phrase.ko + phrase.en
        assert phrase.en.isascii()
        assert phrase.words


def test_a_longer_request_begins_like_a_shorter_one():
    assert say(TextRequest(count=10, seed=5)) == say(TextRequest(count=50, seed=5))[:10]


def test_most_phrases_have_something_to_draw(crowd):
    share = sum(any(word.is_drawable for word in phrase.words) for phrase in crowd) / len(crowd)
    assert 0.6 < share < 0.85


def test_words_stand_in_the_sentence_in_their_order(crowd):
    for phrase in crowd[:2000]:
        place = 0
        for word in phrase.words:
            place = phrase.ko.index(word.shown, place) + len(word.shown)


def test_words_say_their_dictionary_form_and_gloss(crowd):
    for phrase in crowd[:2000]:
        for word in phrase.words:
            assert word.en
            if word.kind in (WordKind.VERB, WordKind.ADJECTIVE):
                assert word.ko.endswith("다")


# what may follow a noun or a counter, and the sound it follows: a consonant, a vowel, either
CONSONANT, VOWEL, ROUND, EITHER = "consonant", "vowel", "vowel or ㄹ", "either"
TAILS = {
    **dict.fromkeys(
        "은 이 을 과 아 이여 이라니 이었다 이란 이라는 이세요 이신가요 이올시다 이니라 이라고 "
        "이라도 이에요".split(),
        CONSONANT,
    ),
    **dict.fromkeys(
        "는 가 를 와 야 여 라니 였다 란 라는 세요 신가요 올시다 니라 라고 라도 예요".split(), VOWEL
    ),
    "으로": "consonant but ㄹ",
    "로": ROUND,
    **dict.fromkeys(
        "의 에 에서 에서는 에는 에게 도 만 보다 처럼 까지 마다 만큼 씩 색 인 인가요 입니다 "
        "죠".split(),
        EITHER,
    ),
    "": EITHER,
}


BEGINS = r"(?:(?<=[ “0-9])|(?<=[가-힣]))"  # a blank, a quotation mark, a number, a joined word


def sound(word):
    """Return the last sound by decomposing, which the engine does not do."""
    last = unicodedata.normalize("NFD", word)[-1]
    if last == "\u11af":
        return "ㄹ"
    return "consonant" if "\u11a8" <= last <= "\u11c2" else "vowel"


def agrees(word, tail):
    wanted, heard = TAILS[tail], sound(word)
    if wanted in (CONSONANT, VOWEL):
        return (heard == "vowel") == (wanted == VOWEL)
    if wanted == ROUND:
        return heard != "consonant"
    return heard == "consonant" if wanted == "consonant but ㄹ" else True


def tail_of(text, place):
    return re.match(r"[가-힣]*", text[place:])[0]


def test_particles_follow_the_sound(crowd):
    checked = 0
    for phrase in crowd[:10_000]:
        text, place = f" {phrase.ko}", 0
        for word in phrase.words:
            ends = [
                found.end()
                for found in re.finditer(BEGINS + re.escape(word.shown), text)
                if found.start() >= place
            ]
            # a frame's own words may begin like a noun: “주문하시겠어요?”
            place = next((end for end in ends if tail_of(text, end) in TAILS), ends[0])
            is_joined = phrase.frame == "grown-together"  # a word behind a word, and no particle
            if word.kind in (WordKind.NOUN, WordKind.COUNTER) and not is_joined:
                tail = tail_of(text, place)
                assert agrees(word.ko, tail), phrase.ko
                checked += bool(tail)
    assert checked > 8_000  # the search itself works


def test_ten_thousand_phrases_of_many_seeds_are_nearly_all_different(crowd):
    half = [phrase.ko for phrase in crowd[:10_000]]
    assert len(set(half)) >= 9_800


def test_homographs_and_flat_words_are_not_said(crowd):
    words = lexicon.builtin()
    silent = {noun.ko for noun in words.nouns if not noun.is_spoken}
    said = {word.ko for phrase in crowd for word in phrase.words if word.kind is WordKind.NOUN}
    assert silent
    assert not silent & said


def test_cruel_pairs_do_not_arise(crowd):
    verbs = {verb.ko: verb for verb in lexicon.builtin().verbs}
    nouns = {noun.ko: noun for noun in lexicon.builtin().nouns}
    frames = {frame.name: frame for frame in FRAMES}
    pairs = {
        name
        for name, frame in frames.items()
        if any(getattr(slot, "of", "") in frame.slots for slot in frame.slots.values())
    }
    for phrase in crowd:
        kinds = [word.kind for word in phrase.words]
        if phrase.frame in pairs and kinds.count(WordKind.VERB) == kinds.count(WordKind.NOUN) == 1:
            verb = next(word.ko for word in phrase.words if word.kind is WordKind.VERB)
            noun = next(word.ko for word in phrase.words if word.kind is WordKind.NOUN)
            assert nouns[noun].cat not in verbs[verb].never, phrase.ko


def test_english_articles_fit(crowd):
    for phrase in crowd[:3000]:
        assert not re.search(r"\ba [aeio]", phrase.en.lower()), phrase.en
        assert not re.search(r"\ban [^aeiouh]", phrase.en.lower()), phrase.en


def test_surprise_moves_frames_and_distances():
    wildness = {frame.name: frame.wildness for frame in FRAMES}
    means = []
    for surprise in (0.0, 1.0, 2.0):
        phrases = spoken(600, surprise, seeds=3)
        means.append(sum(wildness[phrase.frame] for phrase in phrases) / len(phrases))
    assert means[0] < means[1] < means[2]


def test_no_noun_wears_out(crowd):
    heard = Counter(
        word.ko for phrase in crowd for word in phrase.words if word.kind is WordKind.NOUN
    )
    assert heard.most_common(1)[0][1] < len(crowd) * 0.03
