"""Numbers in a claim against the numbers that a clause sets."""

import re
from collections.abc import Sequence

from pactwatch.link.view import Register, View
from pactwatch.model import Amount, Clause

_DURATION = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>days?|hours?|hrs?|h|minutes?|mins?)\b(?:\s*(?P<minutes>\d+)\s*min)?",
    re.IGNORECASE,
)
_HOURS = {"d": 24.0, "h": 1.0, "m": 1 / 60}


def owed(view: View, clause: Clause, register: Register) -> tuple[Amount, ...]:
    """Return the amounts of one wording that those who are said to have acted owe; all where nobody is named."""
    sides = {one for agent in view.agents if agent for one in register.above(agent, view.happened.first)}
    return tuple(one for one in clause.amounts if not one.party or not sides or one.party in sides)


def compare(view: View, amounts: Sequence[Amount]) -> bool | None:
    """Return True where a count of the claim is an amount owed (or a sum of such), False where not, else None."""
    values = {(count.of, count.value) for count in view.claim.counts if isinstance(count.value, int)}
    kinds = {one.of for one in amounts}
    said = [(of, value) for of, value in values if of in kinds]
    if not said or not amounts:
        return None
    return any(value in _sums(of, amounts) for of, value in said)


def _sums(of: str, amounts: Sequence[Amount]) -> set[int]:
    """The single amounts, each party's total, and the total of all."""
    of_kind = [one for one in amounts if one.of == of]
    parties = {one.party for one in of_kind}
    totals = {sum(one.value for one in of_kind if one.party == party) for party in parties}
    return {one.value for one in of_kind} | totals | {sum(one.value for one in of_kind)}


def hours_said(text: str) -> float | None:
    """Return the first duration in a text, in hours ("1 hour 50 minutes" is 1.83); None where there is none."""
    found = _DURATION.search(text)
    if not found:
        return None
    hours = float(found["number"]) * _HOURS[found["unit"][0].lower()]
    return hours + int(found["minutes"]) / 60 if found["minutes"] else hours
