"""Vidne's two lights: paper by day, a lamp by night. One accent each; every text on its ground meets WCAG AA."""

from textual.theme import Theme


def _theme(name: str, *, dark: bool, ink: str, quiet: str, ground: str, sheet: str, line: str, accent: str) -> Theme:
    """Make a theme of six colours.

    `ink` is what is read, `quiet` what stands beside it, `ground` the page, `sheet` where one writes, `line` hairlines.
    """
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        accent=accent,
        secondary=quiet,
        foreground=ink,
        background=ground,
        surface=sheet,
        panel=sheet,
        warning=accent,
        error=accent,
        success=accent,
        variables={
            "quiet": quiet,
            "line": line,
            "block-cursor-foreground": accent,
            "block-cursor-background": sheet,
            "block-cursor-blurred-foreground": ink,
            "block-cursor-blurred-background": sheet,
            "input-cursor-background": accent,
            "input-cursor-foreground": ground,
            "input-selection-background": line,
            "screen-selection-background": line,
            "screen-selection-foreground": ink,
            "scrollbar": line,
            "scrollbar-hover": quiet,
            "scrollbar-active": quiet,
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "scrollbar-corner-color": ground,
        },
    )


PAPER = _theme(
    "paper",
    dark=False,
    ink="#2a2622",
    quiet="#6a6057",
    ground="#f4efe6",
    sheet="#fcf9f3",
    line="#ddd3c3",
    accent="#8a4a24",
)
LAMP = _theme(
    "lamp",
    dark=True,
    ink="#e9e1d5",
    quiet="#a2968a",
    ground="#1b1816",
    sheet="#24201d",
    line="#453d36",
    accent="#e2ab73",
)
THEMES = {theme.name: theme for theme in (LAMP, PAPER)}
"""The themes by name; the first is the one a new home begins with."""
