"""What a claim tells: who says it, of whom, where and when, always with the words as used."""

from dataclasses import dataclass

from pactwatch.model import ISSUER, UNKNOWN_WHEN, Claim, Document, Kind, Mention, PlaceResolution, Quote, When
from pactwatch.views.lookup import Lookup
from pactwatch.views.wording import UNNAMED, joined, proposition, quoted, when_text

OWN_SIDE = "its own side"

PROVINCE_PREC = 4
"""UCDP GED's `where_prec` of a first-order unit; 6 is a country."""

REGION_RADIUS_KM = 60.0
"""A wider circle is a region whatever its gazetteer calls it: an outline, and never what a map is fitted to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A participant: a neutral `label`, and the `words` that the source uses (empty where it names nobody).

    `party` is the register's id, None where the words are not resolved; then `label` is the words, in quotes, and
    `note` says why. `suggestions` are labels of similar entries, which nobody has confirmed to be meant.
    """

    label: str
    words: str
    party: str | None = None
    note: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place as named. `text` is for reading; `lat`, `lon` and `radius_km` are None where it is not resolved.

    `region` is True for a province or a country. `candidates` names the readings that were weighed, best first.
    """

    words: str
    text: str
    resolved: bool
    region: bool = False
    name: str = ""
    place_id: str = ""
    admin: str = ""
    code: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    reason: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One of the four times: `name` is happened, said, published or captured; `text` is for reading."""

    name: str
    text: str
    when: When
    words: str = ""
    anchor: str = ""


ANCHORS = {
    "written": "counted from the day the text was written",
    "published": "counted from the date of its header",
    "expression": "stands in the words themselves",
    "calendar": "stands in the calendar",
}


def document_name(document: Document) -> str:
    """Return a document's display name: who issued it and the date of its header, as they stand."""
    return f"{document.issuer or UNNAMED}, {document.published or 'no date in its header'}"


def speaker(claim: Claim, lookup: Lookup) -> Named:
    """Return who says it: the register's label, else the issuer's name, else the words that name the quoted source."""
    document = lookup.reading_of(claim).document
    resolution = lookup.parties.get((claim.id, "speaker", 0))
    party = lookup.register.get(resolution.party or "") if resolution else None
    words = claim.speaker.text
    if words == ISSUER:
        words = document.issuer or ""
    unresolved = quoted(words) if claim.speaker.text != ISSUER else words or UNNAMED
    return Named(
        label=party.label if party else unresolved,
        words=words,
        party=resolution.party if resolution else None,
        note="" if party or not resolution else resolution.reason,
        suggestions=_labels(resolution.suggestions if resolution else (), lookup),
    )


def participants(claim: Claim, field: str, lookup: Lookup) -> tuple[Named, ...]:
    """Return the agents or the targets of a claim."""
    mentions = claim.agent if field == "agent" else claim.target
    return tuple(_participant(claim, field, index, mention, lookup) for index, mention in enumerate(mentions))


def _participant(claim: Claim, field: str, index: int, mention: Mention, lookup: Lookup) -> Named:
    resolution = lookup.parties.get((claim.id, field, index))
    party = lookup.register.get(resolution.party or "") if resolution else None
    said_by = lookup.parties.get((claim.id, "speaker", 0))
    same = bool(party and said_by and said_by.party == party.id)
    own = mention.text == ISSUER or (same and claim.kind not in (Kind.ACCUSATION, Kind.REPORT))
    label = OWN_SIDE if own else party.label if party else quoted(mention.text)
    return Named(
        label=label,
        words="" if mention.text == ISSUER else mention.text,
        party=resolution.party if resolution else None,
        note=(party.label if party and own else "") or (resolution.reason if resolution and not party else ""),
        suggestions=_labels(resolution.suggestions if resolution else (), lookup),
    )


def _labels(ids: tuple[str, ...], lookup: Lookup) -> tuple[str, ...]:
    return tuple(lookup.register[one].label if one in lookup.register else one for one in ids)


def says(claim: Claim, lookup: Lookup) -> str:
    """Return "X says that …" with the exact words in quotation marks (laws 1, 2 and 4)."""
    return f"{lead(claim, lookup)}: {quoted(claim.quote.text)}"


def lead(claim: Claim, lookup: Lookup) -> str:
    """Return what stands before the exact words: who says what sort of thing of whom."""
    who = speaker(claim, lookup).label
    agent = joined(list(dict.fromkeys(one.label for one in participants(claim, "agent", lookup))))
    what = proposition(claim.kind, claim.act, agent, negated=claim.negated)
    condition = f", if {quoted(claim.condition.text)}" if claim.condition and claim.kind is not Kind.POSITION else ""
    return f"{who[:1].upper()}{who[1:]} says that {what}{condition}"


def places(claim: Claim, lookup: Lookup) -> tuple[Where, ...]:
    """Return the places of a claim in its own order; those that nothing resolves say so."""
    found = {one.index: one for one in lookup.places.get(claim.id, ())}
    return tuple(_where(mention, found.get(index)) for index, mention in enumerate(claim.places))


def _where(mention: Mention, resolution: PlaceResolution | None) -> Where:
    candidates = (
        tuple(_place_line(one.place.name, one.place.admin1) for one in resolution.candidates) if resolution else ()
    )
    if resolution is None or resolution.chosen is None:
        reason = (resolution.reason if resolution else "") or "no place of that name is known"
        return Where(
            words=mention.text, text=f"not resolved: {reason}", resolved=False, reason=reason, candidates=candidates
        )
    place = resolution.chosen.place
    return Where(
        words=mention.text,
        text=f"{_place_line(place.name, place.admin1)}, within {place.radius_km:g} km",
        resolved=True,
        region=place.where_prec >= PROVINCE_PREC or place.radius_km > REGION_RADIUS_KM,
        name=place.name,
        place_id=place.id,
        admin=place.admin1,
        code=place.iso_3166_2,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        reason=resolution.reason,
        candidates=candidates,
    )


def _place_line(name: str, admin: str) -> str:
    return f"{name} ({admin})" if admin and admin not in name else name


def four_times(claim: Claim, lookup: Lookup) -> tuple[Told, ...]:
    """Return happened, said, published and captured, each by itself (law 3)."""
    times = lookup.times.get(claim.id)
    fields = (
        ("happened", times.happened if times else UNKNOWN_WHEN),
        ("said", times.said if times else UNKNOWN_WHEN),
        ("published", times.published if times else UNKNOWN_WHEN),
        ("captured", times.captured if times else UNKNOWN_WHEN),
    )
    return tuple(
        Told(
            name=name,
            text=when_text(when),
            when=when,
            words=claim.time.text if name == "happened" and claim.time else "",
            anchor=_anchor(when.anchor, when.anchor_words)
            + (_OUTSIDE if name == "happened" and _borrowed(claim) else ""),
        )
        for name, when in fields
    )


_OUTSIDE = "; the words for it stand outside those that are quoted"


def _borrowed(claim: Claim) -> bool:
    """True where the time words of a claim stand outside its quote: another sentence may be meant."""
    words = claim.time.quote if claim.time is not None else None
    return words is not None and not claim.quote.span.contains(words.span)


def _anchor(anchor: str, words: Quote | None) -> str:
    if anchor.startswith("agreement:"):
        text = f"fixed by the agreement {anchor.removeprefix('agreement:')}"
    else:
        text = ANCHORS.get(anchor, anchor)
    return f"{text}, {quoted(words.text)}" if words else text
