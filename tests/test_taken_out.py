"""An answer can be taken out again: going back to it and leaving it does that, on every front end."""

import io
from datetime import UTC, datetime

import pytest

from assistant.circle.agreed import agreed
from assistant.cli.plain import converse
from assistant.guides.events import Answered, Skipped, WentBack
from assistant.messages import LANGS
from assistant.sittings.recollection import latest_answers
from assistant.tui.exchanges import exchanges
from tests.test_charter import QUARTER, charters, session_of
from tests.test_tui import opened
from tests.transcripts import FOLDER, house_of, perform, read

SCRIPTS = {lang: read((FOLDER / f"kickoff-{lang}.md").read_text("utf-8")) for lang in LANGS}
NOW = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)


@pytest.fixture
def house(tmp_path):
    return lambda lang="da": house_of(SCRIPTS[lang], tmp_path / lang, min(SCRIPTS[lang].sittings))


def at_why_here(session):
    """Come to the first question that each is asked."""
    session.open()
    while session.state.step != "people":
        session.send(Skipped(NOW))
    session.send(Answered("Anna\nBo", NOW))
    while session.state.step != "why_here:1":
        session.send(Skipped(NOW))


def frame_of(session):
    return agreed(session.guide, session.turns, "da")


def test_an_answer_that_is_gone_back_to_and_left_is_in_no_frame(house):
    session = house().sittings.session("kickoff")
    at_why_here(session)
    session.send(Answered("nå", NOW))
    assert frame_of(session).places[0].why_here == "nå"
    session.send(WentBack(NOW))
    said = session.send(Skipped(NOW))
    assert session.sentence("taken_out") in [getattr(item, "text", "") for item in said]
    assert session.state.step == "why_here:2"
    assert frame_of(session).places[0].why_here == ""
    assert "why_here:1" not in latest_answers(session.turns)
    assert "nå" not in [exchange.answer for exchange in exchanges(session.turns)]


def test_it_is_taken_out_after_a_kill_too_and_may_be_given_again(house):
    first = house()
    session = first.sittings.session("kickoff")
    at_why_here(session)
    for event in (Answered("nå", NOW), WentBack(NOW), Skipped(NOW)):
        session.send(event)
    again = first.sittings.session("kickoff", first.vault.unfinished("kickoff").id)
    again.open()
    assert frame_of(again).places[0].why_here == ""
    again.send(WentBack(NOW))
    again.send(Answered("For at lære.", NOW))
    assert frame_of(again).places[0].why_here == "For at lære."


def test_what_is_sent_again_as_it_was_stays(house):
    session = house().sittings.session("kickoff")
    at_why_here(session)
    for event in (Answered("nå", NOW), WentBack(NOW), Answered("nå", NOW)):
        session.send(event)
    assert frame_of(session).places[0].why_here == "nå"
    assert latest_answers(session.turns)["why_here:1"] == "nå"


def test_who_sits_here_cannot_be_taken_out(house):
    session = house().sittings.session("kickoff")
    at_why_here(session)
    while session.state.step != "people":
        session.send(WentBack(NOW))
    said = session.send(Skipped(NOW))
    assert session.sentence("taken_out") not in [getattr(item, "text", "") for item in said]
    assert [place.name for place in frame_of(session).places] == ["Anna", "Bo"]


@pytest.mark.parametrize(("line", "stands"), [("/skip", ""), ("", "nå")])
def test_line_by_line_skip_takes_it_out_and_an_empty_line_leaves_it(house, line, stands):
    session = house().sittings.session("kickoff")
    at_why_here(session)
    out = io.StringIO()
    converse(session, io.StringIO(f"nå\n/back\n{line}\n"), out, house().messages, "")
    assert session.sentence("before", answer="nå") in out.getvalue()
    assert (session.sentence("taken_out") in out.getvalue()) == (not stands)
    assert frame_of(session).places[0].why_here == stands


def test_an_empty_line_at_the_help_lines_is_no_answer_from_before(house):
    session = house().sittings.session("kickoff")
    at_why_here(session)
    converse(session, io.StringIO("nå\n/back\nJeg vil ikke leve mere.\n\n"), io.StringIO(), house().messages, "")
    assert [turn.text for turn in session.turns if turn.kind == "sealed"] == ["Jeg vil ikke leve mere."]


@pytest.mark.parametrize("empties", [True, False])
async def test_on_the_full_screen_it_is_taken_out_and_comes_back_only_with_the_question(house, empties):
    async with opened(house(), "kickoff") as member:
        await member.press("enter", "enter", "ctrl+n")
        await member.answer("Anna\nBo")
        await member.press("enter", "ctrl+n")
        await member.answer("nå")
        await member.press("ctrl+g")
        assert member.field.text == "nå"
        if empties:
            member.field.text = ""
        await member.press("ctrl+n")
        assert "Det er taget ud." in member.sees
        assert frame_of(member.screen._session).places[0].why_here == ""
        await member.press("ctrl+g")
        assert member.field.text == ("" if empties else "nå")


def test_a_quarters_answer_that_is_taken_out_leaves_what_stood(tmp_path):
    perform(SCRIPTS["da"], tmp_path / "home")
    house = house_of(SCRIPTS["da"], tmp_path / "home", QUARTER.date())
    session = session_of(house, "quarter")
    session.open()
    while session.state.step != "monthly":
        session.send(Answered("", QUARTER))
    for event in (Answered("Hver uge, to timer.", QUARTER), WentBack(QUARTER)):
        session.send(event)
    said = session.send(Skipped(QUARTER))
    assert house.messages("talk.taken_out_stands") in [getattr(item, "text", "") for item in said]
    while session.phase.value == "asking":
        session.send(Skipped(QUARTER))
    first, later = charters(house)
    assert later.words["monthly"] == first.words["monthly"]
    house.close()
