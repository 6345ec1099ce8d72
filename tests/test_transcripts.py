"""Whole conversations, as they were read by people, happen again the same: in plain mode and through the session."""

import io

import pytest

from assistant.cli.plain import converse
from assistant.sittings.shown import Words
from assistant.tui.widgets.answer import Answer
from tests import transcripts
from tests.test_tui import opened
from tests.transcripts import FOLDER, house_of, perform, read, session_of, typed

PATHS = sorted(FOLDER.glob("*.md"))
HOWS = {"quote", "shift", "contrast", "repeat", "order", "image", "greeting", "handback"}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_transcript_happens_again_word_for_word(path, tmp_path):
    text = path.read_text("utf-8")
    assert perform(read(text), tmp_path / "home") == text


def test_both_languages_are_there():
    assert {read(path.read_text("utf-8")).lang for path in PATHS} == {"da", "en"}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_session_alone_says_what_plain_mode_prints(path, tmp_path):
    script = read(path.read_text("utf-8"))
    for day, answers in script.sittings.items():
        house = house_of(script, tmp_path / "home", day)
        session = Recording(session_of(house, script.guide_on(day)))
        out = io.StringIO()
        converse(session, io.StringIO(typed(answers)), out, house.messages, "")
        house.close()
        assert all(item.text in out.getvalue() for item in session.shown)
        assert all(item.how in HOWS for item in session.shown if isinstance(item, Words))


class Recording:
    """A session that remembers what it showed."""

    def __init__(self, session):
        self._session = session
        self.shown = []

    def __getattr__(self, name):
        return getattr(self._session, name)

    def open(self):
        self.shown += (shown := self._session.open())
        return shown

    def send(self, event):
        self.shown += (shown := self._session.send(event))
        return shown


def test_recording_again_changes_nothing(capsys, tmp_path, monkeypatch):
    for path in PATHS[::4]:  # that each happens again is tested above
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(transcripts, "FOLDER", tmp_path)
    transcripts.main()
    told = capsys.readouterr().out
    assert "as it was" in told
    assert "recorded again" not in told


KEYS = {"/skip": "ctrl+n", "/back": "ctrl+g", "/why": "ctrl+r", "/else": "ctrl+o", "/pause": "escape"}


@pytest.mark.parametrize("name", ["weekly-da", "something-else-en", "kickoff-da", "quarter-da"])
async def test_the_full_screen_keeps_and_says_the_same(name, tmp_path):
    script = read((FOLDER / f"{name}.md").read_text("utf-8"))
    perform(script, tmp_path / "plain")
    for day, answers in script.sittings.items():
        house = house_of(script, tmp_path / "screen", day)
        async with opened(house, script.guide_on(day)) as member:
            for answer in answers:
                await type_on_screen(member, answer)
    last = max(script.sittings)
    plain, screen = (house_of(script, tmp_path / where, last).vault for where in ("plain", "screen"))
    sittings = [sitting.id for sitting in plain.sittings()]
    assert [plain.turns(sitting) for sitting in sittings] == [screen.turns(sitting) for sitting in sittings]
    plain.close()
    screen.close()


async def type_on_screen(member, answer):
    """Do with keys what a line does in plain mode."""
    if answer in KEYS:
        await member.press("ctrl+p" if answer == "/pause" and member.free else KEYS[answer])
    elif answer.startswith("/no "):
        await member.press("ctrl+t")
        await member.write(answer[4:])
        await member.press("ctrl+d")
    elif answer.startswith(("/here ", "/away ")):
        seats = [name for name, _, _ in member.screen._comings()]
        await member.press("f3")
        await member.press(str(seats.index(answer.partition(" ")[2]) + 1))
    elif member.screen.has_class("-reading"):
        assert not answer
        question = member.screen._question
        await member.press("enter")
        if question.kind == "break":  # which is run past only when that was meant
            await member.press("enter")
    elif answer.isdecimal() and not member.screen.query(Answer):
        await member.press(answer, "enter")
    else:
        member.field.text = ""
        await member.answer(answer)
