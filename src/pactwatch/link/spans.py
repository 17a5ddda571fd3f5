"""The days on which an act can have happened, for tests that compare it with a date of the agreement."""

import datetime as dt
import re
from dataclasses import dataclass

from pactwatch.link.view import View
from pactwatch.model import Act, IssuerType, Kind

_STATES = frozenset(
    {
        Act.TROOP_MOVEMENT,
        Act.WITHDRAWAL,
        Act.RECRUITMENT,
        Act.PRISONER_RELEASE,
        Act.AMNESTY,
        Act.MONITORING,
        Act.AGREEMENT,
        Act.NEGOTIATION,
        Act.AID,
    }
)
"""Acts that a text speaks of as the state of things: what it says of them undated holds when it says it."""

_EVENTS = frozenset(
    {
        Act.KILLING,
        Act.ARMED_ATTACK,
        Act.SHELLING,
        Act.AIR_STRIKE,
        Act.BOMBING,
        Act.RAID,
        Act.DESTRUCTION,
        Act.ABDUCTION,
    }
)
"""Acts that are over when they are told of: no tense makes them the state of things."""

_VERDICT = re.compile(
    r"\b(?:is|are)\s+(?:an?\s+)?(?:un|not\s+)?(?:true|correct|lies?|false|invention)\b", re.IGNORECASE
)
"""What is present here is the judgement of a telling, not the thing told."""

_NOW = re.compile(
    r"(?<!\w)(?:is|are|am|has|have|hasn't|haven't|don't|doesn't|do|does|isn't|aren't|remains?|continues?|still|now|"
    r"currently|gets?|never|so far|ever since|to date)(?!\w)",
    re.IGNORECASE,
)
"""Words of the present and of the present perfect: the thing reaches to the day on which it is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The first and last day, None where open; `how` says from where, `said` is True where only the saying is dated."""

    first: dt.date | None
    last: dt.date | None
    how: str
    said: bool = False


def span_of(view: View) -> Span:
    """Return the days on which it can have happened.

    What the text dates stands. What is asked, promised or threatened undated is ahead of the saying; what is told in
    the present holds on the day of saying; anything else had happened by then, and since when nobody says.
    """
    happened = view.happened
    if happened.first or happened.last:
        last = happened.last or (None if view.forward else _not_before(view.said_day, happened.first))
        return Span(first=happened.first, last=last, how="as the claim dates it")
    said_first, said_last = view.said.first or view.said.last, view.said.last or view.said.first
    if view.forward:
        return Span(first=said_first, last=None, how="ahead of the day on which it was said", said=True)
    if said_first and holds_when_said(view):
        return Span(first=said_first, last=said_last, how="told as holding on the day on which it was said", said=True)
    return Span(first=None, last=said_last, how="not dated; it had happened by the day on which it was said", said=True)


def _not_before(day: dt.date | None, first: dt.date | None) -> dt.date | None:
    return day if day is None or first is None or day >= first else first


def holds_when_said(view: View) -> bool:
    """Return True where an undated claim speaks of the state of things on the day on which it is said."""
    claim = view.claim
    if claim.kind is Kind.COMPLIANCE:
        return True
    if claim.act in _EVENTS and claim.kind in (Kind.ACCUSATION, Kind.ADMISSION):
        return False
    if view.document.issuer_type is IssuerType.MONITOR and view.issuer_speaks:
        return True
    if claim.act in _STATES:
        return True
    return bool(_NOW.search(_VERDICT.sub("", claim.quote.text)))
