"""The index without Kiwi: an estimate from the lexicon and a list of everyday words.

Knows what clashes and what everybody says every day; it cannot know how rare a combination of
other words is, so a verdict made of it says that it is an estimate. Standard library only.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import fmean

from pipelines.text.grammar.distance import UNSEEN, distance
from pipelines.text.lexicon import Noun
from pipelines.text.nonsense.clashes import Clash
from pipelines.text.nonsense.eojeol import EojeolUnit

NAMES = ("clash", "clash_share", "everyday", "gap", "known", "unseen")
MOST_CLASH = 3
# beginnings of eojeol that stand in what people say, hardly ever in what the engines do
EVERYDAY = tuple(
    "나는 나도 내가 너 저는 저기 저희 우리 그 이 저 그건 그게 그래 그런 이런 이거 그거 "
    "거기 여기 어디 누구 뭐 왜 어떻 언제 오늘 어제 내일 아침 점심 저녁 지금 아까 이따 "
    "나중 벌써 이제 아직 다시 자꾸 계속 너무 정말 진짜 아주 매우 조금 좀 잘 못 안 더 다 "
    "또 같이 함께 먼저 일단 바로 모두 많이 있 없 하 해 했 할 한다 되 돼 됐 된 될 않 "
    "아니 같 것 거 수 때 줄 뿐 만큼 때문 위해 대해 따라 통해 보다 보니 보고 봤 가고 갔 "
    "가서 가는 갈 오고 왔 와서 오는 사 샀 먹었 먹고 먹을 마시 알 모르 생각 말 사람 집 "
    "학교 회사 병원 친구 엄마 아빠 동생 아이 시간 년 월 일이 번 개 명 시에 분 시작 끝나 "
    "만들 만나 찾 놓 두고 나와 나오 들어 싶 주세요 주시 드리 감사 미안 죄송 괜찮 좋 싫 "
    "예쁘 크 작 새로 오래 빨리 천천히 천 만 백 첫 둘 셋 두 세".split()
)


def features(sentence: Sequence[EojeolUnit], found: Sequence[Clash]) -> tuple[float, ...]:
    """Return the numbers of one sentence, in the order of NAMES."""
    nouns = [piece.entry for piece in sentence if isinstance(piece.entry, Noun)]
    gaps = [distance(one.cat, other.cat) for one, other in combinations(nouns, 2)]
    weight = min(MOST_CLASH, sum(clash.weight for clash in found))
    known = sum(piece.entry is not None for piece in sentence)
    return (
        float(weight),
        weight / len(sentence),
        sum(piece.text.startswith(EVERYDAY) for piece in sentence) / len(sentence),
        fmean(gaps) if gaps else 0.0,
        known / len(sentence),
        float(sum(noun.cat in UNSEEN for noun in nouns)),
    )
