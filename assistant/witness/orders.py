"""The other orders a stretch of words may have had with the member: what grammar lets a sentence put elsewhere.

A part that says when or where may stand first or last; a verb may come before its subject; `it was she who` may be
put around anyone. What holds somebody who acts is never moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.witness.lexicon import Token

if TYPE_CHECKING:
    from assistant.witness.alignment import Place
    from assistant.witness.grounding import Spoken

QUOTED = frozenset(("",))
"""The keys of a token that stands in a quote: it is found as it was written, not shifted."""
_UNDER = 2
"""How many sentences stand under a heading."""
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
    yield from ((order, ()) for order in _of_a_cleft(spoken, stretch))
    yield from ((order, ()) for order in _with_particle(spoken, number, stretch))
    if lexicon.inverts:
        yield from ((order, ()) for order in _of_a_fronted_clause(spoken, stretch))
    named = spoken.names | lexicon.determiners | lexicon.echoed_owners | lexicon.genders.keys()
    if lexicon.inverts and stretch[0].word not in people and stretch[1].word in named:
        yield from (([*stretch[1:at], stretch[0], *stretch[at:]], ()) for at in range(2, min(4, n)))
    if lexicon.inverts and _opens_with_both(spoken, number, stretch[1], stretch[0]):
        yield [stretch[1], stretch[0], *stretch[2:]], ()
    yield from ((order, ()) for order in _told_by(spoken, stretch))
    owned = stretch[0].word in lexicon.determiners | lexicon.echoed_owners or stretch[0].word in spoken.names
    for size in range(2, min(4, n)) if lexicon.inverts and owned else ():
        if any(token.word in people or token.key in spoken.deeds for token in stretch[1:size]):
            break
        if stretch[size].word in people | lexicon.free - lexicon.copulas - lexicon.helpers:
            continue
        if _are_beside(spoken, number, stretch[size - 1], stretch[size]) or _are_beside(
            spoken, number, stretch[0], stretch[size]
        ):
            yield [stretch[size], *stretch[:size], *stretch[size + 1 :]], ()
    if lexicon.inverts and _was_inverted(spoken, number, stretch):
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
    yield from ((order, ()) for order in _from_the_front(spoken, number, stretch))
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


def is_cleft(spoken: Spoken, stretch: Sequence[Token]) -> bool:
    """Say whether a stretch puts `it was` around one thing that somebody did something to."""
    lexicon = spoken.lexicon
    opens = stretch[0].word in lexicon.things | lexicon.pronouns and stretch[1].word in lexicon.copulas
    return opens and len(stretch) > 4 and any(token.word in lexicon.relatives for token in stretch[3:])


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


def _of_a_cleft(spoken: Spoken, stretch: Sequence[Token]) -> Iterator[Sequence[Token]]:
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


def _of_a_fronted_clause(spoken: Spoken, stretch: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Give the plain order of `om han hørte den, ved du ikke`: who knows it, or says it, first."""
    lexicon, n = spoken.lexicon, len(stretch)
    if stretch[0].word not in lexicon.complements | lexicon.question_words:
        return
    for at in range(max(n - 3, 3), n):
        if stretch[at].word in lexicon.nominatives:
            yield [stretch[at], stretch[at - 1], *stretch[at + 1 :], *stretch[: at - 1]]


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


def _from_the_front(spoken: Spoken, number: int, stretch: Sequence[Token]) -> Iterator[Sequence[Token]]:
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
            if len(subject) < size or not _are_beside(spoken, number, subject[-1], stretch[verb]):
                continue
            yield [*subject, stretch[verb], *front, *rest]
            yield [*subject, stretch[verb], *rest, *front]
            for cut in range(1, len(rest)):
                if rest[cut].word in lexicon.prepositions | lexicon.infinitives:
                    yield [*subject, stretch[verb], *rest[:cut], *front, *rest[cut:]]
                    break


def _are_beside(spoken: Spoken, number: int, subject: Token, verb: Token) -> bool:
    """Whether subject and verb stand beside one another in the member's sentence, the verb in the same form."""
    places = spoken.sentences[number].places
    at = places.get(subject.key, ())
    return any(abs(here - there) == 1 for here in at for there in places.get(verb.key, ()))


def _was_inverted(spoken: Spoken, number: int, stretch: Sequence[Token]) -> bool:
    """Whether subject and verb of `stretch` stand as verb and subject, after something fronted that is no subject."""
    said = spoken.sentences[number].tokens
    for at in range(1, len(said) - 1):
        if stretch[1].key in said[at].keys and stretch[0].key in said[at + 1].keys:
            before = said[at - 1]
            return not before.is_mark and before.word not in spoken.lexicon.subjects | spoken.names
    return False


def is_adverbial(spoken: Spoken, part: Sequence[Token], is_first: bool = True) -> bool:
    """Whether `part` opens as what says when, where or how often does, and holds nobody who acts.

    A Danish `I` has its large letter from the sentence only where the part `is_first`.
    """
    if not part:
        return False
    lexicon, opens = spoken.lexicon, part[0]
    counts = len(part) > 1 and lexicon.is_number(opens.key) and part[1].word in lexicon.units
    by_turns = len(part) == 3 and opens.key == part[2].key and part[1].word in lexicon.ways
    whole = len(part) > 1 and opens.word in lexicon.whole and part[1].word in lexicon.units | lexicon.spans
    number = len(part) == 1 and lexicon.is_number(opens.key)
    if not (opens.word in lexicon.adverbials or counts or by_turns or whole or number):
        return False
    if by_turns:
        return True
    when = lexicon.units | lexicon.adverbials - lexicon.prepositions
    if opens.word in lexicon.articles | lexicon.determiners and not any(
        lexicon.is_number(token.key) or lexicon.ordinal(token.word) or token.word in when for token in part[1:3]
    ):
        return False
    verbs = lexicon.copulas | lexicon.helpers
    plural = lexicon.inverts and any(token.word == "i" and token.large for token in part[1 if is_first else 0 :])
    if plural or any(token.key in spoken.deeds or token.word in verbs for token in part[1:]):
        return False
    joins = lexicon.joins | spoken.names | {"'s"}
    for before, token in zip([None, *part], part, strict=False):
        if before and token.word in spoken.names and before.word not in lexicon.tied | spoken.names:
            return False
        if before and before.word in spoken.names and token.word not in joins:
            return False
    return all(token.word not in lexicon.subjects and token.word not in lexicon.operators for token in part)


def stands_near(spoken: Spoken, place: Place, part: Sequence[Token]) -> bool:
    """Whether `part` stands together beside what was found at `place`, or is all of the sentence before or after it.

    Beside it is in one of its clauses, or in one that holds nothing else; and nothing denies or doubts it there.
    """
    lexicon, number = spoken.lexicon, place.sentence
    clauses = spoken.sentences[number].clauses
    own = set(clauses[place.first : place.last + 1])
    small = lexicon.free - lexicon.people
    words = [token.key for token in part if token.word not in small]
    opens = part[0].key if part[0].word in lexicon.prepositions else ""
    if not words:
        return False
    if opens in lexicon.settings and _is_heading(spoken, number, part):
        return True
    for near in (number, number + 1, number - 1):
        if not 0 <= near < len(spoken.sentences):
            continue
        tokens = spoken.sentences[near].tokens
        said = [at for at, token in enumerate(tokens) if not token.is_mark and token.word not in small]
        for start in range(len(said) - len(words) + 1):
            here = said[start : start + len(words)]
            if not all(spoken.kin(word) & tokens[at].keys for word, at in zip(words, here, strict=True)):
                continue
            if near == number and any(at in place.taken for at in here):
                continue
            if start and tokens[said[start - 1]].word in lexicon.operators and said[start - 1] not in place.taken:
                continue
            times = lexicon.adverbials - lexicon.prepositions - lexicon.articles - lexicon.determiners
            when = opens and any(lexicon.is_number(token.key) or token.word in times for token in part[1:])
            if opens and not _opens_with(spoken, tokens, here[0], opens, bool(when)):
                continue
            alone = [at for at in said if clauses[at] == clauses[here[0]]] if near == number else said
            if alone == here or (near == number and clauses[here[0]] in own):
                return True
            if near == number and here[0] == said[0] and _goes_on(spoken, place, here[-1]):
                return True
    return False


def _is_heading(spoken: Spoken, number: int, part: Sequence[Token]) -> bool:
    """Whether `at the board meeting` is what stands as a heading over what is told: `Board meeting this morning.`"""
    lexicon = spoken.lexicon
    heading, words = spoken.sentences[0].tokens, [token for token in part[1:] if token.word not in lexicon.articles]
    if not 0 < number <= _UNDER or len(heading) > _LONGEST or not words:
        return False
    small = lexicon.subjects | lexicon.operators | lexicon.copulas | lexicon.helpers
    if any(token.word in small or token.key in spoken.deeds for token in heading) or heading[-1].word == "?":
        return False
    heard = [at for at, token in enumerate(heading) if not token.is_mark]
    if len(words) != 1 or not heard or not words[0].word.endswith(tuple(lexicon.occasions)):
        return False
    return any(spoken.kin(words[0].key) & heading[at].keys for at in heard[:2])


def _goes_on(spoken: Spoken, place: Place, since: int) -> bool:
    """Whether what is told at `place` goes on, with `I` and an `and`, from what opens the sentence with a time."""
    lexicon, sentence = spoken.lexicon, spoken.sentences[place.sentence]
    said, clauses = sentence.tokens, sentence.clauses
    here = [at for at, clause in enumerate(clauses) if clause == clauses[place.first]]
    before = {token.word for token in said[since + 1 : place.first]}
    own = {said[at].word for at in here}
    joins = (lexicon.coordinators | lexicon.causes) - lexicon.contrasts
    times = lexicon.adverbials - lexicon.prepositions - lexicon.articles - lexicon.determiners
    others = spoken.names | times | lexicon.contrasts | lexicon.subordinators
    start = said[here[0]].word in joins or said[max(place.first - 1, 0)].word in joins
    mine = bool(before & lexicon.self_subjects) and said[place.first].word in lexicon.self_subjects
    return start and mine and not (before | own) & others


def _opens_with(spoken: Spoken, tokens: Sequence[Token], at: int, preposition: str, when: bool) -> bool:
    """Whether the small words before what stands at `at` have the preposition in them; a time may do without."""
    lexicon = spoken.lexicon
    if preposition in tokens[at].keys:
        return True
    while at and tokens[at - 1].word in lexicon.free - lexicon.people:
        at -= 1
        if tokens[at].word in lexicon.prepositions:
            return preposition in tokens[at].keys
    return when
