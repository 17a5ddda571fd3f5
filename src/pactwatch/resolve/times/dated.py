"""A document as its times read it: its own dating, the days that speak for it, and every time expression resolved."""

from collections.abc import Iterator, Sequence

from pactwatch.model import Agreement, DateCandidate, DatedText, Dating, Document, TimePhrase
from pactwatch.resolve.times.addresses import address_days
from pactwatch.resolve.times.claims import TextTimes
from pactwatch.resolve.times.grammar import Events
from pactwatch.resolve.times.moment import spell
from pactwatch.resolve.times.phrases import Phrase, quote_of
from pactwatch.resolve.times.sections import date_lines
from pactwatch.resolve.times.tagger import Tagged, expressions, tag, told_as_history

_METADATA_DATES = ("header_line_date",)


def date_text(
    document: Document,
    dating: Dating,
    agreements: Sequence[Agreement],
    events: Events | None = None,
    narrative: bool | None = None,
) -> DatedText:
    """Return the times of a document, each against the period of writing that `dating` found."""
    times = TextTimes(document, dating, agreements, events, narrative)
    history = told_as_history(document.text, times.reference) if narrative is None else narrative
    return DatedText(
        document=document,
        dating=dating,
        candidates=tuple(dict.fromkeys(_candidates(document, dating))),
        narrative=history,
        detected=narrative is None,
        expressions=expressions(document.text, times.tagged),
        phrases=tuple(
            TimePhrase(quote=quote_of(document.text, one), when=one.when) for one in times.phrases if _says_more(one)
        ),
    )


def _says_more(phrase: Phrase) -> bool:
    """True where the words around change the interval, or several expressions make one."""
    return len(phrase.members) > 1 or phrase.when.edtf != phrase.members[0].answer.when("").edtf


def _candidates(document: Document, dating: Dating) -> Iterator[DateCandidate]:
    """Every day that something says of the document as a whole; which one was followed, `dating` says."""
    metadata = dict(document.metadata)
    if document.published:
        origin = metadata.get("published_from", "")
        yield DateCandidate(origin="header", edtf=document.published, words=origin or document.published)
    for name in _METADATA_DATES:
        if name in metadata:
            yield from _named_days("metadata", metadata[name])
    for day, address in address_days(document):
        yield DateCandidate(origin="url", edtf=day.isoformat(), words=address)
    yield from _named_days("title", document.title or "")
    _, tagged = tag(document.text, reference=None, narrative=False)
    for line in date_lines(document, tagged):
        yield DateCandidate(origin="date line", edtf=spell(line.first, line.last), words=line.words.text)
    if dating.written.edtf and dating.written.rule not in ("header-date", "date-line", "url-date"):
        words = dating.written.anchor_words
        yield DateCandidate(origin="text", edtf=dating.written.edtf, words=words.text if words else "")


def _named_days(origin: str, words: str) -> Iterator[DateCandidate]:
    """The full dates in a header or a title."""
    _, tagged = tag(words, reference=None, narrative=False)
    for one in tagged:
        if _is_full(one) and one.answer.edtf:
            yield DateCandidate(origin=origin, edtf=one.answer.edtf, words=words)


def _is_full(one: Tagged) -> bool:
    return one.answer.explicit and one.answer.moment is not None and one.answer.moment.date is not None
