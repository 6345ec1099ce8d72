"""Before it is kept the whole frame is read together, and each line of it can be mended and come back from."""

import io

import pytest

from assistant.cli.plain import converse
from assistant.guides.events import Answered, Came, Skipped, WentBack
from assistant.messages import LANGS
from assistant.tui.exchanges import exchanges
from tests.test_leaders import NOW, SCRIPTS, Kickoff
from tests.test_tui import opened
from tests.test_tui_together import seen
from tests.transcripts import house_of


@pytest.fixture
def house(tmp_path):
    return lambda lang="da": house_of(SCRIPTS[lang], tmp_path / lang, min(SCRIPTS[lang].sittings))


def at_the_frame(house, lang="da"):
    kickoff = Kickoff(house, lang)
    kickoff.at("why_here:1", "For at lære.").at("monthly", "Den anden torsdag i måneden, 75 minutter")
    kickoff.at("learning_point:1", "nå").at("champion", "Jens Hansen").at("mistakes", "Vi tier. Jens råber.")
    return kickoff.at("also", "Kage.")


def lines(kickoff):
    return kickoff.shown[-1].lines


@pytest.mark.parametrize("lang", LANGS)
def test_the_frame_is_shown_whole_as_it_will_be_kept(house, lang):
    kickoff = at_the_frame(house, lang)
    say = house(lang).messages
    assert (kickoff.session.state.step, kickoff.shown[-1].kind) == ("whole", "frame")
    whole = "\n".join(lines(kickoff))
    for text in ("For at lære.", "75 minutter", "Lotte · ", "nå", "Jens Hansen", "Vi tier.", "Kage."):
        assert text in whole
    assert "råber" not in whole
    assert say("charter.line", label=say("charter.pressure"), text=say("charter.line_empty")) in lines(kickoff)
    assert say("charter.unchecked") in whole


def test_an_empty_field_goes_on_and_so_does_leaving_it(house):
    for event in (Answered("", NOW), Skipped(NOW)):
        kickoff = at_the_frame(house)
        kickoff.session.send(event)
        assert kickoff.session.state.step == "host"


def test_a_line_is_mended_by_its_number_and_the_frame_comes_back(house):
    kickoff = at_the_frame(house)
    line = next(n for n, text in enumerate(lines(kickoff), 1) if text.endswith(": nå"))
    kickoff.at("whole", str(line))
    assert (kickoff.session.state.step, kickoff.shown[-1].before) == ("learning_point:1", "nå")
    kickoff.at("learning_point:1", "?", "At sige nej i tide.")
    assert kickoff.session.state.step == "whole"
    assert "At sige nej i tide." in lines(kickoff)[line - 1]
    said = [exchange.answer for exchange in exchanges(kickoff.session.turns)]
    assert (said.count("At sige nej i tide."), said.count("nå"), said.count("Kage.")) == (1, 0, 1)
    kickoff.at("whole", "")
    assert kickoff.session.state.step == "host"
    assert kickoff.frame.places[0].learning_point == "At sige nej i tide."


def test_a_line_can_be_taken_out_or_left_as_it_was(house):
    kickoff = at_the_frame(house)
    line = next(n for n, text in enumerate(lines(kickoff), 1) if "Kage." in text)
    kickoff.at("whole", str(line))
    kickoff.session.send(WentBack(NOW))
    assert kickoff.session.state.step == "whole"
    assert "Kage." in [exchange.answer for exchange in exchanges(kickoff.session.turns)]
    kickoff.at("whole", str(line))
    kickoff.session.send(Skipped(NOW))
    assert kickoff.session.state.step == "whole"
    assert "also" not in kickoff.frame.words


def test_it_is_come_back_to_after_a_kill_and_somebody_may_come_meanwhile(house):
    kickoff = at_the_frame(house)
    kickoff.at("whole", "2")
    again = house().sittings.session("kickoff", house().vault.unfinished("kickoff").id)
    again.open()
    assert again.state.step == "why_here:1"
    again.send(Came("Bente", NOW))
    assert again.state.step == "why_here:1"
    again.send(Answered("For at se.", NOW))
    assert again.state.step == "whole"
    again.send(Answered("", NOW))
    assert again.state.step == "why_here:4"


@pytest.mark.parametrize("text", ["0", "99", "rammen er fin", "²"])
def test_anything_else_is_told_kindly_and_nothing_goes_on(house, text):
    kickoff = at_the_frame(house).at("whole", text)
    assert kickoff.said == house().messages("talk.frame_by_number")
    assert kickoff.session.state.step == "whole"


def test_a_rehearsal_shows_the_frame_of_what_was_made_up(house):
    out, here = io.StringIO(), house()
    lines = ["", "", "Prøve", "Anna, Bo", *[""] * 60]
    converse(here.sittings.rehearsal("kickoff"), io.StringIO("\n".join(lines)), out, here.messages, "")
    assert "Prøve" in out.getvalue()


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_on_the_full_screen_the_frame_is_read_on_from_its_beginning_and_a_number_mends(house, size):
    here = house()
    kickoff = at_the_frame(lambda lang: here)
    assert kickoff.session.state.step == "whole"
    async with opened(here, "kickoff", size) as member:
        print(member.sees)
        assert await seen(member, "Her er hele jeres ramme")
        if size == (80, 24):
            assert "PgDn" in member.sees
        await member.answer("2")
        assert "Lotte, hvad fik dig" in member.sees
        assert member.field.text == "For at lære."
        await member.answer(" og le")
        assert await seen(member, "Her er hele jeres ramme")
