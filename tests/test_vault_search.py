"""What was written is found however it is spelled or inflected, and whatever is typed; nothing else is."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.text import clean
from assistant.vault.search import AROUND, MOST_WORDS
from tests.vaults import answered, begun, made


@pytest.fixture
def vault(tmp_path):
    with made(tmp_path / "home") as vault:
        yield vault


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    with made(tmp_path_factory.mktemp("vault") / "home") as vault:
        sitting = begun(vault)
        for text in ('Sag x-7731 AND "NEAR" * og (sådan)', "Vi mødtes i går ved bordet", "I met her; she was late"):
            vault.keep(sitting, answered(text))
        yield vault


def found(vault, words: str, *texts: str) -> bool:
    """Keep `texts`, each in a sitting of its own, and say whether `words` find the first and none of the others."""
    for text in texts:
        vault.keep(begun(vault), answered(text))
    hits = {hit.sitting for hit in vault.search(words)}
    first = vault.sittings()[len(texts) - 1].id
    return hits == {first}


SAME = [
    # verbs that change
    ("gik", "jeg går ud"), ("går", "hun gik ud"), ("gå", "de er gået"), ("gik", "det er godt at gå"),
    ("sagde", "jeg siger det"), ("sige", "hun sagde det"), ("skrev", "jeg skriver"), ("tage", "jeg tog den"),
    ("tog", "jeg tager den"), ("løbe", "hun løb"), ("vidste", "jeg ved det"), ("blev", "jeg bliver her"),
    ("spørge", "hun spurgte"), ("tav", "vi tier"), ("lod", "jeg lader den ligge"), ("gjorde", "jeg gør det"),
    ("lagde", "at lægge den fra sig"), ("var", "at være her"), ("havde", "at have den"), ("kunne", "jeg kan det"),
    ("finde", "jeg har fundet den"), ("brød", "at bryde ind"), ("løbe", "i løbet"), ("le", "vi lo"),
    ("spiser", "vi spiste"), ("spiste", "jeg spiser"), ("svarede", "hun svarer"), ("taler", "jeg talte"),
    # names, and compounds that are in no dictionary
    ("Gerdas", "spurgte Gerda"), ("Gerda", "Gerdas vagt"), ("Olgas", "så Olga"), ("morgentavler", "ved morgentavlen"),
    ("morgentavlen", "to morgentavler"), ("morgentavlens", "en morgentavle"),
    # nouns, and where they are put together
    ("møde", "på mødet"), ("møde", "vi mødes"), ("møde", "et teammøde"), ("møde", "på teammødet"), ("møder", "et møde"),
    ("mødet", "to møder"), ("barn", "to børn"), ("børnene", "et barn"), ("bog", "to bøger"), ("hånd", "begge hænder"),
    ("mand", "de mænd"), ("fødder", "en fod"), ("leder", "min afdelingsleder"), ("leder", "mine afdelingsledere"),
    # adjectives
    ("god", "det er bedre"), ("stor", "den største"), ("ældre", "den gamle"), ("god", "det var godt"),
    ("svær", "det svære"), ("dårlig", "det er værre"),
    # spelling
    ("moede", "på mødet"), ("møde", "til moede"), ("gaar", "hun går"), ("går", "det gaar"), ("laere", "at lære"),
    ("lære", "jeg laerer"), ("MØDE", "på mødet"), ("møde", "PÅ MØDET"), ("ide", "en idé"), ("idé", "en ide"),
    ("a\u030abent", "et åbent svar"), ("aabent", "et åbent svar"),
    # English
    ("went", "I go there"), ("go", "she went"), ("meeting", "two meetings"), ("child", "the children"),
    ("wrote", "I write it down"), ("tried", "I try again"), ("better", "it was good"), ("was", "to be there"),
    ("had", "I have it"), ("women", "a woman"), ("meet", "a meeting"),
    # beginnings, and what is no word
    ("tavs", "tavsheden faldt på"), ("x-7731", "sag x-7731 igen"), ("7731", "sag x-7731 igen"),
    ("ugedag", "ugedagbogen"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "text"), SAME)
def test_a_word_finds_its_other_forms_and_spellings(vault, words, text):
    assert found(vault, words, text, "noget helt tredje")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("gar", "hun går"), ("gar", "det gaar"), ("gå", "en gård"), ("mode", "på mødet"), ("for", "jeg får den"),
        ("hån", "en hand"), ("x-7731", "sag x-7732"), ("ord", "i gården"), ("sted", "bestemt"), ("ro", "en tro ven"),
        ("went", "a cottage"), ("vi", "jeg visner"), ("hansen", "det er hans"), ("sommer", "somme tider"),
        ("jensen", "hos jens"), ("marianne", "hos maria"),
    ],
)  # fmt: skip
def test_a_word_does_not_find_another(vault, words, text):
    vault.keep(begun(vault), answered(text))
    assert vault.search(words) == ()


def test_all_the_words_must_be_there_and_the_newest_comes_first(vault):
    sittings = [begun(vault) for _ in range(4)]
    texts = ("mødet trak ud", "vi gik fra mødet", "jeg gik", "efter mødet går vi")
    for sitting, text in zip(sittings, texts, strict=True):
        vault.keep(sitting, answered(text))
    assert [hit.sitting for hit in vault.search("møde gå")] == [sittings[3], sittings[1]]
    assert vault.search("møde gå kirke") == ()


def test_only_what_the_member_wrote_is_found_also_what_is_sealed(vault):
    kinds = ("answered", "corrected", "free", "sealed", "said", "skipped", "chose", "back", "turned", "finished")
    for kind in kinds:
        vault.keep(begun(vault, kind), answered("tavsheden", kind))
    assert {hit.guide for hit in vault.search("tavshed")} == {"answered", "corrected", "free", "sealed"}


def test_a_half_written_answer_is_not_found(vault):
    vault.keep_draft(begun(vault), "notice", "tavsheden")
    assert vault.search("tavsheden") == ()


def test_what_is_found_says_where_it_stood_and_which_words_were_looked_for(vault):
    sitting = begun(vault)
    vault.keep(sitting, answered("[b]Jeg[/b] gik til mødet\nog *gik* igen"))
    (hit,) = vault.search("gå")
    assert (hit.sitting, hit.guide, hit.step, hit.turn_at) == (sitting, "weekly", "notice", vault.turns(sitting)[0].at)
    assert hit.snippet == (
        ("[b]Jeg[/b] ", False), ("gik", True), (" til mødet\nog *", False), ("gik", True), ("* igen", False),
    )  # fmt: skip


def test_a_word_without_end_is_found_by_its_beginning_and_holds_nobody_up(vault):
    assert found(vault, "a" * 1000, "a" * 120_000, "noget andet")
    vault.search("a" * 100_000)


def test_a_long_passage_is_cut_between_words_around_the_first_hit(vault):
    vault.keep(begun(vault), answered("ord " * 500 + "tavsheden faldt " + "ord " * 500))
    (hit,) = vault.search("tavsheden")
    text = "".join(piece for piece, _ in hit.snippet)
    assert text.startswith("…ord ord")
    assert text.endswith("ord ord…")
    assert len(text) < 2 * AROUND + len("tavsheden") + 2
    assert [piece for piece, is_hit in hit.snippet if is_hit] == ["tavsheden"]


@pytest.mark.parametrize("words", ["", " ", '"', "*", "(", "-", "!", "…", "👩‍👩‍👧", "\x00", "\ud800"])
def test_what_is_no_word_finds_nothing(filled, words):
    assert filled.search(words) == ()


@pytest.mark.parametrize("words", ["x-7731", '"x-7731"', "x-7731*", "AND", "near(", "sag AND x", "^sag", "{sag} : -x"])
def test_signs_that_mean_something_to_the_index_mean_nothing_to_people(filled, words):
    assert len(filled.search(words)) == 1


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec=None, categories=None)) | st.text('"*()^:+-{}, ANDORTNEARxgåsag7', max_size=30))
def test_nothing_that_is_typed_raises(filled, words):
    for hit in filled.search(words):
        assert any(is_hit for _, is_hit in hit.snippet)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec=None, categories=None), min_size=1).map(clean), st.data())
def test_a_passage_is_a_piece_of_what_was_written(filled, text, data):
    sitting = begun(filled)
    filled.keep(sitting, answered(text))
    words = data.draw(st.sampled_from(text.split() or ["ord"]))
    for hit in filled.search(words, lambda _: ()):
        if hit.sitting == sitting:
            pieces = [piece for piece, _ in hit.snippet]
            inner = pieces[pieces[0] == "…" : len(pieces) - (pieces[-1] == "…")]
            assert "".join(inner) in text


def test_a_pasted_page_of_words_is_looked_for_by_its_first(vault):
    vault.keep(begun(vault), answered(" ".join(f"ord{n}" for n in range(MOST_WORDS))))
    assert len(vault.search(" ".join(f"ord{n}" for n in range(100_000)))) == 1


def test_a_beginning_that_thousands_of_words_share_finds_them(vault):
    vault.keep(begun(vault), answered(" ".join(f"tavs{n}" for n in range(5_000))))
    assert len(vault.search("tavs tavs1 tavs2")) == 1
