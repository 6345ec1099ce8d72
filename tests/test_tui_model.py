"""The language model on the full screen: a quiet mark, a key to see what is sent, and nobody has to wait."""

import asyncio
import threading

import pytest

from assistant.backend import through_litellm
from assistant.backend.reflector import Reflector, instructions
from assistant.backend.request import Unanswered
from assistant.backend.scripted import Scripted
from assistant.backend.settings import Settings
from assistant.guides.shelf import builtin_prompts
from tests.model_server import drips, serving, silent
from tests.test_model import ANSWER, NOW, WROTE, WithModel
from tests.test_tui import opened

MORE = 'Med dine ord: "Der blev helt stille omkring bordet, og jeg kiggede ned".'


class Slow(Scripted):
    """Gives a piece each time it is told to, and says when somebody stopped it."""

    def __init__(self, *pieces):
        super().__init__(pieces)
        self.began = threading.Event()
        self.closed = threading.Event()

    def release(self):
        """Let the next piece come."""
        self.began.wait(20)
        self._loop.call_soon_threadsafe(self._go.release)

    async def stream(self, request):
        self._loop, self._go = asyncio.get_running_loop(), asyncio.Semaphore(0)
        self.began.set()
        try:
            async for piece in super().stream(request):
                await self._go.acquire()
                yield piece
        finally:
            self.closed.set()


@pytest.fixture
def house(tmp_path):
    def with_model(backend):
        house = WithModel(tmp_path / "home", "da", backend=backend)
        house.make_home("Karen", "key-file")
        return house

    return with_model


async def until(member, seen):
    """Wait until something is seen."""
    while not seen():
        await member.pilot.pause(0.01)


async def to_the_model(member):
    """Write up to where a model is asked."""
    await member.answer("Fra vagten.")
    await member.answer(ANSWER["da"])


def words(member):
    """What is seen, without its lines."""
    return " ".join(member.sees.split())


async def test_words_come_sentence_by_sentence_under_a_mark_of_whose_they_are(house):
    backend = Slow(f"{WROTE['da']} ", MORE)
    async with opened(house(backend), "weekly") as member:
        await to_the_model(member)
        assert member.app.messages("screen.waiting") in words(member)
        assert "ctrl+d send" not in member.sees.lower()
        backend.release()
        backend.release()
        await until(member, lambda: member.app.messages("screen.model_words") in words(member))
        assert WROTE["da"] in words(member)
        assert member.app.messages("screen.waiting") not in words(member)
        assert member.screen._session.wanted is None
        await member.press("ctrl+t")
        await member.write("Mere stille end det.")
        await member.press("ctrl+d")
        assert "Mere stille end det." in words(member)
        assert member.app.messages("screen.model_words") not in words(member)


async def test_what_has_passed_is_seen_before_the_rest_has_come(house):
    backend = Slow(f"{WROTE['da']} Med", ' dine ord: "Der blev')
    async with opened(house(backend), "weekly") as member:
        await to_the_model(member)
        backend.release()
        await until(member, lambda: WROTE["da"] in words(member))
        assert member.screen._session.wanted
        backend.release()
        await until(member, lambda: member.screen._session.wanted is None)
        assert "Med dine ord" not in words(member)


async def test_escape_waits_no_longer_and_stops_the_models_work(house):
    backend = Slow(WROTE["da"])
    async with opened(house(backend), "weekly") as member:
        await to_the_model(member)
        await member.press("escape")
        assert member.app.messages("screen.your_words") in words(member)
        assert member.app.messages("screen.waiting") not in words(member)
        await asyncio.to_thread(backend.closed.wait, 20)
        assert backend.closed.is_set()


async def test_leaving_stops_the_models_work_and_the_next_question_waits(house):
    backend = Slow(WROTE["da"])
    home = house(backend)
    async with opened(home, "weekly") as member:
        await to_the_model(member)
        await member.press("ctrl+q")
    await asyncio.to_thread(backend.closed.wait, 20)
    assert backend.closed.is_set()
    again = WithModel(home.home.folder, "da", backend=Scripted())
    async with opened(again, "weekly") as member:
        assert ANSWER["da"][:30] in words(member)
        assert member.screen._session.wanted is None


async def test_a_key_shows_exactly_what_would_be_sent_and_nothing_else_is(house):
    backend = Scripted(WROTE["da"])
    async with opened(house(backend), "weekly", size=(80, 60)) as member:
        await member.press("f2")
        assert member.app.messages("model.nothing_sent") in words(member)
        await member.press("f2")
        await member.answer("Fra vagten.")
        await member.write(f"{ANSWER['da']} Karen så det.")
        await member.press("f2")
        shown = member.screen.query_one("#why").render().plain
        await member.press("ctrl+d")
        await until(member, lambda: member.screen._session.wanted is None)
    (request,) = backend.asked
    assert shown == f"{member.app.messages('model.receiver', receiver='m')}\n\n{request}"
    assert "NAVN1 så det" in str(request)


@pytest.mark.parametrize("reply", [Unanswered("late"), "Du burde hvile.", ""])
async def test_when_it_fails_one_calm_line_says_so_and_the_echo_stands(house, reply):
    async with opened(house(Scripted(reply, reply)), "weekly") as member:
        await to_the_model(member)
        await until(member, lambda: member.screen._session.wanted is None)
        assert member.app.messages("talk.model_failed") in words(member)
        assert member.app.messages("screen.your_words") in words(member)
        assert "burde" not in words(member)


async def test_the_week_is_gathered_by_a_key_at_its_last_question(house):
    quotes = '"Onsdag sagde jeg min tvivl højt på tavlemødet."'
    async with opened(house(Scripted(WROTE["da"], quotes)), "weekly", size=(80, 60)) as member:
        await to_the_model(member)
        await until(member, lambda: member.screen._session.wanted is None)
        while not member.screen._session.may_gather:
            assert "F4" not in member.sees
            await member.press("ctrl+n")
        assert "F4" in member.sees
        await member.write("En sidste linje.")
        await member.press("f4")
        await until(member, lambda: member.app.messages("screen.gathered_words") in words(member))
        assert quotes in words(member)
        assert member.field.text == "En sidste linje."
        assert "F4" not in member.sees


async def test_without_a_model_no_key_of_its_is_seen(tmp_path):
    from assistant.__main__ import House

    home = House(tmp_path / "home", "da")
    home.make_home("Karen", "key-file")
    async with opened(home, "weekly") as member:
        assert "F2" not in member.sees


async def test_what_is_written_while_the_model_is_asked_stands_at_the_next_question(house):
    backend = Slow(WROTE["da"])
    async with opened(house(backend), "weekly") as member:
        await to_the_model(member)
        await member.write("Bagefter gik jeg en tur.")
        await member.press("ctrl+d")
        assert member.screen._session.wanted
        assert member.app.messages("screen.waiting") in words(member)
        backend.release()
        await until(member, lambda: member.screen._session.wanted is None)
        assert member.field.text == "Bagefter gik jeg en tur."
        assert member.screen._session.draft == "Bagefter gik jeg en tur."
        assert "ctrl+d send" in member.sees.lower()


async def test_what_is_written_meanwhile_is_there_after_a_second_try_and_after_a_failure(house):
    backend = Slow("Du burde hvile.")
    backend._replies.append(("Du burde sove.",))
    async with opened(house(backend), "weekly") as member:
        await to_the_model(member)
        await member.write("Bagefter")
        backend.release()
        await until(member, lambda: len(backend.asked) == 2)
        await member.write(" gik jeg.")
        backend.release()
        await until(member, lambda: member.screen._session.wanted is None)
        assert member.field.text == "Bagefter gik jeg."


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_a_key_leads_on_where_the_request_goes_on_below(house, size):
    async with opened(house(Scripted()), "weekly", size=size) as member:
        await member.answer("Fra vagten.")
        await member.write(f"{ANSWER['da']} Karen så det, og jeg skrev til karen@firma.dk.")
        assert "PgDn" not in member.sees
        await member.press("f2")
        while "NAVN1 så det" not in words(member):
            assert "PgDn" in member.sees
            await member.press("pagedown")
        while "PgDn" in member.sees:
            await member.press("pagedown")
        assert "MAIL1" in words(member)


class OverLoopback(WithModel):
    """A house whose model is litellm, at an address."""

    def reflector(self):
        settings = Settings(name="openai/m", address=self.backend, seconds=60)
        model = through_litellm.ThroughLitellm(settings, lambda: None)
        told = instructions([builtin_prompts()], self.lang)
        whose = {"names": (), "lang": self.lang, "receiver": settings.receiver}
        return Reflector(model, told, **whose, seconds=60, clock=lambda: NOW, sent=lambda: None)


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
@pytest.mark.parametrize("reply", [silent, drips("Du skrev", seconds=0.5)])
async def test_who_leaves_or_waits_no_longer_stops_the_servers_work(tmp_path, key, reply):
    through_litellm.prepare()
    with serving(reply) as server:
        home = OverLoopback(tmp_path / "home", "da", backend=server.address)
        home.make_home("Karen", "key-file")
        async with opened(home, "weekly") as member:
            await to_the_model(member)
            await until(member, lambda: server.seen)
            assert not server.hung_up.is_set()
            await member.press(key)
        assert await asyncio.to_thread(server.hung_up.wait, 30)
