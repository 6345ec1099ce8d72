"""A house for the app's tests: the real session and the real vault, around a small guide and a witness of few words."""

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace

from assistant.guides.facts import Facts
from assistant.guides.guide import Guide, Step
from assistant.guides.offers import Offer
from assistant.messages import Lang, Messages
from assistant.sittings.around import Kept
from assistant.sittings.practice import months
from assistant.sittings.session import Session
from assistant.trouble import Trouble
from assistant.vault.home import Home
from assistant.vault.keys import KeyFile, Passphrase
from assistant.vault.vault import Profile, Vault
from assistant.witness.said import Said

GUIDE = Guide(
    id="weekly",
    title={"da": "Ugedagbog", "en": "Weekly journal"},
    company="member",
    minutes=10,
    stages=(),
    steps=(
        Step("arrive"),
        Step("moment", reflect=True),
        Step("close"),
        Step("light", kind="light"),
        Step("free", kind="free"),
    ),
)
QUESTIONS = {
    "da": {
        "arrive": "Hvor kommer du fra lige nu?",
        "moment": "Tag ét øjeblik fra ugen, hvor du trænede det, eller lod være.\n\n"
        "Hvad skete der, og hvad lagde du mærke til i det?",
        "close": "En sidste linje for i dag?",
        "light": "Er der ét ord for ugen?",
        "free": "Skriv så længe, du vil. Jeg spørger ikke.",
    },
    "en": {
        "arrive": "Where do you come from just now?",
        "moment": "Take one moment of the week in which you practised it, or let it be.\n\n"
        "What happened, and what did you notice in it?",
        "close": "A last line for today?",
        "light": "Is there one word for the week?",
        "free": "Write as long as you like. I won't ask.",
    },
}
WHY = {
    "da": "Fordi scenen kommer før det, man slutter af den; den siger mere end et resumé.",
    "en": "Because the scene comes before what one concludes from it; it says more than a summary.",
}
CARD = {
    "da": "Det her skal du ikke være alene med.\n\n112 · Alarmcentralen, Danmark\n70 201 201 · Livslinien, Danmark",
    "en": "This is not something to be alone with.\n\n112 · Emergency, Denmark\n70 201 201 · Livslinien, Denmark",
}


class Wording:
    """Questions of one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def question(self, guide_id: str, step_id: str, facts: Facts) -> str:
        return QUESTIONS[self.lang][step_id]

    def why(self, guide_id: str, step_id: str) -> str:
        if step_id == "close":
            raise ValueError("a fault inside")
        return WHY[self.lang]


class Witness:
    """Hears danger in one word, and gives back what stands after "count"."""

    def crisis(self, text: str) -> str | None:
        return "danger" if "DANGER" in text else None

    def nudge(self, text, number):
        return None

    def respond(self, text, said, give_back) -> Said | None:
        return Said(f'Du skrev: "{text[:60]}".', "quote") if give_back and len(text.split()) > 4 else None


class House:
    """What the app is handed."""

    def __init__(self, folder: Path, lang: Lang = "da", guide: Guide = GUIDE) -> None:
        self.home = Home(folder)
        self.lang = lang
        self.guide = guide
        self.kept_theme: str | None = None
        self.vault: Vault | None = None
        self._ticks = count()

    @classmethod
    def lived_in(cls, folder: Path, lang: Lang = "da") -> "House":
        """Give a house with a home in it, closed."""
        house = cls(folder, lang)
        house.make_home(None, "key-file")
        house.close()
        return house

    def close(self) -> None:
        if self.vault:
            self.vault.close()
            self.vault = None

    def now(self) -> datetime:
        return datetime(2025, 3, 7, 16, 0, tzinfo=UTC) + timedelta(seconds=next(self._ticks))

    @property
    def messages(self) -> Messages:
        return Messages.load(self.lang)

    @property
    def theme(self) -> str | None:
        return self.kept_theme

    @property
    def home_exists(self) -> bool:
        return self.home.exists

    @property
    def protection(self):
        return self.home.protection if self.home.exists else None

    @property
    def week(self) -> int:
        return 7

    def prepare(self) -> None:
        pass

    def sync_circles(self) -> None:
        pass

    @property
    def lang_is_given(self) -> bool:
        return False

    def keyring(self) -> bool:
        return False

    def speak(self, lang: Lang) -> None:
        self.lang = lang

    def make_home(self, name: str | None, protection: str, passphrase: str = "") -> None:
        keeper = Passphrase(passphrase) if protection == "passphrase" else KeyFile()
        self.vault = Vault.create(self.home, Profile(name, self.lang, self.now().date()), keeper)

    def unlock(self, passphrase: str | None) -> None:
        self.vault = Vault.open(self.home, lambda: passphrase or "")

    def practice_months(self):
        return months(self.vault.lines("practice"))

    def search(self, words: str):
        return self.vault.search(words, lambda word: {word})

    @property
    def offers(self):
        return (Offer(self.guide.id, self.guide.title[self.lang], self.guide.company, self.guide.minutes),)

    has_charter = False
    ours = SimpleNamespace(any=False)

    @property
    def sittings(self):
        return self

    def waiting(self, guide_id: str, circle: str | None = None):
        return self.vault.unfinished(guide_id)

    def charter_page(self) -> None:
        return None

    def session(self, guide_id: str, sitting: int | None = None, circle: str | None = None) -> Session:
        kept = None
        if sitting is not None:
            draft = self.vault.draft(sitting)
            written = (draft.text, draft.own) if draft else ()
            kept = Kept(sitting, self.vault.turns(sitting), *written)
        return Session(
            self.guide,
            self.guide.plan(1, {}),
            Facts(name=None, week=7, month=2, first=sitting is None),
            wording=Wording(self.lang),
            witness=Witness(),
            keeper=self.vault,
            messages=self.messages,
            card=CARD[self.lang],
            clock=self.now,
            kept=kept,
        )

    def keep_theme(self, name: str) -> None:
        self.kept_theme = name


class Full(House):
    """A house whose disk takes nothing more."""

    def __init__(self, folder: Path, lang: Lang = "da") -> None:
        super().__init__(folder, lang)
        self.full = False

    def session(self, guide_id: str, sitting: int | None = None, circle: str | None = None) -> Session:
        session = super().session(guide_id, sitting, circle)
        keep = self.vault.keep

        def keep_or_not(sitting, turn):
            if self.full:
                raise Trouble("disk_full")
            return keep(sitting, turn)

        self.vault.keep = keep_or_not
        return session
