"""The guides as a sitting needs them: their structure, and each question in the member's language.

A guide with a fault is not sat with. Whoever begins a sitting calls `proved` first; and whatever was proved, each
text is walked again before it is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.guides import structure
from assistant.guides.facts import Facts
from assistant.guides.fault import Fault, Flaw, Refused
from assistant.guides.guide import WEEKS, Guide
from assistant.guides.phrasing import Phrasing, gist, of_the_week, phrasings, tidy
from assistant.guides.shelf import Page, Shelf
from assistant.messages import Lang, Messages
from assistant.text import clean
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.guides.sandbox.apart import Steady
    from assistant.guides.sandbox.template import Job, Reply


class Library:
    """The guides of some folders, nearest first, in one language."""

    def __init__(self, folders: Sequence[Path], lang: Lang, unsaved: Mapping[str, str] | None = None) -> None:
        """Look in `folders`: the group's own, then the ones that came with Vidne (`assistant.prompts`).

        `unsaved` are texts by name that somebody is writing just now.
        """
        self._shelf = Shelf(folders, unsaved)
        self.steady: Steady | None = None
        """The process that fills in strangers' texts, for whoever has many; else each has one of its own."""
        self._lang = lang

    def held(self, guide_id: str) -> Library:
        """Give the same library with a guide's texts as they are now: what is changed from here on, it does not see."""
        held = Library((), self._lang)
        held._shelf, held.steady = self._shelf.held(guide_id), self.steady
        return held

    def names(self) -> tuple[str, ...]:
        """Give the id of every guide there is, well or not."""
        return tuple(name for name in self._shelf.names() if structure.ID.fullmatch(name) and self._has(name))

    def guides(self) -> tuple[Guide, ...]:
        """Give every guide there is.

        Raises:
            Trouble: as `guide` does.
        """
        return tuple(self.guide(name) for name in self.names())

    def guide(self, guide_id: str) -> Guide:
        """Give a guide's structure.

        Raises:
            Trouble: when there is no such guide, or its guide.toml has a fault; it names the first.
        """
        page = self._page(guide_id, "guide.toml")
        guide, flaws = structure.read(page.text, guide_id)
        if flaws or guide is None:
            raise self._trouble(Fault.of(flaws[0], page.path, self._messages))
        return guide

    def files(self, guide_id: str) -> tuple[str, ...]:
        """Give the names of a guide's files, from the prompts folder on.

        Raises:
            Trouble: when there is no such guide.
        """
        self._must_exist(guide_id)
        return tuple(self._shelf.files(guide_id))

    def outline(self, guide_id: str) -> Guide | None:
        """Give a guide as far as its guide.toml can be read, well or not, for whoever is putting it right.

        Raises:
            Trouble: when there is no such guide.
        """
        self._must_exist(guide_id)
        try:
            page = self._shelf.find(f"{guide_id}/guide.toml")
        except Refused:
            return None
        return structure.read(page.text, guide_id)[0] if page else None

    def count(self, guide_id: str, step_id: str) -> int:
        """Give how many phrasings a step has; 0 where its text cannot be read."""
        try:
            return len(self.ways(guide_id, step_id))
        except Trouble:
            return 0

    def gist(self, guide_id: str, step_id: str) -> str:
        """Give the first words of a step's question; "" where its text cannot be read."""
        try:
            return gist(self._page(guide_id, f"{self._lang}/{step_id}.md").text)
        except Trouble:
            return ""

    def ways(self, guide_id: str, step_id: str) -> tuple[Phrasing, ...]:
        """Give the phrasings of a step.

        Raises:
            Trouble: when there is no such guide or text, or it cannot be read.
        """
        return phrasings(self._page(guide_id, f"{self._lang}/{step_id}.md").text)

    def turn(self, guide_id: str, step_id: str, week: int) -> int:
        """Give which of a step's phrasings, counted from 0, has its turn in a week.

        Raises:
            Trouble: as `ways` does.
        """
        ways = self.ways(guide_id, step_id)
        return ways.index(self._turn(guide_id, ways, step_id, week))

    def _turn(self, guide_id: str, ways: Sequence[Phrasing], step_id: str, week: int) -> Phrasing:
        """Give the phrasing whose turn it is: another each sitting, also where weeks lie between them."""
        guide = self.outline(guide_id) if len(ways) > 1 else None
        apart = WEEKS[guide.company] if guide else 1
        return of_the_week(ways, step_id, (week - 1) // apart + 1)

    def question(self, guide_id: str, step_id: str, facts: Facts, number: int | None = None) -> str:
        """Give a step's question as it is asked in the week of `facts`; or its phrasing `number`, counted from 0.

        Raises:
            Trouble: when there is no such guide or text, or the text cannot be used.
        """
        return self._text(guide_id, step_id, "", facts, number)

    def default(self, guide_id: str, step_id: str, facts: Facts) -> str:
        """Give the words that stand if a step's field is left empty.

        Raises:
            Trouble: as `question` does.
        """
        return self._text(guide_id, step_id, ".default", facts)

    def floor(self, guide_id: str, step_id: str, facts: Facts) -> str:
        """Give the reason that an answer below a step's floor hears.

        Raises:
            Trouble: as `question` does.
        """
        return self._text(guide_id, step_id, ".floor", facts)

    def why(self, guide_id: str, step_id: str) -> str:
        """Give the words that say why a step is asked.

        Raises:
            Trouble: when there is no such guide or text, or it cannot be read.
        """
        return tidy(self._page(guide_id, f"{self._lang}/{step_id}.why.md").text)

    def prove(self, guide_id: str) -> tuple[Fault, ...]:
        """Give all that is wrong with a guide, by file and line; nothing means it is well.

        Raises:
            Trouble: when there is no such guide.
        """
        from assistant.guides.proof.guide import prove  # no question needs it

        self._must_exist(guide_id)
        return prove(self._shelf, guide_id, self._messages)

    def proved(self, guide_id: str, seen: str | None = None) -> str:
        """Prove a guide unless its files are as they were when `seen` was given, and give what to keep for next time.

        Raises:
            Trouble: when there is no such guide, or something is wrong with it; it names the first fault.
        """
        self._must_exist(guide_id)
        digest = self._shelf.digest(guide_id)
        if digest != seen and (faults := self.prove(guide_id)):
            raise self._trouble(faults[0])
        return digest

    def _text(self, guide_id: str, step_id: str, what: str, facts: Facts, number: int | None = None) -> str:
        page = self._page(guide_id, f"{self._lang}/{step_id}{what}.md")
        ways = phrasings(page.text)
        way = self._turn(guide_id, ways, step_id, facts.week) if number is None else ways[number]
        return tidy(self._filled_in(guide_id, page, way, facts) if way.is_template else way.text)

    def _filled_in(self, guide_id: str, page: Page, way: Phrasing, facts: Facts) -> str:
        """Fill in what a text leaves open: in one of our own here, in a stranger's in a process apart."""
        from assistant.guides.sandbox.template import Job, answer  # Jinja2: 40 ms

        pieces = self._pieces(guide_id) if "include" in way.text else {}
        job = Job(way.text, {name: piece.text for name, piece in pieces.items()}, facts.as_plain())
        ours = all(piece.builtin for piece in (page, *pieces.values()))
        reply = answer(job) if ours else self._apart(job)
        if flaw := reply.flaw:
            path, line = (pieces[flaw.piece].path, 1) if flaw.piece else (page.path, way.line)
            raise self._trouble(Fault.of(flaw, path, self._messages, line))
        return reply.text

    def _apart(self, job: Job) -> Reply:
        from assistant.guides.sandbox.apart import answers  # 70 ms to start Python and Jinja2 once more

        if self.steady:
            return self.steady.answer(job)
        (reply,) = answers([job])
        return reply

    def _pieces(self, guide_id: str) -> dict[str, Page]:
        """Give what a text may include: the files of its own folder whose names begin with `_`."""
        names = self._shelf.names(f"{guide_id}/{self._lang}")
        return {name: self._page(guide_id, f"{self._lang}/{name}") for name in names if name.startswith("_")}

    def _page(self, guide_id: str, name: str) -> Page:
        self._must_exist(guide_id)
        try:
            page = self._shelf.find(f"{guide_id}/{name}")
        except Refused as refused:
            raise self._trouble(Fault.of(refused.flaw, refused.path, self._messages)) from None
        if page is None:
            path = self._shelf.path(f"{guide_id}/{name}")
            raise self._trouble(Fault.of(Flaw("missing_file", {"name": path.name}), path, self._messages))
        return page

    def _must_exist(self, guide_id: str) -> None:
        if not structure.ID.fullmatch(guide_id) or not self._has(guide_id):
            raise Trouble("no_such_guide", guide=clean(guide_id)[:40], guides=", ".join(self.names()))

    def _has(self, guide_id: str) -> bool:
        return self._shelf.is_at_hand(f"{guide_id}/guide.toml") or "guide.toml" in self._shelf.names(guide_id)

    @property
    def _messages(self) -> Messages:
        return Messages.load(self._lang)

    def _trouble(self, fault: Fault) -> Trouble:
        return Trouble("guide_faulty", file=clean(str(fault.file)), line=fault.line, what=fault.what, todo=fault.todo)
