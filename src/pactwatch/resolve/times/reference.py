"""Against what a time is resolved: the period of writing, and the times that the text itself has named so far."""

import datetime as dt
from dataclasses import dataclass, field

from pactwatch.model import Agreement, Quote, Span, When
from pactwatch.resolve.times.moment import Moment, week_of
from pactwatch.resolve.times.story import Story, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The days within which the words were written. `anchor` says how that is known (`written`, `published`)."""

    first: dt.date
    last: dt.date
    anchor: str = "written"
    words: Quote | None = None
    rule: str = ""

    @property
    def moment(self) -> Moment:
        """The reference as a day, a month or a year, whichever holds it all; else without a year."""
        if self.first == self.last:
            return Moment.of(self.first)
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return Moment(year=self.first.year, month=self.first.month)
        return Moment(year=self.first.year) if self.first.year == self.last.year else Moment()

    @property
    def a_day(self) -> bool:
        """True where the day of writing is known."""
        return self.first == self.last

    def week(self) -> Moment:
        """The ISO week, where one holds it all; else what holds it."""
        return week_of(self.first) if week_of(self.first) == week_of(self.last) else self.moment


def reference_of(when: When | None) -> Reference | None:
    """Return what a `When` offers as a reference; None where it is no closed period."""
    if when is None or when.first is None or when.last is None:
        return None
    anchor = when.anchor if when.anchor in ("written", "published") else "written"
    return Reference(first=when.first, last=when.last, anchor=anchor, words=when.anchor_words, rule=when.rule)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A time that the text named: where, and what it came to. `explicit` where its year stood there itself."""

    moment: Moment
    start: int
    end: int
    explicit: bool


@dataclass(slots=True)
class Context:
    """What is known at a point of the text. The tagger moves it on from expression to expression."""

    text: str
    reference: Reference | None
    narrative: bool
    agreements: tuple[Agreement, ...] = ()
    last: Mentioned | None = None
    last_day: Mentioned | None = None
    last_year: Mentioned | None = None
    story: Story | None = None
    twins: dict[tuple[int, int], Mentioned] = field(default_factory=dict)
    bc: bool = False
    paragraph: int = 0

    def named(self, moment: Moment, start: int, end: int, *, explicit: bool, direction: str = "") -> None:
        """Remember a time that the text has named."""
        self.story = told(self.story, moment, start, end, self.text, explicit=explicit, direction=direction)
        if moment.year is None and moment.decade is None:
            return
        mention = Mentioned(moment=moment, start=start, end=end, explicit=explicit)
        self.last = mention
        if moment.day is not None:
            self.last_day = mention
        if explicit and moment.year is not None:
            self.last_year = mention
            self.bc = moment.year <= 0

    def story_quote(self) -> Quote | None:
        """Return the words that last named the year being told."""
        if self.story is None:
            return None
        start, end = self.story.start, self.story.end
        return Quote(span=Span(start=start, end=end), text=self.text[start:end])

    def quote(self, mention: Mentioned | None) -> Quote | None:
        """Return the words of an earlier mention, as a quote."""
        if mention is None:
            return None
        return Quote(span=Span(start=mention.start, end=mention.end), text=self.text[mention.start : mention.end])
