"""Claims' places resolved: candidates with scores, one chosen or none, each with its uncertainty and the reason."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pactwatch.model import (
    Area,
    Claim,
    Document,
    Made,
    Mark,
    MarkKind,
    Mention,
    Place,
    PlaceCandidate,
    PlaceResolution,
    Problem,
    Shape,
)
from pactwatch.plugins import Gazetteer
from pactwatch.resolve.places.described import shapes_of
from pactwatch.resolve.places.geometry import distance_km, shifted
from pactwatch.resolve.places.mention import Spoken, read_mention, shorter
from pactwatch.resolve.places.names import UNIT_WORDS, key, split_unit
from pactwatch.resolve.places.recognise import named_spans
from pactwatch.resolve.places.relations import compounds, says_anything
from pactwatch.resolve.places.scoring import Toponym, rank_all

BY = "resolve.places"
VERSION = "1"

MIN_SCORE = 1.0
"""Below this a name has no more for it than being spelled like a small place somewhere in the world."""

MIN_LEAD = 0.15
"""Lead that the best of several far places must have; below it the program abstains. Measured on news texts
(`bench/places.py`): below it the best was right in 24 of 100 cases, from there to 0.2 in 53, beyond in 77 and more."""

SAME_AREA_KM = 25.0
"""Candidates whose areas lie nearer than this are one area to a reader: a town and the unit of its name."""

BEFORE_CHARACTERS = 80
AFTER_CHARACTERS = 30
MIN_SIMILAR_LETTERS = 5
"""Shorter names share their consonants with too many others."""

DEMONYM, SPELLING = "demonym", "spelling"
MIN_LIKENESS, MUCH_ALIKE = 45, 75
"""rapidfuzz ratio (0 to 100) of two spellings of one name: Kunduz and Qondooz have 46, Jalalabad and Jelalabad 89; the
places of invented names' consonants mostly have less. It only keeps candidates; to be chosen they need support."""

BIG_PEOPLE = 100_000
"""A town of so many people may be meant where nothing else in the text points there; a smaller one may not."""
MAX_CANDIDATES = 10
_LIST_GAP = re.compile(r"^\s*(?:,|;|and|or|&|/|,\s*and|,\s*or|[-–—])\s*(?:the\s+|in\s+)?$")
_INSIDE_GAP = re.compile(r"^\s*(?:,|\(|,?\s+in(?:\s+the)?|of(?:\s+the)?)\s*$")


def resolve_places(
    document: Document,
    claims: Sequence[Claim],
    gazetteers: Sequence[Gazetteer],
    *,
    countries: Sequence[str] = (),
    areas: Sequence[Area] = (),
) -> tuple[tuple[PlaceResolution, ...], tuple[Problem, ...]]:
    """Return a resolution for every entry of every claim's `places`, in order, and what was odd.

    `countries` are those of the agreement or case (names or ISO 3166-1 codes), `areas` the agreements' own. Nothing is
    left out: a name that no gazetteer has, or that means several far places equally well, is resolved to None with the
    reason. A mention within words such as "between Toma and Sveta Ana" has their shape beside its own point.
    """
    mentioned = {_span(document, mention): mention.text for claim in claims for mention in claim.places}
    toponyms = _toponyms(document, mentioned, gazetteers)
    rank_all(toponyms, asked_keys(countries, gazetteers))
    shapes = find_places(document, gazetteers, countries=countries, areas=areas)[1] if mentioned else ()
    by_span = {(t.start, t.end): t for t in toponyms}
    resolved = []
    for claim in claims:
        for index, mention in enumerate(claim.places):
            span = _span(document, mention)
            toponym = by_span.get(span) or _loose(mention, toponyms)
            made = _resolution(claim.id, index, mention, toponym)
            resolved.append(replace(made, shape=_around(span, shapes)))
    problems = [problem for gazetteer in gazetteers for problem in getattr(gazetteer, "problems", ())]
    return tuple(resolved), tuple(problems)


def resolve_marks(
    document: Document, gazetteers: Sequence[Gazetteer], *, countries: Sequence[str] = (), demonyms: bool = False
) -> tuple[tuple[Mark, PlaceResolution], ...]:
    """Return every place name found in a document with its resolution, without any claim (`claim_id` is empty).

    With `demonyms` words such as `Varanan` are in it too, under the rule `demonym`, with their country.
    """
    pairs, _ = find_places(document, gazetteers, countries=countries)
    return tuple((mark, found) for mark, found in pairs if demonyms or found.rule != DEMONYM)


def find_places(
    document: Document,
    gazetteers: Sequence[Gazetteer],
    *,
    countries: Sequence[str] = (),
    areas: Sequence[Area] = (),
) -> tuple[tuple[tuple[Mark, PlaceResolution], ...], tuple[Shape, ...]]:
    """Return every place name of a document (demonyms too) with its resolution, and the places described by them."""
    halves = {span: document.text[slice(*span)] for span in compounds(document.text)}
    known = {span: words for span, words in halves.items() if any(g.lookup(words) for g in gazetteers)}
    toponyms = _toponyms(document, known, gazetteers)
    rank_all(toponyms, asked_keys(countries, gazetteers))
    shapes = shapes_of(document, _named(toponyms), areas, gazetteers) if says_anything(document.text) or areas else ()
    pairs = []
    for toponym in toponyms:
        quote = document.quote(toponym.start, toponym.end)
        made = _resolution("", 0, Mention(text=quote.text, quote=quote), toponym)
        shape = None if made.rule == DEMONYM else _around((toponym.start, toponym.end), shapes)
        pairs.append((Mark(kind=MarkKind.PLACE, quote=quote), replace(made, shape=shape)))
    return tuple(pairs), shapes


def _named(toponyms: Sequence[Toponym]) -> dict[tuple[int, int], Place]:
    """The places taken, by where their names stand; a distance in the words is the shape's to apply, not theirs."""
    named = {}
    for toponym in toponyms:
        chosen, _ = choose(toponym.ranked, toponym.spoken)
        if chosen is not None and toponym.spoken.rule != DEMONYM:
            named[toponym.start, toponym.end] = chosen.place
    return named


def _around(span: tuple[int, int], shapes: Sequence[Shape]) -> Shape | None:
    """The shape whose words hold the mention, or a part of it."""
    return next((s for s in shapes if s.quote.span.start < span[1] and span[0] < s.quote.span.end), None)


def asked_keys(countries: Sequence[str], gazetteers: Sequence[Gazetteer]) -> frozenset[str]:
    """Return the countries asked for as keys, with the codes that the gazetteers use for them."""
    keys = {key(country) for country in countries}
    for country in countries:
        for gazetteer in gazetteers:
            keys |= {key(p.country) for p in gazetteer.lookup(country) if p.where_prec == 6}
    return frozenset(keys - {""})


def _toponyms(
    document: Document, mentioned: Mapping[tuple[int, int], str], gazetteers: Sequence[Gazetteer]
) -> list[Toponym]:
    """The names of the document and those `mentioned`, in the order of the text, each with its candidates.

    Demonyms are among them: they name no place, but say which countries the text speaks of.
    """
    spans = {span: (words, "") for span, words in mentioned.items()}
    taken = sorted(spans)
    for start, end, country in named_spans(document.text, gazetteers):
        if not any(low < end and start < high for low, high in taken):
            spans[start, end] = (document.text[start:end], country)
    toponyms = [_toponym(document, span, *spans[span], gazetteers) for span in sorted(spans)]
    link_neighbours(document.text, toponyms)
    return toponyms


def _span(document: Document, mention: Mention) -> tuple[int, int]:
    """Where a mention stands; one without a quote is sought by its words, and stands nowhere (-1) if not found."""
    if mention.quote is not None:
        return mention.quote.span.start, mention.quote.span.end
    at = document.text.find(mention.text)
    return (at, at + len(mention.text)) if at >= 0 else (-1, -1)


def _loose(mention: Mention, toponyms: Sequence[Toponym]) -> Toponym | None:
    return next((t for t in toponyms if t.words == mention.text), None)


def _toponym(
    document: Document, span: tuple[int, int], words: str, country: str, gazetteers: Sequence[Gazetteer]
) -> Toponym:
    if country:
        places = [p for g in gazetteers for p in g.lookup(country) if p.where_prec == 6]
        spoken = Spoken(head=country, rule=DEMONYM)
    else:
        before = document.text[max(0, span[0] - BEFORE_CHARACTERS) : max(0, span[0])]
        after = document.text[span[1] : span[1] + AFTER_CHARACTERS] if span[0] >= 0 else ""
        spoken, places = named(words, before, after, gazetteers)
    return Toponym(start=span[0], end=span[1], words=words, spoken=spoken, places=tuple(places))


def _likeness(name: str, place: Place) -> float:
    """How much alike two names of the same consonants are written, 0 to 100."""
    from rapidfuzz import fuzz

    return fuzz.ratio(key(name), key(place.name))


_UNIT_BEHIND = re.compile(r"^\s+(\w+)")


def named(words: str, before: str, after: str, gazetteers: Sequence[Gazetteer]) -> tuple[Spoken, list[Place]]:
    """Return how a place is spoken of and which places bear that name; the first gazetteer that knows it answers."""
    spoken = read_mention(words, before)
    if not spoken.unit and (found := _UNIT_BEHIND.match(after)):
        spoken = _with_unit_behind(spoken, found[1])
    for reading in (spoken, *shorter(spoken)):
        places = _known(reading, gazetteers)
        if places:
            return reading, places
    for gazetteer in gazetteers if len(key(spoken.head)) >= MIN_SIMILAR_LETTERS else ():
        similar = getattr(gazetteer, "similar", None)
        places = [p for p in similar(spoken.head) if _likeness(spoken.head, p) >= MIN_LIKENESS] if similar else []
        if places:
            return replace(spoken, rule=SPELLING), places
    return spoken, []


def _with_unit_behind(spoken: Spoken, word: str) -> Spoken:
    """Read the unit word that a shorter quote leaves outside: `Vesk` in `the Vesk district`."""
    return replace(spoken, unit=word.lower()) if word.lower() in UNIT_WORDS else spoken


def _known(reading: Spoken, gazetteers: Sequence[Gazetteer]) -> list[Place]:
    """Places of the whole name, and, where a unit word stands in it, of the name without it too."""
    core = split_unit(reading.head)[0]
    for gazetteer in gazetteers:
        places = list(gazetteer.lookup(reading.head))
        if core != reading.head:
            places += [p for p in gazetteer.lookup(core) if p not in places]
        if places:
            return places
    return []


def link_neighbours(text: str, toponyms: Sequence[Toponym]) -> None:
    """Note lists of places and names followed by the unit they lie in."""
    runs: list[list[int]] = []
    for here, toponym in enumerate(toponyms):
        previous = toponyms[here - 1] if here else None
        gap = text[previous.end : toponym.start] if previous and previous.end <= toponym.start else None
        if gap is not None and previous and previous.start >= 0 and _INSIDE_GAP.match(gap):
            previous.followed_by = here
        if gap is not None and _LIST_GAP.match(gap):
            runs[-1].append(here)
        else:
            runs.append([here])
    for run in runs:
        for here in run:
            toponyms[here].in_list = tuple(i for i in run if i != here)


def _resolution(claim_id: str, index: int, mention: Mention, toponym: Toponym | None) -> PlaceResolution:
    candidates = toponym.ranked[:MAX_CANDIDATES] if toponym else ()
    chosen, reason = choose(candidates, toponym.spoken if toponym else None)
    rule = toponym.spoken.rule if toponym else "name"
    if chosen is not None and toponym is not None:
        chosen = applied(chosen, toponym.spoken)
        certainty = _certainty(candidates)
    else:
        certainty = 0.0
    return PlaceResolution(
        claim_id=claim_id,
        index=index,
        words=mention.text,
        candidates=candidates,
        chosen=chosen,
        rule=rule,
        reason=reason,
        made=Made(by=BY, version=VERSION, certainty=certainty),
    )


def choose(candidates: Sequence[PlaceCandidate], spoken: Spoken | None = None) -> tuple[PlaceCandidate | None, str]:
    """Return the candidate to take, or None with the reason for abstaining."""
    if not candidates:
        return None, "no gazetteer has this name"
    best = candidates[0]
    if best.score < MIN_SCORE:
        return None, f"nothing in the document speaks for any of the {len(candidates)} places of this name"
    unsupported = not _supported(best, _SUPPORT)
    if spoken and spoken.rule == SPELLING and not _firm(best, spoken.head):
        return None, "the gazetteers have only similar names, and nothing in the document points to their places"
    if unsupported and best.place.where_prec == 1 and best.place.population < BIG_PEOPLE:
        return None, f"{_told(best.place)} bears this name, but nothing in the document points there"
    for other in candidates[1:]:
        lead = best.score - other.score
        if lead >= MIN_LEAD:
            break
        away = _apart_km(best.place, other.place)
        if away > max(best.place.radius_km, other.place.radius_km, SAME_AREA_KM):
            names = f"{_told(best.place)} and {_told(other.place)}"
            return None, f"{names} fit equally well and lie {away:.0f} km apart"
    return best, ""


_SUPPORT = {"case": 0.5, "asked_country": 0.5, "container": 0.5, "document_country": 0.3, "near_others": 0.3}


_FIRM_SUPPORT = {"case": 0.5, "asked_country": 0.5, "container": 0.5}
_ALIKE_SUPPORT = {"document_country": 0.65}
"""Least values of features: any one of them is enough. A name that is only similar needs the firmer ones, or to be
written much alike in a document about that country."""


def _firm(candidate: PlaceCandidate, name: str) -> bool:
    if _supported(candidate, _FIRM_SUPPORT):
        return True
    return _likeness(name, candidate.place) >= MUCH_ALIKE and _supported(candidate, _ALIKE_SUPPORT)


def _supported(candidate: PlaceCandidate, least: Mapping[str, float]) -> bool:
    """True where something beside the name itself speaks for the place."""
    return any(value >= least.get(name, math.inf) for name, value in candidate.features)


def _told(place: Place) -> str:
    units = [unit for unit in (place.admin1, place.country) if unit and key(unit) != key(place.name)]
    return f"{place.name} ({', '.join([place.kind, *units])})"


def _certainty(candidates: Sequence[PlaceCandidate]) -> float:
    """Share of right answers (within 161 km) at that lead over the best far candidate, as measured on news texts."""
    best = candidates[0]
    far = [c for c in candidates[1:] if _apart_km(best.place, c.place) > SAME_AREA_KM]
    if not far:
        return 0.88
    lead = best.score - far[0].score
    return next(share for least, share in _SHARE_RIGHT if lead >= least)


_SHARE_RIGHT = ((0.5, 0.9), (0.2, 0.78), (MIN_LEAD, 0.53), (-math.inf, 0.24))


def _apart_km(one: Place, other: Place) -> float:
    return distance_km(one.lat, one.lon, other.lat, other.lon)


def applied(chosen: PlaceCandidate, spoken: Spoken) -> PlaceCandidate:
    """Return the candidate with its point moved and its radius widened as the words say."""
    place = chosen.place
    if not (spoken.slack_km or spoken.away_km):
        return chosen
    lat, lon = place.lat, place.lon
    if spoken.away_km and spoken.bearing_degrees is not None:
        lat, lon = shifted(lat, lon, spoken.bearing_degrees, spoken.away_km)
    # UCDP GED: 2 is "near a known point"; a unit stays what it is.
    prec = 2 if place.where_prec == 1 else place.where_prec
    moved = replace(
        place,
        name=f"{spoken.words} {place.name}" if spoken.words else place.name,
        lat=lat,
        lon=lon,
        radius_km=round(place.radius_km + spoken.slack_km, 1),
        where_prec=prec,
    )
    return replace(chosen, place=moved)
