"""The days on which people in Denmark are seldom at work: holidays, a few days that many keep, and July.

No other country's are known, and nobody elsewhere is shown these.
"""

from datetime import date, timedelta

from dateutil.easter import easter

KNOWN = "Europe/Copenhagen"
"""The zone of those who keep them."""
FROM_EASTER = {
    "maundy_thursday": -3,
    "good_friday": -2,
    "easter_day": 0,
    "easter_monday": 1,
    "ascension": 39,
    "whit_sunday": 49,
    "whit_monday": 50,
}
"""The holidays that move with Easter, in days from it."""
PRAYER_DAY = ("prayer_day", 26, 2023)
"""Store bededag: days from Easter, and the last year it was a holiday."""
FIXED = {
    "new_years_day": (1, 1),
    "constitution_day": (6, 5),
    "christmas_eve": (12, 24),
    "christmas_day": (12, 25),
    "boxing_day": (12, 26),
    "new_years_eve": (12, 31),
}
"""The days that stand still, by month and day. Grundlovsdag and the two eves are no holidays, and most are off."""
JULY = "july"
"""When most are on holiday."""


def holidays(year: int) -> dict[date, str]:
    """Give the days of a year with what each is; where two fall together, Easter's comes first, and July last."""
    sunday = easter(year)
    moving = dict(FROM_EASTER)
    name, days, until = PRAYER_DAY
    if year <= until:
        moving[name] = days
    found = {date(year, 7, day): JULY for day in range(1, 32)}
    found |= {date(year, month, day): name for name, (month, day) in FIXED.items()}
    return found | {sunday + timedelta(days=days): name for name, days in moving.items()}
