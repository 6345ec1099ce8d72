"""The conversation decides: what is asked, what is kept, and when it stops."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from assistant.guides.conversation import GIVEN_BACK, TRANSITIONS, Conversation, Phase
from assistant.guides.events import (
    Answered,
    Ask,
    Chose,
    Corrected,
    Explain,
    Finish,
    Forget,
    GiveBack,
    Keep,
    Paused,
    Signpost,
    Skipped,
    Tell,
    Turned,
    WentBack,
    WonderedWhy,
)
from assistant.guides.guide import Guide, Stage, Step
from assistant.witness.said import Said

NOW = datetime(2026, 3, 6, 16, 0, tzinfo=timezone(timedelta(hours=1)))
LONG = "I said my doubt out loud in the meeting and then everybody looked at the plant for a while."

GUIDE = Guide(
    id="weekly",
    title={"da": "Ugedagbog", "en": "Weekly journal"},
    company="member",
    minutes=10,
    stages=(Stage("first", 1), Stage("middle", 6), Stage("year", 12)),
    steps=(
        Step("arriving", stages=("first",)),
        Step("notice", reflect=True, stages=("first", "middle")),
        Step("hard", reflect=True, stages=("first", "middle")),
        Step("thread", reflect=True, stages=("first",), needs="thread"),
        Step("pick", kind="pick", stages=("year",), needs="old_lines"),
        Step("carry", carry=True),
        Step("light", kind="light"),
        Step("free", kind="free"),
    ),
)
FIRST = ("arriving", "notice", "hard", "carry")


class Scripted:
    """A witness that gives everything back, and hears danger in one word."""

    def crisis(self, text):
        return "en.crisis.scripted" if "danger" in text else None

    def nudge(self, text, number):
        return None

    def respond(self, text, said, give_back):
        return Said(f'You wrote: "{text}".', "quote") if give_back else None


def talk(plan=FIRST, turns=(), old_lines=()):
    """A conversation under way, and the effects it began with."""
    conversation = Conversation(GUIDE, plan, Scripted(), old_lines)
    return conversation, conversation.begin(turns)


def kept(effects):
    return [effect.turn for effect in effects if isinstance(effect, Keep)]


def asked(effects):
    return [effect.step.id for effect in effects if isinstance(effect, Ask)]


def test_the_steps_of_a_month_are_those_of_its_stage_whose_needed_fact_is_there():
    assert GUIDE.plan(1, {"thread": None}) == FIRST
    assert GUIDE.plan(5, {"thread": "x"}) == ("arriving", "notice", "hard", "thread", "carry")
    assert GUIDE.plan(6, {"thread": "x"}) == ("notice", "hard", "carry")
    assert GUIDE.plan(12, {"old_lines": ("a",)}) == ("pick", "carry")


def test_a_year_without_old_lines_to_pick_from_goes_on_as_before():
    assert GUIDE.plan(12, {"old_lines": ()}) == ("notice", "hard", "carry")


def test_an_answer_is_kept_before_anything_else_is_wanted():
    conversation, _ = talk()
    effects = conversation.receive(Answered(LONG, NOW))
    assert isinstance(effects[0], Keep)
    assert (effects[0].turn.kind, effects[0].turn.text) == ("answered", LONG)
    assert asked(effects) == ["notice"]


@pytest.mark.parametrize("blank", ["", "  \n\t", "\u200b\u200d", "\u3164"])
def test_what_cannot_be_seen_is_no_answer(blank):
    conversation, _ = talk()
    assert conversation.receive(Answered(blank, NOW)) == [Tell("nothing_written")]
    assert conversation.state.step == "arriving"


def test_words_are_given_back_where_the_step_allows_it_and_kept_as_said():
    conversation, _ = talk()
    first = conversation.receive(Answered(LONG, NOW))
    assert Tell("kept") in first
    second = conversation.receive(Answered(LONG, NOW))
    assert GiveBack(f'You wrote: "{LONG}".', "quote") in second
    assert [turn.kind for turn in kept(second)] == ["answered", "said"]


def test_words_are_given_back_three_times_a_sitting_and_not_once_more():
    conversation, _ = talk(plan=("notice", "hard", "notice2", "carry"))
    given = 0
    for _ in range(GIVEN_BACK + 3):
        effects = conversation.receive(Answered(f"{LONG} {given}", NOW))
        given += any(isinstance(effect, GiveBack) for effect in effects)
        conversation.receive(WentBack(NOW))
    assert given == GIVEN_BACK


def test_the_members_own_wording_is_taken_once_for_what_was_said():
    conversation, _ = talk()
    assert conversation.receive(Corrected("Rather this.", NOW)) == [Tell("nothing_said")]
    conversation.receive(Answered(LONG, NOW))
    conversation.receive(Answered(LONG, NOW))
    assert kept(conversation.receive(Corrected("Rather this.", NOW)))[0].kind == "corrected"
    assert conversation.receive(Corrected("Rather this.", NOW)) == [Tell("nothing_said")]
    assert conversation.state.step == "hard"


def test_going_back_puts_the_earlier_answer_in_the_field_and_keeps_both_wordings():
    conversation, _ = talk()
    turns = kept(conversation.receive(Answered(LONG, NOW)))
    effects = conversation.receive(WentBack(NOW))
    assert Ask(GUIDE["arriving"], LONG, "arriving") in effects
    turns += kept(effects) + kept(conversation.receive(Answered("Another.", NOW)))
    assert [turn.text for turn in turns if turn.kind == "answered"] == [LONG, "Another."]


def test_an_answer_that_was_gone_back_to_and_left_as_it_was_is_not_kept_twice():
    conversation, _ = talk()
    conversation.receive(Answered(LONG, NOW))
    conversation.receive(WentBack(NOW))
    effects = conversation.receive(Answered(LONG, NOW))
    assert [turn.kind for turn in kept(effects)] == ["skipped"]
    assert conversation.state.answers["arriving"] == LONG
    assert asked(effects) == ["notice"]


def test_there_is_nothing_before_the_first_question():
    conversation, _ = talk()
    assert conversation.receive(WentBack(NOW)) == [Tell("first_question")]


def test_two_short_answers_make_a_flat_week_that_gets_one_light_question_and_is_let_go():
    conversation, _ = talk()
    conversation.receive(Answered("Bits.", NOW))
    assert asked(conversation.receive(Answered("No", NOW))) == ["light"]
    assert conversation.receive(Answered("The rain.", NOW))[-1] == Finish("done")


def test_a_full_answer_makes_it_no_flat_week():
    conversation, _ = talk()
    conversation.receive(Answered(LONG, NOW))
    conversation.receive(Answered("No", NOW))
    assert asked(conversation.receive(Answered("The pen.", NOW))) == ["carry"]


def test_something_else_is_written_unasked_and_nothing_is_made_of_it():
    conversation, _ = talk()
    assert asked(conversation.receive(Turned(NOW))) == ["free"]
    effects = conversation.receive(Answered(LONG, NOW))
    assert [turn.kind for turn in kept(effects)] == ["free"]
    assert not asked(effects)
    assert conversation.receive(Paused(NOW))[-1] == Finish("done")


def test_one_can_go_back_from_something_else_to_the_question():
    conversation, _ = talk()
    conversation.receive(Turned(NOW))
    assert asked(conversation.receive(WentBack(NOW))) == ["arriving"]


@pytest.mark.parametrize("where", ["asking", "free", "correcting"])
def test_where_someone_may_be_in_danger_vidne_stops_asking(where):
    conversation, _ = talk()
    event = Answered("danger", NOW)
    if where == "free":
        conversation.receive(Turned(NOW))
    if where == "correcting":
        event = Corrected("danger", NOW)
    effects = conversation.receive(event)
    assert [turn.kind for turn in kept(effects)] == ["sealed"]
    assert isinstance(effects[-1], Signpost)
    assert not asked(effects)
    assert not any(isinstance(effect, GiveBack) for effect in effects)


def test_words_written_at_the_card_are_kept_as_privately_and_the_card_stays():
    conversation, _ = talk()
    conversation.receive(Answered("danger", NOW))
    effects = conversation.receive(Answered("and more", NOW))
    assert [turn.kind for turn in kept(effects)] == ["sealed"]
    assert isinstance(effects[-1], Signpost)


def test_deleting_at_the_card_erases_all_it_covers_and_leaves_the_choice():
    conversation, _ = talk()
    conversation.receive(Answered("danger", NOW))
    conversation.receive(Answered("and more", NOW))
    effects = conversation.receive(Chose("delete", NOW))
    assert effects[0] == Forget(2)
    assert effects[-1].choices == ("go_on", "stop")
    assert asked(conversation.receive(Chose("go_on", NOW))) == ["notice"]


def test_after_danger_in_a_not_quite_the_question_still_waits():
    conversation, _ = talk()
    conversation.receive(Corrected("danger", NOW))
    assert asked(conversation.receive(Chose("go_on", NOW))) == ["arriving"]


def test_going_back_leaves_what_was_said_behind():
    conversation, _ = talk()
    conversation.receive(Answered(LONG, NOW))
    conversation.receive(Answered(LONG + "!", NOW))
    conversation.receive(WentBack(NOW))
    assert conversation.receive(Corrected("Rather this.", NOW)) == [Tell("nothing_said")]


def test_stopping_at_the_card_ends_for_now_and_the_next_start_asks_the_next_question():
    conversation, _ = talk()
    turns = kept(conversation.receive(Answered("danger", NOW)))
    effects = conversation.receive(Chose("stop", NOW))
    assert effects[-1] == Finish("paused")
    _, begun = talk(turns=turns + kept(effects))
    assert asked(begun) == ["notice"]


def test_a_kill_at_the_card_shows_the_card_again():
    conversation, _ = talk()
    turns = kept(conversation.receive(Answered("danger", NOW)))
    _, begun = talk(turns=turns)
    assert isinstance(begun[0], Signpost)


def test_why_is_answered_and_changes_nothing():
    conversation, _ = talk()
    before = conversation.state
    assert conversation.receive(WonderedWhy(NOW)) == [Explain(GUIDE["arriving"])]
    assert conversation.state == before


def test_old_lines_are_picked_by_number_one_to_three_of_them():
    lines = ("one line", "another line", "a third line", "a fourth line")
    conversation, _ = talk(plan=("pick", "carry"), old_lines=lines)
    for wrong in ("0", "5", "1 2 3 4", "1 99"):
        assert conversation.receive(Answered(wrong, NOW)) == [Tell("pick_by_number")]
    assert kept(conversation.receive(Answered("3, 1", NOW)))[0].text == "a third line\none line"
    assert conversation.picked == ("a third line", "one line")


def test_every_transition_is_of_a_phase_that_waits():
    assert {phase for phase, _ in TRANSITIONS} == set(Phase) - {Phase.ENDED}


TEXTS = st.sampled_from([LONG, "No", "Bits.", "danger", "", "1 2"]) | st.text(max_size=40)


class AnyOrder(RuleBasedStateMachine):
    """Any order of events: the state is the fold of what was kept, and a resumed sitting stands where this one does."""

    @initialize(plan=st.sampled_from([FIRST, ("notice", "hard", "carry"), ("pick", "carry")]))
    def begin(self, plan):
        self.lines = ("one", "two", "three")
        self.plan = plan
        self.turns = []
        self.conversation, _ = talk(plan, old_lines=self.lines)

    def send(self, event):
        effects = self.conversation.receive(event)
        self.turns += kept(effects)
        if any(isinstance(effect, Signpost) for effect in effects):
            assert not asked(effects)

    @rule(text=TEXTS)
    def answer(self, text):
        self.send(Answered(text, NOW))

    @rule(text=TEXTS)
    def correct(self, text):
        self.send(Corrected(text, NOW))

    @rule(choice=st.sampled_from(["go_on", "stop", "delete"]))
    def choose(self, choice):
        self.send(Chose(choice, NOW))

    @rule(event=st.sampled_from([Skipped(NOW), WentBack(NOW), Turned(NOW), WonderedWhy(NOW), Paused(NOW)]))
    def do(self, event):
        self.send(event)

    @invariant()
    def resuming_gives_the_same_state(self):
        again, begun = talk(self.plan, self.turns, self.lines)
        assert again.state == self.conversation.state
        assert begun

    @invariant()
    def words_are_given_back_three_times_at_most(self):
        assert self.conversation.state.given <= GIVEN_BACK

    @invariant()
    def nothing_is_asked_after_danger_before_a_choice(self):
        last = [turn.kind for turn in self.turns if turn.kind in ("sealed", "chose")][-1:]
        assert (last == ["sealed"]) <= (self.conversation.state.phase is Phase.SIGNPOST)


AnyOrder.TestCase.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
TestAnyOrder = AnyOrder.TestCase
