"""Does a reply take up its question?"""

from __future__ import annotations

import pytest

from pipelines.text.chat.topic import Link, content, echoes_a_name, link


@pytest.mark.parametrize(
    ("question", "reply", "wanted"),
    [
        ("문어가 뭐야?", "젖은 문어 세 쌍!", Link.WORD),
        ("왜 웃어?", "냉장고가 웃으면 국수가 운다.", Link.WORD),
        ("파란 게 좋아?", "파란 냄새 삼각형", Link.WORD),
        ("문어가 뭐야?", "고래는 착한 뼈다귀", Link.CATEGORY),
        ("문어가 뭐야?", "파란 수학!", Link.NONE),
        ("문어가 뭐야?", "사랑!", Link.NONE),
        ("안녕?", "젖은 문어 세 쌍!", Link.NONE),
        ("🐙?", "문어가 웃는다.", Link.WORD),
    ],
)
def test_words_and_categories_link_a_reply_to_its_question(question, reply, wanted):
    assert link(question, reply) is wanted


def test_content_leaves_particles_and_unknown_words_out():
    assert content("두릅킹은 문어를 왜 삶아?") >= {"문어", "삶다"}
    assert not content("두릅킹?")


def test_unknown_word_comes_back_without_its_particle():
    assert echoes_a_name("두릅킹이랑 놀래?", "두릅킹은 젖은 시계")
    assert not echoes_a_name("두릅킹이랑 놀래?", "젖은 시계")
    assert not echoes_a_name("뷁은?", "뷁!"[:0])
