"""A guide is proved as a whole: its structure, its files in each language, and every text in every case there is.

Nothing here is needed to ask a question. It runs when a facilitator checks, and at the first start after a change.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.guides import structure
from assistant.guides.fault import Fault, Flaw, Refused
from assistant.guides.guide import Guide, Step
from assistant.guides.phrasing import Phrasing, phrasings
from assistant.guides.shelf import Page, Shelf
from assistant.messages import LANGS, Messages
from assistant.text import is_blank


def prove(shelf: Shelf, guide_id: str, messages: Messages) -> tuple[Fault, ...]:
    """Give all that is wrong with a guide, in the words of `messages`, by file and line; nothing means it is well."""
    return _Proof(shelf, guide_id, messages).faults()


@dataclass(frozen=True, slots=True)
class _Template:
    """A phrasing in which something is filled in."""

    page: Page
    """The file it stands in."""
    way: Phrasing
    """The phrasing."""
    needs: str | None
    """The fact that is always there when it is asked."""
    folder: str
    """Where it stands with its pieces: `weekly/da`."""
    pieces: dict[str, Page]
    """What it may include, by name."""

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

    def __init__(self, shelf: Shelf, guide_id: str, messages: Messages) -> None:
        self._shelf = shelf
        self._guide_id = guide_id
        self._messages = messages
        self._used: set[str] = set()
        self._templates: list[_Template] = []

    def faults(self) -> tuple[Fault, ...]:
        """Give them all; each once, though several phrasings may include the piece that it stands in."""
        return tuple(sorted(set(self._all())))

    def _all(self) -> Iterator[Fault]:
        self._used.add(f"{self._guide_id}/guide.toml")
        page = yield from self._page(f"{self._guide_id}/guide.toml")
        if page is None:
            return
        guide, flaws = structure.read(page.text, self._guide_id)
        for flaw in flaws:
            yield self._fault(flaw, page.path)
        if guide is None:
            return
        for lang in LANGS:
            yield from self._language(guide, f"{guide.id}/{lang}")
        yield from self._filled_in()
        for name in self._shelf.files(guide.id):
            if name not in self._used:
                yield self._fault(Flaw("unused_file"), self._shelf.path(name))

    def _language(self, guide: Guide, folder: str) -> Iterator[Fault]:
        """Give what is wrong with the files of one language, and collect the templates in them."""
        names = self._shelf.names(folder)
        if not names:
            self._used.add(folder)
            path = self._shelf.path(folder)
            yield self._fault(Flaw("missing_language", {"lang": path.name}), path)
            return
        pieces = {}
        for name in names:
            if name.startswith("_") and (page := (yield from self._page(f"{folder}/{name}"))):
                pieces[name] = page
        for step in guide.steps:
            self._used.add(f"{folder}/{step.id}.why.md")
            if page := (yield from self._page(f"{folder}/{step.id}.why.md")):
                yield from self._plain(page)
            for name in _texts(step):
                self._used.add(f"{folder}/{name}")
                if page := (yield from self._page(f"{folder}/{name}")):
                    for way in phrasings(page.text):
                        if is_blank(way.text):
                            yield self._fault(Flaw("empty_phrasing", line=way.line), page.path)
                        elif way.is_template:
                            needs = "member" if step.each else step.needs
                            self._templates.append(_Template(page, way, needs, folder, pieces))

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
        """Prove the templates: here if all of them are our own, else all in one process apart."""
        if not self._templates:
            return
        from assistant.guides.sandbox import Job, answer  # Jinja2: 40 ms, and a guide may be plain text

        jobs = [
            Job(template.way.text, {name: page.text for name, page in template.pieces.items()}, needs=template.needs)
            for template in self._templates
        ]
        if all(template.builtin for template in self._templates):
            replies = [answer(job) for job in jobs]
        else:
            from assistant.guides.apart import answers

            replies = answers(jobs)
        for template, reply in zip(self._templates, replies, strict=True):
            # Which pieces a refused text includes cannot be known: none of them is called unused.
            self._used |= {f"{template.folder}/{piece}" for piece in (template.pieces if reply.flaw else reply.pieces)}
            if flaw := reply.flaw:
                where = template.pieces[flaw.piece] if flaw.piece else template.page
                yield self._fault(flaw, where.path, 1 if flaw.piece else template.way.line)

    def _fault(self, flaw: Flaw, path: Path, first_line: int = 1) -> Fault:
        return Fault.of(flaw, path, self._messages, first_line)
