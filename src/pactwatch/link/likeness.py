"""How alike two claims are in act, place, time, author and object, each with its uncertainty: 1 same, 0 different."""

import datetime as dt
import re
from dataclasses import dataclass

from pactwatch.link.geometry import distance_km
from pactwatch.link.names import content, jaccard, share
from pactwatch.link.view import View
from pactwatch.model import Act, Place

FAMILIES: tuple[tuple[str, frozenset[Act]], ...] = (
    (
        "violence",
        frozenset(
            {
                Act.KILLING,
                Act.ARMED_ATTACK,
                Act.SHELLING,
                Act.AIR_STRIKE,
                Act.BOMBING,
                Act.PROHIBITED_WEAPON,
                Act.RAID,
                Act.DESTRUCTION,
            }
        ),
    ),
    ("captivity", frozenset({Act.ABDUCTION, Act.DETENTION, Act.TORTURE, Act.SEXUAL_VIOLENCE, Act.ABUSE})),
    ("release", frozenset({Act.PRISONER_RELEASE})),
    ("access", frozenset({Act.OBSTRUCTION, Act.AID, Act.MONITORING})),
    ("forces", frozenset({Act.TROOP_MOVEMENT, Act.WITHDRAWAL, Act.TERRITORY})),
    ("supply", frozenset({Act.ARMS_SUPPLY})),
    ("recruitment", frozenset({Act.RECRUITMENT})),
    ("flight", frozenset({Act.DISPLACEMENT})),
    ("truce", frozenset({Act.CEASEFIRE, Act.AGREEMENT, Act.NEGOTIATION})),
    ("law", frozenset({Act.INVESTIGATION, Act.SANCTION, Act.GOVERNANCE, Act.AMNESTY})),
    ("care", frozenset({Act.PROTECTION})),
)
"""Families of acts within which one event is told in different words. `other` belongs to none."""

UNKNOWN = 0.5
"""The likeness where one of the two does not say: neither for nor against."""


_FAMILY_OF = {act: name for name, acts in FAMILIES for act in acts}


def family(act: Act) -> str:
    """Return the family of an act; the act itself where it has none."""
    return _FAMILY_OF.get(act, act.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Features of a pair, each 0 to 1, `UNKNOWN` where one side is silent."""

    act: float
    place: float
    time: float
    agent: float
    target: float
    names: float
    words: float

    @property
    def features(self) -> tuple[tuple[str, float], ...]:
        """The features by name, for the link to show."""
        return (
            ("act", self.act),
            ("place", self.place),
            ("time", self.time),
            ("agent", self.agent),
            ("target", self.target),
            ("names", self.names),
            ("words", self.words),
        )

    @property
    def apart(self) -> bool:
        """True where place or time exclude that both tell of one event."""
        return self.place == 0.0 or self.time == 0.0

    @property
    def score(self) -> float:
        """How probable one event is, 0 to 1: a mean of the features, the act, place and time counting double."""
        if self.apart:
            return 0.0
        total = 2 * self.act + 2 * self.place + 2 * self.time + self.agent + self.target + self.names + self.words
        return round(total / 10, 3)


def likeness(a: View, b: View) -> Likeness:
    """Return how alike two claims are."""
    return Likeness(
        act=act_likeness(a, b),
        place=place_likeness(a, b),
        time=time_likeness(a, b),
        agent=_agents(a, b),
        target=_targets(a, b),
        names=share(a.own_names, b.own_names) if a.own_names and b.own_names else UNKNOWN,
        words=jaccard(a.stems, b.stems),
    )


def act_likeness(a: View, b: View) -> float:
    """1 for the same act, 0.7 within a family, 0.4 where only one of two violent acts kills, else 0."""
    if a.claim.act is b.claim.act:
        return 1.0
    if family(a.claim.act) != family(b.claim.act):
        return 0.0
    one_kills = Act.KILLING in (a.claim.act, b.claim.act)
    return 0.4 if one_kills and not (lethal(a) and lethal(b)) else 0.7


def lethal(view: View) -> bool:
    """Return True where the claim tells of deaths."""
    return view.claim.act is Act.KILLING or any(count.of == "killed" for count in view.claim.counts)


def place_likeness(a: View, b: View) -> float:
    """1 where they share a place, 0.8 where their places may be one, 0 where they are apart, else `UNKNOWN`."""
    if not a.claim.places or not b.claim.places:
        return 0.8 if _spoken_of(a, b) or _spoken_of(b, a) else UNKNOWN
    if a.place_keys & b.place_keys:
        return 1.0
    if not a.known_places or not b.known_places:
        return UNKNOWN
    return max(_two_places(p, q) for p in a.known_places for q in b.known_places)


def _spoken_of(a: View, b: View) -> bool:
    """Whether a claim without a place speaks of the other's place in its words ("the murders at …")."""
    if a.claim.places or not b.claim.places:
        return False
    narrow = [m for m, place in zip(b.claim.places, b.places, strict=True) if place is None or place.kind not in WIDE]
    return any(len(m.text) > _SHORT and re.search(rf"\b{re.escape(m.text)}\b", a.words) for m in narrow)


_SHORT = 3
"""Shorter names stand in a text by chance."""


WIDE = frozenset({"country", "province", "state", "region", "district", "river"})
"""Kinds of place in which many events of one kind happen."""


def _two_places(a: Place, b: Place) -> float:
    if a.id == b.id:
        return 1.0
    away_km = distance_km((a.lat, a.lon), (b.lat, b.lon))
    if {a.kind, b.kind} & WIDE:
        return UNKNOWN if away_km <= a.radius_km + b.radius_km else 0.0
    return 0.8 if away_km <= a.radius_km + b.radius_km else 0.0


def time_likeness(a: View, b: View) -> float:
    """1 for the same days, less the wider they are, 0.3 for the day after (a death, a night), 0 for other days."""
    span_a, span_b = _days(a), _days(b)
    if span_a is None or span_b is None:
        return 0.8 if time_words(a) & time_words(b) else UNKNOWN
    gap_days = max((span_a[0] - span_b[1]).days, (span_b[0] - span_a[1]).days)
    if gap_days > 0:
        return 0.3 if gap_days == 1 else 0.0
    width_days = max((s[1] - s[0]).days for s in (span_a, span_b))
    return next((value for days, value in _WIDTHS if width_days <= days), UNKNOWN)


_WIDTHS = ((2, 1.0), (4, 0.8), (10, 0.6))
"""Days of width, and what an overlap within them is worth: a month holds many events."""

_RELATIVE = frozenset(
    content(
        "today yesterday tomorrow now morning noon evening night nights overnight eve day days week weeks month months "
        "year years hour hours time last next previous following since until early late later recent ago past weekend "
        "january february march april may june july august september october november december monday tuesday "
        "wednesday thursday friday saturday sunday spring summer autumn winter dawn same occasion attack"
    )
)
"""Time words that mean another day in every text."""


def time_words(view: View) -> frozenset[str]:
    """Return the words of the time expression that name a day by itself (a feast, an anniversary), as stems."""
    return content(view.claim.time.text) - _RELATIVE if view.claim.time else frozenset()


def _days(view: View) -> tuple[dt.date, dt.date] | None:
    happened = view.happened
    if happened.first is None and happened.last is None:
        return None
    first = happened.first or dt.date.min
    return first, happened.last or max(first, view.said_day or dt.date.max)


def _agents(a: View, b: View) -> float:
    if a.agent_sides and b.agent_sides:
        return 1.0 if a.agent_sides & b.agent_sides else 0.0
    return UNKNOWN


def _targets(a: View, b: View) -> float:
    return share(a.target_stems, b.target_stems) if a.target_stems and b.target_stems else UNKNOWN
