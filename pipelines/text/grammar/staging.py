"""How a sentence may be put on a stage: a closed list, one key for each new pattern.

Whoever draws a phrase may follow the key; none does yet that cannot. Standard library only.
"""

from __future__ import annotations

from enum import StrEnum


class Staging(StrEnum):
    """What is to be seen of a sentence."""

    NONE = ""
    ALONE = "alone"  # one thing, by itself
    PAIR = "pair"  # two things side by side
    ROW = "row"  # three or more side by side
    STACK = "stack"  # one on top of the other
    INSIDE = "inside"  # one within the other
    PLACE = "place"  # in front of a place
    ACT = "act"  # a thing does what its verb says
    HANDLE = "handle"  # something is done to a thing
    CHAIN = "chain"  # one thing's doing leads to the next thing's
    SPEAK = "speak"  # somebody says something: a bubble
    TALK = "talk"  # two speak with each other
    WHISPER = "whisper"  # close to an ear
    LIKENESS = "likeness"  # one thing with the face of another
    COMPOUND = "compound"  # two things grown into one
    RAIN = "rain"  # many of it fall
    NEWS = "news"  # a news report
    LETTER = "letter"  # a sheet of paper
    POSTER = "poster"  # an advertisement
    BOW = "bow"  # somebody is addressed with a bow
    FEAST = "feast"  # a feast with everybody at it
