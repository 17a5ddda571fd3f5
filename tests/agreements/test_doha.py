"""The agreement of 29 February 2020 that ships: facts in our own words, and what it does not say."""

import datetime as dt

import pytest

from pactwatch import agreements
from pactwatch.model import Act, Agreement, Clause, Modality


@pytest.fixture(scope="module")
def pact() -> Agreement:
    """The agreement as it ships."""
    return agreements.load("doha-2020")


def only(pact: Agreement, clause_id: str) -> Clause:
    """The one wording of a clause."""
    (clause,) = pact.versions(clause_id)
    return clause


def test_it_has_no_problems() -> None:
    """What ships is right and leaves no doubt."""
    assert [str(one) for one in agreements.check("doha-2020")] == []


def test_no_text_is_copied(pact: Agreement) -> None:
    """The published text is not ours to keep: paraphrases only."""
    assert not any(clause.text for clause in pact.clauses)
    assert all(clause.paraphrase for clause in pact.clauses)


@pytest.mark.parametrize(
    ("clause_id", "days"),
    [
        ("DOHA/1/A/1", ["2020-07-13"]),
        ("DOHA/1/A/2", ["2020-07-13"]),
        ("DOHA/1/B", ["2021-04-29"]),
        ("DOHA/1/C", ["2020-03-10", "2020-06-10"]),
        ("DOHA/1/D", ["2020-08-27"]),
        ("DOHA/1/E", ["2020-05-29"]),
        ("DOHA/preamble/3", ["2020-03-10"]),
        ("DOHA/1/F", []),
    ],
)
def test_deadlines(pact: Agreement, clause_id: str, days: list[str]) -> None:
    """135 days after signature are 13 July 2020; the other deadlines are those of the text."""
    assert [one.date().isoformat() for one in only(pact, clause_id).deadlines] == days


def test_who_did_not_sign(pact: Agreement) -> None:
    """The two parties are bound from signature; the Government in Kabul is not, and the file says why."""
    day = dt.date(2020, 3, 1)
    bindings = {party: pact.binding_of(party, day) for party in ("USA", "TALIBAN", "AFG-GOV")}
    assert [one.status for one in bindings.values() if one] == ["bound", "bound", "not_bound"]
    kabul = bindings["AFG-GOV"]
    assert kabul is not None
    assert "did not sign" in kabul.note
    assert not any("AFG-GOV" in clause.obligor for clause in pact.clauses)


def test_the_annexes_are_named_as_unpublished(pact: Agreement) -> None:
    """What is not in the file may stand in the two annexes, and the file says so."""
    assert any("annexes" in part for part in pact.unpublished)


def test_what_the_ban_on_force_reaches_is_left_open(pact: Agreement) -> None:
    """Nothing names night raids or air strikes: for those acts the reading is open, not settled."""
    clause = only(pact, "DOHA/1/F")
    assert clause.reading.startswith("open")
    assert {Act.RAID, Act.AIR_STRIKE} <= set(clause.open_acts)
    others = [one for one in pact.clauses if one.id != "DOHA/1/F"]
    assert not any(act in one.acts for one in others for act in (Act.RAID, Act.AIR_STRIKE))


def test_the_ceasefire_is_an_item_of_an_agenda(pact: Agreement) -> None:
    """The agreement contains no ceasefire: the clause says `should`, and leaves the act open."""
    clause = only(pact, "DOHA/preamble/4")
    assert clause.modality is Modality.SHOULD
    assert Act.CEASEFIRE in clause.open_acts
    assert [one.id for one in pact.clauses if Act.CEASEFIRE in one.acts] == ["DOHA/preamble/4"]


def test_the_second_withdrawal_depends_on_part_two(pact: Agreement) -> None:
    """The complete withdrawal is conditional, and its day is said to be rough."""
    clause = only(pact, "DOHA/1/B")
    assert "part two" in clause.condition
    assert clause.deadline_note.startswith("about")
    assert "1 May 2021" in clause.deadline_note


def test_ids_are_those_of_the_text(pact: Agreement) -> None:
    """Parts, letters and numbers as in the published text, four points of the preamble."""
    assert [clause.id for clause in pact.clauses] == [
        *(f"DOHA/preamble/{n}" for n in range(1, 5)),
        "DOHA/1/A/1",
        "DOHA/1/A/2",
        "DOHA/1/B",
        "DOHA/1/C",
        "DOHA/1/C/2",
        "DOHA/1/D",
        "DOHA/1/E",
        "DOHA/1/F",
        *(f"DOHA/2/{n}" for n in range(1, 6)),
        *(f"DOHA/3/{n}" for n in range(1, 4)),
    ]
