"""The workshop on the screen: what is written is looked at while it is written, and nothing of it is lost."""

import re
import sys
import textwrap
from contextlib import asynccontextmanager
from time import monotonic, process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.__main__ import House
from assistant.guides import structure
from assistant.guides.workshop.bench import Bench
from assistant.guides.workshop.steps import id_of, moved, steps, with_step
from assistant.messages import LANGS, Messages
from assistant.prompts import builtin_prompts
from assistant.sittings.rehearsal import made_up_for
from assistant.tui.screens.workshop import WorkshopScreen
from assistant.tui.widgets.colours import spans
from assistant.tui.widgets.editor import Editor
from assistant.tui.widgets.hints import Hints
from assistant.tui.widgets.texts import Texts
from tests.test_tui import Member, opened
from tests.tui_terminal import Terminal
from tests.workshops import write

WIDE, SMALL = (160, 45), (80, 24)
NOTICE = "weekly/da/notice.md"


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path / "home", "da")
    house.make_home(None, "key-file")
    house.close()
    return house


@asynccontextmanager
async def at_work(house, size=WIDE, text: str | None = NOTICE):
    """Give a facilitator in the workshop, with a text on the sheet."""
    async with opened(house, size=size) as member:
        member.screen._do("page workshop")
        await member.pilot.pause()
        assert isinstance(member.screen, WorkshopScreen)
        if text:
            member.screen._open(text)
            member.screen._show_pane("text")
        await looked(member)
        yield member


async def looked(member: Member) -> None:
    """Wait until the last look is seen."""
    await member.pilot.pause()
    screen = member.screen
    if not isinstance(screen, WorkshopScreen):
        return
    while screen._looking or screen._pause or any(not worker.is_finished for worker in screen.workers):
        await member.pilot.pause(0.02)
    await member.pilot.pause()


async def rewrite(member: Member, text: str) -> None:
    member.screen.query_one(Editor).load_text(text)
    await looked(member)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_what_is_shown_is_what_the_conversation_shows(house, size):
    async with at_work(house, size) as member:
        if size == SMALL:
            await member.press("f6")
        for week in (1, 2, 3):
            asked = house.workshop.preview("weekly", "notice", made_up_for(house.messages, week, None))
            assert str(member.screen.query_one("#seen").content) == asked
            assert asked.split()[0] in member.sees
            await member.press("f4")
            await looked(member)


async def test_a_fault_is_told_while_it_is_written_and_saving_asks_twice(house):
    async with at_work(house) as member:
        await rewrite(member, "Hej {{ nam }}. Du burde hvile.")
        assert "nam" in member.sees and "2 ting at rette" in member.sees
        await member.press("ctrl+s")
        await looked(member)
        assert house.workshop.whose(NOTICE) == "built_in"
        await rewrite(member, "Hvad så du på stuen?")
        assert "Der er intet at rette" in member.sees
        await member.press("ctrl+s")
        await looked(member)
        assert house.workshop.read(NOTICE) == "Hvad så du på stuen?\n"
        assert "* Ugedagbog" in member.sees
        await member.press("f9")
        assert "+Hvad så du på stuen?" in member.sees


async def test_what_is_read_says_how_to_leave_it_and_is_left_so(house):
    async with at_work(house) as member:
        await rewrite(member, "Hvad så du på stuen?")
        for key, shown in (("f9", "+Hvad så du på stuen?"), ("f1", "Sådan skrives en tekst")):
            await member.press(key)
            assert shown in member.sees
            assert "Esc tilbage" in member.sees
            await member.press("escape")
            assert shown not in member.sees
        await member.press("f8", "escape", "f1", "f1")
        assert isinstance(member.screen, WorkshopScreen)


async def test_a_bomb_on_the_sheet_is_told_and_keys_are_taken_meanwhile(house):
    async with at_work(house) as member:
        began = monotonic()
        await member.press("x")
        in_peace = monotonic() - began
        await looked(member)
        await member.write("{% for a in range(10**9) %}x{% endfor %}")
        for letter in "abc":
            began = monotonic()
            await member.press(letter)
            assert monotonic() - began < max(1, 10 * in_peace)
        await looked(member)
        assert "at rette" in member.sees
        assert "abc" in member.sees


async def test_leaving_asks_and_a_draft_is_there_again(house):
    async with at_work(house) as member:
        await rewrite(member, "Hvad så du på stuen?")
        await member.press("escape", "escape")
        assert "ikke har gemt" in member.sees
        await member.press("2")
        assert not isinstance(member.screen, WorkshopScreen)
    drafts = house.home.folder / "prompts" / ".draft"
    assert (drafts / NOTICE).stat().st_mode & 0o077 == 0
    assert house.workshop.faults() == ()
    async with at_work(House(house.home.folder, "da"), text=None) as member:
        assert NOTICE in " ".join(member.sees.split())
        await member.press("escape", "3")
    assert not drafts.exists()


async def test_the_order_is_changed_and_a_step_added_and_all_goes_back(house):
    async with at_work(house, text=None) as member:
        member.screen.query_one(Texts).point("weekly/da/notice.md")
        await member.pilot.pause()
        await member.press("minus", "n", *"vagten", "enter")
        await rewrite(member, "Hvilken lyd fra vagten er her endnu?")
        await member.press("ctrl+s")
        await looked(member)
        guide = house.workshop.library.guide("weekly")
        assert [step.id for step in guide.steps][:4] == ["arriving", "notice", "vagten", "practice"]
        assert "# The one question that a flat week gets" in house.workshop.read("weekly/guide.toml")
        assert house.workshop.faults("weekly") == ()
        member.screen._put_back("all")
        assert house.workshop.whose("weekly/guide.toml") == "built_in"


async def test_pointing_at_a_text_shows_it_and_what_a_member_sees(house):
    async with at_work(house, text=None) as member:
        member.screen._texts.point("weekly/da/notice.md")
        await looked(member)
        await member.press("down")
        await looked(member)
        assert member.screen._current == "weekly/da/hard.md"
        assert "Hvad var svært" in str(member.screen.query_one("#seen").content)
        assert "Tag ét øjeblik fra ugen. Hvad så du?  notice" in " ".join(
            str(n.label) for n in member.screen._texts._every()
        )
        assert not house.workshop.own.exists() or not list(house.workshop.own.rglob("*.md"))


async def test_a_step_is_taken_out_and_in_again_and_its_own_text_put_away_when_that_is_saved(house):
    house.workshop.save("weekly/da/hard.md", "Hvad var tungt på vagten?")
    async with at_work(house, text=None) as member:
        for turn in (1, 2):
            member.screen._texts.point("weekly/da/hard.md")
            await looked(member)
            await member.press("delete")
            await looked(member)
            assert "hard.md" not in " ".join(node.data or "" for node in member.screen._texts._every())
            if turn == 1:
                member.screen._open("weekly/guide.toml")
                member.screen._put_back("saved")
                await looked(member)
        await member.press("ctrl+s")
        await looked(member)
        assert "hard" not in [step.id for step in house.workshop.library.guide("weekly").steps]
        assert not (house.workshop.own / "weekly/da/hard.md").exists()
        assert "tungt" in (house.workshop.own / ".earlier/weekly/da/hard.md").read_text("utf-8")
        assert house.workshop.faults("weekly") == ()


@pytest.mark.parametrize(
    ("name", "faulty", "well"),
    [
        ("witness/da/advice.toml", "[[rule]]\nid = 'x'", None),
        ("crisis/dk.toml", "[[line]]", "as it came"),
        ("model/da/reflect.md", "Giv gode råd.", "Giv en sætning tilbage."),
        ("carry/da.toml", "diagnoser = ['gigt']", "diagnoses = ['gigt']"),
    ],
)
async def test_what_stands_beside_the_guides_is_listed_written_and_looked_at_as_guides_are(house, name, faulty, well):
    async with at_work(house, text=None) as member:
        member.screen._texts.point(name)
        await looked(member)
        assert member.screen._texts.pointed == name and member.screen._current == name
        before = member.screen._sheet.text
        assert (before == "") == name.startswith("witness/")
        await member.press("enter")
        await rewrite(member, faulty)
        assert member.screen._found.faults and "Linje" in member.sees
        if well is None:  # the sample that is shown
            well = Messages.load("da")("bench.seen_witness").partition("\n\n")[2].rpartition("\n\n")[0]
        await rewrite(member, before if well == "as it came" else well)
        assert member.screen._found.faults == ()
        if well != "as it came":
            await member.press("ctrl+s")
            await looked(member)
            assert (house.workshop.own / name).read_text("utf-8").strip() == well.strip()
            assert house.workshop.faults() == ()


@pytest.mark.parametrize("lang", LANGS)
def test_what_the_page_on_writing_says_is_let_through(house, lang):
    samples = re.findall(r"(?m)(?:^    .*\n?)+", Messages.load(lang)("bench.help", seconds=40))
    house.workshop.lang = lang
    assert len(samples) == 4
    for sample in samples:
        text = textwrap.dedent(sample)
        faults = house.workshop.faults_of(f"weekly/{lang}/notice.md", text if "{#" not in text else f"{text} Hvad?")
        assert [fault.key for fault in faults] == (
            ["fails_without"] if "{{ name }}" in text and "if" not in text else []
        )


async def test_what_cannot_be_read_is_told_for_what_it_is(house):
    write(house.workshop.own, NOTICE, b"Hvad s\xe5 du?")
    async with at_work(house) as member:
        assert "UTF-8" in member.sees


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_every_key_that_is_hinted_works(house, size):
    async with at_work(house, size) as member:
        for key in ("escape", "enter", "f6"):
            await member.press(key)
            for binding in member.screen.query_one(Hints).working:
                assert binding.key in member.screen.active_bindings


@pytest.mark.parametrize("guide_id", ["weekly", "kickoff", "pair"])
def test_a_step_moved_there_and_back_leaves_the_file_as_it_was(guide_id):
    text = (builtin_prompts() / guide_id / "guide.toml").read_text("utf-8")
    ids = [step["id"] for step in steps(text)]
    for step_id in ids[:-1]:
        there = moved(text, step_id, 1)
        assert sorted(there.split()) == sorted(text.split())
        assert moved(there, step_id, -1) == moved(moved(text, ids[0], 1), ids[0], -1)
    assert moved(text, ids[0], -1) is None
    assert with_step(text, ids[0], None) is None


@given(st.text(st.characters() | st.sampled_from("{}%#*_-[]=\"' \n"), max_size=300), st.sampled_from(["md", "toml"]))
def test_colours_stay_inside_the_text_and_edits_never_fail(text, kind):
    lines = text.split("\n")
    for row, start, end, _ in spans(text, kind):
        assert 0 <= start <= end <= len(lines[row])
    moved(text, "a", 1)
    with_step(text, "a", None)


@pytest.mark.parametrize("part", ["{{", "{% ", "*a", "_a", "**", "[", "\n{#"])
def test_colouring_the_worst_text_there_may_be_takes_no_more_than_it_is_longer(part):
    def takes(size: int) -> float:
        began = process_time()
        list(spans(part * (size // len(part)), "md"))
        return process_time() - began

    short, long = (min(takes(size) for _ in range(3)) for size in (16_000, 64_000))
    assert long < 8 * short + 0.05  # sixteen times, if it went back over what it has seen


def test_the_bench_adds_no_step_with_a_name_that_leads_elsewhere(house):
    bench = Bench(house.workshop)
    for name in ("../..", "", "!", "日本"):
        assert not bench.add_step("weekly", name, "notice")
    assert not bench.unsaved
    names = ("../x", "Lyden på stuen", "notice", "9 til 5", "a\nb", "x" * 99)
    given = [bench.add_step("weekly", name, "notice") for name in names]
    assert given == ["x", "lyden-paa-stuen", "notice-2", "t-9-til-5", "a-b", "x" * 34]
    assert bench.faults("weekly") == ()


@given(st.text())
def test_whatever_a_step_is_called_its_id_can_be_a_files_name(name):
    step_id = id_of(name, {"a", "vagten"})
    assert not step_id or (structure.ID.fullmatch(step_id) and step_id not in ("a", "vagten"))


def test_the_new_steps_words_are_there_in_both_languages():
    assert all(Messages.load(lang)("bench.step_text").endswith("?") for lang in LANGS)


def test_a_kill_takes_nothing_that_was_written(house):
    start = "from assistant.__main__ import House; House(Path(sys.argv[1]), 'da').open_screen()"
    script = f"import sys; from pathlib import Path; {start}"
    for turn in (1, 2):
        with Terminal(house.home.folder, program=[sys.executable, "-c", script, str(house.home.folder)]) as terminal:
            home = terminal.until("Værkstedet")
            terminal.send(re.search(r"(\d) +Værkstedet", home)[1])
            if turn == 1:
                terminal.until("N nyt trin")
                terminal.send("\r")
                terminal.until("arriving")
                terminal.send("\x1b[B\x1b[B\r")
                terminal.until("weekly/da/arriving.md")
                terminal.send("Blåbær ")
                terminal.until("arriving.md ~")
                terminal.kill()
            else:
                terminal.until("kladder fra sidst")
    assert "Blåbær" in (house.home.folder / "prompts/.draft/weekly/da/arriving.md").read_text("utf-8")
    assert [path.name for path in (house.home.folder / "prompts").iterdir()] == [".draft"]
