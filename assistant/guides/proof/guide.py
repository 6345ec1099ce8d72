"""A guide is proved as a whole: its structure, its files in each language, and every text in every case there is.

Nothing here is needed to ask a question. It runs when a facilitator checks, and at the first start after a change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.guides import structure
from assistant.guides.facts import CASES
from assistant.guides.fault import Fault, Flaw, Refused, nearest
from assistant.guides.guide import UNANSWERED, Guide, Step
from assistant.guides.phrasing import Phrasing, phrasings
from assistant.guides.sandbox.marked import Reading, Run
from assistant.guides.shelf import Page, Shelf
from assistant.messages import LANGS, Lang, Messages
from assistant.prompts import builtin_prompts
from assistant.text import is_blank

if TYPE_CHECKING:
    from assistant.guides.proof.spoken import Judge
    from assistant.guides.sandbox.apart import Steady
    from assistant.guides.sandbox.template import Job, Reply

    JudgeOf = Callable[[Lang], Judge]


def prove(
    shelf: Shelf,
    guide_id: str,
    messages: Messages,
    judge_of: JudgeOf | None = None,
    only: str | None = None,
    steady: Steady | None = None,
) -> tuple[Fault, ...]:
    """Give all that is wrong with a guide, in the words of `messages`, by file and line; nothing means it is well.

    `judge_of` gives the guard's look at the wording of a language; the built-in one, unless a group adds to it. `only`
    names the one text that is looked at, as somebody writes it. `steady` is the process apart for strangers' texts of
    whoever proves several guides; else there is one of its own.
    """
    return _Proof(shelf, guide_id, messages, judge_of or built_in_judge, only, steady).faults()


_TAG = re.compile(r"\{([{%#]).*?[}%#]\}", re.DOTALL)
_BRACES = re.compile(r"(?<!\{)\{[ \t]*([^\W\d][\w.]*)[ \t]*\}(?!\})")
"""What looks like something to fill in, with half the braces."""
_ABSENT = ("fails_without", "blank_when")
"""What is wrong with a text only because a step may be asked when a fact is not there."""


@cache
def built_in_judge(lang: Lang) -> Judge:
    """Give the look of the built-in guard at the fixed words of a language."""
    from assistant.witness.gate import Gate  # 45 ms with its rules, and no question needs it

    return Gate.load([builtin_prompts()], lang).wording


@dataclass(frozen=True, slots=True)
class _Text:
    """A phrasing, or the words that say why."""

    page: Page
    """The file it stands in."""
    way: Phrasing
    """Its words."""
    lang: Lang
    step: str
    """The step whose words they are."""
    asks: bool
    """Whether it is a question."""
    needs: str | None = None
    """The fact that is always there when it is asked."""
    pieces: dict[str, Page] = field(default_factory=dict)
    """What it may include, by name."""

    @property
    def asks_for_facts(self) -> bool:
        """Whether something is filled in; nothing is in the words that say why, which are shown as they stand."""
        return self.way.is_template and not self.page.path.name.endswith(".why.md")

    @property
    def builtin(self) -> bool:
        return self.page.builtin and all(page.builtin for page in self.pieces.values())


def _texts(step: Step) -> Iterator[str]:
    """Give the names of the files in which a step's words stand, beside the one that says why."""
    yield f"{step.id}.md"
    if step.default:
        yield f"{step.id}.default.md"
    if step.has_floor:
        yield f"{step.id}.floor.md"


class _Proof:
    """One guide on its way through."""

    def __init__(
        self,
        shelf: Shelf,
        guide_id: str,
        messages: Messages,
        judge_of: JudgeOf,
        only: str | None,
        steady: Steady | None,
    ) -> None:
        self._shelf = shelf
        self._guide_id = guide_id
        self._messages = messages
        self._judge_of = judge_of
        self._only = only
        self._steady = steady
        self._order: Page | None = None
        self._used: set[str] = set()
        self._texts: list[_Text] = []

    def faults(self) -> tuple[Fault, ...]:
        """Give them all; each once, though several phrasings may include the piece that it stands in."""
        only = self._shelf.path(self._only) if self._only else None
        return tuple(sorted({fault for fault in self._all() if only in (None, fault.file)}))

    def _is_wanted(self, name: str) -> bool:
        return self._only in (None, name)

    def _all(self) -> Iterator[Fault]:
        self._used.add(f"{self._guide_id}/guide.toml")
        page = yield from self._page(f"{self._guide_id}/guide.toml")
        if page is None:
            return
        self._order = page
        guide, flaws = structure.read(page.text, self._guide_id)
        for flaw in flaws:
            yield self._fault(flaw, page.path)
        if guide is None:
            return
        yield from self._titles(guide, page)
        for lang in LANGS:
            yield from self._language(guide, lang)
        yield from self._filled_in()
        built_in = {name: self._shelf.is_builtin(name) for name in self._shelf.files(guide.id)}
        for name, came_with_vidne in built_in.items():
            # A group's own files may have no need of a step or a piece that came with Vidne: that is nobody's fault.
            if name not in self._used and (not came_with_vidne or all(built_in.values())):
                yield self._fault(Flaw("unused_file"), self._shelf.path(name))

    def _titles(self, guide: Guide, page: Page) -> Iterator[Fault]:
        from assistant.guides.proof.spoken import heard

        for lang, title in guide.title.items():
            at = page.text.find(title)
            reading = Reading(title, ((0, Run("", max(at, 0), title)),))
            for flaw in heard([reading], {"": page.text if at >= 0 else ""}, lang, self._judge_of(lang), asks=False):
                yield self._fault(flaw, page.path)

    def _language(self, guide: Guide, lang: Lang) -> Iterator[Fault]:
        """Give what is wrong with the files of one language, and collect the texts in them."""
        folder = f"{guide.id}/{lang}"
        names = self._shelf.names(folder)
        if not names:
            self._used.add(folder)
            yield self._fault(Flaw("missing_language", {"lang": lang}), self._shelf.path(folder))
            return
        pieces = {}
        for name in names:
            if name.startswith("_") and (page := (yield from self._page(f"{folder}/{name}"))):
                pieces[name] = page
        for step in guide.steps:
            why = f"{folder}/{step.id}.why.md"
            self._used.add(why)
            if self._is_wanted(why) and (page := (yield from self._page(why))):
                yield from self._plain(page)
                self._texts.append(_Text(page, Phrasing(page.text, 1), lang, step.id, asks=False))
            for name in _texts(step):
                self._used.add(f"{folder}/{name}")
                if self._is_wanted(f"{folder}/{name}") and (page := (yield from self._page(f"{folder}/{name}"))):
                    for way in phrasings(page.text):
                        if is_blank(way.text):
                            yield self._fault(Flaw("empty_phrasing", line=way.line), page.path)
                        else:
                            asks = name == f"{step.id}.md" and step.kind not in ("free", *UNANSWERED)
                            needs = "member" if step.each else step.needs
                            self._texts.append(_Text(page, way, lang, step.id, asks, needs, pieces))

    def _page(self, name: str) -> Generator[Fault, None, Page | None]:
        """Give the file `name`, or the fault that keeps it from being read."""
        try:
            page = self._shelf.find(name)
        except Refused as refused:
            self._used.add(name)  # one fault is enough
            yield self._fault(refused.flaw, refused.path)
            return None
        if page is None:
            path = self._shelf.path(name)
            yield self._fault(Flaw("missing_file", {"name": path.name}), path)
        return page

    def _plain(self, page: Page) -> Iterator[Fault]:
        if is_blank(page.text):
            yield self._fault(Flaw("empty_phrasing"), page.path)
        for number, line in enumerate(page.text.split("\n"), start=1):
            if "{{" in line or "{%" in line:
                yield self._fault(Flaw("why_is_plain", line=number, column=line.find("{") + 1), page.path)

    def _filled_in(self) -> Iterator[Fault]:
        """Prove the templates, and read every text."""
        templates = [text for text in self._texts if text.asks_for_facts]
        replies = dict(zip(map(id, templates), self._replies(templates), strict=True))
        for text in self._texts:
            yield from self._half_braces(text)
            if (reply := replies.get(id(text))) is None:
                words = text.way.text
                yield from self._heard(text, [Reading(words, ((0, Run("", 0, words)),))])
                continue
            # Which pieces a refused text includes cannot be known: none of them is called unused.
            used = text.pieces if reply.flaw else reply.pieces
            self._used |= {f"{self._guide_id}/{text.lang}/{piece}" for piece in used}
            if flaw := reply.flaw:
                yield self._of_the_order(flaw, text) or self._placed(flaw, text)
                bare = _TAG.sub(lambda tag: " " * len(tag.group()), text.way.text)
                yield from self._heard(replace(text, asks=False), [Reading(bare, ((0, Run("", 0, bare)),))])
            else:
                yield from self._heard(text, [Reading.of(rendered, reply.runs) for rendered in reply.readings])

    def _half_braces(self, text: _Text) -> Iterator[Fault]:
        bare = _TAG.sub(lambda tag: " " * len(tag.group()), text.way.text)
        for found in _BRACES.finditer(bare):
            line, column = bare.count("\n", 0, found.start()) + 1, found.start() - bare.rfind("\n", 0, found.start())
            values = {"written": found.group(), "nearest": nearest(found[1], CASES)}
            yield self._placed(Flaw("single_braces", values, line, column, len(found.group())), text)

    def _of_the_order(self, flaw: Flaw, text: _Text) -> Fault | None:
        """Give the fault of a group's guide.toml that lets a step with a built-in text come when it cannot be asked."""
        if not (text.builtin and flaw.key in _ABSENT and self._order and not self._order.builtin):
            return None
        values = {"id": text.step, "absent": flaw.values["fact"]}
        return self._fault(structure.at_step(self._order.text, text.step, "step_needs", values), self._order.path)

    def _heard(self, text: _Text, readings: Sequence[Reading]) -> Iterator[Fault]:
        from assistant.guides.proof.spoken import heard

        sources = {"": text.way.text} | {name: page.text for name, page in text.pieces.items()}
        for flaw in heard(readings, sources, text.lang, self._judge_of(text.lang), text.asks):
            yield self._placed(flaw, text)

    def _placed(self, flaw: Flaw, text: _Text) -> Fault:
        where = text.pieces[flaw.piece] if flaw.piece else text.page
        return self._fault(flaw, where.path, 1 if flaw.piece else text.way.line)

    def _fault(self, flaw: Flaw, path: Path, first_line: int = 1) -> Fault:
        return Fault.of(flaw, path, self._messages, first_line)

    def _replies(self, templates: Sequence[_Text]) -> list[Reply]:
        """Prove our own templates here, once for all; and all others in a process apart."""
        theirs = [text for text in templates if not text.builtin]
        proved = dict(zip(map(id, theirs), self._apart(list(map(_job, theirs))), strict=True))
        return [proved[id(text)] if id(text) in proved else _ours(*_named(text)) for text in templates]

    def _apart(self, jobs: Sequence[Job]) -> list[Reply]:
        if not jobs:
            return []
        from assistant.guides.sandbox.apart import answers

        return self._steady.answers(jobs) if self._steady else answers(jobs)


def _named(text: _Text) -> tuple[str, tuple[tuple[str, str], ...], str | None]:
    """Give a template, its pieces and the fact that is always there: what comes of it depends on nothing else."""
    return text.way.text, tuple((name, page.text) for name, page in text.pieces.items()), text.needs


def _job(text: _Text) -> Job:
    from assistant.guides.sandbox.template import Job  # Jinja2: 40 ms, and a guide may be plain text

    words, pieces, needs = _named(text)
    return Job(words, dict(pieces), needs=needs)


@lru_cache(maxsize=2_000)
def _ours(words: str, pieces: tuple[tuple[str, str], ...], needs: str | None) -> Reply:
    from assistant.guides.sandbox.template import Job, answer

    return answer(Job(words, dict(pieces), needs=needs))
