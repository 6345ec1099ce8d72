"""A group of five with a room of its own, each in a home of their own on one computer, for a meeting to be held in."""

from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.__main__ import House
from assistant.circle.charter import Charter, Dates, Place
from assistant.circle.items import Attendance, Passage

ZONE = ZoneInfo("Europe/Copenhagen")
PEOPLE = ("Anna", "Bo", "Carl", "Dea", "Elif")
REMINDER = {"da": "Skruetrækker", "en": "Screwdriver"}
CARRIED = {
    "da": {
        "Anna": ["Jeg talte til tre, og så var det blevet min tur alligevel."],
        "Bo": ["Hver gang telefonen ringer, svarer jeg, før jeg har hørt spørgsmålet færdigt."],
        "Carl": ["Jeg lagde papiret væk og spurgte bare.", "Der blev stille, og det var ikke slemt."],
        "Elif": ["det er de små i døren, jeg springer over"],
    },
    "en": {
        "Anna": ["I counted to three, and then it had become my turn anyway."],
        "Bo": ["Every time the phone rings I answer before I've heard the end of the question."],
        "Carl": ["I put the paper away and just asked.", "It went quiet, and that wasn't bad."],
        "Elif": ["it is the small ones in the doorway that I skip"],
    },
}
"""What each carries; Dea carries nothing."""


def charter(lang: str, people=PEOPLE) -> Charter:
    """Give what such a group agreed."""
    dates = Dates(zone="Europe/Copenhagen", first_meeting=datetime(2026, 2, 11, 10), meeting_minutes=60)
    return Charter(
        group={"da": "Tirsdagsholdet", "en": "The Tuesday group"}[lang],
        lang=lang,
        agreed=date(2026, 1, 14),
        places=tuple(Place(name=name) for name in people),
        reminder=REMINDER[lang],
        model_allowed=True,
        dates=dates,
    )


def house(folder: Path, lang: str, name: str, day: date) -> House:
    """Give the house of one of them on a day; their home is made on the first."""
    made = House(folder, lang, clock=lambda: datetime.combine(day, time(10, 0), ZONE))
    if not made.home.exists:
        made.make_home(name, "key-file", began=day)
    return made


def gather(folder: Path, lang: str, day: date, people=PEOPLE, carried=None) -> Path:
    """Make the group's room; the first of `people` has their home in `folder`, the others beside it.

    Each carries something to the meeting of `day`, and says that they are ready. Gives the shared folder.
    """
    shared = folder.parent / f"{folder.name}-shared"
    first = house(folder, lang, people[0], day)
    founded = first.circles.found(charter(lang, people), people[0], shared)
    for name in people[1:]:
        invitation = first.circles.invite(founded, name)
        other = house(home_of(folder, name), lang, name, day)
        other.circles.join(invitation, shared)
        other.close()
        founded.sync()
    for name in people:
        there = house(folder if name == people[0] else home_of(folder, name), lang, name, day)
        circle = there.circles.named()
        circle.sync()
        for text in (CARRIED[lang] if carried is None else carried).get(name, ()):
            circle.share(Passage(text=text, month=f"{day:%Y-%m}", written=day))
        circle.attend(Attendance(month=f"{day:%Y-%m}", state="ready"))
        there.close()
    founded.sync()
    first.close()
    return shared


def home_of(folder: Path, name: str) -> Path:
    """Give the home of one of the others."""
    return folder.parent / f"{folder.name}-{name.lower()}"
