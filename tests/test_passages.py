"""A passage is a piece of the answer as it was written, and has lost no negation, condition or doubt."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.witness.passages import LONGEST, POINTS, Answer, passage
from assistant.witness.sentences import HEARD, cues, quoted, sentences

ANYTHING = "Jeg I me but og 12.!?…\n\"“”»«'()-:;,😅æøå\u0130x/@ "
SENTENCES = [
    ("da", "Kl. 7.15 var jeg der. Så gik jeg!", ["Kl. 7.15 var jeg der.", "Så gik jeg!"]),
    ("da", "Kamilla startede 1. august. Fru H. ventede.", ["Kamilla startede 1. august.", "Fru H. ventede."]),
    ("da", "Jeg ringede f.eks. ikke. Det var ca. kl. 4.", ["Jeg ringede f.eks. ikke.", "Det var ca. kl. 4."]),
    ("da", "Svaret var klar!! Det var irriterende 😅 Nå", ["Svaret var klar!!", "Det var irriterende 😅 Nå"]),
    ("da", "Klar!! 😅 Og så?", ["Klar!! 😅", "Og så?"]),
    ("da", "- én gang\n- to gange\n\n3) tre", ["én gang", "to gange", "tre"]),
    ("da", "han sagde ... ikke noget. jeg gik", ["han sagde ... ikke noget.", "jeg gik"]),
    ("en", 'He said "any? no? brilliant" and left. I stayed.', ['He said "any? no? brilliant" and left.', "I stayed."]),
    ("en", 'She said "No." Then she left.', ['She said "No."', "Then she left."]),
    ("en", 'I asked "Why?" I said it twice (once. twice).', ['I asked "Why?" I said it twice (once. twice).']),
    ("en", "It was 5.5 months, e.g. long. did it. felt odd", ["It was 5.5 months, e.g. long.", "did it.", "felt odd"]),
    ("en", "See https://x.example/a.b?c=d. Fine", ["See https://x.example/a.b?c=d.", "Fine"]),
]

CHOSEN = [
    ("da", "At jeg godt vidste det imens. Ikke bagefter. Imens.", "Ikke bagefter. Imens"),
    ("da", "Skuffen.", "Skuffen"),
    ("da", "Jeg kalder det for skuffen", "Jeg kalder det for skuffen"),
    ("da", "Skoene på gangen. Jeg vil gerne fortælle om skoene uden at fortælle om brillerne.", "Skoene på gangen"),
    ("da", "Min borger døde onsdag. Jeg gik en omvej.", "Jeg gik en omvej"),
    ("en", "The pen.", "The pen"),
    ("en", "Nothing happened. I felt a bit cheated, honestly.", "I felt a bit cheated, honestly"),
    ("en", "Telling it straight. Next week I'm going to ask first.", "Telling it straight"),
]
NOTHING = [
    ("da", "nej"),
    ("da", "Ikke noget særligt."),
    ("da", "Jeg vil tælle til fem."),
    ("da", "Næste uge prøver jeg igen."),
    ("da", "På mandag skal jeg sige det til hende, det har jeg lovet mig selv."),
    ("da", ""),
    ("da", "4, 5, 6"),
    ("en", "n/a"),
    ("en", "same as last week"),
    ("en", "I'm going to ask Priya."),
    ("en", "Next week I will try again."),
    ("en", "https://example.com/a"),
    ("en", "😅"),
    ("en", "I'd rather not write about this one."),
]


def parts(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, lang, quoted(text))]


@pytest.mark.parametrize(("lang", "text", "expected"), SENTENCES)
def test_an_answer_falls_into_the_sentences_a_reader_sees(lang, text, expected):
    assert parts(text, lang) == expected


@pytest.mark.parametrize(("lang", "text", "expected"), CHOSEN)
def test_the_phrase_worth_quoting_is_chosen(lang, text, expected):
    assert passage(text, lang) == expected


@pytest.mark.parametrize(("lang", "text"), NOTHING)
def test_an_intention_or_an_answer_that_says_nothing_is_never_held_up_later(lang, text):
    assert passage(text, lang) is None


@pytest.mark.parametrize(
    ("lang", "text", "lost"),
    [
        (
            "da",
            "Hvis jeg havde sagt det til dem alle, var vi aldrig nået hertil i dag, og jeg var nok gået.",
            "jeg var nok gået",
        ),
        ("da", "Jeg tror ikke at jeg var bange for hende nede på gangen den dag, men det er slut.", "det er slut"),
        ("da", "Jeg hjalp hende. Eller det troede jeg.", "Jeg hjalp hende"),
        ("da", "jeg har lavet det jeg skulle. det var nemt. for nemt måske", "det var nemt"),
        ("en", "When he asks me in front of the whole room I go quiet, and I can't find a single word.", "I go quiet"),
        ("en", "Maybe I was scared of what they thought of me after that one, and I hid.", "I hid"),
        ("en", "I was right. Or so I thought.", "I was right"),
    ],
)
def test_a_condition_or_a_doubt_is_never_cut_off(lang, text, lost):
    assert all(found.sentences and found.text.removesuffix(".") != lost for found in Answer(text, lang).passages())


def test_the_members_own_sentence_comes_before_one_about_somebody_else():
    text = "Bob's wife has left him and he told me in confidence. I listened for an hour. I didn't fix it."
    assert "Bob" not in passage(text, "en")


def test_every_trait_has_its_points_and_every_point_its_trait():
    text = 'Not x. Then "y" I? But I felt like a patient, next week on Monday 12. Ikke. Nej, you Bob and he. ' * 2
    seen = set().union(*(p.traits for lang in ("da", "en") for p in Answer(text, lang).passages()))
    assert seen <= POINTS.keys()


def test_both_languages_know_passages_by_the_same_lists():
    assert cues("da").keys() == cues("en").keys()


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(ANYTHING), max_size=400), st.sampled_from(["da", "en"]))
def test_every_passage_is_a_piece_of_the_answer(text, lang):
    answer = Answer(text, lang)
    for start, end in answer.sentences:
        assert text[start:end].strip() == text[start:end] != ""
    for found in answer.passages():
        assert text[found.start : found.start + len(found.text)] == found.text
        assert "\n" not in found.text
    chosen = passage(text, lang)
    assert chosen is None or chosen in text


def test_of_a_very_long_answer_the_end_is_heard():
    text = "It was a Monday. " * 3000 + "And then I laughed."
    assert len(Answer(text, "en").text) <= HEARD
    assert passage(text, "en").endswith("And then I laughed")
    assert len(passage("so I went on and on " * 900 + "and I laughed", "en").split()) <= LONGEST
