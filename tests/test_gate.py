"""The gate shows what can be proved, and nothing else: what people wrote is never made into something they did not."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.trouble import Trouble
from assistant.witness.evaluate import evaluate
from assistant.witness.fit import Fit
from assistant.witness.gate import CATEGORIES, Gate
from assistant.witness.rules import Finding
from tests.listening import lines

FOLDER = Path(__file__).parent / "witness"
PROMPTS = Path(__file__).parents[1] / "prompts"
GATES = {lang: Gate.load([PROMPTS], lang) for lang in ("da", "en")}
ANSWERS = tomllib.loads((Path(__file__).parent / "gate_rows.toml").read_text("utf-8"))["answer"]
SAID = {
    "en": "I asked the student what she thinks. I didn't like it. Part of me agrees, and part of me got annoyed. "
    'She said "you are too quick". I counted to five on Tuesday. Five, five. It worked!',
    "da": "Jeg spurgte eleven, hvad hun tænker. Jeg kunne ikke lide det. En del af mig er enig, og en del af mig blev "
    'irriteret. Hun sagde "du er for hurtig". Jeg talte til fem i tirsdags. Fem, fem. Det virkede!',
}
ADVICE = {"en": "You should rest.", "da": "Du burde hvile."}
langs = st.sampled_from(("da", "en"))


def _rows(kind: str) -> list[tuple[str, str, str]]:
    return [(answer["lang"], answer["said"], text) for answer in ANSWERS for text in answer[kind]]


@pytest.mark.parametrize(("lang", "said", "text"), _rows("shown"))
def test_a_members_words_may_be_given_back(lang: str, said: str, text: str) -> None:
    assert GATES[lang].judge(text, said) == ()


@pytest.mark.parametrize(("lang", "said", "text"), _rows("blocked"))
def test_a_members_words_are_not_made_into_something_else(lang: str, said: str, text: str) -> None:
    assert GATES[lang].judge(text, said)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", 'You wrote: "I counted to five".'),
        ("en", "You wrote: “I counted to five”."),
        ("en", 'You wrote: "I asked … what she thinks".'),
        ("en", 'On one side "part of me agrees", on the other "part of me got annoyed".'),
        ("en", 'The word "five" comes up three times.'),
        ("en", 'First "I asked the student", then "I counted to five".'),
        ("en", "Did I get your words right?"),
        ("en", "Is there a word you would change?"),
        ("en", "Kept as you wrote it."),
        ("da", 'Du skrev: "Jeg talte til fem".'),
        ("da", "Du skrev: »Jeg talte til fem«."),
        ("da", 'På den ene side "en del af mig er enig", på den anden "en del af mig blev irriteret".'),
        ("da", 'Ordet "fem" går igen tre gange.'),
        ("da", 'Først "jeg spurgte eleven", så "jeg talte til fem".'),
        ("da", "Har jeg fået dine ord rigtigt med?"),
        ("da", "Er der et ord, du ville ændre?"),
        ("da", "Gemt, som du skrev det."),
    ],
)
def test_what_is_always_available_passes(lang: str, text: str) -> None:
    assert GATES[lang].judge(text, SAID[lang]) == ()


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("number", ["two", "four", "to", "fire", "4"])
def test_a_count_must_be_right(lang: str, number: str) -> None:
    text = f'The word "five" comes up {number} times.' if lang == "en" else f'Ordet "fem" går igen {number} gange.'
    assert GATES[lang].judge(text, SAID[lang])


@pytest.mark.parametrize(
    ("lang", "quote"),
    [("en", "I counted to ten"), ("en", "I counted five"), ("en", "ounted to five"), ("da", "Jeg talte til ti")],
)
def test_a_quote_is_exact_or_none(lang: str, quote: str) -> None:
    text = f'You wrote: "{quote}".' if lang == "en" else f'Du skrev: "{quote}".'
    found = GATES[lang].judge(text, SAID[lang])
    assert [finding.rule for finding in found if finding.rule.endswith("quote")]
    assert text[found[0].start : found[0].end] == f'"{quote}"'


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "What did you see? What did you hear?"), ("en", "Did it help?"), ("da", "Hjalp det?")]
)
def test_a_question_is_open_and_alone(lang: str, text: str) -> None:
    assert {"question-form"} <= {finding.category for finding in GATES[lang].judge(text, SAID[lang])}


def test_a_reflection_is_not_longer_than_what_it_answers_deserves() -> None:
    text = 'You wrote: "I was tired".' * 20
    assert [finding.rule for finding in GATES["en"].judge(text, "I was tired")] == ["en.gate.long"]


@pytest.mark.parametrize(("lang", "other"), [("da", "en"), ("en", "da")])
def test_a_reflection_is_in_its_own_language(lang: str, other: str) -> None:
    text = {"en": 'You wrote: "fem".', "da": 'Du skrev: "five".'}[other]
    assert GATES[lang].judge(text, SAID[lang])


@pytest.mark.parametrize("lang", ["da", "en"])
def test_nothing_is_shown_where_there_is_nothing_to_show(lang: str) -> None:
    assert GATES[lang].judge("", SAID[lang])
    assert GATES[lang].judge(" and and and.", SAID[lang])


@given(langs, st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_judged_and_every_finding_points_inside_it(lang: str, text: str, said: str) -> None:
    for finding in (*GATES[lang].judge(text, said), *GATES[lang].wording(text)):
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.why
        assert finding.category in CATEGORIES


@given(st.sampled_from(_rows("shown")), st.sampled_from(["", " ", "\n"]))
@settings(max_examples=100, deadline=None)
def test_one_bad_sentence_fails_the_text(row: tuple[str, str, str], between: str) -> None:
    lang, said, text = row
    assert GATES[lang].judge(text + (between or " ") + ADVICE[lang], said)
    assert GATES[lang].judge(ADVICE[lang] + (between or " ") + text, said)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_reflection_with_nothing_said_beside_it_says_that_it_cannot_be_proved(lang: str) -> None:
    always, claim = {
        "da": ("Gemt, som du skrev det.", "Du var træt."),
        "en": ("Kept as you wrote it.", "You were tired."),
    }[lang]
    assert GATES[lang].judge(always, "") == ()
    assert GATES[lang].judge(claim, " ")[0].rule == f"{lang}.gate.unsaid"


def test_a_reflection_that_ends_where_the_members_sentence_does_is_judged() -> None:
    said = "jeg skriver at kaffeautomaten er kommet tilbage og at folk snakker sammen igen"
    assert GATES["da"].judge("Kaffeautomaten er kommet tilbage, og folk snakker skal igen.", said)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_half_a_character_is_judged_like_any_other(lang: str) -> None:
    assert GATES[lang].judge("You wrote \ud800", "I wrote \ud800 and left") is not None
    assert GATES[lang].wording("\ud800 " + ADVICE[lang])


def _with_own_rules(lang: str, folder: Path) -> Gate:
    """A group's folder with a rule of its own, and with files that would let words through if they were read."""
    home = folder / "witness" / lang
    home.mkdir(parents=True)
    (home / "praise.toml").write_text(
        '[[rule]]\nid = "own"\nwhy = "Ours."\npattern = "thursday"\ncatches = ["[Thursday]."]\nleaves = ["Friday."]\n'
    )
    (home / "words.toml").write_text('free = "should rest burde hvile"\n')
    (home / "witnessing.toml").write_text("[whole]\npatterns = ['.*']\n")
    return Gate.load([folder, PROMPTS], lang)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_groups_own_files_add_to_the_guard_and_never_weaken_it(lang: str, tmp_path: Path) -> None:
    stricter = _with_own_rules(lang, tmp_path)
    assert GATES[lang].wording("Thursday it is.") == ()
    assert [finding.rule for finding in stricter.wording("Thursday it is.")] == [f"{lang}.praise.own"]
    for row_lang, said, text in _rows("blocked"):
        if row_lang == lang:
            assert stricter.judge(text, said), text
    for text in (ADVICE[lang], "You rest." if lang == "en" else "Du hviler."):
        assert stricter.judge(text, SAID[lang])


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize(
    "bit",
    [
        *('"', "'a ", "You, ", "and ", "Anna Bo ", "what did you notice when ", "hvad hørte du, da ", "aaaaa", "5-a-"),
        *("Maybe. ", "You should rest. ", "Well done ", "Måske. ", "Du burde hvile. "),
    ],
)
def test_a_hundred_kilobytes_of_spite_are_judged_at_once(lang: str, bit: str) -> None:
    spite = bit * (100_000 // len(bit))
    gate = GATES[lang]
    assert gate.judge(spite, spite)
    assert gate.judge(spite[:500] + ADVICE[lang], spite)
    gate.wording(spite)


@pytest.mark.parametrize(
    ("sets", "lang", "least", "most"),
    [
        ("read", "da", 0.99, 0.12),
        ("read", "en", 0.99, 0.08),
        ("learned", "da", 0.985, 0.35),
        ("learned", "en", 0.985, 0.25),
        ("later", "da", 0.99, 0.49),
        ("later", "en", 0.985, 0.33),
        ("latest", "da", 0.97, 0.52),
        ("latest", "en", 0.985, 0.32),
        ("nearest", "da", 0.985, 0.55),
        ("nearest", "en", 0.98, 0.42),
        ("claims", "da", 0.75, 0.1),
        ("claims", "en", 0.75, 0.1),
        ("held", "da", 0.97, 0.28),
        ("held", "en", 0.97, 0.14),
        ("newest", "da", 0.96, 0.42),
        ("newest", "en", 0.97, 0.42),
        ("freest", "da", 0.98, 0.99),
        ("freest", "en", 0.98, 0.92),
    ],
)
def test_of_what_is_no_witnessing_little_is_shown_and_of_witnessing_much(
    sets: str, lang: str, least: float, most: float
) -> None:
    """What is asked is what was reached, so that no step back goes unseen: of sets whose rows were read while the rules
    were written, of those that the voices alone learned from, and what came to those later, and of those that nobody
    tuned on, the newest of which are the hardest: of the freest retellings hardly any is shown yet."""
    blocked, stopped = _shares(sets, lang)
    assert blocked >= least
    assert stopped <= most


@pytest.mark.parametrize(("lang", "least"), [("da", 0.8), ("en", 0.6)])
def test_what_was_written_to_get_past_it_is_mostly_stopped(lang: str, least: float) -> None:
    rows = [json.loads(line) for line in (FOLDER / f"gate-attacked-{lang}.jsonl").read_text("utf-8").splitlines()]
    assert sum(bool(GATES[lang].judge(row["text"], row["member"])) for row in rows) >= least * len(rows)


def _sets(path: Path) -> str:
    if path.stem.startswith(("held-gate7", "gate-attacked")):
        return "claims" if "held" in path.stem else "attacked"
    if path.stem.startswith("held-gate13"):
        return "freest"
    if path.stem.startswith(("held-gate3", "held-gate4", "held-gate5", "held-gate6", "held-gate8")):
        return "newest"
    if path.stem.startswith(("later-gate-forms", "later-gate-told", "later-gate-slid")):
        return "latest"
    if path.stem.startswith(tuple(f"later-gate-{of}" for of in ("freer", "heard", "near", "various", "wordings"))):
        return "nearest"
    learned = path.stem.startswith(("later-gate", "gate-pairs", "gate-retold"))
    return "held" if "held" in path.stem else "learned" if learned else "read"


def _shares(sets: str, lang: str) -> tuple[float, float]:
    """Give the share of the bad that is blocked, and of the good that is stopped, on some sets in tests/witness.

    Mostly one row in two to sixteen: they are many, and `make witness` counts them all.
    """
    later = sets == "later"
    paths = [path for path in FOLDER.glob("*.jsonl") if _sets(path) == ("learned" if later else sets)]
    rows = [json.loads(line) for path in paths for line in lines(path, later)]
    rows = [row for row in rows if row["check"] == "gate" and row["lang"] == lang]
    every = {"read": 2, "learned": 12, "later": 6, "latest": 5, "nearest": 16, "held": 2, "freest": 12}
    rows = rows[:: every.get(sets, 1)]
    judged = [(row["label"], bool(GATES[lang].judge(row["text"], row["member"]))) for row in rows]
    bad = [blocked for label, blocked in judged if label == "block"]
    good = [blocked for label, blocked in judged if label == "show"]
    return sum(bad) / len(bad), sum(good) / len(good)


CHANGED = {
    "da": ("du han hun de", "to tre fire fem seks syv otte ni ti", "på af med uden til fra før efter"),
    "en": (
        "you he she they",
        "two three four five six seven eight nine ten",
        "on off with without to from before after",
    ),
}
"""Words that are put for one another: another who acts, another number, another way."""


@pytest.mark.parametrize(("lang", "most"), [("da", 0.055), ("en", 0.06)])
def test_a_reflection_with_one_word_changed_is_mostly_stopped(lang: str, most: float) -> None:
    """Some changes say the same, or nothing; the share of those let through is what was reached, and no more."""
    let_through = [not GATES[lang].judge(text, said) for text, said in _changed(lang)]
    assert len(let_through) > 300
    assert sum(let_through) / len(let_through) <= most


def _changed(lang: str) -> Iterator[tuple[str, str]]:
    for row_lang, said, text in _rows("shown"):
        words = re.findall(r"\w+|\W+", text)
        for at, word in enumerate(words if row_lang == lang and not set(text) & set("\"?“»'") else ()):
            for others in CHANGED[lang]:
                if word.lower() in others.split():
                    for other in others.split():
                        if other != word.lower():
                            yield "".join([*words[:at], other if at else other.capitalize(), *words[at + 1 :]]), said


def _file(folder: Path, *rows: dict) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


def test_a_file_that_says_it_is_utf_8_is_read_like_any_other(tmp_path):
    row = {"check": "gate", "lang": "en", "text": "Kept.", "label": "show", "member": "Yes."}
    file = _file(tmp_path, row)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert evaluate(file, lambda _check, _lang: lambda _text, _said: ()).figures[0]["n"] == 1


def test_figures_say_what_was_caught_and_what_was_wrongly_stopped(tmp_path: Path) -> None:
    def judge_of(_check: str, _lang: str):
        return lambda text, _said: (Finding("r", "advice", 0, 1, "why"),) if "x" in text else ()

    def row(text: str, label: str) -> dict:
        return {"check": "gate", "lang": "en", "text": text, "label": label}

    rows = [row("x", "block"), row("-", "block"), row("x", "show"), row("-", "show")]
    result = evaluate(_file(tmp_path, *rows), judge_of)
    assert result.figures == (
        {"check": "gate", "lang": "en", "n": 4, "recall": 0.5, "precision": 0.5, "false_alarms": 0.5},
    )
    assert [judged["verdict"] for judged in result.rows] == ["block", "show", "block", "show"]
    assert [wrong["i"] for wrong in result.wrong] == [1, 2]


@pytest.mark.parametrize(
    "row",
    [
        {"check": "gate", "lang": "en", "text": "hemmeligt", "label": "nudge"},
        {"check": "gate", "lang": "sv", "text": "hemmeligt", "label": "show"},
        {"check": "gate", "lang": "en", "text": 7, "label": "show"},
        ["hemmeligt"],
    ],
)
def test_a_bad_row_is_named_by_its_line_and_never_by_its_words(tmp_path: Path, row: object) -> None:
    good = {"check": "gate", "lang": "en", "text": "a", "label": "show"}
    with pytest.raises(Trouble) as caught:
        evaluate(_file(tmp_path, good, row), lambda _check, _lang: lambda _text, _said: ())
    assert caught.value.values["line"] == 2
    assert "hemmeligt" not in str(caught.value.values)


def test_no_part_of_a_fit_hides_a_method_of_another() -> None:
    """They are one object: two methods of one name would be one, and the other would never be asked."""
    parts = [part for part in Fit.__mro__ if part.__module__.startswith("assistant.") and part is not Fit]
    names = Counter(name for part in parts for name in vars(part) if not name.startswith("__"))
    assert [name for name, many in names.items() if many > 1] == []
