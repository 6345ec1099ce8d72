"""What a member's group does together, as this home knows it: meetings and their pages, words of its own, what is
carried and answered. The door that screens and commands go through; what is decided is decided in the modules below.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import copy
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.guides.reading.values import yes
from assistant.sittings import meetings
from assistant.trouble import Trouble

if TYPE_CHECKING:
    from assistant.circle.circle import Circle
    from assistant.circle.items import Passage
    from assistant.circle.notes import Found
    from assistant.circle.page import CharterPage
    from assistant.circle.view import Entry
    from assistant.guides.guide import Guide
    from assistant.guides.library import Library
    from assistant.messages import Messages
    from assistant.sittings.around import Around
    from assistant.sittings.carrying import Desk
    from assistant.sittings.frame import Frames
    from assistant.sittings.meetings import Meeting
    from assistant.vault.vault import Sitting, Vault


class Ours:
    """The group's meetings and words, for one member."""

    def __init__(
        self,
        vault: Vault,
        library: Library,
        messages: Messages,
        frames: Callable[[], Frames],
        circles: Callable[[], Sequence[Circle]],
        clock: Callable[[], datetime],
        prompts: Sequence[Path],
        danger: Callable[[str], object],
    ) -> None:
        """Look in `circles`, which are opened only if there are any; `danger` hears it in a text."""
        self._vault = vault
        self._library = library
        self._messages = messages
        self._frames = frames
        self._circles = circles
        self._clock = clock
        self._prompts = prompts
        self._danger = danger

    @property
    def circles(self) -> tuple[Circle, ...]:
        """The circles that the member can see the others in, in the order they were joined."""
        if not self._vault.circles.belongings():
            return ()
        return tuple(circle for circle in self._circles() if circle.admitted)

    @property
    def circle(self) -> Circle | None:
        """The circle whose meetings these are: the one these are `within`, else the first."""
        return next(iter(self.circles), None)

    def within(self, circle: Circle | None) -> Ours:
        """Give the same, of that circle and no other; all of it where None was to be chosen."""
        if circle is None:
            return self
        within = copy(self)
        within._circles = lambda: (circle,)
        return within

    def _is_ours(self, sitting: Sitting) -> bool:
        """Say whether a sitting is of the circle these are within: what is marked with none is of the first one."""
        circle = self.circle
        of = sitting.facts.get("circle") or self._vault.circles.belongings()[0].circle if circle else None
        return circle is None or of == circle.id

    @property
    def any(self) -> bool:
        """Whether there is anything that a group does together."""
        return bool(self._vault.circles.belongings() or self._vault.sittings(meetings.GUIDE))

    def day(self, day: date) -> str:
        """Give a day as a person says it."""
        return self._messages("screen.day", day=day.day, month=self._messages(f"month.{day.month}"), year=day.year)

    @staticmethod
    def agrees(text: str) -> bool:
        """Say whether a text is a yes."""
        return yes(text) is True

    # Meetings

    def meeting(self, guide: Guide, of: str | None = None, sitting: int | None = None) -> Meeting:
        """Give the meeting of today, of the group called `of`; `sitting` is its own, where it was begun."""
        circle, day = self.circle, self._clock().date()
        frame = self._frames().of(circle.id if circle else of)
        charter = frame.charters[-1] if frame else None
        self._settle(circle)
        typed = meetings.typed_here(self._vault, self._library, sitting, self._is_ours)
        if circle:
            from assistant.sittings import gathered

            group = gathered.group(circle, typed, charter, day)
        else:
            group = meetings.Group(charter, tuple(map(meetings.held, typed)))
        return meetings.Meeting(guide, group, day, self._messages)

    def _settle(self, circle: Circle | None) -> None:
        """Share what ended at this screen and is in the room not yet, and forget what was taken back there."""
        if circle and self._vault.sittings(meetings.GUIDE):
            from assistant.sittings import noted

            noted.share(circle, self._vault, self._library, self._clock(), self._is_ours)
            noted.forget_taken_back(circle, self._vault)

    def forget_taken_back(self) -> None:
        """Forget here what was taken back in any of the circles, as far as this home has heard of it."""
        for circle in self.circles if self._vault.sittings(meetings.GUIDE) else ():
            from assistant.sittings import noted

            noted.forget_taken_back(circle, self._vault)

    def ended(self) -> str:
        """Share what is kept of a meeting that came to its end, and say what became of it."""
        if circle := self.circle:
            try:
                self._settle(circle)
            except Trouble as trouble:
                return self._messages(trouble.key, **trouble.values)
        return self._messages("meeting.kept_here")

    @property
    def has_meeting(self) -> bool:
        """Whether a meeting was held that there is a page of."""
        return bool(self._vault.sittings(meetings.GUIDE)) or any(circle.view.meetings for circle in self.circles)

    def page(self) -> CharterPage | None:
        """Give the page of the meeting that is going on, or was held last, here or at another's screen; None before
        the first."""
        self._settle(self.circle)
        typed = meetings.typed_here(self._vault, self._library, of=self._is_ours)
        last = typed[-1] if typed else None
        if circle := self.circle:
            from assistant.sittings.gathered import last_of

            last = last_of(circle.view, last)
        return self.meeting(self._library.guide(meetings.GUIDE)).page(last) if last else None

    # Words

    def words(self) -> tuple[tuple[date, Found], ...]:
        """Give the words of the group's own with the days they were found, the newest first."""
        circle = self.circle
        self._settle(circle)
        typed = meetings.typed_here(self._vault, self._library, of=self._is_ours)
        if circle is None and not typed:
            return ()
        from assistant.sittings.gathered import vocabulary

        return vocabulary(circle.view if circle else None, typed)

    def word(self, week: int) -> str | None:
        """Give one of the group's words, another each week."""
        words = [found.word for _, found in self.words()]
        return words[week % len(words)] if words else None

    def words_page(self) -> CharterPage:
        """Give the words of the group's own as a page."""
        from assistant.circle.meeting_page import vocabulary

        circle = self.circle
        return vocabulary(self.words(), self._messages, circle.name if circle else "")

    def told(self, day: date, word: Found) -> str:
        """Give a word of the group's in a few lines: what it means, who brought it and when."""
        by = {"name": word.by} if word.by else {}
        since = self._messages("words.found" if word.by else "words.found_by_all", day=self.day(day), **by)
        return "\n".join(filter(None, (word.word, word.meaning, since)))

    # Carrying and answering

    def desk(self) -> Desk:
        """Give the member's desk before the next meeting.

        Raises:
            Trouble: when the member belongs to no circle, or cannot see the others yet.
        """
        from assistant.sittings.carrying import Desk
        from assistant.witness.telling import Telling

        return Desk(
            self._synced(),
            self._vault,
            self._messages,
            self._clock().date(),
            danger=self._danger,
            telling=Telling.load(self._prompts),
        )

    def _synced(self) -> Circle:
        circle = self.circle
        if circle is None:
            raise Trouble("circle_waiting" if self._vault.circles.belongings() else "circle_none")
        with suppress(Trouble):
            circle.sync()
            self._settle(circle)
        return circle

    def carried(self) -> tuple[Entry[Passage], ...]:
        """Give everything that anybody carried and that stands, the latest first.

        Raises:
            Trouble: as `desk` does.
        """
        return tuple(reversed(self._synced().view.passages))

    def is_mine(self, entry: Entry[Passage]) -> bool:
        """Say whether this member carried it."""
        circle = self.circle
        return circle is not None and entry.by == circle.me.key

    def take_back(self, entry: Entry[Passage]) -> None:
        """Take back what this member carried, to whichever meeting.

        Raises:
            Trouble: as `desk` does; when it is another's, or a trace of it could not be removed yet.
        """
        self._synced().withdraw(entry.id)

    def carried_page(self, entry: Entry[Passage]) -> CharterPage:
        """Give what somebody carried, and the answers to it."""
        from assistant.sittings.answering import page

        return page(self._synced().view, entry, self._messages)

    def by(self, entry: Entry[Passage]) -> str:
        """Give the name of who carried it."""
        from assistant.sittings.answering import name_of

        circle = self.circle
        return name_of(circle.view, entry.by) if circle else ""

    def to_answer(self) -> str | None:
        """Give the latest passage that this member has not answered."""
        from assistant.sittings.answering import to_answer

        circle = self.circle
        found = to_answer(circle.view, circle.me.key) if circle else ()
        return found[0].id if found else None

    def answering(self, passage: str) -> Around:
        """Give what a sitting needs that answers a passage.

        Raises:
            Trouble: as `desk` does.
        """
        from assistant.sittings.answering import Answering

        return Answering(self._synced(), passage, self._messages).around()
