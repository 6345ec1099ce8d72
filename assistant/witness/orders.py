"""The other orders a stretch of words may have had with the member: what grammar lets a sentence put elsewhere.

A part that says when or where may stand first or last; a verb may come before its subject; `it was she who` may be
put around anyone. What holds somebody who acts is never moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.witness.lexicon import Token

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
    if stretch[0].word in lexicon.relatives and n > 2:
        yield stretch[1:], ()
        yield from other_orders(spoken, number, stretch[1:])
        return
    if stretch[1].word in people or stretch[0].word in lexicon.speech:
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
    if lexicon.inverts and _was_inverted(spoken, number, stretch):
        yield [stretch[1], stretch[0], *stretch[2:]], ()
    for at in range(n - 1):
        if stretch[at].word in lexicon.negations:
            yield [*stretch[:at], stretch[at + 1], stretch[at], *stretch[at + 2 :]], ()
    if stretch[0].word in lexicon.copulas:
        yield [*stretch[1:], stretch[0]], ()
    if lexicon.inverts and n > 2 and stretch[1].word in lexicon.echoed_owners | lexicon.determiners:
        yield [stretch[1], stretch[2], stretch[0], *stretch[3:]], ()
    for at in range(2, n - 1):
        if stretch[at].word in lexicon.conditions:
            yield [*stretch[at:], *stretch[:at]], ()
            yield [*stretch[at:], stretch[1], stretch[0], *stretch[2:at]], ()
    for cut in range(1, min(_LONGEST, n - 1) + 1):
        if is_adverbial(spoken, stretch[:cut]):
            core = stretch[cut:]
            if cut == 1 and lexicon.is_number(stretch[0].key) and any(token.word in people for token in core):
                continue
            yield core, stretch[:cut]
            if len(core) > 1 and core[1].word in people:
                yield [core[1], core[0], *core[2:]], stretch[:cut]
            if lexicon.inverts and len(core) > 2 and core[1].word in lexicon.echoed_owners | lexicon.determiners:
                yield [core[1], core[2], core[0], *core[3:]], stretch[:cut]
    for cut in range(n - 1, max(n - _LONGEST, 1) - 1, -1):
        if cut == n - 1 and lexicon.is_number(stretch[cut].key):
            continue
        if is_adverbial(spoken, stretch[cut:]):
            yield stretch[:cut], stretch[cut:]


def _was_inverted(spoken: Spoken, number: int, stretch: Sequence[Token]) -> bool:
    """Whether subject and verb of `stretch` stand as verb and subject, after something fronted that is no subject."""
    said = spoken.sentences[number].tokens
    for at in range(1, len(said) - 1):
        if stretch[1].key in said[at].keys and stretch[0].key in said[at + 1].keys:
            before = said[at - 1]
            return not before.is_mark and before.word not in spoken.lexicon.subjects | spoken.names
    return False


def is_adverbial(spoken: Spoken, part: Sequence[Token]) -> bool:
    """Whether `part` opens as what says when, where or how often does, and holds nobody who acts."""
    if not part:
        return False
    lexicon, opens = spoken.lexicon, part[0]
    counts = len(part) > 1 and lexicon.is_number(opens.key) and part[1].word in lexicon.units
    if not (opens.word in lexicon.adverbials or counts or (len(part) == 1 and lexicon.is_number(opens.key))):
        return False
    return all(token.word not in lexicon.subjects and token.word not in lexicon.operators for token in part)


def stands_near(spoken: Spoken, number: int, part: Sequence[Token]) -> bool:
    """Whether `part` stands together in the same sentence, or is all of the one before or after it."""
    lexicon = spoken.lexicon
    words = [token.key for token in part if token.word not in lexicon.free]
    if not words:
        return False
    for near in (number, number + 1, number - 1):
        if not 0 <= near < len(spoken.sentences):
            continue
        tokens = spoken.sentences[near].tokens
        said = [token for token in tokens if not token.is_mark and token.word not in lexicon.free]
        for start in range(len(said) - len(words) + 1):
            if all(spoken.kin(word) & said[start + n].keys for n, word in enumerate(words)) and (
                near == number or len(said) == len(words)
            ):
                return True
    return False
