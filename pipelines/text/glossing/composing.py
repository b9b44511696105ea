"""Pieces become English: who, doing what, to what, where; as a picture's caption says it.

Knows word order on both sides: modifiers before a Korean noun, the verb at the end. A caption is
wanted and no translation: verbs become "-ing", tense goes, nobody says "I". Does not read Korean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.text.english import ON_TOP, third
from pipelines.text.glossing.pieces import Gloss, Part, Piece, Role, Shape
from pipelines.text.glossing.spelling import ing, participle
from pipelines.text.glossing.things import Count, Thing
from pipelines.text.lexicon import Verb

MAIN = (Role.TOPIC, Role.SUBJECT, Role.OBJECT, Role.BARE, Role.COPULA, Role.CALL)
DOERS = (Role.SUBJECT, Role.TOPIC, Role.CALL)
ADNOMINAL = {
    Role.SUCH: "like",
    Role.LACKING: "without",
    Role.BEING: "that is",
}
PREPOSITIONS = {
    Role.TO: "to",
    Role.FROM: "from",
    Role.UNTIL: "up to",
    Role.WITH: "with",
    Role.LIKE: "like",
    Role.THAN: "more than",
    Role.WITHOUT: "without",
    Role.EVERY: "every",
}
GOING = frozenset(
    "가다 오다 들어가다 들어오다 나가다 올라가다 내려가다 돌아가다 돌아오다 떠나다 도착하다 걸어가다 "
    "뛰어가다 날아가다 달리다 출근하다 넣다 던지다 떨어지다 빠지다 보내다 도망가다 도망치다 이사하다 "
    "뛰어들다 찾아가다".split()
)
ON = frozenset(
    "책상 의자 침대 소파 벽 머리 지붕 나무 잔디 무대 바닥 길 거리 접시 식탁 계단 언덕 산 섬 등 어깨 다리 "
    "옥상 얼굴 이마 식탁보 돗자리 베란다 코 무릎 도마 프라이팬 빵 케이크 지구 달 화성 천장 배 자전거 말".split()
)
# before another noun these say when, and are no part of its name
DAYS = frozenset(
    "날 월요일 화요일 수요일 목요일 금요일 토요일 일요일 오후 새벽 자정 주말 정오 어제 내일 하루 새해 첫날".split()
)
TOGETHER = frozenset(("함께", "같이"))
SHARED = frozenset(
    "싸우다 놀다 춤추다 걷다 결혼하다 만나다 대화하다 이야기하다 얘기하다 헤어지다 산책하다 여행하다 "
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
    "날다 날아다니다 떠다니다 걷다 걸어가다 달리다 뛰다 뛰어가다 헤엄치다 여행하다 돌아다니다 날아가다 "
    "산책하다 헤매다 맴돌다 뛰어다니다 수영하다 누비다 기어가다".split()
)
OPEN = frozenset("하늘 우주 바다 물속 빗속 숲 숲속 공중 구름 밤하늘 안개 눈밭 바닷속 꿈속 방".split())
CONSUMED = frozenset(("먹다", "마시다", "입다", "쓰다", "파는"))
SPROUTING = frozenset("냄새 뿔 연기 향기 소리 열 땀 털 빛 맛 윤기 김 싹 새싹 수염 상처 구멍".split())
DANGLING = re.compile(r" (?:at|to|for|on|of)$")
HARDLY = "싫다"
ADVERBS = {"fast": "fast", "hard": "hard", "good": "well", "high": "high", "loud": "loudly"}
EXISTING, MISSING, BECOMING, BEING_LIKE, DOING = "있다", "없다", "되다", "같다", "하다"
NOT_DOING = ("않다", "못하다", "말다", "아니다")
WANTING = "싶다"
HELPERS = frozenset(
    "보다 보이다 주다 버리다 놓다 두다 가다 오다 내다 있다 계시다 대다 나다 지다".split()
)


@dataclass(slots=True)
class Composer:
    """Walks through the pieces of a text and makes clauses of them."""

    pieces: Sequence[Piece]
    clauses: list[str] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)  # times, cries: said once at the end
    things: list[Thing] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)  # what the subject is doing
    adjectives: list[str] = field(default_factory=list)
    relative: list[str] = field(default_factory=list)
    owner: str = ""
    joined: list[str] = field(default_factory=list)
    count: Count | None = None
    open: Thing | None = None
    adverbs: list[str] = field(default_factory=list)
    degree: str = ""
    is_negative: bool = False
    has_unread: bool = False  # since the clause began
    place: int = 0

    def compose(self) -> tuple[str, ...]:
        """Return the parts of the caption, the important ones first."""
        while self.place < len(self.pieces):
            piece = self.pieces[self.place]
            self.place += 1
            _STEPS.get(piece.part, Composer._skip)(self, piece)
        self._end()
        return tuple(dict.fromkeys((*self.clauses, *self.extras)))

    # ---- words

    def _unread(self, _piece: Piece) -> None:
        self._flush()
        self.has_unread = True

    def _skip(self, piece: Piece) -> None:
        if piece.role is Role.BARE or piece.gloss.en:
            return
        if self.open is not None:
            self._close(self.open, piece.role)  # a particle by itself: 🐙가
        elif self.count is not None:
            if self.count.number[:1].isdigit() and piece.role is Role.PLACE:
                self.extras.append(f"at {self.count.number}")  # 12:30에
            self.count = None

    def _stop(self, piece: Piece) -> None:
        if piece.surface in ",;/·、":
            if self.open is not None and not self.things and not self.phrases:
                self.joined_list()
            return
        self._end()

    def joined_list(self) -> None:
        """End an item of a list: "사과, 배, 감"."""
        self._end()

    def _cry(self, piece: Piece) -> None:
        if piece.gloss.en:
            self._flush()
            self.extras.append(piece.gloss.en)

    def _time(self, piece: Piece) -> None:
        if self.open is not None and self.open.noun.ko in DAYS:
            self.extras.append(self.open.text())
            self.open = None
        self._flush()
        self.extras.append(piece.gloss.en)

    def _negation(self, _piece: Piece) -> None:
        self._flush()
        self.is_negative = True

    def _degree(self, piece: Piece) -> None:
        self.degree = "very" if piece.gloss.ko not in ("약간", "조금") else "slightly"
        self._flush()

    def _adverb(self, piece: Piece) -> None:
        self._flush()
        self.adverbs.append(piece.gloss.en)

    def _number(self, piece: Piece) -> None:
        count = Count(piece.gloss.en)
        following = self._next()
        if following is not None and following.part is Part.COUNTER:
            count.counter = following.gloss
            self.place += 1
            if following.gloss.ko == "년" and len(count.number) == YEAR_DIGITS:
                self.extras.append(count.number)
                return
            self._counted(count, following.role)
        elif self.open is not None and following is None:
            self._counted(count, Role.BARE)  # 고양이 둘
        else:
            self._flush()
            self.count = count

    def _counted(self, count: Count, role: Role) -> None:
        """Give a count to the noun before it, or keep it for the one that follows."""
        following = self._next()
        is_ahead = role in (Role.OF, Role.BARE) and self._noun_follows()
        if self.open is not None and self.open.count is None:
            self.open.count = count
            if role is not Role.BARE:
                self._close(self.open, role)
            elif following is not None and following.part is Part.NOUN:
                self._flush()
        elif is_ahead:
            self.count = count
        elif self.things and self.things[-1].count is None and self.things[-1].role in MAIN:
            self.things[-1].count = count  # 고양이가 세 마리
        else:
            self.extras.append(count.measure())

    def _counter(self, _piece: Piece) -> None:
        """A counter without a number says nothing."""

    def _noun(self, piece: Piece) -> None:
        thing = Thing(piece.gloss, role=piece.role, is_many=piece.is_many)
        following = self._next()
        has_particle = following is not None and following.part is Part.SKIP and following.role
        is_awaited = self.relative or self.adjectives or self.count
        if not piece.surface[0].isalnum() and not has_particle and not is_awaited:
            self._flush()  # an emoji that only stands there
            self.extras.append(thing.text())
            return
        if self.open is not None and self.open.noun.ko in DAYS:
            self.extras.append(self.open.text())
            self.open = None
        if self.open is not None:  # nouns that stand together are one: 토끼 모자
            thing.before = [self.open.short()]
            thing.after, thing.owner = self.open.after, self.open.owner
            thing.others, thing.count = self.open.others, self.open.count
            self.open = None
        thing.before += self.adjectives
        thing.after += self.relative
        thing.owner = thing.owner or self.owner
        thing.others += self.joined
        thing.count = thing.count or self.count
        self.adjectives, self.relative, self.joined = [], [], []
        self.owner, self.count, self.degree = "", None, ""
        self.open = thing
        if piece.role is not Role.BARE:
            self._close(thing, piece.role)

    def _close(self, thing: Thing, role: Role) -> None:
        """Put a noun phrase where its particle says."""
        self.open = None
        thing.role = role
        if role is Role.OF:
            self._own(thing)
        elif role is Role.AND and self._shared_verb_follows():
            thing.role = Role.WITH  # 용과 싸우는
            self.things.append(thing)
        elif role is Role.AND:
            self.joined.append(thing.text())
        elif role in ADNOMINAL:
            self.relative.append(f"{ADNOMINAL[role]} {thing.text()}")
        elif role is Role.AT_PLACE:
            self.relative.append(f"{_where(thing, '')} {_there(thing)}")
        elif role is Role.COPULA:
            self.things.append(thing)
        else:
            self.things.append(thing)

    def _own(self, thing: Thing) -> None:
        if thing.noun.en in ("my", "your", "our"):
            self.owner = thing.noun.en
        elif thing.noun.is_living:
            self.owner = f"{thing.text()}'s"
        else:
            self.relative.append(f"of {thing.text()}")

    def _position(self, piece: Piece) -> None:
        thing = self.open
        if thing is None and self.things and self.things[-1].role is Role.OF:
            thing = self.things.pop()
        if thing is None and self.relative and self.relative[-1].startswith("of "):
            of = self.relative.pop().removeprefix("of ")
            thing = Thing(Gloss("", of, Part.NOUN, ""))
        if thing is None and self.owner:
            thing = Thing(Gloss("", self.owner.removesuffix("'s"), Part.NOUN, ""))
            self.owner = ""
        if thing is None:
            return
        thing.prep = piece.gloss.en
        self.open = None
        if piece.role is Role.AT_PLACE:
            self.relative.append(f"{thing.prep} {thing.text()}")
        else:
            thing.role = Role.PLACE
            self.things.append(thing)

    # ---- predicates

    def _adjective(self, piece: Piece) -> None:
        said = self._adjective_text(piece.gloss)
        if piece.shape is Shape.NEGATED:
            self._helped(piece)
            said = f"not {piece.gloss.en}"
        shape = self._shape_after_helpers(piece)
        if piece.shape is Shape.ADVERBIAL and not self._is_becoming():
            self.adverbs.append(f"{_adverb_of(piece.gloss.en)}")
            return
        if shape is Shape.BEFORE:
            self._adjective_before(said)
        elif shape is Shape.LINKED and not self.things and self.open is None:
            self.adjectives.append(said)  # 크고 빨간
        else:
            self._adjective_after(said)

    def _adjective_text(self, gloss: Gloss) -> str:
        words = filter(None, ("not" if self.is_negative else "", self.degree, gloss.en))
        self.is_negative, self.degree = False, ""
        return " ".join(words)

    def _adjective_before(self, said: str) -> None:
        last = self.things[-1] if self.things else None
        if self.open is not None:
            self._flush()
        elif last is not None and last.role is Role.THAN:
            self.things.pop()  # 사과보다 빨간
            self.relative.append(f"more {said} than {last.text()}")
            return
        elif last is not None and last.role is Role.SUBJECT and not self.adverbs:
            self.things.pop()  # 꼬리가 긴 고양이
            last.before.insert(0, said)
            self.relative.append(f"with {last.text()}")
            return
        self.adjectives.append(said)

    def _adjective_after(self, said: str) -> None:
        self._flush()
        doers = [thing for thing in self.things if thing.role in DOERS and not thing.is_said]
        if len(doers) > 1 and doers[-1].role is Role.SUBJECT:
            topic, part = doers[-2], doers[-1]
            self.things.remove(part)  # 코끼리는 코가 길다
            part.before.insert(0, said)
            topic.after.append(f"with {part.text()}")
            topic.is_said = True
        elif doers or self.things:
            thing = doers[-1] if doers else self.things[-1]
            thing.before.insert(0, said)
            thing.is_said = True
        else:
            self.adjectives.append(said)

    def _verb(self, piece: Piece) -> None:
        gloss = piece.gloss
        if gloss.ko in (EXISTING, MISSING) and self._exist(piece):
            return
        if gloss.ko in NOT_DOING or gloss.ko == WANTING:
            return  # said with the verb before
        if gloss.ko == BEING_LIKE:
            return self._like(piece)
        if gloss.ko == DOING:
            return self._do(piece)
        shape = self._shape_after_helpers(piece)
        words = self._doing(piece, gloss)
        if shape is Shape.BEFORE:
            self._verb_before(piece, gloss, words)
        elif piece.shape is Shape.ADVERBIAL and self._next() is not None:
            self._verb_after(gloss, words)
        else:
            self._verb_after(gloss, words)
        return None

    def _doing(self, piece: Piece, gloss: Gloss) -> list[str]:
        """Return the verb as it stands in a caption, negation and wishes included."""
        words = [ing(gloss)]
        if gloss.ko == BECOMING:
            words = ["becoming"]
        helper = self._helper
        following = self._next()
        if piece.shape is Shape.NOMINAL and following is not None and following.gloss.ko == HARDLY:
            self.place += 1
            helper, words = "", [f"not wanting to {gloss.en}"]
        if helper == WANTING:
            words = [f"wanting to {gloss.en}"]
        if self.is_negative or helper in NOT_DOING:
            words.insert(0, "not")
        self.is_negative, self._helper_said = False, ""
        return words

    _helper_said: str = ""

    @property
    def _helper(self) -> str:
        return self._helper_said

    def _shape_after_helpers(self, piece: Piece) -> Shape:
        """Skip the helpers of a verb (먹고 있는, 먹지 않은); return how the last of them stands."""
        shape = piece.shape
        while (helper := self._next()) is not None and _helps(helper, piece):
            self.place += 1
            shape = helper.shape
            if helper.gloss.ko in (*NOT_DOING, WANTING):
                self._helper_said = helper.gloss.ko
        return shape

    def _helped(self, piece: Piece) -> None:
        self._shape_after_helpers(piece)

    def _is_becoming(self) -> bool:
        following = self._next()
        return following is not None and following.gloss.ko in (BECOMING, DOING)

    def _exist(self, piece: Piece) -> bool:
        """Read 있다 and 없다; False when they are anything else."""
        is_missing = piece.gloss.ko == MISSING
        if self.open is not None:
            self._close(self.open, Role.SUBJECT)
        last = self.things[-1] if self.things else None
        if last is None:
            return True
        if piece.shape is Shape.BEFORE:
            self.things.pop()
            if last.role in (Role.PLACE, Role.IN):
                self.relative.append(f"{_where(last, '')} {_there(last)}")
            else:
                self.relative.append(f"{'without' if is_missing else 'with'} {last.text()}")
        elif is_missing:
            doer = next((t for t in reversed(self.things) if t.role in DOERS), last)
            doer.is_lacking = True
        if piece.shape is Shape.LINKED:
            self._finish_linked()
        return True

    def _like(self, piece: Piece) -> None:
        """Read 같다: "곰 같다"; after 것 it only guesses and says nothing."""
        thing = self.open
        if thing is None:
            return
        self.open = None
        if piece.shape is Shape.BEFORE:
            self.relative.append(f"like {thing.text()}")
        else:
            thing.role, thing.prep = Role.LIKE, "like"
            self.things.append(thing)

    def _do(self, piece: Piece) -> None:
        """Read 하다 after its noun: "공부를 한다" is "study"."""
        shape = self._shape_after_helpers(piece)
        thing = self.open or next((t for t in reversed(self.things) if t.role is Role.OBJECT), None)
        is_not = self.is_negative or self._helper in NOT_DOING
        self.is_negative, self._helper_said = False, ""
        if thing is None:
            return
        self.open = None
        if thing in self.things:
            self.things.remove(thing)
        words = ["not doing" if is_not else "doing", thing.text()]
        gloss = Gloss(DOING, "do", Part.VERB)
        if shape is Shape.BEFORE:
            self._verb_before(piece, gloss, words)
        else:
            self._verb_after(gloss, words)

    def _verb_before(self, piece: Piece, gloss: Gloss, words: list[str]) -> None:
        """Make a verb that stands before a noun say something of that noun."""
        self._flush(gloss)
        mine = self._arguments(gloss, takes_subject=self._owns_subject())
        doer = next((thing for thing in mine if thing.role is Role.SUBJECT), None)
        others = [thing for thing in mine if thing is not doer]
        has_object = any(thing.role is Role.OBJECT for thing in others)
        tail = self._tail(gloss, others)
        if self.phrases and not any(thing.role in DOERS for thing in self.things):
            words = [" and ".join((*self.phrases, " ".join(words)))]  # 끓여 먹는
            self.phrases, has_object = [], True
        is_done = self._is_undergone(piece, gloss, has_object=has_object)
        if doer is not None:
            self.relative.append(_owning(gloss, words, doer, tail))
        elif is_done and participle(gloss) and others and words[0] != "not":
            self.relative.append(" ".join((participle(gloss), *_made(gloss, others, tail))))
        elif tail or self.adverbs:
            self.relative.append(" ".join((*words, *tail, *self.adverbs)))
            self.adverbs = []
        elif is_done:
            self._undergone(gloss, words)
        elif len(words) == 1 and " " not in words[0]:
            self.adjectives.append(words[0])
        else:
            self.relative.append(" ".join(words))

    def _is_undergone(self, piece: Piece, gloss: Gloss, *, has_object: bool) -> bool:
        """Say whether the noun that follows is what it was done to: 훔친 사과."""
        if not gloss.is_transitive or has_object or self.has_unread:
            return False
        if piece.surface.endswith("는"):
            return gloss.ko in CONSUMED and not self._living_follows()
        return True

    def _undergone(self, gloss: Gloss, words: list[str]) -> None:
        """Say what was done to the noun that follows: "stolen"."""
        done = participle(gloss)
        is_not = words[0] == "not"
        if done:
            self.adjectives.append(f"not {done}" if is_not else done)
        else:
            self.relative.append(f"that someone is {' '.join(words)}")

    def _verb_after(self, gloss: Gloss, words: list[str]) -> None:
        self._flush(gloss)
        mine = self._arguments(gloss, takes_subject=False)
        tail = self._tail(gloss, mine)
        self.phrases.append(" ".join((*words, *tail, *self.adverbs)))
        self.adverbs, self.degree = [], ""

    def _arguments(self, gloss: Gloss, *, takes_subject: bool) -> list[Thing]:
        """Take the things that belong to a verb out of those that wait."""
        roles: tuple[Role, ...] = (
            Role.OBJECT, Role.PLACE, Role.IN, Role.TO, Role.FROM, Role.UNTIL, Role.WITH, Role.LIKE,
            Role.WITHOUT, Role.EVERY, Role.THAN,
        )  # fmt: skip
        if gloss.ko == BECOMING:
            roles = (*roles, Role.SUBJECT) if self._has_two_doers() else roles
        elif takes_subject:
            roles = (*roles, Role.SUBJECT)
        mine = [thing for thing in self.things if thing.role in roles]
        if gloss.ko == BECOMING:
            doers = [thing for thing in mine if thing.role is Role.SUBJECT]
            mine = [thing for thing in mine if thing not in doers[:-1] or len(doers) == 1]
        self.things = [thing for thing in self.things if thing not in mine]
        if gloss.ko == BECOMING:
            for thing in mine:
                thing.role = Role.OBJECT if thing.role is Role.SUBJECT else thing.role
        return mine

    def _has_two_doers(self) -> bool:
        return any(thing.role is Role.SUBJECT for thing in self.things)

    def _tail(self, gloss: Gloss, things: list[Thing]) -> list[str]:
        """Return objects, then everything else, as they follow the verb."""
        objects = [
            f"{'in' if thing.noun.ko in OPEN else 'along'} {_there(thing)}"
            if gloss.ko in ROAMING
            else thing.text()
            for thing in things
            if thing.role is Role.OBJECT
        ]
        others = [
            f"{_where(thing, gloss.ko)} {_there(thing)}"
            for thing in sorted(things, key=lambda thing: thing.role is not Role.TO)
            if thing.role not in (Role.OBJECT, Role.SUBJECT)
        ]
        together = [" and ".join(objects)] if objects else []
        return [*together, *others]

    # ---- looking around

    def _next(self) -> Piece | None:
        return self.pieces[self.place] if self.place < len(self.pieces) else None

    def _noun_follows(self) -> bool:
        for piece in self.pieces[self.place :]:
            if piece.part is Part.NOUN:
                return True
            if piece.part not in (Part.ADJECTIVE, Part.DEGREE, Part.VERB) or (
                piece.shape is not Shape.BEFORE
            ):
                return False
        return False

    def _shared_verb_follows(self) -> bool:
        """Say whether what comes is done with somebody: 친구와 함께, 용과 싸우는."""
        following = self._next()
        if following is None:
            return False
        if following.gloss.ko in TOGETHER:
            self.place += 1
            return True
        return following.part is Part.VERB and following.gloss.ko in SHARED

    def _living_follows(self) -> bool:
        following = self._next()
        return following is not None and following.gloss.is_living

    def _owns_subject(self) -> bool:
        """Say whether the subject that waits is this verb's: no other verb is coming for it."""
        waiting = sum(thing.role in DOERS for thing in self.things)
        if waiting > 1:
            return True
        for piece in self.pieces[self.place :]:
            if piece.part is Part.STOP:
                return True
            if piece.part is Part.NOUN and piece.role in DOERS:
                return True
            if piece.role is Role.COPULA:
                return True
            is_predicate = piece.part in (Part.VERB, Part.ADJECTIVE)
            if is_predicate and piece.shape is not Shape.BEFORE:
                return False
        return True

    # ---- clauses

    def _flush(self, gloss: Gloss | None = None) -> None:
        """Give a noun without a particle the role that the verb after it leaves open."""
        thing = self.open
        if thing is None:
            return
        self.open = None
        has_object = any(one.role is Role.OBJECT for one in self.things)
        has_doer = any(one.role in DOERS for one in self.things)
        if gloss is not None and gloss.is_transitive and not has_object:
            thing.role = Role.OBJECT
        elif gloss is not None and not has_doer:
            thing.role = Role.SUBJECT
        else:
            thing.role = Role.BARE
        self.things.append(thing)

    def _finish_linked(self) -> None:
        """Let the next clause begin; the subject stays for it when it has none of its own."""

    def _end(self) -> None:
        """Make a clause of all that waits."""
        self._flush()
        text = self._clause()
        if text:
            self.clauses.append(text)
        relative = [said.removeprefix("of ") for said in self.relative]
        left = [*self.adjectives, *self.adverbs, *relative, *self.joined, self.owner]
        self.clauses += [word for word in left if word]
        self.things, self.phrases, self.adjectives, self.relative = [], [], [], []
        self.adverbs, self.joined, self.count, self.owner = [], [], None, ""
        self.degree, self.is_negative, self._helper_said = "", False, ""
        self.has_unread = False

    def _clause(self) -> str:
        doers = [thing for thing in self.things if thing.role in DOERS]
        others = [thing for thing in self.things if thing not in doers]
        if not self.phrases:
            return self._nominal(doers, others)
        who = self._named(doers)
        if doers and doers[-1].after:
            who += ","
        doing = " and ".join(map(_without_end, self.phrases))
        rest = [self._placed(thing, bool(doers)) for thing in others]
        said = " ".join(filter(None, (who, doing, *rest)))
        return said.replace(" ,", ",")

    def _named(self, doers: list[Thing]) -> str:
        return " and ".join(dict.fromkeys(thing.text() for thing in doers))

    def _placed(self, thing: Thing, has_doers: bool) -> str:
        if thing.role in (Role.OBJECT, Role.BARE, Role.COPULA):
            return f", {thing.text()}" if has_doers else thing.text()
        return f"{_where(thing, '')} {_there(thing)}"

    def _nominal(self, doers: list[Thing], others: list[Thing]) -> str:
        """Return a clause without a verb: things, what they are, where."""
        mains = [thing for thing in others if thing.role in MAIN]
        rest = [thing for thing in others if thing.role not in MAIN]
        places = [f"{_where(thing, '')} {_there(thing)}" for thing in rest]
        if len(doers) == 1 and len(mains) == 1 and self._is_said_to_be(doers[0], mains[0]):
            said = f"{doers[0].text()} is {mains[0].text()}"
        else:
            said = ", ".join(dict.fromkeys(thing.text() for thing in (*doers, *mains)))
        return " ".join(filter(None, (said, *places)))

    def _is_said_to_be(self, doer: Thing, main: Thing) -> bool:
        if doer.is_said or doer.is_lacking:
            return False
        is_bare = main.role is Role.BARE and doer.role is Role.TOPIC and not self.has_unread
        return main.role is Role.COPULA or is_bare


def _without_end(phrase: str) -> str:
    """Return a verb without the preposition that waits for an object in vain."""
    return DANGLING.sub("", phrase)


def _owning(gloss: Gloss, words: list[str], doer: Thing, tail: list[str]) -> str:
    """Return what is said of a noun by a verb that has a subject of its own: 뿔이 난 토끼."""
    if gloss.ko in GROWING or (gloss.ko == "날다" and doer.noun.ko in SPROUTING):
        return f"with {doer.text()}"
    if not gloss.is_transitive:
        return " ".join(("with", doer.text(), *words, *tail))
    return " ".join(("that", doer.text(), *_finite(gloss, words, doer), *tail))


def _made(gloss: Gloss, others: list[Thing], tail: list[str]) -> list[str]:
    """Return what follows a participle: things are made of glass, not with it."""
    if gloss.en != "make":
        return tail
    return [
        f"of {other.text()}" if other.role is Role.WITH else said
        for other, said in zip(others, tail, strict=True)
    ]


def _finite(gloss: Gloss, words: list[str], doer: Thing) -> tuple[str, ...]:
    """Return the verb of a clause that has its own subject: "that a mum makes"."""
    if words != [ing(gloss)]:
        return ("is", *words)
    if doer.is_many or (doer.count and not doer.count.is_one) or doer.noun.en == "people":
        return (gloss.en,)
    if gloss.en.startswith("be "):
        return ("is", gloss.en.removeprefix("be "))
    return (third(Verb(gloss.ko, gloss.en, "t", ())),)


def _helps(helper: Piece, piece: Piece) -> bool:
    """Say whether a verb only helps the one before it."""
    ko = helper.gloss.ko
    if (
        helper.part not in (Part.VERB, Part.ADJECTIVE)
        or piece.shape is Shape.FINAL
        and ko not in (HELPERS | {WANTING})
    ):
        return False
    if piece.shape is Shape.NEGATED:
        return ko in NOT_DOING
    if piece.surface.endswith("고"):
        return ko in (EXISTING, "계시다", WANTING, "말다")
    ends_in_vowel = piece.shape in (Shape.LINKED, Shape.FINAL) and not piece.surface.endswith(
        (
            "고",
            "며",
            "면",
            "면서",
            "아서",
            "어서",
            "여서",
            "워서",
            "해서",
            "지만",
            "는데",
            "니",
            "다",
            "요",
            "까",
            "자",
            "려고",
            "러",
        )
    )
    return ends_in_vowel and ko in HELPERS


def _where(thing: Thing, verb: str) -> str:
    """Return the preposition of a thing."""
    if thing.prep:
        return thing.prep
    if thing.role is Role.IN and verb in OUT_OF:
        return "from"
    if thing.role not in (Role.PLACE, Role.IN, Role.AT_PLACE):
        if thing.role is Role.WITH and (thing.noun.is_place or verb in GOING):
            return "to"
        return PREPOSITIONS.get(thing.role, "")
    if verb in INTO and thing.role is Role.PLACE:
        return "into"
    if verb in GOING and thing.role is Role.PLACE:
        return "to"
    if thing.noun.ko in ON or thing.noun.en in ON_TOP:
        return "on"
    return "in"


def _there(thing: Thing) -> str:
    """Return a place with "the", anything else with its own article."""
    is_single = not thing.before and thing.count is None and not thing.owner and not thing.others
    if thing.noun.is_place and is_single and thing.noun.article == "a":
        return " ".join((f"the {thing.noun.en}", *thing.after))
    return thing.text()


def _adverb_of(adjective: str) -> str:
    if adjective in ADVERBS:
        return ADVERBS[adjective]
    if " " in adjective or adjective.endswith("ly"):
        return adjective
    if adjective.endswith("y"):
        return f"{adjective[:-1]}ily"
    return f"{adjective.removesuffix('le')}ly" if adjective.endswith("ble") else f"{adjective}ly"


_STEPS = {
    Part.NOUN: Composer._noun,
    Part.VERB: Composer._verb,
    Part.ADJECTIVE: Composer._adjective,
    Part.ADVERB: Composer._adverb,
    Part.DEGREE: Composer._degree,
    Part.TIME: Composer._time,
    Part.NUMBER: Composer._number,
    Part.COUNTER: Composer._counter,
    Part.POSITION: Composer._position,
    Part.CRY: Composer._cry,
    Part.NEGATION: Composer._negation,
    Part.STOP: Composer._stop,
    Part.UNKNOWN: Composer._unread,
}
