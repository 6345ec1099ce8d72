"""A meeting and the group's room: what was carried is seen, what was taken back is gone, and few things are kept."""

import io
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.circle.charter import Place
from assistant.circle.items import Passage
from assistant.circle.printed import as_json, html, markdown
from assistant.cli.plain import converse
from assistant.guides.events import Answered, Skipped
from tests.around import CARRIED, PEOPLE, charter, gather, home_of, house
from tests.transcripts import FOLDER, read, typed

DAY = date(2026, 3, 11)


@pytest.fixture
def home(tmp_path):
    gather(tmp_path / "home", "da", DAY)
    return tmp_path / "home"


def hold(there, answers, day=DAY):
    """Hold a meeting in plain mode, and give what was printed."""
    waiting = there.sittings.waiting("meeting")
    session = there.sittings.session("meeting", waiting.id if waiting else None)
    out = io.StringIO()
    converse(session, io.StringIO(typed(answers)), out, there.messages, "")
    return out.getvalue()


def whole():
    return next(iter(read((FOLDER / "meeting-da.md").read_text("utf-8")).sittings.values()))


def at(there, step, people=""):
    """A session that stands at a step; `people` are those who sit there, if it is not whom the group has."""
    session = there.sittings.session("meeting")
    shown = session.open()
    while shown[-1].step != step:
        default, said = shown[-1].default, people if shown[-1].step == "people" else ""
        shown = session.send(Answered(said, there.clock()) if default or said else Skipped(there.clock()))
    return session, shown[-1]


# What was carried


def test_the_carried_words_stand_beside_the_turn_and_in_no_turn_that_is_kept(home):
    there = house(home, "da", "Anna", DAY)
    session, question = at(there, "telling:3")
    assert question.beside == tuple(CARRIED["da"]["Carl"])
    session.send(Skipped(there.clock()))
    assert not any(words in repr(session.turns) for words in CARRIED["da"]["Carl"])


def test_a_passage_taken_back_while_it_is_on_the_screen_is_gone_with_the_next_look(home):
    there = house(home, "da", "Anna", DAY)
    session, question = at(there, "telling:2")
    assert question.beside
    bo = house(home_of(home, "Bo"), "da", "Bo", DAY)
    circle = bo.circles.named()
    circle.sync()
    circle.withdraw(next(entry.id for entry in circle.view.passages if entry.by == circle.me.key))
    bo.close()
    session.look()
    assert session.beside == ()
    assert CARRIED["da"]["Bo"][0] not in markdown(there.ours.page())


def test_a_folder_that_is_gone_stops_no_meeting(home, tmp_path):
    there = house(home, "da", "Anna", DAY)
    session, question = at(there, "telling:2")
    (tmp_path / "home-shared").rename(tmp_path / "away")
    session.look()
    assert session.beside == question.beside


def test_a_passage_of_forty_lines_is_carried_and_shown_whole(tmp_path):
    long = "\n".join(f"Linje {n}: jeg talte til tre." for n in range(40))
    gather(tmp_path / "home", "da", DAY, people=("Anna", "Bo"), carried={"Bo": [long]})
    _, question = at(house(tmp_path / "home", "da", "Anna", DAY), "telling:2")
    assert question.beside == (long,)


def test_what_was_carried_to_the_last_meeting_does_not_come_again(home):
    there = house(home, "da", "Anna", DAY)
    hold(there, whole())
    there.close()
    later = house(home, "da", "Anna", date(2026, 4, 8))
    _, question = at(later, "telling:3")
    assert question.beside == ()


# What is kept


def test_everyone_finds_the_same_page_words_and_dates_after_the_meeting(home):
    there = house(home, "da", "Anna", DAY)
    hold(there, whole())
    page = markdown(there.ours.page())
    assert "dørtrin" in str(json.loads(as_json(there.ours.page()))["sections"])
    there.close()
    for name in PEOPLE[1:]:
        other = house(home_of(home, name), "da", name, DAY)
        other.circles.named().sync()
        assert markdown(other.ours.page()) == page
        assert [word.word for _, word in other.ours.words()] == ["dørtrin", "tælle til tre"]
        other.close()


def test_a_meeting_becomes_one_item_however_often_it_is_looked_at(home):
    there = house(home, "da", "Anna", DAY)
    hold(there, whole())
    for _ in range(3):
        there.sittings.session("meeting")
        there.ours.page()
    assert len(there.circles.named().view.meetings) == 1


def test_a_meeting_that_stopped_has_its_page_and_is_shared_when_its_day_has_passed(home):
    there = house(home, "da", "Anna", DAY)
    hold(there, ["", "", "", "", "", "", "/pause"])
    assert "Anna, Bo, Carl, Dea, Elif" in markdown(there.ours.page())
    assert not there.circles.named().view.meetings
    assert there.sittings.waiting("meeting") is not None
    there.close()
    later = house(home, "da", "Anna", date(2026, 4, 8))
    assert later.sittings.waiting("meeting") is None
    later.sittings.session("meeting")
    (kept,) = later.circles.named().view.meetings
    assert kept.body.held == DAY


def test_what_somebody_wished_kept_can_be_taken_back_by_them_and_leaves_the_page(home):
    there = house(home, "da", "Anna", DAY)
    hold(there, whole())
    there.close()
    carl = house(home_of(home, "Carl"), "da", "Carl", DAY)
    circle = carl.circles.named()
    circle.sync()
    circle.withdraw(circle.view.notes[0].id)
    carl.close()
    there = house(home, "da", "Anna", DAY)
    there.circles.named().sync()
    assert "ønskede gemt" not in markdown(there.ours.page())


def test_the_page_is_written_so_that_nothing_in_it_is_markup(tmp_path):
    gather(tmp_path / "home", "da", DAY, people=("Anna", "Bo"), carried={"Bo": ["<script>alert(1)</script> **x**"]})
    there = house(tmp_path / "home", "da", "Anna", DAY)
    hold(there, ["", "", "", "/pause"])
    page = there.ours.page()
    assert "<script>" not in html(page)
    assert "\\*\\*x\\*\\*" in markdown(page)


def test_the_next_meeting_offers_whom_and_when_the_last_one_named(home):
    there = house(home, "da", "Anna", DAY)
    hold(there, whole())
    there.close()
    later = house(home, "da", "Anna", date(2026, 4, 8))
    _, question = at(later, "facilitator")
    assert question.default == "Anna"
    _, question = at(later, "next_day")
    assert question.default == "onsdag den 13. maj"


def test_the_pairs_of_the_next_month_are_others(home):
    there = house(home, "da", "Anna", DAY)
    hold(there, whole())
    there.close()
    later = house(home, "da", "Anna", date(2026, 4, 8))
    _, question = at(later, "next_pairs")
    assert question.default != "Anna og Bo\nCarl, Dea og Elif"


def test_a_word_that_is_the_groups_own_is_one_however_often_it_is_found(home):
    there = house(home, "da", "Anna", DAY)
    hold(there, whole())
    there.close()
    later = house(home, "da", "Anna", date(2026, 4, 8))
    session, _ = at(later, "words")
    session.send(Answered("Dørtrin: der hvor vi stod (Dea)", later.clock()))
    while not any(turn.kind == "finished" for turn in session.turns):
        session.send(Skipped(later.clock()))
    words = {word.word: word.meaning for _, word in later.ours.words()}
    assert words == {"Dørtrin": "der hvor vi stod", "tælle til tre": ""}


def test_a_meeting_can_be_held_without_a_room(tmp_path):
    there = house(tmp_path / "home", "da", "Anna", DAY)
    hold(there, ["Anna, Bo, Carl", "", "Anna", *[""] * 18, "dørtrin (Bo)", "/pause"])
    assert "dørtrin" in markdown(there.ours.page())
    assert [word.word for _, word in there.ours.words()] == ["dørtrin"]


# Nothing private, and nothing taken back

SEALED = "kanariefugl"
"""A word that is written only where somebody may be in danger."""
SAID = "bogfinke"
"""A word that is written only where a witness's answer was typed, though nobody asked for it."""
BACK = "solsort"
"""A word that stands only in what is taken back."""
LINES = st.sampled_from(
    ["", "", "", "", "/skip", "/back", "/pass", "/stay", "Elif", "/hold", "/why", "/away Bo", "/here Bo", "/witness",
     "ord: noget (Bo)", "Carl: gem det her", "8/4", f"Bo sagde {SAID}", f"jeg vil ikke leve mere, {SEALED}", "1",
     "/pause"]
)  # fmt: skip


def seen(there):
    """Everything that can be read of the meeting in somebody's house, apart from what they carry privately."""
    there.circles.named().sync()
    page = there.ours.page()
    pages = [markdown(page), html(page)] if page else []
    return [repr(there.circles.named().view), repr(there.ours.words()), *pages]


def kept(there):
    return [turn for sitting in there.vault.sittings() for turn in there.vault.turns(sitting.id)]


@given(lines=st.lists(LINES, min_size=4, max_size=45), before=st.integers(0, 45))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_nothing_private_and_nothing_taken_back_stands_in_any_item_page_or_view(lines, before, tmp_path_factory):
    home = tmp_path_factory.mktemp("random") / "home"
    gather(home, "da", DAY, people=("Anna", "Bo", "Carl"), carried={"Bo": [f"Jeg hørte en {BACK}."]})
    there = house(home, "da", "Anna", DAY)
    hold(there, ["", "", "", *lines[:before]])
    bo = house(home_of(home, "Bo"), "da", "Bo", DAY)
    bo.circles.named().sync()
    for entry in bo.circles.named().view.passages:
        bo.circles.named().withdraw(entry.id)
    bo.close()
    hold(there, lines[before:])
    there.close()
    later = house(home, "da", "Anna", date(2026, 4, 8))
    later.sittings.session("meeting")
    carl = house(home_of(home, "Carl"), "da", "Carl", date(2026, 4, 8))
    everything = "\n".join([*seen(later), *seen(carl)])
    turns = kept(later)
    assert SEALED not in everything
    assert BACK not in everything + "".join(turn.asked + turn.text for turn in turns)
    noted = [turn for turn in turns if turn.kind == "answered" and SAID in turn.text]
    assert (SAID in everything) <= bool(noted)  # only where it was an answer that all could see
    assert not any(turn.step.partition(":")[0] in ("telling", "stayed", "steps", "last_word") for turn in noted)
    later.close()
    carl.close()


# Ended in the middle


def test_a_machine_that_stops_in_the_fourth_turn_goes_on_there_and_the_clock_counts_nothing_meanwhile(home):
    there = house(home, "da", "Anna", DAY)
    at(there, "last_word:4")  # never closed: the power went
    again = house(home, "da", "Anna", DAY)
    session = again.sittings.session("meeting", again.sittings.waiting("meeting").id)
    assert session.open()[-1].step == "last_word:4"
    assert session.clock.spent == 0
    session.send(Skipped(again.clock()))
    assert session.state.step == "quiet:4"
    assert [turn.kind for turn in session.turns[-2:]] == ["resumed", "skipped"]


# Who is away


def test_one_who_is_away_is_offered_for_nothing(tmp_path):
    home = tmp_path / "home"
    first = house(home, "da", "Anna", DAY)
    places = (Place(name="Anna"), Place(name="Bo"), Place(name="Zoe", away=True))
    first.circles.found(charter("da").model_copy(update={"places": places}), "Anna", tmp_path / "shared")
    _, people = at(first, "people")
    assert people.default == "Anna\nBo\nZoe (væk)"
    _, question = at(first, "next_facilitator", people="Bo (væk)\nAnna\nCarl\nZoe")
    assert "Bo" not in question.lines
    assert question.default == "Carl"
    _, question = at(first, "next_pairs", people="Bo (væk)\nAnna\nCarl\nZoe")
    assert "Bo" not in question.default


# A word of the group's own


@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_word_of_the_groups_comes_into_the_weekly_journal_and_no_hole_is_left_without_one(tmp_path, lang):
    from dataclasses import replace

    there = house(tmp_path / "home", lang, "Anna", DAY)
    plain = there.prompts.library
    facts = [replace(whole_facts(there), week=week, month=2, older=None) for week in range(1, 14)]
    asked = [plain.question("weekly", "naming", replace(each, group_word="dørtrin")) for each in facts]
    bare = [plain.question("weekly", "naming", replace(each, group_word=None)) for each in facts]
    assert any("– dørtrin" in question for question in asked)
    assert not any("dørtrin" in question or not question.strip() or "–" in question for question in bare)
    there.close()


def whole_facts(there):
    from assistant.sittings.rehearsal import made_up

    return made_up(there.messages, 6)


# Carried for another day


@pytest.mark.parametrize("held", [date(2026, 2, 25), date(2026, 3, 4)])
def test_what_is_carried_for_another_day_is_there_when_the_group_meets_sooner_and_comes_to_one_meeting(home, held):
    there = house(home, "da", "Anna", held)
    session, question = at(there, "telling:2")
    assert question.beside == tuple(CARRIED["da"]["Bo"])
    while not any(turn.kind == "finished" for turn in session.turns):
        session.send(Skipped(there.clock()))
    assert CARRIED["da"]["Bo"][0] in markdown(there.ours.page())
    there.close()
    again = house(home, "da", "Anna", DAY)
    _, question = at(again, "telling:2")
    assert question.beside == ()
    again.close()


def test_what_somebody_carried_who_was_away_waits_for_the_next_meeting(home):
    there = house(home, "da", "Anna", DAY)
    session, _ = at(there, "closing", people="Anna\nBo\nCarl (væk)")
    session.send(Skipped(there.clock()))
    assert CARRIED["da"]["Carl"][0] not in markdown(there.ours.page())
    there.close()
    later = house(home, "da", "Anna", date(2026, 4, 8))
    _, question = at(later, "telling:3")
    assert question.beside == tuple(CARRIED["da"]["Carl"])
    later.close()


def test_a_meeting_that_stopped_takes_nothing_from_the_next_one(home):
    there = house(home, "da", "Anna", DAY)
    hold(there, ["", "", "", "", "", "", "/pause"])
    there.close()
    bo = house(home_of(home, "Bo"), "da", "Bo", DAY)
    bo.circles.named().share(Passage(text="Til april.", month="2026-04", written=DAY))
    bo.close()
    later = house(home, "da", "Anna", date(2026, 4, 8))
    later.circles.named().sync()
    _, question = at(later, "telling:2")
    assert question.beside == ("Til april.",)
    later.close()
