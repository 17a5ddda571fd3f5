"""The sides of a case, in an order and with signs that favour none (law 9).

The order is the agreements' own order of their parties; whoever else is named comes after, in the order of the
register. Each of the first four sides has a letter, and a hue of the same lightness and the same chroma as the others.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pactwatch.model import Checked, Party

T = TypeVar("T")

UNNAMED_SIDE = ""
"""The side of an act whose author no text names, or whose author the register does not know."""

HUES = ("#2f6690", "#8a5a16", "#63518f", "#3f6b4f")
"""Equal lightness (OKLCH about 0.50) and similar chroma; none is the red or green that says wrong or right.

Each has a contrast of at least 4.5 : 1 on white, which is what WCAG 2.2 AA asks of text.
"""

OTHER_HUE = "#5f6368"
_LETTERS = "ABCD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side: `id` is the party's id, `letter` its sign (`·` for others), `hue` its colour, `index` its rank."""

    id: str
    label: str
    letter: str
    hue: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The sides of a case. `signatories` are those of the agreements; `of` maps any party to the side it acts for."""

    signatories: tuple[Side, ...]
    register: Mapping[str, Party]

    def label(self, party: str) -> str:
        """Return the neutral label of a party id; the id itself where the register does not hold it."""
        known = self.register.get(party)
        return known.label if known else party

    def side(self, party: str | None, day: dt.date | None) -> Side:
        """Return the side that a party acts for on a day: a signatory that it belongs to, else the party itself."""
        if not party:
            return Side(id=UNNAMED_SIDE, label="author not resolved", letter="·", hue=OTHER_HUE, index=10_000)
        found = self._climb(party, day, frozenset())
        if found:
            return found
        rank = list(self.register).index(party) if party in self.register else len(self.register)
        return Side(id=party, label=self.label(party), letter="·", hue=OTHER_HUE, index=100 + rank)

    def _climb(self, party: str, day: dt.date | None, seen: frozenset[str]) -> Side | None:
        """Follow memberships that hold on that day. One bounded by dates says nothing of an undated act."""
        for side in self.signatories:
            if side.id == party:
                return side
        entry = self.register.get(party)
        if entry is None or party in seen:
            return None
        for membership in entry.member_of:
            if _holds(membership.since, membership.until, day):
                found = self._climb(membership.of, day, seen | {party})
                if found:
                    return found
        return None


def _holds(since: dt.date | None, until: dt.date | None, day: dt.date | None) -> bool:
    if day is None:
        return since is None and until is None
    return (since is None or since <= day) and (until is None or day <= until)


def balanced(items: Sequence[T], side: Callable[[T], Side], number: int) -> list[T]:
    """Return the first `number` items, taking of each side in turn: the best of the side of which fewest are taken.

    A plain cut would show what is said of one side alone wherever one side speaks more (law 9).
    """
    left, taken = list(items), Counter[str]()
    chosen: list[T] = []
    while left and len(chosen) < number:
        best = min(left, key=lambda one: taken[side(one).id])
        left.remove(best)
        taken[side(best).id] += 1
        chosen.append(best)
    return chosen


def sides_of(checked: Checked) -> Sides:
    """Return the sides of a check."""
    ids = dict.fromkeys(party for agreement in checked.agreements for party in agreement.parties)
    register = {party.id: party for party in checked.register}
    signatories = tuple(
        Side(
            id=party,
            label=register[party].label if party in register else party,
            letter=_LETTERS[at] if at < len(_LETTERS) else "·",
            hue=HUES[at] if at < len(HUES) else OTHER_HUE,
            index=at,
        )
        for at, party in enumerate(ids)
    )
    return Sides(signatories=signatories, register=register)
