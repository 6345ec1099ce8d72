"""A template shows facts and does nothing else; whatever it is, it is a text within bounds or a flaw that points."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guides.facts import CASES, LISTS, PARTS, Facts, OlderWords
from assistant.guides.fault import Fault
from assistant.guides.sandbox import apart, walk
from assistant.guides.sandbox.template import Job, Reply, answer
from assistant.guides.sandbox.walk import LONGEST
from assistant.messages import LANGS, Messages

FACTS = Facts(
    name="Mette",
    week=7,
    month=2,
    thread="en uge, der løb",
    older=OlderWords("marts", "en mur"),
    old_lines=("første", "anden", "tredje"),
    picked=("anden",),
)


def rendered(text: str, facts: Facts = FACTS, **pieces: str) -> Reply:
    return answer(Job(text, {f"{name}.md": piece for name, piece in pieces.items()}, facts.as_plain()))


def proved(text: str, needs: str | None = None, **pieces: str) -> Reply:
    return answer(Job(text, {f"{name}.md": piece for name, piece in pieces.items()}, needs=needs))


# What a facilitator may write


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hej {{ name }}.", "Hej Mette."),
        ("{% if name %}Hej {{ name }}{% else %}Hej{% endif %}", "Hej Mette"),
        ("{% if month <= 3 and not first %}ny{% elif week > 50 %}gammel{% endif %}", "ny"),
        ("{{ 'ny' if first else 'gammel' }}", "gammel"),
        ("I {{ older.month }} skrev du: {{ older.words }}", "I marts skrev du: en mur"),
        ("{% for line in old_lines %}{{ loop.index }}. {{ line }}\n{% endfor %}", "1. første\n2. anden\n3. tredje\n"),
        ("{% for x in old_lines %}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}", "første, anden, tredje"),
        ("{% for line in old_lines if line != 'anden' %}{{ line }} {% endfor %}", "første tredje "),
        ("{{ old_lines | join(' · ') }}", "første · anden · tredje"),
        ("{{ picked | first | upper }} {{ old_lines | last | capitalize }}", "ANDEN Tredje"),
        ("{% if picked | length > 1 %}flere{% else %}én{% endif %}", "én"),
        ("{{ week }}: {% if week is odd %}ulige{% endif %}", "7: ulige"),
        ("{% if 'anden' in old_lines and month in [1, 2] %}ja{% endif %}", "ja"),
        ("{# kun til tovholdere #}Hvad så du?", "Hvad så du?"),
        ("{% raw %}{{ name }}{% endraw %}", "{{ name }}"),
    ],
)
def test_a_text_shows_facts_asks_for_them_and_goes_through_them(text, shown):
    assert rendered(text) == Reply(shown)


def test_a_missing_name_can_be_replaced_and_a_name_keeps_its_other_capitals():
    assert rendered("{{ name | default('du') }}", Facts()).text == "du"
    assert rendered("{{ name | capitalize }}", Facts(name="anna-Marie")).text == "Anna-Marie"


def test_a_text_takes_in_a_piece_and_says_which():
    assert rendered('{% include "_hej.md" %} Hvad så du?', _hej="Hej {{ name }}.") == Reply(
        "Hej Mette. Hvad så du?", ("_hej.md",)
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_what_a_member_wrote_is_never_read_as_a_template(words):
    for wrote in (words, "{{ 7*7 }}", "{% include '/etc/passwd' %}", f"{{{{ {words} }}}}"):
        facts = Facts(thread=wrote, older=OlderWords("marts", wrote), old_lines=(wrote,))
        text = "{{ thread }}|{{ older.words }}|{% for line in old_lines %}{{ line }}{% endfor %}"
        assert rendered(text, facts).text == f"{wrote}|{wrote}|{wrote}"


def test_long_words_of_a_member_never_make_a_question_too_long():
    facts = Facts(thread="ord " * 50_000)
    assert rendered("{{ thread }}", facts).text == facts.thread


# What nobody may write

HOSTILE = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ name.__class__ }}",
    "{{ name.__init__.__globals__ }}",
    "{{ older.__class__ }}",
    "{{ older.items }}",
    "{{ older.items() }}",
    "{{ older['words'] }}",
    "{{ older['__class__'] }}",
    "{{ ''['__class__'] }}",
    "{{ name | attr('__class__') }}",
    "{{ name|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ old_lines | map('upper') }}",
    "{{ old_lines | map(attribute='__class__') | list }}",
    "{{ old_lines | join(attribute='__class__') }}",
    "{{ old_lines | join(*old_lines) }}",
    "{{ old_lines | join(**older) }}",
    "{{ old_lines | sort }}",
    "{{ old_lines[0] }}",
    "{{ old_lines[:2] }}",
    "{{ self }}",
    "{{ self.__init__ }}",
    "{{ loop }}",
    "{{ lipsum() }}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler('a').__init__.__globals__ }}",
    "{{ joiner() }}",
    "{{ namespace() }}",
    "{{ dict(a=1) }}",
    "{{ range(10**9) }}",
    "{{ range }}",
    "{{ config }}",
    "{{ environment }}",
    "{{ context }}",
    "{{ caller() }}",
    "{{ varargs }}",
    "{{ _ }}",
    "{{ name.upper() }}",
    "{{ name.format }}",
    "{{ '{0.__class__}'.format(name) }}",
    "{{ '%s' % name }}",
    "{{ '%1000000000d' | format(1) }}",
    "{{ 'A' * 10**10 }}",
    "{{ 'A' * 10 }}",
    "{{ 2 ** 9999999 }}",
    "{{ 7 * 7 }}",
    "{{ 7 % 2 }}",
    "{{ 7 / 2 }}",
    "{{ 7 // 2 }}",
    "{{ -week }}",
    "{{ week + 1 }}",
    "{{ name ~ name }}",
    "{{ name | center(10000000000) }}",
    "{{ name | indent(10000000000) }}",
    "{{ name | replace('', 'aaaaaaaaaaaa') }}",
    "{{ name | list }}",
    "{{ old_lines | batch(1000000000) }}",
    "{{ old_lines | slice(1000000000) }}",
    "{{ name | pprint }}",
    "{{ name | tojson }}",
    "{{ name | safe }}",
    "{{ name | counted }}",
    "{{ old_lines | counted | length }}",
    "{{ name is callable }}",
    "{{ name is defined }}",
    "{{ week is divisibleby 0 }}",
    "{{ nosuch is defined }}",
    "{{ {'a': 1} }}",
    "{% set x = 'a' %}{{ x }}",
    "{% set x %}a{% endset %}",
    "{% with x = name %}{{ x }}{% endwith %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% call name() %}{% endcall %}",
    "{% filter upper %}a{% endfilter %}",
    "{% block a %}a{% endblock %}",
    "{% extends '_hej.md' %}",
    "{% import '_hej.md' as x %}",
    "{% from '_hej.md' import x %}",
    "{% autoescape true %}a{% endautoescape %}",
    "{% do name %}",
    "{% debug %}",
    "{% trans %}a{% endtrans %}",
    "{% include '/etc/passwd' %}",
    "{% include '../en/notice.md' %}",
    "{% include 'notice.md' %}",
    "{% include name %}",
    "{% include ['_hej.md'] %}",
    "{% include '_hej.md' ignore missing %}",
    "{% include '_hej.md' without context %}",
    "{% for letter in name %}{{ letter }}{% endfor %}",
    "{% for x in range(10**9) %}a{% endfor %}",
    "{% for x in [1, 2] %}a{% endfor %}",
    "{% for x in old_lines | list %}a{% endfor %}",
    "{% for x, y in old_lines %}a{% endfor %}",
    "{% for older.x in old_lines %}a{% endfor %}",
    "{% for loop in old_lines %}a{% endfor %}",
    "{% for x in old_lines recursive %}a{% endfor %}",
    "{% for x in old_lines recursive %}{{ loop(old_lines) }}{% endfor %}",
    "{% for x in old_lines %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for x in old_lines %}{{ loop.changed }}{% endfor %}",
    "{% for x in old_lines %}{{ loop.__init__ }}{% endfor %}",
    "{% for x in old_lines %}{{ loop._iterator }}{% endfor %}",
    "{% for x in old_lines %}{{ x.__class__ }}{% endfor %}",
    "{% for a in old_lines %}{% for b in old_lines %}{% for c in old_lines %}{% endfor %}{% endfor %}{% endfor %}",
    "{% for x in old_lines %}{% endfor %}{{ x }}",
    "{{ nаme }}",  # with a Cyrillic а
    "{{ ｎame }}",
    "{{ name.__ｃlass__ }}",
    "{{ name.ﬁrst }}",
    "{{ " + "(" * 5_000 + ")" * 5_000 + " }}",
    "{{ " + "[" * 50_000 + "]" * 50_000 + " }}",
    "{{ " + "not " * 20_000 + "first }}",
    "{{ " + " and ".join(["first"] * 20_000) + " }}",
    "{% if first %}" * 1_000 + "a" + "{% endif %}" * 1_000,
    "{{ name }}" * 100_000,
    "{{ " + "9" * 100_000 + " }}",
    "{{ name | upper" + " | upper" * 3_000 + " }}",
    "{{",
    "{%",
    "{% if %}",
    "{% endif %}",
    "{{ 'a",
    "{{ '\\x' }}",
    "{{ name name }}",
    "{{ older }}",
    "{{ old_lines }}",
    "{{ first }}",
    "{{ none }}",
    "{{ name | length | upper }}",
    "{{ week | join(',') }}",
    "{{ 3 < none }}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:60])
def test_nothing_else_runs(text):
    pieces = {"_hej.md": "Hej"}
    shown = answer(Job(text, pieces, FACTS.as_plain()))
    assert shown.text == ""
    assert shown.flaw is not None and shown.flaw.line >= 1 and shown.flaw.column >= 1
    assert answer(Job(text, pieces)).flaw is not None, "the proof sees it too"


@pytest.mark.parametrize("text", [text for text in HOSTILE if "include" not in text], ids=lambda text: text[:60])
def test_no_piece_does_what_a_text_may_not(text):
    assert rendered('{% include "_hej.md" %}', _hej=text).flaw


def test_a_piece_takes_no_other_in_so_none_can_go_round():
    again = rendered('{% include "_a.md" %}', _a='{% include "_a.md" %}')
    assert (again.flaw.key, again.flaw.piece) == ("include_plainly", "_a.md")


def test_a_flaw_points_at_its_place():
    flaw = rendered("Hej\n\n  {{ nme }}").flaw
    assert (flaw.key, flaw.line, flaw.column) == ("unknown_variable", 3, 6)
    assert flaw.values == {"name": "nme", "nearest": "name"}
    flaw = rendered("Hej {{ older.mnth }}").flaw
    assert (flaw.column, flaw.values["nearest"]) == (14, "older.month")
    flaw = rendered('Hej\n{% include "_a.md" %}', _a="\n\n{{ namee }}").flaw
    assert (flaw.key, flaw.piece, flaw.line) == ("unknown_variable", "_a.md", 3)
    flaw = rendered('Hej\n{% include "_a.md" %}', Facts(), _a="Hej\n{{ name }}").flaw
    assert (flaw.key, flaw.piece, flaw.line) == ("fails_without", "_a.md", 2)


def test_no_text_grows_past_its_bound():
    grows = "{% for a in old_lines %}{% for b in old_lines %}" + "x" * 100 + "{% endfor %}{% endfor %}"
    assert rendered(grows, Facts(old_lines=("x",) * 30)).flaw.key == "too_much"
    many = Facts(old_lines=("x",) * 400)
    turns = "{% for a in old_lines %}{% for b in old_lines %}{% if first %}x{% endif %}{% endfor %}{% endfor %}"
    assert rendered(turns, many).flaw.key == "too_much"
    assert rendered("{{ old_lines | join('" + "x" * 1_000 + "') }}", many).flaw
    assert rendered("x" * (LONGEST + 200)).flaw.key == "too_much"


def test_a_flaw_never_holds_words_of_the_member():
    facts = Facts(thread="kanariefugl", old_lines=("kanariefugl",))
    for text in ("{{ thread | first | first | join }}", "{{ thread > 3 }}", "{{ old_lines }}", "{{ thread.x }}"):
        assert "kanariefugl" not in repr(rendered(text, facts))


# The proof


def test_the_proof_finds_what_breaks_in_a_week_without_a_fact():
    assert proved("Hej {{ name }}").flaw.values == {"absent": "name", "fact": "name"}
    assert proved("Hej {% if name %}{{ name }}{% endif %}").flaw is None
    assert proved("Hej {{ thread }}", needs="thread").flaw is None
    assert proved("I {{ older.month }} …").flaw.key == "fails_without"
    assert proved("{% if older %}I {{ older.month }} …{% endif %}").flaw.key == "blank_when"
    assert proved("Hej {% if month >= 6 %}{{ thread }}{% endif %}").flaw.values == {
        "absent": "thread",
        "fact": "thread",
    }
    assert proved('{% include "_a.md" %}', _a="{{ name }}").flaw.piece == "_a.md"


def test_every_fact_has_its_cases_and_goes_through_json_unchanged():
    assert set(CASES) == set(Facts().as_plain()) == set(FACTS.as_plain())
    assert set(LISTS) == {name for name, value in FACTS.as_plain().items() if isinstance(value, list)}
    assert PARTS == {"older": ("month", "words")}
    assert Facts.from_plain(json.loads(json.dumps(FACTS.as_plain()))) == FACTS
    assert Facts.from_plain(Facts().as_plain()) == Facts()


# Anything at all

WORDS = (
    "{{ }} {% %} {# #} if else endif for in endfor include raw endraw set macro not and or is "
    "name older .month loop .index old_lines week | upper join ( ) [ ] ' \" , - ~ * 9 \\ a _"
)
TOKENS = st.sampled_from(WORDS.split())


def is_bounded(reply: Reply) -> bool:
    return len(reply.text) <= LONGEST + 200 and (reply.flaw is None or reply.text == "")


@given(st.text(st.characters()))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_text_or_a_flaw(text):
    assert is_bounded(rendered(text))
    assert is_bounded(proved(text))


@pytest.mark.parametrize(
    ("text", "key", "line", "column"),
    [
        ("Hej\n{{ name. Hvad?", "unclosed", 2, 1),
        ("Hej {{ name }\nså\n?", "unclosed", 1, 5),
        ("Hej {% if name }a{% endif %}", "unclosed", 1, 5),
        ("a {# b", "unclosed", 1, 3),
        ("a {{ }} b", "empty_tag", 1, 3),
        ("{% if %}a{% endif %}", "empty_tag", 1, 1),
        ("a\n{% if name %}b", "unended", 2, 1),
        ("{% raw %}b", "unended", 1, 1),
        ("a{% endif %}", "ends_nothing", 1, 2),
        ("{% if name %}a{% endfor %}", "ends_other", 1, 15),
        ("{% if name %}{% else %}{% else %}{% endif %}", "else_again", 1, 24),
        ("{% if name %}a{% end if %}", "unknown_tag", 1, 15),
        ("{% name %}", "tag_is_fact", 1, 1),
        ("{{ “name” }}", "odd_sign", 1, 4),
        ("{{ 'name }}", "open_quote", 1, 4),
        ("{% if week = 1 %}a{% endif %}", "single_equals", 1, 12),
        ("a {{ name navn }}", "syntax_tag", 1, 3),
        ("{% set x %}", "not_allowed", 1, 4),
        ("{{ " + "(" * 900 + "1" + ")" * 900 + " }}", "unreadable_template", 1, 1),
    ],
)
def test_what_cannot_be_read_is_pointed_at_where_it_begins(text, key, line, column):
    flaw = proved(text).flaw
    assert (flaw.key, flaw.line, flaw.column) == (key, line, column)
    flaw = proved('{% include "_a.md" %}', _a=text).flaw
    assert (flaw.key, flaw.line, flaw.column, flaw.piece) == (key, line, column, "" if key == FAR else "_a.md")


FAR = "unreadable_template"
"""The one flaw that is not led to its piece."""
INSIDE = ("token", "Expected", "expected", "unexpected", "Encountered", "Error", "print statement", "{{{{", "Jinja")
"""Words of the machine's own, which no facilitator is shown."""


@given(st.lists(TOKENS, max_size=12).map(" ".join))
@settings(deadline=None)
def test_no_sentence_shows_the_machine(text):
    if flaw := answer(Job(text)).flaw:
        for lang in LANGS:
            fault = Fault.of(flaw, Path("a.md"), Messages.load(lang))
            assert not [word for word in INSIDE if word in f"{fault.what} {fault.todo}" and word not in text]


@given(st.lists(TOKENS, max_size=25).map(" ".join))
@settings(max_examples=400, deadline=None)
def test_anything_that_looks_like_a_template_is_a_text_or_a_flaw(text):
    assert is_bounded(rendered(text, _hej=text))
    assert is_bounded(proved(text))


@given(st.lists(TOKENS, max_size=8).map(" ".join), st.sampled_from(["{{ %s }}", "{%% if %s %%}a{%% endif %%}"]))
@settings(max_examples=400, deadline=None)
def test_any_expression_is_a_text_or_a_flaw(expression, around):
    assert is_bounded(rendered(around % expression))


# Apart


def test_a_process_apart_gives_the_same_replies_as_this_one():
    jobs = [Job(text, {"_hej.md": "Hej"}, FACTS.as_plain()) for text in HOSTILE]
    jobs += [Job(text, {"_hej.md": "Hej"}) for text in HOSTILE]
    jobs += [Job("Hej {{ name }}\ud800 æøå {{ '\\ud800' }}", facts=FACTS.as_plain())]
    assert apart.answers(jobs) == [answer(job) for job in jobs]
    assert apart.answers([]) == []


def with_a_hole(text: str) -> str:
    """Give the start of a process apart whose sandbox has a hole: for each job that is sent, `text` runs as Python."""
    fallen = f"exec({text!r}, {{**globals(), 'job': job}}) or template.Reply(job.text)"
    hole = f"apart.answer = lambda job: {fallen} if job is not apart._REHEARSAL else template.answer(job)"
    return apart._START.replace("from", f"from assistant.guides.sandbox import apart, template; {hole}; from", 1)


@pytest.mark.parametrize(
    "escape",
    [
        "while True: pass",
        "import time; time.sleep(60)",
        "bytearray(1 << 30)",
        "open('/etc/passwd').read()",
        "__import__('ctypes')",
        "__import__('os').system('true')",
        "__import__('os').fork()",
        "__import__('os').kill(__import__('os').getppid(), 0) or __import__('os').listdir('/')",
        "__import__('socket').socket()",
        "__import__('subprocess').run('true')",
        "__import__('os')._exit(3)",
        "print('Hej')",
        "print('{}')",
        "print('[1]')",
        'print(\'{"text": 1, "flaw": {"key": 2}}\')',
        "import sys; sys.stdout.write('x' * 10**8); sys.stdout.flush()",
    ],
)
def test_even_a_hole_in_the_sandbox_can_neither_read_nor_run_nor_hang(monkeypatch, escape):
    monkeypatch.setattr(apart, "_START", with_a_hole(escape))
    (reply,) = apart.answers([Job("Hej")])
    assert reply.flaw.key == "killed"


def test_the_text_that_hangs_is_found_among_those_that_do_not(monkeypatch):
    monkeypatch.setattr(apart, "_START", with_a_hole("while job.text == 'hang': pass"))
    hung, well = apart.answers([Job("hang"), Job("Hej")])
    assert hung.flaw.key == "killed"
    assert well == Reply("Hej")


def test_a_process_that_is_asked_again_is_killed_where_it_hangs_and_begun_anew(monkeypatch):
    monkeypatch.setattr(apart, "_START", with_a_hole("while job.text == 'hang': pass"))
    monkeypatch.setattr(apart, "SECONDS", 0.7)
    steady = apart.Steady()
    try:
        asked = [steady.answer(Job(text)) for text in ("Hej", "Hej igen", "hang", "Hej\ntil sidst")]
        assert [reply.text for reply in asked] == ["Hej", "Hej igen", "", "Hej\ntil sidst"]
        assert asked[2].flaw.key == "killed"
    finally:
        steady.close()


def test_where_many_texts_hang_the_rest_is_not_tried(monkeypatch):
    monkeypatch.setattr(apart, "_START", with_a_hole("while True: pass"))
    monkeypatch.setattr(apart, "SECONDS", 0.05)
    replies = apart.answers([Job("Hej")] * 64)
    assert [reply.flaw.key for reply in replies] == ["killed"] * apart.PATIENCE + ["not_looked"] * (64 - apart.PATIENCE)


def test_what_a_job_leaves_behind_in_its_process_is_soon_gone():
    with apart.Steady() as steady:
        steady.answer(Job("Hej"))
        first = steady._process.pid
        steady._began -= apart.FRESH + 1
        steady.answer(Job("Hej"))
        assert steady._process.pid != first


def test_a_process_apart_sees_no_environment(monkeypatch):
    monkeypatch.setenv("API_KEY", "hemmelig")
    monkeypatch.setattr(apart, "_START", with_a_hole("assert 'API_KEY' not in __import__('os').environ"))
    assert apart.answers([Job("Hej")]) == [Reply("Hej")]


def test_a_process_apart_starts_wherever_one_stands(tmp_path, monkeypatch):
    (tmp_path / "jinja2.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    assert apart.answers([Job("Hej {{ name }}", facts=FACTS.as_plain())]) == [Reply("Hej Mette")]


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ name.upper() }}",
        "{{ older.items }}",
        "{{ older['words'] }}",
        "{{ old_lines[0] }}",
        "{{ range(3) | last }}",
        "{{ lipsum() }}",
        "{% if range %}a{% endif %}",
        "{{ name | attr('upper') }}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_what_the_walk_overlooked_would_find_nothing_to_reach(monkeypatch, text):
    monkeypatch.setattr(walk.Walk, "take", lambda *_: None)
    reply = rendered(text)
    assert reply.text == "" and reply.flaw


def test_nothing_is_filled_in_before_it_was_walked(monkeypatch):
    monkeypatch.setattr(walk, "NODES", 0)
    assert rendered("Hej").flaw.key == "too_long"
    assert proved("Hej").flaw.key == "too_long"


def test_the_sandbox_brings_no_screen_and_no_vault_along():
    known = "import sys, assistant.guides.sandbox.apart; print({'textual', 'sqlite3', 'pydantic'} & set(sys.modules))"
    root = Path(apart.__file__).parents[3]
    assert subprocess.check_output([sys.executable, "-c", known], cwd=root) == b"set()\n"
