"""What a group knows and writes itself: its names and words do not travel, and its instruction is read safely."""

import io
import os
import re
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone

import pytest

from assistant.__main__ import House
from assistant.backend.reflector import instructions
from assistant.backend.scripted import Scripted
from assistant.cli.plain import converse
from assistant.guides.conversation import Conversation
from assistant.guides.events import Answered, AskedToGather
from assistant.guides.guide import Guide, Stage, Step
from assistant.guides.shelf import builtin_prompts
from assistant.messages import LANGS, Messages
from tests import around
from tests.test_model import ANSWER, GUARDS, WROTE, kept
from tests.workshops import RULE, found, write

NOW = datetime(2026, 3, 6, 16, 0, tzinfo=timezone(timedelta(hours=1)))


class Told(House):
    """A house whose model is scripted, turned on as a member turns it on."""

    def __init__(self, folder, lang, backend):
        super().__init__(folder, lang, clock=lambda: NOW)
        self.backend = backend

    @property
    def model(self):
        model = super().model
        model._backend = lambda settings, key: self.backend
        return model


def turned_on(folder, lang, backend):
    house = Told(folder, lang, backend)
    if not house.home.exists:
        house.make_home("Karen", "key-file")
    house.model.choose("openai/small", "http://127.0.0.1:9/v1")
    house.model.turn("on")
    return house


def talk(house, lines, guide="weekly", sitting=None):
    out = io.StringIO()
    session = house.sittings.session(guide, sitting)
    converse(session, io.StringIO(lines), out, house.messages, "Ugedagbog")
    return out.getvalue()


# A group's own instruction


def made(kind, path):
    """Put what `kind` says in the place of a file."""
    path.parent.mkdir(parents=True)
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "link":
            path.symlink_to("/etc/hostname")
        case _:
            path.write_bytes(KINDS[kind])


KINDS = {
    "not UTF-8": "Giv det tilbage på dansk.".encode("latin-1"),
    "UTF-16": "Giv det tilbage.".encode("utf-16"),
    "NUL bytes": b"Giv det\n\x00\x00 tilbage.",
    "escapes": b"Giv det \x1b[31mtilbage.",
    "empty": b"",
    "blank": " \n\u200b\n".encode(),
    "10 MB": b"Giv det tilbage. " * 600_000,
    "folder": None,
    "pipe": None,
    "link": None,
}
FLAWS = {
    "not UTF-8": "not_utf8",
    "UTF-16": "not_utf8",
    "NUL bytes": "control_sign",
    "escapes": "control_sign",
    "empty": "empty_phrasing",
    "blank": "empty_phrasing",
    "10 MB": "too_big",
    "folder": "not_a_file",
    "pipe": "not_a_file",
    "link": "leaves_folder",
}


@pytest.mark.parametrize("name", ["reflect", "gather", "again"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_instruction_that_cannot_be_used_is_found_by_the_check(tmp_path, kind, name):
    own = tmp_path / "prompts"
    made(kind, own / "model" / "en" / f"{name}.md")
    assert [fault[::3] for fault in found(own)] == [(f"model/en/{name}.md", FLAWS[kind])]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_where_it_cannot_be_used_vidnes_own_is_and_one_calm_line_says_so(tmp_path, lang, kind):
    backend = Scripted(WROTE[lang])
    path = tmp_path / "prompts" / "model" / lang / "reflect.md"
    house = turned_on(tmp_path, lang, backend)
    made(kind, path)
    said = talk(house, f"Fra vagten\n{ANSWER[lang]}\n")
    assert said.count(house.messages("talk.told_unread", file=path)) == 1
    assert WROTE[lang] in said
    (request,) = backend.asked
    assert request.messages[0].text == (builtin_prompts() / "model" / lang / "reflect.md").read_text("utf-8").strip()
    assert house.model.unread == (path,)
    house.close()


def test_a_sitting_goes_on_with_its_model_whatever_is_wrong_with_the_groups_rules_since(tmp_path):
    backend = Scripted(WROTE["da"])
    house = turned_on(tmp_path, "da", backend)
    talk(house, "Fra vagten\n")
    write(tmp_path / "prompts", "witness/da/advice.toml", RULE.replace("[[rule]]", "[[rule"))
    said = talk(house, f"{ANSWER['da']}\n", sitting=house.vault.unfinished("weekly").id)
    assert WROTE["da"] in said
    house.close()


def test_vidnes_own_instructions_are_read_and_nothing_is_told_of_them():
    for lang in LANGS:
        assert instructions([builtin_prompts()], lang).unread == ()


# Who is told, and where


@pytest.mark.parametrize("lang", LANGS)
def test_each_sitting_says_that_a_model_is_on_and_does_not_say_that_nobody_else_sees_it(tmp_path, lang):
    house = turned_on(tmp_path, lang, Scripted())
    say = Messages.load(lang)
    said = talk(house, "Fra vagten\n")
    assert say("talk.model_on", receiver="openai/small (http://127.0.0.1:9/v1)") in said
    assert say("talk.opening_first_model") in said
    assert say("talk.opening_first") not in said
    house.close()


@pytest.mark.parametrize("guide", ["afterwards", "practice", "pair", "kickoff", "meeting", "quarter"])
def test_a_model_is_asked_in_the_journal_and_nowhere_else(tmp_path, guide):
    folder = tmp_path / "anna"
    around.gather(folder, "da", NOW.date())
    house = turned_on(folder, "da", Scripted())
    assert house.sittings.session("weekly").reflector
    session = house.sittings.session(guide)
    assert session.reflector is None
    assert not session.may_gather
    house.close()


def test_an_answer_to_what_another_member_carried_never_goes_to_a_model(tmp_path):
    folder = tmp_path / "anna"
    around.gather(folder, "da", NOW.date())
    house = turned_on(folder, "da", backend := Scripted())
    session = house.sittings.session("answer")
    session.open()
    carried = around.CARRIED["da"]["Bo"][0]
    session.send(Answered(f"Det der blev: {carried}", NOW))
    assert session.reflector is None
    session = house.sittings.session("answer", house.vault.unfinished("answer").id)
    session.open()
    assert session.reflector is None
    assert backend.asked == []
    house.close()


@pytest.mark.parametrize("company", ["pair", "circle"])
def test_where_more_than_one_writes_nothing_is_sent_whatever_the_guide_says(company):
    guide = Guide("ours", {}, company, 10, (Stage("all", 1),), (Step("one", reflect=True), Step("two", reflect=True)))
    conversation = Conversation(guide, ("one", "two"), GUARDS["da"], reflects=True)
    conversation.begin()
    assert conversation.would_send(ANSWER["da"]) is None
    conversation.receive(Answered(ANSWER["da"], NOW))
    assert conversation.draft is None
    assert conversation.receive(AskedToGather(NOW)) == []


# Names


def test_no_name_that_the_group_knows_travels_not_a_newcomers_nor_the_leaders(tmp_path):
    folder = tmp_path / "anna"
    charter = around.charter("da", ("Anna", "Bo"))
    founder = around.house(folder, "da", "Anna", date(2026, 3, 2))
    shared = tmp_path / "shared"
    circle = founder.circles.found(charter.model_copy(update={"champion": "Afdelingschef Ulla Friis"}), "Anna", shared)
    other = around.house(tmp_path / "mia", "da", "Mia", date(2026, 3, 2))
    other.circles.join(founder.circles.invite(circle, "Mia Jørgensen"), shared)
    other.close()
    circle.sync()
    founder.close()
    backend = Scripted(WROTE["da"])
    house = turned_on(folder, "da", backend)
    names = ("Anna", "Bo", "Mia", "Jørgensen", "Joergensen", "Ulla", "Friis", "_Mia_", "MIAS")
    talk(house, f"Fra vagten\n{ANSWER['da']} {', '.join(names)} var der, og jeg skrev til mia@firma.dk.\n")
    (request,) = backend.asked
    travels = set(re.findall(r"[^\W_]+", request.messages[1].text.casefold()))
    assert not travels & {"anna", "bo", "mia", "mias", "jørgensen", "joergensen", "ulla", "friis"}
    house.close()


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_masked_is_back_in_what_is_shown_and_kept(tmp_path, lang):
    said = {
        "da": "Jeg sagde min tvivl højt til Karen på 12 34 56 78 om 010203-1234.",
        "en": "I said my doubt out loud to Karen on 12 34 56 78 about 010203-1234.",
    }[lang]
    name = {"da": "NAVN1", "en": "NAME1"}[lang]
    masked = said.replace("Karen", name).replace("12 34 56 78", "TEL1").replace("010203-1234", "CPR1")
    frame = WROTE[lang].split(":")[0]
    backend = Scripted(f'{frame}: "{masked.removesuffix(".")}".')
    house = turned_on(tmp_path, lang, backend)
    shown = talk(house, f"Fra vagten\n{said} {ANSWER[lang]}\n")
    assert backend.asked[0].messages[1].text == f"{masked} {ANSWER[lang]}"
    assert f'{frame}: "{said.removesuffix(".")}".' in shown
    assert ("said", "model") in kept(house)
    house.close()


def test_the_log_of_what_was_sent_holds_no_word_of_it(tmp_path):
    house = turned_on(tmp_path, "da", Scripted(WROTE["da"]))
    talk(house, f"Fra vagten\n{ANSWER['da']}\n")
    noted = house.model.noted
    assert [note.what for note in noted] == ["on", "asked"]
    assert "tvivl" not in str(noted)
    house.close()


def test_the_room_of_the_model_is_opened_without_the_library(tmp_path):
    script = "import sys, assistant.sittings.language_model; print('litellm' in sys.modules, 'pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


# A group's no


@pytest.mark.parametrize("name", ["Anna", "Bo"])
def test_a_no_at_the_kickoff_holds_for_every_member_in_all_they_do(tmp_path, name):
    folder, shared = tmp_path / "anna", tmp_path / "shared"
    founder = around.house(folder, "da", "Anna", date(2026, 3, 2))
    refused = around.charter("da", ("Anna", "Bo")).model_copy(update={"model_allowed": False})
    circle = founder.circles.found(refused, "Anna", shared)
    other = around.house(tmp_path / "bo", "da", "Bo", date(2026, 3, 2))
    other.circles.join(founder.circles.invite(circle, "Bo"), shared)
    circle.sync()
    other.circles.sync()
    for house in (founder, other):
        house.close()
    backend = Scripted(WROTE["da"])
    house = turned_on(tmp_path / name.lower(), "da", backend)
    assert house.model.state == "vetoed"
    assert house.model.reflector() is None
    assert house.messages("talk.your_words") in talk(house, f"Fra vagten\n{ANSWER['da']}\n")
    assert backend.asked == []
    house.close()


def test_until_it_is_known_what_the_group_said_nothing_is_sent(tmp_path):
    shared = tmp_path / "shared"
    founder = around.house(tmp_path / "anna", "da", "Anna", date(2026, 3, 2))
    circle = founder.circles.found(around.charter("da", ("Anna", "Bo")), "Anna", shared)
    other = around.house(tmp_path / "bo", "da", "Bo", date(2026, 3, 2))
    other.circles.join(founder.circles.invite(circle, "Bo"), shared)
    other.close()
    house = turned_on(tmp_path / "bo", "da", Scripted(WROTE["da"]))
    assert house.model.state == "unheard"
    assert house.model.reflector() is None
    circle.sync()
    house.circles.sync()
    assert house.model.state == "on"
    house.close()
    founder.close()
