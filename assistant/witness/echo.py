"""The echo gives members their own words back, with no language model: it chooses, and never makes anything up.

Inside the quotation marks stands a piece of the answer as it was written; outside them only a frame of
`prompts/witness/LANG/forms.toml`; a shifted sentence has the member's own words and their other person, no others.
A greeting gets its answer, and a question for advice is handed back whole. If in doubt, nothing is said.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

from assistant.prompts import builtin_prompts
from assistant.witness.frames import Filled, fill, forms, frame_of, framed
from assistant.witness.passages import ENOUGH, Answer, Passage, passage
from assistant.witness.rules import Finding, Plain, Rulebook, plain_form
from assistant.witness.said import Said
from assistant.witness.sentences import WORD, Words, cues, quoted, sentences, without_stop
from assistant.witness.shift import shift

__all__ = ["is_echo", "passage", "respond"]

LITTLE = 5
"""An answer of at most this many words is only kept."""
MUCH = 30
"""From an answer of more words than this, what the member did, or what stands last, is given back for less."""
SHIFTED = range(6, 17)
"""How many words a shifted sentence has: `Du spurgte hvorfor.` says too little of what it was about."""
SAID = 3
"""Fewer words than this that were given back, such as one that was repeated, may come again within a passage."""
GREETED = 25
"""In an answer of more words than this, what was told comes before a greeting."""
SOON = 20
"""A word that is repeated is heard when three of it stand within this many words."""
_ASKED = 45
"""How many words of a question are handed back at most."""
_TAIL = 600
"""How many characters of a sentence without an end are looked at, from its end."""
_AFTER = 3
"""How many words may come after a question that names nobody, for it to be Vidne's."""
_AFTER_OF_OTHERS = 12
"""How many may, if they are of somebody else, with no `I` in them that would tell what came of it."""
_LOOKED_AT = 12
"""Of how many sentences it is asked whether they ask for advice; of a longer answer, the last and the questions."""
_SIDE = 14
"""Each side of a contrast has at most so many words; a longer one is a story, with more to it than two sides."""
_ADDRESSED = ("Du ", "You ")
"""How a shifted sentence begins."""
_NOT_SHIFTED = ("felt", "speech", "asks", "intends", "leans", "clause", "private", "names", "verdict")
"""Traits of a passage that is quoted, and never shifted."""
_REPEATED = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@cache
def _rules(lang: str, name: str) -> Rulebook:
    return Rulebook.load([builtin_prompts()], lang, [name])


def respond(text: str, said: Sequence[str], give_back: bool, lang: str) -> Said | None:
    """Give what may be said to `text`; `said` was said before. None means: kept, and nothing else.

    A question for advice is handed back and a greeting answered; then, if `give_back`, the member's own words come
    back, where there is something to give back.
    """
    answer = Answer(text, lang)
    if (asked := _handback(answer, lang)) and (spoken := framed(asked, said, lang)):
        return spoken
    greeting = _greeting(answer, lang)
    if greeting and len(answer.words) <= GREETED:
        return greeting
    return (_own_words(answer, said, lang) if give_back else None) or greeting


def is_echo(text: str, answer: str, lang: str) -> bool:
    """Say whether `text` is one of the things that may be said to `answer`, in any of its wordings.

    Those are witnessing by the way they are made, however odd the words are that a member wrote.
    """
    if text in forms(lang)["greeting"].values():
        greeting = _greeting(Answer(answer, lang), lang)
        return greeting is not None and greeting.text == text
    if not frame_of(text, lang) and not text.startswith(_ADDRESSED):
        return False
    heard = Answer(answer, lang)
    if frame_of(text, lang):
        found = chain((_handback(heard, lang), _repeat(heard, lang)), (_form(one, lang) for one in heard.passages()))
        return any(text == way for filled in found if filled for _, way in filled.ways(lang))
    whole = (shift(heard.text[start:end], lang) or "" for start, end in heard.sentences)
    if not any(without_stop(sentence) == without_stop(text) for sentence in whole):
        return False  # so no passages are looked for in vain
    return any(_shifted(chosen, heard, lang) == text for chosen in heard.passages())


# A greeting


def _greeting(answer: Answer, lang: str) -> Said | None:
    """Answer a greeting in the last sentence, or in the one before when the last is a short word to Vidne."""
    for start, end in reversed(answer.sentences[-2:]):
        plain = plain_form(answer.text[start : min(end, start + 200)])
        greets = _rules(lang, "greeted")
        heard = {finding.rule for finding in greets.findings(plain.given) if _is_greeting(plain, finding, lang)}
        if first := next((rule.id for rule in greets.rules if rule.id in heard), None):
            return Said(forms(lang)["greeting"][first.rsplit(".", 1)[-1]], "greeting")
        if len(plain.words) > 8 or answer.cues["asked"].single.isdisjoint(plain.words):
            return None
    return None


def _is_greeting(plain: Plain, finding: Finding, lang: str) -> bool:
    """A greeting has nothing before it but `Anyway` or `Det var det`, and nothing after it but whom it is for."""
    before = [w for w, span in zip(plain.words, plain.spans, strict=True) if span[1] <= finding.start]
    after = [w for w, span in zip(plain.words, plain.spans, strict=True) if span[0] >= finding.end]
    if any(w[0].isalpha() and w not in cues(lang)["lead"].single for w in before):
        return False
    spoken = [w for w in after if w[0].isalpha()]
    addressed = cues(lang)["follow"].opening(Words(" ".join(spoken))) > 0
    said = sum(finding.start <= span[0] < finding.end for span in plain.spans)
    return addressed or not spoken or (len(spoken) <= (10 if said > 2 else 2) and not after[0][0].isalpha())


# A question for advice

_CLOSES = ".?!…"
"""A sentence without one of these at its end may be a question too: many write no mark."""
_CHOICE = {
    "da": re.compile(r"(?:(?:så|og|men|eller|altså|nå),? )?(skal|bør|burde|må|kan|skulle) jeg ", re.I),
    "en": re.compile(r"(?:(?:so|and|but|or|well),? )?(should|shall|do) i ", re.I),
}
"""How a question begins that names what there is to choose."""
_OR_AGAIN = re.compile(r"\bor (?:should|shall|do) i ", re.I)
_BEFORE_VERB = {
    "da": {
        *("ikke", "bare", "lige", "måske", "altid", "også", "hellere", "så", "nu", "egentlig", "aldrig", "stadig"),
        *("godt", "gerne", "helst", "nogensinde", "virkelig", "overhovedet", "da", "selv", "jo", "vel", "dog", "i"),
    },
    "en": {
        *("not", "be", "have", "feel", "know", "look", "sound", "seem", "even", "never", "really", "always", "still"),
    },
}
"""With these first, the words of a question can't stand in the same order after `om` or `whether to`."""

_FINITE = ("er", "var", "har", "kan", "vil", "skal", "ville", "kunne", "is", "was", "am", "are", "can", "would", "will")
"""After an `or` these begin a second question, in an order of its own."""


def _handback(answer: Answer, lang: str) -> Filled | None:
    """Hand a question for advice back whole: shifted where that is certain, quoted where it is not."""
    at = _asked_at(answer, lang)
    if at is None:
        return None
    text, found = answer.text, answer.sentences
    n, begin = at
    first = last = n
    while last + 1 < len(found) and text[found[last + 1][1] - 1] == "?":
        last += 1
    while first and text[found[first - 1][1] - 1] == "?":
        first -= 1
    own = [span for span in found[first : last + 1] if _CHOICE[lang].match(text, *span) and text[span[1] - 1] == "?"]
    if own == [found[last]] and (choice := _choice(text[slice(*own[0])], lang)):
        return fill("whether", "handback", question=choice)
    first -= not own and first > 0 and answer.cues["wonders"].within(answer.of_sentence[first - 1])
    whole = found[first : last + 1]
    for start, end in ((whole[0][0], whole[-1][1]), found[n], (begin, found[n][1])):
        question = text[start:end]
        if len(Words(question)) <= _ASKED and "\n" not in question:
            asks = question.endswith("?") and all(text[b - 1] == "?" for a, b in whole if start <= a and b <= end)
            name = "asked" if asks else "wrote"
            return fill(name, "handback", question=question)
    return None


def _asked_at(answer: Answer, lang: str) -> tuple[int, int] | None:
    """Give the sentence that asks Vidne for advice, and where in the text the asking begins."""
    text, found = answer.text, answer.sentences
    looked_at: Iterable[int] = range(len(found))
    if len(found) > _LOOKED_AT:
        asking = [n for n in looked_at if text[found[n][1] - 1] == "?"]
        looked_at = sorted({*asking[-_LOOKED_AT // 2 :], *looked_at[-_LOOKED_AT // 2 :]})
    for n in looked_at:
        start = max(found[n][0], found[n][1] - _TAIL)
        closed = text[start : found[n][1]]
        findings = _rules(lang, "asked").findings(closed if closed[-1] in _CLOSES else f"{closed} …")
        told = [finding.start for finding in findings if finding.category == "reported"]
        for finding in findings:
            begin = start + finding.start
            before = max((at for at in told if at <= finding.start), default=None)
            if before is not None and not answer.cues["but"].within(Words(closed[before : finding.start])):
                continue  # after a `but` the member speaks: `She said yes, but what do you think?`
            spoken = any(a <= begin < b and text[a] != "(" for a, b in answer.quoted)
            if not spoken and (finding.category == "asked" or _nothing_follows(answer, n)):
                return n, begin
    return None


def _nothing_follows(answer: Answer, n: int) -> bool:
    """A question that names nobody is Vidne's only where the answer stops with it and the member answers none."""
    told = {m for m, (_, end) in enumerate(answer.sentences) if answer.text[end - 1] != "?"}
    follow = [m for m in told if m > n]
    answers = answer.cues["answers"]
    answered = any(answers.opening(answer.of_sentence[m]) for m in told if m and m - 1 not in told)
    of_others = not any(answer.cues["does"].within(answer.of_sentence[m]) for m in follow)
    after = sum(len(answer.of_sentence[m]) for m in follow)
    return after <= (_AFTER_OF_OTHERS if of_others else _AFTER) and not (follow and answered)


def _choice(question: str, lang: str) -> str | None:
    """Give `Should I take it up or let it lie?` as what stands after `whether to`; None where it is not certain."""
    begun = _CHOICE[lang].match(question)
    verb, rest = begun[1], question[begun.end() :].rstrip("? ")
    words = Words(rest)
    again = any(f" {other} {finite} " in words.plain for other in ("eller", "or") for finite in _FINITE)
    if "?" in rest or not words or words[0] in _BEFORE_VERB[lang] or again:
        return None
    if lang == "da":
        if f" {verb.lower()} jeg " in words.plain:
            return None
        shifted = shift(f"jeg {verb.lower()} {rest}", lang)
        return shifted and shifted[0].lower() + shifted[1:]
    if verb.lower() == "do" and "or" not in words:
        return None
    shifted = shift(f"I {_OR_AGAIN.sub('or ', rest)}", lang)
    return shifted and shifted.removeprefix("You ")


# The member's own words


def _own_words(answer: Answer, said: Sequence[str], lang: str) -> Said | None:
    """Give the member's own words: what is repeated, or the passage for which most speaks and that is new."""
    if len(answer.words) <= LITTLE or answer.is_empty:
        return None
    repeated = _repeat(answer, lang)
    if repeated and not any(f'"{repeated.words["word"]}"' in one for one in said):
        return framed(repeated, said, lang)
    for chosen in answer.passages():
        less = len(answer.words) > MUCH and not chosen.traits.isdisjoint(("does", "last"))
        if chosen.points < ENOUGH - 2 * less:
            continue
        if not _was_said(chosen.text, said, lang) and (spoken := _speak(chosen, answer, said, lang)):
            return spoken
    return None


def _repeat(answer: Answer, lang: str) -> Filled | None:
    """Give a content word that the member repeats within few words, or one the member has put in quotation marks."""
    places: dict[str, list[int]] = defaultdict(list)
    written: dict[str, list[str]] = defaultdict(list)
    named: set[str] = set()
    starts = {start for start, _ in answer.sentences}
    for at, match in enumerate(_REPEATED.finditer(answer.text)):
        word = match.group().lower()
        if match.start() not in starts:
            named.add(word)
        places[word].append(at)
        written[word].append(match.group())
    common = answer.cues["common"].single | answer.cues["felt"].single
    marked = {answer.text[start + 1 : end - 1].lower() for start, end in answer.quoted}
    heard: list[tuple[int, str]] = []
    for word, at in places.items():
        if any(third - first <= SOON for first, third in zip(at, at[2:], strict=False)):
            name = all(form[0].isupper() for form in written[word]) and word in named
            if (len(word) >= 3 and word not in common and not name) or word in marked:
                heard.append((len(at), word))
    if not heard or any(answer.is_taken_back(n) for n in range(len(answer.sentences))):
        return None
    count, word = max(heard)
    shown = word if word in written[word] else written[word][0]
    counts = forms(lang)["counts"]
    return fill("repeat", word=shown, count=counts[count - 3] if count - 3 < len(counts) else str(count))


def _was_said(words: str, said: Sequence[str], lang: str) -> bool:
    """Say whether `words` were given back before, or have in them what was."""
    bare, shifted = without_stop(words), without_stop(shift(words, lang) or words)
    given = [without_stop(quote) for one in said for quote in one.split('"')[1::2] if len(Words(quote)) >= SAID]
    return any(bare in one or shifted in one for one in said) or any(quote in bare for quote in given)


def _speak(chosen: Passage, answer: Answer, said: Sequence[str], lang: str) -> Said | None:
    """Put one passage into the form that suits it; no sentence is shifted right after another."""
    form = _form(chosen, lang)
    may = form.how == "quote" and (not said or frame_of(said[-1], lang))
    shifted = _shifted(chosen, answer, lang) if may else None
    return Said(shifted, "shift") if shifted else framed(form, said, lang)


def _form(chosen: Passage, lang: str) -> Filled:
    """Give a passage with the frame that suits it."""
    if sides := _sides(chosen, lang):
        return fill("contrast", a=sides[0], b=sides[1])
    if steps := _steps(chosen, lang):
        return fill("order", a=steps[0], b=steps[1])
    return fill("image" if "image" in chosen.traits else "quote", quote=chosen.text)


def _sides(chosen: Passage, lang: str) -> tuple[str, str] | None:
    """Give the two sides of a passage in which the member stands on both, parted by a `but` or by two parts of them."""
    tokens, words, known = list(WORD.finditer(chosen.text)), Words(chosen.text), cues(lang)
    apart = chosen.sentences > 2 or (chosen.sentences == 2 and chosen.start > 0)
    if apart or not chosen.traits.isdisjoint(("speech", "private")) or len(tokens) != len(words):
        return None
    own, but, part, opens = (known[name] for name in ("own", "but", "parts", "opens"))
    for at in range(3, len(words) - 2):
        parted = part.opening(words) and part.opening(Words(" ".join(words[at : at + 6])))
        if words[at] not in but.single and not parted:
            continue
        first = at if parted else at + 1
        if not parted and (words[0] not in own.single or words[first] not in own.single):
            return None
        last = at - 1 - (words[at - 1] in opens.single)
        sides = chosen.text[: tokens[last].end()], without_stop(chosen.text[tokens[first].start() :])
        if not parted and any(len(sentences(side, lang, [])) > 1 for side in sides):
            return None
        also = known["also"].within(Words(sides[1]))
        return sides if last < _SIDE and len(words) - first <= _SIDE and not also else None
    return None


def _steps(chosen: Passage, lang: str) -> tuple[str, str] | None:
    """Give the two steps of a passage that says of the member what came first and what then, in two sentences."""
    if chosen.sentences != 2 or "steps" not in chosen.traits:
        return None
    parts = sentences(chosen.text, lang, quoted(chosen.text))
    if len(parts) != 2:
        return None
    a, b = (chosen.text[start:end] for start, end in parts)
    known, first, second = cues(lang), Words(a), Words(b)
    taken = known["then"].opening(second)
    if not taken or known["then"].opening(first) or known["habits"].within(first) or known["first"].opening(first):
        return None
    if not known["own"].within(first) or not known["own"].within(second):
        return None
    return a, without_stop(b[list(WORD.finditer(b))[taken].start() :])


def _shifted(chosen: Passage, answer: Answer, lang: str) -> str | None:
    """Give a plain sentence of what the member did with its person shifted.

    What the member felt, believed or failed to do would be a claim or a reproach in another's mouth: then all of the
    answer is quoted, and so is what is typed or toned as only the member would.
    """
    words, known = Words(chosen.text), cues(lang)
    if chosen.sentences > 1 or len(words) not in SHIFTED or not chosen.traits.isdisjoint(_NOT_SHIFTED):
        return None
    if words[0] not in known["plainly"].single or words[1] in known["believes"].single or chosen.text[0].islower():
        return None
    if any(known[name].within(answer.words) for name in ("blames", "felt", "verdict")):
        return None
    if any(known[name].within(words) for name in ("tones", "says")):
        return None
    shifted = shift(chosen.text, lang)
    return f"{shifted}." if shifted and shifted[-1].isalnum() else shifted
