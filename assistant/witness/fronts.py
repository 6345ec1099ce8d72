"""The plain order of a clause that opens with something else than who acts in it.

`Ti kilometer kørte I` was `vi kørte ti kilometer`; `it was the fork you noticed` was `I noticed the fork`. Who acts
stands beside the same verb in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.witness.lexicon import Token

if TYPE_CHECKING:
    from assistant.witness.grounding import Spoken

_LONGEST = 7
"""How many words may stand before the verb."""


def is_cleft(spoken: Spoken, stretch: Sequence[Token]) -> bool:
    """Say whether a stretch puts `it was` around one thing that somebody did something to."""
    lexicon = spoken.lexicon
    opens = stretch[0].word in lexicon.things | lexicon.pronouns and stretch[1].word in lexicon.copulas
    return opens and len(stretch) > 4 and any(token.word in lexicon.relatives for token in stretch[3:])


def of_a_cleft(spoken: Spoken, stretch: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Give the plain orders of `it was the fork you noticed` and `ti var det, du nåede`."""
    lexicon, n = spoken.lexicon, len(stretch)
    acts = lexicon.nominatives | spoken.names
    if n > 4 and stretch[0].word in lexicon.things and stretch[1].word in lexicon.copulas:
        start = next((at for at in range(3, n - 1) if stretch[at].word in acts), 0)
        what = stretch[2 : start - (stretch[start - 1].word in lexicon.relatives)] if start else ()
        if what:
            yield [*stretch[start:], *what]
            yield [*stretch[start : start + 2], *what, *stretch[start + 2 :]]
    for at in range(1, n - 3 if lexicon.inverts else 0):
        it = stretch[at].word in lexicon.copulas and stretch[at + 1].word in lexicon.things
        if it and stretch[at + 2].word in acts:
            yield [*stretch[at + 2 :], *stretch[:at]]
            yield [*stretch[at + 2 : at + 4], *stretch[:at], *stretch[at + 4 :]]


def of_a_fronted_clause(spoken: Spoken, stretch: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Give the plain order of `om han hørte den, ved du ikke`: who knows it, or says it, first."""
    lexicon, n = spoken.lexicon, len(stretch)
    if stretch[0].word not in lexicon.complements | lexicon.question_words:
        return
    for at in range(max(n - 3, 3), n):
        if stretch[at].word in lexicon.nominatives:
            yield [stretch[at], stretch[at - 1], *stretch[at + 1 :], *stretch[: at - 1]]


def from_the_front(spoken: Spoken, number: int, stretch: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Give the plain orders of a stretch in which something else than the subject stands first.

    `ti kilometer kørte I` was `vi kørte ti kilometer`, since `I` can be nothing but a subject; `they left because it
    rained` was `it rained so they left`.
    """
    lexicon = spoken.lexicon
    n, opens = len(stretch), lexicon.subordinators | lexicon.meanwhile
    starts = lexicon.nominatives | lexicon.determiners | lexicon.echoed_owners | spoken.names
    for verb in range(1, min(_LONGEST, n - 2) + 1 if lexicon.inverts else 0):
        plural = stretch[verb + 1].word == "i" and stretch[verb + 1].large
        if any(token.word in lexicon.nominatives or (token.word == "i" and token.large) for token in stretch[:verb]):
            break
        if stretch[verb + 1].word in lexicon.nominatives or plural:
            subject, front, rest = stretch[verb + 1], stretch[:verb], stretch[verb + 2 :]
            yield [subject, stretch[verb], *front, *rest]
            yield [subject, stretch[verb], *rest, *front]
    yield from _inverted(spoken, number, stretch)
    fronted = stretch[0].word in opens
    for at in range(1, n - 1):
        if result := lexicon.because.get(stretch[at].word):
            so = replace(stretch[at], word=result, key=result)
            yield [*stretch[at + 1 :], so, *stretch[:at]]
        elif stretch[at - 1].word in opens:
            continue
        elif not lexicon.inverts and at > fronted and stretch[at].word in (starts if fronted else lexicon.nominatives):
            yield [*stretch[at:], *stretch[:at]]
            yield [*stretch[at : at + 2], *stretch[:at], *stretch[at + 2 :]]


def _inverted(spoken: Spoken, number: int, stretch: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Give the plain orders of a Danish clause that opens with something else than its subject, whoever that is."""
    lexicon, n = spoken.lexicon, len(stretch)
    acts = lexicon.nominatives | lexicon.neuters | spoken.names
    for verb in range(1, min(_LONGEST, n - 2) + 1 if lexicon.inverts else 0):
        front, after = stretch[:verb], stretch[verb + 1]
        if any(token.word in lexicon.nominatives | lexicon.exists | spoken.names for token in front):
            return
        if stretch[verb].word in lexicon.free - lexicon.copulas - lexicon.helpers | lexicon.determiners:
            continue
        sizes: tuple[int, ...] = (1, 2) if after.word in acts or (after.word == "i" and after.large) else ()
        if after.word in lexicon.determiners | lexicon.echoed_owners:
            sizes = (*sizes, 2, 3)
        for size in sorted(set(sizes)):
            subject, rest = stretch[verb + 1 : verb + 1 + size], stretch[verb + 1 + size :]
            if len(subject) < size or not are_beside(spoken, number, subject[-1], stretch[verb]):
                continue
            yield [*subject, stretch[verb], *front, *rest]
            yield [*subject, stretch[verb], *rest, *front]
            for cut in range(1, len(rest)):
                if rest[cut].word in lexicon.prepositions | lexicon.infinitives:
                    yield [*subject, stretch[verb], *rest[:cut], *front, *rest[cut:]]
                    break


def are_beside(spoken: Spoken, number: int, subject: Token, verb: Token) -> bool:
    """Whether subject and verb stand beside one another in the member's sentence, the verb in the same form."""
    places = spoken.sentences[number].places
    at = places.get(subject.key, ())
    return any(abs(here - there) == 1 for here in at for there in places.get(verb.key, ()))


def was_inverted(spoken: Spoken, number: int, stretch: Sequence[Token]) -> bool:
    """Whether subject and verb of `stretch` stand as verb and subject, after something fronted that is no subject."""
    said = spoken.sentences[number].tokens
    for at in range(1, len(said) - 1):
        if stretch[1].key in said[at].keys and stretch[0].key in said[at + 1].keys:
            before = said[at - 1]
            return not before.is_mark and before.word not in spoken.lexicon.subjects | spoken.names
    return False
