"""Values to and from JSON: the batch format of claims (the annotation guide's fields), and the ledger's facts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec

from pactwatch.model import (
    ISSUER,
    Act,
    Claim,
    Count,
    DatedText,
    Document,
    Gazetted,
    Kind,
    Made,
    Mention,
    NamedPlace,
    Problem,
    Quantity,
    QuantityMark,
    Quote,
    Reading,
    Severity,
    Span,
    When,
)

T = TypeVar("T")

BROUGHT = Made(by="brought", version="1")
"""Who made a claim that was read in from a file that does not say."""


def to_plain(value: Any) -> Any:
    """Return a value of the model as dicts, lists, strings and numbers; dates become ISO 8601 strings."""
    return msgspec.to_builtins(value)


def from_plain(body: Any, kind: type[T]) -> T:
    """Return the model's value of that `kind`; `msgspec.ValidationError` where the body does not fit."""
    return msgspec.convert(body, kind)


def encode(value: Any) -> bytes:
    """Return a value as one line of JSON, keys in the order of the fields."""
    return msgspec.json.encode(value)


def decode(line: bytes | str) -> Any:
    """Return one JSON value; `msgspec.DecodeError` where the line is not JSON."""
    return msgspec.json.decode(line)


def batch_line(reading: Reading, periods: Mapping[str, str | None], *, with_text: bool = False) -> dict[str, Any]:
    """Return a reading as one line of the batch format; offsets are code points of the document's text.

    `periods` maps claim ids to their period in the guide's restricted EDTF. With `with_text` the document's own fields
    and the exact words stand in the line too, for people.
    """
    line: dict[str, Any] = {"doc": reading.document.id}
    if with_text:
        document = reading.document
        line |= {
            "issuer": document.issuer,
            "issuer_type": document.issuer_type.value,
            "published": document.published,
            "title": document.title,
            "language": document.language,
        }
    line["written"] = reading.dating.written.edtf
    line["claims"] = [claim_line(claim, periods.get(claim.id), with_text=with_text) for claim in reading.claims]
    line["problems"] = [to_plain(problem) for problem in reading.problems]
    return line


def claim_line(claim: Claim, period: str | None, *, with_text: bool = False) -> dict[str, Any]:
    """Return one claim in the batch format."""
    words = {"quote_text": claim.quote.text, "trigger_text": claim.trigger.text} if with_text else {}
    return {
        "id": claim.id,
        "kind": claim.kind.value,
        "act": claim.act.value,
        "trigger": [claim.trigger.span.start, claim.trigger.span.end],
        "quote": [claim.quote.span.start, claim.quote.span.end],
        **words,
        "speaker": claim.speaker.text,
        "agent": [mention.text for mention in claim.agent],
        "target": [mention.text for mention in claim.target],
        "places": [mention.text for mention in claim.places],
        "time": claim.time.text if claim.time else None,
        "period": period,
        "counts": {count.of: count.value for count in claim.counts},
        "quantities": [_quantity_line(one, with_text=with_text) for one in claim.quantities],
        "negated": claim.negated,
        "condition": claim.condition.text if claim.condition else None,
        "certainty": round(claim.made.certainty, 4),
        "made": {"by": claim.made.by, "version": claim.made.version},
        "unsure": list(claim.unsure),
        **({"trace": [list(step) for step in claim.trace]} if with_text else {}),
    }


def toponyms_line(found: Gazetted) -> dict[str, Any]:
    """Return a document's place names as one line of the toponym format; offsets are code points of its text.

    A name that was not resolved has None for its point (degrees, WGS 84), its radius (km) and its GeoNames id.
    """
    return {"id": found.document.id, "toponyms": [_toponym(name) for name in found.names]}


def _toponym(name: NamedPlace) -> dict[str, Any]:
    span, chosen = name.quote.span, name.resolution.chosen
    place = chosen.place if chosen else None
    return {
        "start": span.start,
        "end": span.end,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geonameid": place.geonameid if place else None,
        "radius_km": place.radius_km if place else None,
        "rule": name.resolution.rule,
        "demonym": name.demonym,
    }


def _quantity_line(quantity: Quantity, *, with_text: bool) -> dict[str, Any]:
    span = quantity.quote.span
    return {
        "value": list(quantity.value) if isinstance(quantity.value, tuple) else quantity.value,
        "unit": quantity.unit,
        "mark": quantity.mark.value if quantity.mark else None,
        "quote": [span.start, span.end],
        **({"quote_text": quantity.quote.text} if with_text else {}),
    }


def timex_line(dated: DatedText) -> dict[str, Any]:
    """Return a document's times as one line of the batch format of times; offsets are code points of its text."""
    return {
        "id": dated.document.id,
        "timexes": [
            {
                "start": one.quote.span.start,
                "end": one.quote.span.end,
                "type": one.type,
                "value": one.value,
                "edtf": one.when.edtf,
                "rule": one.when.rule,
            }
            for one in dated.expressions
        ],
    }


def dated_line(dated: DatedText) -> dict[str, Any]:
    """Return a document's times with everything that is known of them, the exact words beside the offsets."""
    document, dating = dated.document, dated.dating
    return {
        "id": document.id,
        "title": document.title,
        "dating": {
            "candidates": [to_plain(one) for one in dated.candidates],
            "published": _when_line(dating.published),
            "written": _when_line(dating.written),
            "agrees": dating.agrees,
            "evidence": [{**_quote_line(words), "says": says} for words, says in dating.evidence],
            "certainty": dating.made.certainty,
        },
        "narrative": dated.narrative,
        "narrative_detected": dated.detected,
        "timexes": [
            {**_quote_line(one.quote), "type": one.type, "value": one.value, "mod": one.mod, **_when_line(one.when)}
            for one in dated.expressions
        ],
        "phrases": [{**_quote_line(one.quote), **_when_line(one.when)} for one in dated.phrases],
    }


def _quote_line(quote: Quote) -> dict[str, Any]:
    return {"start": quote.span.start, "end": quote.span.end, "text": quote.text}


def _when_line(when: When) -> dict[str, Any]:
    return {
        "edtf": when.edtf,
        "first": when.first,
        "last": when.last,
        "precision": when.precision.value,
        "anchor": when.anchor,
        "anchor_words": _quote_line(when.anchor_words) if when.anchor_words else None,
        "rule": when.rule,
        "reason": when.reason,
    }


class _Made(msgspec.Struct):
    by: str = BROUGHT.by
    version: str = BROUGHT.version


class _QuantityLine(msgspec.Struct):
    value: int | float | str | tuple[int | float | str, int | float | str]
    unit: str
    quote: str | tuple[int, int]
    mark: QuantityMark | None = None


class _ClaimLine(msgspec.Struct):
    """A claim of a batch file; fields that are not known are ignored, which is msgspec's default."""

    kind: Kind
    act: Act
    trigger: str | tuple[int, int]
    quote: str | tuple[int, int]
    nth: int = 0
    id: str = ""
    speaker: str | None = ISSUER
    agent: tuple[str, ...] | None = ()
    target: tuple[str, ...] | None = ()
    places: tuple[str, ...] | None = ()
    time: str | None = None
    period: str | None = None
    counts: dict[str, int | str] | None = None
    quantities: tuple[_QuantityLine, ...] | None = None
    negated: bool = False
    condition: str | None = None
    certainty: float = 1.0
    made: _Made = msgspec.field(default_factory=_Made)
    unsure: tuple[str, ...] = ()


def claims_from_batch(
    document: Document, rows: Sequence[Mapping[str, Any]]
) -> tuple[tuple[Claim, ...], dict[str, str | None], tuple[Problem, ...]]:
    """Return the claims of a batch line, their periods by claim id, and a problem for each one refused.

    Quote and trigger may be offsets or strings (`nth` counts places of the quote from 0); a claim whose words do not
    stand in the document is refused (law 2).
    """
    items = list(each_claim(document, rows))
    read = [item for item in items if not isinstance(item, Problem)]
    problems = tuple(item for item in items if isinstance(item, Problem))
    return tuple(one.claim for one in read), {one.claim.id: one.period for one in read}, problems


class BatchClaim(NamedTuple):
    """A claim as a batch line gives it: its place in the line, counted from 0, and its period as written."""

    at: int
    claim: Claim
    period: str | None


def each_claim(document: Document, rows: Sequence[Any]) -> Iterator[BatchClaim | Problem]:
    """Yield each claim of a batch line, or the problem for which it is refused; see `claims_from_batch`."""
    for index, row in enumerate(rows):
        try:
            line = msgspec.convert(row, _ClaimLine)
            claim = _claim(document, index, line)
        except (msgspec.ValidationError, ValueError) as error:
            yield _refused(document, index, str(error))
            continue
        yield BatchClaim(index, claim, line.period)


def _refused(document: Document, index: int, what: str) -> Problem:
    return Problem(
        code="claim-refused",
        where=document.id,
        field=f"claims[{index}]",
        what=what,
        advice="Correct the claim; its words must stand in the document, letter for letter.",
        severity=Severity.ERROR,
    )


def _claim(document: Document, index: int, line: _ClaimLine) -> Claim:
    quote = _locate(document, line.quote, Span(start=0, end=len(document.text)), line.nth, "quote")
    trigger = _locate(document, line.trigger, quote.span, 0, "trigger")
    condition = _find(document, line.condition, quote.span)
    return Claim(
        id=line.id or f"{document.id}#{index}",
        document_id=document.id,
        kind=line.kind,
        act=line.act,
        trigger=trigger,
        quote=quote,
        speaker=_mention(document, line.speaker or ISSUER, quote.span),
        agent=_mentions(document, line.agent, quote.span),
        target=_mentions(document, line.target, quote.span),
        places=_mentions(document, line.places, quote.span),
        time=_mention(document, line.time, quote.span) if line.time else None,
        counts=tuple(Count(of=of, value=value) for of, value in (line.counts or {}).items()),
        quantities=tuple(_quantity(document, one, quote.span) for one in line.quantities or ()),
        negated=line.negated,
        condition=condition,
        unsure=line.unsure,
        made=Made(by=line.made.by, version=line.made.version, certainty=line.certainty),
    )


def _locate(document: Document, given: str | tuple[int, int], inside: Span, nth: int, field: str) -> Quote:
    if not isinstance(given, str):
        return document.quote(*given)
    starts = (
        [m.start() for m in re.finditer(re.escape(given), document.text[inside.start : inside.end])] if given else []
    )
    if nth >= len(starts):
        raise ValueError(f"the {field} {given!r} does not stand in the text")
    start = inside.start + starts[nth]
    return document.quote(start, start + len(given))


def _quantity(document: Document, line: _QuantityLine, near: Span) -> Quantity:
    """A quantity's words may stand outside the claim's quote: the nearest place in the text is taken."""
    quote = _find(document, line.quote, near) if isinstance(line.quote, str) else document.quote(*line.quote)
    if quote is None:
        raise ValueError(f"the words of a quantity {line.quote!r} do not stand in the text")
    return Quantity(value=line.value, unit=line.unit, mark=line.mark, quote=quote)


def _find(document: Document, words: str | None, near: Span) -> Quote | None:
    """The place of `words` nearest to a span, or None where they stand nowhere in the text."""
    if not words:
        return None
    starts = [m.start() for m in re.finditer(re.escape(words), document.text)]
    if not starts:
        return None
    start = min(starts, key=lambda at: max(0, near.start - at, at - near.end))
    return document.quote(start, start + len(words))


def _mention(document: Document, words: str, near: Span) -> Mention:
    return Mention(text=words, quote=None if words == ISSUER else _find(document, words, near))


def _mentions(document: Document, words: Sequence[str] | None, near: Span) -> tuple[Mention, ...]:
    return tuple(_mention(document, one, near) for one in words or ())
