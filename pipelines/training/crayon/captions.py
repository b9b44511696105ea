"""Korean captions of scenes: one of very many for each.

Every caption names all that is drawn, in the order it is drawn, with the right particles; the
words around it come from `caption_words` and have no picture, so that the text encoder learns
to ignore what it cannot draw. Captions are NFC.
"""

from __future__ import annotations

import random
from dataclasses import replace

from models.composed import composed
from pipelines.bridge.caption import CrayonCaption, Drawn
from pipelines.text.korean.josa import attach
from pipelines.training.crayon import caption_words as words
from pipelines.training.crayon import look_words
from pipelines.training.crayon.scenes import Arrangement, Scene, Thing, ThingSize
from pipelines.training.crayon.vocabulary import DrawableVocabulary

COUNT_WORDS = {1: "한", 2: "두", 3: "세"}
SMALL = ("작은", "조그만", "아주 작은", "쪼끄만")
HUGE = ("거대한", "커다란", "엄청 큰", "큰")
FLIPPED = ("거꾸로 된", "거꾸로 선", "뒤집힌")
MADE_UP = 0.12  # how often a filler is a made-up word


class Captioner:
    """Says scenes in Korean."""

    def __init__(self, vocabulary: DrawableVocabulary) -> None:
        self._vocabulary = vocabulary
        self._nouns = {noun.ko: noun for noun in vocabulary.nouns}
        self._colours = {colour.en: colour for colour in vocabulary.colours}
        self._places = {noun.scene: noun.ko for noun in vocabulary.scenes}
        self._looks = look_words.looks()
        self._plain_words = words.ADJECTIVES + look_words.plain()

    def caption(self, scene: Scene, chance: random.Random) -> str:
        """Return one of the many captions of `scene`."""
        if not scene.things and scene.backdrop in self._places:
            text = self._around(self._places[scene.backdrop], chance)
        elif not scene.things:
            text = self._scribbled(scene, chance)
        elif len(scene.things) == 1:
            text = self._one(scene.things[0], chance)
        elif len(scene.things) == 2:
            text = self._two(scene, chance)
        else:
            first, second, third = (self._phrase(thing, chance) for thing in scene.things)
            text = chance.choice(
                (
                    f"{attach(first, '과/와')} {attach(second, '과/와')} {third}",
                    f"{first}, {second}, {third}",
                    f"{first} {second} {third}",
                    f"{attach(first, '이랑/랑')} {attach(second, '이랑/랑')} {third}",
                )
            )
        if scene.backdrop and scene.things:
            text = self._before(scene.backdrop, text, chance)
        if chance.random() < 0.04:
            text += " 그림"
        return composed(text + chance.choice(words.ENDINGS))

    def plain(self, scene: Scene) -> str:
        """Return the shortest caption of `scene`, without any filler: what the scores ask for."""
        spoken = [self._named(thing) for thing in scene.things]
        if not spoken and scene.backdrop in self._places:
            return self._places[scene.backdrop]
        if not spoken:
            colour = self._colours[scene.backdrop].ko if scene.backdrop else ""
            return CrayonCaption(colour=colour, mood=scene.mood).caption()
        text = spoken[0]
        if len(spoken) > 1 and scene.arrangement is Arrangement.ABOVE:
            text = f"{spoken[1]} 위에 {spoken[0]}"
        elif len(spoken) > 1 and scene.arrangement is Arrangement.INSIDE:
            text = f"{spoken[1]} 속에 {spoken[0]}"
        elif len(spoken) > 1:
            text = " ".join([attach(name, "과/와") for name in spoken[:-1]] + spoken[-1:])
        if scene.backdrop in self._places:
            return f"{self._places[scene.backdrop]} 배경에 {text}"
        return f"{self._colours[scene.backdrop].noun} 배경에 {text}" if scene.backdrop else text

    # Phrases: a thing with what its caption must name.

    def _named(self, thing: Thing) -> str:
        colour = self._colours[thing.colour].ko if thing.colour else ""
        look = self._looks[thing.look][0] if thing.look else ""
        size = {ThingSize.NORMAL: "", ThingSize.SMALL: SMALL[0], ThingSize.HUGE: HUGE[0]}[
            thing.size
        ]
        return Drawn(thing.noun, colour, thing.count, size, look, thing.is_flipped).named()

    def _phrase(self, thing: Thing, chance: random.Random, filler: float = 0.25) -> str:
        parts = []
        if thing.size is not ThingSize.NORMAL:
            parts.append(chance.choice(SMALL if thing.size is ThingSize.SMALL else HUGE))
        if thing.is_flipped:
            parts.append(chance.choice(FLIPPED))
        if thing.look:
            very = chance.choice(words.DEGREES) + " " if chance.random() < 0.06 else ""
            parts.append(very + chance.choice(self._looks[thing.look]))
        if thing.colour:
            parts.append(self._coloured(thing.colour, chance))
            if chance.random() < 0.1:
                parts.append(self._filler(words.ABSTRACT, chance))  # "파란 냄새 삼각형"
        if chance.random() < filler:
            kind = self._plain_words if chance.random() < 0.75 else words.MODIFYING_VERBS
            parts.insert(chance.choice((0, len(parts))), self._filler(kind, chance))
        if chance.random() < 0.25:
            chance.shuffle(parts)
        if thing.count == 1 and chance.random() < 0.97:
            return " ".join([*parts, thing.noun])
        counter = chance.choice((*self._nouns[thing.noun].counters, "개"))
        number = COUNT_WORDS[thing.count]
        if thing.count > 1 and chance.random() < 0.08:
            return " ".join([*parts, thing.noun, ("둘", "셋")[thing.count - 2]])
        if chance.random() < 0.7:
            return " ".join([*parts, thing.noun, number, counter])
        return " ".join([number, counter + "의", *parts, thing.noun])

    def _coloured(self, name: str, chance: random.Random) -> str:
        colour = self._colours[name]
        forms = {colour.ko, colour.noun, colour.noun.removesuffix("색") + "색"}
        if colour.ko.endswith("색"):
            forms.add(colour.ko + " 빛")
        return colour.ko if chance.random() < 0.6 else chance.choice(sorted(forms))

    def _filler(self, kind: tuple[str, ...], chance: random.Random) -> str:
        if chance.random() < MADE_UP:
            return "".join(chance.choices(words.SYLLABLES, k=chance.choice((2, 2, 3, 4))))
        return chance.choice(kind)

    # Sentences around phrases.

    def _one(self, thing: Thing, chance: random.Random) -> str:
        if thing.look and thing.count == 1 and chance.random() < 0.15:
            phrase = self._phrase_of(thing, chance)
            if phrase:
                return phrase
        is_bare = chance.random() < 0.45
        phrase = self._phrase(thing, chance, filler=0.06 if is_bare else 0.3)
        if is_bare:
            return phrase
        if thing.count == 1 and chance.random() < 0.06:
            number, counter = chance.choice(words.NUMBERS), chance.choice(words.ODD_COUNTERS)
            return f"{number} {counter}의 {phrase}"
        return self._around(phrase, chance)

    def _phrase_of(self, thing: Thing, chance: random.Random) -> str:
        """Return a sentence with the adjective at its end (장미가 뜨겁다), "" for none."""
        ends = look_words.predicates()[thing.look]
        if not ends:
            return ""
        phrase = self._phrase(replace(thing, look=""), chance, filler=0.1)
        subject = attach(phrase, chance.choice(("이/가", "은/는")))
        adverb = chance.choice(words.DEGREES) + " " if chance.random() < 0.2 else ""
        return f"{subject} {adverb}{chance.choice(ends)}"

    def _scribbled(self, scene: Scene, chance: random.Random) -> str:
        """Return words without any thing: a mood, a colour, or nothing that could be drawn."""
        if chance.random() < 0.5:
            return self.plain(scene)
        idea = self._filler(words.ABSTRACT, chance)
        kind = look_words.moody()[scene.mood] if scene.mood else words.DEGREES
        mood = chance.choice(kind)
        colour = self._coloured(scene.backdrop, chance) if scene.backdrop else ""
        forms = ["{mood} {colour} {idea}", "{colour} {mood} {idea}", "{mood} {colour} 배경"]
        forms += ["{idea}의 {mood} {colour} 배경", "{mood} {colour} 그림"]
        if not scene.mood:
            takes = self._filler(words.TRANSITIVE, chance)
            other = self._filler(words.ABSTRACT, chance)
            forms = ["{colour} 낙서", "{colour} {idea}", "{idea}와 {colour} 낙서"]
            if not colour:
                forms += [f"{attach(idea, '이/가')} {attach(other, '을/를')} {takes}"]
                forms += [f"{attach(idea, '은/는')} {other}", f"{idea}의 {other}", idea]
        text = chance.choice(forms).format(mood=mood, colour=colour, idea=idea)
        return " ".join(text.split())

    def _around(self, phrase: str, chance: random.Random) -> str:
        """Return a sentence about `phrase` and about nothing else that could be drawn."""
        if chance.random() < 0.3:
            return phrase
        idea = self._filler(words.ABSTRACT, chance)
        place = self._filler(words.PLACES, chance)
        verb = self._filler(words.INTRANSITIVE, chance)
        takes = self._filler(words.TRANSITIVE, chance)
        adverb = self._filler(words.ADVERBS, chance)
        return chance.choice(
            (
                f"{attach(idea, '은/는')} {phrase}",
                f"{attach(phrase, '이/가')} {verb}",
                f"{attach(phrase, '은/는')} {adverb} {verb}",
                f"{attach(phrase, '을/를')} {place}에",
                f"{attach(phrase, '을/를')} {takes}",
                f"{attach(idea, '이/가')} {attach(phrase, '을/를')} {takes}",
                f"{attach(phrase, '이/가')} {attach(idea, '을/를')} {takes}",
                f"{phrase}의 {idea}",
                f"{idea}의 {phrase}",
                f"{place}의 {phrase}",
                f"{place}에 있는 {phrase}",
                f"{place}에서 {attach(phrase, '이/가')} {verb}",
                f"{attach(phrase, '과/와')} {idea}",
                f"{attach(idea, '과/와')} {phrase}",
                f"{phrase}처럼 {verb}",
                f"{phrase} 같은 {idea}",
                f"{phrase}에게 {attach(idea, '을/를')}",
                f"{attach(phrase, '은/는')} {attach(idea, '이다/다')}",
                f"{attach(idea, '은/는')} {attach(phrase, '이다/다')}",
                f"{adverb} {attach(phrase, '이/가')} {verb}",
                f"{attach(phrase, '으로/로')} {attach(idea, '을/를')} {takes}",
                f"{phrase}도 {verb}",
                f"{phrase} {idea}",
                f"{idea} {phrase}",
            )
        )

    def _two(self, scene: Scene, chance: random.Random) -> str:
        first, second = (self._phrase(thing, chance, filler=0.18) for thing in scene.things)
        if scene.arrangement is Arrangement.ABOVE:
            return chance.choice(
                (
                    f"{second} 위에 {first}",
                    f"{second} 위에 {first}",
                    f"{first} 아래에 {second}",
                    f"{first} 밑에 {second}",
                    f"{second} 위에 있는 {first}",
                    f"{second} 위의 {first}",
                    f"{first} 아래에 있는 {second}",
                    f"{attach(first, '이/가')} {second} 위에 있다",
                    f"{second} 위에서 {attach(first, '이/가')} "
                    + self._filler(words.INTRANSITIVE, chance),
                )
            )
        if scene.arrangement is Arrangement.INSIDE:
            return chance.choice(
                (
                    f"{second} 속에 {first}",
                    f"{second} 속에 {first}",
                    f"{second} 속의 {first}",
                    f"{second} 안에 {first}",
                    f"{second} 안의 {first}",
                    f"{second} 속에 있는 {first}",
                    f"{attach(first, '이/가')} {second} 속에 있다",
                )
            )
        takes = self._filler(words.TRANSITIVE, chance)
        idea = self._filler(words.ABSTRACT, chance)
        return chance.choice(
            (
                f"{attach(first, '과/와')} {second}",
                f"{attach(first, '과/와')} {second}",
                f"{attach(first, '이랑/랑')} {second}",
                f"{first}하고 {second}",
                f"{first} 그리고 {second}",
                f"{first}, {second}",
                f"{first} {second}",
                f"{first} 옆에 {second}",
                f"{first} 옆의 {second}",
                f"{first} 오른쪽에 {second}",
                f"{second} 왼쪽에 {first}",
                f"{attach(first, '이/가')} {attach(second, '을/를')} {takes}",
                f"{attach(first, '은/는')} {attach(second, '을/를')} {takes}",
                f"{attach(first, '은/는')} {attach(second, '이다/다')}",
                f"{first}의 {second}",
                f"{first}에게 {attach(second, '을/를')}",
                f"{first}에 {second}",
                f"{first}처럼 {takes} {second}",
                f"{attach(first, '과/와')} {second}의 {idea}",
                f"{idea} {attach(first, '과/와')} {second}",
                f"{attach(first, '을/를')} {takes} {second}",
            )
        )

    def _before(self, backdrop: str, text: str, chance: random.Random) -> str:
        place = self._places.get(backdrop)
        if place is None:
            colour = self._colours[backdrop]
            name = chance.choice((colour.noun, colour.ko, colour.noun.removesuffix("색") + "색"))
            return chance.choice(
                (f"{name} 배경에 {text}", f"{name} 배경의 {text}", f"{text}, {name} 배경")
            )
        forms = [
            f"{place} 배경에 {text}",
            f"{text}, {place} 배경",
            f"{place}의 {text}",
            f"{place}에 {text}",
            f"{place}에 있는 {text}",
            f"{place}에서 {text}",
        ]
        if backdrop == "fire":
            forms += [f"불 배경에 {text}", f"불길 속의 {text}"]
        return chance.choice(forms)
