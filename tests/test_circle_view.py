"""The view is the same whatever order items come in, however often, and whatever nonsense lies between them."""

import hashlib
import json
import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.circle.circle import Circle
from assistant.circle.folder import Folder
from assistant.circle.items import (
    Attendance,
    Item,
    Joining,
    Leaving,
    Note,
    Pair,
    Pause,
    Response,
    Ticket,
    Welcome,
    Withdrawal,
    Word,
)
from assistant.circle.view import fold
from assistant.trouble import Trouble
from tests.circles import CIRCLE, DAY, Group, Memory, charter, passage

AUTHORS = [letter * 64 for letter in "abcde"]
ANNA, BO, CLARA, DORTE, EVA = AUTHORS
AGE = "age1" + "q" * 58
MARCH = "2026-03"


def item(author, sequence, lamport, kind, body):
    """Make an item without keys: whether a signature holds is the envelope's matter."""
    text = json.dumps([author, sequence, lamport, kind, body and body.model_dump(mode="json")])
    name = hashlib.sha256(text.encode()).hexdigest()
    return Item(name, CIRCLE, author, sequence, lamport, kind, body)


def ticket(inviter, once, after):
    return Ticket(name="N", once=once, inviter=inviter, after=max(after, 1), signature="0" * 128)


def joining(author, sequence=1, lamport=1, inviter=None, once="0" * 64):
    body = Joining(name=author[:3], recipient=AGE, ticket=inviter and ticket(inviter, once, lamport - 1))
    return item(author, sequence, lamport, "joining", body)


def room(*more):
    """Give the items of a room that Anna founded and Bo and Clara are in, and then `more`."""
    bo, clara = joining(BO, 1, 2, ANNA, "1" * 64), joining(CLARA, 1, 2, ANNA, "2" * 64)
    return [
        joining(ANNA),
        bo,
        clara,
        item(ANNA, 2, 4, "welcome", Welcome(joining=bo.id)),
        item(ANNA, 3, 5, "welcome", Welcome(joining=clara.id)),
        *more,
    ]


def names(members):
    return {member.key for member in members}


NUMBERS = st.integers(1, 12)
MEMBERS = st.sampled_from(AUTHORS)
BODIES = {
    "passage": st.just(passage("ord")),
    "word": st.builds(Word, word=st.just("stilleå"), by=MEMBERS, found=st.just(DAY)),
    "note": st.builds(Note, text=st.just("gemt"), month=st.just(MARCH), by=st.none() | MEMBERS),
    "attendance": st.builds(Attendance, month=st.just(MARCH), state=st.sampled_from(["ready", "away"])),
    "pair": st.just(Pair(month=MARCH, members=(ANNA, BO))),
    "pause": st.builds(Pause, state=st.sampled_from(["paused", "back"])),
    "charter": st.builds(lambda group: charter("aaa", "bbb", group=group), st.sampled_from(["K", "L"])),
}


@st.composite
def muddles(draw):
    """Give any items at all: of members and strangers, with numbers that clash, joinings and withdrawals."""
    items = [joining(ANNA)]
    for _ in range(draw(st.integers(0, 24))):
        author, sequence, lamport = draw(MEMBERS), draw(NUMBERS), draw(NUMBERS)
        kind = draw(st.sampled_from([*BODIES, "joining", "leaving", "welcome", "withdrawal", "response"]))
        target = draw(st.sampled_from(items)).id
        match kind:
            case "joining":
                inviter = draw(st.none() | MEMBERS)
                items.append(joining(author, sequence, lamport, inviter, draw(st.sampled_from("12")) * 64))
                continue
            case "welcome":
                body = Welcome(joining=target)
            case "withdrawal":
                body = Withdrawal(item=target)
            case "response":
                body = Response(to=target, expression="ordet")
            case "leaving":
                wrote = draw(st.lists(st.sampled_from(items).map(lambda one: one.short), max_size=12))
                body = Leaving(take=draw(st.booleans()), wrote=tuple(wrote))
            case _:
                body = draw(BODIES[kind])
        items.append(item(author, sequence, lamport, kind, body))
    return items


@settings(max_examples=300)
@given(muddles(), st.randoms(use_true_random=False))
def test_any_items_in_any_order_and_any_number_of_times_give_one_view(items, dice):
    first = fold(items, ANNA)
    shuffled = [*items, *dice.choices(items, k=10)]
    dice.shuffle(shuffled)
    assert fold(shuffled, ANNA) == first
    erased = [
        Item(one.id, one.circle, one.author, one.sequence, one.lamport, one.kind, None) if one.id in first.gone else one
        for one in shuffled
    ]
    assert fold(erased, ANNA) == first  # erasing the words of what is gone changes nothing


@settings(max_examples=300)
@given(muddles())
def test_what_is_gone_or_refused_stands_nowhere_in_the_view(items):
    view = fold(items, ANNA)
    shown = {entry.id for entry in (*view.passages, *view.responses, *view.words, *view.notes, *view.meetings)}
    assert not shown & (view.gone | view.refused.keys())
    assert {entry.body.to for entry in view.responses} & view.gone == set()
    assert len({member.key for member in view.members}) == len(view.members)


def test_a_room_has_who_was_invited_and_welcomed():
    assert names(fold(room(), ANNA).here) == {ANNA, BO, CLARA}


def test_a_stranger_with_every_public_key_gets_nothing_in():
    stranger = [
        joining(EVA, 1, 1),
        joining(DORTE, 1, 9, EVA, "3" * 64),
        item(EVA, 2, 9, "welcome", Welcome(joining=joining(DORTE, 1, 9, EVA, "3" * 64).id)),
        item(EVA, 3, 9, "passage", passage("fra ingen")),
        item(EVA, 4, 9, "leaving", Leaving(take=True)),
    ]
    view = fold(room(*stranger), ANNA)
    assert view.passages == ()
    assert names(view.members) == {ANNA, BO, CLARA}
    assert {view.refused[one.id] for one in stranger} == {"not_a_member"}


def test_an_old_invitation_that_turns_up_again_moves_nobody_aside():
    late = joining(ANNA[:-1] + "9", 1, 2, ANNA, "1" * 64)  # before Bo's in every order
    view = fold(room(late), ANNA)
    assert names(view.here) == {ANNA, BO, CLARA}
    assert view.refused[late.id] == "invitation_used"
    assert view.knocking == ()


def test_only_a_member_can_welcome():
    dorte = joining(DORTE, 1, 6, BO, "3" * 64)
    view = fold(room(dorte, item(DORTE, 2, 7, "welcome", Welcome(joining=dorte.id))), ANNA)
    assert names(view.here) == {ANNA, BO, CLARA}
    assert view.knocking == (dorte.id,)


def leaving(author, sequence, lamport, *wrote, take=False):
    return item(author, sequence, lamport, "leaving", Leaving(take=take, wrote=tuple(one.short for one in wrote)))


@pytest.mark.parametrize("sequence", [2, 3, 4, 5], ids=["a place taken", "a gap", "the leaving's place", "later"])
@pytest.mark.parametrize("lamport", [4, 20], ids=["a low number", "a high number"])
def test_nothing_counts_that_was_written_after_leaving(sequence, lamport):
    before = item(BO, 2, 6, "passage", passage("før"))
    after = item(BO, sequence, lamport, "passage", passage("bagefter"))
    out = leaving(BO, 4, 10, before)
    anew = leaving(BO, 9, 5, after)  # and leaving anew, earlier, with it among what was written
    for more in ((out, after), (out, after, anew)):
        view = fold(room(before, *more), ANNA)
        assert after.id not in {entry.id for entry in view.passages}
        assert view.refused[after.id] in ("left_before", "fork")
        assert view.member(BO).state == "left"


def test_who_left_lets_nobody_in_afterwards():
    eva = joining(EVA, 1, 6, BO, "3" * 64)
    for lamport in (7, 30):
        welcome = item(BO, 8, lamport, "welcome", Welcome(joining=eva.id))
        view = fold(room(eva, welcome, leaving(BO, 4, 10)), ANNA)
        assert names(view.here) == {ANNA, CLARA}
        assert view.knocking == ()


def test_whoever_was_let_in_stays_when_the_one_who_invited_leaves():
    eva = joining(EVA, 1, 6, BO, "3" * 64)
    welcome = item(ANNA, 4, 7, "welcome", Welcome(joining=eva.id))
    for lamport in (5, 30):
        view = fold(room(eva, welcome, leaving(BO, 4, lamport)), ANNA)
        assert names(view.here) == {ANNA, CLARA, EVA}


@pytest.mark.parametrize("take", [True, False])
def test_what_a_member_shared_goes_along_if_they_want_it_to(take):
    mine = item(BO, 2, 6, "passage", passage("mit"))
    answer = item(ANNA, 4, 7, "response", Response(to=mine.id, expression="mit"))
    word = item(ANNA, 5, 8, "word", Word(word="stilleå", by=BO, found=DAY))
    frame = item(ANNA, 6, 9, "charter", charter("aaa", "bbb"))
    view = fold(room(mine, answer, word, frame, leaving(BO, 3, 10, mine, take=take)), ANNA)
    assert (len(view.passages), len(view.responses), len(view.words)) == ((0, 0, 0) if take else (1, 1, 1))
    anna, bo = view.charter.places
    assert anna.learning_point
    assert bool(bo.learning_point) is not take
    assert view.member(BO).state == "left"


def test_nobody_takes_back_what_is_anothers():
    mine = item(BO, 2, 6, "passage", passage("mit"))
    view = fold(room(mine, item(CLARA, 2, 7, "withdrawal", Withdrawal(item=mine.id))), ANNA)
    assert [entry.id for entry in view.passages] == [mine.id]


def test_a_word_or_note_is_taken_back_by_whoever_it_is_of_also_where_another_typed_it():
    word = item(ANNA, 4, 6, "word", Word(word="stilleå", by=BO, found=DAY))
    note = item(ANNA, 5, 6, "note", Note(text="gemt", month=MARCH, by=BO))
    back = [item(BO, 2 + n, 7, "withdrawal", Withdrawal(item=one.id)) for n, one in enumerate((word, note))]
    view = fold(room(word, note, *back), ANNA)
    assert (view.words, view.notes) == ((), ())


def test_everyone_is_ready_once_it_is_so_and_who_is_not_cannot_be_asked():
    ready = [item(who, 9, 20, "attendance", Attendance(month=MARCH, state="ready")) for who in (ANNA, BO)]
    view = fold(room(*ready), ANNA)
    assert not view.everyone_ready(MARCH)
    others = fold(room(item(CLARA, 9, 20, "attendance", Attendance(month=MARCH, state="ready"))), ANNA)
    assert view.ready == others.ready  # two are ready, or one is: it looks the same
    away = item(CLARA, 9, 20, "attendance", Attendance(month=MARCH, state="away"))
    assert fold(room(*ready, away), ANNA).everyone_ready(MARCH)
    paused = item(CLARA, 9, 20, "pause", Pause(state="paused"))
    assert fold(room(*ready, paused), ANNA).everyone_ready(MARCH)


def test_nobody_is_everyone_while_somebody_named_in_the_charter_is_not_in_yet():
    one = item(ANNA, 9, 20, "attendance", Attendance(month=MARCH, state="ready"))
    alone = [joining(ANNA), item(ANNA, 2, 4, "charter", charter("aaa", "bbb")), one]
    assert not fold(alone, ANNA).everyone_ready(MARCH)
    alone[1] = item(ANNA, 2, 4, "charter", charter("aaa"))
    assert fold(alone, ANNA).everyone_ready(MARCH)


def test_of_two_items_in_one_place_the_same_one_stands_for_everyone():
    two = [item(BO, 2, 6, "passage", passage(text)) for text in ("det ene", "det andet")]
    views = [fold(order, ANNA) for order in (room(*two), room(*reversed(two)))]
    assert views[0] == views[1]
    assert len(views[0].passages) == 1
    assert list(views[0].refused.values()) == ["fork"]


# The same through files


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """Give a group that has shared, withdrawn, paused and left, its sealed files, and each one's view."""
    group = Group(tmp_path_factory.mktemp("year"), "Anna", "Bo", "Clara", "Dorte")
    anna, bo, clara, dorte = group.rooms.values()
    for room_, text in product((anna, bo, clara, dorte), ("først", "så", "til sidst")):
        room_.share(passage(f"{room_.me.name}: {text}"))
    group.sync()
    files = {path.name: path.read_bytes() for path in group.folder.path.iterdir()}  # also what is taken back later
    bo.withdraw(
        bo.view.passages[3].id
        if bo.view.passages[3].by == bo.me.key
        else next(entry.id for entry in bo.view.passages if entry.by == bo.me.key)
    )
    answered = next(entry for entry in anna.view.passages if entry.by == clara.me.key)
    anna.respond(Response(to=answered.id, expression="så"))
    anna.bring(Word(word="stilleå", by=bo.me.key, found=DAY))
    clara.pause()
    group.sync()
    dorte.leave(take=True)
    del group.rooms["Dorte"]
    group.sync()
    anna.agree(charter("Anna", "Bo", "Clara", group="Kredsen igen"))
    group.sync()
    files |= {path.name: path.read_bytes() for path in group.folder.path.iterdir()}
    yield group, files
    group.close()


def harmed(name, content, dice):
    """Give a file as a sync program, or somebody, may leave it."""
    match dice.randrange(6):
        case 0:
            return name, content[: dice.randrange(len(content))]
        case 1:
            at = dice.randrange(len(content))
            return name, content[:at] + bytes([content[at] ^ 1 << dice.randrange(8)]) + content[at + 1 :]
        case 2:
            return name.replace(".vidne", f" (konflikt {dice.randrange(9)}).vidne"), content
        case 3:
            return name.replace(".vidne", " 2.vidne"), content[: dice.randrange(len(content))]
        case 4:
            return f"{dice.randbytes(32).hex()}.vidne", content
        case _:
            return dice.choice(["noter.txt", ".DS_Store", f".~{name[:64]}.tmp", "desktop.ini"]), dice.randbytes(40)


@settings(max_examples=300, deadline=None)
@given(st.integers())
def test_300_random_orders_and_faults_of_files_converge_to_one_view(year, tmp_path_factory, seed):
    group, files = year
    dice = random.Random(seed)
    place = tmp_path_factory.mktemp("folder", numbered=True)
    bo = group.reopened("Bo")
    seen = Circle(bo._belonging, group.vaults["Bo"].circles.seed, Memory(), Folder(place, private=False))
    order = dice.sample(sorted(files), len(files))
    for number, name in enumerate(order):
        for _ in range(dice.choice((0, 0, 1))):
            other, content = harmed(name, files[name], dice)
            if other not in files:
                (place / other).write_bytes(content)
        if dice.random() < 0.2:
            (place / name).write_bytes(files[name][: dice.randrange(len(files[name]))])  # on its way
        if dice.random() < 0.15:
            seen.look()
        if number % 9 == 0:
            with_name = order[dice.randrange(number + 1)]
            (place / with_name).write_bytes(files[with_name])
    for name in order:
        (place / name).write_bytes(files[name])
    seen.look()
    assert seen.view == group.rooms["Bo"].view
    seen._post.clear()
    assert seen.view == group.rooms["Bo"].view
    assert not any(kept.content for kept in seen._ledger.keeper.items() if kept.id in seen.view.gone)


def test_the_views_of_those_who_were_there_from_the_beginning_are_one(year):
    group, _ = year
    assert group.rooms["Anna"].view == group.rooms["Bo"].view == group.rooms["Clara"].view
    view = group.rooms["Anna"].view
    assert [member.state for member in view.members] == ["in", "in", "paused", "left"]
    assert [one.group for one in view.charters] == ["Kredsen", "Kredsen igen"]
    assert not any(entry.body.text.startswith("Dorte") for entry in view.passages)
    assert len(view.passages) == 8


def test_what_cannot_be_an_item_is_told_and_not_written(tmp_path):
    group = Group(tmp_path, "Anna")
    with pytest.raises(Trouble) as trouble:
        group.rooms["Anna"].agree(charter("Anna", words={"why_here": "ord " * 60_000}))
    assert trouble.value.key == "trouble.circle_too_big"
    group.close()


def test_words_come_out_clean(tmp_path):
    group = Group(tmp_path, "Anna", "Bo")
    group.rooms["Anna"].share(passage("ja\x1b[31m \u202enej\x07"))
    group.sync()
    assert [entry.body.text for entry in group.rooms["Bo"].view.passages] == ["ja nej"]
    group.close()
