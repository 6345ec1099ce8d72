"""The form of a language model's words: whole passages of the member's, in order, in a frame, and not a word more."""

import pytest

from assistant.witness.framed import framed, is_framed

EN = (
    "On Wednesday I said my doubt out loud, and then it went quiet. I don't want to quit my job. "
    'Tobias said "I hate leap years" to me. I said I would quit, but I stayed. Later I laughed.'
)
DA = (
    "Onsdag sagde jeg min tvivl højt, og så blev der stille. Jeg har ikke lyst til at sige op. "
    "Hanne sagde »jeg gider ikke«. Bagefter grinede jeg."
)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", 'You wrote: "I don\'t want to quit my job."'),
        ("en", 'You wrote: "I don\'t want to quit my job".'),
        ("en", "You wrote: “I don’t want to quit my job.”"),
        ("en", '"Later I laughed", you wrote.'),
        ("en", 'First "On Wednesday I said my doubt out loud, and then it went quiet", then "Later I laughed".'),
        ("en", 'You wrote: "I don\'t want to quit my job". You wrote: "Later I laughed".'),
        ("da", 'Du skrev: "Jeg har ikke lyst til at sige op".'),
        ("da", "Du skrev: »Bagefter grinede jeg.«"),
        ("da", 'Først "Jeg har ikke lyst til at sige op", så "Bagefter grinede jeg".'),
    ],
)
def test_whole_passages_in_a_frame_have_the_form(lang, text):
    assert is_framed(text, EN if lang == "en" else DA, "reflect", lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", 'You wrote: "want to quit my job".'),
        ("en", 'You wrote: "I would quit".'),
        ("en", 'You wrote: "I hate leap years".'),
        ("en", 'You wrote: "I was proud".'),
        ("en", '"Later I laughed."'),
        ("en", "You laughed later."),
        ("en", "I don't want to quit my job."),
        ("en", 'You wrote: "Later I laughed". Well done.'),
        ("en", 'You wrote: "Later I laughed", and that took courage.'),
        ("en", 'You wrote: "Later I laughed"?'),
        ("en", 'You wrote: "Later I laughed" (good).'),
        ("en", 'First "Later I laughed", then "I don\'t want to quit my job".'),
        ("en", 'First "Later I laughed", then "Later I laughed".'),
        ("en", 'Quit your job: "Later I laughed".'),
        ("en", 'Du skrev: "Later I laughed".'),
        ("da", 'You wrote: "Bagefter grinede jeg".'),
        ("da", 'Du skrev: "lyst til at sige op".'),
        ("da", 'Sig op. Du skrev: "Bagefter grinede jeg".'),
        ("da", ""),
    ],
)
def test_a_torn_quote_or_a_word_of_the_models_own_has_not(lang, text):
    assert not is_framed(text, EN if lang == "en" else DA, "reflect", lang)


def test_a_gathered_week_is_passages_line_by_line_and_nothing_around_them():
    lines = ['"I don\'t want to quit my job."', '"Later I laughed."']
    assert is_framed("\n".join(lines), EN, "gather", "en")
    assert not is_framed("\n".join(reversed(lines)), EN, "gather", "en")
    assert not is_framed("\n".join(["Your week:", *lines]), EN, "gather", "en")
    assert not is_framed('You wrote: "Later I laughed."', EN, "gather", "en")


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("I don't want to quit my job.", 'You wrote: "I don\'t want to quit my job".'),
        ("Later I laughed", 'You wrote: "Later I laughed".'),
        ("I want to quit my job.", "I want to quit my job."),
        ("want to quit my job.", "want to quit my job."),
        ("Well done.", "Well done."),
    ],
)
def test_a_passage_without_its_marks_gets_them_and_nothing_else_does(text, becomes):
    assert framed(text, EN, "reflect", 0, "en") == becomes
    assert is_framed(becomes, EN, "reflect", "en") == (text != becomes)
