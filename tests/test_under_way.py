"""A facilitator's change shows in the next sitting and never breaks one under way, whatever the change is."""

from datetime import datetime, timedelta, timezone

import pytest

from assistant.__main__ import House
from assistant.guides.events import Answered, Chose, Paused, Skipped, Turned
from assistant.prompts import builtin_prompts
from assistant.sittings.shown import Card, End, Line, Question, Words
from assistant.trouble import Trouble
from tests.workshops import RULE, TEXTS, write, write_all

AT = datetime(2026, 1, 5, 16, 0, tzinfo=timezone(timedelta(hours=1)))
WEEKLY = (builtin_prompts() / "weekly/guide.toml").read_text("utf-8")
FIRST = ("arriving", "practice", "notice", "hard", "naming", "carry", "close")
"""What the weekly journal asks in the first week."""


@pytest.fixture
def home(tmp_path):
    house = House(tmp_path / "home", "da", clock=lambda: AT)
    house.make_home("Karen", "key-file")
    house.close()
    return tmp_path / "home"


class Sitting:
    """One sitting in a home, opened anew at each `again`."""

    def __init__(self, home, guide="weekly"):
        self.guide, self.home, self.house = guide, home, None
        self.again()

    def again(self):
        if self.house:
            self.house.close()
        self.house = House(self.home, "da", clock=lambda: AT)
        unfinished = self.house.vault.unfinished(self.guide)
        self.session = self.house.sittings.session(self.guide, unfinished.id if unfinished else None)
        self.shown = self.session.open()
        return self.shown

    def send(self, event):
        self.shown = self.session.send(event)
        return self.shown

    @property
    def step(self):
        return next((item.step for item in reversed(self.shown) if isinstance(item, Question)), None)

    def steps_left(self):
        """Leave every question from here on, and give what was asked."""
        asked = []
        while self.step and not any(isinstance(item, End) for item in self.shown):
            asked.append(self.step)
            self.send(Skipped(AT))
        return asked


def without(step_id):
    head, *steps = WEEKLY.split("[[step]]\n")
    return "[[step]]\n".join([head, *(step for step in steps if not step.startswith(f'id = "{step_id}"'))])


def answer(n):
    return Answered(f"Svar nummer {n}, og så stod der en mand i døren, som jeg ikke havde set før den uge.", AT)


@pytest.mark.parametrize("gone", FIRST)
@pytest.mark.parametrize("answered", range(len(FIRST)))
def test_a_step_that_went_is_passed_over_and_no_other_is(home, gone, answered):
    sitting = Sitting(home)
    for n in range(answered):
        sitting.send(answer(n))
    write(home / "prompts", "weekly/guide.toml", without(gone))
    sitting.again()
    expected = [step for step in FIRST[answered:] if step != gone]
    assert sitting.steps_left() == expected
    assert [turn.text for turn in sitting.session.turns if turn.kind == "answered"] == [
        answer(n).text for n in range(answered)
    ]
    assert sitting.house.vault.unfinished("weekly") is None
    sitting.house.close()


def test_another_order_and_a_new_step_come_in_the_next_sitting(home):
    sitting = Sitting(home)
    sitting.send(answer(1))
    head, *steps = WEEKLY.split("[[step]]\n")
    write(home / "prompts", "weekly/guide.toml", "[[step]]\n".join([head, 'id = "vagt"\n\n', *reversed(steps)]))
    for lang in ("da", "en"):
        write(home / "prompts", f"weekly/{lang}/vagt.md", "Hvilken vagt?")
        write(home / "prompts", f"weekly/{lang}/vagt.why.md", "Fordi.")
    sitting.again()
    assert sitting.steps_left() == list(FIRST[1:])
    assert Sitting(home).step == "vagt"


def test_a_sitting_keeps_the_words_it_began_with_while_it_is_open(home):
    write(home / "prompts", "weekly/da/practice.md", "Hvor var det?")
    sitting = Sitting(home)
    write(home / "prompts", "weekly/da/practice.md", "{{ nmae }}")
    write(home / "prompts", "weekly/guide.toml", "][")
    assert sitting.send(answer(1))[-1].text == "Hvor var det?"
    assert sitting.steps_left()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("weekly/da/practice.md", "{{ nmae }}"),
        ("weekly/da/practice.md", b"\xff"),
        ("weekly/da/practice.md", ""),
        ("weekly/guide.toml", "]["),
        ("weekly/guide.toml", b"\xff"),
        ("weekly/guide.toml", 'title = { da = "a", en = "a" }\nwith = "member"\nminutes = 1\n'),
        ("weekly/da/vildfaren.md", "?"),
        ("witness/da/crisis.toml", RULE.replace("rød alarm", "(rød")),
        ("witness/da/advice.toml", "]["),
        ("crisis/dk.toml", "]["),
        ("crisis/da.md", b"\xff"),
    ],
)
def test_what_is_faulty_now_does_not_keep_a_sitting_from_going_on_and_is_told_at_the_next(home, name, text):
    sitting = Sitting(home)
    sitting.send(answer(1))
    asked = sitting.shown[-1].text
    write(home / "prompts", name, text)
    assert [item.name for item in sitting.again() if isinstance(item, Line)] == ["resumed"]
    assert sitting.shown[-1].text == asked
    assert sitting.steps_left() == list(FIRST[1:])
    sitting.house.close()
    with pytest.raises(Trouble) as trouble:
        House(home, "da", clock=lambda: AT).sittings.session("weekly")
    assert trouble.value.key in ("trouble.guide_faulty", "trouble.guard_faulty")
    assert name.split("/")[-1] in trouble.value.values["file"]


def test_a_guide_that_only_the_group_has_says_what_is_wrong_and_goes_on_when_it_is_mended(home):
    write_all(home / "prompts", TEXTS)
    sitting = Sitting(home, "trial")
    write(home / "prompts", "trial/da/notice.md", "{{ nmae }}")
    sitting.session.keep_draft("Jeg så en")
    with pytest.raises(Trouble) as trouble:
        sitting.again()
    assert "notice.md" in trouble.value.values["file"]
    write(home / "prompts", "trial/da/notice.md", "Hvad var der?")
    sitting.again()
    assert sitting.shown[-1].text == "Hvad var der?" and sitting.session.draft == "Jeg så en"


def test_the_help_lines_still_stand_where_the_step_that_led_to_them_went(home):
    sitting = Sitting(home)
    sitting.send(answer(1))
    assert isinstance(sitting.send(Answered("Jeg har lyst til at dø.", AT))[-1], Card)
    write(home / "prompts", "weekly/guide.toml", without("practice"))
    assert isinstance(sitting.again()[-1], Card)
    sitting.send(Chose("go_on", AT))
    assert sitting.steps_left() == list(FIRST[2:])


def test_something_else_fills_is_gone_on_with_where_its_step_went(home):
    sitting = Sitting(home)
    sitting.send(Turned(AT))
    write(home / "prompts", "weekly/guide.toml", without("free"))
    assert isinstance(sitting.again()[-1], Question)
    sitting.send(Answered("Det er min mor.", AT))
    assert isinstance(sitting.send(Paused(AT))[-1], End)


def test_an_end_that_a_crash_kept_from_being_kept_is_kept_at_the_next_start(home, monkeypatch):
    sitting = Sitting(home)
    while sitting.step != "close":
        sitting.send(answer(1))
    keep = type(sitting.house.vault).keep

    def crashes_at_the_end(vault, number, turn):
        if turn.kind == "finished":
            raise Trouble("disk_full")
        return keep(vault, number, turn)

    monkeypatch.setattr(type(sitting.house.vault), "keep", crashes_at_the_end)
    with pytest.raises(Trouble):
        sitting.send(Skipped(AT))
    monkeypatch.undo()
    assert isinstance(sitting.again()[-1], End)
    assert sitting.house.vault.unfinished("weekly") is None


# A number


def test_a_number_is_kept_as_words_and_nothing_is_made_of_it(home):
    write_all(home / "prompts", {**TEXTS, "trial/da/notice.md": "Hvor er du på en skala fra 0 til 10? Bare tallet."})
    for number in ("8", "10", "0", "7,5", "8/10"):
        sitting = Sitting(home, "trial")
        shown = sitting.send(Answered(number, AT))
        assert not any(isinstance(item, Words | Card) for item in shown)
        (kept,) = [turn for turn in sitting.session.turns if turn.kind == "answered"]
        assert kept.text == number
        assert sitting.house.search(number.split("/")[0].split(",")[0])
        sitting.house.close()
    later = House(home, "da", clock=lambda: AT + timedelta(days=7)).sittings.session("trial")
    assert later.facts.thread is None and later.facts.older is None
