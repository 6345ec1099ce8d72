"""What was taken back stands nowhere: on no page, in no view, on no screen, and not in the bytes of anybody's home."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.circle.items import Passage
from assistant.circle.printed import html, markdown
from assistant.guides.events import Answered, Skipped, WentBack
from assistant.guides.turn import Turn
from assistant.vault.home import Home
from tests.around import gather, home_of, house
from tests.test_meeting_room import at, hold
from tests.vaults import decrypted, files

DAY = date(2026, 3, 11)
RARE = "žqx"
"""No other word begins like it, so that the index holds it whole."""
WORDS = {name: f"{RARE}{n}vask" for n, name in enumerate(("dørtrin", "bro", "ønske", "note", "passage"))}


def times_in(folder: Path, word: str) -> int:
    """Count a word in every decrypted page of a home, and look that it is in no file in the clear."""
    home = Home(folder)
    assert not any(word.encode() in content for content in files(home).values())
    return sum(page.count(word.encode()) for page in decrypted(home))


@pytest.fixture
def home(tmp_path):
    gather(tmp_path / "home", "da", DAY, people=("Anna", "Bo", "Carl"), carried={})
    return tmp_path / "home"


def held(home, words="", wished="", agreements="", people=""):
    """Hold a meeting at Anna's screen, in which this was written; give her house."""
    there = house(home, "da", "Anna", DAY)
    session, _ = at(there, "words", **({"people": people} if people else {}))
    for text in (words, "", agreements, wished):
        session.send(Answered(text, there.clock()) if text else Skipped(there.clock()))
    while not any(turn.kind == "finished" for turn in session.turns):
        session.send(Skipped(there.clock()))
    return there


def others(home, name, day=DAY):
    there = house(home_of(home, name), "da", name, day)
    there.circles.named().sync()
    return there


def everything(there):
    """All that can be read of the group in a house."""
    there.circles.named().sync()
    there.ours.forget_taken_back()
    page, words = there.ours.page(), there.ours.words_page()
    turns = [turn for sitting in there.vault.sittings() for turn in there.vault.turns(sitting.id)]
    shown = [markdown(each) + html(each) for each in (page, words) if each]
    return "\n".join([repr(there.circles.named().view), repr(turns), *shown])


def test_a_word_that_was_taken_back_is_erased_where_it_was_typed_too(home):
    word, other = WORDS["dørtrin"], WORDS["bro"]
    there = held(home, words=f"{word}: der hvor man vender om (Carl)\n{other} (Bo)")
    assert times_in(home, word) > 1
    carl = others(home, "Carl")
    circle = carl.circles.named()
    circle.withdraw(next(entry.id for entry in circle.view.words if entry.body.word == word))
    carl.close()
    assert word not in everything(there)
    assert other in everything(there)
    assert times_in(home, word) == 0
    assert times_in(home, other) > 0
    assert there.vault.search(word) == ()
    assert len(there.vault.search(other)) == 1
    assert there.vault.faults() == ()
    there.close()


def test_a_wish_that_was_taken_back_is_erased_though_it_was_gone_back_to_and_typed_twice(home):
    there = house(home, "da", "Anna", DAY)
    session, _ = at(there, "wished")
    wish = f"Carl: {WORDS['ønske']} kom forbi"
    session.send(Answered(wish, there.clock()))
    session.send(WentBack(there.clock()))
    session.send(Skipped(there.clock()))
    session.send(WentBack(there.clock()))
    session.send(Answered(f"{wish}\nBo: en pause", there.clock()))
    while not any(turn.kind == "finished" for turn in session.turns):
        session.send(Skipped(there.clock()))
    carl = others(home, "Carl")
    circle = carl.circles.named()
    circle.withdraw(next(entry.id for entry in circle.view.notes if WORDS["ønske"] in entry.body.text))
    carl.close()
    assert WORDS["ønske"] not in everything(there)
    assert "en pause" in markdown(there.ours.page())
    assert times_in(home, WORDS["ønske"]) == 0
    there.close()


def test_what_stands_is_left_as_it_was_typed(home):
    there = held(home, words="dørtrin (Carl)", wished="Bo: en pause", agreements="Vi begynder ti.")
    (sitting,) = there.vault.sittings("meeting")
    before = there.vault.turns(sitting.id)
    everything(there)
    assert there.vault.turns(sitting.id) == before
    there.close()


def test_somebody_who_only_came_to_the_meeting_stands_on_everyones_page(home):
    there = held(home, words="bro: vi går over (Zoe)\nø", people="Anna\nBo\nCarl\nZoe", wished="Zoe: tak for i dag")
    page = markdown(there.ours.page())
    assert "Anna, Bo, Carl, Zoe" in page
    assert "(Zoe)" in page.replace("\\", "")
    there.close()
    for name in ("Bo", "Carl"):
        other = others(home, name)
        assert markdown(other.ours.page()) == page
        found = {word.word: word.by for _, word in other.ours.words()}
        assert found == {"bro": "Zoe", "ø": ""}
        other.close()


# Two machines, and a machine that stops


SCRIPT = """
import sys
from tests.around import house
from tests.test_taken_back import DAY
from pathlib import Path
there = house(Path(sys.argv[1]), "da", sys.argv[2], DAY)
circle = there.circles.named()
circle.sync()
for entry in circle.view.passages:
    if entry.by == circle.me.key:
        circle.withdraw(entry.id)
there.close()
"""


def test_what_another_process_takes_back_is_gone_from_the_screen_with_the_next_look(tmp_path):
    gather(tmp_path / "home", "da", DAY, people=("Anna", "Bo"), carried={"Bo": [WORDS["passage"]]})
    there = house(tmp_path / "home", "da", "Anna", DAY)
    session, question = at(there, "telling:2")
    assert question.beside == (WORDS["passage"],)
    args = [sys.executable, "-c", SCRIPT, str(home_of(tmp_path / "home", "Bo")), "Bo"]
    subprocess.run(args, check=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])})
    session.look()
    assert session.beside == ()
    assert WORDS["passage"] not in everything(there)
    assert times_in(tmp_path / "home", WORDS["passage"]) == 0
    there.close()


MEETS = """
import sys
from pathlib import Path
from tests.around import house
from tests.test_meeting_room import at
from tests.test_taken_back import DAY
there = house(Path(sys.argv[1]), "da", "Anna", DAY)
session, _ = at(there, "last_word:4")
print(session.state.step, flush=True)
sys.stdin.readline()
"""


def test_a_process_killed_in_the_fourth_turn_goes_on_there(tmp_path):
    gather(tmp_path / "home", "da", DAY, carried={})
    args = [sys.executable, "-c", MEETS, str(tmp_path / "home")]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout.readline().strip() == "last_word:4"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    there = house(tmp_path / "home", "da", "Anna", DAY)
    session = there.sittings.session("meeting", there.sittings.waiting("meeting").id)
    assert session.open()[-1].step == "last_word:4"
    session.send(Skipped(there.clock()))
    assert session.state.step == "quiet:4"
    there.close()


# Over random sittings

PRIVATE = f"{RARE}privat"
SEALED = f"jeg vil ikke leve mere, {RARE}forseglet"
DRAW = st.fixed_dictionaries(
    {
        "words": st.lists(st.sampled_from(sorted(WORDS.values())[:3]), max_size=3, unique=True),
        "wished": st.lists(st.sampled_from(sorted(WORDS.values())[2:]), max_size=3, unique=True),
        "carried": st.lists(st.sampled_from(("sten", "bakke", "sø")), max_size=2, unique=True),
        "back": st.sets(st.integers(0, 9), max_size=8),
        "sealed": st.booleans(),
        "stops": st.booleans(),
    }
)


@given(drawn=DRAW)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_nothing_private_and_nothing_taken_back_is_left_in_any_item_page_view_or_byte(drawn, tmp_path_factory):
    home = tmp_path_factory.mktemp("random") / "home"
    gather(home, "da", DAY, people=("Anna", "Bo"), carried={})
    bo = others(home, "Bo")
    journal = bo.vault.begin("weekly", bo.clock(), ("notice",), {})
    bo.vault.keep(journal, Turn("answered", "notice", f"{PRIVATE} {' '.join(drawn['carried'])}", bo.clock()))
    for text in drawn["carried"]:
        bo.circles.named().share(Passage(text=f"{RARE}{text}", month=f"{DAY:%Y-%m}", written=DAY))
    bo.close()
    lines = [
        *([SEALED, "1", "/back"] if drawn["sealed"] else []),
        "\n".join(f"{word} (Bo)" for word in drawn["words"]) or "/skip",
        "",
        "/skip",
        "\n".join(f"Bo: {wish}" for wish in drawn["wished"]) or "/skip",
    ]
    there = house(home, "da", "Anna", DAY)
    hold(there, ["", "", "", "", "", "", "/pass", "/pass", *lines, *([] if drawn["stops"] else [""] * 8)])
    there.close()
    later = date(2026, 3, 20)
    there = house(home, "da", "Anna", later)
    everything(there)
    bo = others(home, "Bo", later)
    circle = bo.circles.named()
    mine = [entry for entry in (*circle.view.passages, *circle.view.words, *circle.view.notes)
            if circle.me.key in (entry.by, getattr(entry.body, "by", None))]  # fmt: skip
    texts = [getattr(entry.body, "word", None) or entry.body.text for entry in mine]
    gone = {text for n, text in enumerate(texts) if n in drawn["back"]}
    for entry, text in zip(mine, texts, strict=True):
        if text in gone:
            circle.withdraw(entry.id)
    read = everything(there) + everything(bo).replace(PRIVATE, "", 1)  # Bo's own journal is Bo's
    there.close()
    bo.close()
    assert PRIVATE not in read
    assert f"{RARE}forseglet" not in read.replace(f"text='{SEALED}'", "")  # where it is kept, privately
    kept = b"".join(decrypted(Home(home)))
    for text in (*gone, PRIVATE):
        assert text not in read
        assert text.encode() not in kept
    for text in set(texts) - gone:
        assert text in read
