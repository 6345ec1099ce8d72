"""A monthly meeting: turns for each, a clock that tells and moves nothing, and few notes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.circle import notes, rota
from assistant.circle.notes import Found, Wished
from assistant.circle.rota import Held as HeldMeeting
from assistant.guides import softclock, timing
from assistant.guides.conversation import Conversation, Phase
from assistant.guides.events import (
    Accepted,
    Answered,
    Came,
    Chose,
    Finish,
    Held,
    Keep,
    Passed,
    Paused,
    Signpost,
    Skipped,
    Stayed,
    Tell,
    WentAway,
    WentBack,
    WonderedWhy,
)
from assistant.guides.guide import base
from assistant.guides.library import Library
from assistant.guides.seats import number
from assistant.guides.state import State
from assistant.prompts import builtin_prompts
from tests.test_together import NOW, Scripted

GUIDE = Library([builtin_prompts()], "da").guide("meeting")
PLAN = GUIDE.plan(1, {})
TURN = ("telling", "stayed", "steps", "last_word", "quiet")


class Meeting:
    """A meeting at which things happen one after the other, a minute apart."""

    def __init__(self, people="Anna\nBo\nCarl\nDea\nElif", minutes="60"):
        self.conversation = Conversation(GUIDE, PLAN, Scripted())
        self.effects = self.conversation.begin()
        self.turns, self.states, self.at = [], [], NOW
        if people:
            for text in (people, minutes, "Anna"):
                self.send(Answered(text, self.at))

    def send(self, event):
        self.at += timedelta(minutes=1)
        self.effects = self.conversation.receive(replace(event, at=self.at))
        for effect in self.effects:
            if isinstance(effect, Keep):
                self.turns.append(effect.turn)
                self.states.append(self.conversation.state)
        return self

    def on(self, times=1):
        for _ in range(times):
            self.send(Answered("", NOW))
        return self

    def until(self, step):
        while self.step != step:
            self.send(Skipped(NOW))
        return self

    @property
    def state(self) -> State:
        return self.conversation.state

    @property
    def step(self):
        return self.state.step

    @property
    def told(self):
        return [effect.name for effect in self.effects if isinstance(effect, Tell)]

    @property
    def asked(self):
        return self.effects[-1].id

    def resumed(self):
        """The state that the turns fold to after a kill."""
        again = Conversation(GUIDE, PLAN, Scripted())
        again.begin(self.turns)
        return again.state


# Turns


def test_each_tells_and_then_is_heard_in_all_the_steps_of_a_turn():
    meeting = Meeting("Anna\nBo")
    steps = [step for step in meeting.state.course if number(step)]
    assert steps == [f"{step}:{seat}" for seat in (1, 2) for step in TURN]


def test_who_has_nothing_to_tell_lets_the_turn_go_on_and_may_still_have_it_later():
    meeting = Meeting().until("telling:2").send(Passed(NOW))
    assert meeting.step == "telling:3"
    meeting.until("words").send(Came("Bo", NOW))
    assert meeting.told == ["turn_again"]
    meeting.send(Skipped(NOW))
    assert meeting.step == "telling:2"
    meeting.until("quiet:2").send(Skipped(NOW))
    assert meeting.step == "kept"


def test_a_turn_that_was_begun_can_be_let_go():
    meeting = Meeting().until("steps:1").send(Passed(NOW))
    assert meeting.step == "telling:2"
    assert meeting.resumed() == meeting.state


def test_going_back_after_a_turn_was_let_go_leads_into_it_again():
    meeting = Meeting().until("stayed:2").send(Passed(NOW))
    assert meeting.step == "telling:3"
    meeting.send(WentBack(NOW))
    assert (meeting.step, meeting.asked) == ("stayed:2", "stayed:2")
    assert meeting.resumed() == meeting.state
    meeting.send(Skipped(NOW))
    assert meeting.step == "steps:2"


def test_a_turn_that_was_given_away_is_not_gone_back_into():
    meeting = Meeting().until("telling:2").send(Stayed(NOW)).send(Answered("Carl", NOW)).on().until("telling:4")
    assert meeting.send(WentBack(NOW)).step == "quiet:2"


def test_nobodys_turn_cannot_be_passed():
    assert Meeting().until("words").send(Passed(NOW)).told == ["nobody_to_pass"]


def test_who_comes_late_breaks_nobodys_turn_off():
    meeting = Meeting("Anna\nBo (væk)\nCarl").until("stayed:3").send(Came("Bo", NOW))
    meeting.until("quiet:3").send(Skipped(NOW))
    assert meeting.step == "telling:2"


def test_who_leaves_in_their_turn_is_not_waited_for():
    assert Meeting().until("stayed:2").send(WentAway("Bo", NOW)).step == "telling:3"


def test_at_a_heavy_turn_nothing_is_asked_until_the_group_goes_on():
    meeting = Meeting().until("telling:3").send(Stayed(NOW))
    assert (meeting.state.phase, meeting.asked) == (Phase.STAYING, "stay")
    meeting.on()
    assert (meeting.state.phase, meeting.step) == (Phase.ASKING, "telling:3")


def test_the_time_of_a_heavy_turn_comes_from_who_offers_theirs():
    meeting = Meeting().until("telling:3")
    before = softclock.allowed(GUIDE, meeting.state, "telling:3")
    meeting.send(Stayed(NOW)).send(Answered("elif", NOW))
    assert meeting.told == ["gave"]
    turn = sum(softclock.allowed(GUIDE, meeting.state, f"{step}:5") for step in TURN)
    assert softclock.allowed(GUIDE, meeting.state, "telling:3") == before + turn
    meeting.on().until("quiet:4").send(Skipped(NOW))
    assert meeting.step == "words"
    assert meeting.resumed() == meeting.state


@pytest.mark.parametrize("name", ["Carl", "Anna", "Zoe", "Jeg vil sige noget."])
def test_only_a_turn_that_is_still_to_come_can_be_given(name):
    meeting = Meeting().until("telling:3").send(Stayed(NOW)).send(Answered(name, NOW))
    assert meeting.told == ["nobody_to_give"]
    assert [turn.kind for turn in meeting.turns[-1:]] == ["stayed"]


def test_a_turn_is_given_by_its_number_among_those_that_can_be():
    meeting = Meeting().until("telling:2").send(Stayed(NOW)).send(Answered("2", NOW))
    assert meeting.state.gifts == ((4, "telling:2"),)


def test_where_no_turn_is_left_nobody_can_give_one():
    meeting = Meeting().until("telling:5").send(Stayed(NOW))
    assert meeting.state.givers == ()
    assert meeting.send(Answered("1", NOW)).told == ["nobody_to_give"]


def test_the_turn_that_the_group_stays_at_can_be_let_go():
    meeting = Meeting().until("telling:2").send(Stayed(NOW)).send(Passed(NOW))
    assert (meeting.state.phase, meeting.step) == (Phase.ASKING, "telling:3")
    assert meeting.resumed() == meeting.state


def test_a_turn_that_is_let_go_while_its_member_has_left_takes_nobody_elses_with_it():
    meeting = Meeting().until("telling:2").send(Stayed(NOW)).send(WentAway("Bo", NOW)).send(Passed(NOW))
    assert meeting.step == "telling:3"


def test_danger_written_while_the_group_stays_is_kept_private_and_the_group_stays():
    meeting = Meeting().until("telling:3").send(Stayed(NOW)).send(Answered("danger", NOW))
    assert isinstance(meeting.effects[-1], Signpost)
    meeting.send(Chose("go_on", NOW))
    assert (meeting.state.phase, meeting.asked) == (Phase.STAYING, "stay")


def test_nothing_that_witnesses_say_is_kept_though_somebody_types_it():
    for step in [step for step in Meeting().state.course if GUIDE[step].kind in ("read", "silent")]:
        meeting = Meeting().until(step)
        known = len(meeting.turns)
        meeting.send(Answered("Bo sagde noget om sin mor.", NOW))
        assert (meeting.told, len(meeting.turns)) == (["not_written_down"], known)


def test_any_step_can_be_gone_back_to():
    meeting = Meeting("Anna\nBo").until("closing")
    seen = [meeting.step]
    while meeting.state.behind:
        seen.append(meeting.send(WentBack(NOW)).step)
    assert seen[::-1] == list(meeting.state.course)


def test_a_group_of_two_are_each_others_witnesses():
    meeting = Meeting("Anna\nBo", "30").send(Answered("30", NOW)).until("steps:2")  # half an hour, and it stands
    assert rota.answering(("Anna", "Bo"), 1)["Bo"] == ("Anna",)
    assert meeting.state.answers["length"] == "30"


def test_killed_in_the_fourth_turn_it_goes_on_there():
    meeting = Meeting().until("last_word:4")
    again = Conversation(GUIDE, PLAN, Scripted())
    assert again.begin(meeting.turns)[0].id == "last_word:4"


# How long


@pytest.mark.parametrize("minutes", [60, 75, 90])
@pytest.mark.parametrize("people", range(3, 8))
def test_a_meeting_of_any_size_fits_or_hears_once_what_would(minutes, people):
    names = "\n".join(f"Person {n}" for n in range(people))
    meeting = Meeting(people=None)
    meeting.send(Answered(names, NOW)).send(Answered(str(minutes), NOW))
    if (minutes, people) == (60, 7):
        assert (meeting.step, meeting.effects[-1].weighs) == ("length", "below")
        meeting.send(Accepted("60", NOW))
    assert meeting.step == "facilitator"


def test_what_is_too_short_is_said_once_and_then_the_group_decides():
    meeting = Meeting(minutes="20")
    assert meeting.step == "length"
    meeting.send(Answered("20", NOW))
    assert meeting.step == "facilitator"
    assert softclock.allowed(GUIDE, meeting.state, "telling:1") >= 120


@pytest.mark.parametrize("minutes", range(5, 75, 5))
@pytest.mark.parametrize("people", range(2, 8))
def test_a_group_that_goes_on_in_too_short_a_time_is_reckoned_with_by_the_same_rules(minutes, people):
    meeting = Meeting("\n".join(f"Person {n}" for n in range(people)), str(minutes))
    if meeting.step == "length":
        meeting.send(Accepted(str(minutes), NOW))
    meeting.until("telling:1")
    found = timing.plan(minutes, people)
    tellers = people if isinstance(found, timing.Plan) else max(1, found.tellers)
    parts = {part: softclock.allowed(GUIDE, meeting.state, part) for part in ("words", "kept", "closing", "frame")}
    parts |= {part: softclock.allowed(GUIDE, meeting.state, part) for part in ("silence", "round")}
    turn = sum(softclock.allowed(GUIDE, meeting.state, f"{part}:1") for part in TURN)
    whole = sum(parts.values()) + tellers * turn
    if isinstance(found, timing.Plan) or found.tellers:
        assert whole <= minutes * 60
    else:
        assert softclock.allowed(GUIDE, meeting.state, "telling:1") == 120
    assert softclock.allowed(GUIDE, meeting.state, "telling:1") >= 120
    assert all(softclock.allowed(GUIDE, meeting.state, f"telling:{seat}") >= 120 for seat in range(1, people + 1))


def test_once_the_time_for_turns_is_used_it_is_said_of_each_that_comes():
    meeting = Meeting(minutes="35").send(Accepted("35", NOW)).until("telling:1")
    could = timing.plan(35, 5).tellers
    beyond = []
    for seat in range(1, 6):
        meeting.until(f"telling:{seat}")
        beyond.append(softclock.is_beyond(GUIDE, meeting.state))
    assert beyond == [seat > could for seat in range(1, 6)]


def test_the_minutes_are_the_guides_and_each_can_be_changed():
    meeting = Meeting()
    assert softclock.allowed(GUIDE, meeting.state, "telling:1") == 210
    longer = replace(
        GUIDE, steps=tuple(replace(step, minutes=3) if step.id == "quiet" else step for step in GUIDE.steps)
    )
    assert softclock.allowed(longer, meeting.state, "quiet:1") > softclock.allowed(GUIDE, meeting.state, "quiet:1")


def test_what_is_settled_at_the_end_takes_the_time_of_the_closing():
    meeting = Meeting()
    parts = {softclock.part_of(GUIDE, step) for step in ("agreements", "wished", "next_day", "look", "closing")}
    assert parts == {"closing"}
    assert softclock.allowed(GUIDE, meeting.state, "closing") == 300


# The clock


def clock(meeting, seconds=0.0):
    """What it says so many seconds after the last thing that happened, as it is folded from the wall clock's times."""
    moments = list(softclock.before(meeting.turns, meeting.states, GUIDE, 0.0))
    moments.append(softclock.moment(0.0, GUIDE, meeting.state))
    return softclock.read(moments, seconds, GUIDE, meeting.state)


def test_the_clock_tells_how_long_a_part_has_taken_and_moves_nothing():
    meeting = Meeting().until("telling:1")
    reading = clock(meeting, 200)
    assert (reading.part, reading.spent, reading.left) == ("telling:1", 200, 10)
    assert clock(meeting, 7200).left == 210 - 7200
    assert meeting.step == "telling:1"


@pytest.mark.parametrize("seconds", [3, 7200])
def test_a_turn_of_three_seconds_and_one_of_two_hours_take_their_own_time_and_nobody_elses(seconds):
    meeting = Meeting().until("telling:1")
    meeting.at += timedelta(seconds=seconds) - timedelta(minutes=1)
    meeting.send(Skipped(NOW))
    assert (clock(meeting).part, clock(meeting).spent, clock(meeting).left) == ("stayed:1", 0, 90)
    assert clock(meeting).whole == seconds + 3 * 60
    assert meeting.send(WentBack(NOW)).step == "telling:1"
    assert clock(meeting).spent == seconds


def test_a_part_that_is_gone_back_to_goes_on_where_it_was():
    meeting = Meeting().until("stayed:1").send(WentBack(NOW))
    assert clock(meeting, 3).spent == 60 + 3


def test_the_clock_stands_while_it_is_held_and_until_anything_happens():
    meeting = Meeting().until("telling:1").send(Held(NOW))
    assert clock(meeting, 500).spent == 60
    meeting.send(Held(NOW))
    assert clock(meeting, 5).spent == 65
    meeting.send(Held(NOW)).send(Skipped(NOW))
    assert clock(meeting, 5).spent == 5


def test_a_pause_of_a_night_is_nobodys_time():
    meeting = Meeting().until("telling:1").send(Paused(NOW))
    assert isinstance(meeting.effects[-1], Finish)
    again = Meeting(people=None)
    again.turns, again.states = list(meeting.turns), list(meeting.states)
    again.conversation.begin(meeting.turns)
    assert clock(again, 0).spent == 60


@given(st.lists(st.integers(-(10**6), 10**6), min_size=12, max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_clock_that_is_changed_harms_nothing(jumps):
    meeting = Meeting("Anna\nBo")
    for jump in jumps:
        meeting.at += timedelta(seconds=jump)
        meeting.send(Skipped(NOW))
    reading = clock(meeting, 1.5)
    if reading:
        assert 0 <= reading.spent <= reading.whole <= len(jumps) * softclock.LONGEST
    assert meeting.resumed() == meeting.state


PAIR = Library([builtin_prompts()], "da").guide("pair")


def test_two_who_meet_have_the_same_time_by_the_same_clock():
    begun = State.begun(PAIR, PAIR.plan(1, {}))
    parts = {step.id: softclock.allowed(PAIR, begun, softclock.part_of(PAIR, step.id)) for step in PAIR.steps}
    assert all(softclock.part_of(PAIR, step.id) for step in PAIR.steps)
    assert [parts[f"{part}_two"] for part in ("telling", "heard", "last_word")] == [480, 240, 60]
    assert all(parts[part] == parts[f"{part}_two"] for part in ("telling", "heard", "last_word"))
    assert sum(seconds for step, seconds in parts.items() if step != "who") == 30 * 60


# By turns over the year


@given(st.integers(3, 7), st.integers(1, 2), st.integers(1, 12))
def test_over_the_year_everyone_answers_in_four_steps_as_often_as_the_others(people, many, months):
    names = tuple("ABCDEFG"[:people])
    held, counts = [], dict.fromkeys(names, 0)
    for _ in range(months):
        for teller, chosen in rota.answering(names, many, held).items():
            assert teller not in chosen
            assert len(set(chosen)) == many
            for name in chosen:
                counts[name] += 1
        held.append(HeldMeeting(date(2026, 1, 1), present=names, many=many))
    assert max(counts.values()) - min(counts.values()) <= 2


def test_the_thread_goes_round_and_to_whom_the_last_meeting_named():
    held, led = [], []
    for month in range(1, 8):
        led.append(rota.facilitator(tuple("ABC"), held))
        held.append(HeldMeeting(date(2026, month, 1), facilitator=led[-1], present=tuple("ABC")))
    assert led == list("ABCABCA")
    assert rota.facilitator(tuple("ABC"), [*held, HeldMeeting(date(2026, 9, 1), "A", next_facilitator="C")]) == "C"
    assert rota.facilitator(tuple("AB"), [*held, HeldMeeting(date(2026, 9, 1), "A", next_facilitator="C")]) == "B"


def test_who_is_not_there_is_not_asked_to_answer():
    for people in combinations("ABCDE", 3):
        assert all(set(chosen) < set(people) for chosen in rota.answering(people, 1).values())


# Few notes


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("dørtrin: der hvor man vender om (Carl)", Found("dørtrin", "der hvor man vender om", "Carl")),
        ("dørtrin – der hvor man vender om", Found("dørtrin", "der hvor man vender om")),
        ("dørtrin", Found("dørtrin")),
        ("(Carl)", Found("(Carl)")),
        ("tælle-til-tre (Anna)", Found("tælle-til-tre", "", "Anna")),
        ("kl. 7:15: når vagten skifter", Found("kl. 7:15", "når vagten skifter")),
    ],
)
def test_words_are_read_as_people_write_them(line, found):
    assert notes.found(line) == found


def noted(meeting):
    return notes.notes(GUIDE, PLAN, meeting.turns)


def test_what_is_kept_is_what_was_written_and_nothing_else():
    meeting = Meeting("Anna\nBo (væk)\nCarl").until("words")
    wished = "Carl: jeg spurgte bare\nEn pause hjalp"
    for text in ("dørtrin (Carl)", "", "Vi begynder ti.", wished, "8/4", "10.30", "Bo"):
        meeting.send(Answered(text, NOW))
    meeting.send(Answered("Anna og Carl\nBo", NOW))
    kept = noted(meeting)
    assert kept.present == ("Anna", "Carl")
    assert kept.words == (Found("dørtrin", "", "Carl"),)
    assert kept.agreements == ("Vi begynder ti.",)
    assert kept.kept == (Wished("jeg spurgte bare", "Carl"), Wished("En pause hjalp"))
    assert kept.next_meeting == datetime(2026, 4, 8, 10, 30)
    assert kept.next_facilitator == "Bo"
    assert kept.next_pairs == (("Anna", "Carl"), ("Bo",))


def test_a_meeting_that_ends_in_the_middle_has_its_page_all_the_same():
    kept = noted(Meeting().until("telling:2").send(Paused(NOW)))
    assert kept.present == ("Anna", "Bo", "Carl", "Dea", "Elif")
    assert (kept.words, kept.agreements, kept.kept, kept.next_meeting) == ((), (), (), None)


def test_before_anybody_sat_down_there_is_no_page():
    assert noted(Meeting(people=None)) is None


def test_who_told_and_had_to_go_was_there():
    meeting = Meeting().until("telling:2").send(WentAway("Anna", NOW))
    assert "Anna" in noted(meeting).present


# Any order

EVENTS = st.sampled_from(
    [Skipped(NOW), Skipped(NOW), Skipped(NOW), WentBack(NOW), Passed(NOW), Stayed(NOW), Held(NOW), Paused(NOW),
     WonderedWhy(NOW), Chose("go_on", NOW), Chose("delete", NOW)]
) | st.builds(
    lambda text: Answered(text, NOW), st.sampled_from(["", "Bo", "Carl", "danger", "60", "ord: x (Bo)", "8/4"])
) | st.builds(lambda name: Came(name, NOW), st.sampled_from(["Bo", "Carl", "Zoe"])
) | st.builds(lambda name: WentAway(name, NOW), st.sampled_from(["Anna", "Bo", "Carl"]))  # fmt: skip


@given(st.lists(EVENTS, max_size=40))
@settings(max_examples=150, deadline=None)
def test_after_any_order_of_events_a_kill_changes_nothing_and_nothing_private_is_noted(events):
    meeting = Meeting("Anna\nBo\nCarl")
    for event in events:
        meeting.send(event)
        assert meeting.resumed() == meeting.state
        course = meeting.state.course
        assert len(set(course)) == len(course)
        if meeting.state.phase is Phase.ASKING and meeting.state.member:
            assert meeting.step in course or base(meeting.step) in TURN
    kept = noted(meeting)
    assert "danger" not in repr(kept)
    assert clock(meeting) is None or clock(meeting).spent >= 0


def test_what_is_kept_of_a_turn_is_only_that_it_was():
    meeting = Meeting().until("words")
    told = [turn for turn in meeting.turns if base(turn.step) in TURN]
    assert told
    assert {(turn.kind, turn.text) for turn in told} == {("skipped", "")}
