"""What is no name, no words of one's own, or nothing at all is no line of the frame; and nothing of that is silent."""

import pytest

from assistant.circle.page import page
from assistant.circle.printed import markdown
from assistant.guides.events import Answered
from assistant.guides.guide import Step
from assistant.guides.wanted import line, unmet
from tests.test_leaders import NOW, SCRIPTS, Kickoff
from tests.test_tui import opened
from tests.transcripts import house_of

NAME, OWN, ANY = Step("champion", wants="name"), Step("learning_point", wants="own"), Step("also")


@pytest.fixture
def house(tmp_path):
    return lambda lang="da": house_of(SCRIPTS[lang], tmp_path / lang, min(SCRIPTS[lang].sittings))


@pytest.mark.parametrize(
    ("step", "text", "why"),
    [
        (NAME, "man får en i nakken af overlægen Jens hansen, når man spørger", "name"),
        (NAME, "Nobody really, our VP Priya hates this", "name"),
        (NAME, "Ved ikke", "name"),
        (NAME, "Lise Holm, driftschef", ""),
        (NAME, "ingen endnu", ""),
        (NAME, "Nobody yet.", ""),
        (OWN, "ved det ikke, hvad synes I jeg skal tage?", "asked"),
        (OWN, "Hvad skal jeg tage?", "asked"),
        (OWN, "should I join or not? Tell me what I should do", "asked"),
        (OWN, "What do you think?", "asked"),
        (OWN, "?", "unknown"),
        (OWN, "ved det ikke endnu", "unknown"),
        (OWN, "ved sgu ik endnu", "unknown"),
        (OWN, "Don’t know yet.", "unknown"),
        (OWN, "Hvordan siger jeg nej i tide?", ""),
        (OWN, "At spørge: hvad har du brug for?", ""),
        (OWN, "Not knowing, and saying so.", ""),
        (OWN, "At turde sige »det ved jeg ikke«.", ""),
        (ANY, "ved ikke", ""),
    ],
)
def test_what_is_no_line_yet_is_told_apart_and_what_is_in_doubt_is_a_line(step, text, why):
    assert unmet(step, text) == why
    assert (line(step, text) == "") == bool(why or "ngen" in text or text.startswith("Nobody"))


@pytest.mark.parametrize("text", ["ingenting", "Ingenting.", "nej", "Nej tak", "nothing", "None", "ikke noget", "n/a"])
def test_nothing_is_an_answer_and_no_line(house, text):
    kickoff = Kickoff(house)
    for step in ("shared_skill", "also"):
        kickoff.at(step, text)
        assert "Det bliver ikke til en linje i rammen." in kickoff.said
    assert kickoff.frame.shared_skill == ""
    assert "also" not in kickoff.frame.words


@pytest.mark.parametrize(
    ("lang", "step", "text", "note"),
    [
        ("da", "champion", "man får en i nakken af overlægen Jens hansen", "wanted_name"),
        ("en", "champion", "Nobody really, our VP Priya hates this", "wanted_name"),
        ("da", "learning_point:1", "ved det ikke, hvad synes I jeg skal tage?", "wanted_asked"),
        ("en", "daily_skill:2", "?", "wanted_unknown"),
        ("en", "why_here:1", "should I join or not? Tell me what I should do", "wanted_asked"),
    ],
)
def test_it_is_put_again_once_and_said_again_it_is_no_line_and_that_is_told(house, lang, step, text, note):
    kickoff = Kickoff(house, lang).at(step, text)
    assert kickoff.session.state.step == step
    assert kickoff.shown[-1].note == kickoff.session.sentence(note)
    assert kickoff.shown[-1].default == ""
    said = kickoff.session.send(Answered(text, NOW))
    assert house(lang).messages("charter.no_line") in said[0].text
    whole = kickoff.frame.model_dump_json() + markdown(page([kickoff.frame], house(lang).messages))
    assert text not in whole
    assert not {"Jens", "Priya", "Nobody"} & set(whole.split())


def test_other_words_in_its_place_are_the_line(house):
    kickoff = Kickoff(house).at("learning_point:1", "?", "At sige nej i tide.")
    assert kickoff.session.state.step == "daily_skill:1"
    assert kickoff.frame.places[0].learning_point == "At sige nej i tide."


async def test_on_the_full_screen_the_way_on_is_said(house):
    async with opened(house(), "kickoff") as member:
        await member.press("enter", "enter", "ctrl+n")
        await member.answer("Lotte\nKaren")
        await member.press("enter", "ctrl+n")
        await member.answer("hvad synes I jeg skal sige?")
        assert "Det svarer jeg ikke på" in member.sees
        assert "Ctrl+N lader spørgsmålet ligge." in member.sees
