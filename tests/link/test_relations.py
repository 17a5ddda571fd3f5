"""Claims beside earlier claims: who denied what, what was said again, what was changed."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.link import link_claims
from pactwatch.model import Act, Kind, Relation

BLAME = {"trigger": "shelled", "agent": "Hill League", "at": "Alder"}
DENIES = {"kind": Kind.DENIAL, "negated": True, "agent": "issuer"}


@pytest.fixture
def relations(invented):
    """Link the claims of some texts, and return (relation, from, to) of each link."""

    def run(*texts) -> set[tuple[str, str, str]]:
        found = link_claims([invented.reading(one) for one in texts], invented.register)
        return {(one.relation.value, one.claim_id, one.to_claim_id) for one in found}

    return run


def test_denial_points_to_its_accusation(relations, invented):
    """A later statement of the accused that the act was not its own denies the earlier accusation."""
    blame = invented.text(id="a", claims=[invented.told(text="The Hill League shelled Alder", **BLAME)])
    denial = invented.told(
        text="Nobody of ours shelled Alder",
        kind=Kind.DENIAL,
        negated=True,
        trigger="shelled",
        agent="issuer",
        at="Alder",
    )
    reply = invented.text(id="b", by="league", said="2040-03-08", claims=[denial])
    assert relations(blame, reply) == {("denies", "b#0", "a#0")}


def test_denial_of_another_place_denies_nothing(relations, invented):
    """What is denied of one village is not the accusation about another."""
    blame = invented.text(id="a", claims=[invented.told(text="The Hill League shelled Alder", **BLAME)])
    denial = invented.told(
        text="Nobody of ours shelled Cedar",
        kind=Kind.DENIAL,
        negated=True,
        trigger="shelled",
        agent="issuer",
        at="Cedar",
    )
    assert relations(blame, invented.text(id="b", by="league", said="2040-03-08", claims=[denial])) == set()


def test_denial_by_a_third_does_not_deny_for_the_accused(relations, invented):
    """Another party's denial of its own part says nothing for the one that is accused."""
    blame = invented.text(id="a", claims=[invented.told(text="The Hill League shelled Alder", **BLAME)])
    denial = invented.told(text="We shelled nothing at Alder", **DENIES, at="Alder")
    assert relations(blame, invented.text(id="b", by="osta", said="2040-03-08", claims=[denial])) == set()


def test_same_speaker_says_it_again_elsewhere(relations, invented):
    """The same side, the same act, place and day, in another text: repeated; organs of one party are one speaker."""
    first = invented.text(id="a", claims=[invented.told(text="The Hill League shelled Alder", **BLAME)])
    second = invented.text(
        id="b",
        by="staff",
        said="2040-03-09",
        claims=[invented.told(text="We have already told how Alder was shelled", **BLAME)],
    )
    assert relations(first, second) == {("repeats", "b#0", "a#0")}


def test_another_speaker_that_says_it_agrees(relations, invented):
    """A monitor's report of the same act by the same author agrees, and repeats nothing."""
    first = invented.text(id="a", claims=[invented.told(text="The Hill League shelled Alder", **BLAME)])
    report = invented.told(text="Shells of the Hill League shelled Alder", kind=Kind.REPORT, **BLAME)
    assert relations(first, invented.text(id="b", by="mission", said="2040-03-09", claims=[report])) == {
        ("agrees_with", "b#0", "a#0")
    }


def test_both_sides_blame_each_other(relations, invented):
    """Each names the other as the author of one act: contradicts."""
    first = invented.text(id="a", claims=[invented.told(text="The Hill League shelled Alder", **BLAME)])
    other = invented.told(text="North Bank Council itself shelled Alder", **BLAME | {"agent": "North Bank Council"})
    assert relations(first, invented.text(id="b", by="league", said="2040-03-08", claims=[other])) == {
        ("contradicts", "b#0", "a#0")
    }


def test_new_figure_of_the_same_speaker_revises(relations, invented):
    """A corrected toll points to the old one, which stays."""
    old = invented.told(text="Five died as the Hill League shelled Alder", counts={"killed": 5}, **BLAME)
    new = invented.told(text="Three died as the Hill League shelled Alder", counts={"killed": 3}, **BLAME)
    texts = (
        invented.text(id="a", claims=[old]),
        invented.text(id="b", said="2040-03-09", claims=[new]),
    )
    assert relations(*texts) == {("revises", "b#0", "a#0")}


def test_admission_after_own_denial_revises(relations, invented):
    """A denial that is given up later is revised by the admission."""
    denial = invented.told(text="We shelled nothing at Alder", **DENIES, at="Alder")
    admission = invented.told(text="Our men shelled Alder", kind=Kind.ADMISSION, agent="issuer", at="Alder")
    texts = (
        invented.text(id="a", by="league", claims=[denial]),
        invented.text(id="b", by="league", said="2040-03-12", claims=[admission]),
    )
    assert relations(*texts) == {("revises", "b#0", "a#0")}


def test_saying_told_as_earlier_comes_first(relations, invented):
    """Inside one text, what a side "had said" is the old figure, wherever it stands."""
    new = invented.told(
        text="The Council corrects the dead of Alder to three", counts={"killed": 3}, **BLAME | {"trigger": "dead"}
    )
    old = invented.told(
        text="The Council had said that five died at Alder", counts={"killed": 5}, **BLAME | {"trigger": "died"}
    )
    assert relations(invented.text(id="a", claims=[new, old])) == {("revises", "a#0", "a#1")}


SENTENCES = (
    "At four in the morning the Hill League shelled the mill of Alder",
    "Two houses near the mill burned down to their walls",
    "We condemn the shelling of sleeping families in the strongest way",
)


def test_statement_printed_again_is_a_reprint(relations, invented):
    """A paper that carries a statement with small edits prints it again; each sentence points to its original."""
    printed = (
        "About four in the morning the Hill League shelled the mill of Alder",
        "Two houses near the mill burned down",
        "We condemn the shelling of sleeping families",
    )
    told = {"agent": "Hill League", "at": "Alder"}
    first = invented.text(id="a", claims=[invented.told(text=one, **told) for one in SENTENCES])
    second = invented.text(
        id="b",
        by="osta",
        said="2040-03-07",
        claims=[invented.told(text=one, speaker="North Bank Council", **told) for one in printed],
    )
    assert relations(first, second) == {("reprints", f"b#{i}", f"a#{i}") for i in range(3)}


def test_demand_met_is_answered(relations, invented):
    """Who tells that the demanded person was handed over responds to the demand."""
    demand = invented.told(
        text="We demand that Juno Vale be released",
        kind=Kind.DEMAND,
        act=Act.PRISONER_RELEASE,
        agent="Hill League",
        target="Juno Vale",
        on=None,
    )
    met = invented.told(
        text="Yesterday Juno Vale was handed over",
        kind=Kind.COMPLIANCE,
        act=Act.PRISONER_RELEASE,
        agent="issuer",
        target="Juno Vale",
        on="2040-03-08",
    )
    texts = (
        invented.text(id="a", claims=[demand]),
        invented.text(id="b", by="league", said="2040-03-09", claims=[met]),
    )
    assert relations(*texts) == {("responds_to", "b#0", "a#0")}


KINDS = (Kind.ACCUSATION, Kind.ADMISSION, Kind.DENIAL, Kind.COMPLIANCE, Kind.REPORT)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(("council", "league", "mission")),
            st.sampled_from(KINDS),
            st.sampled_from(("Alder", "Birch")),
            st.sampled_from((3, 4)),
            st.booleans(),
        ),
        min_size=2,
        max_size=8,
    )
)
def test_never_merged_over_speakers_or_polarity(invented, rows):
    """Whatever is said by whom: a repetition or reprint joins one side's claims of one polarity, and points back."""
    texts = []
    for index, (by, kind, at, day, negated) in enumerate(rows):
        told = invented.told(
            text=f"They shelled the old mill of {at}",
            kind=kind,
            at=at,
            agent="Hill League",
            on=f"2040-03-0{day}",
            negated=negated or kind is Kind.DENIAL,
        )
        texts.append(invented.text(id=f"d{index}", by=by, said=f"2040-03-1{index}", claims=[told]))
    for link in link_claims([invented.reading(one) for one in texts], invented.register):
        later, earlier = (rows[int(one[1:-2])] for one in (link.claim_id, link.to_claim_id))
        assert int(link.claim_id[1:-2]) > int(link.to_claim_id[1:-2])
        if link.relation in (Relation.REPEATS, Relation.REPRINTS):
            assert later[0] == earlier[0]
            says_not = [row[1] is Kind.DENIAL or row[4] for row in (later, earlier)]
            assert says_not[0] == says_not[1]


def test_order_of_the_input_changes_nothing(invented):
    """The claims' own dates order them, not the order in which the documents are given."""
    texts = [
        invented.text(id="a", claims=[invented.told(text="The Hill League shelled Alder", **BLAME)]),
        invented.text(
            id="b", said="2040-03-09", claims=[invented.told(text="The Hill League has shelled Alder", **BLAME)]
        ),
        invented.text(
            id="c",
            by="league",
            said="2040-03-10",
            claims=[invented.told(text="Not us at Alder", **DENIES, at="Alder")],
        ),
    ]
    readings = [invented.reading(one) for one in texts]
    answers = {link_claims(list(one), invented.register) for one in itertools.permutations(readings)}
    assert len(answers) == 1


def test_sides_swapped_give_the_same_relations(invented):
    """Law 9: exchange the two parties and nothing changes but the names."""

    def run(one, other):
        blame = invented.told(text=f"{other[1]} shelled Alder", trigger="shelled", agent=other[1], at="Alder")
        denial = invented.told(text="Not us at Alder", **DENIES, at="Alder")
        texts = (
            invented.text(id="a", by=one[0], claims=[blame]),
            invented.text(id="b", by=other[0], said="2040-03-09", claims=[denial]),
        )
        return [
            (x.relation, x.claim_id, x.to_claim_id, x.score)
            for x in link_claims([invented.reading(t) for t in texts], invented.register)
        ]

    council, league = ("council", "North Bank Council"), ("league", "Hill League")
    assert run(council, league) == run(league, council)
