"""What a resolved time is made of, before it becomes a `When`."""

import datetime as dt
from dataclasses import dataclass, replace

from pactwatch.model import Precision, Quote, When
from pactwatch.resolve.times.moment import Days, Moment, precision_of, spell

_BEYOND = "a year of more than four figures"
_BEFORE_OUR_ERA = "a decade or century before our era is written as no EDTF date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A TIMEX3 value and the interval behind it. `days` is None where nothing pins it; `reason` says why or what else.

    `moment` is what later expressions may refer back to; `edtf` overrides the spelling of `days`; `base` is the day
    from which a length of time was counted.
    """

    value: str
    type: str = "DATE"
    mod: str = ""
    moment: Moment | None = None
    days: tuple[dt.date | None, dt.date | None] | None = None
    edtf: str | None = None
    precision: Precision = Precision.NONE
    anchor: str = ""
    anchor_words: Quote | None = None
    reason: str = ""
    explicit: bool = False
    base: dt.date | None = None

    def at(self, **changes: object) -> "Answer":
        """Return a copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def when(self, rule: str) -> When:
        """Return the answer as the model's `When`."""
        if self.edtf is None and self.days is None:
            reason = self.reason or "nothing in the text pins it"
            return When(edtf=None, rule=rule, reason=reason, anchor=self.anchor, anchor_words=self.anchor_words)
        first, last = self.days or (None, None)
        return When(
            edtf=self.edtf or spell(first, last),
            first=first,
            last=last,
            precision=self.precision,
            anchor=self.anchor,
            anchor_words=self.anchor_words,
            rule=rule,
            reason=self.reason,
        )


def of_moment(moment: Moment, *, type_: str = "DATE", mod: str = "", **fields: object) -> Answer:
    """Return the answer that is one moment."""
    days = moment.days()
    made = Answer(
        value=moment.value(),
        type="TIME" if moment.part not in (None, "WE") or moment.hour is not None else type_,
        mod=mod or moment.mod,
        moment=moment,
        days=days,
        edtf=moment.edtf(),
        precision=precision_of(moment) if moment.edtf() else Precision.NONE,
        reason=_BEYOND if moment.beyond else _BEFORE_OUR_ERA if moment.bc and moment.edtf() is None else "",
    )
    return made.at(**fields)


def of_days(days: Days, value: str, precision: Precision, **fields: object) -> Answer:
    """Return the answer that is an interval of days."""
    return Answer(value=value, days=days, edtf=spell(*days), precision=precision).at(**fields)
