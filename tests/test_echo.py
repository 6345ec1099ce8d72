"""What is said back is the member's own words in a frame; a question for advice goes back whole.

The checker here reads the frames and the answer by itself, and knows nothing of how the echo chose.
"""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.prompts import builtin_prompts
from assistant.witness.echo import is_echo, respond
from assistant.witness.guard import Guard
from assistant.witness.rules import find, load
from assistant.witness.said import Said

PROMPTS = Path(__file__).parents[1] / "prompts" / "witness"
FORMS = {lang: tomllib.loads((PROMPTS / lang / "forms.toml").read_text("utf-8")) for lang in ("da", "en")}
FILES = [PROMPTS / lang / name for lang in ("da", "en") for name in ("asked.toml", "greeted.toml")]
RULES = [rule for path in FILES for rule in load(path)]
OTHER_PERSON = {
    "da": {"jeg": "du", "mig": "dig", "min": "din", "mit": "dit", "mine": "dine"},
    "en": {"i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "am": "are", "was": "were",
           "wasn": "weren", "m": "re"},
}  # fmt: skip


GUARDS = {lang: Guard.load([builtin_prompts()], lang) for lang in ("da", "en")}


# The checker


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text.lower())


def reads_as(frame: str) -> re.Pattern:
    """The frame as a pattern: a quote is anything between quotation marks, and the mark after it may have gone."""
    pattern = re.escape(frame).replace(r"\{", "{").replace(r"\}", "}")
    pattern = re.sub(r'"\{\w+\}"(?:\\\.|,)?', lambda _: '["»‘](.+)["«’][.,]?', pattern)
    return re.compile(re.sub(r"\{\w+\}", "(.+)", pattern), re.DOTALL)


def is_shifted(words: str, answer: str, lang: str) -> bool:
    """Whether `words` are a stretch of the answer, each word as it was or in the other person."""
    said, given_ = tokens(words), tokens(answer)
    said = said[:-1] if said[-1] == "." else said

    def same(new: str, old: str) -> bool:
        return new == old or OTHER_PERSON[lang].get(old) == new

    return any(all(map(same, said, given_[at:])) for at in range(len(given_) - len(said) + 1))


def is_in_order(words: str, answer: str, lang: str) -> bool:
    """Whether each of `words` comes in the answer, as it was or in the other person, in this order."""
    rest = iter(tokens(answer))
    if lang == "da":
        words = words.removeprefix("du ")
    return all(any(new == old or OTHER_PERSON[lang].get(old) == new for old in rest) for new in tokens(words))


def holds(said: Said, answer: str, lang: str) -> bool:
    """Whether `said` passes the gate, and is made of the answer's words and one of the frames of its kind."""
    return GUARDS[lang].judge(said.text, answer) == () and _is_made_of(said, answer, lang)


def _is_made_of(said: Said, answer: str, lang: str) -> bool:
    forms = FORMS[lang]
    if said.how == "greeting":
        return said.text in forms["greeting"].values()
    if said.how == "shift":
        return is_shifted(said.text, answer, lang)
    if said.how == "handback":
        whether = readings(forms["handback"]["whether"], said.text)
        quotes = readings(forms["handback"]["asked"] + forms["handback"]["wrote"], said.text)
        return any(m[1] in answer for m in quotes) or any(is_in_order(m[1], answer, lang) for m in whether)
    if said.how == "repeat":
        return any(m[1] in answer and m[2] == times(m[1], answer, lang) for m in readings(forms["repeat"], said.text))
    return any(all(quote in answer for quote in m.groups()) for m in readings(forms[said.how], said.text))


def readings(frames: list[str], text: str) -> list[re.Match]:
    """The ways in which `text` is one of `frames`, filled."""
    return [match for frame in frames if (match := reads_as(frame).fullmatch(text))]


def times(word: str, answer: str, lang: str) -> str:
    """How often `word` stands in the answer, in words."""
    n = len(re.findall(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])", answer, re.IGNORECASE))
    return dict(enumerate(FORMS[lang]["counts"], 3)).get(n, str(n))


PIECES = {
    "da": "jeg|mig|min|du|han|hun|men|og|så|og så|ikke|måske|hvis|når|at|som om|som|først|alligevel|svært|bange|talte|"
    "svarede|sagde|gik|telefonen|døren|stilhed|stilhed|stilhed|\"nej\"|'bare'|(næsten)|14.30|kl.|Kamilla|vi|hvad|skal|gøre|"
    "Hvad synes du|tak|God weekend|.|.|.|,|?|!|...|😅|\n- |en del af mig|vil|næste uge|tre|fem|igen|Imens.|Ikke|Så",
    "en": "I|i|I'm|I’ve|me|my|mine|you|he|she|but|and|and then|so|not|maybe|if|when|that|like a|as if|froze|proud|hard|"
    "said|went|pen|pen|pen|silence|\"no\"|'fine'|(almost)|5.5|e.g.|Renée|we|what|should I|do|What do you think|thanks|"
    "Have a good weekend|.|.|.|,|?|!|...|😅|\n- |part of me|want|next week|three|five|again|was|am|had|suddenly|Then",
}
ANSWERS = tomllib.loads((Path(__file__).parent / "answers.toml").read_text("utf-8"))


@pytest.mark.parametrize("lang", ["da", "en"])
def test_whatever_is_said_to_people_is_their_words_in_a_frame(lang):
    said: list[str] = []
    for answer in ANSWERS[lang]:
        for give_back in (True, False):
            spoken = respond(answer, said[-3:], give_back, lang)
            assert spoken is None or holds(spoken, answer, lang), spoken
            assert give_back or spoken is None or spoken.how in ("greeting", "handback")
            said += [spoken.text] if spoken else []


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from(["da", "en"]), st.booleans())
def test_whatever_is_said_is_the_members_words_in_a_frame(data, lang, give_back):
    answer = " ".join(data.draw(st.lists(st.sampled_from(PIECES[lang].split("|")) | st.text(max_size=6), max_size=60)))
    said: list[str] = []
    for _ in range(3):
        spoken = respond(answer, said, give_back, lang)
        if spoken is None:
            break
        assert holds(spoken, answer, lang), spoken
        said.append(spoken.text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.lists(st.text(max_size=40), max_size=3), st.booleans(), st.sampled_from(["da", "en"]))
def test_any_text_gets_an_answer_that_holds_or_none(answer, said, give_back, lang):
    spoken = respond(answer, said, give_back, lang)
    assert spoken is None or holds(spoken, answer, lang)


@pytest.mark.parametrize(
    ("lang", "said", "answer"),
    [
        ("en", 'You wrote: "I was tired of her".', "I was tired of her laugh and her coat."),
        ("en", 'The word "pen" comes up four times.', "I held the pen. THE pen. Same pen."),
        ("en", "You left early every single day of this week.", "I left early every single day of last week."),
        ("en", "Have a good weekend.", "I had a bad week."),
        ("da", "Tak. God weekend.", "Jeg sagde god weekend til Hanne."),
        ("da", 'På den ene side "jeg er bange", på den anden "jeg vil".', "Jeg er bange, når jeg vil noget."),
    ],
)
def test_what_the_echo_would_not_say_is_no_echo(lang, said, answer):
    assert not is_echo(said, answer, lang)


# What is given back

GIVEN_BACK = [
    ("da", "At jeg godt vidste det imens. Ikke bagefter. Imens.", "quote", "Ikke bagefter. Imens."),
    (
        "da",
        "Så holdt jeg mund. Jeg talte ikke engang, jeg holdt bare mund.",
        "quote",
        "Jeg talte ikke engang, jeg holdt bare mund",
    ),
    (
        "da",
        (
            "På mødet i tirsdags var hele huset samlet, og der stod en del mere på dagsordenen, end vi kunne nå, "
            "så det trak ud til over fem. "
            "Jeg talte til fem, før jeg svarede."
        ),
        "shift",
        "Du talte til fem, før du svarede.",
    ),
    ("da", "Jeg vil gerne sige det, men jeg er bange.", "contrast", "jeg er bange"),
    ("da", "En del af mig er enig, og en del af mig blev irriteret.", "contrast", "en del af mig blev irriteret"),
    ("da", "Telefon, telefon, telefon. Jeg kan ikke høre mig selv tænke.", "repeat", "tre"),
    ("da", 'Jens sagde, jeg sagde \'bare\' meget. "Jeg skal bare", "det er bare" noget.', "repeat", '"bare"'),
    (
        "da",
        (
            "Hun græd. Det er længe siden, og hun er rejst fra os for mere end et år siden. "
            "Jeg talte til tre. Så talte jeg til tre igen."
        ),
        "order",
        'så "talte jeg til tre igen"',
    ),
    ("da", "Hun græd. Jeg talte til tre. Så talte jeg til tre igen.", "quote", "Hun græd. Jeg"),
    ("da", "Det føltes som en evighed, inden jeg svarede.", "image", "som en evighed"),
    (
        "en",
        "My voice goes up at the end. Like I'm asking permission to notice.",
        "image",
        "Like I'm asking permission to notice.",
    ),
    ("en", "I held the pen. THE pen. Same pen.", "repeat", 'The word "pen"'),
    ("en", "I was raging, and I asked one question and then kept quiet. It worked.", "quote", "I was raging"),
    ("en", "I counted to five before I answered.", "shift", "You counted to five before you answered."),
    ("en", "I wanted to say something, but I bottled it.", "contrast", '"I bottled it"'),
]


@pytest.mark.parametrize(("lang", "answer", "how", "words"), GIVEN_BACK)
def test_the_words_come_back_in_the_form_that_suits_them(lang, answer, how, words):
    said = respond(answer, [], True, lang)
    assert (said.how, words in said.text) == (how, True), said
    assert holds(said, answer, lang)


@pytest.mark.parametrize(
    ("lang", "answer"),
    [
        ("da", ""),
        ("da", "Nej"),
        ("da", "Ferie. Uge 42."),
        ("da", "Det gik fint nok."),
        ("da", "Ikke så meget at fortælle. Vi har haft travlt."),
        ("da", "Ugen i tal:\n- tavle: 4 ud af 5\n- døren: 6 gange\n- telefonen: 1 gang"),
        ("da", "Mandag 4, tirsdag 5, onsdag 2, torsdag 0, fredag 1"),
        ("da", "Jeg har ikke lyst til at skrive om det her i dag."),
        ("da", "Næste uge vil jeg prøve igen. Jeg skal bare huske det."),
        ("en", "no"),
        ("en", "That. See above. ^^^"),
        ("en", "Nothing much. Quiet week, half the office out with the lurgy."),
        ("en", "https://design.example/f/swap-v2?node=12%3A88 and https://design.example/g"),
        ("en", "Mon 2, Tue 1, Wed 0, Thu 4, Fri 1, all done"),
        ("en", "I'd rather not write about this one, if that's okay."),
    ],
)
def test_where_there_is_nothing_to_give_back_nothing_is_said(lang, answer):
    assert respond(answer, [], True, lang) is None


def test_nothing_is_given_back_unasked():
    assert respond("I felt a bit cheated, honestly. It was odd.", [], False, "en") is None


def test_neither_a_frame_twice_in_a_row_nor_a_passage_twice():
    answer = (
        "I felt cheated by it all and by him in the end.\nI was proud of my two hands and of the chair.\n"
        "I froze at his open door.\nI hated all that clapping afterwards."
    )
    said: list[str] = []
    while (spoken := respond(answer, said, True, "en")) and len(said) < 5:
        frame = re.sub('"[^"]*"', "", spoken.text)
        assert not said or frame != re.sub('"[^"]*"', "", said[-1])
        quote = re.search('"([^"]*?)[.]?"', spoken.text)[1]
        assert not any(quote in one for one in said)
        said.append(spoken.text)
    assert len(said) >= 4


@pytest.mark.parametrize(("lang", "frame"), [(lang, frame) for lang in FORMS for frame in FORMS[lang]["quote"]])
def test_no_frame_follows_itself(lang, frame):
    answer = {"da": "Jeg blev bange for al den stilhed.", "en": "I felt afraid of all that silence."}[lang]
    for length in range(4):
        said = ["Tak."] * length + [frame.replace("{quote}", "x")]
        assert not reads_as(frame).fullmatch(respond(answer, said, True, lang).text)


def test_a_quote_that_has_quotation_marks_gets_other_ones_around_it():
    assert respond('Jeg sagde "nej" uden at hviske.', [], True, "da").text.count('"') == 2
    assert re.search('‘.*"no".*’', respond('I said "no" out loud, and I was proud.', [], True, "en").text)


WITH_WHAT_IT_HANGS_ON = [
    ("da", "Jeg går ind i garderoben og tæller. Så går jeg ud igen. Det er min pause.", "Jeg går ind i garderoben"),
    ("da", "Jeg plejer at være den, der rydder op. I dag lod jeg det ligge.", "Jeg plejer"),
    ("da", "Det er lissom at stå i en svingdør. Man kommer aldrig rigtig ind.", "svingdør"),
    ("da", "Mine hænder lugter af klor. Selv når jeg har været i bad.", "Mine hænder"),
    ("da", "På den ene side vil jeg gerne have ansvaret. På den anden side sover jeg ikke.", "På den ene side"),
    ("da", "Jeg er ikke sur på ham. Jeg kan bare ikke være i rum med ham, når han tygger.", "ikke sur"),
    ("da", "Hvorfor bliver jeg så lille, når han kommer ind? Jeg er 47 år og har styr på det.", "Hvorfor"),
    ("en", "No complaints. Well, one. The heating. Well, two.", "No complaints. Well, one"),
    (
        "en",
        (
            "They read the numbers out and I went out and cheered with the rest of them, pints and all, until they "
            "shut the doors on us. I don't regret it. I do regret the cheering."
        ),
        "I don't regret it",
    ),
    ("en", "I should have said something. I never do.", "I should have said something"),
    ("en", "There was a time I fought things like that. Now I just forward it.", "There was a time"),
    ("en", "I let the phone ring out. I knew who it was.", "I let the phone ring out"),
    (
        "en",
        "Not once did anyone ask why it was late. Not once did I.",
        "did anyone ask why it was late. Not once did I",
    ),
]


@pytest.mark.parametrize(("lang", "answer", "before"), WITH_WHAT_IT_HANGS_ON)
def test_what_leans_on_a_sentence_comes_back_with_it(lang, answer, before):
    said = respond(answer, [], True, lang)
    assert said.how in ("quote", "image") and before in said.text
    assert holds(said, answer, lang)


NOT_IN_ANOTHERS_MOUTH = [
    ("da", "Jeg lod Per stå med det hele."),
    ("da", "Jeg tog den fordi det var Samira der havde gjort det."),
    ("da", "Det var sent. Jeg stod jo lige ved siden af ham på gangen."),
    ("da", "Jeg skældte mig selv ud hele vejen hjem."),
    ("da", "Min chef siger at jeg er som en gammel traktor."),
    ("da", "Jeg vender tilbage når jeg har talt med udvalget."),
    ("da", "Drengen tegnede et hus uden dør, og de andre var gået ud for længst. Det blev sent. Jeg spurgte hvorfor."),
    ("en", "honestly im done w the paperwork and all of it every day. I got into this for ppl"),
    ("en", "I knew exactly who it was on the phone."),
    ("en", "My wife says I talk about the job in my sleep."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "answer"), NOT_IN_ANOTHERS_MOUTH)
def test_a_confession_a_tone_and_anothers_word_are_quoted(lang, answer):
    said = respond(answer, [], True, lang)
    assert said is None or said.how != "shift", said


TURNED = [
    ("en", "so the head wants us all to do the new tracker by monday and i said fine and it is not fine", "said fine"),
    ("en", "I told the new one that the rota was nothing to do with me and I went to lunch and it was a lie", "lunch"),
    ("da", "han spurgte om listen var færdig til i dag og jeg sagde ja og det passede slet ikke", "sagde ja"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "answer", "clause"), TURNED)
def test_a_clause_is_not_lifted_from_before_what_turns_it(lang, answer, clause):
    said = respond(answer, [], True, lang)
    assert said is None or clause not in said.text or answer[-8:] in said.text


@pytest.mark.parametrize(
    "answer", ["Tak, tak, tak siger hun, og så går hun igen.", "Jeg burde have spurgt og have ringet og have skrevet."]
)
def test_small_words_are_not_counted(answer):
    said = respond(answer, [], True, "da")
    assert said is None or said.how != "repeat"


def test_an_answer_that_stops_in_the_middle_is_given_back_to_its_last_whole_word():
    said = respond(
        "I had it all planned out, how I'd say it, and then he came in with his arm in a sling and", [], True, "en"
    )
    assert said.text.count("arm in a sling") == 1 and " sling and" not in said.text


def test_a_word_that_was_counted_may_come_again_in_a_passage():
    said = [respond("I held the pen. THE pen. Same pen.", [], True, "en").text]
    answer = "I put the pen down before I answered her."
    assert "pen down" in respond(answer, said, True, "en").text


# Greetings


@pytest.mark.parametrize(
    ("lang", "answer", "reply"),
    [
        ("da", "Det var det. God weekend til dig, hvis du har sådan en.", "Tak. God weekend."),
        ("da", "Tak for i dag.", "Selv tak."),
        ("da", "tak og god weekend!", "Tak. God weekend."),
        ("da", "Godnat 🌙", "Godnat."),
        ("da", "Det var alt. Vi ses på fredag", "Vi ses."),
        ("da", "God påske!", "Tak. God påske."),
        ("en", "Anyway. Thanks, duck.", "Thank you."),
        ("en", "Happy Easter!", "Thank you. Happy Easter."),
        ("en", "That's it. Have a good weekend", "Thank you. Have a good weekend."),
        ("en", "night night", "Good night."),
        ("da", "Hej igen", "Hej."),
        ("da", "hej hej", "Vi ses."),
        ("en", "Hello Vidne", "Hello."),
        ("da", "God dag.", None),
        ("en", "Morning.", None),
        ("en", "She said hello.", None),
        ("da", "Jeg sagde god weekend til Hanne.", None),
        ("da", "Tak til Hanne, at det gik.", None),
        ("da", "Hun sagde tak. Så gik hun.", None),
        ("en", "Good weekend, on the whole. We swam.", None),
        ("en", "Thanks to Niamh we did.", None),
        ("en", "The thank-you.", None),
        ("en", "He said bye.", None),
    ],
)
def test_a_greeting_is_answered_and_a_told_one_is_not(lang, answer, reply):
    said = respond(answer, [], False, lang)
    assert (said and said.text) == reply
    assert said is None or said.how == "greeting"


def test_what_was_told_comes_before_a_greeting():
    answer = (
        "I froze in the review, and I looked at my pen for a second and a half while it went. " * 2 + "Thanks, duck."
    )
    assert respond(answer, [], True, "en").how != "greeting"
    assert respond("What do you think I should do? Thanks!", [], False, "en").how == "handback"


# Asked for advice

HANDED_BACK = [
    (
        "da",
        "Hvad synes du jeg skal gøre? Skal jeg tage fat i hende igen på mandag eller lade den ligge?",
        "om du skal tage fat i hende igen på mandag eller lade den ligge.",
    ),
    (
        "en",
        "What do you think I should do? Do I own up to the group that I DM'd, or do I just try again and say nothing?",
        "whether to own up to the group that you DM'd, or just try again and say nothing.",
    ),
    ("en", "Should I take it up with her again or let it lie?", "whether to take it up with her again or let it lie."),
    ("da", "Skal jeg ikke bare sige det?", '"Skal jeg ikke bare sige det?"'),
    ("da", "Skulle jeg have ladet være? Eller er det, hvad alle gør?", "ladet være? Eller er det, hvad alle gør?"),
    ("en", "Should I tell him? Or wait until Monday?", '"Should I tell him? Or wait until Monday?"'),
    ("en", "Should I tell you or ask her?", '"Should I tell you or ask her?"'),
    ("da", "Hvad ville du gøre?", '"Hvad ville du gøre?"'),
    ("da", "hvad synes du jeg skal gøre", '"hvad synes du jeg skal gøre"'),
    ("da", "Har du et råd?", '"Har du et råd?"'),
    ("da", "Kan du ikke bare sige hvad jeg skal??", '"Kan du ikke bare sige hvad jeg skal??"'),
    ("da", "Nogen gode råd?", "råd?"),
    ("da", "Sig nu bare, hvad jeg skal gøre.", "hvad jeg skal gøre"),
    ("da", "Hvad skal jeg gøre?", "Hvad skal jeg gøre?"),
    ("da", "Jeg er i tvivl. Hvad ville du gøre?", "Jeg er i tvivl. Hvad"),
    ("en", "any tips?", '"any tips?"'),
    ("en", "Tell me what to do.", '"Tell me what to do"'),
    ("en", "It was hard. What would you do in my place?", "What would you do"),
    ("en", "Have you got any advice?", "any advice?"),
    ("en", "Help me decide.", "Help me decide"),
    ("en", "What should I do?", "What should I do?"),
]
NOT_ASKED = [
    ("da", "Hanne spurgte, hvad hun skulle gøre."),
    ("da", 'Hun spurgte: "Hvad synes du jeg skal gøre?"'),
    ("da", "Jeg stod der og tænkte: hvad gør jeg nu? Og så gik jeg bare."),
    ("da", "Skal jeg sige noget? Det gjorde jeg så, og det gik."),
    ("da", "Jeg gav hende tre gode råd."),
    ("da", "Hvad skulle jeg gøre?"),
    ("da", "Jeg ved godt hvad du tænker."),
    ("en", "She asked me what she should do."),
    ("en", 'He said, "What do you think I should do?"'),
    ("en", "What was I supposed to do, walk out?"),
    ("en", "They tell me what to do all day."),
    ("en", "My boss gave me advice."),
    ("en", "I don't want any advice."),
    ("en", "Should I speak? I thought. And then I did, and nobody died."),
]


@pytest.mark.parametrize(("lang", "answer", "question"), HANDED_BACK)
def test_a_question_for_advice_is_handed_back_whole(lang, answer, question):
    said = respond(answer, [], False, lang)
    assert said.how == "handback" and question in said.text, said
    assert holds(said, answer, lang)
    again = respond(answer, [said.text], False, lang)
    assert again.text != said.text and question in again.text


@pytest.mark.parametrize(("lang", "answer"), NOT_ASKED)
def test_a_question_that_is_told_of_is_not_asked(lang, answer):
    said = respond(answer, [], False, lang)
    assert said is None or said.how != "handback"


ASKED = tomllib.loads((Path(__file__).parent / "asked.toml").read_text("utf-8"))
BEFORE = {"da": "Jeg har sagt det på tre måder nu.", "en": "I have said it in three ways now."}


def asked(lang, kind):
    """Give what is said to each answer of a kind, alone and after another sentence."""
    answers = (whole for text in ASKED[lang][kind] for whole in (text, f"{BEFORE[lang]} {text}"))
    return {answer: respond(answer, [], False, lang) for answer in answers}


@pytest.mark.parametrize("lang", ASKED)
def test_a_question_for_advice_is_handed_back_however_it_is_asked(lang):
    said = asked(lang, "asks")
    assert [answer for answer in said if said[answer] is None or said[answer].how != "handback"] == []
    assert [answer for answer in said if not holds(said[answer], answer, lang)] == []


@pytest.mark.parametrize("lang", ASKED)
def test_what_only_looks_like_a_question_for_advice_is_left_alone(lang):
    said = asked(lang, "leaves")
    assert [answer for answer in said if said[answer] is not None and said[answer].how == "handback"] == []


@pytest.mark.parametrize(("lang", "least"), [("da", 0.87), ("en", 0.94)])
def test_of_questions_for_advice_that_nobody_had_read_most_are_handed_back(lang, least):
    """What is asked is what was reached, so that no step back goes unseen."""
    held = tomllib.loads((Path(__file__).parent / "asked-held.toml").read_text("utf-8"))[lang]
    answers = {kind: [respond(text, [], False, lang) for text in held[kind]] for kind in held}
    back = {kind: sum(said is not None and said.how == "handback" for said in some) for kind, some in answers.items()}
    assert back["asks"] >= least * len(held["asks"])
    assert back["leaves"] <= 0.03 * len(held["leaves"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_catches_what_it_says_and_leaves_what_it_says(rule):
    for sentence in rule.catches:
        begin, end = sentence.index("["), sentence.index("]") - 1
        bare = sentence.replace("[", "").replace("]", "")
        assert any(f.start < end and f.end > begin for f in find([rule], bare)), sentence
    for sentence in rule.leaves:
        assert not find([rule], sentence), sentence


def test_both_languages_have_the_same_forms():
    da, en = FORMS["da"], FORMS["en"]
    assert da.keys() == en.keys() and da["handback"].keys() == en["handback"].keys()
    for lang in ("da", "en"):
        greeted = {rule.id.rsplit(".", 1)[-1] for rule in RULES if rule.id.startswith(f"{lang}.greeted.")}
        assert greeted == FORMS[lang]["greeting"].keys()
    for name, fields in {
        "quote": ["quote"],
        "image": ["quote"],
        "order": ["a", "b"],
        "repeat": ["word", "count"],
    }.items():
        assert all(re.findall(r"{(\w+)}", frame) == fields for frame in (*da[name], *en[name]))
