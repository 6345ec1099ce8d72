"""Which circle a command is about: the one that is named, the only one there is, or the one chosen at a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant.circle.circle import Circle

of_circle = click.option("--circle", "group", default=None)
"""Lets a command say which circle it is about, as `group`; see `which`."""


def which(house: Any, group: str | None) -> Circle | None:
    """Give the circle that is meant; None where the member can see nobody in any.

    Raises:
        Trouble: when none is called so, or there are several and nobody at a terminal to say which.
    """
    if group is not None:
        return house.circles.named(group)
    circles = house.ours.circles if house.home_exists else ()
    if len(circles) < 2:
        return next(iter(circles), None)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return house.circles.named()
    say = house.messages
    from assistant.sittings.circles import called

    click.echo(say("circle.which"), err=True)
    for number, name in enumerate(called(circles), 1):
        click.echo(f"{number}  {name}", err=True)
    chosen = click.prompt("", prompt_suffix="> ", err=True).strip()
    if chosen.isdecimal() and 1 <= int(chosen) <= len(circles):
        return circles[int(chosen) - 1]
    return house.circles.named(chosen)
