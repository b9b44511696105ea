"""The explorer: a sentence walked eojeol by eojeol, with branches to come back to.

Knows what has been chosen and how to go back. A state is never changed: every step returns a new
one, small enough for a browser to keep. Does not know models: what may come next is a NextEojeols,
asked of any LanguageModel.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.validate import MAX_TEXT, check_text
from pipelines.text.korean.blocklist import is_clean
from pipelines.text.language.model import NextEojeols

MAX_BRANCHES = 12  # more do not fit on a screen
MAX_NAME = 30
END = ""  # how a NextEojeols writes the end of a sentence


@dataclass(frozen=True, slots=True)
class Branch:
    """One way through.

    Attributes:
        name: what the person calls it.
        eojeols: what has been chosen so far.
        is_finished: the end was chosen.
    """

    name: str
    eojeols: tuple[str, ...] = ()
    is_finished: bool = False

    @property
    def text(self) -> str:
        """Return the sentence so far."""
        return " ".join(self.eojeols)


@dataclass(frozen=True, slots=True)
class Trail:
    """All branches, and where the person is.

    >>> trail = Trail().appended("파란").appended("냄새").branched().appended("삼각형")
    >>> trail.now.text, trail.jumped(0).now.text, trail.undone().now.text
    ('파란 냄새 삼각형', '파란 냄새', '파란 냄새')
    """

    branches: tuple[Branch, ...] = (Branch("1"),)
    here: int = 0

    @property
    def now(self) -> Branch:
        """Return the branch that the person is on."""
        return self.branches[self.here]

    def started(self, text: str) -> Self:
        """Begin with a text; what stands on this branch stays, and the text gets its own."""
        eojeols = tuple(check_text(text, "prompt", may_be_empty=True).split())
        trail = self.branched() if self.now.eojeols else self
        return trail._with(Branch(trail.now.name, eojeols))

    def appended(self, words: str) -> Self:
        """Add what was chosen or typed; END finishes the sentence. After the end nothing comes."""
        if self.now.is_finished:
            raise InvalidRequest("explorer.finished")
        if words == END:
            return self._with(replace(self.now, is_finished=True))
        added = tuple(check_text(words, "prompt").split())
        check_text(" ".join((*self.now.eojeols, *added)), "prompt")  # not too long altogether
        return self._with(replace(self.now, eojeols=(*self.now.eojeols, *added)))

    def undone(self) -> Self:
        """Take the last step of this branch back; at its beginning nothing happens."""
        if self.now.is_finished:
            return self._with(replace(self.now, is_finished=False))
        return self._with(replace(self.now, eojeols=self.now.eojeols[:-1]))

    def branched(self, name: str = "") -> Self:
        """Copy this branch and go on with the copy."""
        if len(self.branches) >= MAX_BRANCHES:
            raise InvalidRequest("explorer.branches", limit=MAX_BRANCHES)
        copy = replace(self.now, name=_name(name) or self._free_name())
        return replace(self, branches=(*self.branches, copy), here=len(self.branches))

    def jumped(self, to: int) -> Self:
        """Go to another branch."""
        return replace(self, here=self._checked(to))

    def renamed(self, which: int, name: str) -> Self:
        """Call a branch something else; an empty name changes nothing."""
        which = self._checked(which)
        renamed = replace(self.branches[which], name=_name(name) or self.branches[which].name)
        return replace(self, branches=_put(self.branches, which, renamed))

    def deleted(self, which: int) -> Self:
        """Take a branch away; the last one is emptied instead."""
        which = self._checked(which)
        left = self.branches[:which] + self.branches[which + 1 :]
        if not left:
            return type(self)()
        here = self.here - (which < self.here)
        return replace(self, branches=left, here=min(here, len(left) - 1))

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` turns back into an equal trail."""
        return {
            "branches": [
                {"name": branch.name, "eojeols": list(branch.eojeols), "end": branch.is_finished}
                for branch in self.branches
            ],
            "here": self.here,
        }

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """Build a trail from what a browser kept; raise ValueError when it is not one."""
        try:
            branches = tuple(_branch(row) for row in data["branches"])
            here = int(data["here"])
        except (KeyError, TypeError, AttributeError, OverflowError, InvalidRequest) as error:
            raise ValueError(f"not a trail: {error!r}") from error
        if not 0 < len(branches) <= MAX_BRANCHES or not 0 <= here < len(branches):
            raise ValueError(f"not a trail: {len(branches)} branches, at {here}")
        return cls(branches, here)

    def _with(self, branch: Branch) -> Self:
        return replace(self, branches=_put(self.branches, self.here, branch))

    def _checked(self, which: int) -> int:
        if not 0 <= which < len(self.branches):
            raise InvalidRequest("explorer.branch", number=which + 1, count=len(self.branches))
        return which

    def _free_name(self) -> str:
        taken = {branch.name for branch in self.branches}
        return next(str(n) for n in range(1, MAX_BRANCHES + 2) if str(n) not in taken)


def roll(nexts: NextEojeols, dice: random.Random) -> str:
    """Return one of the listed candidates, drawn by its tempered chance; END may come.

    Raises InvalidRequest when there is nothing to draw from.
    """
    weights = [candidate.tempered for candidate in nexts.candidates]
    if not sum(weights) > 0:
        raise InvalidRequest("explorer.nothing")
    return dice.choices(nexts.candidates, weights)[0].text


def fit_to_show(nexts: NextEojeols, text: str) -> NextEojeols:
    """Return the candidates without those that would complete something blocked after `text`.

    Their share goes to the rest: what is listed keeps its percentage.
    """
    if not is_clean(text):
        return nexts  # the person has said it already
    kept = tuple(one for one in nexts.candidates if is_clean(f"{text} {one.text}"))
    hidden = math.fsum(one.probability for one in nexts.candidates if one not in kept)
    return NextEojeols(kept, min(1.0, nexts.rest + hidden))


def _branch(row: Mapping[str, Any]) -> Branch:
    text = check_text(" ".join(map(str, row["eojeols"])), "prompt", may_be_empty=True)
    name = _name(str(row["name"])) or "1"
    return Branch(name, tuple(text.split()), bool(row["end"]))


def _name(name: str) -> str:
    return check_text(name[:MAX_TEXT], "branch", may_be_empty=True)[:MAX_NAME].strip()


def _put(branches: tuple[Branch, ...], place: int, branch: Branch) -> tuple[Branch, ...]:
    return (*branches[:place], branch, *branches[place + 1 :])
