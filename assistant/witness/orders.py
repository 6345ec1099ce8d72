"""The other orders a stretch of words may have had with the member: what grammar lets a sentence put elsewhere.

A part that says when or where may stand first or last; a verb may come before its subject; `it was she who` may be
put around anyone. What holds somebody who acts is never moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.witness.fronts import are_beside, from_the_front, of_a_cleft, of_a_fronted_clause, was_inverted
from assistant.witness.lexicon import Token
from assistant.witness.whereabouts import is_adverbial

if TYPE_CHECKING:
    from assistant.witness.grounding import Spoken

QUOTED = frozenset(("",))
"""The keys of a token that stands in a quote: it is found as it was written, not shifted."""
_LONGEST = 7
"""How many words a part that says when or where may have."""


def other_orders(
    spoken: Spoken, number: int, stretch: Sequence[Token]
) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
    """Give the other orders a stretch may have had: the core, and the part that says when or where."""
    lexicon, n = spoken.lexicon, len(stretch)
    if n < 2:
        return
    people = lexicon.people | spoken.names
    is_thing = stretch[0].word in lexicon.things | lexicon.exists and stretch[1].word in lexicon.copulas
    if stretch[0].word in lexicon.relatives and n > 2 and not is_thing:
        yield stretch[1:], ()
        yield from other_orders(spoken, number, stretch[1:])
        return
    verb = stretch[0].word not in lexicon.degrees | lexicon.adverbs | lexicon.subordinators | lexicon.meanwhile
    if (stretch[1].word in people and verb) or stretch[0].word in lexicon.speech:
        yield [stretch[1], stretch[0], *stretch[2:]], ()
        if n > 2 and stretch[0].word in lexicon.speech:
            yield [*stretch[1:], stretch[0]], ()
    quoted = next((at for at in range(n) if stretch[at].keys is QUOTED), 0)
    if 0 < quoted < n and stretch[quoted - 1].word in lexicon.speech:
        yield [*stretch[quoted:], *stretch[:quoted]], ()
        yield [*stretch[quoted:], *reversed(stretch[:quoted])], ()
    if n > 3 and stretch[0].word in lexicon.pronouns and stretch[1].word in lexicon.copulas:
        who = next((at for at in range(3, n) if stretch[at].word in lexicon.relatives), 0)
        if who:
            yield [*stretch[2:who], *stretch[who + 1 :]], ()
    yield from ((order, ()) for order in of_a_cleft(spoken, stretch))
    yield from ((order, ()) for order in _with_particle(spoken, number, stretch))
    if lexicon.inverts:
        yield from ((order, ()) for order in of_a_fronted_clause(spoken, stretch))
    named = spoken.names | lexicon.determiners | lexicon.echoed_owners | lexicon.genders.keys()
    if lexicon.inverts and stretch[0].word not in people and stretch[1].word in named:
        yield from (([*stretch[1:at], stretch[0], *stretch[at:]], ()) for at in range(2, min(4, n)))
    if lexicon.inverts and _opens_with_both(spoken, number, stretch[1], stretch[0]):
        yield [stretch[1], stretch[0], *stretch[2:]], ()
    yield from ((order, ()) for order in _told_by(spoken, stretch))
    owned = stretch[0].word in lexicon.determiners | lexicon.echoed_owners or stretch[0].word in spoken.names
    for size in range(2, min(4, n)) if lexicon.inverts and owned else ():
        acts = people | lexicon.helpers
        if any(token.word in acts or token.key in spoken.deeds for token in stretch[1:size]):
            break
        if stretch[size].word in people | lexicon.free - lexicon.copulas - lexicon.helpers:
            continue
        if are_beside(spoken, number, stretch[size - 1], stretch[size]) or are_beside(
            spoken, number, stretch[0], stretch[size]
        ):
            yield [stretch[size], *stretch[:size], *stretch[size + 1 :]], ()
    if lexicon.inverts and was_inverted(spoken, number, stretch):
        yield [stretch[1], stretch[0], *stretch[2:]], ()
    for at in range(n - 1):
        if stretch[at].word in lexicon.negations:
            yield [*stretch[:at], stretch[at + 1], stretch[at], *stretch[at + 2 :]], ()
    places = spoken.sentences[number].places
    for at in range(1, n if lexicon.inverts else 0):
        middle = stretch[at].word in lexicon.negations | lexicon.adverbs or stretch[at].word in lexicon.constants
        if middle and any(here + 1 in places.get(stretch[at - 1].key, ()) for here in places.get(stretch[at].key, ())):
            yield [*stretch[: at - 1], stretch[at], stretch[at - 1], *stretch[at + 1 :]], ()
    if stretch[0].word in lexicon.copulas:
        yield [*stretch[1:], stretch[0]], ()
    if lexicon.inverts and n > 3 and stretch[0].word in lexicon.meanwhile and stretch[1].word in people:
        yield [stretch[0], stretch[2], stretch[1], *stretch[3:]], ()
    to_be = next((at for at in range(1, n) if stretch[at].word in lexicon.copulas), 0)
    if to_be and all(token.word in lexicon.habits | lexicon.infinitives | lexicon.helpers for token in stretch[:to_be]):
        yield [*stretch[to_be + 1 :], *stretch[: to_be + 1]], ()
    if stretch[0].word in lexicon.echoed and stretch[1].word in lexicon.coordinators:
        for end in range(3, min(n, 6)):
            yield [*stretch[2:end], stretch[1], stretch[0], *stretch[end:]], ()
    if lexicon.inverts and n > 2 and stretch[1].word in lexicon.echoed_owners | lexicon.determiners:
        yield [stretch[1], stretch[2], stretch[0], *stretch[3:]], ()
    for at in range(2, n - 1):
        if stretch[at].word in lexicon.conditions and not _is_whether(spoken, number, stretch[at]):
            yield [*stretch[at:], *stretch[:at]], ()
            yield [*stretch[at:], stretch[1], stretch[0], *stretch[2:at]], ()
    yield from ((order, ()) for order in from_the_front(spoken, number, stretch))
    for cut in range(1, min(_LONGEST, n - 1) + 1):
        if is_adverbial(spoken, stretch[:cut]):
            core = stretch[cut:]
            if cut == 1 and lexicon.is_number(stretch[0].key) and any(token.word in people for token in core):
                continue
            yield core, stretch[:cut]
            if len(core) > 1 and core[1].word in people:
                yield [core[1], core[0], *core[2:]], stretch[:cut]
            if lexicon.inverts and len(core) > 2:
                yield [core[1], core[0], *core[2:]], stretch[:cut]
                yield [core[1], core[2], core[0], *core[3:]], stretch[:cut]
    for start in range(1, n - 2):
        if (
            stretch[start].word in lexicon.adverbials | lexicon.whole
            and stretch[start - 1].word not in lexicon.prepositions
        ):
            for end in range(start + 1, min(start + 5, n - 1)):
                if is_adverbial(spoken, stretch[start:end], False):
                    yield [*stretch[:start], *stretch[end:]], stretch[start:end]
    for cut in range(n - 1, max(n - _LONGEST, 1) - 1, -1):
        if cut == n - 1 and lexicon.is_number(stretch[cut].key):
            continue
        if is_adverbial(spoken, stretch[cut:], False):
            yield stretch[:cut], stretch[cut:]


def _with_particle(spoken: Spoken, number: int, stretch: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Give the orders of a stretch with an `off` or a `down` before or after what its verb is about."""
    places = spoken.sentences[number].places
    for at in range(1, len(stretch)):
        if stretch[at].word not in spoken.lexicon.ways - spoken.lexicon.prepositions or stretch[at].key not in places:
            continue
        rest = [*stretch[:at], *stretch[at + 1 :]]
        for place in (at + 1, at + 2, at - 1, at - 2):
            if 0 < place <= len(rest):
                yield [*rest[:place], stretch[at], *rest[place:]]


def _opens_with_both(spoken: Spoken, number: int, subject: Token, verb: Token) -> bool:
    """Whether a clause of the sentence opens with `subject` and `verb`, one after the other."""
    sentence, lexicon = spoken.sentences[number], spoken.lexicon
    said = sentence.tokens
    for at in sentence.places.get(subject.key, ()):
        if at + 1 < len(said) and verb.key in said[at + 1].keys:
            before = said[at - 1] if at else None
            if before is None or before.is_mark or before.word in lexicon.coordinators | lexicon.subordinators:
                return True
    return False


def _is_whether(spoken: Spoken, number: int, token: Token) -> bool:
    """Whether an `if` of the sentence hangs on an asking or a not knowing, or is told, and opens no condition."""
    lexicon, sentence = spoken.lexicon, spoken.sentences[number]
    hangs = lexicon.whether | lexicon.speech
    return any(
        not hangs.isdisjoint(near.word for near in sentence.tokens[max(at - 2, 0) : at])
        for at in sentence.places.get(token.key, ())
    )


def _told_by(spoken: Spoken, stretch: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Give the orders of a stretch in which who says or thinks it stands at its other end: `they say that …`."""
    lexicon, n = spoken.lexicon, len(stretch)
    tells, who = lexicon.speech | lexicon.beliefs, lexicon.nominatives | spoken.names
    if n > 3 and stretch[0].word in who and stretch[1].word in tells:
        start = 3 if stretch[2].word in lexicon.complements else 2
        yield [*stretch[start:], stretch[0], stretch[1]]
        yield [*stretch[start:], stretch[1], stretch[0]]
    if n > 3:
        last = {stretch[-1].word, stretch[-2].word}
        if last & who and last & tells:
            one, other = sorted(stretch[-2:], key=lambda token: token.word in tells)
            yield [one, other, *stretch[:-2]]
            if stretch[0].word in spoken.names and one.word in lexicon.genders:
                yield [stretch[0], other, one, *stretch[1:-2]]
