"""Does the clause apply at that place? Areas with their uncertainty: a place that may lie on either side is unknown."""

from collections.abc import Sequence
from dataclasses import dataclass

from pactwatch.link import terms
from pactwatch.link.answers import all_of, any_of, met, unknown
from pactwatch.link.geometry import distance_km, distance_to_line_km
from pactwatch.link.parts import meant
from pactwatch.link.spans import span_of
from pactwatch.link.view import View
from pactwatch.model import Agreement, Answer, AnsweredTest, Area, Clause, Place, Quote

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


def areas_of(agreement: Agreement, area: str) -> tuple[Area, ...]:
    """Return the areas of that id, one of each period; none where the file draws none of that id."""
    return tuple(one for one in agreement.areas if one.id == area)


def may_lie_in(view: View, clause: Clause, agreement: Agreement, gazetteer: Gazetteer) -> bool:
    """Return False where a clause for a small zone is not touched, because the act is not told to lie near it.

    Only zones drawn by circles count so: a strip along a line is wide, and what lies beyond it is named and `not_met`.
    """
    areas = areas_of(agreement, clause.area)
    if not areas or not all(area.points for area in areas):
        return True
    return in_area(view, clause, agreement, gazetteer).answer is not Answer.NOT_MET and (
        bool(view.claim.places) or _names_area(view, areas) is not None
    )


def in_area(view: View, clause: Clause, agreement: Agreement, gazetteer: Gazetteer) -> AnsweredTest:
    """Return whether the clause applies where the act happened, as if the claim were true."""
    part = meant(view, clause)
    named = part.area if part and part.area else clause.area
    if not named:
        return met("the clause is tied to no place")
    areas = areas_of(agreement, named)
    if not areas:
        return unknown("the agreement file draws no area of that name", None, named)
    words = " / ".join(area.title for area in areas)
    if any(area.everywhere for area in areas):
        return met("the clause is tied to no place", None, words)
    reading = next((area.reading for area in areas if area.reading), "")
    if reading:
        return unknown(reading, None, words)
    if not view.claim.places:
        return _without_place(view, areas, words, gazetteer)
    answers, reasons = [], []
    for index, mention in enumerate(view.claim.places):
        answer, reason = _of_mention(view, index, areas, _Map(agreement, gazetteer))
        answers.append(answer)
        reasons.append(f"{mention.text}: {reason}")
    quote = next((m.quote for m in view.claim.places if m.quote), None)
    return AnsweredTest(answer=all_of(answers), reason="; ".join(reasons), claim_words=quote, clause_words=words)


def _without_place(view: View, areas: Sequence[Area], words: str, gazetteer: Gazetteer) -> AnsweredTest:
    """The claim names no place; it may still name the area itself ("across the contact line"), or need name none."""
    if any(place.kind == "country" for area in areas for name in area.units for place in gazetteer.named(name)):
        return met("the clause applies in the whole country, and the claim names no place outside it", None, words)
    found = _names_area(view, areas)
    if found:
        return met("the claim names the area itself", found, words)
    return unknown("the claim names no place", None, words)


def _names_area(view: View, areas: Sequence[Area]) -> Quote | None:
    named = tuple(sorted({one.lower() for area in areas for one in area.words}))
    hits = terms.find_exact(named, view.claim.quote.text)
    return view.part(hits[0].start, hits[0].end) if hits else None


@dataclass(frozen=True, slots=True)
class _Map:
    """The areas of one agreement and the places of the case, for areas that name both."""

    agreement: Agreement
    gazetteer: Gazetteer


def _of_mention(view: View, index: int, areas: Sequence[Area], chart: _Map) -> tuple[Answer, str]:
    options = view.place_options[index]
    if not options:
        return Answer.UNKNOWN, "not found in the case's places"
    answers = [_of_place(place, areas, view, chart) for place in options]
    answer = all_of(one for one, _ in answers)
    if len(options) > 1 and answer is Answer.UNKNOWN:
        return answer, f"{len(options)} places of that name, and they do not all lie on one side"
    return answer, answers[0][1]


def _of_place(place: Place, areas: Sequence[Area], view: View, chart: _Map) -> tuple[Answer, str]:
    """The union over the areas that are in force when the act happened."""
    results = []
    for area in areas:
        answer, reason = _whole(place, area, view, chart)
        if answer is Answer.MET and not (dated := _dated(area, view))[0]:
            answer, reason = dated[1], dated[2]
        results.append((answer, reason))
    answer = any_of(one for one, _ in results)
    return answer, next((reason for one, reason in results if one is answer), results[0][1])


def _whole(place: Place, area: Area, view: View, chart: _Map) -> tuple[Answer, str]:
    """The area's own geometry, with the area that must hold too and the one that is taken out."""
    bare = not (area.units or area.points or area.line or area.everywhere)
    results = [] if bare and (area.inside or area.outside) else [inside(place, area, chart.gazetteer)]
    if area.inside:
        results.append(_of_place(place, areas_of(chart.agreement, area.inside), view, chart))
    if area.outside:
        answer, reason = _of_place(place, areas_of(chart.agreement, area.outside), view, chart)
        results.append((_turned(answer), reason))
    answers = {answer for answer, _ in results}
    answer = Answer.NOT_MET if Answer.NOT_MET in answers else all_of(answers)
    return answer, next((reason for one, reason in results if one is answer), results[0][1])


def _dated(area: Area, view: View) -> tuple[bool, Answer, str]:
    """Whether the area itself was in force then: the answer and the reason where it was not, or may not have been."""
    if area.since is None and area.until is None:
        return True, Answer.MET, ""
    span = span_of(view)
    first, last = span.first, span.last
    if first is None and last is None:
        return False, Answer.UNKNOWN, f"{area.title} only {_dates(area)}, and the act is not dated"
    before = area.since is not None and last is not None and last < area.since
    after = area.until is not None and first is not None and first > area.until
    if before or after:
        return False, Answer.NOT_MET, f"{area.title} only {_dates(area)}"
    straddles = (area.since is not None and (first is None or first < area.since)) or (
        area.until is not None and (last is None or last > area.until)
    )
    if straddles:
        return False, Answer.UNKNOWN, f"{area.title} only {_dates(area)}, and the act may lie before or after"
    return True, Answer.MET, ""


def _dates(area: Area) -> str:
    since = f"from {area.since.isoformat()}" if area.since else ""
    until = f"until {area.until.isoformat()}" if area.until else ""
    return " ".join(part for part in (since, until) if part)


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
    away_km = distance_to_line_km((place.lat, place.lon), area.line)
    slack_km = place.radius_km + area.line_error_km
    answers = []
    if area.within_km is not None:
        answers.append(_side(away_km, slack_km, area.within_km))
    if area.beyond_km is not None:
        answers.append(_turned(_side(away_km, slack_km, area.beyond_km)))
    answer = Answer.NOT_MET if Answer.NOT_MET in answers else all_of(answers)
    return (
        answer,
        f"{place.name} is about {away_km:.0f} km from {area.title or 'the line'} (known to {slack_km:.0f} km)",
    )


def _side(away_km: float, slack_km: float, limit_km: float) -> Answer:
    if away_km + slack_km <= limit_km:
        return Answer.MET
    return Answer.NOT_MET if away_km - slack_km > limit_km else Answer.UNKNOWN


def _turned(answer: Answer) -> Answer:
    return {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET}.get(answer, answer)
