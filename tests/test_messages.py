"""Every fixed sentence has its wording in both languages, and says what it is allowed to say."""

import re
import string
import tomllib
from pathlib import Path

import pytest

from assistant.messages import LANGS, Messages

ROOT = Path(__file__).parent.parent
CATALOGUES = {lang: Messages.load(lang).sentences for lang in LANGS}
CODE = "\n".join(path.read_text("utf-8") for path in (ROOT / "assistant").rglob("*.py"))


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_is_written_twice(lang):
    files = (ROOT / "assistant" / "messages" / lang).glob("*.toml")
    written = sum(len(table) for file in files for table in tomllib.loads(file.read_text("utf-8")).values())
    assert written == len(CATALOGUES[lang])


def test_both_languages_have_the_same_sentences():
    assert CATALOGUES["da"].keys() == CATALOGUES["en"].keys()


@pytest.mark.parametrize("name", sorted(CATALOGUES["da"]))
def test_both_wordings_take_the_same_values(name):
    taken = {
        lang: {field for _, field, _, _ in string.Formatter().parse(CATALOGUES[lang][name]) if field} for lang in LANGS
    }
    assert taken["da"] == taken["en"]


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_raises_its_voice(lang):
    loud = [name for name, text in CATALOGUES[lang].items() if re.search("[!\U0001f300-\U0001faff]", text)]
    assert loud == []


def test_every_sentence_is_said_somewhere():
    unsaid = [
        name
        for name in CATALOGUES["da"]
        if name.split(".")[1] not in CODE and not re.search(rf'f"{name.split(".")[0]}\.', CODE)
    ]
    assert unsaid == []


def test_every_trouble_has_its_sentence():
    raised = set(re.findall(r'Trouble\(\s*"(\w+)"', CODE))
    assert raised
    assert [name for name in raised if f"trouble.{name}" not in CATALOGUES["da"]] == []
