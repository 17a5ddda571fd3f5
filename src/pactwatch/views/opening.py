"""Where to start reading: a few things that a monitor would want to see first, chosen by rules that know no name."""

from collections import Counter
from dataclasses import dataclass

from pactwatch.model import Answer, Checked, Incident, IncidentState
from pactwatch.views.findings import Finding
from pactwatch.views.lookup import Lookup
from pactwatch.views.sides import balanced
from pactwatch.views.told import document_name
from pactwatch.views.wording import STATES, counted, joined, when_text

PAIRS_SHOWN = 3
"""How many contested incidents are shown with both accounts at the top; the rest stand in their own part."""

STRONG_SHARE = 0.05
"""A match that one in twenty equally vague claims would find by chance is the usual bound for "not by chance"."""

ALLEGATIONS = ("accusation", "report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A contested incident with what is said on the one hand and on the other, each in full."""

    title: str
    state: str
    incident_id: str
    said: tuple[Finding, ...]
    denied: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """One thing worth seeing: a heading, a sentence, and the numbers of the findings that it stands on."""

    title: str
    text: str
    numbers: tuple[str, ...] = ()
    anchor: str = ""


def pairs(checked: Checked, found: tuple[Finding, ...]) -> tuple[Pair, ...]:
    """Return the contested incidents with most versions, each with accounts of both hands."""
    by_id = {one.claim_id: one for one in found}
    contested = [one for one in checked.incidents if one.state is IncidentState.CONTESTED]
    chosen = sorted(contested, key=lambda one: (-len(one.claim_ids), one.id))
    found_pairs = [pair for pair in (_pair(one, by_id) for one in chosen) if pair]
    return tuple(balanced(found_pairs, lambda pair: pair.said[0].side, PAIRS_SHOWN))


def _pair(incident: Incident, by_id: dict[str, Finding]) -> Pair | None:
    """The first denial of an allegation, and that allegation; a pair stands only where both are at hand."""
    here = [by_id[claim] for claim in incident.claim_ids if claim in by_id]
    for denial in (one for one in here if one.kind == "denial"):
        denied = [by_id[r.claim_id] for r in denial.relations if r.relation == "denies" and r.claim_id in by_id]
        said = [one for one in denied if one.kind in ALLEGATIONS] or denied
        if said:
            return Pair(
                title=incident.title,
                state=STATES[incident.state],
                incident_id=incident.id,
                said=tuple(said[:1]),
                denied=(denial,),
            )
    return None


def pointers(checked: Checked, found: tuple[Finding, ...], lookup: Lookup) -> tuple[Pointer, ...]:
    """Return what else is worth seeing first; nothing is said where there is nothing to say."""
    every = (*_datings(checked), *_not_applying(found, lookup), *_records(found), *_unseen(found))
    return tuple(one for one in every if one)


def _datings(checked: Checked) -> list[Pointer]:
    return [
        Pointer(
            title="Header and text disagree",
            text=(
                f"Document {at} ({document_name(reading.document)}) bears one date in its header; "
                f"its text shows that it was written {when_text(reading.dating.written)}."
            ),
            anchor=f"d{at}",
        )
        for at, reading in enumerate(checked.readings, start=1)
        if reading.dating.agrees is False
    ]


_TESTS = (
    ("in_force", "it had no effect then"),
    ("in_area", "it does not reach that place"),
    ("bound", "it does not bind that actor"),
)


def _not_applying(found: tuple[Finding, ...], lookup: Lookup) -> list[Pointer]:
    """Allegations that touch a clause which, even if they are true, does not apply for a reason other than the act."""
    reasons: Counter[str] = Counter()
    numbers: list[str] = []
    for finding in (one for one in found if one.kind in ALLEGATIONS):
        links = lookup.clauses.get(finding.claim_id, ())
        failing = [
            why
            for field, why in _TESTS
            if any(getattr(link.applicability, field).answer is Answer.NOT_MET for link in links)
        ]
        reasons.update(failing)
        numbers += [finding.number] if failing else []
    if not numbers:
        return []
    said = joined([f"{why} ({n})" for why, n in reasons.most_common()])
    text = f"{counted(len(numbers), 'allegation')} touch a clause that would not apply even if true: {said}."
    return [Pointer(title="Clauses that do not reach", text=text, numbers=tuple(numbers))]


def _records(found: tuple[Finding, ...]) -> list[Pointer]:
    near = [one for one in found if one.records]
    if not near:
        return []
    strong = [one for one in near if any(r.supports and r.chance_share <= STRONG_SHARE for r in one.records)]
    rests = [one for one in near if not any(r.supports for r in one.records)]
    text = (
        f"{counted(len(near), 'claim')} of {len(found)} have a record near them. For {len(strong)} of these there is "
        f"an independent record that a claim as vague would find by chance in at most 5 % of cases. For {len(rests)} "
        f"no record supports the speaker: each rests on the speaker's own word, or nobody says on whose."
    )
    return [Pointer(title="What a record is worth", text=text, numbers=tuple(one.number for one in strong))]


def _unseen(found: tuple[Finding, ...]) -> list[Pointer]:
    alleged = [one for one in found if one.kind in ALLEGATIONS]
    unseen = [one for one in alleged if not one.seen.observed]
    if not unseen:
        return []
    text = (
        f"For {len(unseen)} of {counted(len(alleged), 'alleged act')} no log shows that anybody looked there and then. "
        f"That is no sign that nothing happened."
    )
    return [Pointer(title="Where nobody looked", text=text, anchor="unobserved")]
