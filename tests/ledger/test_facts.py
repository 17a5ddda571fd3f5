"""Facts, runs and judgements: what stands now, and what stood before."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pactwatch.errors import CaseError
from pactwatch.ledger import Ledger
from pactwatch.model import Fact, Judgement, Verdict

from .conftest import AT, BY, fact, intake


@pytest.fixture
def document(ledger: Ledger) -> str:
    """The id of a document in the case."""
    ledger.add_source(intake(), BY, AT)
    return ledger.documents()[0].id


def record(ledger: Ledger, document: str, room: str, *facts: Fact, version: str = "1") -> None:
    """A run of a room."""
    ledger.record(document, room, facts, room, version, BY, AT)


def test_facts_come_back_as_they_were_given_in_order(ledger: Ledger, document: str) -> None:
    """Bodies keep numbers, nothing, lists and any script."""
    given = [fact("c2", words="لا", share=0.25, none=None, spans=[[1, 2]]), fact("c1", kind="place", ok=True)]
    record(ledger, document, "claims", *given)
    assert ledger.facts() == given
    assert ledger.facts(kind="place") == [given[1]]
    assert ledger.facts(document="other") == []


def test_a_run_supersedes_only_its_own_room_of_its_own_document(ledger: Ledger, document: str) -> None:
    """Reading one text anew does not touch what other rooms found, nor other texts."""
    ledger.add_source(intake("The Government welcomes the talks.\n", "w.txt"), BY, AT)
    other = ledger.documents()[1].id
    record(ledger, document, "claims", fact("c1"), fact("c2"))
    record(ledger, document, "link", fact("l1"))
    record(ledger, other, "claims", fact("d1"))
    record(ledger, document, "claims", fact("c3"), version="2")
    assert [f.id for f in ledger.facts()] == ["l1", "d1", "c3"]
    record(ledger, document, "claims", version="3")
    assert [f.id for f in ledger.facts()] == ["l1", "d1"]


def test_what_was_superseded_stays_in_the_log(ledger: Ledger, document: str) -> None:
    """Nothing that a reader ever found is lost."""
    record(ledger, document, "claims", fact("c1", act="shelling"))
    record(ledger, document, "claims", fact("c1", act="raid"))
    logged = [entry.body["body"]["act"] for entry in ledger.log() if entry.kind == "fact"]
    assert logged == ["shelling", "raid"]


def test_a_run_that_finds_the_same_leaves_the_facts_alone(ledger: Ledger, document: str) -> None:
    """Checking a case every day does not fill its log with copies; that there was a run is logged."""
    facts = [fact("c1", act="shelling"), fact("c2", act="raid")]
    record(ledger, document, "claims", *facts)
    record(ledger, document, "claims", *facts)
    assert [entry.kind for entry in ledger.log()][-4:] == ["run", "fact", "fact", "run"]
    record(ledger, document, "claims", *reversed(facts))
    assert ledger.facts() == facts[::-1]


def test_a_new_version_of_a_reader_writes_its_facts_anew(ledger: Ledger, document: str) -> None:
    """Who made a fact, and in which version, is part of it."""
    record(ledger, document, "claims", fact("c1"), version="1")
    record(ledger, document, "claims", fact("c1"), version="2")
    assert [e.body["made_version"] for e in ledger.log() if e.kind == "fact"] == ["1", "2"]


def test_a_machine_fact_stays_machine_until_a_person_judges_it(ledger: Ledger, document: str) -> None:
    """Law 8: reading anew, a new version, another room or a judgement of another fact do not change its state."""
    record(ledger, document, "claims", fact("c1"), fact("c2"))
    assert ledger.state("c1") == "machine"
    record(ledger, document, "claims", fact("c1", certainty=1.0), fact("c2"), version="9")
    record(ledger, document, "link", fact("l1"))
    ledger.judge(Judgement(subject="c2", verdict=Verdict.REJECTED, by=BY, at=AT))
    assert ledger.state("c1") == "machine"
    ledger.judge(Judgement(subject="c1", verdict=Verdict.ACCEPTED, by=BY, at=AT))
    assert ledger.state("c1") == "accepted"


def test_a_judgement_outlives_every_run_and_is_never_an_edit(ledger: Ledger, document: str) -> None:
    """Law 8: the machine never supersedes a person; a second judgement stands beside the first."""
    record(ledger, document, "claims", fact("c1", act="raid"))
    first = Judgement(subject="c1", verdict=Verdict.CORRECTED, by=BY, at=AT, corrections=(("act", "shelling"),))
    ledger.judge(first)
    record(ledger, document, "claims", fact("c1", act="raid"), version="2")
    assert ledger.state("c1") == "corrected"
    assert ledger.facts(kind="claim")[0].body == {"act": "raid"}
    second = Judgement(subject="c1", verdict=Verdict.REJECTED, by="B. Monitor", at=AT, note="another village")
    ledger.judge(second)
    assert ledger.judgements() == [first, second]
    assert ledger.state("c1") == "rejected"


def test_a_judgement_needs_a_person(ledger: Ledger) -> None:
    """Nobody's review is no review."""
    with pytest.raises(CaseError, match="name"):
        ledger.judge(Judgement(subject="c1", verdict=Verdict.ACCEPTED, by=" ", at=AT))


def test_the_log_alone_rebuilds_everything(full: Ledger) -> None:
    """Thrown away and made anew, the tables, the answers and the search are the same."""
    before = (full.facts(), full.documents(), full.sources(), full.judgements(), full.counts(), full.search("karsa"))
    full.rebuild()
    after = (full.facts(), full.documents(), full.sources(), full.judgements(), full.counts(), full.search("karsa"))
    assert before == after
    assert full.verify() == []


RUNS = st.lists(
    st.tuples(
        st.sampled_from(["claims", "link", "times"]),
        st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 2)), max_size=4),
        st.sampled_from(["1", "2"]),
    ),
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(runs=RUNS)
def test_after_any_runs_each_rooms_last_run_stands(ledger: Ledger, document: str, runs: list[object]) -> None:
    """Whatever was run in whatever order, what stands is what each room found last; and the log rebuilds it."""
    last: dict[str, list[Fact]] = {}
    for room in ("claims", "link", "times"):
        record(ledger, document, room)
    for room, found, version in runs:  # type: ignore[misc]
        last[room] = [fact(f"{room}-{name}", value=value) for name, value in found]
        record(ledger, document, room, *last[room], version=version)
    by_room: dict[str, list[Fact]] = {}
    for one in ledger.facts():
        by_room.setdefault(one.id.split("-")[0], []).append(one)
    assert by_room == {room: facts for room, facts in last.items() if facts}
    assert ledger.verify() == []
    before = ledger.facts()
    ledger.rebuild()
    assert ledger.facts() == before
