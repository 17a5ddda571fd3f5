"""The four times of a claim: happened, said, published, captured. They stay four."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from itertools import takewhile

from pactwatch.model import Agreement, Claim, Dating, Document, Made, Precision, Quote, Times, When
from pactwatch.resolve.times.dating import MADE_BY, VERSION, writing_reference
from pactwatch.resolve.times.grammar import Events
from pactwatch.resolve.times.moment import spell
from pactwatch.resolve.times.phrases import Phrase, ReferenceAt, phrases
from pactwatch.resolve.times.sections import sections
from pactwatch.resolve.times.tagger import tag

NO_WORDS = When(edtf=None, reason="the claim has no words that date the act")
_CERTAINTY = {
    Precision.DAY: 0.9,
    Precision.MINUTE: 0.9,
    Precision.HOUR: 0.9,
    Precision.VAGUE: 0.5,
}  # not yet calibrated
_MOST_PHRASES = 20  # that the time words of one claim hold
_OTHER_CERTAINTY, _NO_CERTAINTY = 0.8, 0.3


def resolve(
    document: Document,
    claims: Sequence[Claim],
    dating: Dating,
    agreements: Sequence[Agreement],
    captured: str,
    events: Events | None = None,
) -> tuple[Times, ...]:
    """Return the four times of each claim, in order."""
    reader = TextTimes(document, dating, agreements, events)
    moment = _captured(captured)
    return tuple(reader.times(claim, moment) for claim in claims)


def _captured(captured: str) -> When:
    try:
        day = dt.date.fromisoformat(captured[:10])
    except ValueError:
        return When(edtf=None, reason="the moment of capture was not recorded")
    return When(
        edtf=day.isoformat(), first=day, last=day, precision=Precision.DAY, anchor="calendar", rule="capture-record"
    )


def _own_line(dating: Dating) -> Quote | None:
    return dating.written.anchor_words if dating.written.rule == "date-line" else None


class TextTimes:
    """The phrases of one document, resolved once for all its claims."""

    def __init__(
        self,
        document: Document,
        dating: Dating,
        agreements: Sequence[Agreement],
        events: Events | None,
        narrative: bool | None = None,
    ) -> None:
        self._document = document
        self._dating = dating
        self._agreements = tuple(agreements)
        self._events = events
        self.reference = reference = writing_reference(dating)
        head = max((w.span.end for w in (dating.published.anchor_words, _own_line(dating)) if w is not None), default=0)
        tokens, tagged = tag(
            document.text,
            reference=reference,
            agreements=self._agreements,
            events=self._events,
            narrative=narrative,
        )
        self._sections = sections(document.text, tagged, head)
        if self._sections:
            tokens, tagged = tag(
                document.text,
                reference=reference,
                agreements=self._agreements,
                events=self._events,
                sections=self._sections,
                narrative=narrative,
            )
        self.reference_at = ReferenceAt(reference, self._sections)
        self.tagged = tuple(tagged)
        self.phrases = phrases(tokens, tagged, self.reference_at)
        self._ends = [phrase.end for phrase in self.phrases]

    def times(self, claim: Claim, captured: When) -> Times:
        """Return the four times of one claim."""
        happened = self._happened(claim)
        certainty = _NO_CERTAINTY if happened.edtf is None else _CERTAINTY.get(happened.precision, _OTHER_CERTAINTY)
        return Times(
            claim_id=claim.id,
            happened=happened,
            said=self._said(claim),
            published=self._dating.published,
            captured=captured,
            made=Made(by=MADE_BY, version=VERSION, certainty=certainty),
        )

    def _happened(self, claim: Claim) -> When:
        if claim.time is None:
            return NO_WORDS
        where = claim.time.quote
        if where is not None:
            return self.at(where)
        return self.of_words(claim.time.text, claim.quote.span.start)

    def at(self, words: Quote) -> When:
        """Return what the words of a text at that place come to."""
        low = bisect_right(self._ends, words.span.start)
        inside = list(takewhile(lambda phrase: phrase.start < words.span.end, self.phrases[low : low + _MOST_PHRASES]))
        inside = [p for p in inside if p.when.edtf is not None] or inside
        return _together(inside, words.text)

    def of_words(self, text: str, place: int) -> When:
        """Return what words come to that do not stand in the text themselves, at a place of it."""
        reference = self.reference_at(place)
        tokens, tagged = tag(
            text, reference=reference, agreements=self._agreements, events=self._events, narrative=False
        )
        found = phrases(tokens, tagged, ReferenceAt(reference, ()))
        return _together([p for p in found if p.when.edtf is not None] or found, text)

    def _said(self, claim: Claim) -> When:
        """The day of the statement: that of the section's date line, else the period of writing."""
        reference = self.reference_at(claim.quote.span.start)
        if reference is None or not self._sections or reference.rule != "section-date":
            return self._dating.written
        return When(
            edtf=spell(reference.first, reference.last),
            first=reference.first,
            last=reference.last,
            precision=Precision.DAY,
            anchor="expression",
            anchor_words=reference.words,
            rule="section-date",
        )


def _together(found: Sequence[Phrase], words: str) -> When:
    """One phrase, or several: those that fit into one another leave the finest, others the days from first to last."""
    if not found:
        return When(edtf=None, reason=f"nothing in {words!r} can be found on a calendar")
    if len(found) == 1:
        return found[0].when
    whens = [phrase.when for phrase in found if phrase.when.edtf is not None]
    if not whens:
        return found[0].when
    closed = [when for when in whens if when.first and when.last]
    if len(closed) < len(whens):
        return next(when for when in whens if when not in closed)
    first, last = min(w.first for w in closed if w.first), max(w.last for w in closed if w.last)
    finest = min(closed, key=lambda w: (w.last - w.first) if w.first and w.last else dt.timedelta.max)
    others = [when for when in closed if when is not finest]
    if all(
        other.first <= finest.first and finest.last <= other.last
        for other in others
        if other.first and other.last and finest.first and finest.last
    ):
        return finest
    return When(
        edtf=spell(first, last),
        first=first,
        last=last,
        precision=finest.precision,
        anchor=finest.anchor,
        anchor_words=finest.anchor_words,
        rule="+".join(dict.fromkeys(when.rule for when in closed)),
        reason="; ".join(dict.fromkeys(when.reason for when in closed if when.reason)),
    )
