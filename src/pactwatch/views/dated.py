"""A document with its times, for the terminal: its text with marks, a row for each time, lines on its own date."""

from collections.abc import Iterator
from dataclasses import dataclass

from pactwatch.model import DatedText, Dating, When
from pactwatch.views.wording import quoted

_NONE = "–"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRow:
    """One time, or one phrase around times, as a table row; `number` is that of the mark in the text."""

    number: str
    words: str
    timex: str
    edtf: str
    precision: str
    anchor: str
    rule: str
    note: str

    def cells(self) -> tuple[str, ...]:
        """Return seven cells: number, words, TIMEX3, EDTF, precision, counted from, rule."""
        return (self.number, self.words, self.timex, self.edtf, self.precision, self.anchor, self.rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedView:
    """What is printed of a document: `pieces` is its whole text, each piece with whether it is a time's words."""

    heading: str
    lines: tuple[str, ...]
    pieces: tuple[tuple[str, bool], ...]
    rows: tuple[TimeRow, ...]


def dated_view(dated: DatedText) -> DatedView:
    """Return a document's dating and times as text, rows and lines to print."""
    return DatedView(
        heading=dated.document.title or dated.document.id,
        lines=tuple(_lines(dated)),
        pieces=tuple(_pieces(dated)),
        rows=tuple(_rows(dated)),
    )


def _lines(dated: DatedText) -> Iterator[str]:
    """The document's own date: candidates, what was followed, and both sides of a contradiction."""
    for one in dated.candidates:
        words = f" ({one.words})" if one.origin == "header" else f": {quoted(_one_line(one.words))}"
        yield f"candidate: {one.edtf}  from its {one.origin}{words}"
    written = dated.dating.written
    yield f"written: {written.edtf or _NONE}  ({_because(written)})"
    yield from _contradiction(dated.dating)
    told = "a history: years are carried from date to date" if dated.narrative else "a text with a day of writing"
    yield f"taken for {told} ({'detected' if dated.detected else 'as asked'})"


def _because(when: When) -> str:
    parts = [f"rule {when.rule}" if when.rule else "", when.reason]
    return "; ".join(part for part in parts if part)


def _contradiction(dating: Dating) -> Iterator[str]:
    if dating.agrees is None:
        return
    if dating.agrees:
        yield "the text agrees with the date that it bears outside"
    else:
        yield "header and text disagree on the date"
        yield f"  the header says {dating.published.edtf}"
        yield f"  the text says {dating.written.edtf or _NONE}"
    for words, says in dating.evidence:
        yield f"  {quoted(words.text)}: {says}"


def _pieces(dated: DatedText) -> Iterator[tuple[str, bool]]:
    text, at = dated.document.text, 0
    for number, one in enumerate(dated.expressions, start=1):
        span = one.quote.span
        if at < span.start:
            yield text[at : span.start], False
        yield f"⟦{one.quote.text}⟧{str(number).translate(_SUPERSCRIPT)}", True
        at = span.end
    if at < len(text):
        yield text[at:], False


def _rows(dated: DatedText) -> Iterator[TimeRow]:
    phrases = list(dated.phrases)
    for number, one in enumerate(dated.expressions, start=1):
        timex = f"{one.type} {one.value}" + (f" {one.mod}" if one.mod else "")
        yield _row(str(number), one.quote.text, timex, one.when)
        while phrases and phrases[0].quote.span.end <= one.quote.span.end:
            phrase = phrases.pop(0)
            yield _row("", phrase.quote.text, "", phrase.when)


def _row(number: str, words: str, timex: str, when: When) -> TimeRow:
    beside = f" {quoted(_one_line(when.anchor_words.text))}" if when.anchor_words else ""
    return TimeRow(
        number=number,
        words=quoted(_one_line(words)),
        timex=timex,
        edtf=when.edtf or _NONE,
        precision=when.precision.value,
        anchor=f"{when.anchor}{beside}" if when.anchor else _NONE,
        rule=when.rule,
        note=when.reason,
    )


def _one_line(words: str) -> str:
    return " ".join(words.split())
