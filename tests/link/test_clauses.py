"""A claim beside the clause that it touches: the traps of applicability, one test each."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.link import link_clauses
from pactwatch.link.geometry import along_line, distance_km, distance_to_line_km
from pactwatch.model import Act, Answer, ClauseLink, Kind, Summary

MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
SHELLED = {"text": "The Hill League shelled Alder", "trigger": "shelled", "agent": "Hill League", "at": "Alder"}


@pytest.fixture
def links(invented):
    """Link one claim, told in one line, and return its clauses."""

    def run(agreement=None, said="2040-03-06", by="council", **told) -> tuple[ClauseLink, ...]:
        text = invented.text(id="d", by=by, said=said, claims=[invented.told(**told)])
        return link_clauses(
            [invented.reading(text)], [agreement or invented.agreement], invented.register, invented.places
        )

    return run


def only(found, clause_id):
    """Return the one link to that clause."""
    hits = [one for one in found if one.clause_id == clause_id]
    assert len(hits) == 1, [one.clause_id for one in found]
    return hits[0]


def test_all_four_met_is_applies(links):
    """A plain accusation inside area and time applies, with words of both texts."""
    link = only(links(**SHELLED), "TB/1")
    assert link.applicability.summary is Summary.APPLIES
    assert [quote.text for quote in link.words] == ["shelled"]
    assert link.applicability.act.clause_words == "what TB/1 says"
    assert link.applicability.in_area.reason == "Alder: in Reed"


def test_before_entry_into_force_is_not_met(links):
    """What happened before the obligation had effect is shown, and does not apply."""
    link = only(links(**SHELLED, on="2040-01-20", said="2040-01-21"), "TB/1")
    assert link.applicability.in_force.answer is NOT_MET
    assert link.applicability.summary is Summary.DOES_NOT_APPLY
    assert "before" in link.applicability.in_force.reason


def test_time_over_the_moment_of_effect_is_unknown(links):
    """A span that reaches over the moment of effect leaves the answer open."""
    link = only(links(**SHELLED, on="2040-01-20", until="2040-02-10"), "TB/1")
    assert link.applicability.in_force.answer is UNKNOWN


def test_undated_past_act_is_unknown_not_a_silent_not_met(links):
    """Nothing dates the act: it may lie before the obligation."""
    link = only(links(**SHELLED, on=None), "TB/1")
    assert link.applicability.in_force.answer is UNKNOWN
    assert link.applicability.summary is Summary.OPEN


def test_undated_act_told_before_effect_is_not_met(links):
    """What was told before the obligation had effect had happened before it."""
    link = only(links(**SHELLED, on=None, said="2040-01-15"), "TB/1")
    assert link.applicability.in_force.answer is NOT_MET


def test_outside_the_area_is_not_met(links):
    """A province that the pact does not name lies outside."""
    link = only(links(**SHELLED | {"text": "The Hill League shelled Slate", "at": "Slate"}), "TB/1")
    assert link.applicability.in_area.answer is NOT_MET


def test_protocol_widens_the_area_from_its_day(links):
    """The same place lies inside once the protocol has added its province."""
    told = SHELLED | {"text": "The Hill League shelled Slate", "at": "Slate"}
    before = only(links(**told, on="2040-06-14", said="2040-07-01"), "TB/1")
    after = only(links(**told, on="2040-06-15", said="2040-07-01"), "TB/1")
    over = only(links(**told, on="2040-06-10", until="2040-06-20", said="2040-07-01"), "TB/1")
    answers = [one.applicability.in_area.answer for one in (before, after, over)]
    assert answers == [NOT_MET, MET, UNKNOWN]


def test_place_in_every_period_of_an_area_needs_no_date(links):
    """An undated act at a place that was always inside lies inside."""
    link = only(links(**SHELLED, on=None, said="2040-07-01"), "TB/1")
    assert link.applicability.in_area.answer is MET


def test_no_place_is_unknown(links):
    """A claim that names no place leaves the area open."""
    link = only(links(**SHELLED | {"text": "The Hill League shelled us", "at": ""}), "TB/1")
    assert link.applicability.in_area.answer is UNKNOWN


def test_homonym_on_both_sides_is_unknown(links):
    """Two places of one name, one inside and one outside, leave the area open."""
    told = SHELLED | {"text": "The Hill League shelled Alder/Slate", "at": "Alder/Slate"}
    assert only(links(**told), "TB/1").applicability.in_area.answer is UNKNOWN


def test_place_that_is_not_resolved_is_never_a_silent_not_met(links):
    """All known places of a like name lie outside: the one that is meant may still be another."""
    told = SHELLED | {"text": "The Hill League shelled Slate/Quarry", "at": "Slate/Quarry"}
    test = only(links(**told), "TB/1").applicability.in_area
    assert test.answer is UNKNOWN
    assert "open which place" in test.reason


def test_several_places_that_differ_are_unknown(links):
    """One place inside and one outside: no single answer, and both reasons."""
    told = SHELLED | {"text": "The Hill League shelled Alder and Slate", "at": "Alder|Slate"}
    test = only(links(**told), "TB/1").applicability.in_area
    assert test.answer is UNKNOWN
    assert "Alder" in test.reason
    assert "Slate" in test.reason


FLOWN = {
    "text": "A drone of the Hill League flew",
    "trigger": "flew",
    "act": Act.TROOP_MOVEMENT,
    "agent": "Hill League",
}


@pytest.mark.parametrize(
    ("at", "answer"), [("Alder", MET), ("Birch", UNKNOWN), ("Cedar", NOT_MET)], ids=["near", "on the edge", "far"]
)
def test_distance_from_a_line_with_its_uncertainty(links, at, answer):
    """Nearer than the limit is met, farther is not, and what may lie on either side is unknown."""
    assert only(links(**FLOWN, at=at), "TB/4").applicability.in_area.answer is answer


def test_older_version_holds_for_an_older_act(links):
    """Each act is held against the wording that stood on its day: 10 km before the protocol, 30 km after."""
    before = only(links(**FLOWN, at="Birch", on="2040-05-31", said="2040-07-01"), "TB/4")
    after = only(links(**FLOWN, at="Birch", on="2040-06-01", said="2040-07-01"), "TB/4")
    assert (before.version, before.applicability.in_area.answer) == (dt.date(2040, 1, 10), UNKNOWN)
    assert (after.version, after.applicability.in_area.answer) == (dt.date(2040, 6, 1), MET)


def test_claim_that_names_the_area_lies_in_it(links):
    """ "Across the line" is inside the strip along the line, though no place is named."""
    told = FLOWN | {"text": "A drone of the Hill League flew over the line"}
    assert only(links(**told), "TB/4").applicability.in_area.answer is MET


@pytest.mark.parametrize(
    ("who", "on", "answer"),
    [
        ("Hill League", "2040-03-05", MET),
        ("Osta", "2040-03-05", NOT_MET),
        ("New League", "2040-03-05", UNKNOWN),
        ("Ferry Watch", "2040-06-09", UNKNOWN),
        ("Ferry Watch", "2040-06-10", MET),
        ("Bank Mission", "2040-03-05", None),
    ],
    ids=["party", "non-signatory", "splinter", "militia before its day", "militia from its day", "monitor"],
)
def test_who_is_bound(links, who, on, answer):
    """By signature, by dated membership, or by what the file says; a monitor's act touches no obligor's clause."""
    found = links(**SHELLED | {"text": f"{who} shelled Alder", "agent": who}, on=on, said="2040-07-01")
    if answer is None:
        assert found == ()
    else:
        assert only(found, "TB/1").applicability.bound.answer is answer


def test_militia_over_its_day_is_unknown(links):
    """Bound on a part of the days only: open, not rounded."""
    told = SHELLED | {"text": "The Ferry Watch shelled Alder", "agent": "Ferry Watch"}
    found = links(**told, on="2040-06-08", until="2040-06-12", said="2040-07-01")
    assert only(found, "TB/1").applicability.bound.answer is UNKNOWN


def test_one_bound_and_one_not_is_unknown_and_says_who(links):
    """Two authors of whom one is not bound: open, and the reason names the one who is not."""
    told = SHELLED | {"text": "Hill League and Osta shelled Alder", "agent": "Hill League|Osta"}
    test = only(links(**told), "TB/1").applicability.bound
    assert test.answer is UNKNOWN
    assert "“Osta”: not bound" in test.reason


def test_no_author_is_unknown(links):
    """A passive without a doer leaves open who was bound."""
    told = SHELLED | {"text": "Alder was shelled", "agent": "", "kind": Kind.REPORT}
    assert only(links(**told), "TB/1").applicability.bound.answer is UNKNOWN


def test_return_fire_raises_the_exception_and_leaves_both_open(links):
    """An answer to fire is held against the prohibition and against self-defence; its conditions stay open."""
    found = links(
        text="Our unit answered the fire of the Hill League",
        trigger="answered the fire",
        kind=Kind.ADMISSION,
        act=Act.ARMED_ATTACK,
        agent="issuer",
        target="Hill League",
        at="Alder",
    )
    exception, obligation = only(found, "TB/8"), only(found, "TB/2")
    assert exception.role == "exception"
    assert exception.applicability.act.answer is UNKNOWN
    assert "reported within 12 hours" in exception.applicability.act.reason
    assert obligation.applicability.act.answer is UNKNOWN
    assert "exception" in obligation.applicability.act.reason


def test_notice_said_to_be_given_meets_its_part_of_the_exception(links):
    """A notice of an operation touches the exception that asks for it, wherever it was given."""
    found = links(
        text="due notice was given to the Bank Mission",
        trigger="due notice",
        kind=Kind.COMPLIANCE,
        act=Act.MONITORING,
        agent="issuer",
        target="Bank Mission",
    )
    test = only(found, "TB/9").applicability
    assert (test.in_area.answer, test.act.answer) == (MET, MET)


def test_inspection_within_its_hours_is_not_what_is_forbidden(links):
    """The claim's own number of hours is held against the clause's."""
    told = {
        "trigger": "inspected",
        "act": Act.OBSTRUCTION,
        "agent": "Hill League",
        "at": "Alder",
        "target": "the convoy",
    }
    short = links(text="The Hill League inspected the convoy for 1 hour 50 minutes", **told)
    long = links(text="The Hill League inspected the convoy for 31 hours", **told)
    assert only(short, "TB/7").applicability.act.answer is NOT_MET
    assert only(long, "TB/7").applicability.act.answer is MET


@pytest.mark.parametrize(
    ("kind", "negated", "answer"),
    [
        (Kind.DENIAL, True, NOT_MET),
        (Kind.COMPLIANCE, True, NOT_MET),
        (Kind.THREAT, False, UNKNOWN),
        (Kind.DEMAND, True, MET),
    ],
)
def test_act_by_kind_of_claim(links, kind, negated, answer):
    """A denial and a kept prohibition are not the act; a threat leaves it open; a demand tests what it is about."""
    found = links(**SHELLED | {"kind": kind, "negated": negated})
    assert only(found, "TB/1").applicability.act.answer is answer


def test_deadline_of_a_duty_is_shown(links):
    """A delayed release stands beside its clause with the day on which it was due."""
    found = links(text="The Hill League delays the release of prisoners", act=Act.PRISONER_RELEASE, agent="Hill League")
    link = only(found, "TB/5")
    assert link.deadline is not None
    assert link.deadline.date() == dt.date(2040, 3, 1)
    assert link.applicability.act.answer is MET
    assert link.applicability.in_area.answer is MET


def test_duty_not_yet_due_is_not_in_force(links):
    """Nobody has failed a duty before it falls due."""
    found = links(
        text="The Hill League delays the release of prisoners",
        act=Act.PRISONER_RELEASE,
        agent="Hill League",
        on="2040-02-20",
        said="2040-02-21",
    )
    assert only(found, "TB/5").applicability.in_force.answer is NOT_MET


def test_late_performance_falls_short(links):
    """What was done after the deadline is told as done, and falls short of the duty's terms."""
    found = links(
        text="We released the prisoners",
        act=Act.PRISONER_RELEASE,
        kind=Kind.COMPLIANCE,
        agent="issuer",
        on="2040-03-04",
    )
    assert only(found, "TB/5").applicability.act.answer is NOT_MET


def test_whom_the_act_struck_chooses_the_clause(links):
    """An attack on soldiers and one on villagers touch different clauses."""
    told = {"trigger": "attacked", "act": Act.ARMED_ATTACK, "agent": "Hill League", "at": "Alder"}
    soldiers = links(text="The Hill League attacked our soldiers", target="our soldiers", **told)
    villagers = links(text="The Hill League attacked villagers", target="villagers", **told)
    assert [one.clause_id for one in soldiers] == ["TB/2"]
    assert [one.clause_id for one in villagers] == ["TB/3"]


def test_claim_that_touches_no_clause_gets_none(links):
    """An opinion, a talk and an inquiry touch nothing here."""
    assert links(text="An inquiry was opened", act=Act.INVESTIGATION, agent="issuer") == ()
    assert links(text="The Hill League shelled Alder", kind=Kind.POSITION, agent="Hill League") == ()


def test_open_act_is_never_met(links, invented):
    """Where the file calls the reach of a clause open, the answer is its reading, with what was not published."""
    one = invented.clause("TB/1", Act.ARMED_ATTACK, open_acts=(Act.RAID,), reading="the text names no raids")
    agreement = replace(invented.with_clauses(one), unpublished=("an annex",))
    found = links(agreement, text="The Hill League made night raids", act=Act.RAID, agent="Hill League", at="Alder")
    test = only(found, "TB/1").applicability.act
    assert test.answer is UNKNOWN
    assert "the text names no raids" in test.reason
    assert "an annex" in test.reason


def test_area_without_geometry_is_unknown(links, invented):
    """An area that the file names and does not draw answers nothing."""
    one = invented.clause("TB/1", Act.SHELLING, area="nowhere-drawn")
    assert only(links(invented.with_clauses(one), **SHELLED), "TB/1").applicability.in_area.answer is UNKNOWN


def test_every_link_carries_exact_words(links, invented):
    """Law 2 for links: the words stand in the document, letter for letter."""
    text = "The Hill League shelled Alder"
    for link in links(**SHELLED):
        for quote in link.words:
            assert text[quote.span.start : quote.span.end] == quote.text


def test_sides_swapped_give_the_same_answers_swapped(invented):
    """Law 9: the two sides' names exchanged in claim and register, the same clauses and answers."""

    def run(accuser, accused):
        told = invented.told(text=f"The {accused[1]} shelled Alder", trigger="shelled", agent=accused[1], at="Alder")
        reading = invented.reading(invented.text(id="d", by=accuser[0], claims=[told]))
        return link_clauses([reading], [invented.agreement], invented.register, invented.places)

    council, league = ("council", "North Bank Council"), ("league", "Hill League")

    def plain(found, name):
        return [
            (one.clause_id, one.score, one.applicability.summary, one.applicability.bound.reason.replace(name, "X"))
            for one in found
        ]

    assert plain(run(council, league), "Hill League") == plain(run(league, council), "North Bank Council")


@given(lat=st.floats(-60, 60), lon=st.floats(-170, 170), dlat=st.floats(-1, 1), dlon=st.floats(-1, 1))
def test_distance_to_a_line_is_never_more_than_to_its_ends(lat, lon, dlat, dlon):
    """A point of the line is never farther than the line's ends, within the plane's error of a part in a thousand."""
    point, line = (lat, lon), ((lat + dlat, lon), (lat, lon + dlon))
    ends = min(distance_km(point, one) for one in line)
    assert distance_to_line_km(point, line) <= ends * 1.01 + 0.001


def test_share_along_a_line_runs_from_end_to_end():
    """The nearest part is told by segment and share, so that errors can be interpolated."""
    line = ((0.0, 0.0), (1.0, 0.0), (2.0, 0.0))
    _, index, share = along_line((1.5, 0.1), line)
    assert index == 1
    assert share == pytest.approx(0.5, abs=0.01)
