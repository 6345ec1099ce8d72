"""The proof of one stretch of words: aligned in order with one sentence of the member's, person by person.

A bag of words is not enough, since a wrong reflection is often made of the member's own. So a stretch must be found in
order; it may not lose or gain a `not`, a `maybe`, a `should`; and whoever did it must be who did it. A pronoun may
stand for what was named shortly before, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from assistant.witness.added import Added
from assistant.witness.alignment import BACK, Misfit, Place
from assistant.witness.bounds import Bounds
from assistant.witness.fronts import is_cleft
from assistant.witness.lexicon import Lexicon, Token
from assistant.witness.lost import Lost
from assistant.witness.orders import QUOTED, other_orders
from assistant.witness.retold import as_said
from assistant.witness.roles import Roles
from assistant.witness.whereabouts import stands_near

if TYPE_CHECKING:
    from assistant.witness.grounding import Spoken

_ORDERS = 60
"""How many orders of a stretch are looked at."""
_NAMING = 3
"""How many words name somebody at most."""


def fit(spoken: Spoken, number: int, stretch: Sequence[Token], names_only: bool) -> Place | Misfit:
    """Try `stretch` against one sentence: as it stands, then with a part of it moved where grammar allows."""
    first = Fit(spoken, number, stretch, names_only).result()
    if isinstance(first, Place) or any(_is_new(spoken, number, token) for token in stretch):
        return first
    if _is_denied_elsewhere(spoken, spoken.sentences[number].tokens, stretch):
        return first
    if first.kind == "lost" and first.found == sum(not token.is_mark for token in stretch):
        return first
    tried: set[tuple[str, ...]] = set()
    for core, moved in islice(other_orders(spoken, number, stretch), _ORDERS):
        order = tuple(token.word for token in core)
        if order in tried:
            continue
        tried.add(order)
        found = Fit(spoken, number, core, names_only).result()
        if moved and not isinstance(found, Place) and (retold := as_said(spoken, number, core)):
            found = Fit(spoken, number, retold, names_only).result()
        if not isinstance(found, Place) or len(found.taken) + len(moved) < first.found:
            continue
        if is_cleft(spoken, stretch) and len({spoken.sentences[number].clauses[at] for at in found.taken}) > 1:
            continue
        if not moved or stands_near(spoken, found, moved):
            return found
    if retold := as_said(spoken, number, stretch):
        found = Fit(spoken, number, retold, names_only).result()
        if isinstance(found, Place):
            return found
    return _by_name(spoken, number, stretch, names_only) or first


def _is_denied_elsewhere(spoken: Spoken, said: Sequence[Token], stretch: Sequence[Token]) -> bool:
    """Whether a `not` stands elsewhere than in the member's sentence: `you did not promise to tell`, of `not to tell`.

    Before what was to be done in one and not in the other, before a `that` and not after it, or before another verb.
    """
    there, here = tuple(_denied(spoken.lexicon, said)), tuple(_denied(spoken.lexicon, stretch))
    inverts = spoken.lexicon.inverts
    alike = (
        to_do == to
        and ((inverts and near & beside) or that == before or None in (that, before))
        and (inverts or not (what and keys) or spoken.kin(what) & keys)
        for to_do, that, what, _, near in here
        for to, before, _, keys, beside in there
    )
    return bool(here) and bool(there) and not any(alike)


def _denied(
    lexicon: Lexicon, tokens: Sequence[Token]
) -> Iterator[tuple[bool, bool | None, str, frozenset[str], set[str]]]:
    """Give of each `not` whether a `to` stands after it, whether a `that` before it, what it denies, and what is near.

    Where a `that` opens it all, nobody knows how far it reaches.
    """
    small = lexicon.free | lexicon.people | lexicon.infinitives | lexicon.adverbs
    for at, token in enumerate(tokens):
        if token.word in lexicon.bare_noes:
            to_do = at + 1 < len(tokens) and tokens[at + 1].word in lexicon.infinitives
            opened = tokens[0].word in lexicon.complements
            that = None if opened else any(before.word in lexicon.complements for before in tokens[:at])
            denied = next((after for after in tokens[at + 1 :] if after.word not in small), None)
            sides = (tokens[:at][::-1], tokens[at + 1 :])
            near = {next((each.word for each in side if each.word not in lexicon.people), "") for side in sides} - {""}
            yield to_do, that, denied.key if denied else "", denied.keys if denied else frozenset(), near


def _by_name(spoken: Spoken, number: int, stretch: Sequence[Token], names_only: bool) -> Place | None:
    """Give where it stands when who acts is named, and the member's sentence has a `she` for the one named before."""
    lexicon = spoken.lexicon
    for cut in range(1, min(_NAMING, len(stretch) - 1) + 1):
        who = [token for token in stretch[:cut] if token.word not in lexicon.free | lexicon.echoed_owners]
        small = lexicon.echoed_owners | lexicon.determiners
        if not who or any(token not in who and token.word not in small for token in stretch[:cut]):
            continue
        if any(token.word in lexicon.people - small or token.is_mark for token in stretch[:cut]):
            continue
        core = Fit(spoken, number, stretch[cut:], names_only)
        found = core.result()
        if not isinstance(found, Place) or not found.first or core.pairs[0][0]:
            continue
        near = [found.first - 1, *([found.first + 1] if lexicon.inverts else []), *_goes_on_from(core, found)]
        near = [at for at in near if at < len(core.said)]
        pronoun = next((at for at in near if core.said[at].word in lexicon.nominatives & lexicon.genders.keys()), None)
        if pronoun is None or pronoun in found.taken:
            continue
        before = _named_before(core, pronoun, who)
        if before and not _is_another_named(spoken, before, (number, pronoun), who):
            return found
    return None


def _goes_on_from(core: Fit, found: Place) -> list[int]:
    """Give where the only one who acts before an `and` stands: `she looked at me and said`."""
    lexicon, said = core.lexicon, core.said
    if said[found.first - 1].word not in lexicon.coordinators - lexicon.contrasts:
        return []
    acts = lexicon.others | lexicon.self_subjects | core.spoken.names
    before = [at for at in range(found.first) if said[at].word in acts]
    return before if len(before) == 1 else []


def _named_before(core: Fit, pronoun: int, who: Sequence[Token]) -> tuple[int, int] | None:
    """Give the sentence and the token where they were last named before the pronoun."""
    spoken, number = core.spoken, core.sentence.number
    words = [spoken.kin(token.key) for token in who]
    here = [(number, at) for at in core.mentions(number, words) if at < pronoun]
    earlier = (
        (near, at) for near in range(number - 1, max(number - BACK, -1), -1) for at in core.mentions(near, words)
    )
    return here[-1] if here else next(earlier, None)


def _is_another_named(spoken: Spoken, since: tuple[int, int], until: tuple[int, int], who: Sequence[Token]) -> bool:
    """Whether somebody with another name comes between who is named and the `she` that should mean them."""
    named = {token.word for token in who}
    between = (
        token.word
        for number in range(since[0], until[0] + 1)
        for at, token in enumerate(spoken.sentences[number].tokens)
        if since < (number, at) < until
    )
    return any(word in spoken.names and word not in named for word in between)


def _is_new(spoken: Spoken, number: int, token: Token) -> bool:
    """Whether a word stands neither in a sentence nor in those near it, so that no other order can prove it."""
    lexicon = spoken.lexicon
    small = token.word in lexicon.free | lexicon.people | lexicon.without or token.word in lexicon.because
    if small or token.keys is QUOTED or token.is_mark or token.word in lexicon.speech or token.word in lexicon.times:
        return False
    near = spoken.sentences[max(number - BACK, 0) : number + 2]
    return all(sentence.places.keys().isdisjoint(spoken.kin(token.key)) for sentence in near)


class Fit(Added, Lost, Bounds, Roles):
    """One try: a stretch of a reflection beside one sentence of the member's."""

    def result(self) -> Place | Misfit:
        """Give where it stands, or what does not fit, the gravest first."""
        if not self.pairs:
            return self._no("word", 0)
        for looks in (
            self._new_words,
            self._copula,
            self._together,
            self._lost,
            self._conditional,
            self._unbound,
            self._roles,
            self._subjects,
            self._strangers,
            self._owners,
        ):
            if misfit := looks():
                return misfit
        whole = sum(not token.is_mark for token in self.said) == len(self.taken)
        return Place(
            self.sentence.number, self.pairs[0][1], self.pairs[-1][1], whole, self._bids(), frozenset(self.taken)
        )

    def _bids(self) -> bool:
        first, said = self.pairs[0]
        token = self.stretch[first]
        if first or not said or self._is_light(first) or token.keys is QUOTED or not token.key.isalpha():
            return False
        if token.word in self.lexicon.operators | self.lexicon.adverbs | self.lexicon.droppable | self.lexicon.speech:
            return False
        changed = token.key not in self.said[said].keys
        if not self.lexicon.inverts:
            after = self.said[said - 1].word
            to_do = after in self.lexicon.infinitives and not self.said[said].large
            changed = changed or to_do or after in self.lexicon.self_subjects
        return changed and self.lexicon.may_bid(token.key)
