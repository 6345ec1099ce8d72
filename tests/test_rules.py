"""Every rule carries its proof, and the proof holds; a rule that cannot be used is refused with its name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.witness.gate import CATEGORIES
from assistant.witness.rules import BadRule, Plain, Rule, Rulebook, find, load

PROMPTS = Path(__file__).parents[1] / "prompts"
RULES = [
    rule for lang in ("da", "en") for name in CATEGORIES for rule in load(PROMPTS / "witness" / lang / f"{name}.toml")
]
BOOK = Rulebook(RULES)
RULE = '[[rule]]\nid = "own"\nwhy = "Why."\npattern = "rest"\ncatches = ["[Rest]."]\nleaves = ["Work."]\n'


def _unmarked(text: str) -> tuple[str, tuple[int, int]]:
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), (start, end)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_catches_what_it_says_and_where(rule: Rule) -> None:
    for marked in rule.catches:
        text, place = _unmarked(marked)
        assert place in {(finding.start, finding.end) for finding in find([rule], text)}, text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_leaves_what_it_says(rule: Rule) -> None:
    for text in rule.leaves:
        assert find([rule], text) == ()


def test_both_languages_have_every_category() -> None:
    assert {rule.id.split(".")[0] + rule.category for rule in RULES} == {
        lang + name for lang in ("da", "en") for name in CATEGORIES
    }


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('why = "Why."', "", "why"),
        ('catches = ["[Rest]."]', "catches = []", "catches"),
        ('pattern = "rest"', 'pattern = "(rest"', "own"),
        ('why = "Why."', 'why = "Why."\nweak = true', "weak"),
        ("[[rule]]", "[[rule", "praise.toml"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_by_name(tmp_path: Path, old: str, new: str, named: str) -> None:
    path = tmp_path / "praise.toml"
    path.write_text(RULE.replace(old, new))
    with pytest.raises(BadRule, match=named):
        load(path)


def test_a_pattern_for_the_beginning_of_a_sentence_speaks_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "advice.toml"
    path.write_text(RULE.replace('"rest"', '"^rest"'))
    rules = load(path)
    assert [(finding.start, finding.end) for finding in find(rules, "Rest. You rest. Rest")] == [(0, 4), (16, 20)]


def test_a_group_adds_rules_and_takes_none_away(tmp_path: Path) -> None:
    home = tmp_path / "witness" / "en"
    home.mkdir(parents=True)
    (home / "advice.toml").write_text(RULE)
    book = Rulebook.load([tmp_path, PROMPTS], "en", ["advice"])
    built_in = Rulebook.load([PROMPTS], "en", ["advice"])
    assert {rule.id for rule in book.rules} == {rule.id for rule in built_in.rules} | {"en.advice.own"}


@given(st.text(max_size=200))
def test_every_finding_points_inside_the_text(text: str) -> None:
    for finding in BOOK.findings(text):
        assert 0 <= finding.start < finding.end <= len(text)


@given(st.text(max_size=200))
def test_the_plain_form_leads_back_to_the_text(text: str) -> None:
    plain = Plain(text)
    for word, (start, end) in zip(plain.words, plain.spans, strict=True):
        assert len(word) >= 1
        assert 0 <= start < end <= len(text)
