"""What was kept stays as it was given: turns, drafts, sittings, and the shape of the vault through every migration."""

import subprocess
import sys
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.guides.events import Turn
from assistant.text import clean
from assistant.trouble import Trouble
from assistant.vault import migrations
from assistant.vault.driver import connect
from assistant.vault.home import Home
from assistant.vault.keys import Passphrase
from assistant.vault.vault import Draft, Profile, Vault
from tests.vaults import AT, METTE, ROOT, answered, begun, made

COPENHAGEN = timezone(timedelta(hours=2))


@pytest.fixture
def vault(tmp_path):
    with made(tmp_path / "home") as vault:
        yield vault


@pytest.fixture(scope="module")
def one_vault(tmp_path_factory):
    with made(tmp_path_factory.mktemp("vault") / "home") as vault:
        yield vault


# Turns and drafts


def test_a_turn_comes_back_as_it_was_kept_also_after_closing(tmp_path):
    at = datetime(2026, 6, 1, 12, 0, 1, 5, COPENHAGEN)
    turn = Turn("said", "notice", "Du skrev: ”jeg tav”.", at, "Hvad?", "quote")
    with made(tmp_path / "home") as vault:
        sitting = begun(vault)
        vault.keep(sitting, turn)
        vault.keep(sitting, Turn("finished", "notice"))
    with Vault.open(Home(tmp_path / "home")) as vault:
        assert vault.turns(sitting) == (turn, Turn("finished", "notice"))
        assert vault.turns(sitting)[0].at.utcoffset() == timedelta(hours=2)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec=None, categories=None)).map(clean))
def test_any_text_comes_back_letter_for_letter(one_vault, text):
    sitting = begun(one_vault)
    one_vault.keep_draft(sitting, "notice", text)
    assert one_vault.draft(sitting) == (Draft("notice", text) if text else None)
    one_vault.keep(sitting, answered(text))
    assert one_vault.turns(sitting) == (answered(text),)


def test_a_megabyte_comes_back_letter_for_letter(vault):
    sitting = begun(vault)
    text = "Ærligt 👩‍👩‍👧 – det var tungt\n" * 30_000
    vault.keep(sitting, answered(text))
    assert vault.turns(sitting)[0].text == text
    assert vault.search("ærligt")


def test_a_turn_takes_its_draft_with_it_and_no_other(vault):
    sitting, other = begun(vault), begun(vault)
    vault.keep_draft(sitting, "notice", "halvt")
    vault.keep_draft(sitting, "notice", "halvt skrevet")
    vault.keep_draft(other, "arrive", "en anden dag")
    assert vault.draft(sitting) == Draft("notice", "halvt skrevet")
    vault.keep(sitting, answered("helt skrevet"))
    assert vault.draft(sitting) is None
    assert vault.draft(other) == Draft("arrive", "en anden dag")


def test_a_turn_is_brought_to_the_disk_before_it_is_called_kept_and_a_draft_is_not_waited_for(vault):
    sitting = begun(vault)
    full = vault._connection.execute("PRAGMA synchronous").fetchone()
    said = []
    vault._connection.set_trace_callback(lambda sql: sql.startswith("--") or said.append(sql))
    vault.keep_draft(sitting, "notice", "halvt")
    assert [said[0], said[1], said[-2], said[-1]] == [
        "PRAGMA synchronous = NORMAL",
        "BEGIN IMMEDIATE",
        "COMMIT",
        "PRAGMA synchronous = FULL",
    ]
    said.clear()
    vault.keep(sitting, answered("helt"))
    assert (full, said[0], said[-1]) == ((2,), "BEGIN IMMEDIATE", "COMMIT")


# Sittings and the member


def test_a_sitting_is_as_it_was_begun_and_counts_the_members_words(vault):
    sitting = vault.begin("weekly", AT, ("arrive", "notice"), {"name": None, "old_lines": ["én", "to"], "week": 7})
    vault.keep(sitting, answered("tre små ord"))
    vault.keep(sitting, Turn("said", "notice", "Du skrev: ”tre små ord”.", AT))
    vault.keep(sitting, answered("to ord", "corrected"))
    kept = vault.sitting(sitting)
    assert (kept.guide, kept.began, kept.plan, kept.words) == ("weekly", AT, ("arrive", "notice"), 5)
    assert kept.facts == {"name": None, "old_lines": ["én", "to"], "week": 7}
    assert not kept.finished
    vault.keep(sitting, Turn("finished", "notice", at=AT))
    assert vault.sitting(sitting).finished


def test_sittings_come_newest_first_and_by_guide(vault):
    ids = [begun(vault, guide) for guide in ("weekly", "kickoff", "weekly")]
    assert [sitting.id for sitting in vault.sittings()] == ids[::-1]
    assert [sitting.id for sitting in vault.sittings("weekly")] == [ids[2], ids[0]]
    assert vault.sittings("pair") == ()


def test_the_unfinished_sitting_is_the_newest_with_something_in_it_and_no_end(vault):
    assert vault.unfinished("weekly") is None
    older, newer, ended, _ = (begun(vault) for _ in range(4))
    other = begun(vault, "kickoff")
    vault.keep(other, answered("et andet sted"))
    assert vault.unfinished("weekly") is None
    vault.keep(older, answered("først"))
    assert vault.unfinished("weekly").id == older
    vault.keep_draft(newer, "arrive", "halvt")
    assert vault.unfinished("weekly").id == newer
    vault.keep(ended, Turn("finished", "notice", at=AT))
    assert vault.unfinished("weekly").id == newer


def test_the_member_is_kept_and_the_home_speaks_their_language(tmp_path):
    with made(tmp_path / "home") as vault:
        assert vault.profile == METTE
        niamh = Profile(name=None, lang="en", began=date(2026, 2, 2))
        vault.keep_profile(niamh)
    with Vault.open(Home(tmp_path / "home")) as vault:
        assert vault.profile == niamh
    assert Home(tmp_path / "home").lang == "en"


def test_the_look_of_the_screen_is_known_before_anything_is_unlocked(tmp_path):
    made(tmp_path / "home", Passphrase("tre heste")).close()
    home = Home(tmp_path / "home")
    assert home.theme is None
    home.write_theme("paper")
    assert home.theme == "paper"
    Vault.open(home, lambda: "tre heste").close()


# What is told, and what is not


def test_a_full_database_is_told_and_the_draft_stays(vault):
    sitting = begun(vault)
    vault.keep_draft(sitting, "notice", "halvt")
    pages = vault._connection.execute("PRAGMA page_count").fetchone()[0]
    vault._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(Trouble) as trouble:
        vault.keep(sitting, answered("langt " * 50_000))
    assert trouble.value.key == "trouble.disk_full"
    assert vault.turns(sitting) == ()
    assert vault.draft(sitting) == Draft("notice", "halvt")
    vault._connection.execute("PRAGMA max_page_count = 100000")
    vault.keep(sitting, answered("langt " * 50_000))
    assert len(vault.turns(sitting)) == 1


def test_another_window_that_writes_is_told_and_nothing_is_kept_by_halves(vault, tmp_path):
    sitting = begun(vault)
    vault.keep_draft(sitting, "notice", "halvt")
    with Vault.open(Home(tmp_path / "home")) as other:
        other._connection.execute("BEGIN IMMEDIATE")
        vault._connection.execute("PRAGMA busy_timeout = 10")
        for write in (vault.keep, answered("helt")), (vault.keep_draft, "notice", "mere"):
            with pytest.raises(Trouble) as trouble:
                write[0](sitting, *write[1:])
            assert trouble.value.key == "trouble.vault_busy"
        other._connection.execute("ROLLBACK")
    assert vault.draft(sitting) == Draft("notice", "halvt")
    assert vault.turns(sitting) == ()
    vault.keep(sitting, answered("helt"))


def test_no_error_carries_the_members_words(vault):
    secret = "hemmeligheden"
    sitting = begun(vault)
    broken = f"{secret} \udcff"
    vault._connection.execute("PRAGMA busy_timeout = 10")
    for act in (
        lambda: vault.keep(sitting, answered(broken)),
        lambda: vault.keep_draft(sitting, "notice", broken),
        lambda: vault.keep(sitting + 99, answered(secret)),
    ):
        with pytest.raises(Trouble) as caught:
            act()
        trouble = caught.value
        assert secret not in f"{trouble!r} {trouble} {trouble.values} {trouble.__context__!r} {trouble.__cause__!r}"
    assert vault.turns(sitting) == ()


# The cost of one turn


def test_keeping_a_turn_in_an_everyday_home_needs_no_heavy_module(tmp_path):
    made(tmp_path / "home").close()
    heavy = ("cryptography", "keyring", "sqlite_utils", "simplemma", "pydantic", "click", "platformdirs", "tests")
    script = f"""
import sys
from datetime import datetime, timezone
from pathlib import Path
from assistant.guides.events import Turn
from assistant.vault.home import Home
from assistant.vault.keys import Passphrase
from assistant.vault.vault import Vault
with Vault.open(Home(Path(sys.argv[1]))) as vault:
    sitting = vault.begin("weekly", datetime.now(timezone.utc), ("notice",), {{}})
    vault.keep(sitting, Turn("answered", "notice", "et ord", datetime.now(timezone.utc)))
print(*[name for name in {heavy} if name in sys.modules])
"""
    command = [sys.executable, "-c", script, str(tmp_path / "home")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


# Migrations


def shaped(folder, steps, newest):
    """Make a vault of an older or newer shape, with a turn and a turn to forget in it."""
    made(folder).close()
    home = Home(folder)
    home.database.unlink()
    home.clear_coming()
    connection = connect(home.coming, home.key_file.read_bytes())
    migrations.apply(connection, steps)
    connection.execute("INSERT INTO member (id, name, lang, began) VALUES (1, 'Mette', 'da', '2026-01-05')")
    connection.execute(
        "INSERT INTO sittings (guide, began, plan, facts) VALUES ('weekly', '2026-03-02T12:00:00+00:00', '[]', '{}')"
    )
    for kind, text in (("answered", "mødet trak ud"), ("sealed", "skjult sætning")):
        connection.execute(
            "INSERT INTO turns (sitting, kind, step, text, at, asked, how, words)"
            " VALUES (1, ?, 'notice', ?, '2026-03-02T12:05:00+00:00', '', '', 2)",
            [kind, text],
        )
    connection.execute("PRAGMA journal_mode = WAL")
    assert connection.execute("PRAGMA user_version").fetchone() == (newest,)
    connection.close()
    home.settle()
    return home


def moved(db):
    """A step such as may come: it makes the table of turns anew, which drops whatever hung on it."""
    db["turns"].add_column("place", str)
    db["turns"].transform(rename={"place": "stood"})


def test_a_vault_of_every_older_shape_opens_and_finds_and_forgets(tmp_path, monkeypatch):
    shapes = (*migrations.STEPS, moved)
    monkeypatch.setattr(migrations, "STEPS", shapes)
    for number in range(1, len(shapes) + 1):
        with Vault.open(shaped(tmp_path / str(number), shapes[:number], number)) as vault:
            assert vault._connection.execute("PRAGMA user_version").fetchone() == (len(shapes),)
            assert [turn.text for turn in vault.turns(1)] == ["mødet trak ud", "skjult sætning"]
            vault.keep(1, answered("et møde mere"))
            assert len(vault.search("møde")) == 2
            vault.forget(1, 1)
            assert vault.search("skjult") == ()
            with pytest.raises(Exception, match="only ever added"):
                vault._connection.execute("DELETE FROM turns")
            assert vault.faults() == ()


def test_a_step_that_fails_leaves_the_vault_as_it_was(tmp_path, monkeypatch):
    def failing(db):
        db["turns"].add_column("place", str)
        db.execute("SELECT * FROM nowhere")

    home = shaped(tmp_path / "home", migrations.STEPS, len(migrations.STEPS))
    steps = migrations.STEPS
    monkeypatch.setattr(migrations, "STEPS", (*steps, failing))
    with pytest.raises(Trouble):
        Vault.open(home)
    monkeypatch.setattr(migrations, "STEPS", steps)
    with Vault.open(home) as vault:
        assert len(vault.turns(1)) == 2
        vault.forget(1, 1)
        assert vault.search("skjult") == ()


def test_a_vault_from_a_newer_vidne_is_told_and_left_as_it_was(tmp_path):
    home = shaped(tmp_path / "home", (*migrations.STEPS, moved), len(migrations.STEPS) + 1)
    before = home.database.read_bytes()
    with pytest.raises(Trouble) as trouble:
        Vault.open(home)
    assert trouble.value.key == "trouble.home_newer"
    assert home.database.read_bytes() == before
