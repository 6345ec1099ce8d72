"""Line by line: one line is one answer, commands are whole and exact, and every line given is kept."""

import io
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.__main__ import House
from assistant.cli.plain import converse

NOW = datetime(2026, 3, 6, 16, 0, tzinfo=timezone(timedelta(hours=1)))
ANSWER = "Onsdag sagde jeg min tvivl højt, og så blev der stille omkring bordet et øjeblik."


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path / "home", "da", clock=lambda: NOW)
    house.make_home("Karen", "key-file")
    yield house
    house.close()


def talk(house, lines, guide="weekly"):
    """Type lines, and give what was printed."""
    unfinished = house.vault.unfinished(guide)
    session = house.sittings.session(guide, unfinished.id if unfinished else None)
    out = io.StringIO()
    converse(session, io.StringIO(lines), out, house.messages, "Ugedagbog")
    return out.getvalue()


def kept(house):
    return [(turn.kind, turn.text) for sitting in house.vault.sittings() for turn in house.vault.turns(sitting.id)]


@pytest.mark.parametrize("line", ["/ferie/", "q", "?", "/", "/SKIP", "/skip nu", " /skip", "a\\b", "/noget"])
def test_what_only_looks_like_a_command_is_an_answer(house, line):
    talk(house, f"{line}\n")
    assert kept(house) == [("answered", line)]


def test_a_trailing_backslash_continues_an_answer_and_no_other_backslash_means_anything(house):
    talk(house, "c:\\mappe\\\nog mere\n")
    assert kept(house) == [("answered", "c:\\mappe\nog mere")]


def test_the_end_of_input_keeps_an_answer_that_was_to_be_continued(house):
    talk(house, "det her\\\n")
    assert kept(house) == [("answered", "det her")]


def test_a_blank_line_is_no_answer_and_the_question_stands(house):
    talk(house, f"\n   \n{ANSWER}\n")
    assert kept(house)[0] == ("answered", ANSWER)


def test_why_and_help_consume_no_question(house):
    said = talk(house, f"/why\n/help\n{ANSWER}\n")
    assert house.prompts.library.why("weekly", "arriving") in said
    say = house.messages
    assert say("help.plain", pause=say("help.pause"), quit=say("help.quit")) in said
    assert kept(house) == [("answered", ANSWER)]


def test_a_sitting_goes_on_where_the_input_ended(house):
    first = talk(house, f"{ANSWER}\n{ANSWER}\n")
    second = talk(house, "")
    assert house.messages("talk.resumed") in second
    assert first.rstrip().endswith(second.rstrip().rsplit("\n\n", 1)[-1])


def test_a_draft_from_before_is_shown_and_sent_with_an_empty_line(house):
    session = house.sittings.session("weekly")
    session.keep_draft("halvt skrevet")
    assert "halvt skrevet" in talk(house, "\n")
    assert kept(house) == [("answered", "halvt skrevet")]


def test_the_help_lines_take_one_line_and_the_number_chooses(house):
    said = talk(house, f"Jeg vil ikke leve mere.\n1\n{ANSWER}\n")
    assert "70 201 201" in said
    assert "112" in said
    assert [kind for kind, _ in kept(house)][:3] == ["sealed", "chose", "answered"]


def test_what_is_deleted_at_the_help_lines_is_gone(house):
    talk(house, "Jeg vil ikke leve mere, zyxwv.\n3\n2\n")
    assert kept(house) == [("sealed", ""), ("chose", "delete"), ("chose", "stop")]
    assert house.search("zyxwv") == ()


def test_markup_templates_and_control_bytes_are_shown_as_they_are_or_not_at_all(house):
    line = "[/] [@click=app.x]{{ 7*7 }} {% for %} \x1b[31mrød \x00\ud800 \u202eslut"
    said = talk(house, f"{line}\n")
    assert "> [/] [@click=app.x]{{ 7*7 }} {% for %} rød  slut" in said
    assert kept(house) == [("answered", "[/] [@click=app.x]{{ 7*7 }} {% for %} rød  slut")]


def test_a_million_characters_are_kept(house):
    line = "æøå " * 250_000
    talk(house, f"{line}\n")
    assert kept(house) == [("answered", line)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["/skip", "/back", "/else", "/why", "/help", "/pause", "/no mere sådan her", "1", "3", ""])
        | st.sampled_from([ANSWER, "nej", "Jeg vil ikke leve mere."])
        | st.text(st.characters(blacklist_characters="\n", blacklist_categories=()), max_size=30),
        max_size=14,
    )
)
def test_any_lines_end_in_a_transcript_without_control_bytes(tmp_path_factory, lines):
    house = House(tmp_path_factory.mktemp("any") / "home", "da", clock=lambda: NOW)
    house.make_home(None, "key-file")
    said = talk(house, "".join(f"{line}\n" for line in lines))
    house.close()
    assert not set(said) & {chr(n) for n in [*range(9), *range(11, 32), *range(127, 160)]}
