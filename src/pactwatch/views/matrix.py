"""Clause × side × month: how many acts are alleged, denied and admitted, and where nobody looked (law 7)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pactwatch.model import Answer, Checked, Claim, ClauseLink, Exposure, Kind, Relation, When
from pactwatch.views.findings import MACHINE, review, side_of
from pactwatch.views.lookup import Lookup, of_checked
from pactwatch.views.sides import Side, Sides, sides_of
from pactwatch.views.wording import NOT_OBSERVED, counted

ALLEGED, DENIED, ADMITTED = "alleged", "denied", "admitted"

_COLUMN: dict[Kind, str] = {
    Kind.ACCUSATION: ALLEGED,
    Kind.REPORT: ALLEGED,
    Kind.DENIAL: DENIED,
    Kind.ADMISSION: ADMITTED,
}

NO_MONTH = ""
"""The column of claims whose time is unknown or spans more than a month."""

FILLED_MONTHS = 18
"""Up to this many months, those without any claim are shown too; beyond it the table would be mostly empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A column. `key` is `2031-04` or empty for claims not dated to one month; `hours` is None where nobody looked."""

    key: str
    title: str
    hours: float | None
    note: str

    @property
    def observed(self) -> bool:
        """True where some log has hours in this month."""
        return self.hours is not None and self.hours > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Counts of claims, never of events. `text` prints "not observed" where nobody looked, and then no zero.

    `observed`: for a cell with claims, whether some log has hours at the place and time of one of them; for an empty
    one, whether some log has hours in that month at all.
    """

    alleged: int
    denied: int
    admitted: int
    observed: bool
    numbers: tuple[str, ...]

    @property
    def text(self) -> str:
        """The cell in words."""
        parts = [f"{n} {what}" for n, what in self.counts if n]
        if not self.observed:
            return " · ".join([*parts, NOT_OBSERVED])
        return " · ".join(parts) or "0"

    @property
    def counts(self) -> tuple[tuple[int, str], ...]:
        """The three counts with their names, always in this order."""
        return ((self.alleged, ALLEGED), (self.denied, DENIED), (self.admitted, ADMITTED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One clause and one side. Every signatory has a row under each clause, with or without claims (law 9)."""

    clause: str
    title: str
    side: Side
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The table; `left_out` says in words what was not counted, and why."""

    months: tuple[Month, ...]
    rows: tuple[Row, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    clause: str
    side: Side
    month: str
    column: str
    number: str
    seen: bool


def matrix(checked: Checked) -> Matrix:
    """Return how often each clause was touched by what is said of each side, month by month.

    A claim counts under each clause that it touches as an obligation, unless a test other than that of the act itself
    is not met. Repeats and reprints of a claim, and claims that a person rejected, are not counted; `left_out` says so.
    """
    lookup, sides = of_checked(checked), sides_of(checked)
    left_out: Counter[str] = Counter()
    found = [one for claim in lookup.claims.values() for one in _counted(claim, lookup, sides, left_out)]
    months = _months(sorted({one.month for one in found if one.month}), checked.exposures)
    if any(one.month == NO_MONTH for one in found):
        months = (*months, Month(key=NO_MONTH, title="no single month", hours=None, note="time unknown or longer"))
    return Matrix(
        months=months,
        rows=tuple(_rows(found, months, checked, sides)),
        left_out=tuple(f"{counted(n, 'claim')} {why}" for why, n in left_out.items()),
    )


def _counted(claim: Claim, lookup: Lookup, sides: Sides, left_out: Counter[str]) -> Iterable[_Counted]:
    column = _COLUMN.get(claim.kind)
    links = [one for one in lookup.clauses.get(claim.id, ()) if one.role == "obligation"]
    if column is None or not links:
        return []
    reason = _not_counted(claim, lookup)
    could = [one for one in links if _could_apply(one, column)]
    if not reason and not could:
        reason = "whose clause does not apply there, then or to that actor"
    if reason:
        left_out[reason] += 1
        return []
    times = lookup.times.get(claim.id)
    month = _month(times.happened) if times else NO_MONTH
    side, number = side_of(claim, lookup, sides), lookup.number[claim.id]
    coverage = lookup.coverage.get(claim.id)
    seen = bool(coverage and coverage.observed)
    return [
        _Counted(clause=clause, side=side, month=month, column=column, number=number, seen=seen)
        for clause in dict.fromkeys(one.clause_id for one in could)
    ]


def _not_counted(claim: Claim, lookup: Lookup) -> str:
    if review(lookup.judgements.get(claim.id, ())).state not in (MACHINE, "accepted", "corrected"):
        return "that a person rejected"
    relations = {link.relation for link in lookup.links_from.get(claim.id, ()) if link.to_claim_id in lookup.claims}
    if relations & {Relation.REPRINTS, Relation.REPEATS}:
        return "that only repeat or reprint another"
    return ""


def _could_apply(link: ClauseLink, column: str) -> bool:
    """A denial fails the test of the act by its nature, so that test is asked of allegations and admissions only."""
    tests = [link.applicability.in_force, link.applicability.in_area, link.applicability.bound]
    if column != DENIED:
        tests.append(link.applicability.act)
    return all(test.answer is not Answer.NOT_MET for test in tests)


def _month(when: When) -> str:
    first, last = when.first, when.last
    if when.edtf is None or first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return NO_MONTH
    return f"{first:%Y-%m}"


def _months(of_claims: Sequence[str], exposures: Sequence[Exposure]) -> tuple[Month, ...]:
    by_month: defaultdict[str, list[Exposure]] = defaultdict(list)
    for exposure in exposures:
        by_month[f"{exposure.day:%Y-%m}"].append(exposure)
    keys = sorted({*of_claims, *by_month})
    return tuple(_column(key, by_month.get(key, [])) for key in _filled(keys))


def _filled(keys: list[str]) -> list[str]:
    if not keys:
        return keys
    month, last = keys[0], keys[-1]
    every: list[str] = []
    while month <= last and len(every) <= FILLED_MONTHS:
        every.append(month)
        year, number = int(month[:4]), int(month[5:])
        month = f"{year + number // 12:04}-{number % 12 + 1:02}"
    return every if len(every) <= FILLED_MONTHS else keys


def _column(key: str, exposures: list[Exposure]) -> Month:
    title = f"{dt.date.fromisoformat(key + '-01'):%B %Y}"
    if not exposures:
        return Month(key=key, title=title, hours=None, note=NOT_OBSERVED)
    hours = sum(one.hours for one in exposures)
    denied = sum(bool(one.denied_by) for one in exposures)
    note = f"{hours:,.{0 if hours > 100 else 1}f} h observed" if hours else NOT_OBSERVED
    if denied:
        note += f", access denied {counted(denied, 'time')}"
    return Month(key=key, title=title, hours=hours, note=note)


def _rows(found: list[_Counted], months: Sequence[Month], checked: Checked, sides: Sides) -> Iterable[Row]:
    titles = {clause.id: clause.title or clause.paraphrase for one in checked.agreements for clause in one.clauses}
    for clause in sorted({one.clause for one in found}, key=by_article):
        here = [one for one in found if one.clause == clause]
        named = {side.id: side for side in (*sides.signatories, *(one.side for one in here))}
        for side in sorted(named.values(), key=lambda one: (one.index, one.label)):
            cells = tuple(_cell([one for one in here if one.side.id == side.id], month) for month in months)
            yield Row(clause=clause, title=titles.get(clause, ""), side=side, cells=cells)


def by_article(clause: str) -> list[tuple[int, int, str]]:
    """Return a key that sorts clause ids as the agreement's own articles: `HBA/4/a` before `HBA/10/1`."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in clause.split("/")]


def _cell(found: list[_Counted], month: Month) -> Cell:
    here = [one for one in found if one.month == month.key]
    counts = Counter(one.column for one in here)
    return Cell(
        alleged=counts[ALLEGED],
        denied=counts[DENIED],
        admitted=counts[ADMITTED],
        observed=any(one.seen for one in here) if here else month.observed,
        numbers=tuple(one.number for one in here),
    )
