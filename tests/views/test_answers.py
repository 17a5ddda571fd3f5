"""One question about a case each: incidents, clauses, what is due, and everything known of one claim."""

import dataclasses
import datetime as dt
import json
import re
from typing import Any

import pytest
from viewed_pages import leagues, swapped

from pactwatch import views
from pactwatch.codec import encode
from pactwatch.model import (
    Act,
    Amount,
    Checked,
    Clause,
    Count,
    Judgement,
    Kind,
    Verdict,
)
from pactwatch.testing import sample_checked

APRIL_1, APRIL_16 = dt.date(2031, 4, 1), dt.date(2031, 4, 16)


@pytest.fixture(scope="module")
def checked() -> Checked:
    """The sample case."""
    return sample_checked()


def text(answer: views.Answer) -> str:
    """What a terminal shows."""
    return "\n".join(line.text for line in answer.lines)


def plain_of(answer: views.Answer) -> dict[str, Any]:
    """What a program gets."""
    plain: dict[str, Any] = json.loads(encode(answer.plain))
    return plain


def rejected(checked: Checked, claim_id: str) -> Checked:
    """The case in which a person has rejected that claim."""
    judgement = Judgement(subject=claim_id, verdict=Verdict.REJECTED, by="m", at="2031-05-01", note="misread")
    return dataclasses.replace(checked, judgements=(judgement,))


# incidents


def test_each_speaker_has_its_version_and_what_it_leaves_out(checked: Checked) -> None:
    """Accuser and denier stand side by side; who leaves out what the other tells is computed, for both alike."""
    plain = plain_of(views.incidents_answer(checked))
    karsa = plain["incidents"][0]
    accuser, denier = karsa["accounts"]
    assert karsa["state"] == "contested"
    assert accuser["speaker"] != denier["speaker"]
    assert [(one["text"], one["denied"]) for one in denier["what"]] == [("armed attack", True)]
    assert [(one["text"], one["denied"]) for one in accuser["what"]] == [("armed attack", False)]
    assert [one["text"] for one in accuser["where"]] == [one["text"] for one in denier["where"]] != []
    assert denier["leaves_out"] == []


def test_what_only_the_other_tells_is_left_out(checked: Checked) -> None:
    """A count and an act that one speaker alone tells are named, with who tells them."""
    first, *others = checked.readings
    claims = tuple(
        dataclasses.replace(c, counts=(Count(of="killed", value=4),)) if c.id == first.claims[0].id else c
        for c in first.claims
    )
    more = dataclasses.replace(checked, readings=(dataclasses.replace(first, claims=claims), *others))
    accuser, denier = plain_of(views.incidents_answer(more))["incidents"][0]["accounts"]
    assert accuser["how_many"] == [{"text": "killed: 4", "claims": ["1.1"], "denied": False}]
    assert denier["leaves_out"] == [{"field": "how many", "text": "how many killed", "told_by": [accuser["speaker"]]}]
    assert "how many killed – told by" in text(views.incidents_answer(more))


def test_incidents_of_one_state(checked: Checked) -> None:
    """The others are left away."""
    found = plain_of(views.incidents_answer(checked, state="uncontested"))["incidents"]
    assert [one["id"] for one in found] == ["I2"]


def test_a_rejected_claim_is_shown_and_tells_nothing(checked: Checked) -> None:
    """It keeps its place under its speaker, marked, and gives no version of anything."""
    plain = plain_of(views.incidents_answer(rejected(checked, "reply-1")))
    denier = plain["incidents"][0]["accounts"][1]
    assert denier["rejected"] == ["2.1"]
    assert denier["what"] == []
    assert [number for number, _ in denier["says"]] == ["2.1"]


# clauses


def test_a_clause_stands_with_its_claims_and_four_answers(checked: Checked) -> None:
    """Answers, reasons and words of both texts; clauses that no claim touches are named."""
    plain = plain_of(views.clauses_answer(checked))
    by_id = {one["clause"]: one for one in plain["clauses"]}
    attack = by_id["HBA/4/a"]
    assert [one["number"] for one in attack["touching"]] == ["1.1", "2.1"]
    for one in attack["touching"]:
        assert [answer["question"] for answer in one["answers"]] == [question for _, question in views_questions()]
        assert all(answer["word"] and answer["reason"] for answer in one["answers"])
    assert [one["summary"] for one in attack["touching"]] == ["applies", "does not apply"]
    assert not set(plain["untouched"]) & set(by_id)


def views_questions() -> tuple[tuple[str, str], ...]:
    """The four questions in their order."""
    from pactwatch.views.beside import QUESTIONS

    return QUESTIONS


def test_one_clause_alone(checked: Checked) -> None:
    """Nothing else is printed, nor what no claim touches."""
    plain = plain_of(views.clauses_answer(checked, clause="HBA/4/c"))
    assert [one["clause"] for one in plain["clauses"]] == ["HBA/4/c"]
    assert plain["untouched"] == []


# due


def with_duty(checked: Checked, **fields: object) -> Checked:
    """The case with a day and an amount in the clause on prisoners, and with claims of the bulletin changed.

    `fields` change the bulletin's claim on prisoners, which is then said to be the first side's own.
    """
    (agreement,) = checked.agreements
    sides = agreement.parties
    owed = {
        "obligor": sides,
        "deadlines": (dt.datetime(2031, 4, 15, 23, 59, 59),),
        "amounts": tuple(Amount(of="released", value=90, party=one, due=dt.date(2031, 4, 15)) for one in sides),
    }
    clauses = tuple(
        dataclasses.replace(one, **owed) if one.id == "HBA/8/1" else one  # type: ignore[arg-type]
        for one in agreement.clauses
    )
    readings = checked.readings
    if fields:
        bulletin = readings[0]
        claims = tuple(
            dataclasses.replace(one, agent=(), **fields) if one.act is Act.PRISONER_RELEASE else one  # type: ignore[arg-type]
            for one in bulletin.claims
        )
        parties = tuple(p for p in bulletin.parties if not (p.claim_id == "bulletin-5" and p.field == "agent"))
        readings = (dataclasses.replace(bulletin, claims=claims, parties=parties), *readings[1:])
    return dataclasses.replace(
        checked, agreements=(dataclasses.replace(agreement, clauses=clauses),), readings=readings
    )


def states(checked: Checked, as_of: dt.date = APRIL_16) -> list[str]:
    """The states of the two sides' duties, in the order of the agreement's parties."""
    return [one["state"] for one in plain_of(views.due_answer(checked, as_of))["duties"]]


def test_before_its_day_a_duty_is_not_yet_due(checked: Checked) -> None:
    """On the day itself it is not overdue either."""
    assert states(with_duty(checked), APRIL_1) == ["not_yet_due", "not_yet_due"]
    assert states(with_duty(checked), dt.date(2031, 4, 15)) == ["not_yet_due", "not_yet_due"]


def test_after_its_day_a_duty_that_nobody_says_was_done_is_overdue(checked: Checked) -> None:
    """A demand and a promise say that it is owed, and not that it was done."""
    plain = plain_of(views.due_answer(with_duty(checked), APRIL_16))
    first, second = plain["duties"]
    assert (first["state"], second["state"]) == ("overdue", "overdue")
    assert [one["what"] for one in second["said"]] == ["asked", "promised"]
    assert first["amounts"] == ["90 released"]
    assert first["deadline"] == "2031-04-15 23:59"


def test_a_count_that_falls_short_is_done_in_part(checked: Checked) -> None:
    """70 of 90: the rest is overdue, and only for the side that says it of itself."""
    told = with_duty(checked, kind=Kind.COMPLIANCE, counts=(Count(of="released", value=70),))
    first, second = plain_of(views.due_answer(told, APRIL_16))["duties"]
    assert first["state"] == "said_in_part"
    assert first["said"][0]["counts"] == ["70 of 90 released"]
    assert second["state"] == "overdue"
    assert "the rest is overdue" in text(views.due_answer(told, APRIL_16))


def test_said_to_be_done_is_said_by_somebody(checked: Checked) -> None:
    """The whole number settles the state; the claim stands beside it in its own words."""
    told = with_duty(checked, kind=Kind.COMPLIANCE, counts=(Count(of="released", value=90),))
    assert states(told) == ["said_done", "overdue"]
    assert re.search(r"says it was done; 90 of 90 released", text(views.due_answer(told, APRIL_16)))


def test_a_report_that_names_nobody_settles_neither_sides_duty(checked: Checked) -> None:
    """Which side did it is open, and each duty says so (law 9)."""
    told = with_duty(checked, kind=Kind.REPORT)
    assert states(told) == ["said_done_by_nobody_named"] * 2


def test_what_was_said_after_the_day_is_not_known_then(checked: Checked) -> None:
    """As of the day before the bulletin nothing was said; what is left out is counted."""
    told = with_duty(checked, kind=Kind.COMPLIANCE)
    answer = views.due_answer(told, dt.date(2031, 4, 2))
    assert plain_of(answer)["left_out"] == sum(len(one.claims) for one in told.readings)
    assert all(not one["said"] for one in plain_of(answer)["duties"])


def test_a_rejected_claim_settles_nothing(checked: Checked) -> None:
    """A person found that it was misread."""
    told = with_duty(checked, kind=Kind.COMPLIANCE, counts=(Count(of="released", value=90),))
    assert states(rejected(told, "bulletin-5")) == ["overdue", "overdue"]


def test_a_promise_has_its_day_and_its_speaker(checked: Checked) -> None:
    """Promised for 15 April: due after it, not before."""
    for day, state in ((APRIL_16, "overdue"), (dt.date(2031, 4, 15), "not_yet_due")):
        (promise,) = plain_of(views.due_answer(checked, day))["promises"]
        assert (promise["number"], promise["deadline"], promise["state"]) == ("2.3", "2031-04-15", state)


def test_the_older_wording_counts_before_the_day_of_the_newer(checked: Checked) -> None:
    """A protocol that moves a deadline moves it from its own day on."""
    (agreement,) = checked.agreements
    days = {dt.date(2031, 3, 14): dt.datetime(2031, 6, 15), dt.date(2031, 6, 2): dt.datetime(2031, 6, 30)}

    def dated(clause: Clause) -> Clause:
        if clause.id != "HBA/8/1":
            return clause
        return dataclasses.replace(clause, obligor=agreement.parties, deadlines=(days[clause.version],))

    moved = dataclasses.replace(agreement, clauses=tuple(dated(one) for one in agreement.clauses))
    case = dataclasses.replace(checked, agreements=(moved,))
    before, after = (
        {one["deadline"][:10] for one in plain_of(views.due_answer(case, day))["duties"]}
        for day in (dt.date(2031, 6, 1), dt.date(2031, 6, 2))
    )
    assert (before, after) == ({"2031-06-15"}, {"2031-06-30"})


# why


@pytest.mark.parametrize("name", ["1.1", "bulletin-1"])
def test_a_claim_is_found_by_number_and_by_id(checked: Checked, name: str) -> None:
    """Its words in the text, clauses, denial, records, who looked, incident and reviews."""
    answer = views.claim_answer(rejected(checked, "bulletin-1"), name)
    assert answer is not None
    plain = plain_of(answer)
    document = checked.readings[0].document
    assert plain["before"] + plain["finding"]["words"] + plain["after"] in document.text
    assert plain["incident"]["id"] == "I1"
    assert plain["finding"]["relations"][0]["relation"] == "is denied by"
    shown = text(answer)
    for part in ("HBA/4/a@2031-03-14", "is denied by 2.1", "monitors.csv M-1", "8.5 h", "misread", "testing.by-hand"):
        assert part in shown


def test_a_claim_that_is_not_there_is_none(checked: Checked) -> None:
    """The command says so."""
    assert views.claim_answer(checked, "9.9") is None


# all of them


def answers(checked: Checked) -> list[views.Answer]:
    """Every answer about a case."""
    every = [views.claim_answer(checked, one.claim_id) for one in views.findings(checked)]
    asked = [views.incidents_answer(checked), views.clauses_answer(checked), views.due_answer(checked, APRIL_16)]
    return [*asked, *(one for one in every if one)]


def test_nothing_is_confirmed_and_violation_is_never_our_word(checked: Checked) -> None:
    """Laws 4 and 5, outside quotes."""
    for answer in answers(with_duty(checked)):
        ours = re.sub(r"“[^”]*”", "", text(answer))
        assert not re.search(r"(?<!alleged )violat|confirm", ours, re.I)


def test_every_answer_is_json_of_a_named_layout(checked: Checked) -> None:
    """It can be written and read back, and says that nothing is asserted."""
    for answer in answers(checked):
        plain = plain_of(answer)
        assert re.fullmatch(r"pactwatch-(incidents|clauses|due|why)/1", plain["format"])
        assert "says what happened" in plain["asserts"]


def test_sides_exchanged_give_the_same_answers_exchanged() -> None:
    """Law 9: each league in the other's place, and every line is the same with the names exchanged."""
    there, back = answers(with_duty(leagues())), answers(with_duty(leagues(exchanged=True)))
    assert [text(one) for one in there] == [swapped(text(one)) for one in back]
