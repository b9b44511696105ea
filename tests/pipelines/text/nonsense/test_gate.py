"""What is garbage by its letters, and what only looks like it."""

import pytest

from pipelines.text.nonsense.gate import garbage


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ㅁㄴㅇㄹ", "row"),
        ("qwerty uiop", "row"),
        ("가나다라마바사", "row"),
        ("고노도로모보소", "row"),
        ("1234567890", "row"),
        ("ㅋㅋㅋㅋㅋㅋㅋㅋ", "repeat"),
        ("아아아아아아아", "repeat"),
        ("dkssud gktpdy", "foreign"),
        ("hello world", "foreign"),
        ("먀ㅐ러 ㅁ야ㅐ러", "jamo"),
        ("뷁쀍뛟", "odd"),
        ("?!?!?!", "letters"),
        ("🐙🐙", "letters"),
    ],
)
def test_garbage_is_stopped_and_named(text, key):
    assert garbage(text).key == f"index.garbage.{key}"


@pytest.mark.parametrize(
    "text",
    [
        "비밀색 책상",
        "두억시니가 왔다",
        "떡볶희와 갓생러",
        "2024년 3월 5일 오후 3시 30분에 만나요",
        "물은 100℃에서 끓어요",
        "ㅋㅋㅋㅋ 진짜 웃기다",
        "ㄴㄴ 그거 아님",
        "GPT를 써 봤다",
        "뷔페 갔다 옴",
        "쉬이이잇 조용히 해",
        "사랑!",
        "네",
    ],
)
def test_coined_words_dates_and_chat_pass(text):
    assert garbage(text) is None


def test_a_long_text_is_named_by_its_beginning():
    assert str(garbage("ㅁㄴㅇㄹ" * 50).values["value"]).endswith("…")
