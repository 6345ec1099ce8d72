"""The facilitators' workshop: every text there is, what a group changed of it, and the only place that writes one.

What is written goes to the group's own prompts folder; the built-in one is only read. What stands there before it is
replaced or taken away is set aside once, in `.earlier`, for nobody's work is lost to a key.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from assistant.guides.facts import Facts
from assistant.guides.fault import Fault, Refused
from assistant.guides.library import Library
from assistant.guides.proof.folder import check
from assistant.guides.proof.guide import prove
from assistant.guides.shelf import FOLDERS, LONGEST, Shelf, read, walk
from assistant.guides.workshop.files import EARLIER, is_added, right, step_of, write
from assistant.guides.workshop.steps import steps
from assistant.messages import Lang, Messages
from assistant.prompts import builtin_prompts
from assistant.text import clean
from assistant.trouble import Trouble, unwritten

Whose = Literal["built_in", "changed", "own"]
"""Whose a text is: as it came with Vidne; a group's own instead of it; one that only the group has."""


@dataclass(frozen=True, slots=True)
class Text:
    """One file of the prompts."""

    name: str
    """`weekly/da/notice.md`, `weekly/guide.toml`, `witness/da/advice.toml`."""
    whose: Whose

    @property
    def guide(self) -> str:
        """The guide it belongs to, or the folder beside the guides."""
        return self.name.split("/")[0]


class Workshop:
    """The prompts as a facilitator works on them."""

    def __init__(self, own: Path, messages: Messages, lang: Lang) -> None:
        """Work in `own`, the group's prompts folder, which need not exist; speak and preview in `lang`."""
        self.own = own
        self.lang = lang
        self._messages = messages

    @property
    def folders(self) -> tuple[Path, ...]:
        """The prompts folders, nearest first."""
        return (self.own, builtin_prompts()) if self.own.is_dir() else (builtin_prompts(),)

    @property
    def library(self) -> Library:
        """The guides as they stand now."""
        return Library(self.folders, self.lang)

    # What there is

    def texts(self, guide_id: str | None = None) -> tuple[Text, ...]:
        """Give every text, or those of a guide, and whose each is; the guard's built-in rules are left out."""
        built_in = set(walk(builtin_prompts()) or ())
        own = set(walk(self.own) or ()) if self.own.is_dir() else set()
        guides = set(self.library.names())
        shown = {name for name in built_in if name.split("/")[0] in guides} | own
        return tuple(
            Text(name, self.whose(name))
            for name in sorted(shown)
            if "/" in name and guide_id in (None, name.split("/")[0])
        )

    def whose(self, name: str) -> Whose:
        """Say whose a text is; a copy that was not changed is as it came."""
        mine, original = self.own / name, builtin_prompts() / name
        if is_added(name):
            return "own"
        if not mine.is_file():
            return "built_in"
        if not original.is_file():
            return "own"
        same = mine.stat().st_size == original.stat().st_size and mine.read_bytes() == original.read_bytes()
        return "built_in" if same else "changed"

    def read(self, name: str) -> str:
        """Give a text as it stands now.

        Raises:
            Trouble: when there is none of that name, or it cannot be read.
        """
        for folder in (self.own,) if is_added(right(name)) else self.folders:
            if (folder / name).is_file():
                return self._read(folder / name, folder)
        raise Trouble("no_such_text", name=clean(name)[:80])

    def original(self, name: str) -> str | None:
        """Give a text as it came with Vidne; None where it did not, or where a group's own stands beside it."""
        path = builtin_prompts() / right(name)
        return path.read_text("utf-8") if path.is_file() and not is_added(name) else None

    def diff(self, name: str, written: str | None = None) -> tuple[str, ...]:
        """Give the lines in which a group's text, or what is `written`, differs from the built-in one: `diff -u`."""
        before, now = self.original(name) or "", self.read(name) if written is None else written
        return tuple(unified_diff(before.splitlines(), now.splitlines(), f"vidne/{name}", name, lineterm=""))

    # Changing

    def save(self, name: str, text: str) -> Path:
        """Write a text into the group's own folder, and give where.

        Raises:
            Trouble: when it cannot be written there; what stood there stands.
        """
        path = self.own / right(name)
        raw = (clean(text).rstrip("\n") + "\n").encode()
        if len(raw) > LONGEST:
            raise Trouble("text_too_long", name=name, kilobytes=LONGEST // 1024)
        try:
            if path.is_file() and path.read_bytes() == raw:
                return path
            self._set_aside(name)
            write(path, raw, self.own)
        except OSError as error:
            raise unwritten("text_unwritable", path, error) from None
        return path

    def copy(self, name: str) -> Path | None:
        """Copy a built-in text into the group's own folder; None where the group has one already, which stays.

        Raises:
            Trouble: when there is no built-in text of that name, or it cannot be written.
        """
        if (self.own / right(name)).exists():
            return None
        original = self.original(name)
        if original is None:
            raise Trouble("no_such_text", name=clean(name)[:80])
        return self.save(name, original)

    def reset(self, name: str) -> bool:
        """Take away the group's own copy of a built-in text; one that only the group has stays.

        Says whether there was one. It is set aside.

        Raises:
            Trouble: when it cannot be taken away.
        """
        return self.original(name) is not None and self.put_away(name)

    def put_away(self, name: str) -> bool:
        """Take away the group's own text of this name, and say whether there was one. It is set aside.

        Raises:
            Trouble: when it cannot be taken away.
        """
        path = self.own / right(name)
        if not path.is_file():
            return False
        try:
            self._set_aside(name)
            path.unlink()
            for parent in path.parents[: len(Path(name).parts) - 1]:
                with suppress(OSError):  # not empty
                    parent.rmdir()
        except OSError as error:
            raise unwritten("text_unwritable", path, error) from None
        return True

    def _set_aside(self, name: str) -> None:
        path = self.own / name
        if path.is_file():
            write(self.own / EARLIER / name, path.read_bytes()[: LONGEST * 4], self.own)

    # Looking

    def faults(self, guide_id: str | None = None) -> tuple[Fault, ...]:
        """Give all that is wrong with the prompts, or with one guide.

        Raises:
            Trouble: when there is no such guide.
        """
        return self.library.prove(guide_id) if guide_id else check(self.folders, self._messages)

    def faults_of(self, name: str, text: str | None, beside: Mapping[str, str] | None = None) -> tuple[Fault, ...]:
        """Give what would be wrong with a text if it were saved as it is being written, with those `beside` it that
        are not saved either; where `text` is None, what is wrong with it as it is saved.
        """
        guide_id, _, file = right(name).partition("/")
        if guide_id in FOLDERS:
            return self._faults_beside({name: text})
        shelf = Shelf((self.own, builtin_prompts()), {**(beside or {}), **({} if text is None else {name: text})})
        whole = file == "guide.toml" or Path(file).name.startswith("_")
        found = prove(shelf, guide_id, self._messages, only=None if whole else name)
        if file == "guide.toml":
            return self._without_left_out(found, guide_id, text)
        return tuple(fault for fault in found if fault.file == shelf.path(name))

    def faults_in(self, guide_id: str, files: Mapping[str, str]) -> tuple[Fault, ...]:
        """Give what would be wrong with a guide, or a folder beside them, if all of `files` were saved."""
        if guide_id in FOLDERS:
            return self._faults_beside(files)
        found = prove(Shelf((self.own, builtin_prompts()), files), guide_id, self._messages)
        return self._without_left_out(found, guide_id, files.get(f"{guide_id}/guide.toml"))

    def left_out(self, guide_id: str, order: str) -> tuple[str, ...]:
        """Give the group's own texts of the steps that are in a guide as it is saved, and no longer in `order`."""
        try:
            before = steps(self.read(f"{guide_id}/guide.toml")) or []
        except Trouble:
            return ()
        now = steps(order)
        gone = {step.get("id") for step in before} - {step.get("id") for step in now or before}
        own = (text.name for text in self.texts(guide_id) if text.whose != "built_in")
        return tuple(name for name in own if step_of(name)[0] in gone)

    def _without_left_out(self, found: tuple[Fault, ...], guide_id: str, order: str | None) -> tuple[Fault, ...]:
        """Leave out that nothing uses the texts of steps that were taken out: they are put away when it is saved."""
        away = {(self.own / name).resolve() for name in self.left_out(guide_id, order)} if order else set()
        return tuple(fault for fault in found if not (fault.key == "unused_file" and fault.file in away))

    def _faults_beside(self, files: Mapping[str, str | None]) -> tuple[Fault, ...]:
        """Give what would be wrong with texts beside the guides, each by itself and all of them together; one that is
        None is looked at as it is saved.
        """
        from assistant.guides.proof.guard import prove_guard  # 60 ms with the guard

        if None in files.values():
            return prove_guard(self.own, sorted(files), self._messages)
        with TemporaryDirectory(prefix="vidne-look-") as scratch:  # for its owner only
            folder = Path(scratch).resolve()
            for name, text in files.items():
                write(folder / right(name), clean(text).encode(errors="replace"), folder)
            found = prove_guard(folder, sorted(files), self._messages)
            return tuple(replace(fault, file=self.own / fault.file.relative_to(folder)) for fault in found)

    def preview(
        self,
        guide_id: str,
        step_id: str,
        facts: Facts,
        number: int | None = None,
        unsaved: Mapping[str, str] | None = None,
    ) -> str:
        """Give a question as a member with `facts` sees it: the week's phrasing, or phrasing `number`, from 0.

        Raises:
            Trouble: when there is no such question, or something is wrong with it.
        """
        library = Library((self.own, builtin_prompts()), self.lang, unsaved)
        if step_id not in {step.id for step in library.guide(guide_id).steps}:
            raise Trouble("no_such_step", step=clean(step_id)[:40], guide=guide_id)
        ways = len(library.ways(guide_id, step_id))
        if number is not None and not 0 <= number < ways:
            raise Trouble("no_such_phrasing", number=number + 1, ways=ways)
        return library.question(guide_id, step_id, facts, number)

    def _read(self, path: Path, folder: Path) -> str:
        try:
            return read(path, folder.resolve())
        except Refused as refused:
            fault = Fault.of(refused.flaw, path, self._messages)
            raise Trouble("text_unreadable", file=clean(str(path)), what=fault.what, todo=fault.todo) from None
        except OSError as error:
            raise unwritten("text_unwritable", path, error) from None
