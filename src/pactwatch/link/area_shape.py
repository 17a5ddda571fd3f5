"""Does a place lie in an area of an agreement? Units, circles and strips, each with its uncertainty."""

from collections.abc import Sequence
from itertools import pairwise

from pactwatch.link.answers import all_of, any_of
from pactwatch.link.geometry import along_line, distance_km
from pactwatch.model import Answer, Area, Place

_LARGE = frozenset({"country", "province", "district", "region", "river", "state"})
"""Kinds of place that have an extent: an act somewhere in one is not an act at its point."""


class Gazetteer:
    """The case's places by name and alias, for the units that an area names."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._by_name: dict[str, list[Place]] = {}
        for place in places:
            for name in (place.name, *place.aliases):
                self._by_name.setdefault(_key(name), []).append(place)

    def named(self, name: str) -> Sequence[Place]:
        """Return the places of that name or alias; those whose own name it is come first."""
        found = self._by_name.get(_key(name), [])
        return sorted(found, key=lambda place: (_key(place.name) != _key(name), place.id))


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def inside(place: Place, area: Area, gazetteer: Gazetteer) -> tuple[Answer, str]:
    """Return whether a place lies in an area, and why; unknown where its uncertainty reaches over the border."""
    if area.everywhere:
        return Answer.MET, "the area is not limited"
    if any(_in_unit(place, name, gazetteer) for name in area.excluded):
        return Answer.NOT_MET, f"{place.name} is excepted from {area.title}"
    results = [_in_unit_answer(place, area, gazetteer)] if area.units else []
    results += [_near_point(place, point) for point in area.points]
    if area.line:
        results.append(_near_line(place, area))
    if not results:
        return Answer.UNKNOWN, f"the file gives {area.title} no geometry"
    answer = any_of(one for one, _ in results)
    return answer, next(reason for one, reason in results if one is answer)


def _in_unit_answer(place: Place, area: Area, gazetteer: Gazetteer) -> tuple[Answer, str]:
    for name in area.units:
        if _in_unit(place, name, gazetteer):
            return Answer.MET, f"in {name}"
    if any(_contains_unit(place, name, gazetteer) for name in (*area.units, *area.excluded)):
        return Answer.UNKNOWN, f"{place.name} reaches beyond {area.title}"
    if place.kind in _LARGE and not place.admin1:
        return Answer.UNKNOWN, f"{place.name} is too wide to say"
    return Answer.NOT_MET, f"{place.name} is not in {area.title}"


def _in_unit(place: Place, name: str, gazetteer: Gazetteer) -> bool:
    """Whether a place is the named unit or lies in it, by the gazetteer's own columns."""
    if _key(name) in {_key(place.iso_3166_2), _key(place.country)} - {""}:
        return True
    for unit in gazetteer.named(name):
        if unit.id == place.id:
            return True
        if unit.kind == "country" and place.kind != "country" and _within_country(place, unit):
            return True
        if unit.admin2 and unit.kind == "district" and (unit.admin1, unit.admin2) == (place.admin1, place.admin2):
            return True
        if unit.admin1 and not unit.admin2 and unit.kind in _LARGE and unit.admin1 == place.admin1:
            return True
    return _key(name) in {_key(place.name), _key(place.admin1)} and not gazetteer.named(name)


def _within_country(place: Place, country: Place) -> bool:
    return bool(place.country and country.country and place.country == country.country)


def _contains_unit(place: Place, name: str, gazetteer: Gazetteer) -> bool:
    return any(_in_unit(unit, place.name, gazetteer) and unit.id != place.id for unit in gazetteer.named(name))


def _near_point(place: Place, point: tuple[float, float, float]) -> tuple[Answer, str]:
    lat, lon, radius_km = point
    away_km = distance_km((place.lat, place.lon), (lat, lon))
    if away_km + place.radius_km <= radius_km:
        return Answer.MET, f"{place.name} is {away_km:.1f} km from the point, within {radius_km:g} km"
    if away_km - place.radius_km > radius_km:
        return Answer.NOT_MET, f"{place.name} is {away_km:.1f} km from the point, beyond {radius_km:g} km"
    return Answer.UNKNOWN, f"{place.name} (known to {place.radius_km:g} km) may lie on either side of {radius_km:g} km"


def _near_line(place: Place, area: Area) -> tuple[Answer, str]:
    away_km, error_km = _to_line(place, area)
    slack_km = place.radius_km + error_km
    answers = []
    if area.within_km is not None:
        answers.append(_side(away_km, slack_km, area.within_km))
    if area.beyond_km is not None:
        answers.append(turned(_side(away_km, slack_km, area.beyond_km)))
    answer = Answer.NOT_MET if Answer.NOT_MET in answers else all_of(answers)
    return (
        answer,
        f"{place.name} is about {away_km:.0f} km from {area.title or 'the line'} (known to {slack_km:.0f} km)",
    )


def _to_line(place: Place, area: Area) -> tuple[float, float]:
    """How far the nearest part of the line is, and how far the true line may lie from there."""
    away_km, index, share = along_line((place.lat, place.lon), area.line)
    if len(area.line_errors_km) != len(area.line):
        return away_km, area.line_error_km
    errors_km = list(pairwise(area.line_errors_km)) or [(area.line_errors_km[0], area.line_errors_km[0])]
    start_km, end_km = errors_km[index]
    return away_km, start_km + share * (end_km - start_km)


def _side(away_km: float, slack_km: float, limit_km: float) -> Answer:
    if away_km + slack_km <= limit_km:
        return Answer.MET
    return Answer.NOT_MET if away_km - slack_km > limit_km else Answer.UNKNOWN


def turned(answer: Answer) -> Answer:
    """Return met for not_met and the other way round."""
    return {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET}.get(answer, answer)
