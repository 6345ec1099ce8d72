"""What of a meeting becomes items in the group's room, and what is forgotten here once it is taken back there.

What a meeting keeps was seen by everyone before it ended (the step `look`). Nothing else leaves, and nothing twice. The
turns at this screen that it was typed in are a copy like any other: what was taken back is erased from them too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from assistant.circle import notes
from assistant.circle.items import Meeting as MeetingItem
from assistant.circle.items import Note, Word
from assistant.circle.notes import Found, Notes
from assistant.guides.turn import Turn
from assistant.sittings.gathered import notes_of, passages
from assistant.sittings.meetings import GUIDE, kept_of

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.circle.view import View
    from assistant.guides.library import Library
    from assistant.vault.vault import Sitting, Vault

LINE = 500
"""How long a word of the group's may be, in characters; the rest of it stands in its meaning."""
NAME = 200
"""How long a name may be in an item."""
TYPED = ("answered", "skipped", "stands")
"""The kinds of turn that hold an answer of the group's, as it was typed or as it still stands."""


def share(circle: Circle, vault: Vault, library: Library, at: datetime, of: Callable[[Sitting], bool]) -> int:
    """Put into the room each meeting that is `of` the circle, ended at this screen and is not there yet; give how many.

    One that stopped in the middle has ended when its day has.

    Raises:
        Trouble: when something could not be kept.
    """
    shared = 0
    for sitting in filter(of, reversed(vault.sittings(GUIDE))):
        turns = vault.turns(sitting.id)
        ended = sitting.finished or sitting.began.date() < at.date()
        kept = kept_of(sitting, turns, library) if ended and all(turn.kind != "shared" for turn in turns) else None
        if kept is None:
            continue
        item = _there(circle, kept) or _put(circle, kept, at.date())
        vault.keep(sitting.id, Turn("shared", turns[-1].step, item, at))
        shared += 1
    return shared


def _there(circle: Circle, kept: Notes) -> str | None:
    mine = (entry for entry in circle.view.meetings if entry.by == circle.me.key)
    return next((entry.id for entry in mine if entry.body.held == kept.held), None)


def _put(circle: Circle, kept: Notes, today: date) -> str:
    keys = {member.name.casefold(): member.key for member in circle.view.members}
    month = f"{kept.held:%Y-%m}"

    def person(name: str) -> str | None:
        """Give a member's key; what somebody is called who is not in the circle, and None for nobody."""
        return keys.get(name.casefold(), name[:NAME]) or None

    def people(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(filter(None, map(person, names)))

    def carried(name: str) -> Iterator[str]:
        """Give what a member carried to it; put there on a later day, it took up nothing that is for the next one."""
        carried = passages(circle.view, name, kept.held)
        yield from (entry.id for entry in carried if today == kept.held or entry.body.month <= month)

    words = [circle.bring(_word(found, person(found.by), kept.held)).id for found in kept.words]
    wished = [circle.note(Note(text=wish.text, month=month, by=person(wish.by))).id for wish in kept.kept]
    return circle.hold(
        MeetingItem(
            month=month,
            held=kept.held,
            facilitator=person(kept.facilitator),
            present=people(kept.present),
            passages=tuple(passage for name in kept.present for passage in carried(name)),
            words=tuple(words),
            agreements=kept.agreements,
            kept=tuple(wished),
            next_meeting=kept.next_meeting,
            next_facilitator=person(kept.next_facilitator),
            next_pairs=tuple(map(people, kept.next_pairs)),
        )
    ).id


def _word(found: Found, by: str | None, day: date) -> Word:
    meaning = "\n".join(filter(None, (found.word[LINE:], found.meaning)))
    return Word(word=found.word[:LINE], meaning=meaning, by=by, found=day)


# What was taken back


def forget_taken_back(circle: Circle, vault: Vault) -> int:
    """Erase from the meetings typed at this screen what stands in the room no more; give in how many.

    Raises:
        Trouble: `forgotten_in_part` when it is erased, but the files could not be swept.
    """
    forgot = 0
    for sitting in vault.sittings(GUIDE):
        turns = vault.turns(sitting.id)
        item = next((turn.text for turn in turns if turn.kind == "shared"), "")
        if rests := _rests(circle.view, item, turns):
            vault.take_out(sitting.id, rests)
            forgot += 1
    return forgot


def _rests(view: View, item: str, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Give, for each step at which something was typed that is taken back, what of it still stands."""
    entry = view.entry(item)
    if entry is None and item not in view.gone:
        return ()  # of another circle, or not there yet
    there = notes_of(view, entry.body) if entry else Notes(date.min)
    words, wished = {found.word for found in there.words}, {wish.text for wish in there.kept}
    still: dict[str, Callable[[str], bool]] = {
        "words": lambda line: notes.found(line).word[:LINE] in words,
        "wished": lambda line: line in wished or line.partition(":")[2].strip() in wished,
        "agreements": lambda line: line in there.agreements,
    }
    typed = [turn for turn in turns if turn.kind in TYPED and turn.step in still]
    latest = {turn.step: turn for turn in typed}
    touched = {turn.step for turn in typed if notes.only(turn.text, still[turn.step]) != turn.text}
    return tuple(
        replace(turn, kind="stands", text=notes.only(turn.text, still[step]), how="")
        for step, turn in latest.items()
        if step in touched
    )
