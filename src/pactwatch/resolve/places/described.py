"""Places that a text describes by others, as shapes: its names and the agreement's lines and areas are the anchors."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from pactwatch.model import Area, Document, Place, Shape
from pactwatch.plugins import Gazetteer
from pactwatch.resolve.places.kinds import TOWN_KINDS
from pactwatch.resolve.places.relations import AREA, LINE, PLACE, Anchor, Relation, Way, find_relations, masked
from pactwatch.resolve.places.shapes import Ground, draw

BACK_CHARACTERS = 600
"""How far back `the town` may look for the town that it means: about five sentences."""

_COUNTRY_PREC = 6


def shapes_of(
    document: Document,
    named: Mapping[tuple[int, int], Place],
    areas: Sequence[Area] = (),
    gazetteers: Sequence[Gazetteer] = (),
) -> tuple[Shape, ...]:
    """Return a shape for each place that the document describes by others, in the order of the text.

    `named` are its place names, resolved; `areas` those of the agreements, whose units `gazetteers` know. A description
    is left out where one of its anchors is not resolved, or where its words say nothing of the ground.
    """
    text = document.text
    in_force = [area for area in areas if _in_force(area, document.published)]
    terms = dict(_terms(text, in_force, gazetteers))
    spans = [(*span, PLACE) for span in named]
    spans += [(*span, LINE if ground.kind == "line" else AREA) for span, ground in terms.items()]
    shapes = []
    for relation in find_relations(masked(text, spans)):
        grounds = [_ground(anchor, text, named, terms) for anchor in relation.anchors]
        known = [ground for ground in grounds if ground is not None]
        if len(known) < len(grounds) or not _of_the_ground(relation, known):
            continue
        drawn = draw(relation, known)
        if drawn:
            shapes.append(
                Shape(
                    quote=document.quote(relation.start, relation.end),
                    rule=_rule(relation, known),
                    kind=drawn.kind,
                    parts=drawn.parts,
                    error_km=drawn.error_km,
                    anchors=tuple(dict.fromkeys(ground.id for ground in known)),
                )
            )
    return tuple(shapes)


def _rule(relation: Relation, grounds: Sequence[Ground]) -> str:
    return grounds[0].kind if relation.way is Way.ITSELF else relation.way.value


def _of_the_ground(relation: Relation, grounds: Sequence[Ground]) -> bool:
    """Between two countries, or near one, says nothing that could be drawn."""
    wide = any(ground.kind == "country" for ground in grounds)
    return not wide or relation.way in (Way.PART, Way.SIDE)


def _in_force(area: Area, published: str | None) -> bool:
    """True where the area is drawn so on the day of the document; of an undated document the first drawing counts."""
    try:
        day = dt.date.fromisoformat(published or "")
    except ValueError:
        return area.since is None
    return (area.since is None or area.since <= day) and (area.until is None or day <= area.until)


def _terms(
    text: str, areas: Sequence[Area], gazetteers: Sequence[Gazetteer]
) -> Iterator[tuple[tuple[int, int], Ground]]:
    """Where the text names a line or an area of an agreement; the longest term first, each place once."""
    grounds: dict[str, Ground] = {}
    for area in areas:
        ground = _area_ground(area, gazetteers)
        for word in area.words if ground else ():
            grounds.setdefault(word.casefold().removeprefix("the "), ground) if ground else None
    taken: list[tuple[int, int]] = []
    for word in sorted(grounds, key=len, reverse=True):
        # A single common noun ("the line") means the agreement's only with its article, and not in "the line of …".
        pattern = (
            rf"\b{re.escape(word)}\b" if " " in word else rf"(?<=\bthe ){re.escape(word)}\b(?!\s+(?:of|between)\b)"
        )
        for found in re.finditer(pattern, text, re.I):
            if not any(found.start() < high and low < found.end() for low, high in taken):
                taken.append(found.span())
                yield found.span(), grounds[word]


def _area_ground(area: Area, gazetteers: Sequence[Gazetteer]) -> Ground | None:
    """The line of an area, else its points and units as discs; None where it has neither, or a unit is not known."""
    if area.line:
        error = max([area.line_error_km, *area.line_errors_km])
        return Ground(id=f"area:{area.id}", kind="line", points=area.line, radii_km=(), error_km=error)
    discs = [((lat, lon), km, 0.0) for lat, lon, km in area.points]
    for unit in () if area.points else area.units:
        places = next((found for g in gazetteers if (found := g.lookup(unit))), [])
        if not places:
            return None
        widest = max(places, key=lambda p: p.radius_km)
        discs.append(((widest.lat, widest.lon), widest.radius_km, widest.radius_km / 2))
    if not discs:
        return None
    points, radii, errors = zip(*discs, strict=True)
    return Ground(id=f"area:{area.id}", kind="area", points=points, radii_km=radii, error_km=max(errors))


def _ground(
    anchor: Anchor,
    text: str,
    named: Mapping[tuple[int, int], Place],
    terms: Mapping[tuple[int, int], Ground],
) -> Ground | None:
    if anchor.back:
        place = _meant_by(anchor, named)
        return _disc(place) if place else None
    if ground := terms.get((anchor.start, anchor.end)):
        return ground
    place = named.get((anchor.start, anchor.end))
    return _disc(place) if place else None


def _disc(place: Place) -> Ground:
    kind = "country" if place.where_prec >= _COUNTRY_PREC else "place"
    return Ground(id=place.id, kind=kind, points=((place.lat, place.lon),), radii_km=(place.radius_km,))


def _meant_by(anchor: Anchor, named: Mapping[tuple[int, int], Place]) -> Place | None:
    """The place that `the town` points back to: the last one of that very kind, else the last one of its sort."""
    before = [
        place for (_, end), place in sorted(named.items()) if anchor.start - BACK_CHARACTERS <= end <= anchor.start
    ]
    for place in reversed(before):
        if place.kind == anchor.back:
            return place
    if anchor.back in TOWN_KINDS | {"settlement", "hamlet"}:
        return next((place for place in reversed(before) if place.kind in TOWN_KINDS), None)
    return None
