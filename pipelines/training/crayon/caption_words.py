"""Words that captions are padded with: nothing here has a picture.

The text encoder has to learn which words to ignore, so these stand around the drawable ones at
random. Data only. No word here may be a drawable noun or a colour.
"""

from __future__ import annotations

ADJECTIVES = tuple(
    "용감한 배고픈 똑똑한 멍청한 비싼 새로운 뻔뻔한 조용한 짭짤한 느린 우아한 진지한 바삭한 늠름한 "
    "친절한 까칠한 정직한 허무한 평범한 신비로운 지루한 건방진 무례한 영원한 가난한 부유한 겸손한 "
    "잘생긴 못생긴 마른 무거운 가벼운 딱딱한 부드러운".split()
)

ABSTRACT = tuple(
    "사랑 우정 냄새 소리 꿈 철학 침묵 그림자 시간 미래 과거 어제 내일 월요일 비밀 거짓말 진실 농담 "
    "외로움 행복 슬픔 분노 용기 평화 자유 정의 운명 우연 기억 추억 질투 욕심 희망 절망 영혼 생각 "
    "이유 의미 질문 대답 노래 춤 시 소설 수학 역사 과학 정치 경제 월급 숙제 시험 방학 휴가 인생 "
    "죽음 탄생 이별 만남 약속 후회 고백 변명 소문 유행 전설 기적 마법 저주 축복 예의 양심 체면 "
    "자존심 호기심 의심 긴장 여유 게으름 잠 하품 재채기 방귀 트림 웃음 눈치 온도 무게 속도 방향 "
    "중력 우리 엄마 할머니 사장님 선생님 대통령 동생 이웃 친구".split()
)

PLACES = tuple(
    "콧구멍 겨드랑이 배꼽 냉장고 지하철 옥상 화장실 교실 회사 마음 머릿속 꿈속 주머니 서랍 골목 "
    "천국 지옥 부엌 시장 무릎 목욕탕 편의점 병원 은행 도서관 뒷동산".split()
)

INTRANSITIVE = tuple(
    "웃었다 울었다 잔다 춤춘다 노래한다 하품했다 도망갔다 사라졌다 폭발했다 날아갔다 넘어졌다 "
    "고민한다 명상한다 결혼했다 이혼했다 퇴근했다 졸았다 방황한다 기뻐한다 후회한다 녹았다 "
    "태어났다 걸어간다 투덜거린다 반짝인다 잤다 떠났다 재채기했다 있다 없다 온다 갔다 보인다 "
    "나타났다".split()
)

TRANSITIVE = tuple(
    "훔쳤다 먹었다 사랑한다 미워한다 던졌다 숨겼다 만났다 기다린다 그리워한다 삼켰다 팔았다 샀다 "
    "빌렸다 무시한다 안았다 쳐다본다 의심한다 용서했다 질투한다 가르친다 업었다 핥았다 발견했다 "
    "초대했다 협박했다 칭찬했다 위로했다 따라간다 꿈꾼다 낳았다".split()
)

MODIFYING_VERBS = tuple(
    "춤추는 노래하는 도망가는 생각하는 하품하는 걷는 뛰는 날아가는 사라진 잊혀진 버려진 "
    "고민하는 기도하는 방황하는 재채기하는".split()
)

ADVERBS = tuple(
    "갑자기 몰래 천천히 영원히 다시 결국 어쩌면 아마도 매우 너무 정말 가끔 항상 문득 벌써 아직 "
    "드디어 하필 굳이 괜히 살며시 마침내 오늘도".split()
)

DEGREES = ("아주", "매우", "너무", "정말", "진짜", "조금", "엄청", "꽤", "무척")

ODD_COUNTERS = tuple("스푼 리터 그램 미터 초 평 원 도 마일 볼트 박자 페이지 방울 모금 인분".split())
NUMBERS = tuple("한 두 세 네 다섯 여섯 일곱 열 백 천".split())
ENDINGS = ("", "", "", "", "!", ".", "?", "...", "!!", "~", " ㅋㅋ")

# Plain syllables to make up words from that mean nothing at all.
SYLLABLES = tuple(
    "가나다라마바사아자차카타파하거너더러머버서어저고노도로모보소오조구누두루무부수우주기니디리미비시이지"
)
