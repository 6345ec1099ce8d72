"""`vidne rehearse year`: a year of made-up sittings in seconds, told of in one page; it decides nothing."""

import io
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import click

from assistant.cli.plain import converse
from assistant.messages import Lang, Messages
from assistant.sittings.year import Came, Year
from assistant.text import clean, is_blank
from assistant.trouble import Trouble, unwritten

BEGAN = date(2026, 1, 5)
"""The day on which every rehearsed year begins: the same year comes out of the same seed, whenever it is held."""


def rehearse_year(
    house: Any, langs: Sequence[Lang], answers: Path | None, out: Path | None, seed: int, as_json: bool
) -> int:
    """Hold a year in each of `langs`, and tell of it. Exit 1 where something broke, or a step never came.

    Given answers may lead past a step, and that is no fault of the guide's.
    """
    sys.stdout.reconfigure(errors="replace")
    speaks = house.lang
    typed = _answers(answers) if answers else ()
    years = []
    for lang in langs:
        house.speak(lang)
        years.append(house.sittings.year(lambda *sitting: _hold(house.messages, *sitting), _dice(seed), BEGAN, typed))
    house.speak(speaks)
    label = house.messages("year.doing")
    with click.progressbar(length=sum(len(year.sittings) for year in years), label=label, file=sys.stderr) as bar:
        for lang, year in zip(langs, years, strict=True):
            house.speak(lang)
            for _ in year.run():
                bar.update(1)
    house.speak(speaks)
    came = [of for year in years for of in year.came.values()]
    if out:
        _write(out, years)
    if as_json:
        click.echo(json.dumps({"guides": [_as_json(of, house.messages) for of in came]}, ensure_ascii=False))
    else:
        for of in came:
            _tell(of, house.messages, house.lang)
        if out:
            click.echo(house.messages("year.written", folder=out))
    return 1 if any(of.stuck or of.troubles or (of.unreachable and not typed) for of in came) else 0


def _dice(seed: int) -> Callable[[str], Random]:
    return lambda guide_id: Random(f"{seed} {guide_id}")


def _hold(messages: Messages, session: Any, member: Any, title: str) -> str:
    out = io.StringIO()
    converse(session, member, out, messages, title)
    return out.getvalue()


def _answers(file: Path) -> tuple[str, ...]:
    try:
        with file.open("rb") as typed:
            lines = clean(typed.read(1 << 20).decode("utf-8")).split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble("answers_unread", file=file, error=type(error).__name__) from None
    return tuple(line for line in lines if not is_blank(line))


def _write(folder: Path, years: Sequence[Year]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for year in years:
            for guide_id, sittings in year.transcripts.items():
                file = folder / f"{guide_id}.{year.came[guide_id].lang}.md"
                file.write_text("\n".join(sittings), "utf-8")
    except OSError as error:
        raise unwritten("text_unwritable", folder, error) from None


def _tell(came: Came, messages: Messages, lang: Lang) -> None:
    title = clean(came.guide.title[lang])
    click.echo(messages("year.guide", title=title, guide=came.guide.id, lang=came.lang, sittings=came.sittings,
                        questions=len(came.asked)))  # fmt: skip
    for step, times in came.times.items():
        if len(times) > 1:
            shown = ", ".join(map(str, times))
            click.echo(messages("year.step", step=step, came=sum(map(bool, times)), ways=len(times), times=shown))
    if alone := [f"{step} ({times[0]})" for step, times in came.times.items() if len(times) == 1]:
        click.echo(messages("year.one_way", steps=", ".join(alone)))
    for step, (times, days) in came.soon.items():
        click.echo(messages("year.soon", step=step, times=times, days=days))
    for step, way in came.unused:
        click.echo(messages("year.unused", step=step, way=way + 1))
    for step in came.never_asked:
        click.echo(messages("year.never", step=step))
    for day, step in came.stuck:
        click.echo(messages("year.stuck", step=step, day=day))
    for day, trouble in came.troubles:
        click.echo(messages("year.broke", day=day, what=messages(trouble.key, **trouble.values)))
    if not (came.never_asked or came.troubles):
        click.echo(f"    {messages('year.all_came')}")
    click.echo()


def _as_json(came: Came, messages: Messages) -> dict[str, Any]:
    return {
        "guide": came.guide.id,
        "lang": came.lang,
        "sittings": came.sittings,
        "questions": len(came.asked),
        "phrasings": came.times,
        "repeats": {step: {"times": times, "days": days} for step, (times, days) in came.soon.items()},
        "unused": [{"step": step, "phrasing": way + 1} for step, way in came.unused],
        "never_asked": came.never_asked,
        "stuck": [{"step": step, "day": str(day)} for day, step in came.stuck],
        "troubles": [{"day": str(day), "what": messages(bad.key, **bad.values)} for day, bad in came.troubles],
    }
