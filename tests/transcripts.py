"""Whole conversations in Markdown: read by people, replayed by the tests, recorded again by `make transcripts`.

A transcript's comment says whose home it is; each heading begins a sitting on a date; quotes are what the member typed.
Everything else in it was said by Vidne.
"""

import io
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.__main__ import House
from assistant.cli.plain import converse
from tests.around import gather

FOLDER = Path(__file__).parent.parent / "transcripts"
ZONE = ZoneInfo("Europe/Copenhagen")
COUNTRIES = {"da": "dk", "en": "gb"}
"""Where a script's member is, whatever the clock of this computer says."""
HEAD = re.compile(r"<!-- (?P<guide>\w+) · (?P<lang>da|en) · (?P<name>.*) · (?P<began>[\d-]+) -->\n")
SITTING = re.compile(r"^<!-- (?P<date>[\d-]+)(?: · (?P<guide>\w+))? -->$", re.MULTILINE)
"""Begins a sitting on a day; of another guide than the transcript's, if one is named."""


@dataclass(frozen=True)
class Script:
    """What a transcript needs from the outside: a home, and what was typed on which day."""

    guide: str
    lang: str
    name: str
    began: date
    sittings: dict[date, list[str]] = field(default_factory=dict)
    """What was typed, answer by answer; an answer of several lines holds its newlines."""
    others: dict[date, str] = field(default_factory=dict)
    """The days on which another guide was sat with."""

    def guide_on(self, day: date) -> str:
        """Give the guide that was sat with on a day."""
        return self.others.get(day, self.guide)


def read(text: str) -> Script:
    """Read the script out of a transcript."""
    head = HEAD.match(text)
    parts = SITTING.split(text[head.end() :])[1:]
    days = [date.fromisoformat(day) for day in parts[::3]]
    sittings = dict(zip(days, map(_quotes, parts[2::3]), strict=True))
    others = {day: guide for day, guide in zip(days, parts[1::3], strict=True) if guide}
    return Script(head["guide"], head["lang"], head["name"], date.fromisoformat(head["began"]), sittings, others)


def _quotes(body: str) -> list[str]:
    blocks = re.findall(r"^> .*(?:\n>.*)*", body, re.MULTILINE)
    return ["\n".join(line[2:] for line in block.split("\n")) for block in blocks]


def typed(answers: list[str]) -> str:
    """Give the lines that plain mode reads for these answers."""
    return "".join(answer.replace("\n", "\\\n") + "\n" for answer in answers)


def house_of(script: Script, folder: Path, day: date) -> House:
    """Give the house of a script's member on one day, with a home made on the first."""
    house = House(folder, script.lang, clock=lambda: datetime.combine(day, time(16, 30), ZONE))
    if script.guide in ("meeting", "answer") and not house.home.exists:
        gather(folder, script.lang, day)
    if not house.home.exists:
        house.make_home(script.name, "key-file", began=script.began)
        house.home.write(replace(house.home.read(), country=COUNTRIES[script.lang]))
    return house


def session_of(house: House, guide: str):
    """Give the sitting that is held next: a kickoff that stopped at its break goes on."""
    unfinished = house.sittings.waiting(guide) if house.prompts.library.guide(guide).company == "circle" else None
    return house.sittings.session(guide, unfinished.id if unfinished else None)


def perform(script: Script, folder: Path) -> str:
    """Type a script into plain mode, sitting by sitting, in a new home in `folder`, and give the transcript."""
    out = io.StringIO()
    out.write(f"<!-- {script.guide} · {script.lang} · {script.name} · {script.began} -->\n\n")
    for day, answers in script.sittings.items():
        house = house_of(script, folder, day)
        session = session_of(house, script.guide_on(day))
        out.write(f"<!-- {day}{f' · {script.others[day]}' if day in script.others else ''} -->\n")
        title = session.sentence("title", title=session.guide.title[script.lang], week=session.facts.week)
        converse(session, io.StringIO(typed(answers)), out, house.messages, title)
        house.close()
    return out.getvalue().rstrip() + "\n"


def given_back(script: Script, folder: Path) -> Counter[str]:
    """Count what was said back in a home that a script was performed in, by kind; `kept` is every other answer."""
    house = house_of(script, folder, max(script.sittings))
    turns = [turn for sitting in house.vault.sittings() for turn in house.vault.turns(sitting.id)]
    house.close()
    said = Counter(turn.how for turn in turns if turn.kind == "said")
    return said + Counter(kept=sum(turn.kind == "answered" for turn in turns) - said.total())


def main() -> None:
    """Record every transcript again, and say what was given back in each."""
    for path in sorted(FOLDER.glob("*.md")):
        script = read(path.read_text("utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            again = perform(script, Path(folder) / "home")
            counts = ", ".join(f"{how} {n}" for how, n in given_back(script, Path(folder) / "home").most_common())
        changed = again != path.read_text("utf-8")
        path.write_text(again, "utf-8")
        sys.stdout.write(f"{path.name}: {'recorded again' if changed else 'as it was'}; {counts}\n")


if __name__ == "__main__":
    main()
