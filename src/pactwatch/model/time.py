"""Times that refuse to lie: an interval with a precision, an anchor and the rule that made it, or a reason for none."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pactwatch.model.fact import Made
from pactwatch.model.text import Document, Quote


class Precision(StrEnum):
    """How fine the answer is; `vague` is for "recently" and "the past few weeks"."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    VAGUE = "vague"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time on the calendar, or the reason why there is none (law 3).

    `edtf` is an EDTF (ISO 8601-2) date or interval, None where nothing pins the expression. `first` and `last` are the
    first and last day that it may cover, None for an open or unknown end. `anchor` says against what it was resolved
    (`written`, `published`, `expression`, `agreement:<id>`, `calendar`), `anchor_words` the words of that anchor where
    they stand in the text. `rule` is the id of the rule, `reason` says why there is no answer or what was assumed.
    """

    edtf: str | None
    first: dt.date | None = None
    last: dt.date | None = None
    precision: Precision = Precision.NONE
    anchor: str = ""
    anchor_words: Quote | None = None
    rule: str = ""
    reason: str = ""

    def covers(self, day: dt.date) -> bool | None:
        """True, False, or None where the interval is unknown."""
        if self.edtf is None or (self.first is None and self.last is None):
            return None
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


UNKNOWN_WHEN = When(edtf=None, reason="nothing in the text dates it")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """A time expression of a document: its words, its TIMEX3 `type` and `value`, and what it resolves to."""

    quote: Quote
    type: str
    value: str
    when: When
    mod: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """When a document was published by its header, and when its text shows that it was written.

    `written` is the period that the constraints of the text leave; `agrees` is False where it excludes the header's
    date, None where the text says nothing. `evidence` holds one line of explanation a constraint, with its words.
    """

    document_id: str
    published: When
    written: When
    agrees: bool | None
    evidence: tuple[tuple[Quote, str], ...]
    made: Made


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidate:
    """A day on which a document may have been published or written, and where it is found.

    `origin` is `header`, `metadata`, `url`, `title`, `date line` or `text`; `words` are those that say so.
    """

    origin: str
    edtf: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePhrase:
    """Words around time expressions that change the time: "since Friday", "from 3 to 5 May"; and what they come to."""

    quote: Quote
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedText:
    """A document with its own dating and the times of its text, resolved against it.

    `expressions` stand in the order of the text, none inside another; `phrases` only where they say more than their
    expressions. `narrative` is True where the text was read as a history, `detected` where nobody had said which.
    """

    document: Document
    dating: Dating
    candidates: tuple[DateCandidate, ...]
    narrative: bool
    detected: bool
    expressions: tuple[TimeExpression, ...]
    phrases: tuple[TimePhrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The four times of a claim. They are never merged into one `date`."""

    claim_id: str
    happened: When
    said: When
    published: When
    captured: When
    made: Made
