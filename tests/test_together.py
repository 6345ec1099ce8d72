"""Several around one screen: each is asked by name, one can be away and come later, and nothing is given back."""

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from assistant.guides.conversation import Conversation, Phase
from assistant.guides.events import (
    Accepted,
    Answered,
    Ask,
    Came,
    Chose,
    Corrected,
    Finish,
    GiveBack,
    Keep,
    Paused,
    Signpost,
    Skipped,
    Tell,
    Turned,
    Understood,
    WentAway,
    WentBack,
    WonderedWhy,
)
from assistant.guides.guide import Guide, Step
from assistant.guides.reading import values
from assistant.guides.seats import Seat, number, seated
from assistant.witness.said import Said

NOW = datetime(2026, 3, 6, 10, 0, tzinfo=timezone(timedelta(hours=1)))
FIVE = "Anna\nBo\nCarl\nDea\nElif"

GUIDE = Guide(
    id="kickoff",
    title={"da": "Opstart", "en": "Kickoff"},
    company="circle",
    minutes=150,
    stages=(),
    steps=(
        Step("welcome", kind="read"),
        Step("people", kind="people"),
        Step("why_here", each=True),
        Step("pairs", default=True, unit="minutes", floor=30, floor_words=("slack",)),
        Step("pause", kind="break"),
        Step("learning_point", each=True, reflect=True),
        Step("daily_skill", each=True),
        Step("months", kind="number", unit="months", floor=12, default=True),
        Step("boss", kind="choice", floor_words=("yes",)),
        Step("first_day", kind="day"),
        Step("quiet", kind="silent"),
        Step("host", kind="member"),
        Step("closing", each=True),
    ),
)
PLAN = GUIDE.plan(1, {})


class Scripted:
    """A witness that would give everything back, and hears danger in one word."""

    def crisis(self, text):
        return "en.crisis.scripted" if "danger" in text else None

    def nudge(self, text, number):
        return None

    def respond(self, text, said, give_back):
        return Said(f'You wrote: "{text}".', "quote")


def talk(turns=()):
    conversation = Conversation(GUIDE, PLAN, Scripted(), reflects=True)
    return conversation, conversation.begin(turns)


class Table:
    """A sitting at which things happen one after the other."""

    def __init__(self, people=FIVE):
        self.conversation, self.effects = talk()
        self.turns = []
        if people:
            self.answer("")
            self.answer(people)

    def send(self, event):
        self.effects = self.conversation.receive(event)
        self.turns += [effect.turn for effect in self.effects if isinstance(effect, Keep)]
        return self.effects

    def answer(self, *texts):
        for text in texts:
            self.send(Answered(text, NOW))
        return self.effects

    def until(self, step):
        while self.step != step:
            self.send(Skipped(NOW))
        return self

    @property
    def state(self):
        return self.conversation.state

    @property
    def step(self):
        return self.state.step

    @property
    def told(self):
        return [effect.name for effect in self.effects if isinstance(effect, Tell)]

    @property
    def name(self):
        return self.state.member.name if self.state.member else None


# Each is asked by name


def test_each_member_is_asked_in_turn_all_that_stands_together():
    table = Table("Anna\nBo")
    assert table.state.course == (
        "welcome", "people", "why_here:1", "why_here:2", "pairs", "pause",
        "learning_point:1", "daily_skill:1", "learning_point:2", "daily_skill:2",
        "months", "boss", "first_day", "quiet", "host", "closing:1", "closing:2",
    )  # fmt: skip
    table.until("daily_skill:2")
    assert table.name == "Bo"
    assert table.state.place == (1, 7)


def test_the_count_stays_when_the_people_are_known_and_begins_anew_behind_a_break():
    table = Table(people="")
    counts = [table.state.place]
    table.answer("")
    counts.append(table.state.place)
    table.answer(FIVE)
    counts.append(table.state.place)
    table.until("why_here:5")
    counts.append(table.state.place)
    table.until("pairs")
    counts.append(table.state.place)
    assert counts == [(1, 5), (2, 5), (3, 5), (3, 5), (4, 5)]
    table.until("pause").answer("")
    assert table.state.place == (1, 7)


def test_until_people_are_known_nobody_is_counted_on():
    assert Table(people="").state.course == tuple(step.id for step in GUIDE.steps if not step.each)


def test_what_is_answered_stays_with_who_said_it_when_the_list_is_changed():
    table = Table("Anna\nBo")
    table.answer("Anna's words.", "Bo's words.")
    for _ in range(3):
        table.send(WentBack(NOW))
    table.answer("Zoe\nBo\nAnna")
    asked = {}
    while table.step.startswith("why_here"):
        asked[table.name] = table.state.answers.get(table.step, "")
        table.send(Skipped(NOW))
    assert asked == {"Zoe": "", "Bo": "Bo's words.", "Anna": "Anna's words."}


def test_a_name_that_was_put_right_keeps_its_seat():
    assert seated(values.people("Ana\nBo"), ()) == (Seat(1, "Ana"), Seat(2, "Bo"))
    assert seated(values.people("Anna\nBo"), (Seat(1, "Ana"), Seat(2, "Bo"))) == (Seat(1, "Anna"), Seat(2, "Bo"))


@given(st.lists(st.text(min_size=1, max_size=5), max_size=6), st.lists(st.text(min_size=1, max_size=5), max_size=6))
@example(["N", "n"], ["N"])
def test_a_seats_number_is_never_given_to_anyone_else(first, second):
    first, second = (values.people("\n".join(names)) for names in (first, second))
    before, after = seated(first, ()), seated(second, seated(first, ()))
    assert len({seat.number for seat in after}) == len(after) or len({n.name.casefold() for n in second}) < len(second)
    numbers = {seat.number: seat.name for seat in before}
    stayed = {seat.name for seat in before} & {seat.name for seat in after}
    assert all(numbers.get(seat.number, seat.name) == seat.name for seat in after if seat.name in stayed)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("Anna", "people_one"),
        ("Anna\nBo\nanna", "people_alike"),
        ("Anna\n" + "B" * 200, "people_long"),
        ("Jonna, Bente, Mette K, Mette og Ali. Bente er her ikke i dag", "people_told"),
        ("Anna\nBo er syg i dag\nCarl", "people_told"),
        ("Alle undtagen Bente", "people_told"),
        ("We are all here today", "people_told"),
        ("I'm Ruth, and there's Tom, Aisha and Gwen", "people_told"),
        ("\n".join(f"Person {n}" for n in range(25)), "people_too_many"),
    ],
)
def test_a_list_that_nobody_could_be_asked_by_is_told_kindly_and_asked_again(written, sentence):
    table = Table(people="")
    table.answer("")
    assert table.answer(written) == [Tell(sentence)]
    assert table.step == "people"


@pytest.mark.parametrize(("many", "sentence"), [(3, "people_few"), (5, None), (9, "people_many")])
def test_three_or_nine_people_are_told_and_allowed(many, sentence):
    names = "\n".join(f"Person {n}" for n in range(many))
    table = Table(names)
    assert table.effects[1] == Understood(GUIDE["people"], names, NOW)
    assert values.remark(GUIDE["people"], names) == sentence
    assert table.step == "why_here:1"


def test_names_may_be_emoji_or_stand_on_one_line():
    assert (
        values.trouble(Step("people", kind="people"), "Mette K. Hansen\nDr. Smith\nMarie Louise af Bo", NOW.date())
        is None
    )
    away = values.people("Bente (ikke her i dag)\nBo (er her ikke)\nAli (syg)\nSam (off sick)\nMette (regnskab)")
    assert [named.name for named in away if named.away] == ["Bente", "Bo", "Ali", "Sam"]
    assert [named.name for named in values.people("🦆🦆\n👩‍👩‍👧")] == ["🦆🦆", "👩‍👩‍👧"]
    assert [named.name for named in values.people("Anna, Bo og Carl-Emil")] == ["Anna", "Bo", "Carl-Emil"]
    assert [named.name for named in values.people("Karen; Lise + Ole\nBo & Dea")] == [
        "Karen",
        "Lise",
        "Ole",
        "Bo",
        "Dea",
    ]
    (one, other) = values.people("Lise (kommer senere, på fredag), Ole")
    assert (one.name, one.away, other.name) == ("Lise", True, "Ole")


def test_the_question_of_names_cannot_be_left():
    table = Table(people="")
    table.answer("")
    assert table.send(Skipped(NOW)) == table.send(Answered(" ", NOW)) == [Tell("people_needed")]
    table.answer("danger")
    table.send(Chose("go_on", NOW))
    assert table.step == "people"


# Away, and here again


def test_who_is_away_is_asked_nothing():
    table = Table("Anna\nBo (kommer senere)\nCarl (comes later)\nDea")
    assert [step for step in table.state.course if number(step) in (2, 3)] == []


def test_who_comes_late_is_asked_what_they_missed_and_then_goes_on_with_the_others():
    table = Table("Anna\nBo (away)").until("daily_skill:1")
    table.send(Came("bo", NOW))
    assert (table.told, table.step) == (["came"], "daily_skill:1")
    table.answer("One line a day.")
    following = []
    while table.state.phase is Phase.ASKING:
        following.append(table.step)
        table.send(Skipped(NOW))
    assert following == [
        "why_here:2", "learning_point:2", "daily_skill:2", "months", "boss", "first_day", "quiet",
        "host", "closing:1", "closing:2",
    ]  # fmt: skip


def test_somebody_nobody_had_named_may_come():
    table = Table("Anna\nBo").until("months")
    table.send(Came("Carl", NOW))
    table.answer("12")
    assert (table.name, table.step) == ("Carl", "why_here:3")


def test_who_has_to_go_is_not_waited_for():
    table = Table("Anna\nBo").until("why_here:1")
    table.send(WentAway("Anna", NOW))
    assert (table.step, table.name) == ("why_here:2", "Bo")
    assert all(number(step) != 1 for step in table.state.course)


def test_who_is_not_there_cannot_go_and_who_is_there_cannot_come():
    table = Table("Anna\nBo")
    assert table.send(WentAway("Zoe", NOW)) == [Tell("nobody_to_go")]
    assert table.send(Came("Anna", NOW)) == [Tell("nobody_to_come")]
    assert table.send(Came("  ", NOW)) == [Tell("nobody_to_come")]


# The small kinds


@pytest.mark.parametrize("step", ["welcome", "quiet"])
def test_a_text_to_read_and_a_silence_want_no_answer(step):
    table = Table(people="") if step == "welcome" else Table().until(step)
    table.answer("")
    assert table.step != step
    assert table.turns[-1].kind == "skipped"


def test_a_sitting_that_stops_at_a_break_goes_on_behind_it():
    table = Table().until("pause")
    assert table.send(Paused(NOW))[-1] == Finish("paused")
    _, begun = talk(table.turns)
    assert begun[0].id == "learning_point:1"


@pytest.mark.parametrize(
    ("step", "wrong", "right"),
    [
        ("boss", "perhaps", "No, nobody."),
        ("months", "long", "tolv måneder"),
        ("months", "0", "12"),
        ("months", "61", "60"),
        ("first_day", "soon", "14. april"),
        ("first_day", "5 March 2026", "2026-04-14"),
    ],
)
def test_what_cannot_be_read_is_told_and_asked_again(step, wrong, right):
    table = Table().until(step)
    assert len(table.answer(wrong)) == len(table.told) == 1
    assert table.step == step
    assert table.answer(right)[0].turn.text == right
    assert table.step != step


def test_danger_is_heard_at_every_kind_of_step():
    for step in Table().state.course:
        table = Table().until(step) if step not in ("welcome", "people") else Table(people="")
        assert isinstance(table.answer("danger")[-1], Signpost)
        assert table.turns[-1].kind == "sealed"


@pytest.mark.parametrize(
    ("step", "low"), [("pairs", "20 minutter"), ("pairs", "Async in Slack?"), ("months", "6"), ("boss", "ja")]
)
def test_an_answer_below_the_practice_hears_the_reason_once_and_then_the_group_decides(step, low):
    table = Table().until(step)
    (kept, asked) = table.answer(low)
    assert (kept.turn.kind, kept.turn.how) == ("answered", "below")
    assert (asked.id, asked.before, asked.weighs) == (step, low, "below")
    assert talk(table.turns)[1] == [asked]
    table.answer(low)
    assert table.step != step
    assert table.state.answers[step] == low
    table.send(WentBack(NOW))
    assert not table.answer(low + " ")[-1].weighs


@pytest.mark.parametrize(("written", "name"), [("bo", "Bo"), ("2", "Bo"), ("El", "Elif"), ("Zoe", None), ("9", None)])
def test_one_of_them_is_named_by_name_or_number(written, name):
    table = Table().until("host")
    effects = table.answer(written)
    if name is None:
        assert effects == [Tell("nobody_named_so")]
    else:
        assert effects[0].turn.text == name


def test_words_that_stand_are_taken_where_the_field_is_left_empty():
    table = Table().until("pairs")
    assert table.answer("") == [Tell("nothing_written")]
    effects = table.send(Accepted("Twice a month.", NOW))
    assert (effects[0].turn.text, effects[0].turn.how) == ("Twice a month.", "default")
    table.until("boss")
    assert table.send(Accepted("yes", NOW)) == [Tell("nothing_written")]


DAYS = {
    "2026-04-14": date(2026, 4, 14), "14/4": date(2026, 4, 14), "14.4.2026": date(2026, 4, 14),
    "tirsdag den 14. april kl. 10.30": date(2026, 4, 14), "April 14th": date(2026, 4, 14),
    "1 March": date(2027, 3, 1), "31/2": None, "næste uge": None, "2026-13-40": None,
}  # fmt: skip
CLOCKS = {
    "10.30": time(10, 30), "kl. 9": time(9), "14. april kl. 10.30": time(10, 30), "2 pm": time(14), "frokost": None
}  # fmt: skip
MINUTES = {
    "30 mins tacked on": 30, "mindst en time": 60, "halvanden time": 90, "half an hour": 30, "10:00 to 11:15": 75,
    "async": None, "90": 90,
}  # fmt: skip
MONTHS = {"after a quarter?": 3, "et år": 12, "12 months minimum": 12, "tolv": 12, "nul": 0, "lige så længe": None}
WEEKDAYS = {"Friday before 4pm": 4, "om fredagen": 4, "Mondays": 0, "tirs": 1, "whenever": None}


def test_days_clocks_and_amounts_are_read_as_people_write_them():
    assert {text: values.day(text, NOW.date()) for text in DAYS} == DAYS
    assert {text: values.clock(text) for text in CLOCKS} == CLOCKS
    assert {text: values.amount(text, "minutes") for text in MINUTES} == MINUTES
    assert {text: values.amount(text, "months") for text in MONTHS} == MONTHS
    assert {text: values.weekday(text) for text in WEEKDAYS} == WEEKDAYS
    assert [values.zone(text) for text in ("København", "Europe/London", "Mars")] == [
        "Europe/Copenhagen", "Europe/London", None
    ]  # fmt: skip


@given(st.text(max_size=80), st.sampled_from(GUIDE.steps))
@settings(max_examples=400, deadline=None)
def test_whatever_is_written_is_read_or_told_of(text, step):
    told = values.trouble(step, text, NOW.date())
    assert told is None or isinstance(told, str)
    assert values.below(step, text) in (True, False)
    values.clock(text), values.weekday(text), values.zone(text)


# Any order


TEXTS = st.sampled_from(
    [FIVE, "Anna\nBo", "Bo\nZoe (away)\nAnna", "12", "6", "ja", "nej", "14/4", "danger", "", "async in slack", "A."]
) | st.text(max_size=20)
NAMES = st.sampled_from(["Anna", "Bo", "Carl", "Dea", "Zoe", "an", ""])


class AnyOrder(RuleBasedStateMachine):
    """Any order of events around one screen: what was kept folds to the same state, and nothing is given back."""

    @initialize()
    def begin(self):
        self.table = Table(people="")

    def send(self, event):
        before = self.table.state
        effects = self.table.send(event)
        assert not any(isinstance(effect, GiveBack) for effect in effects)
        asked = [effect for effect in effects if isinstance(effect, Ask)]
        if any(isinstance(effect, Signpost) for effect in effects):
            assert not asked
        for ask in asked:
            seat = self.table.state.member
            assert (seat is None) == (number(ask.id) is None)
            assert seat is None or not seat.away
        if before.phase is Phase.ASKING and before.step not in self.table.state.answers:
            assert (
                before.step == self.table.step
                or not isinstance(event, Answered | Accepted)
                or any(turn.step == before.step for turn in self.table.turns)
            )

    @rule(text=TEXTS)
    def answer(self, text):
        self.send(Answered(text, NOW))

    @rule(text=st.sampled_from(["12 months", "Twice.", ""]))
    def accept(self, text):
        self.send(Accepted(text, NOW))

    @rule(name=NAMES)
    def come(self, name):
        self.send(Came(name, NOW))

    @rule(name=NAMES)
    def go(self, name):
        self.send(WentAway(name, NOW))

    @rule(choice=st.sampled_from(["go_on", "stop", "delete"]))
    def choose(self, choice):
        self.send(Chose(choice, NOW))

    @rule(
        event=st.sampled_from(
            [Skipped(NOW), Skipped(NOW), WentBack(NOW), Turned(NOW), WonderedWhy(NOW), Paused(NOW), Corrected("x", NOW)]
        )
    )
    def do(self, event):
        self.send(event)

    @invariant()
    def resuming_gives_the_same_state(self):
        again, begun = talk(self.table.turns)
        assert again.state == self.table.state
        assert begun

    @invariant()
    def nothing_is_asked_twice_in_one_course(self):
        course = self.table.state.course
        assert len(set(course)) == len(course)
        assert [step for step in course if number(step) is None] == [step.id for step in GUIDE.steps if not step.each]


AnyOrder.TestCase.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
TestAnyOrder = AnyOrder.TestCase
