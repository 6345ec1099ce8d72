"""What is said of a leader is in no frame: not of those above, and not of who at the table decides over another."""

from datetime import UTC, datetime

import pytest

from assistant.circle.agreed import agreed, of_others
from assistant.circle.page import page
from assistant.circle.printed import markdown
from assistant.guides.events import Answered, Skipped, WentBack
from assistant.guides.leaders import only_name, without_leaders
from assistant.messages import LANGS
from tests.test_tui import opened
from tests.transcripts import FOLDER, house_of, read

SCRIPTS = {lang: read((FOLDER / f"kickoff-{lang}.md").read_text("utf-8")) for lang in LANGS}
NOW = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)


@pytest.fixture
def house(tmp_path):
    return lambda lang="da": house_of(SCRIPTS[lang], tmp_path / lang, min(SCRIPTS[lang].sittings))


class Kickoff:
    """A kickoff in which everything that is not said is left."""

    def __init__(self, house, lang="da", people="Lotte\nKaren Holm\nHanne"):
        self.session = house(lang).sittings.session("kickoff")
        self.session.open()
        self.lang = lang
        self.at("people", people)

    def at(self, step, *texts):
        """Go on to a step, leaving what comes before it, and answer."""
        while self.session.state.step != step:
            self.session.send(Skipped(NOW))
        for text in texts:
            self.shown = self.session.send(Answered(text, NOW))
        return self

    @property
    def said(self):
        return " ".join(getattr(item, "text", "") for item in self.shown)

    @property
    def frame(self):
        return agreed(self.session.guide, self.session.turns, self.lang)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Karen bliver sur. Vi tier.", "Vi tier."),
        ("Karens mail kl. 22 er slem. Vi svarer ikke.", "Vi svarer ikke."),
        ("Vi tier\nkaren presser på", "Vi tier"),
        ("Lotte’s rota again. We cope.", "We cope."),
        ("Hos Lottes afdeling er der ro.", ""),
        ("Karenina er en bog.", "Karenina er en bog."),
        ("Vi har travlt. Det går.", "Vi har travlt. Det går."),
        ("Vi bor tæt. Bo siger nej.", "Vi bor tæt."),
        ("We will see. Will says no.", "We will see."),
        ("Overlægen råber. Resten er fint.", "Resten er fint."),
    ],
)
def test_a_sentence_about_who_decides_stays_out_by_name_genitive_and_all(text, left):
    assert without_leaders(text, "da", ["Karen Holm", "Lotte", "Bo", "Will"]) == left


@pytest.mark.parametrize(
    ("lang", "yes", "said"), [("da", "ja", "En sætning om en leder"), ("en", "yes", "One sentence about a leader")]
)
@pytest.mark.parametrize("who", ["Karen", "2", "Karen og Lotte", "1, 2"])
def test_who_decides_is_asked_after_a_yes_and_what_is_said_of_them_is_left_out_at_once(house, lang, yes, said, who):
    kickoff = Kickoff(house, lang).at("boss", yes, yes)
    place = kickoff.session.state.place
    assert kickoff.session.state.step == "boss_who"
    kickoff.at("boss_who", who)
    assert kickoff.session.state.place == (place[0] + 1, place[1])
    kickoff.at("mistakes", "Vi siger det højt. Karen bliver tit sur.")
    assert said in kickoff.said
    assert "sur" not in kickoff.said
    assert kickoff.frame.words["mistakes"] == "Vi siger det højt."
    whole = kickoff.frame.model_dump_json() + markdown(page([kickoff.frame], house(lang).messages))
    assert "sur" not in whole
    assert "boss" not in whole


@pytest.mark.parametrize(
    "text", ["Anders is the chief. We cope.", "The foreman shouts. We cope.", "Formanden råber. We cope."]
)
def test_whoever_decides_is_known_by_more_names_than_leader(text):
    assert without_leaders(text, "en") == "We cope."


def test_who_decides_is_of_what_goes_from_the_computer_when_the_frame_is_founded(house):
    kickoff = Kickoff(house).at("boss", "ja", "ja").at("boss_who", "Lotte").at("mistakes", "Vi siger det højt.")
    steps = of_others(kickoff.session.guide, kickoff.session.turns, {"Karen", "Lotte"})
    assert steps == ("boss_who",)


def test_the_one_who_backs_the_frame_is_kept_out_as_well(house):
    kickoff = (
        Kickoff(house)
        .at("champion", "Overlæge Jens Hansen")
        .at("pressure", "Jens' tempo er vildt. Det går. Chefen ved det.")
    )
    assert "2 sætninger om ledere er holdt ude af rammen." in kickoff.said
    assert kickoff.frame.words["pressure"] == "Det går."


def test_after_a_no_nobody_is_asked_who_and_a_yes_that_was_put_right_keeps_nobody_out(house):
    kickoff = Kickoff(house).at("boss", "nej")
    assert kickoff.session.state.step == "why_here:1"
    kickoff.session.send(WentBack(NOW))
    kickoff.at("boss", "ja", "ja").at("boss_who", "Lotte")
    for _ in range(2):
        kickoff.session.send(WentBack(NOW))
    kickoff.at("boss", "nej").at("mistakes", "Lotte siger det højt.")
    assert "holdt ude" not in kickoff.said
    assert kickoff.frame.words["mistakes"] == "Lotte siger det højt."


def test_somebody_who_is_not_at_the_table_is_told_kindly(house):
    kickoff = Kickoff(house).at("boss", "ja", "ja", "Bettina")
    assert kickoff.said == house().messages("talk.nobody_named_so")
    assert kickoff.session.state.step == "boss_who"


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_on_the_full_screen_the_names_stand_with_the_question(house, size):
    async with opened(house(), "kickoff", size) as member:
        await member.press("enter", "enter", "ctrl+n")
        await member.answer("Lotte\nKaren\nHanne")
        await member.press("enter")
        await member.press("1")
        await member.press("ctrl+d")
        assert "Hvem af jer er det?" in member.sees
        assert all(name in member.sees for name in ("Lotte", "Karen", "Hanne"))
        await member.answer("1, 2")
        assert "Lotte, hvad fik dig" in member.sees


def test_a_name_with_its_title_is_a_name():
    assert only_name("Vores chef Lise Holm") == "Lise Holm"
