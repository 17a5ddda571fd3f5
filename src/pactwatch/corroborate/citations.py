"""The sources that a row cites: outlet, day and title, out of the ways in which data sets write them."""

import re

Citation = tuple[str, str, str]
"""(outlet, day as YYYY-MM-DD, title); each part is empty where the data set does not give it."""

_DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")
_GED_ONE = re.compile(r'"((?:[^"]|"(?!\s*;|\s*$))*)"')
_QUOTED_BY = re.compile(r"\b(?:quoted|cited|reported|carried) (?:by|in)\s+", re.IGNORECASE)


def of_ged(article: str, offices: str, dates: str, headlines: str) -> tuple[Citation, ...]:
    """Return GED's citations: from the three lists where they are parallel, else from `source_article`."""
    names = [one.strip() for one in offices.split(";") if one.strip()]
    days = [one.strip()[:10] for one in dates.split(";") if one.strip()]
    quoted = [one.strip() for one in _GED_ONE.findall(article)]
    if quoted and all(_DAY.search(one) for one in quoted):
        return tuple(of_words(one) for one in quoted)
    if names and len(names) == len(days):
        titles = [one.strip() for one in headlines.split(";")]
        titles = titles if len(titles) == len(names) else [headlines.strip() if len(names) == 1 else ""] * len(names)
        return tuple(zip(names, days, titles, strict=True))
    return (of_words(article),) if article.strip() else ()


def of_words(words: str) -> Citation:
    """Return the parts of `Outlet, 2031-05-10, Title` or of `… quoted by Outlet, 2031-05-11`.

    The day is the first ISO date; the outlet is what stands before it, less "quoted by" and what precedes that.
    """
    words = words.strip().strip('"')
    day = _DAY.search(words)
    before = words[: day.start()] if day else words
    after = words[day.end() :] if day else ""
    through = list(_QUOTED_BY.finditer(before))
    outlet = before[through[-1].end() :] if through else before
    return outlet.strip(" ,;([-–"), day[1] if day else "", after.strip(" ,;)]:-–")
