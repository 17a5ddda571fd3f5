"""The place names of a document as rows: which places each may mean, how exactly, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pactwatch.model import Gazetted, NamedPlace, Place, PlaceCandidate, Shape

NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One name: the words as they stand, what was chosen or why nothing was, and all candidates."""

    name: NamedPlace

    @property
    def chosen(self) -> Place | None:
        """The place taken, moved and widened as the words say; None where the program abstains."""
        chosen = self.name.resolution.chosen
        return chosen.place if chosen else None

    def cells(self) -> tuple[str, ...]:
        """Return words, place, score, point, radius in km, `where_prec`, GeoNames id, ISO 3166-2 code and rule."""
        resolution, words = self.name.resolution, self.name.quote.text
        place, chosen = self.chosen, resolution.chosen
        if place is None or chosen is None:
            return words, resolution.reason, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, resolution.rule
        others = len(resolution.candidates) - 1
        score = f"{chosen.score:.2f}" + (f" of {others + 1}" if others else "")
        point, radius = f"{place.lat:.3f} {place.lon:.3f}", f"{place.radius_km:g}"
        geonameid = str(place.geonameid) if place.geonameid is not None else NOTHING
        code = place.iso_3166_2 or NOTHING
        return words, told(place), score, point, radius, str(place.where_prec), geonameid, code, resolution.rule

    def candidate_lines(self) -> Iterator[str]:
        """Yield a line for each candidate, best first: score, place, and the features that speak for it."""
        for candidate in self.name.resolution.candidates:
            features = ", ".join(f"{name} {value:g}" for name, value in candidate.features)
            yield f"{candidate.score:.2f}  {told(candidate.place)}: {features}"

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain values; offsets are code points, degrees are WGS 84, distances km."""
        span, resolution = self.name.quote.span, self.name.resolution
        chosen = resolution.chosen
        return {
            "start": span.start,
            "end": span.end,
            "words": self.name.quote.text,
            "demonym": self.name.demonym,
            "rule": resolution.rule,
            "reason": resolution.reason,
            "certainty": resolution.made.certainty,
            "place": _candidate(chosen) if chosen else None,
            "candidates": [_candidate(candidate) for candidate in resolution.candidates],
        }


def place_rows(found: Gazetted) -> tuple[PlaceRow, ...]:
    """Return a row for each place name of a document, in the order of the text."""
    return tuple(PlaceRow(name=name) for name in found.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeRow:
    """One description of a place by others: its words, its shape and how far that may be off."""

    shape: Shape

    def cells(self) -> tuple[str, ...]:
        """Return words, GeoJSON type, middle of the shape's corners, error in km, rule and anchors."""
        shape = self.shape
        corners = [point for part in shape.parts for point in dict.fromkeys(part)]
        lon = sum(point[0] for point in corners) / len(corners)
        lat = sum(point[1] for point in corners) / len(corners)
        anchors = ", ".join(shape.anchors)
        return shape.quote.text, shape.kind, f"{lat:.3f} {lon:.3f}", f"{shape.error_km:g}", shape.rule, anchors

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain values with a GeoJSON geometry; offsets are code points, the error is in km."""
        shape, span = self.shape, self.shape.quote.span
        return {
            "start": span.start,
            "end": span.end,
            "words": shape.quote.text,
            "rule": shape.rule,
            "anchors": list(shape.anchors),
            "geometry": geometry(shape),
            "error_km": shape.error_km,
        }


def shape_rows(found: Gazetted) -> tuple[ShapeRow, ...]:
    """Return a row for each place that the document describes by others, in the order of the text."""
    return tuple(ShapeRow(shape=shape) for shape in found.shapes)


def geometry(shape: Shape) -> dict[str, Any]:
    """Return a shape as a GeoJSON geometry (RFC 7946), in degrees WGS 84."""
    parts = [[list(point) for point in part] for part in shape.parts]
    nested: dict[str, Any] = {
        "Point": parts[0][0],
        "LineString": parts[0],
        "Polygon": parts[:1],
        "MultiPolygon": [[part] for part in parts],
    }
    return {"type": shape.kind, "coordinates": nested[shape.kind]}


def told(place: Place) -> str:
    """Return a place as people say it: its name, its kind and the units that it lies in."""
    units = [unit for unit in (place.admin1, place.country) if unit and unit != place.name]
    return f"{place.name} ({', '.join([place.kind, *units])})"


def _candidate(candidate: PlaceCandidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "gazetteer": place.gazetteer,
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "score": candidate.score,
        "features": dict(candidate.features),
        "where_prec": place.where_prec,
        "geonameid": place.geonameid,
        "iso_3166_2": place.iso_3166_2 or None,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "radius_km": place.radius_km,
    }
