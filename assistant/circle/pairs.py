"""Who meets whom on their own (på tomandshånd) from one monthly meeting to the next; every machine finds the same.

Two who are together for a month meet as often as the frame says in it, twice by default (PRACTICE: "at least twice
between the monthly meetings"): the second talk can take up where the first one stopped, and there is one colleague to
find a time with. The next monthly meeting closes by naming the next ones. Nobody is left over: where the number is
odd, three meet. Those come together who have met the least; of several ways that are as even it is the one after which
the next month can be the most even, and then the one in which it is longest ago.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

Group = tuple[str, ...]
"""Two members, or three, in order."""
Groups = tuple[Group, ...]
"""Who meets whom in a month; every one who is there is in one group."""

NEVER = -1
"""Before the first month."""
AHEAD = 8
"""Up to so many members the month after is looked at too; for nine that would take 3 s."""


def groups(present: Collection[str], before: Iterable[Groups] = ()) -> Groups:
    """Give the groups of a month for those `present`; `before` are the months gone by, oldest first.

    Fewer than two are no group. Eight take 20 ms, and so do nine; eleven take 0.6 s.
    """
    met, latest = _tally(before)
    candidates = [_Candidate(each, _twos(each)) for each in _candidates(tuple(sorted(set(present))))]
    if not candidates:
        return ()
    least = min(_uneven(each.twos, met) for each in candidates)
    best = [each for each in candidates if _uneven(each.twos, met) == least]
    looks_ahead = len(set(present)) <= AHEAD

    def cost(chosen: _Candidate) -> tuple[object, ...]:
        after = {**met, **{two: met.get(two, 0) + 1 for two in chosen.twos}}
        following = min(_uneven(each.twos, after) for each in candidates) if looks_ahead else ()
        return following, sum(latest.get(two, NEVER) for two in chosen.twos), chosen.groups

    return min(best, key=cost).groups


def plan(present: Iterable[Collection[str]], before: Sequence[Groups] = ()) -> tuple[Groups, ...]:
    """Give the groups of the months to come: for each, who is `present` in it, away or pausing ones left out."""
    months = list(before)
    for those in present:
        months.append(groups(those, months))
    return tuple(months[len(before) :])


class _Candidate(NamedTuple):
    groups: Groups
    twos: tuple[Group, ...]
    """Each two who would be together."""


def _twos(groups: Groups) -> tuple[Group, ...]:
    return tuple(two for group in groups for two in combinations(group, 2))


def _uneven(twos: Iterable[Group], met: Mapping[Group, int]) -> tuple[int, list[int]]:
    """Give by how much the sum of squares of all the numbers of meetings grows, and the numbers: the least is the most
    even, and of two as even the one in which those meet who have not met."""
    numbers = sorted(met.get(two, 0) for two in twos)
    return sum(2 * number + 1 for number in numbers), numbers


def _tally(before: Iterable[Groups]) -> tuple[dict[Group, int], dict[Group, int]]:
    """Count how often each two have met, and give the month they met last."""
    met: dict[Group, int] = {}
    latest: dict[Group, int] = {}
    for month, those in enumerate(before):
        for two in _twos(tuple(tuple(sorted(group)) for group in those)):
            met[two] = met.get(two, 0) + 1
            latest[two] = month
    return met, latest


def _candidates(members: Group) -> Iterator[Groups]:
    """Give every way to put members into pairs, with one trio where their number is odd."""
    if len(members) in (2, 3):
        yield (members,)
    elif len(members) > 3:
        first, *others = members
        for size in (1, 2) if len(members) % 2 else (1,):
            for companions in combinations(others, size):
                rest = tuple(member for member in others if member not in companions)
                for more in _candidates(rest):
                    yield ((first, *companions), *more)
