"""A facilitator is told each thing that is wrong, where it stands and what to do; and what is well is let through."""

import os
import shutil
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.guides import structure
from assistant.guides.fault import Fault
from assistant.guides.proof import rules
from assistant.guides.proof.folder import check
from assistant.guides.proof.spoken import LONGEST_ALOUD, WORDS_A_MINUTE
from assistant.guides.sandbox.marked import Marker, Reading
from assistant.guides.shelf import LONGEST, MOST
from assistant.guides.workshop.texts import Workshop
from assistant.messages import LANGS, Messages
from assistant.prompts import builtin_prompts
from assistant.text import clean
from assistant.witness.gate import CATEGORIES
from tests.workshops import GUIDE, RULE, TEXTS, found, write, write_all


@pytest.fixture
def own(tmp_path):
    return write_all(tmp_path / "own", TEXTS)


def test_what_is_well_is_let_through(own):
    assert found(own) == []


def test_the_built_in_prompts_are_well_and_so_is_a_copy_of_all_of_them(tmp_path):
    assert check((builtin_prompts(),), Messages.load("da")) == ()
    shutil.copytree(builtin_prompts(), tmp_path / "copy")
    assert found(tmp_path / "copy") == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("da/notice.md", "Hvad så du?\n---\nDu burde\nhvile dig. Hvad så du?", (3, 1, "da.advice.burde")),
        ("da/notice.md", "{% if name %}Flot klaret, {{ name }}. {% endif %}Hvad så du?", (1, 14, "da.praise.flot")),
        ("en/notice.md", "What did you see?\n---\n\nYou should rest. What was it?", (4, 1, "en.advice.should")),
        ("da/notice.why.md", "Fordi.\n\nDet skal nok gå.", (3, 1, "da.reassurance.normalt")),
        ("da/notice.md", "Hvad så du? Hvem sagde noget?", (1, 11, "da.question-form.flere")),
        ("da/notice.md", "Så du noget? Mon han gjorde?", (1, 14, "two_questions")),
        ("da/notice.md", "Hvad så du, og hvad hørte du?", (1, 1, "da.question-form.flere")),
        ("en/notice.md", "What did you see and what did you hear?", (1, 1, "en.question-form.several")),
        ("da/notice.md", "ord " * 101 + "?", (1, 1, "too_long_aloud")),
        ("da/notice.why.md", "ord " * 101, (1, 1, "too_long_aloud")),
        ("da/notice.md", "Hej {{ nmae }}. Hvad så du?", (1, 8, "unknown_variable")),
        ("da/notice.md", "Hej {{ member.name }}. Hvad så du?", (1, 8, "unknown_variable")),
        ("da/notice.md", b"Hvad s\xe5 du?", (1, 7, "not_utf8")),
        ("da/notice.md", "Hej {{ name. Hvad?", (1, 5, "unclosed")),
        ("da/notice.md", " \n", (1, 1, "empty_phrasing")),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_asked_is_pointed_at(own, name, text, expected):
    write(own, f"trial/{name}", text)
    assert [fault[1:] for fault in found(own)] == [expected]
    assert [fault[0] for fault in found(own, "en")] == [f"trial/{name}"]


def test_the_words_are_marked_and_the_pace_is_said(own):
    write(own, "trial/da/notice.md", "Hvad så du?\n---\nDu burde hvile dig. Hvad så du?")
    (fault,) = check((own, builtin_prompts()), Messages.load("da"))
    line = "Du burde hvile dig. Hvad så du?"
    assert line[fault.column - 1 :][: fault.width] in fault.what
    write(own, "trial/da/notice.md", "ord " * 199 + "ord?")
    (fault,) = check((own, builtin_prompts()), Messages.load("da"))
    assert "80 sekunder" in fault.what and str(WORDS_A_MINUTE) in fault.what and str(LONGEST_ALOUD) in fault.what


def test_the_nearest_right_variable_is_named(own):
    for wrong, right in (("nmae", "name"), ("member.name", "name"), ("older.word", "older.words"), ("wek", "week")):
        write(own, "trial/da/notice.md", f"{{{{ {wrong} }}}} Hvad så du?")
        (fault,) = check((own, builtin_prompts()), Messages.load("da"))
        assert right in fault.todo


def test_coaching_is_heard_in_each_way_a_text_is_read_and_in_its_pieces(own):
    write(own, "trial/da/notice.md", "{% if month <= 3 %}Hvad så du?{% else %}Du burde hvile dig.{% endif %}")
    assert [fault[1:] for fault in found(own)] == [(1, 41, "da.advice.burde")]
    write(own, "trial/da/_hej.md", "Hej.\nGodt klaret.")
    write(own, "trial/da/notice.md", '{% include "_hej.md" %} Hvad så du?')
    assert [fault[:3] for fault in found(own)] == [("trial/da/_hej.md", 2, 1)]


def test_a_text_with_another_fault_is_still_listened_to(own):
    write(own, "trial/da/notice.md", "Hej {{ nmae }}.\nDu burde hvile dig.")
    assert [fault[1:] for fault in found(own)] == [(1, 8, "unknown_variable"), (2, 1, "da.advice.burde")]


def test_what_somebody_said_may_be_quoted_and_two_phrasings_are_two_questions(own):
    write(own, "trial/da/notice.md", 'Nogen spurgte: "Hvad nu? Hvem?" Hvad så du?\n---\nHvad hørte du?')
    assert found(own) == []


def test_a_group_may_ask_for_a_number(own):
    write(own, "trial/da/notice.md", "Sæt dig selv på en skala fra 0 til 10, ligesom vi spørger. Bare tallet.")
    write(own, "trial/en/notice.md", "On a scale from 0 to 10, where are you just now? Only the number.")
    assert found(own) == []
    write(own, "trial/da/notice.md", "Hvor er du på en skala fra 0 til 10? Sæt dig ned og hvil.")
    assert [fault[3] for fault in found(own)] == ["da.advice.byder"]


def test_why_something_is_coaching_is_said_in_the_readers_language(own):
    write(own, "trial/en/notice.md", "You should rest. What did you see?")
    write(own, "trial/da/notice.md", "Du burde hvile. Hvad så du?")
    for lang in LANGS:
        danish, english = check((own, builtin_prompts()), Messages.load(lang))
        assert english.what.endswith(Messages.load(lang)("prompts.why_advice")) == (lang == "da")
        assert danish.what.endswith(Messages.load(lang)("prompts.why_advice")) == (lang == "en")


def test_every_category_of_the_guard_has_its_why_in_both_languages():
    for lang in LANGS:
        assert all(Messages.load(lang)(f"prompts.why_{name.replace('-', '_')}") for name in CATEGORIES)


def test_a_step_that_comes_without_what_its_built_in_text_needs_is_told_where_the_group_can_mend_it(tmp_path):
    toml = (builtin_prompts() / "weekly" / "guide.toml").read_text("utf-8")
    own = write(tmp_path, "weekly/guide.toml", toml.replace('needs = "thread"', ""))
    lines = [n for n, text in enumerate(own.read_text("utf-8").split("\n"), 1) if text == 'id = "thread"']
    assert found(tmp_path) == [("weekly/guide.toml", lines[-1], 1, "step_needs")]


STAGES = '[[stage]]\nid = "first"\nfrom_month = 1\n[[stage]]\nid = "late"\nfrom_month = 3\n'


@pytest.mark.parametrize(
    ("toml", "key", "line"),
    [
        (GUIDE + '[[step]]\nid = "n"\nneeds = "picked"\n', "never_needs", 14),
        (GUIDE + '[[step]]\nid = "n"\nkind = "pick"\n', "pick_needs", 14),
        (GUIDE + '[[step]]\nid = "n"\nkind = "free"\nneeds = "name"\n', "always_there", 15),
        (GUIDE.replace("needs", "#") + STAGES + '[[step]]\nid = "n"\nneeds = "older"\nstages = ["first"]\n',
         "never_step", 20),
        (GUIDE.replace('[[step]]\nid = "thread"\nneeds = "thread"', '[[step]]\nid = "thread"\nkind = "light"'),
         "never_light", 11),
        (GUIDE.replace("reflect", "carry"), "never_kept", 11),
        (GUIDE + '[[step]]\nid = "n"\nstages = ["sommer"]\n', "unknown_stage", 14),
    ],
)  # fmt: skip
def test_what_never_comes_is_pointed_at(toml, key, line):
    _, flaws = structure.read(toml, "trial")
    assert [(flaw.key, flaw.line) for flaw in flaws] == [(key, line)]


def test_a_group_may_leave_steps_out_and_put_them_in_another_order(tmp_path):
    toml = (builtin_prompts() / "weekly" / "guide.toml").read_text("utf-8")
    head, *steps = toml.split("[[step]]\n")
    kept = [step for step in steps if not step.startswith('id = "arriving"')]
    kept.insert(0, kept.pop(2))
    write(tmp_path, "weekly/guide.toml", "[[step]]\n".join([head, *kept]))
    assert found(tmp_path) == []
    write(tmp_path, "weekly/da/arriving.md", "Hvor kommer du fra?")
    assert [fault[::3] for fault in found(tmp_path)] == [("weekly/da/arriving.md", "unused_file")]


def test_a_groups_own_text_need_not_take_in_the_pieces_of_the_one_it_stands_for(tmp_path):
    for path in builtin_prompts().glob("weekly/da/[a-z]*.md"):
        if "include" in path.read_text("utf-8"):
            write(tmp_path, f"weekly/da/{path.name}", "Hvad så du?")
    assert list(tmp_path.glob("weekly/da/*.md"))
    assert found(tmp_path) == []


def test_a_missing_text_is_missed_where_the_group_can_write_it(tmp_path):
    toml = (builtin_prompts() / "weekly" / "guide.toml").read_text("utf-8")
    write(tmp_path, "weekly/guide.toml", toml + '\n[[step]]\nid = "vagt"\n')
    assert [fault[::3] for fault in found(tmp_path)] == [
        (f"weekly/{lang}/vagt{end}", "missing_file") for lang in LANGS for end in (".md", ".why.md")
    ]


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("wekly/da/notice.md", "?", "no_guide"),
        ("Trial/guide.toml", GUIDE, "no_guide"),
        ("guide.toml", GUIDE, "guide_too_high"),
        ("noter.md", "?", "stray_file"),
        ("trial/da/deep/er.md", "?", "unused_file"),
        ("witness/da/prise.toml", RULE, "read_nowhere"),
        ("witness/da/words.toml", "x = 1", "only_built_in"),
        ("witness/sv/advice.toml", RULE, "read_nowhere"),
        ("crisis/dk.md", "?", "read_nowhere"),
        ("model/da/reflect.md", " ", "empty_phrasing"),
        ("model/da/reflect.md", "Giv dem ros.", "told_to_coach"),
        ("model/en/gather.md", "Choose three lines. Then suggest one.", "told_to_coach"),
        ("model/en/again.md", "You should rest.", "en.advice.should"),
        ("model/da/again.md", b"Skriv igen.\0", "control_sign"),
        ("model/model.toml", "allowed = 1", "bad_value"),
        ("model/model.toml", "alowed = true\nallowed = true", "unknown_key"),
        ("crisis/da.md", "Ring.", "card_without_lines"),
        ("crisis/dk.toml", 'country = { da = "a", en = "a" }\n[[line]]\nname = "x"\nnumber = "1"', "too_few_lines"),
        ("witness/da/reminders.toml", 'reminders = ["Du burde lytte."]', "da.advice.burde"),
        ("witness/da/reminders.toml", "reminders = []", "bad_reminders"),
        ("carry/da.toml", 'diagnoses = ["", "gigt"]', "bad_value"),
        ("carry/da.toml", 'diagnose = ["gigt"]', "unknown_key"),
    ],
)
def test_what_nobody_reads_or_nobody_can_use_is_told(own, name, text, key):
    write(own, name, text)
    assert [fault[3] for fault in found(own)] == [key]


@pytest.mark.parametrize("name", ["witness/da/advice.toml", "witness/da/crisis.toml", "witness/da/crisis/alarm.toml",
                                  "witness/da/nudge.toml"])  # fmt: skip
@pytest.mark.parametrize(
    ("old", "new", "key", "line"),
    [
        ("", "", None, 0),
        ('why = "Det er vores egen."\n', "", "missing_key", 1),
        ('leaves = ["Alarmen var rød."]\n', "", "rule_without_proof", 1),
        ("catches = [", "cathces = [", "rule_without_proof", 1),
        ('rød alarm"\ncatches', '(rød alarm"\ncatches', "bad_pattern", 4),
        ('rød alarm"\ncatches', 'rød(?= alarm)"\ncatches', "bad_pattern", 4),
        ('rød alarm"\ncatches', '(a{1000}){1000}"\ncatches', "bad_pattern", 4),
        ('rød alarm"\ncatches', 'grøn alarm"\ncatches', "catches_not", 5),
        ('rød alarm"\ncatches', 'alarm"\ncatches', "catches_elsewhere", 5),
        ("Alarmen var rød.", "Der var rød alarm.", "leaves_not", 6),
        ('rød alarm"\ncatches', '(.* )?alarm( .*)?|.*"\ncatches', "catches_everything", 4),
        ("[[rule]]", "[[rule", "no_toml", 1),
        ("[[rule]]", "[rule]", "bad_value", 1),
    ],
)
def test_a_rule_does_what_it_says_or_is_not_used(own, name, old, new, key, line):
    write(own, name, RULE.replace(old, new, 1))
    faults = [(fault[0], fault[1], fault[3]) for fault in found(own)]
    assert ((name, line, key) in faults) if key else faults == []


def test_no_rule_of_a_groups_own_can_weaken_the_guard(own):
    for kind in ("cover", "words", "spelling", "fold"):
        write(own, "witness/da/crisis.toml", f"[{kind}]\nx = 'y'\n")
        assert [fault[3] for fault in found(own)] == ["may_not_weaken"]


def test_a_groups_own_cue_is_heard_in_its_own_texts(own):
    write(own, "witness/da/advice.toml", RULE)
    write(own, "trial/da/notice.md", "Hvad så du, da der var rød alarm?")
    assert [fault[1:] for fault in found(own)] == [(1, 24, "da.advice.own")]


def test_a_pattern_that_would_backtrack_takes_no_time(own):
    began = time.monotonic()
    write(own, "witness/da/advice.toml", RULE.replace('"rød alarm"', '"(?:(?:a+)+)+ alarm|rød alarm"'))
    assert found(own) == []
    assert time.monotonic() - began < 5


def test_a_folder_or_a_pipe_that_is_called_as_a_text_is_told_and_nobody_waits_for_it(own):
    for name in ("trial/da/notice.md", "weekly/da/notice.md", "witness/da/advice.toml", "model/da/reflect.md"):
        for make in (os.mkfifo, os.mkdir):
            path = own / name
            path.unlink(missing_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            make(path)
            assert [fault[::3] for fault in found(own)] == [(name, "not_a_file")]
            path.rmdir() if path.is_dir() else path.unlink()
        if name in TEXTS:
            write(own, name, TEXTS[name])


def test_rules_beyond_number_or_patience_are_not_tried_one_by_one(own, monkeypatch):
    many = "".join(RULE.replace('"own"', f'"own{n}"') for n in range(rules.MOST + 1))
    write(own, "witness/da/crisis.toml", many)
    assert [fault[1::2] for fault in found(own)] == [(rules.MOST * 6 + 1, "too_many_rules")]
    write(own, "witness/da/crisis.toml", RULE)
    write(own, "witness/da/nudge.toml", RULE)
    monkeypatch.setattr(rules.Patience, "__init__", lambda self: setattr(self, "_until", 0))
    assert {fault[3] for fault in found(own)} == {"rules_too_slow"}


def test_a_folder_without_bounds_is_not_read(own, tmp_path):
    for n in range(MOST + 1):
        (own / "trial" / f"{n}.md").touch()
    assert [fault[3] for fault in found(own)] == ["too_many_files"]
    deep = tmp_path / "deep"
    (deep.joinpath(*"abcdefghij") / "k").mkdir(parents=True)
    assert [fault[3] for fault in found(deep)] == ["too_many_files"]


def test_no_file_is_read_past_its_bound_and_no_link_leads_out(own, tmp_path):
    secret = write(tmp_path, "secret.toml", "canary")
    with (own / "trial/da/notice.md").open("wb") as file:
        file.truncate(10 << 30)
    (own / "witness/da").mkdir(parents=True)
    (own / "witness/da/advice.toml").symlink_to(secret)
    (own / "crisis").symlink_to(tmp_path)
    keys = {fault[3] for fault in found(own)}
    assert keys == {"too_big", "leaves_folder", "stray_file"}
    assert LONGEST < 10 << 20


# Live


def test_a_text_is_looked_at_as_it_is_written(own):
    workshop = Workshop(own, Messages.load("da"), "da")
    assert workshop.faults_of("trial/da/notice.md", "Hvad så du?") == ()
    (fault,) = workshop.faults_of("trial/da/notice.md", "Du burde hvile dig.")
    assert (fault.line, fault.column, fault.key) == (1, 1, "da.advice.burde")
    keys = [fault.key for fault in workshop.faults_of("trial/guide.toml", GUIDE.replace("needs", "neds"))]
    assert "unknown_key" in keys
    assert [fault.key for fault in workshop.faults_of("trial/da/ny.md", "?")] == ["unused_file"]
    assert (own / "trial/da/notice.md").read_text() == TEXTS["trial/da/notice.md"]


# Anything at all

PARTS = st.sampled_from(
    ["{{ name }}", "{{ nmae }}", "{% if name %}", "{% endif %}", "{% for x in picked %}", "{% endfor %}", "{{ x }}",
     '{% include "_a.md" %}', "{# n #}", "---\n", "\n", "Hvad så du?", "Du burde hvile.", "\ufeff", "\u202e", "{{",
     "%}", "{% raw %}", "{% endraw %}", "\U00100000", "{{ '\U00100001' }}", "{{ older.month }}", "{{ name.x }}", '"']
)  # fmt: skip


@given(st.lists(PARTS | st.text(max_size=8), max_size=8).map("".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_proved_or_faulty_and_every_fault_points_inside_it(own, text):
    raw = text.encode("utf-8", "surrogatepass")
    write(own, "trial/da/notice.md", raw)
    faults = check((own, builtin_prompts()), Messages.load("da"))
    lines = clean(raw.decode("utf-8", "replace")).split("\n")
    for fault in faults:
        assert isinstance(fault, Fault)
        assert fault.file.name != "notice.md" or fault.line <= len(lines) + 1


@given(st.binary(max_size=200), st.sampled_from(
    ["witness/da/advice.toml", "witness/en/crisis.toml", "crisis/dk.toml", "model/model.toml",
     "witness/da/reminders.toml", "trial/guide.toml", "x/y.md"]))  # fmt: skip
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_in_any_file_are_faults_and_no_traceback(own, raw, name):
    write(own, name, raw)
    assert all(isinstance(fault, Fault) for fault in check((own, builtin_prompts()), Messages.load("en")))


VALUES = st.recursive(
    st.booleans() | st.integers(-3, 3) | st.sampled_from(["rød", "a", "", "(", "[rød] alarm", ".*"]),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)


RULE_KEYS = st.sampled_from(["id", "why", "pattern", "catches", "leaves", "category", "x"])


@given(
    st.lists(st.tuples(RULE_KEYS, VALUES), max_size=6, unique_by=lambda pair: pair[0]),
    st.sampled_from(["advice", "crisis", "nudge"]),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rule_is_proved_or_faulty(own, pairs, check_name):
    def toml(value):
        if isinstance(value, list):
            return f"[{', '.join(map(toml, value))}]"
        return str(value).lower() if isinstance(value, bool) else repr(value)

    rules = own / "alone"  # with no guide beside it: each would be filled in, in a process apart
    write(rules, f"witness/da/{check_name}.toml", "[[rule]]\n" + "".join(f"{key} = {toml(v)}\n" for key, v in pairs))
    assert all(isinstance(fault, Fault) for fault in check((rules, builtin_prompts()), Messages.load("da")))


@given(st.text(), st.text())
def test_marks_are_spelled_out_as_what_they_stood_for(literal, filled):
    marker = Marker()
    marked = marker.mark([(True, literal), (False, "{{ name }}"), (True, literal)])
    assert all(literal[run.at :][: len(run.text)] == run.text for run in marker.runs if run.at < len(literal))
    plain = "".join(letter for letter in filled if not 0x100000 <= ord(letter) <= 0x10FFFD)
    if not any(0x100000 <= ord(letter) <= 0x10FFFD for letter in literal):
        read = Reading.of(marked.replace("{{ name }}", plain), marker.runs)
        assert read.text == literal + plain + literal
