"""Closed lists: which Korean words behave in a way of their own when they are put into English.

Knows words by their dictionary form. Does nothing with them.
"""

from __future__ import annotations

import re

from pipelines.text.glossing.pieces import CaseRole

MAIN = (
    CaseRole.TOPIC,
    CaseRole.SUBJECT,
    CaseRole.OBJECT,
    CaseRole.BARE,
    CaseRole.COPULA,
    CaseRole.CALL,
)
DOERS = (CaseRole.SUBJECT, CaseRole.TOPIC, CaseRole.CALL)
ADNOMINAL = {
    CaseRole.SUCH: "like",
    CaseRole.LACKING: "without",
    CaseRole.BEING: "that is",
}
PREPOSITIONS = {
    CaseRole.TO: "to",
    CaseRole.FROM: "from",
    CaseRole.UNTIL: "up to",
    CaseRole.WITH: "with",
    CaseRole.LIKE: "like",
    CaseRole.THAN: "more than",
    CaseRole.WITHOUT: "without",
    CaseRole.EVERY: "every",
}
GOING = frozenset(
    "가다 오다 들어가다 들어오다 나가다 올라가다 내려가다 돌아가다 돌아오다 떠나다 도착하다 "
    "걸어가다"
    "뛰어가다 날아가다 달리다 출근하다 넣다 던지다 떨어지다 빠지다 보내다 도망가다 도망치다 "
    "이사하다"
    "뛰어들다 찾아가다".split()
)
ON = frozenset(
    "책상 의자 침대 소파 벽 머리 지붕 나무 잔디 무대 바닥 길 거리 접시 식탁 계단 언덕 산 섬 "
    "등 어깨 다리"
    "옥상 얼굴 이마 식탁보 돗자리 베란다 코 무릎 도마 프라이팬 빵 케이크 지구 달 화성 천장 배 "
    "자전거 말".split()
)
# before another noun these say when, and are no part of its name
DAYS = frozenset(
    "날 월요일 화요일 수요일 목요일 금요일 토요일 일요일 오후 새벽 자정 주말 정오 어제 내일 "
    "하루 새해 첫날".split()
)
TOGETHER = frozenset(("함께", "같이"))
SHARED = frozenset(
    "싸우다 놀다 춤추다 걷다 결혼하다 만나다 대화하다 이야기하다 얘기하다 헤어지다 산책하다 "
    "여행하다"
    "살다 악수하다 키스하다 사귀다 경주하다 대결하다 춤을 추다 전쟁을 하다".split()
)
# "with a horn": these only say that it is there
GROWING = frozenset("달리다 나다 돋다 붙다 물들다 묻다 박히다 담기다".split())
INTO = frozenset("넣다 빠지다 뛰어들다 담다 담그다 담기다 들어가다".split())
OUT_OF = frozenset(
    "떨어지다 나오다 오다 내리다 내려오다 나가다 떠나다 도망치다 도망가다 꺼내다 뛰어내리다".split()
)
YEAR_DIGITS = 4
# what these go through stands as an object in Korean: 하늘을 날다
ROAMING = frozenset(
    "날다 날아다니다 떠다니다 걷다 걸어가다 달리다 뛰다 뛰어가다 헤엄치다 여행하다 돌아다니다 "
    "날아가다"
    "산책하다 헤매다 맴돌다 뛰어다니다 수영하다 누비다 기어가다".split()
)
OPEN = frozenset(
    "하늘 우주 바다 물속 빗속 숲 숲속 공중 구름 밤하늘 안개 눈밭 바닷속 꿈속 방".split()
)
CONSUMED = frozenset(("먹다", "마시다", "입다", "쓰다", "파는"))
SPROUTING = frozenset(
    "냄새 뿔 연기 향기 소리 열 땀 털 빛 맛 윤기 김 싹 새싹 수염 상처 구멍".split()
)
DANGLING = re.compile(r" (?:at|to|for|on|of)$")
HARDLY = "싫다"
ADVERBS = {"fast": "fast", "hard": "hard", "good": "well", "high": "high", "loud": "loudly"}
EXISTING, MISSING, BECOMING, BEING_LIKE, DOING = "있다", "없다", "되다", "같다", "하다"
NOT_DOING = ("않다", "못하다", "말다", "아니다")
WANTING = "싶다"
HELPERS = frozenset(
    "보다 보이다 주다 버리다 놓다 두다 가다 오다 내다 있다 계시다 대다 나다 지다".split()
)
# after these a clause stands by itself: 문을 열 때마다, 줄어든 것은
CLAUSE_ENDS = ("때", "동안", "건", "것", "거", "걸", "게", "전에", "후에", "중", "만큼", "정도")
MANY = ("많은", "수많은")
