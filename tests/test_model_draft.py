"""What a language model writes is tried sentence by sentence, shown where it passed, and never waited for too long."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from assistant.guides.conversation import FAILURES, GIVEN_BACK, SENT, Conversation
from assistant.guides.events import (
    Answered,
    Ask,
    AskedToGather,
    Chose,
    Corrected,
    Drafted,
    DraftFailed,
    Finish,
    Forming,
    GiveBack,
    Keep,
    LetGo,
    Paused,
    Reflect,
    Signpost,
    Skipped,
    Tell,
    Turned,
    WentBack,
)
from assistant.guides.guide import Guide, Stage, Step
from assistant.witness.framed import is_framed
from assistant.witness.rules import Finding
from assistant.witness.said import Said

NOW = datetime(2026, 3, 6, 16, 0, tzinfo=timezone(timedelta(hours=1)))
LONG = "I said my doubt out loud in the meeting and then everybody looked at the plant for a while."
MORE = "Later I wrote it down, and the paper was quieter than the room had been before lunch."
PLAN = ("arriving", "notice", "hard", "named", "thread", "close")
GUIDE = Guide(
    id="weekly",
    title={"da": "Ugedagbog", "en": "Weekly journal"},
    company="member",
    minutes=10,
    stages=(Stage("all", 1),),
    steps=(
        Step("arriving"),
        *(Step(name, reflect=True) for name in PLAN[1:-1]),
        Step("close"),
        Step("light", kind="light"),
        Step("free", kind="free"),
    ),
)
GREETING, HANDBACK = "Have a good weekend", "What should I do"


class Scripted:
    """Gives everything back, hears danger in one word, and finds fault with another."""

    def crisis(self, text):
        return "scripted" if "danger" in text else None

    def nudge(self, text, number):
        return None

    def respond(self, text, said, give_back):
        if text == GREETING:
            return Said("Thanks.", "greeting")
        if text == HANDBACK:
            return Said("You ask what.", "handback")
        return Said(f'You wrote: "{text}".', "quote") if give_back else None

    def judge(self, text, said):
        at = text.find("BAD")
        return (Finding("x", "advice", at, at + 3, "It is bad."),) if at >= 0 else ()

    def framed(self, text, said, kind, turn):
        return text

    def is_framed(self, text, said, kind):
        return kind == "reflect" or is_framed(text, said, kind, "en")

    def sentences(self, text):
        parts = text.split(". ")
        return tuple(part + "." for part in parts[:-1]) + ((parts[-1],) if parts[-1] else ())


def talk(turns=(), reflects=True, plan=PLAN):
    conversation = Conversation(GUIDE, plan, Scripted(), reflects=reflects)
    conversation.begin(turns)
    return conversation


def waiting(text=LONG):
    """A conversation that has asked a model, and the request."""
    conversation = talk()
    conversation.receive(Answered("From the ward.", NOW))
    effects = conversation.receive(Answered(text, NOW))
    (wanted,) = [effect for effect in effects if isinstance(effect, Reflect)]
    return conversation, wanted


def wrote(conversation, number, text, ended=True):
    return conversation.receive(Drafted(number, text, ended, NOW))


def given(effects):
    return [(effect.text, effect.how) for effect in effects if isinstance(effect, GiveBack)]


def told(effects):
    return [effect.name for effect in effects if isinstance(effect, Tell)]


def asked(effects):
    return [effect.step.id for effect in effects if isinstance(effect, Ask)]


def kept(effects):
    return [effect.turn for effect in effects if isinstance(effect, Keep)]


ECHO = (f'You wrote: "{LONG}".', "quote")


def test_the_answer_is_kept_before_a_model_is_asked_and_the_next_question_waits():
    conversation = talk()
    conversation.receive(Answered("From the ward.", NOW))
    effects = conversation.receive(Answered(LONG, NOW))
    assert [turn.text for turn in kept(effects)] == [LONG]
    assert effects[1] == Reflect(1, "reflect", LONG)
    assert not asked(effects) and not given(effects)


def test_what_passed_is_given_back_as_the_models_and_kept_and_the_next_question_is_asked():
    conversation, wanted = waiting()
    effects = wrote(conversation, wanted.number, "You said it. You looked.")
    assert given(effects) == [("You said it. You looked.", "model")]
    assert [(turn.kind, turn.step, turn.how) for turn in kept(effects)] == [("said", "notice", "model")]
    assert asked(effects) == ["hard"]


def test_sentences_are_shown_one_by_one_and_none_before_it_is_whole():
    conversation, wanted = waiting()
    assert wrote(conversation, wanted.number, "You said", ended=False) == []
    assert wrote(conversation, wanted.number, "You said it.", ended=False) == []
    assert wrote(conversation, wanted.number, "You said it. You", ended=False) == [Forming("You said it.")]
    assert wrote(conversation, wanted.number, "You said it. You lo", ended=False) == []
    effects = wrote(conversation, wanted.number, "You said it. You looked.")
    assert given(effects) == [("You said it. You looked.", "model")]


def test_after_three_sentences_nobody_listens_any_more():
    conversation, wanted = waiting()
    effects = wrote(conversation, wanted.number, "One. Two. Three. Four", ended=False)
    assert given(effects) == [("One. Two. Three.", "model")]
    assert conversation.draft is None


def test_a_finding_in_the_first_sentence_asks_once_more_with_what_was_found_and_then_gives_the_echo():
    conversation, wanted = waiting()
    effects = wrote(conversation, wanted.number, "BAD it is. You said it.", ended=False)
    assert effects == [Reflect(2, "reflect", LONG, ("It is bad.",))]
    effects = wrote(conversation, 2, "Still BAD.")
    assert told(effects) == ["model_failed"]
    assert given(effects) == [ECHO]
    assert asked(effects) == ["hard"]


def test_a_second_try_may_be_shown():
    conversation, wanted = waiting()
    wrote(conversation, wanted.number, "BAD.")
    effects = wrote(conversation, 2, "You said it.")
    assert given(effects) == [("You said it.", "model")]
    assert told(effects) == []


@pytest.mark.parametrize("rest", ["BAD it is.", "It [b]is[/b].", "It is. BAD."])
def test_a_finding_in_a_later_sentence_drops_the_rest_and_keeps_what_has_passed(rest):
    conversation, wanted = waiting()
    effects = wrote(conversation, wanted.number, f"You said it. {rest}")
    assert [text for text, _ in given(effects)] == ["You said it." + (" It is." if rest == "It is. BAD." else "")]
    assert told(effects) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "[b]You said it.[/b]",
        "**You** said it.",
        "`You` said it.",
        "<b>You</b> said it.",
        "You said it @ x.",
        "__You__ said it.",
        "# You said it.",
        "You \x1b[31msaid\x1b[0m it.",
        "You said\x07 it.",
        "You \u202esaid it.",
        "You\u200b said it.",
        "You said it \U0001f44d.",
        "You [said](https://example.com) it.",
        "You said\ud800 it.",
    ],
)
def test_markup_control_bytes_links_and_nothing_end_in_the_echo(text):
    conversation, wanted = waiting()
    effects = wrote(conversation, wanted.number, text)
    if conversation.draft:
        effects = wrote(conversation, conversation.draft.number, text)
    assert given(effects) == [ECHO]
    assert told(effects) == ["model_failed"]


def test_a_mark_that_the_member_wrote_may_be_quoted():
    conversation, wanted = waiting("I said *no* @ last, and then it was very quiet in the room for a while.")
    effects = wrote(conversation, wanted.number, 'You wrote: "*no* @ last".')
    assert given(effects) == [('You wrote: "*no* @ last".', "model")]


def test_when_it_fails_the_echo_comes_with_one_calm_line():
    conversation, wanted = waiting()
    effects = conversation.receive(DraftFailed(wanted.number, "late", NOW))
    assert told(effects) == ["model_failed"]
    assert given(effects) == [ECHO]
    assert asked(effects) == ["hard"]


def test_when_it_fails_in_the_middle_what_has_passed_stays():
    conversation, wanted = waiting()
    wrote(conversation, wanted.number, "You said it. And th", ended=False)
    effects = conversation.receive(DraftFailed(wanted.number, "cut_off", NOW))
    assert given(effects) == [("You said it.", "model")]
    assert told(effects) == []


def test_a_model_that_takes_back_what_it_wrote_has_failed():
    conversation, wanted = waiting()
    wrote(conversation, wanted.number, "You said it. And", ended=False)
    assert given(wrote(conversation, wanted.number, "Something else.")) == [("You said it.", "model")]


def test_after_three_failures_the_model_rests_for_the_sitting():
    conversation = talk()
    conversation.receive(Answered("From the ward.", NOW))
    for n in range(FAILURES):
        (wanted,) = [e for e in conversation.receive(Answered(f"{LONG} {n}", NOW)) if isinstance(e, Reflect)]
        effects = conversation.receive(DraftFailed(wanted.number, "late", NOW))
        assert told(effects) == ["model_rests" if n == FAILURES - 1 else "model_failed"]
        conversation.state = conversation.state.__class__(plan=PLAN, light=None, step="notice")
    effects = conversation.receive(Answered(MORE, NOW))
    assert not any(isinstance(effect, Reflect) for effect in effects)
    assert given(effects)


def test_who_does_not_want_to_wait_gets_the_echo_and_no_complaint():
    conversation, wanted = waiting()
    effects = conversation.receive(LetGo(NOW))
    assert given(effects) == [ECHO]
    assert told(effects) == []
    assert asked(effects) == ["hard"]
    assert wrote(conversation, wanted.number, "You said it.") == []


def test_what_comes_of_an_earlier_request_is_not_heard():
    conversation, wanted = waiting()
    wrote(conversation, wanted.number, "BAD.")
    assert wrote(conversation, wanted.number, "You said it.") == []
    assert conversation.receive(DraftFailed(wanted.number, "late", NOW)) == []
    assert conversation.receive(LetGo(NOW))


@pytest.mark.parametrize("event", [Answered(MORE, NOW), Skipped(NOW), WentBack(NOW), Turned(NOW), Paused(NOW)])
def test_whatever_the_member_does_meanwhile_counts_and_the_echo_stands(event):
    conversation, _ = waiting()
    effects = conversation.receive(event)
    assert given(effects)[0] == ECHO
    assert len(effects) > 3
    if isinstance(event, Answered):
        assert MORE in [turn.text for turn in kept(effects)]


def test_danger_that_is_written_meanwhile_stops_the_asking():
    conversation, _ = waiting()
    effects = conversation.receive(Answered("danger", NOW))
    assert isinstance(effects[-1], Signpost)
    assert conversation.draft is None


def test_a_kill_while_a_model_writes_goes_on_with_the_next_question():
    conversation = talk()
    turns = kept(conversation.receive(Answered("From the ward.", NOW)))
    turns += kept(conversation.receive(Answered(LONG, NOW)))
    assert conversation.draft
    again = Conversation(GUIDE, PLAN, Scripted(), reflects=True)
    assert asked(again.begin(turns)) == ["hard"]
    assert again.state == conversation.state


@pytest.mark.parametrize("text", ["danger", GREETING, HANDBACK, "x" * (SENT + 1)])
def test_danger_greetings_questions_for_advice_and_very_long_answers_never_go_to_a_model(text):
    conversation = talk(plan=("notice", "hard", "close"))
    assert conversation.would_send(text) is None
    effects = conversation.receive(Answered(text, NOW))
    assert not any(isinstance(effect, Reflect) for effect in effects)


def test_what_is_written_where_something_else_fills_the_member_never_goes_to_a_model():
    conversation = talk()
    conversation.receive(Turned(NOW))
    assert conversation.would_send(LONG) is None
    effects = conversation.receive(Answered(LONG, NOW))
    assert not any(isinstance(effect, Reflect) for effect in effects)


def test_where_no_words_would_come_back_no_model_is_asked():
    conversation = talk()
    assert conversation.would_send(LONG) is None
    effects = conversation.receive(Answered(LONG, NOW))
    assert told(effects) == ["kept"]


def test_what_would_be_sent_is_what_is_sent():
    conversation = talk()
    conversation.receive(Answered("From the ward.", NOW))
    promised = conversation.would_send(LONG)
    assert promised in conversation.receive(Answered(LONG, NOW))


def test_the_members_own_wording_is_taken_for_a_models_words_too():
    conversation, wanted = waiting()
    wrote(conversation, wanted.number, "You said it.")
    effects = conversation.receive(Corrected("No: I whispered it.", NOW))
    assert [turn.kind for turn in kept(effects)] == ["corrected"]


def test_without_a_model_nothing_is_asked_of_one():
    conversation = talk(reflects=False)
    conversation.receive(Answered("From the ward.", NOW))
    assert given(conversation.receive(Answered(LONG, NOW))) == [ECHO]


# The sitting's words, gathered


def at_the_end(first=LONG, second=MORE):
    """A conversation at its last question, with two answers behind it."""
    conversation = talk(plan=("arriving", "hard", "close"))
    conversation.receive(Answered(first, NOW))
    conversation.receive(Answered(second, NOW))
    conversation.receive(LetGo(NOW))
    return conversation


def gathering(conversation):
    (wanted,) = conversation.receive(AskedToGather(NOW))
    return wanted


QUOTES = f'"{LONG}"\n"{MORE}"'


def test_at_the_last_question_the_sittings_quotes_are_gathered_in_order_and_the_question_stands():
    conversation = at_the_end()
    wanted = gathering(conversation)
    assert (wanted.kind, wanted.said) == ("gather", f"{LONG}\n\n{MORE}")
    effects = wrote(conversation, wanted.number, f"- {QUOTES}\n")
    assert given(effects)[0][1] == "gathered"
    assert conversation.state.step == "close"
    assert not asked(effects)


@pytest.mark.parametrize(
    "text",
    [
        f'You wrote: "{LONG}"',
        "\n".join(reversed(QUOTES.split("\n"))),
        '"I never said that"',
        LONG,
        f'"{LONG}" and "{MORE}"',
        f'"{LONG}" - well done',
        '"I said my doubt"',
    ],
)
def test_what_is_no_quote_or_out_of_order_is_never_gathered(text):
    conversation = at_the_end()
    gathering(conversation)
    while conversation.draft:
        effects = wrote(conversation, conversation.draft.number, text)
    for words, _ in given(effects):
        assert words == text.split("\n")[0]
        assert words.startswith('"')


def test_the_week_is_gathered_once_and_only_at_the_end():
    conversation = talk(plan=("arriving", "hard", "close"))
    assert conversation.receive(AskedToGather(NOW)) == []
    conversation = at_the_end()
    wrote(conversation, gathering(conversation).number, QUOTES)
    assert not conversation.may_gather
    assert conversation.receive(AskedToGather(NOW)) == []


def test_what_may_not_be_reflected_is_not_gathered_either():
    conversation = at_the_end(second=HANDBACK)
    assert gathering(conversation).said == LONG
    conversation = talk(plan=("arriving", "close"))
    conversation.receive(Answered("danger", NOW))
    conversation.receive(Chose("go_on", NOW))
    assert not conversation.may_gather


def test_when_gathering_fails_the_question_stands_and_one_line_says_so():
    conversation = at_the_end()
    effects = conversation.receive(DraftFailed(gathering(conversation).number, "late", NOW))
    assert effects == [Tell("model_failed")]
    assert conversation.state.step == "close"


# Anything, in any order

EVENTS = [
    *(kind(NOW) for kind in (Skipped, WentBack, Turned, Paused, LetGo, AskedToGather)),
    *(Corrected("So.", NOW), Chose("go_on", NOW), DraftFailed(1, "late", NOW)),
]
WRITTEN = st.sampled_from(["You said it.", "You said it. You", "BAD.", "One. Two. Three. Four.", "", "[x]", QUOTES])


class AnyOrder(RuleBasedStateMachine):
    """Any order of the member's and a model's events: nothing is lost, nothing unproved is given back."""

    @initialize()
    def begin(self):
        self.turns = []
        self.conversation = talk()

    def send(self, event):
        effects = self.conversation.receive(event)
        self.turns += kept(effects)
        for text, how in given(effects):
            assert how not in ("model", "gathered") or ("BAD" not in text and "[" not in text and text)
        if any(isinstance(effect, Reflect) for effect in effects):
            assert self.conversation.draft and isinstance(effects[-1], Reflect)

    @rule(text=st.sampled_from([LONG, MORE, "No", "danger", GREETING, HANDBACK, ""]) | st.text(max_size=30))
    def answer(self, text):
        self.send(Answered(text, NOW))

    @rule(number=st.integers(1, 8), text=WRITTEN | st.text(max_size=30), ended=st.booleans())
    def draft(self, number, text, ended):
        self.send(Drafted(number, text, ended, NOW))

    @rule(text=WRITTEN, ended=st.booleans())
    def draft_what_is_wanted(self, text, ended):
        if self.conversation.draft:
            self.send(Drafted(self.conversation.draft.number, text, ended, NOW))

    @rule(event=st.sampled_from(EVENTS))
    def do(self, event):
        self.send(event)

    @invariant()
    def resuming_gives_the_same_state_and_something_to_show(self):
        again = Conversation(GUIDE, PLAN, Scripted(), reflects=True)
        assert again.begin(self.turns)
        assert again.state == self.conversation.state

    @invariant()
    def words_are_given_back_three_times_at_most(self):
        assert self.conversation.state.given <= GIVEN_BACK

    @invariant()
    def a_model_writes_only_where_somebody_waits(self):
        assert self.conversation.draft is None or self.conversation.state.phase.value in ("asking", "ended")


AnyOrder.TestCase.settings = settings(max_examples=100, stateful_step_count=25, deadline=None)
TestAnyOrder = AnyOrder.TestCase


def test_a_finish_waits_for_the_models_words():
    conversation = talk(plan=("notice",))
    effects = conversation.receive(Answered(LONG, NOW))
    assert not any(isinstance(effect, Finish) for effect in effects)
    effects = wrote(conversation, 1, "You said it.")
    assert isinstance(effects[-1], Finish)
