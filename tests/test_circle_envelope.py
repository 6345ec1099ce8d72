"""Only who wrote an item can have written it, only who it was sealed to can read it, and it belongs in one circle."""

import json

import pyrage
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.circle.envelope import MOST_SEALED, Keys, Signed, prove, seal, sign, ticket, unseal
from assistant.circle.invitation import Invitation
from assistant.circle.items import KINDS, Joining, Refused, canonical, read, write
from assistant.trouble import Trouble
from tests.circles import CIRCLE, bytes_of, passage

OTHER = "d2" * 16
ANNA, BO, EVE = (Keys.derive(bytes_of(name), CIRCLE, 1) for name in ("anna", "bo", "eve"))


def signed(body=None, circle=CIRCLE, keys=ANNA):
    return sign(keys, write(circle, keys.author, 1, 1, body or passage("Jeg tav ved bordet.")))


def sealed(item, *readers):
    return seal(item, [one.recipient for one in readers or (ANNA, BO)], [ANNA.author])


def reason(content, reader=BO, circle=CIRCLE):
    with pytest.raises(Refused) as refused:
        unseal(content, circle, [reader.identity])
    assert refused.value.__cause__ is None
    return refused.value.reason


def wrapped(table, reader=BO):
    """Seal anything, as someone who knows how Vidne does it could."""
    inner = table if isinstance(table, bytes) else json.dumps(table).encode()
    content = pyrage.encrypt(inner, [pyrage.x25519.Recipient.from_str(reader.recipient)])
    return b"vidne item 1 %d\n" % len(content) + content


def test_what_is_sealed_to_someone_opens_for_them_and_says_who_wrote_it():
    opened = unseal(sealed(signed()), CIRCLE, [BO.identity])
    assert opened.item.body == passage("Jeg tav ved bordet.")
    assert opened.item.author == ANNA.author
    assert opened.reached == {ANNA.author}


def test_what_is_sealed_to_others_does_not_open():
    assert reason(sealed(signed()), EVE) == "not_for_us"
    assert b"bordet" not in sealed(signed())


def test_the_same_item_sealed_twice_is_one_item_in_two_files():
    item = signed()
    one, other = sealed(item), sealed(item)
    assert one != other
    assert unseal(one, CIRCLE, [BO.identity]).item == unseal(other, CIRCLE, [BO.identity]).item


def test_an_outsider_with_all_public_keys_writes_nothing_in_annas_name():
    content = write(CIRCLE, ANNA.author, 1, 1, passage("fra Anna"))
    forged = Signed(read(content), content, EVE.sign(b"vidne item 1\n" + content))
    assert reason(sealed(forged)) == "forged"


def test_nothing_said_in_one_circle_can_be_carried_into_another():
    assert reason(sealed(signed()), circle=OTHER) == "wrong_circle"
    item = signed()
    moved = item.content.replace(CIRCLE.encode(), OTHER.encode())
    assert reason(sealed(Signed(item.item, moved, item.signature)), circle=OTHER) == "forged"


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 7))
@example(0, 11, 0)
def test_a_file_cut_short_or_altered_anywhere_is_refused(cut, at, bit):
    whole = sealed(signed())
    assert reason(whole[: cut % len(whole)]) == "cut_short"
    at %= len(whole)
    altered = whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :]
    assert reason(altered) in ("altered", "cut_short", "not_ours", "not_for_us", "newer")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: b"vidne item 1 %d\n" % len(tail) + tail))
def test_any_bytes_are_refused_and_break_nothing(content):
    assert reason(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=9), part, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(JSON, st.sampled_from(sorted(KINDS)), JSON)
def test_anything_a_member_signs_that_is_no_item_is_refused(body, kind, version):
    table = {"version": 1, "circle": CIRCLE, "author": EVE.author, "sequence": 1, "lamport": 1, "kind": kind}
    for change in ({"body": body}, {"body": {}, "version": version}, {"body": body, "more": version}):
        content = json.dumps(table | change, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        content = content.encode("utf-8", "surrogatepass")
        outer = {"item": content.decode("utf-8", "replace"), "signature": EVE.sign(b"vidne item 1\n" + content)}
        assert reason(wrapped(outer | {"to": []})) in ("altered", "newer", "forged")


@pytest.mark.parametrize(
    "inner",
    [
        b"",
        b"[" * 100_000,
        b'{"item": "{}", "item": "{}", "signature": "", "to": []}',
        b'{"item": "\\ud800", "signature": "", "to": []}',
        b'{"item": "1e999", "signature": "", "to": []}',
        b'{"item": "' + b"9" * 5000 + b'", "signature": "", "to": []}',
        b'{"item": 1, "signature": "", "to": []}',
        b"\xff\xfe",
    ],
    ids=["empty", "deep", "twice", "surrogate", "infinite", "long number", "no text", "no utf-8"],
)
def test_a_letter_that_is_sealed_well_and_holds_nonsense_is_refused(inner):
    assert reason(wrapped(inner)) in ("altered", "forged")


def test_kinds_and_versions_to_come_are_told_apart_from_faults():
    def by_anna(**changes):
        table = json.loads(signed().content) | changes
        content = canonical(table)
        return Signed(signed().item, content, ANNA.sign(b"vidne item 1\n" + content))

    assert reason(sealed(by_anna(version=2))) == "newer"
    assert reason(sealed(by_anna(kind="song"))) == "unknown_kind"
    body = {"text": "x", "month": "2026-03", "written": "2026-03-02"}
    assert reason(sealed(by_anna(body=body | {"mood": 7}))) == "newer"
    assert reason(sealed(by_anna(body=body | {"month": "13"}))) == "altered"
    assert reason(sealed(signed()).replace(b"vidne item 1 ", b"vidne item 2 ")) == "newer"


def test_what_is_too_big_is_not_opened():
    assert reason(b"vidne item 1 9\n" + b"x" * MOST_SEALED) == "too_big"


def test_a_joining_with_a_key_that_is_none_would_stop_everyone_and_is_refused():
    bad = "age1" + "q" * 58
    assert reason(sealed(signed(Joining(name="Anna", recipient=bad)))) == "altered"


def test_keys_say_nothing_of_each_other_and_of_the_seed():
    seed = bytes_of("seed")
    keys = [Keys.derive(seed, circle, times) for circle in (CIRCLE, OTHER) for times in (1, 2)]
    assert len({one.author for one in keys}) == len({one.recipient for one in keys}) == 4
    assert all(secret not in repr(keys[0]) for secret in (keys[0].signing.hex(), seed.hex()))
    assert Keys.derive(seed, CIRCLE, 1).author == keys[0].author


def test_age_itself_reads_the_keys_and_finds_them_sound():
    assert pyrage.x25519.Identity.from_str(str(ANNA.identity)).to_public() is not None
    content = pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(ANNA.recipient)])
    assert pyrage.decrypt(content, [ANNA.identity]) == b"x"


# Invitations


def invitation(**changes):
    secret = bytes_of("once")
    once = Keys.derive(secret, CIRCLE, 0)
    whole = Invitation(
        circle=CIRCLE,
        group="Kredsen",
        founder=ANNA.author,
        ticket=ticket(ANNA, CIRCLE, "Bo", once, 7),
        secret=secret.hex(),
        recipients=(ANNA.recipient,),
        folder="/delt/kredsen",
    )
    return whole.model_copy(update=changes)


def test_an_invitation_is_read_again_from_a_letter_however_it_is_broken():
    text = str(invitation())
    letter = "Kære Bo\n\n> " + text.replace("\n", "\r\n>  ") + "\nHilsen Anna (kredsen)"
    assert Invitation.read(text) == Invitation.read(letter) == invitation()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_an_invitation_cut_short_or_altered_anywhere_is_told(data):
    text = str(invitation()).replace("\n", "")
    cut = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(Trouble, match=r"invitation_(none|cut_short)"):
        Invitation.read(text[:cut])
    at = data.draw(st.integers(7, len(text) - 2))
    letter = data.draw(st.sampled_from("ABCxyz019-_").filter(lambda one: one != text[at]))
    with pytest.raises(Trouble, match="invitation_altered"):
        Invitation.read(text[:at] + letter + text[at + 1 :])


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.booleans())
def test_any_text_is_told_to_be_no_invitation(text, begun):
    with pytest.raises(Trouble, match="invitation"):
        Invitation.read(f"vidne1({text})" if begun else text)


def test_an_invitation_that_unpacks_to_a_flood_is_told():
    import base64
    import zlib

    packed = zlib.compress(b"0" * 50_000_000, 9)[:5000]
    text = base64.urlsafe_b64encode(packed + zlib.crc32(packed).to_bytes(4, "big")).decode()
    with pytest.raises(Trouble, match="invitation"):
        Invitation.read(f"vidne1({text})")


@pytest.mark.parametrize(
    ("ticket_", "expected"),
    [
        (
            ticket(EVE, CIRCLE, "Bo", Keys.derive(bytes_of("once"), CIRCLE, 0), 7).model_copy(
                update={"inviter": ANNA.author}
            ),
            "invitation_elsewhere",
        ),
        (ticket(ANNA, OTHER, "Bo", Keys.derive(bytes_of("once"), CIRCLE, 0), 7), "invitation_elsewhere"),
        (ticket(ANNA, CIRCLE, "Bo", EVE, 7), "invitation_altered"),
    ],
    ids=["not by the inviter", "for another circle", "another key"],
)
def test_an_invitation_its_inviter_did_not_write_is_told(ticket_, expected):
    with pytest.raises(Trouble, match=expected):
        Invitation.read(str(invitation(ticket=ticket_)))


def test_a_joining_needs_the_invitation_in_hand():
    once, whole = Keys.derive(bytes_of("once"), CIRCLE, 0), invitation()
    for proved in (
        whole.ticket,
        prove(whole.ticket, CIRCLE, once, BO.author),  # somebody else's proof
        prove(whole.ticket, CIRCLE, EVE, EVE.author),
        prove(whole.ticket, OTHER, once, EVE.author),
    ):
        joining = Joining(name="Bo", recipient=EVE.recipient, ticket=proved)
        assert reason(sealed(signed(joining, keys=EVE))) == "forged"
    honest = Joining(name="Bo", recipient=EVE.recipient, ticket=prove(whole.ticket, CIRCLE, once, EVE.author))
    assert unseal(sealed(signed(honest, keys=EVE)), CIRCLE, [BO.identity]).item.body == honest


def test_an_invitations_secret_is_not_shown_by_chance():
    assert bytes_of("once").hex() not in repr(invitation())
