"""A guide is asked as it was written, or not at all, and then the person who wrote it is told where and what to do."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.guides.facts import CASES, Facts, OlderWords
from assistant.guides.fault import Fault
from assistant.guides.guide import ASIDE
from assistant.guides.library import Library
from assistant.guides.phrasing import of_the_week, phrasings, tidy
from assistant.guides.sandbox.template import Job, answer
from assistant.guides.shelf import LONGEST
from assistant.messages import LANGS, Messages
from assistant.prompts import builtin_prompts
from assistant.trouble import Trouble

GUIDE = """\
title = { da = "Prøve", en = "Trial" }
with = "member"
minutes = 5

[[step]]
id = "notice"
reflect = true

[[step]]
id = "thread"
needs = "thread"
"""


@pytest.fixture
def prompts(tmp_path) -> Path:
    """A folder with a small guide in it, with nothing wrong."""
    folder = tmp_path / "prompts"
    write(folder, "trial/guide.toml", GUIDE)
    for lang, question in (("da", "Hvad så du?"), ("en", "What did you see?")):
        write(folder, f"trial/{lang}/notice.md", question)
        write(folder, f"trial/{lang}/notice.why.md", f"Why {lang}.")
        write(folder, f"trial/{lang}/thread.md", '"{{ thread }}"\n\n' + question)
        write(folder, f"trial/{lang}/thread.why.md", f"Why {lang}.")
    return folder


def write(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def library(*folders: Path, lang: str = "en") -> Library:
    return Library(folders, lang)


def faults(folder: Path, lang: str = "en") -> list[tuple[str, int, int, str]]:
    """Give what the proof finds: the file within the guide, its place, and what to do, if it is well said."""
    found = library(folder, lang=lang).prove("trial")
    assert all(fault.what.endswith(".") and fault.todo and "{name" not in fault.what for fault in found)
    inside = folder.resolve() / "trial"
    return [(str(fault.file.relative_to(inside)), fault.line, fault.column, fault.what) for fault in found]


# Asking


def test_a_guide_is_what_its_file_says(prompts):
    guide = library(prompts).guide("trial")
    assert (guide.id, guide.title["da"], guide.company, guide.minutes) == ("trial", "Prøve", "member", 5)
    assert [(step.id, step.kind, step.reflect, step.needs) for step in guide.steps] == [
        ("notice", "ask", True, None),
        ("thread", "ask", False, "thread"),
    ]
    assert library(prompts).names() == ("trial",)
    assert library(prompts).guides() == (guide,)


def test_a_question_comes_in_the_language_asked_for_with_the_facts_filled_in(prompts):
    assert library(prompts, lang="da").question("trial", "notice", Facts()) == "Hvad så du?"
    assert library(prompts).question("trial", "thread", Facts(thread="a wall")) == '"a wall"\n\nWhat did you see?'
    assert library(prompts, lang="da").why("trial", "notice") == "Why da."


def test_the_nearest_copy_of_a_file_wins_file_by_file(prompts, tmp_path):
    own = tmp_path / "own"
    write(own, "trial/en/notice.md", "What was there?")
    assert library(own, prompts).question("trial", "notice", Facts()) == "What was there?"
    assert library(own, prompts).why("trial", "notice") == "Why en."
    assert library(own, prompts, lang="da").question("trial", "notice", Facts()) == "Hvad så du?"
    assert library(own, prompts).prove("trial") == ()


def test_a_question_may_take_in_a_piece_of_either_folder(prompts, tmp_path):
    own = tmp_path / "own"
    for lang in LANGS:
        write(prompts, f"trial/{lang}/_hello.md", "Hello{% if name %} {{ name }}{% endif %}.")
        write(prompts, f"trial/{lang}/notice.md", '{% include "_hello.md" %} What did you see?')
    assert library(prompts).question("trial", "notice", Facts(name="Niamh")) == "Hello Niamh. What did you see?"
    assert library(prompts).prove("trial") == ()
    write(own, "trial/en/_hello.md", "Hi.")
    assert library(own, prompts).question("trial", "notice", Facts(name="Niamh")) == "Hi. What did you see?"


def test_no_white_space_is_left_around_a_question_and_no_holes_in_it(prompts):
    write(prompts, "trial/en/notice.md", "\n\nOne.\n\n{% if name %}\n{{ name }}\n{% endif %}\n\n\nTwo.\n\nThree.  \n\n")
    assert library(prompts).question("trial", "notice", Facts()) == "One.\n\nTwo.\n\nThree."


def test_a_template_cannot_steer_the_terminal(prompts):
    write(prompts, "trial/en/notice.md", 'a\u202e{{ "\\x1b[31mb\\x9b\\u202e\\ud800" }}c\u2067')
    assert library(prompts).question("trial", "notice", Facts()) == "abc"


def test_what_a_member_wrote_is_shown_and_not_filled_in(prompts):
    words = "{{ 7*7 }} {% include '/etc/passwd' %}"
    assert words in library(prompts).question("trial", "thread", Facts(thread=words))


def test_windows_line_ends_and_marks_are_read_as_any_other(prompts):
    write(prompts, "trial/en/notice.md", b"\xef\xbb\xbfOne?\r\n---  \r\nTwo?\r\n")
    asked = {library(prompts).question("trial", "notice", Facts(week=week)) for week in (1, 2)}
    assert asked == {"One?", "Two?"}
    assert faults(prompts) == []


# Phrasings


@given(st.integers(1, 2_000), st.text(min_size=1), st.integers(1, 9))
def test_neighbouring_weeks_are_asked_differently_and_every_phrasing_comes_round(week, step_id, n):
    ways = phrasings("\n---\n".join(f"way {k}" for k in range(n)))
    turns = [of_the_week(ways, step_id, week + k).text for k in range(n)]
    assert len(set(turns)) == n
    assert turns == [of_the_week(ways, step_id, week + k).text for k in range(n)]


STEPS = ("arriving", "practice", "notice", "hard", "naming", "carry", "close")


@pytest.mark.parametrize("step_id", STEPS)
def test_the_first_week_asks_what_stands_first(step_id):
    assert of_the_week(phrasings("a\n---\nb\n---\nc"), step_id, 1).text.strip() == "a"


def test_steps_go_through_their_phrasings_at_different_strides():
    ways = phrasings("a\n---\nb\n---\nc\n---\nd\n---\ne")
    assert len({of_the_week(ways, step_id, 2).text for step_id in STEPS}) > 1


@given(st.lists(st.text(st.characters(exclude_characters="-\r", exclude_categories=["Cs"])), min_size=1))
def test_dividing_a_text_gives_its_parts_and_the_lines_they_begin_at(parts):
    text = "\n---\n".join(parts)
    ways = phrasings(text)
    assert [way.text.removesuffix("\n") for way in ways[:-1]] == parts[:-1]
    assert ways[-1].text == parts[-1]
    lines = text.split("\n")
    assert all(lines[way.line - 1] == way.text.split("\n")[0] for way in ways)


# Faults


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "what"),
    [
        ('id = "notice"', 'id = "notice', 6, 13, "The file cannot be read as TOML"),
        ("minutes = 5", "x = " + "[" * 9_999, 1, 1, "The file cannot be read as TOML"),
        ("minutes = 5", "minutes = " + "9" * 9_999, 1, 1, "The file cannot be read as TOML"),
        ("reflect = true", "reflekt = true", 7, 1, "Vidne does not know the key reflekt."),
        ("minutes = 5", "minutes = 5\nsteps = 3", 4, 1, "Vidne does not know the key steps."),
        ("minutes = 5", 'minutes = "5"', 3, 1, "minutes cannot be 5."),
        ("minutes = 5", "minutes = true", 3, 1, "minutes cannot be True."),
        ("minutes = 5", "minutes = 0", 3, 1, "minutes cannot be 0."),
        ("minutes = 5\n", "", 1, 1, "minutes is missing."),
        ('with = "member"', 'with = "boss"', 2, 1, "with cannot be boss."),
        ('en = "Trial"', 'de = "Probe"', 1, 1, "title cannot be"),
        ('en = "Trial"', 'en = " "', 1, 1, "title cannot be"),
        ('id = "thread"', 'id = "notice"', 10, 1, "Something is called notice already."),
        ('id = "thread"', 'id = "../thread"', 10, 1, "id cannot be ../thread."),
        ('id = "thread"', 'id = "Thread"', 10, 1, "id cannot be Thread."),
        ('id = "thread"\n', "", 9, 3, "id is missing."),
        ('id = "thread"', 'id = "thread"\nkind = "question"', 11, 1, "kind cannot be question."),
        ('id = "thread"', 'id = "thread"\nstages = ["last"]', 11, 1, "No part of the year is called last"),
        ('id = "thread"', 'id = "thread"\nstages = "last"', 11, 1, "stages cannot be last."),
        ('needs = "thread"', 'needs = "tread"', 11, 1, "needs cannot be tread."),
        ("reflect = true", 'reflect = "true"', 7, 1, "reflect cannot be true."),
        ("reflect = true", 'needs = "older"', 5, 3, "The guide asks nothing"),
        ("[[step]]\nid = \"notice\"", "[step]\nid = \"notice\"", 9, 7, "The file cannot be read as TOML"),
        ("minutes = 5", 'minutes = 5\n[[stage]]\nid = "late"\nfrom_month = 2', 6, 1, "No part of the year begins"),
    ],
)  # fmt: skip
def test_a_fault_in_the_structure_names_its_place_and_keeps_the_guide_from_being_sat_with(
    prompts, old, new, line, column, what
):
    assert old in GUIDE
    write(prompts, "trial/guide.toml", GUIDE.replace(old, new))
    found = [fault for fault in faults(prompts) if fault[0] == "guide.toml"]
    assert (line, column) in [fault[1:3] for fault in found]
    assert [fault for fault in found if fault[3].startswith(what)]
    assert len([fault for fault in faults(prompts, "da") if fault[0] == "guide.toml"]) == len(found)
    with pytest.raises(Trouble) as trouble:
        library(prompts).guide("trial")
    assert what in Messages.load("en")(trouble.value.key, **trouble.value.values)


def test_an_unknown_key_is_answered_with_the_nearest_right_one(prompts):
    write(prompts, "trial/guide.toml", GUIDE.replace("reflect", "refelct"))
    (fault,) = library(prompts, lang="da").prove("trial")
    assert (fault.what, "reflect" in fault.todo) == ("Vidne kender ikke nøglen refelct.", True)


STAGES = '[[stage]]\nid = "first"\nfrom_month = 1\n\n[[stage]]\nid = "late"\nfrom_month = {month}\n'


@pytest.mark.parametrize(
    ("extra", "what"),
    [
        (STAGES.format(month=1), "first and late begin in the same month"),
        ('[[step]]\nid = "a"\nkind = "light"\n[[step]]\nid = "b"\nkind = "light"\n', "The step b never comes"),
    ],
)
def test_what_would_never_come_is_a_fault(prompts, extra, what):
    write(prompts, "trial/guide.toml", f"{GUIDE}\n{extra}")
    assert [fault for fault in faults(prompts) if fault[3].startswith(what)]


def test_a_part_of_the_year_without_a_question_is_a_fault(prompts):
    staged = GUIDE.replace('id = "notice"', 'id = "notice"\nstages = ["first"]')
    write(prompts, "trial/guide.toml", f"{staged}\n{STAGES.format(month=6)}")
    (fault,) = library(prompts).prove("trial")
    assert fault.what.startswith("In late there is nothing to ask")


@pytest.mark.parametrize(
    ("name", "text", "line", "column", "what"),
    [
        ("en/notice.md", None, 1, 1, "The file notice.md is missing."),
        ("en/notice.why.md", None, 1, 1, "The file notice.why.md is missing."),
        ("en/notice.why.md", " \n", 1, 1, "There is no text here."),
        ("en/notice.why.md", "So.\nDear {{ name }}", 2, 6, "Nothing is filled in here"),
        ("en/extra.md", "?", 1, 1, "No part of the guide uses the file."),
        ("en/_extra.md", "?", 1, 1, "No part of the guide uses the file."),
        ("notes.txt", "?", 1, 1, "No part of the guide uses the file."),
        ("sv/notice.md", "?", 1, 1, "No part of the guide uses the file."),
        ("en/notice.md", b"One?\nNo\xffw?", 2, 3, "Here is a character that is not UTF-8"),
        ("en/notice.md", "x" * (LONGEST + 1), 1, 1, "The file is larger than 64 kB"),
        ("en/notice.md", "x" * 10_000_000, 1, 1, "The file is larger than 64 kB"),
        ("en/notice.md", "", 1, 1, "There is no text here."),
        ("en/notice.md", "One?\n---\n\u200b\n---\nTwo?", 3, 1, "There is no text here."),
        ("en/notice.md", "One?\n---\n", 3, 1, "There is no text here."),
        ("en/notice.md", "One?\n---\nTwo?\n{% if %}", 4, 1, "Something is missing in {% if %}"),
        ("en/notice.md", b"One?\nNo\0w?", 2, 3, "Here is a character that cannot be seen"),
        ("en/notice.md", "One?\nN\u00e5\x1b[2Jw?", 2, 3, "Here is a character that cannot be seen"),
        ("en/notice.md", "One {week}?", 1, 5, "Here is {week}, and it is shown as it is."),
        ("en/notice.md", "One?\n---\nTwo {{ nam }}?", 3, 8, "Vidne does not know what nam is."),
        ("en/notice.md", "One?\n---\n\nTwo {{ name }}?", 4, 8, "name is not always there, and then the text breaks."),
        ("en/notice.md", "{{ name.__class__ }}", 1, 9, "name has no parts"),
        ("en/notice.md", "{{ lipsum() }}", 1, 10, "( ) cannot be used in a text."),
        ("en/notice.md", "{{ name | uper }}", 1, 11, "Nothing is called |uper."),
        ("en/notice.md", "{{ name | upper(1) }}", 1, 11, "|upper can have at most 0"),
        ("en/notice.md", "{% if name is defined %}a{% endif %}", 1, 15, "A text cannot ask whether"),
        ("en/notice.md", "{% for x in name %}a{% endfor %}", 1, 4, "for can only go through a list"),
        ("en/notice.md", "{% for x, y in picked %}a{% endfor %}", 1, 4, "for can only stand by itself"),
        ("en/notice.md", "{% for x in picked %}" * 3 + "{% endfor %}" * 3, 1, 4, "There are too many for"),
        ("en/notice.md", "{% include name %}", 1, 4, "include can only take in a piece"),
        ("en/notice.md", '{% include "_none.md" %}', 1, 13, "The piece _none.md is not in the folder."),
        ("en/notice.md", '{% include "../da/notice.md" %}', 1, 13, "The piece ../da/notice.md is not"),
        ("en/notice.md", '{% include "notice.md" %}', 1, 13, "The piece notice.md is not"),
        ("en/notice.md", "{{week}}" * 2_001, 1, 1, "The text has more than 2000 parts."),
        ("en/notice.md", "x" * 30_000 + "{{ week }}", 1, 1, "The text becomes longer than"),
        ("en/notice.md", "{{ picked }}", 1, 1, "The text breaks here."),
        (
            "en/notice.md",
            "{% if name %}a{% endif %}",
            1,
            1,
            "name is not always there, and then nothing is left of the text.",
        ),
        ("en/notice.md", "{{ " + "(" * 900 + "1" + ")" * 900 + " }}", 1, 1, "The text has too many layers"),
        ("en/notice.md", "".join(f"{{{{ {name} }}}}" for name in CASES), 1, 1, "The text uses more than 8 of"),
        ("en/_extra.md", b"\xff", 1, 1, "Here is a character that is not UTF-8"),
        ("guide.toml", b"\xff", 1, 1, "Here is a character that is not UTF-8"),
    ],
)
def test_a_fault_in_a_file_names_its_place_in_both_languages(prompts, name, text, line, column, what):
    if text is None:
        (prompts / "trial" / name).unlink()
    else:
        write(prompts, f"trial/{name}", text)
    found = faults(prompts)
    assert [fault[:3] for fault in found] == [(name, line, column)]
    assert found[0][3].startswith(what)
    ((_, _, _, in_danish),) = faults(prompts, "da")
    assert in_danish != found[0][3]
    with pytest.raises(Trouble) as trouble:
        library(prompts).proved("trial")
    assert what in Messages.load("en")(trouble.value.key, **trouble.value.values)


def test_a_fault_in_a_piece_is_told_once_and_where_it_stands(prompts):
    write(prompts, "trial/en/_hello.md", "Hello\n{{ nam }}")
    write(prompts, "trial/en/notice.md", '{% include "_hello.md" %} One?\n---\n{% include "_hello.md" %} Two?')
    ((file, line, column, _),) = faults(prompts)
    assert (file, line, column) == ("en/_hello.md", 2, 4)


def test_a_missing_language_is_one_fault_and_not_one_for_each_file(prompts):
    for path in (prompts / "trial/da").iterdir():
        path.unlink()
    ((file, _, _, what),) = faults(prompts)
    assert (file, what) == ("da", "The guide is missing in the language da.")


def test_all_faults_are_given_and_the_first_is_named(prompts):
    write(prompts, "trial/guide.toml", GUIDE.replace("reflect", "reflekt"))
    write(prompts, "trial/da/thread.md", "{{ tread }}")
    write(prompts, "trial/en/notice.md", "a\n---\n")
    write(prompts, "trial/en/extra.md", "a")
    found = faults(prompts)
    assert [fault[0] for fault in found] == ["da/thread.md", "en/extra.md", "en/notice.md", "guide.toml"]


def test_a_text_with_a_fault_is_never_asked(prompts):
    write(prompts, "trial/en/notice.md", "{{ nam }}")
    with pytest.raises(Trouble) as trouble:
        library(prompts).question("trial", "notice", Facts())
    assert trouble.value.values["file"].endswith("notice.md")


@pytest.mark.parametrize("guide_id", ["none", "", "..", "../trial", "trial/da", "/", "Trial", "tr\0ial", "\x1b[2J"])
def test_only_a_guide_that_is_there_is_opened(prompts, guide_id):
    asked = library(prompts)
    for ask in (asked.guide, asked.prove, asked.proved, lambda name: asked.why(name, "notice")):
        with pytest.raises(Trouble) as trouble:
            ask(guide_id)
        told = Messages.load("en")(trouble.value.key, **trouble.value.values)
        assert trouble.value.key == "trouble.no_such_guide" and "trial" in told and "\x1b" not in told


# Strangers' folders


def test_no_link_leads_out_of_the_folder(prompts, tmp_path):
    write(tmp_path, "secret.md", "canary")
    (prompts / "trial/en/notice.md").unlink()
    (prompts / "trial/en/notice.md").symlink_to(tmp_path / "secret.md")
    assert faults(prompts) == [("en/notice.md", 1, 1, "The file is a link out of the folder, so it is not read.")]
    with pytest.raises(Trouble) as trouble:
        library(prompts).question("trial", "notice", Facts())
    assert "canary" not in str(trouble.value.values)


def test_no_linked_folder_leads_out_either(prompts, tmp_path):
    (prompts / "trial/en").rename(tmp_path / "elsewhere")
    (prompts / "trial/en").symlink_to(tmp_path / "elsewhere")
    assert library(prompts).prove("trial")
    with pytest.raises(Trouble):
        library(prompts).question("trial", "notice", Facts())


def test_a_pipe_is_no_file_and_nobody_waits_for_it(prompts):
    (prompts / "trial/en/notice.md").unlink()
    os.mkfifo(prompts / "trial/en/notice.md")
    assert faults(prompts) == [("en/notice.md", 1, 1, "notice.md is not a file of text, so it cannot be read.")]


def test_a_strangers_template_is_filled_in_apart_and_ours_here(prompts, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "assistant.guides.sandbox.apart.answers", lambda jobs: asked.append(jobs) or [answer(j) for j in jobs]
    )
    library(prompts).question("trial", "thread", Facts(thread="x"))
    library(prompts).prove("trial")
    assert [len(jobs) for jobs in asked] == [1, 2]
    monkeypatch.setattr("assistant.guides.shelf.builtin_prompts", lambda: prompts.resolve())
    library(prompts).question("trial", "thread", Facts(thread="x"))
    library(prompts).prove("trial")
    assert len(asked) == 2


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_for_a_guide_are_faults_and_no_traceback(prompts, raw):
    write(prompts, "trial/guide.toml", raw)
    assert all(isinstance(fault, Fault) for fault in library(prompts).prove("trial"))
    with pytest.raises(Trouble):
        library(prompts).guide("trial")


TOML_VALUES = st.recursive(
    st.booleans() | st.integers(-5, 500) | st.sampled_from(["notice", "first", "ask", "light", "member", "", "é"]),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)


def as_toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    return {True: "true", False: "false"}.get(value, str(value)) if not isinstance(value, str) else repr(value)


@given(
    st.lists(
        st.sampled_from(["[[step]]", "[[stage]]", "[step]", "[x]"])
        | st.builds(
            lambda key, value: f"{key} = {as_toml(value)}",
            st.sampled_from(["id", "kind", "stages", "needs", "minutes", "from_month", "with", "step", "title"]),
            TOML_VALUES,
        ),
        max_size=12,
    )
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_structure_is_a_guide_or_faults(prompts, lines):
    write(prompts, "trial/guide.toml", "\n".join(lines))
    assert all(fault.line >= 1 for fault in library(prompts).prove("trial"))


# Proving once


def test_a_guide_is_proved_again_only_when_a_file_has_changed(prompts, monkeypatch):
    seen = library(prompts).proved("trial")
    times = []
    monkeypatch.setattr("assistant.guides.proof.guide.prove", lambda *_: times.append(1) or ())
    assert library(prompts).proved("trial", seen) == seen
    assert not times
    write(prompts, "trial/da/notice.md", "Hvad hørte du?")
    changed = library(prompts).proved("trial", seen)
    assert changed != seen and times == [1]
    write(prompts, "trial/da/_ny.md", "?")
    assert library(prompts).proved("trial", changed) not in (seen, changed)


def test_what_was_proved_in_another_folder_is_proved_again_where_it_differs(prompts, tmp_path):
    seen = library(prompts).proved("trial")
    write(tmp_path, "own/trial/en/notice.md", "{{ nam }}")
    with pytest.raises(Trouble):
        library(tmp_path / "own", prompts).proved("trial", seen)


# The prompts that come with Vidne

BUILTIN = Library([builtin_prompts()], "en")
CASE_FACTS = st.builds(
    Facts,
    name=st.none() | st.just("Mette-Marie"),
    week=st.integers(1, 60),
    month=st.integers(1, 14),
    first=st.booleans(),
    thread=st.none() | st.text(min_size=1, max_size=60),
    older=st.none() | st.builds(OlderWords, st.just("marts"), st.text(min_size=1, max_size=60)),
    old_lines=st.lists(st.text(min_size=1, max_size=60), max_size=12).map(tuple),
    picked=st.lists(st.text(min_size=1, max_size=60), max_size=3).map(tuple),
)


@pytest.mark.parametrize("guide_id", BUILTIN.names())
def test_our_own_guides_have_no_fault(guide_id):
    assert BUILTIN.prove(guide_id) == ()


@pytest.mark.parametrize("guide_id", BUILTIN.names())
def test_each_step_of_our_guides_is_asked_at_some_time(guide_id):
    guide = BUILTIN.guide(guide_id)
    everything = {name: full for name, (full, *_) in CASES.items()}
    months = [stage.from_month for stage in guide.stages] or [1]
    asked = {step for month in months for step in guide.plan(month, everything)}
    assert asked == {step.id for step in guide.steps if step.kind not in ASIDE}


@given(facts=CASE_FACTS)
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("guide_id", BUILTIN.names())
def test_every_phrasing_of_our_guides_can_be_asked_with_any_facts(guide_id, lang, facts):
    for step in BUILTIN.guide(guide_id).steps:
        needs = "member" if step.each else step.needs
        known = facts if needs is None or facts.as_plain()[needs] else replace(facts, **FULL[needs])
        for way in phrasings((builtin_prompts() / guide_id / lang / f"{step.id}.md").read_text("utf-8")):
            reply = answer(Job(way.text, PIECES[guide_id, lang], known.as_plain()))
            assert reply.flaw is None and tidy(reply.text)


FULL = {
    "name": {"name": "Anna"},
    "thread": {"thread": "en uge"},
    "older": {"older": OlderWords("marts", "en mur")},
    "old_lines": {"old_lines": ("a", "b")},
    "picked": {"picked": ("a",)},
    "member": {"member": "Anna"},
    "helplines": {"helplines": "112"},
    "group": {"group": "Bundventilen"},
    "undated": {"undated": True},
}
PIECES = {
    (guide_id, lang): {path.name: path.read_text() for path in (builtin_prompts() / guide_id / lang).glob("_*.md")}
    for guide_id in BUILTIN.names()
    for lang in LANGS
}


@pytest.mark.parametrize("lang", LANGS)
def test_the_weekly_journal_has_four_ways_of_asking_each_question(lang):
    for step in BUILTIN.guide("weekly").steps:
        if step.kind in ("ask", "pick"):
            ways = phrasings((builtin_prompts() / "weekly" / lang / f"{step.id}.md").read_text("utf-8"))
            assert len({tidy(way.text) for way in ways}) >= 4, step.id


def test_the_prompts_are_found_in_a_wheel_and_in_a_checkout(tmp_path, monkeypatch):
    checkout, wheel = (tmp_path.resolve() / name for name in ("checkout", "wheel"))
    monkeypatch.setattr("assistant.prompts.__file__", str(checkout / "assistant" / "prompts.py"))
    with pytest.raises(Trouble):
        builtin_prompts()
    (checkout / "prompts").mkdir(parents=True)
    assert builtin_prompts() == checkout / "prompts"
    monkeypatch.setattr("assistant.prompts.__file__", str(wheel / "assistant" / "prompts.py"))
    for folder in (wheel / "prompts", wheel / "assistant" / "prompts"):
        folder.mkdir(parents=True)
    assert builtin_prompts() == wheel / "assistant" / "prompts"


def test_every_sentence_about_a_fault_is_there_in_both_languages():
    danish, english = ({key for key in Messages.load(lang).sentences if key.startswith("prompts.")} for lang in LANGS)
    assert danish == english
