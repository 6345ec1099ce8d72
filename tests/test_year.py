"""A year of made-up sittings goes by in seconds, comes to every step, and says what came, came again, and didn't."""

import io
import json
from contextlib import redirect_stdout
from datetime import date, timedelta

import pytest

from assistant.__main__ import House
from assistant.cli.year import BEGAN
from assistant.guides.guide import Guide, Step
from assistant.messages import LANGS
from assistant.sittings.year import SOON, Asked, Came, schedule
from tests.workshops import TEXTS, Line, write, write_all


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def vidne(home, capsys):
    return Line(home, capsys)


def guide(company="member", **steps):
    return Guide("trial", {}, company, 5, (), tuple(Step(step, kind) for step, kind in (steps or {"a": "ask"}).items()))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The year of the guides that come with Vidne, in both languages: its home, what was written, and what came."""
    from assistant.cli.main import run

    home, out = tmp_path_factory.mktemp("year") / "home", tmp_path_factory.mktemp("out") / "year"
    told = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with redirect_stdout(told):
        assert run(["--home", str(home), "rehearse", "year", "--out", str(out), "--json"], House, LANGS) == 0
    return home, out, json.loads(told.buffer.getvalue())["guides"]


def of_lang(came, lang):
    """Give what came of each guide in one language."""
    return {of["guide"]: of for of in came if of["lang"] == lang}


def test_every_step_of_every_guide_is_come_to_and_nothing_is_kept(whole):
    home, out, _ = whole
    assert not home.exists()
    names = House(home, "da").prompts.library.names()
    assert sorted(path.name for path in out.iterdir()) == sorted(f"{n}.{lang}.md" for n in names for lang in LANGS)


def test_the_sittings_can_be_read(whole):
    weekly = (whole[1] / "weekly.da.md").read_text("utf-8")
    assert weekly.count("# Ugedagbog · ") == 53
    assert "# Ugedagbog · 2026-01-05" in weekly and "> " in weekly and "**1/" in weekly


def test_another_seed_gives_another_year(whole, vidne):
    """That the same seed gives the same one is seen where a group's own guide changes no other year."""
    year = vidne.json("rehearse", "year", "--lang", "en", "--seed", 2)["guides"]
    assert of_lang(year, "en") != of_lang(whole[2], "en")
    assert {of["lang"] for of in year} == {"en"}


def test_given_answers_are_what_is_written(vidne, home, tmp_path):
    answers = write(tmp_path, "svar.txt", "Der lå en handske på gulvet hele ugen.\n\nKaffen var kold.\n")
    said = vidne("rehearse", "year", "--lang", "da", "--answers", answers, "--out", tmp_path / "out")
    assert "weekly · da: 53" in said
    weekly = (tmp_path / "out/weekly.da.md").read_text("utf-8")
    assert weekly.count("> Der lå en handske på gulvet hele ugen.") > 50 and "> Kaffen var kold." in weekly
    vidne("rehearse", "year", "--answers", write(tmp_path, "svar.txt", b"\xff"), code=1)
    vidne("rehearse", "year", "--answers", tmp_path / "none", code=2)


def test_answers_that_speak_of_danger_go_by_the_help_lines(vidne, home, tmp_path):
    answers = write(tmp_path, "svar.txt", "Jeg har lyst til at dø.\n")
    write_all(home / "prompts", TEXTS)
    vidne("rehearse", "year", "--lang", "da", "--answers", answers, "--out", tmp_path / "out")
    assert "70 201 201" in (tmp_path / "out/trial.da.md").read_text("utf-8")


def test_a_guide_with_a_fault_is_told_before_the_year_begins(vidne, home):
    write_all(home / "prompts", {**TEXTS, "trial/da/notice.md": "{{ nmae }}"})
    assert "notice.md" in vidne("rehearse", "year", code=1)


def test_what_came_again_too_soon_is_counted_by_step_and_way():
    came = Came(guide(a="ask", b="ask", c="read"), "da", ways={"a": 2, "b": 1, "c": 1})
    days = {"a": (0, 7, SOON - 1, SOON), "b": (0, SOON, 2 * SOON), "c": (0, 1)}
    came.asked = [Asked(step, BEGAN + timedelta(days=day), 0) for step, of in days.items() for day in of]
    assert came.soon == {"a": (3, 1)}
    assert came.unused == [("a", 1)]
    assert came.never_asked == []


def test_the_rhythm_is_the_practices():
    rhythm = {company: len(schedule([guide(company)], date(2026, 1, 5))) for company in ("member", "pair", "circle")}
    assert rhythm == {"member": 53, "pair": 27, "circle": 14}


def test_a_groups_own_guide_has_its_year_what_comes_again_is_told_and_no_other_year_changes(whole, vidne, home):
    write_all(home / "prompts", TEXTS)
    after = of_lang(vidne.json("rehearse", "year", "--lang", "da")["guides"], "da")
    trial = after.pop("trial")
    assert after == of_lang(whole[2], "da")
    assert (trial["sittings"], trial["never_asked"], trial["unused"]) == (53, [], [])
    assert trial["repeats"]["notice"]["days"] == 14 and trial["repeats"]["thread"]["days"] == 7


def test_every_phrasing_has_its_turn_however_seldom_a_guide_is_sat_with(home, vidne):
    own, companies = home / "prompts", ("member", "pair", "circle")
    toml = TEXTS["trial/guide.toml"].partition('\n[[step]]\nid = "thread"')[0]
    for company in companies:
        texts = {name.replace("trial", company): text for name, text in TEXTS.items() if "thread" not in name}
        write_all(own, texts | {f"{company}/guide.toml": toml.replace('"member"', f'"{company}"')})
        write(
            own, f"{company}/da/notice.md", "Hvad så du?\n---\nHvad hørte du?\n---\nHvem var der?\n---\nHvor var du?\n"
        )
    came = of_lang(vidne.json("--lang", "da", "rehearse", "year")["guides"], "da")
    for company in companies:
        times = came[company]["phrasings"]["notice"]
        assert min(times) > 0 and max(times) - min(times) <= 2


def test_in_a_rehearsal_nothing_is_called_kept(home, vidne, monkeypatch):
    for guide_id in ("weekly", "kickoff"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"/help\nJeg gik\n/pause\n")))
        said = vidne("rehearse", guide_id)
        for line in said.split("\n"):
            assert "gemt" not in line.casefold() or "intet" in line.casefold() or "rigtig samtale" in line
        assert "stop prøven" in said
