"""What a seed draws: wildcards from files, variants in braces."""

from __future__ import annotations

import collections
import itertools
import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import DiskError
from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt import word_lists
from pipelines.image.prompt.variants import draw_variants
from pipelines.image.prompt.wildcards import draw_wildcards
from pipelines.image.prompt.word_lists import MAX_BYTES, WordLists
from playground.messages import Language, explain


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "wildcards"
    (root / "food" / "sweet").mkdir(parents=True)
    (root / "animal.txt").write_text("cat\n\n  dog  \n# note\n", encoding="utf-8")
    (root / "food" / "fruit.txt").write_text("apple\nkiwi # green\n", encoding="utf-8")
    (root / "food" / "animal.txt").write_text("lamb\n", encoding="utf-8")
    (root / "food" / "sweet" / "v1.2.txt").write_text("__fruit__ cake\n", encoding="utf-8")
    (root / "loop.txt").write_text("__loop__\n", encoding="utf-8")
    (root / "twice.txt").write_text("__twice__ __twice__\n", encoding="utf-8")
    (root / "empty.txt").write_text("# nothing\n\n", encoding="utf-8")
    (root / unicodedata.normalize("NFD", "동물.txt")).write_text("#ff0000색 곰", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret\n", encoding="utf-8")
    return root


def draw(text, folder=None, seed=1):
    return draw_wildcards(text, WordLists(folder).words, random.Random(seed))


def drawn(text, folder=None):
    return {draw(text, folder, seed) for seed in range(40)}


def test_every_word_of_a_list_can_be_drawn(folder):
    assert drawn("a __animal__!", folder) == {"a cat!", "a dog!"}


def test_each_occurrence_is_drawn_by_itself(folder):
    assert len(drawn("__animal____animal__", folder)) == 4


def test_same_seed_draws_the_same(folder):
    text = "__animal__ {a|b|c} __fruit__ {2$$x|y|z}"
    assert draw(text, folder, 5) == draw(text, folder, 5)
    assert len(drawn(text, folder)) > 10


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("fruit", {"apple", "kiwi"}),
        ("food/fruit", {"apple", "kiwi"}),
        ("food/animal", {"lamb"}),
        ("animal", {"cat", "dog"}),  # of two the one nearer to the top
        ("v1.2", {"apple cake", "kiwi cake"}),
        ("food/sweet/v1.2", {"apple cake", "kiwi cake"}),
        ("동물", {"#ff0000색 곰"}),
    ],
)
def test_list_is_found_by_name_anywhere(folder, name, words):
    assert drawn(f"__{name}__", folder) == words


def test_of_two_lists_the_less_deep_one_counts(tmp_path):
    for path, word in (("a/deep/x.txt", "deep"), ("b/x.txt", "shallow"), ("c/x.txt", "later")):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(word, encoding="utf-8")
    assert WordLists(tmp_path).words("x") == ("shallow",)


def test_name_and_file_may_be_decomposed_as_on_a_mac(folder):
    name = unicodedata.normalize("NFD", "동물")
    assert WordLists(folder).words(name) == ("#ff0000색 곰",)


@pytest.mark.parametrize("name", ["../secret", "food/../../secret", "/etc/passwd", "food//fruit"])
def test_path_that_leads_out_is_refused(folder, name):
    with pytest.raises(InvalidRequest) as caught:
        draw(f"__{name}__", folder)
    assert caught.value.key == "prompt.wildcard.path"


def test_link_that_leads_out_is_not_seen(folder):
    (folder / "out.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "up").symlink_to(folder.parent)
    assert not {"out", "up/secret"} & set(WordLists(folder).names())
    with pytest.raises(InvalidRequest):
        draw("__secret__", folder)


def test_missing_list_names_the_nearest_and_is_never_the_plain_word(folder):
    with pytest.raises(InvalidRequest) as caught:
        draw("__anmal__", folder)
    assert caught.value.key == "prompt.wildcard.unknown"
    assert caught.value.values["nearest"] == "animal"


def test_without_lists_the_sentence_says_so(tmp_path):
    for nothing in (None, tmp_path, tmp_path / "missing"):
        with pytest.raises(InvalidRequest) as caught:
            draw("__animal__", nothing)
        assert caught.value.key == "prompt.wildcard.none"


def test_empty_list_is_refused(folder):
    with pytest.raises(InvalidRequest) as caught:
        draw("__empty__", folder)
    assert caught.value.key == "prompt.wildcard.empty"


@pytest.mark.parametrize(
    ("name", "key"), [("loop", "prompt.wildcard.deep"), ("twice", "prompt.long")]
)
def test_lists_that_call_each_other_without_end_are_refused(folder, name, key):
    with pytest.raises(InvalidRequest) as caught:
        draw(f"__{name}__", folder)
    assert caught.value.key == key


def test_sixty_four_rounds_are_enough_for_what_ends(tmp_path):
    for place in range(63):
        (tmp_path / f"n{place}.txt").write_text(f"__n{place + 1}__", encoding="utf-8")
    (tmp_path / "n63.txt").write_text("end", encoding="utf-8")
    assert draw("__n1__", tmp_path) == "end"


def test_list_of_huge_lines_does_not_make_a_huge_prompt(tmp_path):
    (tmp_path / "a.txt").write_text("x" * 100_000, encoding="utf-8")
    with pytest.raises(InvalidRequest) as caught:
        draw("__a__", tmp_path)
    assert caught.value.key == "prompt.long"


def test_large_or_broken_list_is_refused(folder):
    (folder / "large.txt").write_bytes(b"a\n" * (MAX_BYTES // 2 + 1))
    (folder / "broken.txt").write_bytes(b"a\n\x00\n")
    for name, key in (("large", "prompt.file.large"), ("broken", "prompt.file.binary")):
        with pytest.raises(InvalidRequest) as caught:
            draw(f"__{name}__", folder)
        assert caught.value.key == key


def test_list_that_went_away_is_a_disk_error(folder):
    lists = WordLists(folder)
    assert "animal" in lists.names()
    (folder / "animal.txt").unlink()
    with pytest.raises(DiskError):
        lists.words("animal")


@pytest.mark.parametrize(
    "text",
    [
        "a_b",
        "__",
        "____",
        "________",
        "__ __",
        "_x_",
        "__a\nb__",
        r"\__x__",
        r"__x\__",
        r"\_\_x\_\_",
    ],
)
def test_what_names_no_list_is_text(text):
    assert draw(text) == text


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("{a|b}", {"a", "b"}),
        ("{a|}x", {"ax", "x"}),
        ("{a|{b|c}}", {"a", "b", "c"}),
        ("{2$$a|b}", {"a, b", "b, a"}),
        ("{2$$ and $$a|b}", {"a and b", "b and a"}),
        ("{1-2$$a|b}", {"a", "b", "a, b", "b, a"}),
        ("{0-1$$a|b}", {"", "a", "b"}),
        ("{2-1$$a|b}", {"a", "b", "a, b", "b, a"}),
        ("{2$${a|b}|c}", {"a, c", "b, c", "c, a", "c, b"}),
        ("{3-$$a|b|c}", set(map(", ".join, itertools.permutations("abc")))),
        ("{2-$$a|b}", {"a, b", "b, a"}),
        ("{-2$$a|b}", {"a", "b", "a, b", "b, a"}),
        ("{ 2 $$a|b}", {"a, b", "b, a"}),
        ("{2$$ | $$a|b}", {"a | b", "b | a"}),
        ("[{2$$|$$a|b}]", {"[a|b]", "[b|a]"}),
        ("{~a|b}", {"a", "b"}),
        ("{~2$$a|b}", {"a, b", "b, a"}),
        ("{3::red|1::blue} hat", {"red hat", "blue hat"}),
        ("{0.5::red|.5::blue}", {"red", "blue"}),
        ("{0::red|blue|2.::green}", {"blue", "green"}),
        ("{2$$0::a|b|3::c}", {"b, c", "c, b"}),
        ("{1::{a|b}|0::c}", {"a", "b"}),
        ("{ 2 :: a}", {" a"}),
        ("${5|10}", {"$5", "$10"}),
        ("{[a|b]|c}", {"[a|b]", "c"}),  # a bar inside an alternation belongs to that
        ("[{a|b}|c]", {"[a|c]", "[b|c]"}),
        ("{a [b|c}", {"a [b", "c"}),
        ("{a] b|c}", {"a] b", "c"}),
        # no variants
        ("{a}", {"{a}"}),
        ("{prompt}", {"{prompt}"}),
        ("{a|b", {"{a|b"}),
        ("a|b}", {"a|b}"}),
        (r"\{a|b\}", {r"\{a|b\}"}),
        ("{[a|b]}", {"{[a|b]}"}),
        ("{{a|b}}", {"{a}", "{b}"}),
        ("{@name}", {"{@name}"}),
        ("{!}", {"{!}"}),
        (r"{\@a|\@a}", {r"\@a"}),
        ("${x}", {"${x}"}),  # variables are looked at apart
        ("${x={a|b}}", {"${x={a|b}}"}),
    ],
)
def test_variants(text, results):
    assert {draw_variants(text, random.Random(seed)) for seed in range(80)} == results


def test_more_variants_than_there_are_is_refused():
    with pytest.raises(InvalidRequest) as caught:
        draw_variants("{3$$a|b}", random.Random(1))
    assert caught.value.values == {"wanted": 3, "options": 2}


def test_option_is_drawn_as_often_as_its_weight_says():
    counts = collections.Counter(
        draw_variants("{3::red|1::blue}", random.Random(seed)) for seed in range(2_000)
    )
    assert 1_400 < counts["red"] < 1_600


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{@a|b}", "lots.sampler"),
        ("{!a|b}", "lots.sampler"),
        ("{ @2$$a|b}", "lots.sampler"),
        ("{!__animal__}", "lots.sampler"),
        ("__@animal__", "lots.sampler"),
        ("{$$a|b}", "lots.unread"),
        ("{-$$a|b}", "lots.unread"),
        ("{x$$a|b}", "lots.unread"),
        ("%{a $$ b}", "lots.unread"),
        ("{% if x %}a{% endif %}", "lots.unread"),
        ("__animal(size=big)__", "lots.unread"),
        ("${x=a", "lots.unread"),
        ("{-1::a|b}", "variants.weight"),
        ("{9999999999::a|b}", "variants.weight"),
        ("{0::a|0::b}", "variants.few"),
        ("{999999999999999999999$$a|b}", "variants.few"),
        ("{3-$$a|b}", "variants.few"),
        ("{3$$__animal__}", "variants.few"),
        ("{101$$" + "|".join("a" * 200) + "}", "variants.many"),
        ("${x}", "variable.unknown"),
        ("a ${y} ${y=1}", "variable.unknown"),
        ("__b*__", "wildcard.far"),
        ("__sea life__", "wildcard.far"),
        ("__no 'such', list & co.__", "wildcard.far"),
        ("__{a}__", "wildcard.far"),
        ("__없는 목록__", "wildcard.far"),
        ("__" + "*" * 5_000 + "a__", "wildcard.far"),
        ("__**/**/**/**/**/a__", "wildcard.path"),
        ("${x=${x}}${x}", "wildcard.deep"),
        ("${a=${a}${a}}${a}", "long"),
        ("${x=!" * 40 + "a" + "}" * 40 + "${x}", "wildcard.deep"),
    ],
)
def test_what_is_not_read_is_refused_and_never_drawn_as_words(folder, text, key):
    with pytest.raises(InvalidRequest) as caught:
        draw(text, folder)
    assert caught.value.key == f"prompt.{key}"
    assert all(explain(caught.value, language) for language in Language)


@pytest.mark.parametrize(
    "name", ["sea life", "새 & 물고기", 'b\'q "x"', "a, b (old)", "1+1=2", "v1.2!", "x_y", "[a]"]
)
@pytest.mark.parametrize("place", ["{}", "deep dir/{}"])
def test_list_of_any_name_is_drawn(tmp_path, name, place):
    path = tmp_path / f"{place.format(name)}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text("fish", encoding="utf-8")
    assert draw(f"a __{name}__!", tmp_path) == "a fish!"
    assert draw(f"a __{place.format(name)}__!", tmp_path) == "a fish!"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("an*", {"cat", "dog", "lamb"}),
        ("*n?mal", {"cat", "dog", "lamb"}),
        ("food/*", {"apple", "kiwi", "lamb"}),
        ("food/f[a-r]*", {"apple", "kiwi"}),
        ("food/**", {"apple", "kiwi", "lamb", "apple cake", "kiwi cake"}),
        ("**/v1.2", {"apple cake", "kiwi cake"}),
        ("~animal", {"cat", "dog"}),
    ],
)
def test_star_means_every_list_that_fits(folder, name, words):
    assert drawn(f"__{name}__", folder) == words


def test_lists_that_fit_a_star_are_bounded_together(folder, monkeypatch):
    monkeypatch.setattr(word_lists, "MAX_GLOB_BYTES", 4)
    with pytest.raises(InvalidRequest) as caught:
        draw("__an*__", folder)
    assert caught.value.key == "prompt.wildcard.wide"


@pytest.mark.parametrize("file", ["animals.yaml", "animals.YML", "animals.json"])
def test_collection_of_another_form_is_told(tmp_path, file):
    (tmp_path / file).write_text("animals:\n  - cat\n", encoding="utf-8")
    with pytest.raises(InvalidRequest) as caught:
        draw("__animals__", tmp_path)
    assert (caught.value.key, caught.value.values["file"]) == ("prompt.wildcard.other", file)


def test_lines_of_a_list_may_have_weights(tmp_path):
    (tmp_path / "hat.txt").write_text("9::red\n0::blue\n1::green\n", encoding="utf-8")
    assert drawn("__hat__", tmp_path) == {"red", "green"}
    assert drawn("{2$$__hat__}", tmp_path) == {"red, green", "green, red"}


def test_several_lines_of_a_list_are_different_ones(folder):
    assert drawn("{2$$__animal__}", folder) == {"cat, dog", "dog, cat"}
    assert drawn("{2$$ and $$__animal__}", folder) == {"cat and dog", "dog and cat"}
    assert drawn("{1-$$__animal__}", folder) == {"cat", "dog", "cat, dog", "dog, cat"}


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("${x=cat}a ${x}, ${x}", {"a cat, cat"}),
        ("${ x = cat }${x}", {"cat"}),
        ("${털색=!{a|b}}${털색}${털색}", {"aa", "bb"}),
        ("${x={a|b}}${x}${x}", {"aa", "ab", "ba", "bb"}),
        ("${x=a}${x=b}${x}", {"b"}),
        ("${x=a}${x?=b}${x}${y?=c}${y}", {"ac"}),
        ("${x:grey}", {"grey"}),
        ("${x:{a|b}}", {"a", "b"}),
        ("${x}!".replace("x", "x:a"), {"a!"}),
        ("${x=animal}__${x}__", {"cat", "dog"}),
        ("{a${x=1}|b${x=2}}${x}", {"a1", "b2"}),
        ("{${x=1}|${x=1}}{${x}|${x}}", {"1"}),
        (r"\${x}", {r"\${x}"}),
        ("$ {x} $5 {a}", {"$ {x} $5 {a}"}),
    ],
)
def test_variables(folder, text, results):
    assert drawn(text, folder) == results


def test_list_of_an_option_that_was_not_drawn_is_not_needed():
    assert "plain" in {
        draw_wildcards("{plain|__x__}", lambda name: (name,), random.Random(seed))
        for seed in range(20)
    }
    assert draw("{plain|plain}") == "plain"


@pytest.mark.parametrize("sign", ["{", "}", "{a|", "[", "{[", "{|}", "|", "\\", "__", "{[|"])
def test_ten_thousand_brackets_are_read(sign):
    text = sign * 10_000
    assert len(draw_variants(text, random.Random(1))) <= len(text)


def test_deep_nests_are_read():
    deep = 5_000
    assert draw_variants("{a|" * deep + "b" + "}" * deep, random.Random(1)) in ("a", "b")


SIGNS = [*"{}[]|$12-_\\ ab%@!~:=?", "__a__", "2$$", "{a|b}", "${x", "0.5::", "__b*__"]
LEFT = re.compile(r"(?<!\\)(?:\\\\)*(?:__\w+__|\$\{\w+\}|\{[ab]\|[ab]\})")


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(SIGNS)).map("".join)), st.integers(0, 2**63 - 1)
)
def test_any_text_is_drawn_the_same_twice_or_refused(text, seed):
    def once():
        return draw_wildcards(text, lambda name: ("x", "y"), random.Random(seed))

    try:
        found = once()
    except InvalidRequest:
        return
    assert found == once()
    assert not LEFT.search(found)
