"""A guide is proved as a whole: its structure, its files in each language, and every text in every case there is.

Nothing here is needed to ask a question. It runs when a facilitator checks, and at the first start after a change.
"""

from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

from assistant.guides import structure
from assistant.guides.fault import Fault, Flaw, Refused
from assistant.guides.guide import Guide
from assistant.guides.phrasing import phrasings
from assistant.guides.shelf import Page, Shelf
from assistant.messages import LANGS, Messages
from assistant.text import is_blank


def prove(shelf: Shelf, guide_id: str, messages: Messages) -> tuple[Fault, ...]:
    """Give all that is wrong with a guide, in the words of `messages`, by file and line; nothing means it is well."""
    return _Proof(shelf, guide_id, messages).faults()


class _Proof:
    """One guide on its way through."""

    def __init__(self, shelf: Shelf, guide_id: str, messages: Messages) -> None:
        self._shelf = shelf
        self._guide_id = guide_id
        self._messages = messages

    def faults(self) -> tuple[Fault, ...]:
        """Give them all; each once, though several phrasings may include the piece that it stands in."""
        return tuple(sorted(set(self._all())))

    def _all(self) -> Iterator[Fault]:
        used = {f"{self._guide_id}/guide.toml"}
        page = yield from self._page(*used)
        if page is None:
            return
        guide, flaws = structure.read(page.text, self._guide_id)
        for flaw in flaws:
            yield self._fault(flaw, page.path)
        if guide is None:
            return
        for lang in LANGS:
            yield from self._language(guide, lang, used)
        for name in self._shelf.files(self._guide_id):
            if name not in used:
                yield self._fault(Flaw("unused_file"), self._shelf.path(name))

    def _language(self, guide: Guide, lang: str, used: set[str]) -> Iterator[Fault]:
        """Give what is wrong in one language, and add the names of the files it is made of to `used`."""
        folder = f"{guide.id}/{lang}"
        if not self._shelf.names(folder):
            used.add(folder)
            yield self._fault(Flaw("missing_language", {"lang": lang}), self._shelf.path(folder))
            return
        pieces = {}
        for name in self._shelf.names(folder):
            if name.startswith("_") and (page := (yield from self._page(f"{folder}/{name}"))):
                pieces[name] = page
        templates = []
        for step in guide.steps:
            why, asked = f"{folder}/{step.id}.why.md", f"{folder}/{step.id}.md"
            used |= {why, asked}
            if page := (yield from self._page(why)):
                yield from self._plain(page)
            if page := (yield from self._page(asked)):
                for way in phrasings(page.text):
                    if is_blank(way.text):
                        yield self._fault(Flaw("empty_phrasing", line=way.line), page.path)
                    elif way.is_template:
                        templates.append((step, page, way))
        yield from self._templates(templates, pieces, folder, used)

    def _page(self, name: str) -> Generator[Fault, None, Page | None]:
        """Give the file `name`, or the fault that keeps it from being read."""
        try:
            page = self._shelf.find(name)
        except Refused as refused:
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

    def _templates(self, templates: list, pieces: dict[str, Page], folder: str, used: set[str]) -> Iterator[Fault]:
        """Prove those texts in which something is filled in: our own here, a stranger's in a process apart."""
        if not templates:
            return
        from assistant.guides.sandbox import Job, answer  # Jinja2: 40 ms, and many guides are plain text

        words = {name: page.text for name, page in pieces.items()}
        jobs = [Job(way.text, words, needs=step.needs) for step, _, way in templates]
        if all(page.builtin for page in (*pieces.values(), *(page for _, page, _ in templates))):
            replies: Iterable = map(answer, jobs)
        else:
            from assistant.guides.apart import answers

            replies = answers(jobs)
        for (_, page, way), reply in zip(templates, replies, strict=True):
            used |= {f"{folder}/{name}" for name in reply.pieces}
            if flaw := reply.flaw:
                used |= {f"{folder}/{name}" for name in words}  # which ones it includes cannot be known
                path, line = (pieces[flaw.piece].path, 1) if flaw.piece else (page.path, way.line)
                yield self._fault(flaw, path, line)

    def _fault(self, flaw: Flaw, path: Path, first_line: int = 1) -> Fault:
        return Fault.of(flaw, path, self._messages, first_line)
