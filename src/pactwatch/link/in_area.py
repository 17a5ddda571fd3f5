"""Does the clause apply at that place? Areas with their uncertainty: a place that may lie on either side is unknown."""

from collections.abc import Sequence
from dataclasses import dataclass

from pactwatch.link import terms
from pactwatch.link.answers import all_of, met, unknown
from pactwatch.link.area_shape import Gazetteer, inside, turned
from pactwatch.link.parts import meant
from pactwatch.link.spans import Span, span_of
from pactwatch.link.view import View
from pactwatch.model import Act, Agreement, Answer, AnsweredTest, Area, Clause, ClauseRole, Place, Quote

_NOTICES = frozenset({Act.MONITORING, Act.OTHER})
"""Acts by which an exception's duty to report or give notice is kept."""


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


def lies_in(view: View, area: str, agreement: Agreement, gazetteer: Gazetteer) -> tuple[Answer, str]:
    """Return whether the claim's places lie in an area that an exception requires; unknown where it names none."""
    areas = areas_of(agreement, area)
    if not areas or not view.claim.places:
        return Answer.UNKNOWN, "the claim names no place"
    chart = _Map(agreement, gazetteer)
    found = [_of_mention(view, index, areas, chart) for index in range(len(view.claim.places))]
    return all_of(answer for answer, _ in found), "; ".join(reason for _, reason in found)


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
    if not view.claim.places and clause.role is ClauseRole.EXCEPTION and view.claim.act in _NOTICES:
        return met("a report or notice is owed wherever one is", None, words)
    if not view.claim.places:
        return _without_place(view, areas, words, agreement)
    answers, reasons = [], []
    for index, mention in enumerate(view.claim.places):
        answer, reason = _of_mention(view, index, areas, _Map(agreement, gazetteer))
        answers.append(answer)
        reasons.append(f"{mention.text}: {reason}")
    quote = next((m.quote for m in view.claim.places if m.quote), None)
    return AnsweredTest(answer=all_of(answers), reason="; ".join(reasons), claim_words=quote, clause_words=words)


def _without_place(view: View, areas: Sequence[Area], words: str, agreement: Agreement) -> AnsweredTest:
    """The claim names no place; it may still name the area itself ("across the contact line"), or need name none."""
    if any(unit in agreement.countries for area in areas for unit in area.units):
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
    options, resolved = view.place_options[index], view.places[index] is not None
    if not resolved:
        named = _named_by_agreement(view.claim.places[index].text, areas, chart.agreement)
        if not options or named[0] is Answer.MET:
            return named
    answers = [_of_place(place, areas, span_of(view), chart) for place in options]
    answer = all_of(one for one, _ in answers)
    if len(options) > 1 and answer is Answer.UNKNOWN:
        return answer, f"{len(options)} places of that name, and they do not all lie on one side"
    if not resolved and answer is Answer.NOT_MET:
        # Names are borne by places that no gazetteer has: what lies elsewhere need not be the one that is meant.
        return Answer.UNKNOWN, "it is open which place is meant; those of a like name that are known lie outside"
    return answer, answers[0][1]


def _named_by_agreement(name: str, areas: Sequence[Area], agreement: Agreement) -> tuple[Answer, str]:
    """A place of no gazetteer may still stand in a clause that applies in this very area (a road)."""
    wide = all(area.units and not area.line for area in areas)
    for clause in agreement.clauses:
        if wide and clause.area == areas[0].id and len(name) > _SHORT and name.lower() in clause.text.lower():
            return Answer.MET, f"{clause.id}, which applies in that area, names it"
    return Answer.UNKNOWN, "not found in the case's places"


_SHORT = 4
"""Shorter names stand in a text by chance."""


def _of_place(place: Place, areas: Sequence[Area], span: Span, chart: _Map) -> tuple[Answer, str]:
    """The answer of each area that was in force on some day on which it can have happened; they must agree."""
    then = [area for area in areas if _overlaps(area, span)]
    if not then:
        return Answer.NOT_MET, f"{areas[0].title} only {_dates(areas[0])}"
    results = [_whole(place, area, span, chart) for area in then]
    answers = [answer for answer, _ in results]
    if not _covered(then, span):
        answers.append(Answer.NOT_MET)
    answer = all_of(answers)
    if answer is Answer.UNKNOWN and Answer.MET in answers and Answer.NOT_MET in answers:
        return answer, f"{place.name} lies in it on a part only of the days on which it may have happened"
    return answer, next((reason for one, reason in results if one is answer), results[0][1])


def _overlaps(area: Area, span: Span) -> bool:
    before = area.since is not None and span.last is not None and span.last < area.since
    after = area.until is not None and span.first is not None and span.first > area.until
    return not (before or after)


def _covered(areas: Sequence[Area], span: Span) -> bool:
    """Whether the areas' periods together hold the whole span (the schema lets them neither overlap nor leave gaps)."""
    starts = any(one.since is None or (span.first is not None and one.since <= span.first) for one in areas)
    ends = any(one.until is None or (span.last is not None and span.last <= one.until) for one in areas)
    return starts and ends


def _whole(place: Place, area: Area, span: Span, chart: _Map) -> tuple[Answer, str]:
    """The area's own geometry, with the area that must hold too and the one that is taken out."""
    bare = not (area.units or area.points or area.line or area.everywhere)
    results = [] if bare and (area.inside or area.outside) else [inside(place, area, chart.gazetteer)]
    if area.inside:
        results.append(_of_place(place, areas_of(chart.agreement, area.inside), span, chart))
    if area.outside:
        answer, reason = _of_place(place, areas_of(chart.agreement, area.outside), span, chart)
        results.append((turned(answer), reason))
    answers = {answer for answer, _ in results}
    answer = Answer.NOT_MET if Answer.NOT_MET in answers else all_of(answers)
    return answer, next((reason for one, reason in results if one is answer), results[0][1])


def _dates(area: Area) -> str:
    since = f"from {area.since.isoformat()}" if area.since else ""
    until = f"until {area.until.isoformat()}" if area.until else ""
    return " ".join(part for part in (since, until) if part)
