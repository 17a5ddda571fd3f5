"""An agreement as lines to read."""

import datetime as dt

import pytest

from pactwatch import agreements
from pactwatch.errors import UnknownName


def lines(name: str, clause: str | None = None, at: str | None = None) -> list[str]:
    """The texts of a summary."""
    day = dt.date.fromisoformat(at) if at else None
    return [one.text for one in agreements.summary(agreements.load(name), clause=clause, at=day)]


@pytest.mark.parametrize("name", ["harrow-bridge-2031", "doha-2020"])
def test_everything_is_in_it(name: str) -> None:
    """Title, parties, who is bound, every clause with its paraphrase, and every later wording."""
    pact = agreements.load(name)
    text = "\n".join(lines(name))
    assert text.startswith(pact.title)
    assert f"parties: {', '.join(pact.parties)}" in text
    for part in pact.unpublished:
        assert f"not published: {part}" in text
    for binding in pact.bindings:
        assert f"{binding.party}: {binding.status}" in text
    for clause in pact.clauses:
        assert f"{clause.id}  {clause.title}".rstrip() in text
        assert clause.paraphrase in text
        for due in clause.deadlines:
            assert due.date().isoformat() in text


def test_one_clause_with_all_its_versions() -> None:
    """Asked for a clause, it shows that one alone, older wording first."""
    told = lines("harrow-bridge-2031", clause="HBA/5/1")
    assert told[0].startswith("HBA/5/1")
    assert "from 2031-06-02, by OP/2/3:" in told
    assert [("12 hours" in one, "6 hours" in one) for one in told if one.startswith("Units")] == [
        (True, False),
        (False, True),
    ]


def test_an_article_is_all_clauses_under_it() -> None:
    """`HBA/4` is every prohibited act; `HBA/1` is not `HBA/10`."""
    assert len([one for one in lines("harrow-bridge-2031", clause="HBA/4") if one.startswith("HBA/4/")]) == 10
    assert not any(one.startswith("HBA/10") for one in lines("harrow-bridge-2031", clause="HBA/1"))


def test_as_it_stood_on_a_day() -> None:
    """On a day only that day's wording, bindings and areas are shown; what is not there yet says so."""
    may = lines("harrow-bridge-2031", at="2031-05-01")
    assert "DHG: unknown from 2031-03-14 until 2031-06-09 (HBA/1/1)" in may
    assert not any("DHG: bound" in one for one in may)
    assert "OP/6 does not stand yet on 2031-05-01" in may
    assert not any("30 km" in one for one in lines("harrow-bridge-2031", clause="HBA/4/d", at="2031-06-01"))
    assert any("30 km" in one for one in lines("harrow-bridge-2031", clause="HBA/4/d", at="2031-06-02"))


def test_an_unknown_clause_names_the_nearest() -> None:
    """A clause id that is not there is answered with near ones."""
    with pytest.raises(UnknownName, match="HBA/4/"):
        lines("harrow-bridge-2031", clause="HBA/4/z")


def test_no_verdict_and_no_violation_in_our_words() -> None:
    """Law 4: outside the agreement's own text and an alleged one, the word does not occur."""
    for name in agreements.names():
        for one in lines(name):
            if not one.startswith("text: ") and "violation" in one.lower():
                assert "alleged violation" in one.lower(), one
