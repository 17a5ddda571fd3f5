"""Incidents: clusters that are computed, with a state that nobody types in."""

import pytest

from pactwatch.link import incidents, link_claims
from pactwatch.model import Act, IncidentState, Kind

BLAME = {"trigger": "shelled", "agent": "Hill League", "at": "Alder"}
DENIAL = {"kind": Kind.DENIAL, "negated": True, "agent": "issuer", "at": "Alder", "text": "We shelled nothing at Alder"}


@pytest.fixture
def clusters(invented):
    """Return the incidents of some texts."""

    def run(*texts):
        readings = [invented.reading(one) for one in texts]
        return incidents(readings, link_claims(readings, invented.register))

    return run


@pytest.fixture
def blame(invented):
    """The accusation that most tests begin with."""
    return invented.text(id="a", claims=[invented.told(text="The Hill League shelled Alder", **BLAME)])


def test_one_accusation_is_uncontested_and_neutral(clusters, blame):
    """The title is in neutral words with place and day; nothing is confirmed."""
    (found,) = clusters(blame)
    assert found.title == "alleged shelling, Alder, 2040-03-05"
    assert found.state is IncidentState.UNCONTESTED


def test_linked_denial_makes_it_contested(clusters, blame, invented):
    """One denial weighs what one accusation weighs."""
    reply = invented.text(id="b", by="league", said="2040-03-08", claims=[invented.told(**DENIAL)])
    (found,) = clusters(blame, reply)
    assert found.state is IncidentState.CONTESTED
    assert found.claim_ids == ("a#0", "b#0")


def test_admission_of_the_accused_makes_it_admitted(clusters, blame, invented):
    """The accused side owns it, after its denial."""
    reply = invented.text(id="b", by="league", said="2040-03-08", claims=[invented.told(**DENIAL)])
    owned = invented.told(text="Our men shelled Alder", kind=Kind.ADMISSION, agent="issuer", at="Alder")
    later = invented.text(id="c", by="league", said="2040-03-12", claims=[owned])
    (found,) = clusters(blame, reply, later)
    assert found.state is IncidentState.ADMITTED


def test_admission_of_the_accuser_about_itself_is_not_the_accuseds(clusters, blame, invented):
    """Who accuses and admits an answering fire admits nothing for the other side."""
    own = invented.told(text="Our guns answered and shelled Alder", kind=Kind.ADMISSION, agent="issuer", at="Alder")
    (found,) = clusters(blame, invented.text(id="b", said="2040-03-08", claims=[own]))
    assert found.state is not IncidentState.ADMITTED


def test_withdrawn_accusation_is_withdrawn(clusters, blame, invented):
    """The accuser takes it back: its own later denial of the act."""
    back = invented.told(
        text="The Hill League did not shell Alder, our report was wrong",
        kind=Kind.ADMISSION,
        negated=True,
        agent="Hill League",
        at="Alder",
    )
    (found,) = clusters(blame, invented.text(id="b", said="2040-03-12", claims=[back]))
    assert found.state is IncidentState.WITHDRAWN


def test_other_day_or_place_is_another_incident(clusters, invented):
    """Same act, another village or week: not merged."""
    texts = [
        invented.text(id="a", claims=[invented.told(text="The Hill League shelled Alder", **BLAME)]),
        invented.text(id="b", claims=[invented.told(text="They shelled Cedar", **BLAME | {"at": "Cedar"})]),
        invented.text(
            id="c",
            said="2040-04-01",
            claims=[invented.told(text="League guns shelled Alder", on="2040-03-20", **BLAME)],
        ),
    ]
    assert len(clusters(*texts)) == 3


def test_aftermath_goes_with_what_it_follows(clusters, invented):
    """A toll and an inquiry told after the act belong to it."""
    text = invented.text(
        id="a",
        claims=[
            invented.told(text="The Hill League shelled Alder.", **BLAME),
            invented.told(
                text="Two people died there.", act=Act.KILLING, trigger="died", agent="Hill League", at="Alder"
            ),
            invented.told(
                text="An inquiry was opened.", act=Act.INVESTIGATION, kind=Kind.COMPLIANCE, agent="issuer", on=None
            ),
        ],
    )
    (found,) = clusters(text)
    assert found.claim_ids == ("a#0", "a#1", "a#2")


def test_general_promise_is_no_incident(clusters, invented):
    """A promise tied to no act is no incident."""
    promise = invented.told(text="We keep the pact", kind=Kind.COMMITMENT, act=Act.AGREEMENT, agent="issuer", on=None)
    assert clusters(invented.text(id="a", claims=[promise])) == ()


def test_ids_come_from_the_first_claim(clusters, blame, invented):
    """An id outlives what is added later."""
    (before,) = clusters(blame)
    (after,) = clusters(blame, invented.text(id="b", by="league", said="2040-03-08", claims=[invented.told(**DENIAL)]))
    assert before.id == after.id


def test_a_claim_without_day_and_place_ties_no_other_days_together(clusters, invented):
    """Two shellings a month apart stay two, though an undated sentence between them goes with either."""
    found = clusters(
        invented.text(
            id="a",
            claims=[
                invented.told(text="The Hill League shelled Alder on 5 March", **BLAME),
                invented.told(text="It shelled Alder again", **BLAME | {"on": None}),
                invented.told(text="The Hill League shelled Alder on 9 April", **BLAME | {"on": "2040-04-09"}),
            ],
        )
    )
    days = [[c for c in one.claim_ids if c in ("a#0", "a#2")] for one in found]
    assert sorted(days) == [["a#0"], ["a#2"]]
