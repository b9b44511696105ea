"""Find the numbers of people in a line: windows of whole runs are shown to the rules.

Knows in which order windows are tried. Does not know what a number looks like (`number_rules`).
Work grows with the length of a line and no faster: a chain of too many groups is never a number,
and in a table of numbers only narrow windows are looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipelines.text.corpus.digit_runs import (
    AROUND,
    MOST_CLUSTERS,
    MOST_GROUPS,
    NARROW,
    SAID_GROUP,
    WIDE,
    WRITTEN_GROUP,
    Cluster,
    DigitGroup,
    stretches,
)
from pipelines.text.corpus.number_rules import RULES, SAID_RULES, NumberCandidate, NumberRule
from pipelines.text.corpus.private import Private

FEWEST, MOST = 6, 24  # digits of a window worth showing
OPENS = re.compile(r"(?:\+|\()+\Z")

Span = tuple[int, int, Private]


def written(line: str) -> Iterator[Span]:
    """Yield the numbers that stand in a line in digits, whatever digits these are."""
    yield from _found(line, WRITTEN_GROUP, RULES, said=False)


def said(line: str) -> Iterator[Span]:
    """Yield the numbers with a digit in words or in letters that look like one."""
    yield from _found(line, SAID_GROUP, SAID_RULES, said=True)


def _found(
    line: str, group: re.Pattern[str], rules: tuple[NumberRule, ...], said: bool
) -> Iterator[Span]:
    for clusters in stretches(line, group):
        place = 0
        while place < len(clusters):
            hit = _at(line, clusters, place, rules, said)
            if hit is None:
                for part in _parts(clusters[place]):
                    inner = _at(line, (part,), 0, rules, said)
                    if inner:
                        yield inner[1]
                place += 1
            else:
                place += hit[0]
                yield hit[1]


def _parts(cluster: Cluster) -> Iterator[Cluster]:
    """Yield what a cluster falls into that is no number as a whole.

    "1.010-2345-6780" and "010-2345-6780/010-2345-6781" hold numbers with another joiner between
    them than within them; a mobile number in the usual groups is one wherever it stands.
    """
    groups, gaps = cluster.groups, cluster.gaps
    if len(set(gaps)) > 1:
        usual = Counter(gaps).most_common(1)[0][0]
        ends = [place + 1 for place, gap in enumerate(gaps) if gap != usual]
    elif gaps and min(len(group.digits) for group in groups) >= 9:
        ends = list(range(1, len(groups)))
    else:
        ends = []
    for start, end in zip([0, *ends], [*ends, len(groups)], strict=True):
        part = Cluster(groups[start:end], gaps[start : end - 1])
        yield from [part] if ends else []
        yield from _mobiles(part)


def _mobiles(cluster: Cluster) -> Iterator[Cluster]:
    groups = cluster.groups
    for start in range(len(groups) - 2) if len(groups) > 3 else ():
        sizes = tuple(len(group.digits) for group in groups[start : start + 3])
        if sizes == (3, 4, 4) and groups[start].digits.startswith("01"):
            yield Cluster(groups[start : start + 3], cluster.gaps[start : start + 2])


def _at(
    line: str, clusters: tuple[Cluster, ...], place: int, rules: tuple[NumberRule, ...], said: bool
) -> tuple[int, Span] | None:
    """Return how many clusters from here are one number, and where it is."""
    windows = list(_windows(line, clusters, place, said))
    for rule in rules:
        tried = windows
        if rule.kind is Private.ACCOUNT:  # what is whole by itself takes nothing in
            alone = [window for window in windows if window[0] == 1]
            tried = alone + [window for window in windows if window[0] > 1]
        for size, start, end, number in tried:
            if rule.least <= len(number.digits) <= rule.most and rule.holds(number):
                opened = OPENS.search(line[max(0, start - 3) : start])
                return size, (start - (len(opened[0]) if opened else 0), end, rule.kind)
    return None


def _windows(
    line: str, clusters: tuple[Cluster, ...], place: int, said: bool
) -> Iterator[tuple[int, int, int, NumberCandidate]]:
    """Yield windows that begin with a cluster, the longest first."""
    widest = WIDE if len(clusters) <= MOST_CLUSTERS else NARROW
    groups: list[DigitGroup] = []
    gaps: list[str] = []
    windows = []
    count = 0
    for size, cluster in enumerate(clusters[place : place + widest], start=1):
        count += cluster.count
        if count > MOST or len(groups) + len(cluster.groups) > MOST_GROUPS:
            break
        if size > 1:
            if cluster.is_decimal:
                break
            gaps.append("")
        groups += cluster.groups
        gaps += cluster.gaps
        if count >= FEWEST:
            windows += [(size, *shape) for shape in _shapes(line, tuple(groups), tuple(gaps), said)]
        if size == 1 and cluster.is_decimal:
            break
    yield from reversed(windows)


def _shapes(
    line: str, groups: tuple[DigitGroup, ...], gaps: tuple[str, ...], said: bool
) -> Iterator[tuple[int, int, NumberCandidate]]:
    """Yield a window as it stands, and, where its ends may be words, without them.

    The last that is yielded is tried first.
    """
    first, last = groups[0], groups[-1]
    cuts = {(0, 0)}
    if said:
        lead = first.lead if first.lead < len(first.digits) else 0
        tail = last.tail if last.tail < len(last.digits) else 0
        one = int(len(last.digits) > 1 and (last.tail > 0 or last.soft == len(last.digits)))
        cuts |= {(lead, tail), (lead, 0), (0, tail), (0, one)}
    for lead, tail in sorted(cuts):
        soft = sum(group.soft for group in groups) - lead - tail
        if said and soft < 1:
            continue
        yield _candidate(line, groups, gaps, (lead, tail, soft))


def _candidate(
    line: str, groups: tuple[DigitGroup, ...], gaps: tuple[str, ...], cut: tuple[int, int, int]
) -> tuple[int, int, NumberCandidate]:
    lead, tail, soft = cut
    ends = groups[0].lead - lead + groups[-1].tail - tail
    start, end = groups[0].start + lead, groups[-1].end - tail  # a soft digit is one character
    sizes = [len(group.digits) for group in groups]
    sizes[0] -= lead
    sizes[-1] -= tail
    digits = "".join(group.digits for group in groups)
    number = NumberCandidate(
        digits[lead : len(digits) - tail],
        tuple(sizes),
        gaps,
        soft,
        max(0, ends),
        line[max(0, start - AROUND) : start],
        line[end : end + AROUND],
    )
    return start, end, number
