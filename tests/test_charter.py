"""What a group agreed is kept in its words, first ones beside later ones, and the rest of Vidne goes by it."""

import io
import json
import re
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.__main__ import House
from assistant.circle.agreed import agreed, first_words, stands
from assistant.circle.charter import Charter, Dates, Place
from assistant.circle.page import page
from assistant.circle.printed import html, markdown
from assistant.cli.main import run
from assistant.cli.plain import converse
from assistant.guides.events import Answered, Ask, Chose, Keep, Reflect, Skipped, Turn
from assistant.guides.facts import Facts
from assistant.guides.leaders import left_out, without_leaders
from assistant.messages import LANGS, Messages
from assistant.sittings.circles import Circles
from assistant.text import clean
from assistant.trouble import Trouble
from assistant.tui.screens.charter import CharterScreen
from tests.test_tui import opened
from tests.transcripts import FOLDER, ZONE, house_of, perform, read, session_of, typed

SCRIPTS = {lang: read((FOLDER / f"kickoff-{lang}.md").read_text("utf-8")) for lang in LANGS}
QUARTER = datetime(2026, 11, 24, 13, 0, tzinfo=ZONE)


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    """A home in each language in which a kickoff was held."""
    folders = {lang: tmp_path_factory.mktemp(lang) / "home" for lang in LANGS}
    for lang, folder in folders.items():
        perform(SCRIPTS[lang], folder)
    return folders


@pytest.fixture
def house(homes):
    houses = []

    def at(lang="da", when=QUARTER):
        houses.append(House(homes[lang], lang, clock=lambda: when))
        return houses[-1]

    yield at
    for opened_house in houses:
        opened_house.close()


@pytest.fixture
def held(tmp_path):
    """A home of its own in which the Danish kickoff was held, and a function that holds a quarter's look in it."""
    folder = tmp_path / "held"
    perform(SCRIPTS["da"], folder)

    def quarter(answers, when=QUARTER):
        house = House(folder, "da", clock=lambda: when)
        out = io.StringIO()
        converse(session_of(house, "quarter"), io.StringIO(typed(answers)), out, house.messages, "")
        return house, out.getvalue()

    return quarter


def charters(house):
    return house.frames.of(None).charters


# A kickoff


def test_a_kickoff_of_five_is_a_charter_in_the_groups_words(house):
    (charter,) = charters(house())
    assert (charter.group, charter.agreed, charter.lang) == ("Bundventilen", date(2026, 8, 25), "da")
    assert [place.name for place in charter.places] == ["Mette", "Ali", "Bodil", "Jonas", "Sanne"]
    assert charter.words["monthly"].startswith("Den første tirsdag i måneden")
    assert charter.words["pairs"].startswith("To og to mødes")
    assert charter.reminder.startswith("Svejseren.")
    assert not charter.model_allowed
    assert charter.helplines_checked == date(2026, 8, 25)
    assert charter.helplines_own.startswith("Arbejdsmiljørepræsentant Tove")
    assert charter.dates == Dates(
        zone="Europe/Copenhagen",
        first_meeting=datetime(2026, 9, 1, 13, 0),
        meeting_minutes=75,
        months=12,
        journal_weekday=4,
        pairs_per_month=2,
        pair_minutes=30,
    )


def test_each_has_a_learning_point_in_their_own_words_or_none_yet(house):
    points = {place.name: place.learning_point for place in charters(house())[0].places}
    assert points["Mette"] == "At lade et møde være stille, når der er stille."
    assert points["Sanne"] == "At sige nej, mens jeg stadig har et valg."
    assert points["Bodil"] == ""


def test_who_came_late_has_a_place_with_what_they_said(house):
    jonas = charters(house())[0].places[3]
    assert (jonas.name, jonas.away) == ("Jonas", False)
    assert jonas.why_here.startswith("Fordi jeg er den eneste i kundeservice")


def test_a_kickoff_of_four_taken_from_a_real_group_is_a_charter(house):
    charter = charters(house("en"))[0]
    assert charter.words["months"].startswith("12 months minimum")
    assert charter.dates.meeting_minutes == 75
    assert (charter.dates.pairs_per_month, charter.dates.pair_minutes) == (2, 30)
    assert charter.dates.first_meeting == datetime(2026, 2, 11, 10, 0)
    assert charter.helplines_checked is None
    assert charter.model_allowed


def test_what_was_said_of_leaders_is_in_no_charter_and_on_no_page(house):
    house = house()
    text = charters(house)[0].model_dump_json() + markdown(house.charter_page()) + html(house.charter_page())
    assert "Chefen" not in text
    assert "Fejl bliver skrevet op på tavlen" in text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Vi siger fejl højt. Min leder gør ikke.", "Vi siger fejl højt."),
        ("Afdelingsledelsen vil ikke høre om det!", ""),
        ("Gareth says 'fine'. We say it anyway.", "We say it anyway."),
        ("My manager counts them.\nWe don't.", "We don't."),
        ("Mellem 4 og 7.", "Mellem 4 og 7."),
        ("", ""),
    ],
)
def test_sentences_about_leaders_are_left_out_of_the_conditions(text, left):
    assert without_leaders(text, "en", ["Gareth"]) == left


@given(st.text(max_size=200))
def test_what_is_left_of_a_text_without_leaders_is_the_groups_own(text):
    assert "".join(without_leaders(text, "en").split()) in "".join(text.split()) or re.search(r"[.!?\n]", text)
    left = without_leaders(text, "en")
    assert left_out(left, "en") == []
    assert without_leaders(left, "en") == left


def test_what_the_help_lines_cover_is_in_no_charter(house):
    conversation = house().sittings.session("kickoff")._conversation
    at, turns = QUARTER, []

    def send(event):
        effects = conversation.receive(event)
        turns.extend(effect.turn for effect in effects if isinstance(effect, Keep))
        return effects

    conversation.begin()
    while conversation.state.step != "people":
        send(Skipped(at))
    send(Answered("Anna\nBo", at))
    while conversation.state.step != "why_here:1":
        send(Skipped(at))
    send(Answered("Jeg kan ikke mere. Jeg har tænkt på at tage livet af mig.", at))
    assert turns[-1].kind == "sealed"
    assert isinstance(send(Chose("go_on", at))[-1], Ask)
    charter = agreed(conversation.guide, turns, "da")
    assert charter.places[0].why_here == ""
    assert "livet" not in charter.model_dump_json()


def test_what_somebody_types_in_the_silence_or_of_whom_decides_over_whom_is_in_no_charter(house):
    guide = house().prompts.library.guide("kickoff")
    asked = {step.id for step in guide.steps if step.kind in ("read", "silent", "break")} | {"boss", "turn_round"}
    turns = [Turn("answered", "people", "Anna\nBo", QUARTER)]
    turns += [Turn("answered", step, f"hemmeligt {step}", QUARTER) for step in sorted(asked)]
    assert "hemmeligt" not in agreed(guide, turns, "da").model_dump_json()


def test_the_answer_that_stands_is_the_latest_one(house):
    assert charters(house())[0].places[4].daily_skill.endswith("og skrive hvilken.")


def test_a_leaders_name_is_a_name_and_nothing_more(house):
    guide = house().prompts.library.guide("kickoff")
    turns = [Turn("answered", step.id, at=QUARTER) for step in guide.steps[:3]]
    turns += [Turn("answered", "people", "Anna\nBo", QUARTER)]

    def champion(text):
        return agreed(guide, [*turns, Turn("answered", "champion", text, QUARTER)], "da").champion

    assert champion("Vibeke Lund, driftschef") == "Vibeke Lund, driftschef"
    assert champion("Vibeke, men kun til det koster noget, siger hun selv") == "Vibeke"
    assert champion("Vibeke\nmen hun mener det ikke") == "Vibeke"
    assert champion("Our boss Karen, she is great") == "Karen"
    assert champion("vores chef Karen Holm") == "Karen Holm"
    assert champion("Gareth (VP Eng)") == "Gareth (VP Eng)"
    assert champion("Karen er god") == champion("nobody yet") == champion("en fra ledelsen") == ""


ORDER = st.lists(
    st.builds(
        Turn,
        kind=st.sampled_from(["answered", "skipped", "back", "sealed", "chose", "came", "went", "finished"]),
        step=st.sampled_from(["people", "monthly", "months", "first_day", "first_time", "zone", "model", "reminder"]),
        text=st.sampled_from(["Anna\nBo", "12", "London", "ja", "nej", "10:00", "1/2 2027", ""]) | st.text(max_size=20),
        at=st.just(QUARTER),
    ),
    max_size=20,
)


@given(ORDER)
def test_any_order_of_turns_folds_to_a_charter_or_to_none(homes, turns):
    guide = House(homes["da"], "da").prompts.library.guide("kickoff")
    charter = agreed(guide, turns, "da")
    assert charter is None or isinstance(charter, Charter)


# The room


def test_at_its_end_a_kickoff_has_a_room_with_its_charter_and_the_host_in_it(house):
    for lang, host in (("da", "Mette"), ("en", "Renée")):
        (circle,) = house(lang).circles.all()
        assert circle.view.charters == charters(house(lang))
        assert circle.me.name == host
        assert circle.name == charters(house(lang))[0].group


def test_who_is_invited_sees_the_frame_and_is_asked_after_their_own_learning_point(tmp_path):
    perform(SCRIPTS["da"], tmp_path / "mette")
    mette = House(tmp_path / "mette", "da", clock=lambda: QUARTER)
    room = mette.circles.move(mette.circles.named(), tmp_path / "shared")
    ali = House(tmp_path / "ali", "da", clock=lambda: QUARTER)
    ali.make_home("Ali B.", "key-file")
    ali.circles.join(mette.circles.invite(room, "Ali"))
    assert ali.has_charter
    assert ali.charter_page() is None
    for _ in range(2):  # the welcome, and then what a newcomer may read
        room.sync()
        ali.circles.named().sync()
    assert charters(ali) == charters(mette)
    assert ali.sittings.session("weekly").facts.learning_point == "At bede om hjælp, mens det stadig kan nå at hjælpe."
    assert ali.model.state == "vetoed"
    mette.close()
    ali.close()


def test_a_kill_between_a_kickoffs_end_and_its_room_loses_neither(tmp_path, monkeypatch):
    def killed(*_):
        raise Trouble("disk_full")

    with monkeypatch.context() as patched:
        patched.setattr(Circles, "found", killed)
        said = perform(SCRIPTS["da"], tmp_path / "home")
    assert Messages.load("da")("charter.no_room") in said
    house = House(tmp_path / "home", "da", clock=lambda: QUARTER)
    agreed_then = charters(house)
    assert house.circles.all() == ()
    assert house.charter_page().group == "Bundventilen"
    assert house.circles.named().view.charters == agreed_then
    house.close()


@pytest.mark.parametrize("killed", [False, True])
def test_whose_computer_it_is_said_to_be_is_who_the_home_is_in_the_group(tmp_path, monkeypatch, killed):
    def fails(*_):
        raise Trouble("disk_full")

    with monkeypatch.context() as patched:
        if killed:
            patched.setattr(Circles, "found", fails)
        *days, last = SCRIPTS["da"].sittings.items()
        answers = list(last[1])
        answers[answers.index("Stille.") - 1] = "Mette"  # nobody stands there who is called as the home is
        script = replace(SCRIPTS["da"], name="1Mette", sittings=dict([*days, (last[0], answers)]))
        perform(script, tmp_path / "home")
    house = House(tmp_path / "home", "da", clock=lambda: QUARTER)
    assert house.vault.profile.name == "1Mette"
    house.frame()
    circle = house.circles.named()
    assert circle.me.name == "Mette"
    assert {member.name for member in circle.view.members} <= {place.name for place in charters(house)[0].places}
    house.close()


def test_a_quarter_before_there_is_a_room_brings_every_wording_into_it(tmp_path, monkeypatch):
    def killed(*_):
        raise Trouble("disk_full")

    with monkeypatch.context() as patched:
        patched.setattr(Circles, "found", killed)
        perform(SCRIPTS["da"], tmp_path / "home")
    house = House(tmp_path / "home", "da", clock=lambda: QUARTER)
    answers = ["", "", "Hver anden uge, halvanden time."]
    session = house.sittings.session("quarter")
    converse(session, io.StringIO(typed(answers)), io.StringIO(), house.messages, "")
    while session.phase.value == "asking":
        session.send(Skipped(QUARTER))
    first, later = house.circles.named().view.charters
    assert (first.dates.meeting_minutes, later.dates.meeting_minutes) == (75, 90)
    house.close()


def test_once_there_is_a_frame_home_offers_to_look_at_it_again_and_the_kickoff_last(house, tmp_path):
    offered = [offer.guide for offer in house().offers]
    assert "quarter" in offered
    assert offered[-1] == "kickoff"
    new = house_of(SCRIPTS["en"], tmp_path / "new", date(2026, 1, 1))
    offered = [offer.guide for offer in new.offers]
    assert "quarter" not in offered
    assert "kickoff" in offered[:3], "among those that home has room for"
    new.close()


def test_who_left_goes_by_the_frame_no_longer(tmp_path):
    perform(SCRIPTS["da"], tmp_path / "home")
    house = House(tmp_path / "home", "da", clock=lambda: QUARTER)
    house.circles.named().leave(take=True)
    assert not house.has_charter
    assert house.sittings.session("weekly").facts.learning_point is None
    assert house.circles.all() == ()
    house.close()


# A quarter later

AS_IT_IS = [""] * 9
NEW = "At høre, hvad stilheden er fuld af."


def test_where_no_first_day_was_set_that_is_said_and_the_quarter_asks_for_it(tmp_path, capsys):
    perform(SCRIPTS["da"], tmp_path / "home")
    house = House(tmp_path / "home", "da", clock=lambda: QUARTER)
    assert "first_day" not in house.sittings.session("quarter").state.plan
    house.circles.named().agree(charters(house)[0].model_copy(update={"dates": None}))
    house.close()
    house = House(tmp_path / "home", "da", clock=lambda: QUARTER)
    assert run(["--lang", "da", "calendar"], lambda *_, **__: house, LANGS) == 1
    assert capsys.readouterr().err == house.messages("trouble.calendar_no_first_day") + "\n"
    house = House(tmp_path / "home", "da", clock=lambda: QUARTER)
    session = house.sittings.session("quarter")
    session.open()
    said = {"people": "Mette\nAli", "first_day": "10. december", "first_time": "9.30", "zone": "dansk tid"}
    while session.phase.value == "asking":
        text = said.get(session.state.step)
        session.send(Answered(text, QUARTER) if text else Skipped(QUARTER))
    dates = charters(house)[-1].dates
    assert dates.first_meeting == datetime(2026, 12, 10, 9, 30)
    assert (dates.meetings_per_month, dates.meeting_minutes, dates.journal_weekday) == (1, 75, 4)
    house.close()


def test_a_quarters_look_leaves_what_is_left_and_puts_new_words_beside_the_first(held):
    answers = ["", "Mette, Ali, Bodil, Jonas, Sanne", "En halv time mere.", *[""] * 5, "", "", "", "", "", "", "", NEW]
    house, said = held(answers)
    assert "Sådan står det i jeres ramme:\n\n– Den første tirsdag i måneden" in said
    assert "Står linjen tom, bliver det, som det er." in said
    session = session_of(house, "quarter")
    session.open()
    while session._conversation.state.step != "closing:5":
        session.send(Skipped(QUARTER))
    session.send(Skipped(QUARTER))
    first, later = charters(house)
    assert later.words["monthly"] == "En halv time mere."
    assert later.words["pairs"] == first.words["pairs"]
    assert later.agreed == QUARTER.date()
    assert later.places[0].learning_point == NEW
    assert later.places[1:] == first.places[1:]
    assert first.places[0].learning_point == "At lade et møde være stille, når der er stille."
    text = markdown(house.charter_page()).partition("### Mette")[2]
    parts = ["Først, 25. august 2026", "At lade et møde", "Fra 24. november 2026", NEW]
    assert sorted(parts, key=text.index) == parts
    assert text.count("Tælle til fem, før jeg siger noget") == 1
    house.close()


def test_a_quarters_look_shows_the_words_as_first_worded_and_as_worded_now():
    charters = [
        Charter(group="", lang="da", agreed=date(2026, month, 1), places=(Place(name="Anna", learning_point=point),))
        for month, point in ((1, "Tie."), (4, "Lytte."), (7, "Høre efter."))
    ]
    yes_or_no = ("ja", "nej")
    assert stands(charters, "learning_point", "anna", yes_or_no) == "Høre efter."
    assert first_words(charters, "learning_point", "Anna", yes_or_no) == "Tie."
    assert stands(charters, "model", None, yes_or_no) == "nej"
    assert first_words(charters, "model", None, yes_or_no) is None
    assert stands([], "monthly", None, yes_or_no) is None


def test_somebody_who_is_not_there_keeps_their_place(held):
    house, _ = held(["", "Mette, Ali, Bodil, Jonas (væk), Sanne"])
    session = session_of(house, "quarter")
    session.open()
    while session.phase.value == "asking":
        session.send(Skipped(QUARTER))
    assert charters(house)[-1].places == charters(house)[0].places
    house.close()


# The page

HOSTILE = ["# Nej", "<script>alert(1)</script>", "[klik](javascript:x)", "1. ét\n2. to", "- nej", "*x* _y_", "Ja\n==="]


def worded(text):
    """A charter in which everything says `text`, and another in which it says something more."""
    places = (Place(name=text[:50] or "A", learning_point=text, daily_skill=text),)
    words = {"monthly": text, "own-step": text}
    first = Charter(group=text, lang="en", agreed=date(2026, 1, 2), places=places, words=words)
    return [first, first.model_copy(update={"agreed": date(2026, 4, 2), "words": {"monthly": f"{text} more"}})]


class Text(HTMLParser):
    """Reads what a person would see of HTML, and which elements there are."""

    def __init__(self):
        super().__init__()
        self.seen, self.elements = [], set()

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)

    def handle_data(self, data):
        self.seen.append(data)


@given(st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=60))
@example("0\r\t0")
@example("Ja\n\n\tnej\n\n    måske")
def test_words_stay_words_in_markdown_and_in_html(text):
    text = clean(text).strip()
    whole = page(worded(text), Messages.load("en"))
    written = Text()
    written.feed(html(whole))
    assert written.elements <= {"html", "head", "meta", "title", "style", "body", "p", "h1", "h2", "h3", "div"}
    assert not text or text in "".join(written.seen)
    rendered = Text()
    rendered.feed(MarkdownIt("commonmark").render(markdown(whole)))
    assert rendered.elements <= {"h1", "h2", "h3", "p", "blockquote", "strong", "em", "br"}
    assert "".join(text.split()) in "".join("".join(rendered.seen).split())


def test_the_printed_page_brings_nothing_from_outside():
    text = html(page(worded("words"), Messages.load("en")))
    assert not re.search(r"https?:|url\(|@import|<link|<script|<img", text)


@pytest.mark.parametrize("lang", LANGS)
async def test_the_page_is_one_step_from_home_and_reads_in_80_by_24(lang, house):
    house = house(lang)
    async with opened(house) as member:
        choices = member.screen.query_one("Choices")
        at = next(n for n, option in enumerate(choices.options) if option.id == "page charter")
        choices.highlighted = at
        await member.press("enter")
        await member.press("enter")
        assert isinstance(member.screen, CharterScreen)
        for part in ("title", "meeting", "monthly"):
            assert house.messages(f"charter.{part}") in member.sees
        last = charters(house)[-1].words["also"].splitlines()[-1]
        while last not in member.sees:
            await member.press("pagedown")
        await member.press("escape")


def test_the_command_writes_markdown_or_a_page_to_print_and_overwrites_nothing(homes, tmp_path, capsys):
    home = ["--home", str(homes["da"]), "--lang", "da"]
    assert run(["charter", *home], House, LANGS) == 0
    assert capsys.readouterr().out.startswith("# Vores ramme: Bundventilen")
    file = tmp_path / "ramme.html"
    assert run(["charter", str(file), *home], House, LANGS) == 0
    assert file.read_text("utf-8").startswith("<!doctype html>")
    assert file.stat().st_mode & 0o777 == 0o600
    assert "ikke krypteret" in capsys.readouterr().out
    assert run(["charter", str(file), *home], House, LANGS) == 1
    assert "Den er ikke rørt" in capsys.readouterr().err
    assert run(["charter", "--circle", "bundventilen", *home], House, LANGS) == 0
    assert run(["charter", "--circle", "naboen", *home], House, LANGS) != 0
    assert run(["charter", str(tmp_path / "no" / "ramme.md"), *home], House, LANGS) == 1


def test_the_frame_for_a_machine_has_each_wording_with_its_day(homes, capsys):
    home = ["--home", str(homes["da"]), "--lang", "da"]
    assert run(["charter", "--json", *home], House, LANGS) == 0
    page = json.loads(capsys.readouterr().out)
    assert page.keys() == {"lang", "title", "group", "lead", "sections"}
    assert (page["lang"], page["group"]) == ("da", "Bundventilen")
    wordings = [words for part in page["sections"] for entry in part["entries"] for words in entry["wordings"]]
    assert wordings
    assert all(date.fromisoformat(words["since"]) and words["text"] for words in wordings)
    assert run(["charter", "--json", "--html", *home], House, LANGS) == 2


def test_without_a_kickoff_the_command_says_how_to_hold_one(tmp_path, capsys):
    house_of(SCRIPTS["en"], tmp_path / "new", date(2026, 1, 1)).close()
    assert run(["charter", "--home", str(tmp_path / "new")], House, LANGS) == 1
    assert "vidne talk kickoff" in capsys.readouterr().err


# What the charter decides


def test_the_weekly_journal_asks_after_the_daily_practice_and_the_learning_point(house):
    session = house().sittings.session("weekly")
    assert session.facts.learning_point == "At lade et møde være stille, når der er stille."
    assert session.facts.daily_skill.startswith("Tælle til fem")
    asked = house().prompts.library.question("weekly", "practice", Facts(daily_skill="Tælle til fem."))
    assert "– Tælle til fem." in asked


def test_the_groups_no_to_a_language_model_holds_for_each(homes, house):
    for lang, expected in (("da", "vetoed"), ("en", "none")):
        assert house(lang).model.state == expected


def test_the_names_the_group_knows_are_masked_in_what_a_language_model_gets(held):
    house, _ = held([])
    house.model.choose("ollama_chat/x", "http://127.0.0.1:1")
    said = Reflect(1, "reflect", "Så sagde Bodil til Jonas, at det var nok.")
    request = str(house.model._reflector(lambda: None).request(said))
    assert "Bodil" not in request and "Jonas" not in request
    house.close()


def test_the_card_has_the_organisations_own_line_and_says_when_the_numbers_were_tried(house):
    danish, english = house().card(), house("en").card()
    assert "Arbejdsmiljørepræsentant Tove, lokal 214" in danish
    assert "Numrene blev prøvet 25. august 2026." in danish
    assert Messages.load("da")("crisis.unchecked") not in danish
    assert Messages.load("en")("crisis.unchecked") in english


@pytest.mark.parametrize("lang", LANGS)
def test_around_one_screen_the_card_promises_no_secrecy(lang, house):
    alone, together = house(lang).card(), house(lang).card(together=True)
    assert alone != together
    assert {"da": "flere, der kan se skærmen", "en": "Several of you are around this screen"}[lang] in together
    numbers = re.findall(r"(?m)^[\d /]+ · .+$", alone)
    assert len(numbers) > 1
    assert all(number in together for number in numbers)


def test_the_time_zone_offered_is_the_clocks_own(house):
    assert house().sittings.session("kickoff").facts.zone == "dansk tid"


@pytest.mark.parametrize(("said", "allowed"), [("ja", True), ("nej", False), (None, False)])
def test_a_language_model_is_for_a_group_that_said_yes_and_no_answer_is_none(house, said, allowed):
    guide = house().prompts.library.guide("kickoff")
    turns = [Turn("answered", step.id, at=QUARTER) for step in guide.steps[:3]]
    turns += [Turn("answered", "people", "Anna\nBo", QUARTER)]
    turns += [Turn("answered" if said else "skipped", "model", said or "", QUARTER)]
    assert agreed(guide, turns, "da").model_allowed is allowed
    assert Charter(group="", lang="da", agreed=QUARTER.date(), places=()).model_allowed is False


def test_when_the_frame_has_its_room_the_hosts_computer_keeps_nobody_elses_words(house):
    house = house()
    (kickoff,) = (sitting for sitting in house.vault.sittings() if sitting.guide == "kickoff")
    turns = house.vault.turns(kickoff.id)
    (charter,) = charters(house)
    host = next(turn.text for turn in reversed(turns) if turn.step == "host" and turn.text)
    mine = 1 + [place.name for place in charter.places].index(host)
    asked = {step.id for step in house.prompts.library.guide("kickoff").steps if step.each}
    said = {turn.step for turn in turns if turn.text and turn.step.partition(":")[0] in asked}
    assert said == {f"{step}:{mine}" for step in asked}
    others = [place.learning_point for place in charter.places if place.learning_point and place.name != host]
    assert others
    assert all(not house.search(point.split(".")[0]) for point in others)
    assert all(point in markdown(house.charter_page()) for point in others)


def test_while_there_is_no_room_what_was_said_is_kept_until_there_is(house, monkeypatch):
    from assistant.sittings.circles import Circles
    from assistant.trouble import Trouble

    def no_room(self, *arguments):
        raise Trouble("disk_full")

    found = Circles.found
    monkeypatch.setattr(Circles, "found", no_room)
    folder = house().home.folder.parent / "without"
    perform(SCRIPTS["da"], folder)
    home = House(folder, "da", clock=lambda: QUARTER)
    assert len([place for place in charters(home)[0].places if place.learning_point]) == 4
    monkeypatch.setattr(Circles, "found", found)
    assert home.frame().circle is not None
    assert len([place for place in charters(home)[0].places if place.learning_point]) == 4
    assert not home.search("nej, mens jeg stadig har et valg")
    home.close()


def test_a_quarters_look_says_what_a_number_counts_and_asks_who_has_no_point_yet_as_the_first_time(held):
    house, _ = held(["", "Mette, Ali, Bodil, Jonas, Sanne"])
    session = session_of(house, "quarter")
    asked = {}
    session.open()
    while session.phase.value == "asking":
        shown = session.send(Skipped(QUARTER))
        asked[session.state.step] = getattr(shown[-1], "text", "")
    assert "12 måneder" in asked["months"]
    assert asked["learning_point:1"].endswith("hvad kalder du dit læringspunkt nu?")
    assert "hvad vil du lære" in asked["learning_point:3"]
    assert asked["model"].startswith("Sidst sagde I nej.")
    assert "igen" not in asked["helplines"]
    house.close()


def test_who_comes_later_has_come_when_they_are_in_and_who_has_no_place_is_named():
    places = (Place(name="Anna"), Place(name="Bente", away=True))
    charter = Charter(group="", lang="da", agreed=date(2026, 1, 1), places=places)
    say = Messages.load("da")
    assert page([charter], say, ["Anna"]).lead[1:] == ("Anna", "Kommer senere: Bente.")
    assert page([charter], say, ["Anna", "bente", "Sofie"]).lead[1:] == ("Anna, Bente, Sofie",)
    assert page([charter], say).lead[1:] == ("Anna", "Kommer senere: Bente.")
