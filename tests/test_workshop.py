"""A facilitator makes the prompts the group's own: nothing built in is written, nothing is lost, all of it shows."""

import contextlib
import io
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.guides.facts import CASES, PARTS
from assistant.guides.fault import Fault
from assistant.guides.phrasing import gist
from assistant.guides.proof.folder import check
from assistant.guides.sandbox.template import Job, answer
from assistant.guides.sandbox.walk import FILTERS
from assistant.guides.workshop.files import EARLIER
from assistant.guides.workshop.texts import Workshop
from assistant.guides.workshop.variables import variables
from assistant.messages import LANGS, Messages
from assistant.prompts import builtin_prompts
from assistant.trouble import Trouble
from tests.test_sandbox import HOSTILE
from tests.workshops import GUIDE, RULE, TEXTS, Line, write, write_all

ROUND = """\
Morgenrunde på M3

Vi står op. 6 minutter i alt.

Hej {{ member.name }}.

Inden vi går i gang:

1. Sæt dig selv på en skala fra 0 til 10.
2. Hvad har du stadig i hænderne fra vagten?
   (en stue, en lyd)

Til de andre: I skal ikke trøste.
"""


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def own(home):
    return home / "prompts"


@pytest.fixture
def vidne(home, capsys):
    return Line(home, capsys)


@pytest.fixture(autouse=True)
def nothing_built_in_is_written():
    def as_it_is():
        return {path: path.stat().st_mtime_ns for path in builtin_prompts().rglob("*")}

    before = as_it_is()
    yield
    assert as_it_is() == before


# What there is


def test_everything_is_listed_with_what_is_changed(vidne, own):
    assert vidne("prompts", "list").startswith(Messages.load("da")("workshop.nothing_own"))
    write(own, "weekly/da/hard.md", "Hvad var tungt?")
    write_all(own, TEXTS)
    write(own, "witness/da/advice.toml", RULE)
    listed = vidne("prompts", "list")
    assert re.search(r"^\*   hard .*\(da\)$", listed, re.MULTILINE)
    assert re.search(r"^    notice ", listed, re.MULTILINE)
    assert re.search(r"^\+ trial · Prøve", listed, re.MULTILINE)
    assert "witness/da/advice.toml" in listed
    held = vidne.json("prompts", "list")
    weekly = next(guide for guide in held["guides"] if guide["id"] == "weekly")
    assert [step["id"] for step in weekly["steps"] if step["whose"] != "built_in"] == ["hard"]
    assert held["beside"] == ["witness/da/advice.toml"]
    assert [guide["id"] for guide in vidne.json("prompts", "list", "trial")["guides"]] == ["trial"]


def test_a_guide_with_a_fault_is_listed_and_can_be_put_right(vidne, own):
    write_all(own, {**TEXTS, "trial/guide.toml": GUIDE.replace("needs", "neds")})
    assert "vidne prompts check trial" in vidne("prompts", "list")
    assert "neds" in vidne("prompts", "check", "trial", code=1)
    write(own, "trial/guide.toml", "][")
    assert vidne.json("prompts", "list", "trial")["guides"][0]["is_faulty"] is True


def test_a_text_is_shown_as_it_stands_and_as_it_came(vidne, own):
    built_in = (builtin_prompts() / "weekly/da/hard.md").read_text("utf-8")
    assert vidne("prompts", "show", "weekly", "hard") == built_in
    write(own, "weekly/da/hard.md", "Hvad var tungt?\n")
    assert vidne("prompts", "show", "weekly", "hard") == "Hvad var tungt?\n"
    assert vidne("prompts", "show", "weekly/da/hard.md", "--original") == built_in
    assert "[[step]]" in vidne("prompts", "show", "weekly")
    assert vidne.json("prompts", "show", "weekly", "hard")["whose"] == "changed"


@pytest.mark.parametrize(
    "words",
    [("none",), ("weekly", "none"), ("../x",), ("weekly/../../x.md",), ("/etc/passwd",), ("weekly/da/none.md",),
     ("weekly/da/.hidden.md",), ("weekly/da/no\x1btice.md",), ("weekly/da",)],
)  # fmt: skip
def test_a_name_that_is_none_is_misuse_and_leads_nowhere(vidne, words):
    for command in ("show", "copy"):
        assert "\x1b" not in vidne("prompts", command, *words, code=2)


# Changing


def test_a_copy_is_made_once_and_reset_sets_it_aside(vidne, own):
    built_in = (builtin_prompts() / "weekly/da/hard.md").read_text("utf-8")
    vidne("prompts", "copy", "weekly", "hard")
    assert sorted(path.name for path in (own / "weekly/da").iterdir()) == ["hard.md", "hard.why.md"]
    assert vidne("prompts", "diff").strip() == Messages.load("da")("workshop.no_difference")
    write(own, "weekly/da/hard.md", built_in.replace("svært", "tungt"))
    assert "tungt" in (own / "weekly/da/hard.md").read_text("utf-8")
    vidne("prompts", "copy", "weekly", "hard")
    assert "tungt" in (own / "weekly/da/hard.md").read_text("utf-8")
    assert "+Hvad var tungt" in vidne("prompts", "diff", "weekly", "hard")
    assert "-Hvad var svært" in vidne("prompts", "diff")
    assert [changed["name"] for changed in vidne.json("prompts", "diff")["changed"]] == ["weekly/da/hard.md"]
    vidne("prompts", "reset", "weekly", "hard")
    assert not (own / "weekly/da/hard.md").exists()
    assert "tungt" in (own / EARLIER / "weekly/da/hard.md").read_text("utf-8")
    assert vidne("prompts", "show", "weekly", "hard") == built_in


def test_all_is_reset_at_once_but_what_only_the_group_has(vidne, own):
    write_all(own, TEXTS)
    write(own, "weekly/da/hard.md", "Hvad var tungt?")
    write(own, "weekly/guide.toml", (builtin_prompts() / "weekly/guide.toml").read_text("utf-8") + "\n# ny\n")
    vidne("prompts", "reset", code=2)
    vidne("prompts", "reset", "--all")
    assert not (own / "weekly").exists()
    assert (own / "trial/guide.toml").exists()
    vidne("prompts", "reset", "trial", "notice")
    assert (own / "trial/da/notice.md").exists()


def test_a_whole_guide_and_its_order_can_be_copied(vidne, own):
    vidne("prompts", "copy", "weekly", "guide")
    assert [str(path.relative_to(own)) for path in own.rglob("*.*")] == ["weekly/guide.toml"]
    vidne("prompts", "copy", "weekly")
    assert (own / "weekly/en/hard.why.md").is_file()
    assert vidne("prompts", "check").startswith("Alt er")


def test_what_is_written_is_for_its_owner_only_and_whole(own):
    workshop = Workshop(own, Messages.load("da"), "da")
    before = os.umask(0)
    try:
        path = workshop.save("weekly/da/hard.md", "Hvad var tungt?\x1b[2J")
    finally:
        os.umask(before)
    assert path.read_text("utf-8") == "Hvad var tungt?\n"
    assert {oct(at.stat().st_mode & 0o777) for at in own.parent.rglob("*")} == {"0o600", "0o700"}
    workshop.save("weekly/da/hard.md", "Hvad var let?")
    assert (own / EARLIER / "weekly/da/hard.md").read_text("utf-8") == "Hvad var tungt?\n"
    assert [path.name for path in (own / "weekly/da").iterdir()] == ["hard.md"]


def test_nothing_is_written_through_a_link(own, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    own.mkdir(parents=True)
    (own / "weekly").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Trouble):
        Workshop(own, Messages.load("da"), "da").save("weekly/guide.toml", "x = 1")
    write(own, "trial/da/notice.md", "?").unlink()
    (own / "trial/da/notice.md").symlink_to(tmp_path / "secret")
    with pytest.raises(Trouble):
        Workshop(own, Messages.load("da"), "da").save("trial/da/notice.md", "?")
    assert list((tmp_path / "elsewhere").iterdir()) == [] and not (tmp_path / "secret").exists()


@pytest.mark.parametrize("name", ["../x.md", "weekly/../x.md", "/x.md", "x.md", "weekly/da/x.txt", "weekly/da/X.md",
                                  ".x/y.md", "weekly//x.md", "weekly\\x.md"])  # fmt: skip
def test_only_a_text_can_be_saved(own, name):
    with pytest.raises(Trouble):
        Workshop(own, Messages.load("da"), "da").save(name, "?")
    assert not own.exists()


# Checking


def test_a_folder_is_looked_at_as_if_it_were_the_groups_own(vidne, tmp_path):
    folder = write_all(tmp_path / "pack", TEXTS)
    assert vidne("prompts", "check", folder).startswith("Alt er")
    write(folder, "trial/da/notice.md", "Hej {{ nmae }}.\n---\nDu burde hvile dig. Hvad så du?\n")
    told = vidne("prompts", "check", folder, code=1)
    assert f"{folder}/trial/da/notice.md:1:8: Vidne ved ikke, hvad nmae er. Mente du name?" in told
    assert "    Hej {{ nmae }}.\n           ^^^^\n" in told
    assert f'{folder}/trial/da/notice.md:3:1: "Du burde hvile dig' in told
    held = vidne.json("prompts", "check", folder, code=1)
    assert held["verdict"] == "faulty"
    assert [(fault["line"], fault["column"], fault["rule"]) for fault in held["findings"]] == [
        (1, 8, "unknown_variable"), (3, 1, "da.advice.burde")
    ]  # fmt: skip
    assert all(fault["what"] and fault["todo"] and fault["file"].endswith("notice.md") for fault in held["findings"])


def test_one_guide_or_everything_can_be_looked_at_and_what_is_neither_is_misuse(vidne, own, tmp_path, monkeypatch):
    assert vidne.json("prompts", "check") == {"verdict": "well", "findings": []}
    write_all(own, TEXTS)
    write(own, "weekly/da/hard.md", "{{ nmae }}")
    vidne("prompts", "check", "trial")
    vidne("prompts", "check", "weekly", code=1)
    vidne("prompts", "check", code=1)
    vidne("prompts", "check", tmp_path / "none", code=2)
    vidne("prompts", "check", write(tmp_path, "file.md", "?"), code=2)
    (tmp_path / "weekly").mkdir()
    monkeypatch.chdir(tmp_path)
    vidne("prompts", "check", "weekly")


def test_every_known_attack_is_refused_by_the_check_and_when_it_is_asked(vidne, own):
    attacks = [text for text in HOSTILE if "---" not in text and "\n" not in text and len(text) < 400]
    write_all(own, {**TEXTS, "trial/da/notice.md": "\n---\n".join(attacks)})
    held = vidne.json("prompts", "check", "trial", code=1)
    assert {fault["line"] for fault in held["findings"]} == set(range(1, 2 * len(attacks), 2))
    assert len(attacks) > 60
    for number in (1, len(attacks) // 2, len(attacks)):
        assert "notice.md" in vidne("prompts", "preview", "trial", "notice", "--phrasing", number, code=1)


NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12) | (
    st.sampled_from(
        ["weekly", "da", "guide.toml", "hard.md", ".", "witness", "crisis", "dk.toml", "advice.toml", "x y"]
    )
)


@given(st.dictionaries(st.lists(NAMES, min_size=1, max_size=4).map("/".join), st.text(max_size=30), max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_files_of_any_names_are_faults_and_no_traceback(tmp_path_factory, files):
    folder = tmp_path_factory.mktemp("pack")
    for name, text in files.items():
        with contextlib.suppress(OSError):
            if ".." not in name.split("/"):
                write(folder, name, text.encode("utf-8", "replace"))
    faults = check((folder, builtin_prompts()), Messages.load("da"))
    assert all(isinstance(fault, Fault) for fault in faults)


def test_it_speaks_the_language_asked_for(home, capsys, tmp_path):
    folder = write_all(tmp_path / "pack", {**TEXTS, "trial/da/notice.md": "{{ nmae }}"})
    assert "Did you mean name?" in Line(home, capsys, "en")("prompts", "check", folder, code=1)


# Seeing it as a member does


def test_a_question_is_seen_as_a_member_sees_it(vidne, own):
    assert "Karen" in vidne("prompts", "preview", "weekly", "arriving")
    assert "Karen" not in vidne("prompts", "preview", "weekly", "arriving", "--name", "")
    assert "Ali" in vidne("prompts", "preview", "weekly", "arriving", "--name", "Ali")
    ways = {vidne("prompts", "preview", "weekly", "hard", "--phrasing", n) for n in range(1, 7)}
    assert len(ways) == 6
    vidne("prompts", "preview", "weekly", "hard", "--phrasing", 7, code=2)
    vidne("prompts", "preview", "weekly", "none", code=2)
    assert vidne("prompts", "preview", "weekly", "hard", "--week", 2) in ways | {
        vidne("prompts", "preview", "weekly", "hard", "--week", 2, "--phrasing", n) for n in range(1, 7)
    }
    assert "Hvorfor:" in vidne("prompts", "preview", "weekly", "hard", "--why")
    write(own, "weekly/da/hard.md", "{{ nmae }}")
    assert "hard.md" in vidne("prompts", "preview", "weekly", "hard", code=1)


def test_every_step_of_every_guide_can_be_previewed_in_the_first_week(vidne):
    for guide in vidne.json("prompts", "list")["guides"]:
        for step in guide["steps"]:
            assert vidne.json("prompts", "preview", guide["id"], step["id"])["text"]


# Variables


def test_every_variable_is_documented_and_every_sample_is_let_through(vidne):
    for lang in LANGS:
        known = {variable.name: variable for variable in variables(Messages.load(lang))}
        parts = {f"{name}.{part}" for name, of in PARTS.items() for part in of}
        assert known.keys() == CASES.keys() | parts
        for variable in known.values():
            assert variable.about and variable.samples
            for sample in variable.samples:
                assert answer(Job(sample)).flaw is None, sample
    told = vidne("prompts", "variables")
    assert all(name in told for name in (*CASES, *FILTERS, "loop.index"))
    assert {row["name"] for row in vidne.json("prompts", "variables")["variables"]} == known.keys()


# A guide of one's own


def test_a_new_guide_passes_the_check_and_can_be_sat_with(vidne, own, monkeypatch):
    vidne("prompts", "new", "efteraar")
    assert vidne("prompts", "check").startswith("Alt er")
    vidne("prompts", "new", "efteraar", code=1)
    assert "efteraar" in vidne("prompts", "list")
    for name in ("Bad", "a b", "../x", "year", "witness", "x" * 50):
        vidne("prompts", "new", name, code=2)


def test_a_round_written_as_plain_text_becomes_a_guide(vidne, own, tmp_path):
    file = write(tmp_path, "runde.txt", ROUND)
    told = vidne("prompts", "new", "m3", "--da", file)
    assert "m3/da/q1.md" in told
    assert vidne("prompts", "check").startswith("Alt er")
    first = vidne("prompts", "preview", "m3", "q1")
    assert first == "Hej Karen.\n\nInden vi går i gang:\n\nSæt dig selv på en skala fra 0 til 10.\n"
    assert "Karen" not in vidne("prompts", "preview", "m3", "q1", "--name", "")
    assert vidne("prompts", "preview", "m3", "q2").endswith("(en stue, en lyd)\n")
    assert "I skal ikke trøste" in (own / "m3/da/q1.md").read_text("utf-8")
    assert "minutes = 6" in (own / "m3/guide.toml").read_text("utf-8")


def test_a_plain_text_with_faults_makes_nothing_and_points_into_itself(vidne, own, tmp_path):
    file = write(tmp_path, "runde.txt", ROUND.replace("Hvad har du stadig", "Du burde hvile. Hvad har du stadig"))
    told = vidne("prompts", "new", "m3", "--da", file, code=1)
    assert f'{file}:10:4: "Du burde hvile' in told
    assert not own.exists()
    write(tmp_path, "runde.txt", ROUND.replace("member.name", "patient"))
    assert f"{file}:" in vidne("prompts", "new", "m3", "--da", file, code=1)
    for text in ("", "\n\n", "Kun en titel", b"\xff\xfe", "x" * 70_000):
        vidne("prompts", "new", "m3", "--da", write(tmp_path, "runde.txt", text), code=1)
    vidne("prompts", "new", "m3", "--da", tmp_path / "none.txt", code=2)
    assert not own.exists()


def test_a_round_in_both_languages(vidne, tmp_path):
    da = write(tmp_path, "da.txt", "Runde\n\n1. Hvad så du?\n")
    en = write(tmp_path, "en.txt", "Round\n\nWhat was it?\n")
    vidne("prompts", "new", "runde", "--da", da, "--en", en)
    assert vidne("prompts", "preview", "runde", "q1", "--lang", "en") == "What was it?\n"
    write(tmp_path, "en.txt", "Round\n\nWhat was it?\nWho was there?\n")
    vidne("prompts", "new", "anden", "--da", da, "--en", en, code=1)


@pytest.mark.parametrize("words", [("list",), ("show", "weekly"), ("check",), ("variables",), ("diff",)])
def test_no_home_is_made_by_looking(vidne, home, words):
    vidne("prompts", *words)
    assert not home.exists()


def test_every_command_has_its_help_in_both_languages(home, capsys):
    for lang in LANGS:
        for name in ("list", "show", "check", "preview", "copy", "diff", "reset", "new", "pack", "unpack", "variables"):
            assert f"vidne prompts {name}" in Line(home, capsys, lang)("prompts", name, "--help")


def test_the_screen_needs_no_command_line(own):
    workshop = Workshop(Path(own), Messages.load("da"), "da")
    assert workshop.original("weekly/da/hard.md") == workshop.read("weekly/da/hard.md")
    assert workshop.diff("weekly/da/hard.md") == ()
    workshop.save("weekly/da/hard.md", "Hvad var tungt?")
    assert workshop.whose("weekly/da/hard.md") == "changed"
    assert any(line == "+Hvad var tungt?" for line in workshop.diff("weekly/da/hard.md"))
    assert workshop.reset("weekly/da/hard.md") and workshop.whose("weekly/da/hard.md") == "built_in"


def test_what_a_command_does_it_tells_a_machine_too(vidne, own, tmp_path):
    copied = vidne.json("prompts", "copy", "weekly", "hard")
    assert (copied["copied"], copied["there"]) == (["weekly/da/hard.md", "weekly/da/hard.why.md"], [])
    assert vidne.json("prompts", "copy", "weekly", "hard")["there"] == copied["copied"]
    write(own, "weekly/da/hard.md", "Hvad var tungt?\n")
    made = vidne.json("prompts", "new", "runde")
    assert made["guide"] == "runde" and "runde/da/notice.md" in made["texts"]
    packed = vidne.json("prompts", "pack", tmp_path / "a.zip")
    assert set(packed["texts"]) == {*copied["copied"], *made["texts"]}
    assert set(vidne.json("prompts", "unpack", tmp_path / "a.zip")["same"]) == set(packed["texts"])
    write(own, "weekly/da/hard.md", "Hvad var svært på vagten?\n")
    refused = vidne.json("prompts", "unpack", tmp_path / "a.zip", code=1)
    assert (refused["verdict"], refused["replaced"]) == ("would_replace", ["weekly/da/hard.md"])
    assert vidne.json("prompts", "unpack", tmp_path / "a.zip", "--replace")["verdict"] == "unpacked"
    assert "weekly/da/hard.md" in vidne.json("prompts", "reset", "weekly", "hard")["reset"]
    write(own, "weekly/da/hard.md", "Du burde hvile.\n")
    assert vidne.json("prompts", "pack", tmp_path / "b.zip", code=1)["findings"][0]["rule"] == "da.advice.burde"
    round_ = write(tmp_path, "runde.txt", "Runde\n\n1. Du burde hvile. Hvad så du?\n")
    assert vidne.json("prompts", "new", "anden", "--da", round_, code=1)["findings"][0]["line"] == 3
    gists = {step["id"]: step["gist"] for step in vidne.json("prompts", "list", "weekly")["guides"][0]["steps"]}
    assert gists["notice"] == "Tag ét øjeblik fra ugen. Hvad så du?"


def test_a_members_lines_are_given_to_a_machine_and_so_is_what_was_found(vidne, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    vidne("practice", "Jeg gik en tur")
    (day,) = vidne.json("practice", "--list")["days"]
    assert day["lines"] == ["Jeg gik en tur"]
    (hit,) = vidne.json("search", "går")["found"]
    assert (hit["day"], hit["text"], hit["hits"]) == (day["day"], "Jeg gik en tur", ["gik"])
    assert vidne.json("search", "kanariefugl", code=1) == {"found": []}
    vidne("practice", "--json", "en linje", code=2)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{# note #}{% if name %}Hej {{ name }}. {% endif %}Hvad så du?\n---\nAndet?", "Hvad så du?"),
        ("{% if name %}{{ name }}, hvad{% else %}Hvad{% endif %} **så**\ndu?", "Hvad så du?"),
        ("{% for line in old_lines %}– {{ line }}{% endfor %}Hvad nu?", "Hvad nu?"),
        ("{% if name %}Hej {{ name }}{% endif %}", "Hej …"),
        ("{% include '_a.md' %}", ""),
        ("{% if a %}{% if b %}x{% endif %}y{% endif %}z", "z"),
        ("{{ ", "{{"),
    ],
)
def test_a_text_is_listed_by_the_words_that_are_always_there(text, shown):
    assert gist(text) == shown


@given(st.text(st.characters() | st.sampled_from("{}%# \n"), max_size=400))
def test_any_text_has_its_first_words_on_one_line(text):
    assert "\n" not in gist(text)
