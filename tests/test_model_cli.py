"""`vidne model`: off until the member has seen who gets what, and what is wrong told in a sentence or to a machine."""

import io
import json
import subprocess
import sys

import pytest

from assistant.__main__ import House
from assistant.backend import choice, through_litellm
from assistant.cli.main import run
from assistant.messages import LANGS
from tests.model_server import FAULTS, endless, says, serving
from tests.test_model import ANSWER, NOW, WROTE, talk
from tests.tui_terminal import Terminal


@pytest.fixture(scope="module")
def prepared():
    through_litellm.prepare()


# Turning it on and off


@pytest.fixture
def vidne(tmp_path, monkeypatch, capsys):
    """Type a command, with lines on its standard input, and give its exit code and what it printed."""
    home = tmp_path / "home"
    monkeypatch.setenv("VIDNE_MODEL_KEY", "sk-own")

    def build(folder=None, lang=None, **options):
        return House(home, lang or "en", clock=lambda: NOW, **options)

    def typed(*arguments, lines=""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), "utf-8"))
        code = run(arguments, build, LANGS)
        out, err = capsys.readouterr()
        return code, out + err

    house = build()
    house.make_home("Karen", "key-file")
    house.close()
    typed.home = home
    return typed


def test_a_model_is_off_until_the_member_has_seen_who_gets_what_and_said_yes(vidne):
    assert vidne("model", "status") == (0, "No language model has been chosen. Nothing is sent.\n")
    code, said = vidne("model", "on", "openai/small", "http://127.0.0.1:9/v1", lines="no\n")
    assert code == 1
    for told in ("openai/small (http://127.0.0.1:9/v1)", "on this computer", "NAME1", "MAIL1", "TEL1"):
        assert told in said
    assert "Karen" not in said
    assert "is off" in vidne("model", "status")[1]
    code, said = vidne("model", "on", lines="yes\n")
    assert code == 0
    said = vidne("model", "status")[1]
    assert "is on" in said
    assert "March 2026: turned on, openai/small (http://127.0.0.1:9/v1)." in said
    assert vidne("model", "off")[0] == 0
    assert "is off" in vidne("model", "status")[1]


def test_what_is_shown_at_the_start_is_a_whole_request_every_character(vidne):
    said = vidne("model", "on", "openai/small", "http://127.0.0.1:9/v1", lines="no\n")[1]
    house = House(vidne.home, "en", clock=lambda: NOW)
    assert "".join(f"    {line}".rstrip() + "\n" for line in str(house.model.example_request()).splitlines()) in said
    house.close()


@pytest.mark.parametrize(
    ("address", "told"),
    [("https://model.example.com", "leaves this computer, and"), ("http://model.example.com", "unencrypted")],
)
def test_a_member_is_told_that_it_leaves_the_machine(vidne, address, told):
    assert told in vidne("model", "on", "openai/small", address, lines="no\n")[1]


def test_another_receiver_is_asked_for_anew(vidne):
    vidne("model", "on", "openai/small", "http://127.0.0.1:9/v1", lines="yes\n")
    vidne("model", "on", "openai/small", "http://model.example.com", lines="no\n")
    assert "where it is, has changed" in vidne("model", "status")[1]
    house = House(vidne.home, "en", clock=lambda: NOW)
    assert house.model.reflector() is None
    house.close()


def test_a_group_can_say_no_for_all(vidne):
    vidne("model", "on", "openai/small", "http://127.0.0.1:9/v1", lines="yes\n")
    own = vidne.home / "prompts" / "model"
    own.mkdir(parents=True)
    (own / "model.toml").write_text("allowed = false\n")
    assert "has not said yes" in vidne("model", "status")[1]
    assert "has not said yes" in vidne("model", "on", lines="yes\n")[1]
    house = House(vidne.home, "en", clock=lambda: NOW)
    assert house.model.reflector() is None
    house.close()


def test_a_broken_setting_keeps_nobody_from_writing_and_status_names_it(vidne):
    vidne("model", "on", "openai/small", "http://127.0.0.1:9/v1", lines="yes\n")
    (vidne.home / "config.toml").write_text("[model]\nnmae = 'openai/small'\n")
    code, said = vidne("model", "status")
    assert code == 1
    assert "nmae" in said and "line 2" in said
    house = House(vidne.home, "en", clock=lambda: NOW)
    assert "> From the ward" in talk(house, "From the ward\n")
    house.close()


def test_each_request_is_dated_without_a_word_of_it(vidne, prepared):
    with serving(says(WROTE["en"])) as server:
        vidne("model", "on", "openai/small", server.address, lines="yes\n")
        house = House(vidne.home, "en", clock=lambda: NOW)
        assert WROTE["en"] in talk(house, f"From the ward\n{ANSWER['en']}\n")
        sendings = house.vault.sendings()
        house.close()
        assert server.seen[0][1]["authorization"] == "bearer sk-own"
    assert [sending.what for sending in sendings] == ["on", "asked"]
    assert "doubt" not in str(sendings)
    assert "Asked once, on" in vidne("model", "status")[1]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["401", "403", "404", "429", "500", "HTML", "silent", "well", "coaching"])
def test_a_test_says_in_a_sentence_what_came_of_it(vidne, prepared, lang, name):
    example = House(None, lang).messages("model.example").split(". ")[0]
    well = says(f'{WROTE[lang].split(":")[0]}: "{example}".')
    coaching = says("You should rest.", "Du burde hvile.")
    with serving({**FAULTS, "well": well, "coaching": coaching}[name]) as server:
        vidne("model", "on", "openai/small", server.address, lines="no\n")
        with (vidne.home / "config.toml").open("a") as file:
            file.write("seconds = 0.6\n" if name == "silent" else "")
        code, said = vidne("--lang", lang, "model", "test")
    assert code == (name != "well")
    assert len(said.strip().splitlines()) == 1


def test_every_fault_has_its_sentence_in_both_languages():
    whys = {*through_litellm.STATUSES.values(), *(why for _, why in through_litellm.CAUSES)}
    whys |= {"failing", "unexpected", "cut_off", "empty", "too_much", "not_installed", "unwritten", "late"}
    for lang in LANGS:
        messages = House(None, lang).messages
        assert all(messages(f"model.{why}") for why in whys)


def test_litellm_is_imported_by_nothing_but_a_request(tmp_path):
    script = (
        "import sys; from assistant.__main__ import main; sys.argv = ['vidne', 'talk', 'weekly', '--plain']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nprint('litellm' in sys.modules)"
    )
    lines = f"Hej\n{ANSWER['en']}\n"
    done = subprocess.run([sys.executable, "-c", script], input=lines, capture_output=True, text=True)
    assert done.stdout.endswith("False\n")


# What is shown before the yes


@pytest.mark.parametrize("lang", LANGS)
def test_on_a_small_screen_the_receiver_stands_beside_the_question_and_no_word_is_broken(vidne, lang):
    address = "http://127.0.0.1:9/v1"
    program = [sys.executable, "-m", "assistant", "--lang", lang, "model", "on", "openai/small", address]
    say = House(None, lang).messages
    with Terminal(vidne.home, program=[*program, "--home", str(vidne.home)]) as terminal:
        seen = terminal.until(say("model.ask"))
        told = " ".join(seen.split())
        assert say("model.receiver", receiver=f"openai/small ({address})") in told
        assert say("model.stays_here") in told
        example = say("model.example", name="Karen").replace("Karen", {"da": "NAVN1", "en": "NAME1"}[lang])
        assert example.split(" {")[0].split("@")[0].rsplit(" ", 1)[0] in told
        terminal.send("nej\r")


@pytest.mark.parametrize(("lang", "no"), [("da", "nej"), ("da", ""), ("da", "j"), ("en", "y"), ("en", "no")])
def test_nothing_but_the_whole_word_turns_it_on(vidne, lang, no):
    assert vidne("--lang", lang, "model", "on", "openai/small", "http://127.0.0.1:9/v1", lines=f"{no}\n")[0] == 1
    assert json.loads(vidne("model", "status", "--json")[1])["state"] == "off"


def test_where_what_asks_is_not_installed_it_is_said_before_the_yes(vidne, monkeypatch):
    monkeypatch.setattr(choice, "installed", lambda: False)
    say = House(None, "en").messages
    assert say("model.not_installed") in vidne("model", "on", "openai/small", lines="no\n")[1]
    assert say("model.not_installed") in vidne("model", "status")[1]


@pytest.mark.parametrize(
    "address",
    [
        "http://anna:hemmelig@model.example.com/v1",
        "http://hemmelig@127.0.0.1:9/v1",
        "https://model.example.com/v1?key=hemmelig",
        "https://model.example.com/v1#hemmelig",
    ],
)
def test_a_secret_in_an_address_is_neither_taken_nor_shown(vidne, address):
    code, said = vidne("model", "on", "openai/small", address, lines="yes\n")
    assert code == 1
    assert said == House(None, "en").messages("trouble.model_secret") + "\n"
    assert not (vidne.home / "config.toml").exists()
    (vidne.home / "config.toml").write_text(f'[model]\nname = "openai/small"\naddress = "{address}"\n')
    for command in ("status", "test", "on"):
        code, said = vidne("model", command)
        assert code == 1
        assert "hemmelig" not in said


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("openai/\\u001b[31msmall", "http://127.0.0.1:9/v1"),
        ("openai/sm\\u202eall", "http://127.0.0.1:9/v1"),
        ("openai/small", "http://127.0.0.1\\u001b]0;x\\u0007:9/v1"),
        ("openai/small", "https://\\u0430pi.openai.com/v1"),
        ("openai/small", "http://127.0.0.1:99999/v1"),
    ],
)
def test_what_steers_a_terminal_or_looks_like_another_host_is_no_receiver(vidne, name, address):
    (vidne.home / "config.toml").write_text(f'[model]\nname = "{name}"\naddress = "{address}"\n')
    code, said = vidne("model", "status")
    assert code == 1
    assert said.isascii() and said.removesuffix("\n").isprintable()


def test_the_limits_stay_where_another_model_is_chosen(vidne):
    vidne("model", "on", "openai/small", "http://127.0.0.1:9/v1", lines="no\n")
    with (vidne.home / "config.toml").open("a") as file:
        file.write("seconds = 60\ntokens = 100\n")
    vidne("model", "on", "ollama_chat/other", lines="no\n")
    settings = House(vidne.home, "en").model.settings
    assert (settings.name, settings.seconds, settings.tokens) == ("ollama_chat/other", 60, 100)


# For machines


def test_status_tells_a_machine_all_it_tells_a_person(vidne):
    assert json.loads(vidne("model", "status", "--json")[1]) == {
        "state": "none",
        "model": None,
        "key": False,
        "installed": True,
        "unread": [],
        "noted": [],
        "asked": {"times": 0, "last": None},
    }
    vidne("model", "on", "openai/small", "http://127.0.0.1:9/v1", lines="yes\n")
    told = json.loads(vidne("model", "status", "--json")[1])
    assert told["state"] == "on"
    assert told["model"] == {"name": "openai/small", "address": "http://127.0.0.1:9/v1", "stays_here": True}
    assert told["key"] is True
    assert told["noted"] == [{"what": "on", "at": NOW.isoformat(), "receiver": "openai/small (http://127.0.0.1:9/v1)"}]


@pytest.mark.parametrize(("name", "came"), [("401", "key"), ("HTML", "empty"), ("coaching", "unfit")])
def test_test_tells_a_machine_what_came_of_it(vidne, prepared, name, came):
    with serving({**FAULTS, "coaching": says("You should rest.")}[name]) as server:
        vidne("model", "on", "openai/small", server.address, lines="no\n")
        code, said = vidne("model", "test", "--json")
    told = json.loads(said)
    assert (code, told["well"], told["came"]) == (1, False, came)
    assert told["what"] and told["seconds"] >= 0
    assert "sk-own" not in said


# What a test does


def test_a_test_is_timed_from_when_all_is_prepared(vidne):
    """In a new process, where litellm is not imported yet: that takes longer than the answer may."""
    with serving(FAULTS["401"]) as server:
        vidne("model", "on", "openai/small", server.address, lines="no\n")
        with (vidne.home / "config.toml").open("a") as file:
            file.write("seconds = 2\n")
        command = [sys.executable, "-m", "assistant", "--lang", "en", "model", "test", "--home", str(vidne.home)]
        done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout == House(None, "en").messages("model.key") + "\n"
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize("fault", [FAULTS["stalled"], endless])
def test_a_process_whose_model_stalls_says_one_sentence_and_ends(vidne, fault):
    with serving(fault) as server:
        vidne("model", "on", "openai/small", server.address, lines="no\n")
        with (vidne.home / "config.toml").open("a") as file:
            file.write("seconds = 4\n")
        command = [sys.executable, "-m", "assistant", "--lang", "en", "model", "test", "--home", str(vidne.home)]
        done = subprocess.run(command, capture_output=True, text=True)
        assert server.hung_up.wait(30)
    assert done.stdout == House(None, "en").messages("model.late") + "\n"
    assert (done.returncode, done.stderr) == (1, "")


def test_where_the_group_said_no_not_even_a_test_is_sent(vidne):
    with serving(says("You wrote it.")) as server:
        vidne("model", "on", "openai/small", server.address, lines="yes\n")
        own = vidne.home / "prompts" / "model"
        own.mkdir(parents=True)
        (own / "model.toml").write_text("allowed = false\n")
        code, said = vidne("model", "test")
        assert (code, server.seen) == (1, [])
    assert said == House(None, "en").messages("trouble.model_vetoed") + "\n"


@pytest.mark.parametrize("broken", [b"allowed = tru", b"\xff\xfe", b"x" * 100_000, None])
def test_a_no_that_cannot_be_read_counts_as_one_and_keeps_nobody_from_writing(vidne, broken):
    vidne("model", "on", "openai/small", "http://127.0.0.1:9/v1", lines="yes\n")
    veto = vidne.home / "prompts" / "model" / "model.toml"
    veto.parent.mkdir(parents=True)
    veto.mkdir() if broken is None else veto.write_bytes(broken)
    code, said = vidne("model", "status")
    assert code == 1
    assert "model.toml" in said and len(said.splitlines()) == 1
    house = House(vidne.home, "en", clock=lambda: NOW)
    assert house.model.reflector() is None
    assert "> From the ward" in talk(house, "From the ward\n")
    house.close()


def test_a_key_may_come_through_a_pipe(vidne, monkeypatch):
    from assistant.backend import secret

    kept = {}
    monkeypatch.setattr(secret, "keep", lambda receiver, key: kept.update({receiver: key.strip()}) or True)
    vidne("model", "on", "openai/small", "http://127.0.0.1:9/v1", lines="no\n")
    code, said = vidne("model", "key", lines="sk-piped\n")
    assert code == 0 and "sk-piped" not in said
    assert kept == {"openai/small (http://127.0.0.1:9/v1)": "sk-piped"}


@pytest.mark.parametrize("command", ["test", "key", "on"])
def test_without_a_model_one_sentence_says_what_to_type(vidne, command):
    code, said = vidne("model", command)
    assert code == 1
    assert "vidne model on" in said and len(said.splitlines()) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_the_command_alone_says_what_there_is(vidne, lang):
    code, said = vidne("--lang", lang, "model")
    assert code == 2
    assert said.strip() == House(None, lang).messages("cli.model").strip()
