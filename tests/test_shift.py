"""The person of a sentence is shifted only where the grammar makes it certain."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.witness.shift import shift

CERTAIN = {
    "da": {
        "Jeg talte til fem, før jeg svarede.": "Du talte til fem, før du svarede.",
        "jeg svarede bare uden at tænke mig om": "Du svarede bare uden at tænke dig om",
        "Jeg gav min chef mit udkast og mine noter.": "Du gav din chef dit udkast og dine noter.",
        "Jeg så mig selv i spejlet, og hun så på mig.": "Du så dig selv i spejlet, og hun så på dig.",
        "Man glemmer det, når jeg holder pause.": "Man glemmer det, når du holder pause.",
        "Jeg talte ikke engang!": "Du talte ikke engang!",
        "Han slog sig, og jeg grinede.": "Han slog sig, og du grinede.",
        "I nat lå jeg og talte til tre.": "I nat lå du og talte til tre.",
    },
    "en": {
        "I counted to five before I answered.": "You counted to five before you answered.",
        "i kept my mouth shut": "You kept your mouth shut",
        "I'm tired and I've told my boss.": "You're tired and you've told your boss.",
        "I’m the one who said it was mine.": "You’re the one who said it was yours.",
        "When he asked, I was late and it was raining.": "When he asked, you were late and it was raining.",
        "So am I.": "So are you.",
        "Me and Tobias went, and she told me so.": "You and Tobias went, and she told you so.",
        "I did it by myself, at 9 o'clock.": "You did it by yourself, at 9 o'clock.",
        "I wasn't there.": "You weren't there.",
    },
}
UNCERTAIN = {
    "da": [
        'Jeg sagde "nej" og gik.',
        "Jeg sagde »nej« og gik.",
        "Vi ses ikke så tit, og jeg savner det.",
        "Jeg ved godt, hvad du tænker.",
        "Jeg spurgte, om I kom.",
        "Sagde det til min mand i går.",
        "Tal højere, siger min chef.",
        "Jeg gik i 30 min uden telefon.",
        "Hvad skal jeg gøre?",
        "Hun havde ikke sagt et ord.",
        "Jeg tænkte på, at det var HENDE.",
        "Jeg gik\nog kom igen.",
    ],
    "en": [
        'I said "no" and left.',
        "I said 'no' and left.",
        "We met, and I was late.",
        "I know what you think.",
        "I went home and was sick.",
        "The thing I said was wrong.",
        "Is that how I was?",
        "I worked in a coal mine, the mine.",
        "im not sure i can",
        "Told my husband.",
        "She left.",
        "I saw THE pen.",
        "I brought fruit, i.e. apples.",
        "Oh my god, I laughed.",
    ],
}


@pytest.mark.parametrize(
    ("lang", "sentence", "shifted"), [(lang, a, b) for lang, pairs in CERTAIN.items() for a, b in pairs.items()]
)
def test_pronouns_and_their_verbs_are_shifted_and_nothing_else(lang, sentence, shifted):
    assert shift(sentence, lang) == shifted


@pytest.mark.parametrize(("lang", "sentence"), [(lang, a) for lang in UNCERTAIN for a in UNCERTAIN[lang]])
def test_a_doubtful_sentence_is_not_shifted(lang, sentence):
    assert shift(sentence, lang) is None


@settings(max_examples=200, deadline=None)
@given(st.text(), st.sampled_from(["da", "en"]))
def test_any_text_is_shifted_whole_or_not_at_all(text, lang):
    for sentence in (text, f"jeg {text}", f"I {text}"):
        shifted = shift(sentence, lang)
        assert shifted is None or len(shifted.split()) == len(sentence.split())
