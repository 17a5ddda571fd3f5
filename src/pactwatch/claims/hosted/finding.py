"""From a row of an answer to a claim, or to the reason why it is refused. Nothing that an answer says is believed
before its words are found in the document.
"""

import re
from collections.abc import Sequence

from pactwatch.claims.counts import number_in
from pactwatch.claims.hosted.answers import CountRow, Row
from pactwatch.claims.hosted.passages import Passage
from pactwatch.claims.hosted.prompt import COUNTED, KINDS
from pactwatch.claims.hosted.words import nearest, places_of
from pactwatch.claims.ids import content_id
from pactwatch.model import ISSUER, Act, Claim, Count, Document, Kind, Made, Mention, Quote

_ACTS = frozenset(act.value for act in Act)
_KINDS = frozenset(kind.value for kind in KINDS)

_OWN = frozenset({"we", "us", "our", "ours", "i", "me", "my"})
_PRONOUNS = frozenset({"they", "them", "their", "he", "him", "his", "she", "her", "it", "its", "you", "your", "who"})

_VAGUE = re.compile(r"\b(?:several|few|many|dozens?|scores?|numerous|some|hundreds|thousands)\b|\d\D+\d", re.IGNORECASE)
_GROUPED = re.compile(r"(?<=\d)[, ](?=\d{3}\b)")


def claim_of(row: Row, document: Document, passage: Passage, made: Made) -> Claim | str:
    """Return the claim that a row makes, or the reason why it is refused."""
    if row.kind not in _KINDS:
        return "their kind is none of ours"
    if row.act not in _ACTS:
        return "their act is none of ours"
    quote = _quote(row, document, passage)
    if isinstance(quote, str):
        return quote
    trigger = nearest(document, row.trigger, quote.span, quote.span)
    if trigger is None:
        return "their trigger does not stand in their quote"
    return _Finder(row, document, passage, quote).claim(trigger, made)


def _quote(row: Row, document: Document, passage: Passage) -> Quote | str:
    """The place of a quote in the passage. Where the words stand several times, `nth` has to name one of the places."""
    found = places_of(document.text, row.quote, passage.span)
    if not found:
        return "their quote does not stand in the passage"
    if len(found) > 1 and not 0 <= row.nth < len(found):
        return "their quote stands in several places and none is named"
    at = found[row.nth] if len(found) > 1 else found[0]
    return document.quote(at.start, at.end)


class _Finder:
    """Looks for the words of one row; what is not found is named in `unsure` and left out."""

    def __init__(self, row: Row, document: Document, passage: Passage, quote: Quote) -> None:
        self.row, self.document, self.passage, self.quote = row, document, passage, quote
        voice = passage.statement.voice
        self.own = Mention(text=ISSUER) if voice is None else Mention(text=_line(voice.text), quote=voice)
        self.unsure: list[str] = []

    def claim(self, trigger: Quote, made: Made) -> Claim | str:
        """Return the claim. Whose words it is must be certain: without its speaker it is refused."""
        row, kind = self.row, Kind(self.row.kind)
        speaker = self.own if not (row.speaker or "").strip() else self._mention(row.speaker or "")
        if speaker is None:
            return "their speaker is not named in the text"
        spans = [(s.start, s.end) for s in (self.quote.span, trigger.span)]
        return Claim(
            id=content_id(self.document.id, spans[0], spans[1], kind),
            document_id=self.document.id,
            kind=kind,
            act=Act(row.act),
            trigger=trigger,
            quote=self.quote,
            speaker=speaker,
            agent=self._mentions("agent", row.agent),
            target=self._mentions("target", row.target),
            places=self._places(),
            time=self._time(),
            counts=self._counts(row.counts or ()),
            negated=row.negated or kind is Kind.DENIAL,
            condition=self._condition(),
            unsure=tuple(dict.fromkeys(self.unsure)),
            trace=(("hosted.answer", trigger.text),),
            made=made,
        )

    def _mention(self, words: str) -> Mention | None:
        """`issuer`, the issuer's name, or words of the document: in the quote if they are there, else the nearest.

        A pronoun that the answer left as it was names nobody, but for the speaker's own.
        """
        plain = _line(words).casefold()
        if plain == ISSUER or plain in _OWN:
            return self.own
        if plain in _PRONOUNS:
            return None
        found = self._words(words)
        if found is not None:
            return Mention(text=_line(found.text), quote=found)
        if plain and plain == _line(self.document.issuer or "").casefold():
            return Mention(text=ISSUER)
        return None

    def _words(self, words: str) -> Quote | None:
        near = self.quote.span
        return nearest(self.document, words, near, near) or nearest(self.document, words, near)

    def _mentions(self, field: str, given: Sequence[str] | None) -> tuple[Mention, ...]:
        return self._once(field, [self._mention(words) for words in given or ()])

    def _places(self) -> tuple[Mention, ...]:
        quotes = [self._words(words) for words in self.row.places or ()]
        return self._once("places", [Mention(text=_line(q.text), quote=q) if q else None for q in quotes])

    def _once(self, field: str, mentions: Sequence[Mention | None]) -> tuple[Mention, ...]:
        """Each mention once; `field` is unsure where one was not found."""
        if None in mentions:
            self.unsure.append(field)
        return tuple({m.text.casefold(): m for m in reversed(mentions) if m is not None}.values())[::-1]

    def _time(self) -> Mention | None:
        if not (self.row.time or "").strip():
            return None
        found = self._words(self.row.time or "")
        if found is None:
            self.unsure.append("time")
            return None
        return Mention(text=_line(found.text), quote=found)

    def _condition(self) -> Quote | None:
        if not (self.row.condition or "").strip():
            return None
        found = nearest(self.document, self.row.condition or "", self.quote.span, self.passage.span)
        if found is None:
            self.unsure.append("condition")
        return found

    def _counts(self, given: Sequence[CountRow]) -> tuple[Count, ...]:
        found: dict[str, Count] = {}
        for each in given:
            if each.of not in COUNTED or not places_of(self.document.text, each.words, self.passage.span):
                self.unsure.append("counts")
            else:
                found.setdefault(each.of, Count(of=each.of, value=_number(each.words)))
        return tuple(found.values())


def _number(words: str) -> int | str:
    """The number that words spell; the words themselves where they are vague or hold two numbers."""
    plain = _GROUPED.sub("", _line(words))
    number = None if _VAGUE.search(plain) else number_in(plain)
    return plain if number is None else number


def _line(words: str) -> str:
    return " ".join(words.split())
