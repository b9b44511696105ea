"""How new a sentence is beside the story so far: in its skeleton and in its words.

Knows Bones. What stands far back counts less: a frame may come back after a while.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.text.novel.skeleton import Bones, bones

HALF_LIFE = 12  # sentences after which a repetition weighs half


class StoryHistory:
    """The sentences of the story, newest last."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._bones = tuple(bones(sentence) for sentence in sentences)
        weight = 0.5 ** (1 / HALF_LIFE)
        count = len(self._bones)
        self._weights = tuple(weight ** (count - 1 - place) for place in range(count))
        self._words: dict[str, float] = {}
        for one, fading in zip(self._bones, self._weights, strict=True):
            for word in one.content:
                self._words[word] = fading  # the newest mention is the strongest

    def novelty(self, one: Bones) -> float:
        """Return how new a sentence is, 0 to 1: half its skeleton, half its words."""
        likest = max(
            (
                fading * one.likeness(other)
                for other, fading in zip(self._bones, self._weights, strict=True)
            ),
            default=0.0,
        )
        structure = 1.0 - likest
        if not one.content:
            return structure
        known = sum(self._words.get(word, 0.0) for word in one.content) / len(one.content)
        return (structure + 1.0 - known) / 2
