"""Who does what with the member: the subject of a word in one of the member's sentences, and whose a quote is."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.witness.grounding import Sentence, Spoken

_TELLS = 3
"""How many words may stand between a verb of speech and what is told without quotation marks."""
_SAYS = 5
"""Among how many words the verb stands that says whose the quote before was."""


def subject_of(spoken: Spoken, sentence: Sentence, at: int) -> str:
    """Who does what stands at `at`: `self`, `other`, or `open` where the member left the subject out."""
    lexicon, said = spoken.lexicon, sentence.tokens
    quoted = sentence.start + at in spoken.in_quotes
    inverted = lexicon.inverts and at + 1 < len(said) and said[at + 1].word in lexicon.self_subjects
    if lexicon.inverts and not inverted and _is_inverted_other(spoken, sentence, at):
        return "other"
    joined = False
    for place in range(at - 1, -1, -1):
        word = said[place].word
        if not quoted and sentence.start + place in spoken.in_quotes:
            continue
        if word in lexicon.self_subjects or (inverted and sentence.clauses[place] != sentence.clauses[at]):
            return "self"
        if _hangs_on(spoken, sentence, place, at):
            before = next((said[n].word for n in range(place - 1, -1, -1) if not said[n].is_mark), "")
            return "self" if before in lexicon.self_subjects | lexicon.self_others else "other"
        if word in lexicon.coordinators and not joined:
            joined = True
            own = said[place + 1].word in lexicon.determiners | lexicon.possessives and place + 2 < at
            if own and _has_subject_noun(spoken, sentence, at, place + 1):
                return "other"
            if place + 2 == at and lexicon.has_article(said[at - 1].word) and lexicon.is_past(said[at].key):
                return "other"
        if word in lexicon.subordinators and _has_subject_noun(spoken, sentence, at, place + 1):
            return "other"
        acts = place == 0 or said[place - 1].word not in lexicon.prepositions
        acts = acts and not _is_object(spoken, sentence, place)
        if acts and (word in lexicon.others or word in spoken.names):
            return "other"
    if inverted:
        return "self"
    return "other" if _has_subject_noun(spoken, sentence, at) else "open"


def is_of_a_belief(spoken: Spoken, sentence: Sentence, at: int) -> bool:
    """Say whether what stands at `at` tells of a noun that is only believed in: `I think it's a word I hide behind`."""
    lexicon, said = spoken.lexicon, sentence.tokens
    start = sentence.clauses.index(sentence.clauses[at])
    near = {token.word for token in said[max(start - 4, 0) : start]}
    opens = start > 1 and said[start].word in lexicon.self_subjects | lexicon.who and said[start - 1].is_mark
    return opens and bool(near & lexicon.one) and any(token.word in lexicon.beliefs for token in said[:start])


def _hangs_on(spoken: Spoken, sentence: Sentence, place: int, at: int) -> bool:
    """Whether a `who` at `place` is the subject of the verb at `at`: right before it, or after a comma."""
    lexicon, said = spoken.lexicon, sentence.tokens
    if said[place].word not in lexicon.who or not place:
        return False
    small = lexicon.adverbs | lexicon.droppable | lexicon.operators | lexicon.helpers | lexicon.copulas
    between = [token.word for token in said[place + 1 : at]]
    return said[place - 1].is_mark or all(word in small for word in between)


def _is_object(spoken: Spoken, sentence: Sentence, place: int) -> bool:
    """Whether the `it` at `place` comes right after a verb whose subject is the member: `I washed it off`."""
    lexicon, said = spoken.lexicon, sentence.tokens
    if said[place].word not in lexicon.neuters or place < 2:
        return False
    small = lexicon.adverbs | lexicon.droppable | lexicon.operators | lexicon.helpers
    before = [at for at in range(place - 1) if sentence.clauses[at] == sentence.clauses[place]]
    while before and said[before[-1]].word in small:
        before.pop()
    opens = lexicon.joins | lexicon.subordinators | lexicon.complements | lexicon.conditions
    if said[place - 1].is_mark or said[place - 1].word in opens | lexicon.speech | lexicon.beliefs:
        return False
    return bool(before) and said[before[-1]].word in lexicon.self_subjects


def _is_inverted_other(spoken: Spoken, sentence: Sentence, at: int) -> bool:
    """Whether somebody else follows the verb at `at`, which opens its clause or comes after what only says when."""
    lexicon, said = spoken.lexicon, sentence.tokens
    after = said[at + 1].word if at + 1 < len(said) else ""
    whoever = spoken.names | lexicon.nominatives - lexicon.echoed
    tells = said[at].word in lexicon.speech and at > 0 and said[at - 1].is_mark
    if tells and after in whoever | lexicon.possessives | lexicon.determiners:
        return after not in lexicon.self_others
    if after not in whoever or after in lexicon.self_subjects:
        return False
    before = [said[place] for place in range(at) if sentence.clauses[place] == sentence.clauses[at]]
    return bool(before) and all(
        token.word in lexicon.adverbs | lexicon.adverbials | lexicon.coordinators for token in before
    )


def _has_subject_noun(spoken: Spoken, sentence: Sentence, at: int, start: int = 0) -> bool:
    """Whether a noun stands from `start` on before what stands at `at` as who did it: right before it, or first."""
    lexicon, said = spoken.lexicon, sentence.tokens
    adverbs = lexicon.adverbs | lexicon.droppable
    small = adverbs | lexicon.operators | lexicon.copulas | lexicon.helpers | lexicon.infinitives
    joins = lexicon.coordinators | lexicon.subordinators | lexicon.prepositions | lexicon.question_words
    place = at - 1
    while place >= start and (said[place].word in small or said[place].word.endswith("ly")):
        place -= 1
    if place >= start and not said[place].is_mark and said[place].word not in joins:
        return True
    if start:
        return False
    first = next((token.word for token in said if not (token.is_mark or token.word in adverbs | joins)), "-")
    return first in lexicon.determiners or lexicon.is_number(first)


def is_anothers(spoken: Spoken, sentence: Sentence, at: int) -> bool:
    """Say whether what begins at `at` is told of somebody other than the member.

    The verb of speech before it decides, else the one right after it, else nobody.
    """
    lexicon, said = spoken.lexicon, sentence.tokens
    quoted = sentence.start + at in spoken.in_quotes
    nearest = 0 if quoted else max(at - _TELLS, 0)
    for place in range(at - 1, nearest - 1, -1):
        if said[place].word in lexicon.speech:
            follows = said[place + 1].word if place + 1 < at else ""
            if follows in lexicon.self_subjects and lexicon.inverts:
                return False
            if follows in spoken.names or (lexicon.inverts and follows in lexicon.genders):
                return True
            return subject_of(spoken, sentence, place) == "other"
        if not quoted and said[place].word in lexicon.self_subjects:
            return False
    if quoted:
        after = (place for place in range(at + 1, len(said)) if sentence.start + place not in spoken.in_quotes)
        for place in islice(after, _TELLS):
            if said[place].word in lexicon.speech:
                near = {token.word for token in said[max(place - 1, 0) : place + 2]}
                return near.isdisjoint(lexicon.self_subjects)
        return _is_said_next(spoken, sentence)
    return False


def _is_said_next(spoken: Spoken, sentence: Sentence) -> bool:
    """Whether the next sentence tells that another said it: `That's what she said`."""
    lexicon = spoken.lexicon
    after = spoken.sentences[sentence.number + 1 : sentence.number + 2]
    goes_on = [token for token in after[0].tokens if not token.is_mark] if after else []
    if not goes_on or goes_on[0].word not in lexicon.neuters | lexicon.pronouns | lexicon.nominatives:
        return False
    tells = next((at for at, token in enumerate(goes_on[:_SAYS]) if token.word in lexicon.speech), None)
    if not tells:
        return False
    near = {token.word for token in goes_on[max(tells - 1, 0) : tells + 2]}
    another = not near.isdisjoint(lexicon.nominatives | spoken.names)
    return another and near.isdisjoint(lexicon.self_subjects)
