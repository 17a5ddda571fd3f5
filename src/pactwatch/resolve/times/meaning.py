"""What an expression says before it is known against what: a small form for each way of pointing into the calendar."""

from dataclasses import dataclass, replace

from pactwatch.resolve.times.moment import NOWHEN, Moment

ISO_UNITS = {
    "second": ("T", "S"),
    "minute": ("T", "M"),
    "hour": ("T", "H"),
    "day": ("", "D"),
    "night": ("", "D"),
    "weekend": ("", "W"),
    "week": ("", "W"),
    "fortnight": ("", "W"),
    "month": ("", "M"),
    "quarter": ("", "M"),
    "year": ("", "Y"),
    "decade": ("", "DE"),
    "century": ("", "CE"),
}
"""The unit of a length of time → TIMEX3: whether a T stands before it, and its letter."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """An unresolved time.

    `op` says how it is resolved (see `resolver.py`): `calendar` fills from the context what `moment` leaves open,
    `near` steps `step` units from the day of writing, `same` and `follow` from the last day that the text named,
    `shift` moves `count` units from `base` (`reference`, `focus`, or `inner`), `span` an interval that ends or begins
    at the reference. `low` and `high` bound a vague count. `hint` is `past` or `future` where the words say which.
    """

    op: str
    type: str = "DATE"
    moment: Moment = NOWHEN
    unit: str = ""
    step: int = 0
    count: float | None = None
    low: float = 0.0
    high: float = 0.0
    part: str = ""
    mod: str = ""
    hint: str = ""
    base: str = ""
    name: str = ""
    value: str = ""
    inner: "Meaning | None" = None

    def at(self, **changes: object) -> "Meaning":
        """Return a copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Found:
    """An expression found in a text: code points `[start, end)`, its meaning, and the rule that found it."""

    start: int
    end: int
    kind: str
    rule: str
    meaning: Meaning
    first_token: int
    last_token: int
