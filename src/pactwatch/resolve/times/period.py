"""The plain EDTF of the batch format, read back: `YYYY[-MM[-DD]]`, an interval with `/`, an open end as `..`."""

import calendar
import datetime as dt
import re

from pactwatch.model import Precision, When

OPEN = ".."

GIVEN = "given"
"""The rule of a period that a file brings: nothing was read out of a text."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_PRECISION = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


def when_of(period: str | None) -> When:
    """Return the time that a period of the batch format means, with the rule `given`; none for no period.

    `ValueError` says what is wrong where it is no period, or ends before it begins.
    """
    if period is None:
        return When(edtf=None, reason="the file gives none", rule=GIVEN)
    low, slash, high = period.partition("/")
    first, last = _days(low), _days(high if slash else low)
    if first is None and last is None:
        raise ValueError(f"{period!r} has no end that is known; leave it out")
    if first and last and first[0] > last[1]:
        raise ValueError(f"{period!r} ends before it begins")
    return When(
        edtf=period,
        first=first[0] if first else None,
        last=last[1] if last else None,
        precision=_PRECISION[len(high if low == OPEN else low)],
        rule=GIVEN,
    )


def _days(words: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of a date; None for an open end."""
    if words == OPEN:
        return None
    found = _DATE.fullmatch(words)
    try:
        if found is None:
            raise ValueError
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        end_day = day or calendar.monthrange(year, month or 12)[1]
        return dt.date(year, month or 1, day or 1), dt.date(year, month or 12, end_day)
    except ValueError:
        raise ValueError(f"{words!r} is no date that exists; write YYYY, YYYY-MM or YYYY-MM-DD") from None
