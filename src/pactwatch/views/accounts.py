"""Incidents: what each speaker says of one thing, side by side, and what each leaves out that another tells.

Speakers come in the order in which they first speak in it, and every account is laid out alike (laws 5 and 9).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pactwatch.model import Checked, Incident
from pactwatch.views.findings import Finding, findings, is_rejected
from pactwatch.views.summary import CAUTION, Line
from pactwatch.views.told import Named
from pactwatch.views.wording import STATES, counted, joined, quoted

DENIAL = "denial"

WHO, WHEN, WHERE, WHAT, HOW_MANY = "who", "when", "where", "what", "how many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One thing as one speaker tells it, and the numbers of the claims that tell it. `denied`: said not to be so."""

    text: str
    claims: tuple[str, ...]
    denied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something that others tell and this speaker does not: `field` is who, when, where, what or how many."""

    field: str
    text: str
    told_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one speaker says in an incident. `says` are its claims in full, as "X says that …: “words”".

    `who` are those who are said to act; `how_many` are counts such as `killed: 2`.
    """

    speaker: str
    party: str | None
    kinds: tuple[str, ...]
    what: tuple[Version, ...]
    who: tuple[Version, ...]
    when: tuple[Version, ...]
    where: tuple[Version, ...]
    how_many: tuple[Version, ...]
    leaves_out: tuple[LeftOut, ...]
    says: tuple[tuple[str, str], ...]
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPage:
    """One incident with its computed state; `rejected` claims of an account are shown and told of nowhere else."""

    id: str
    title: str
    state: str
    state_text: str
    claims: int
    documents: int
    accounts: tuple[Account, ...]


def incident_pages(checked: Checked, *, state: str | None = None) -> tuple[IncidentPage, ...]:
    """Return the incidents, of one state where it is named, in the order in which they were first spoken of."""
    by_id = {one.claim_id: one for one in findings(checked)}
    return tuple(_page(one, by_id) for one in checked.incidents if state in (None, one.state.value))


def page_of(claim_id: str, checked: Checked) -> IncidentPage | None:
    """Return the incident that a claim is a version of; None where it is in none."""
    by_id = {one.claim_id: one for one in findings(checked)}
    return next((_page(one, by_id) for one in checked.incidents if claim_id in one.claim_ids), None)


def _page(incident: Incident, by_id: Mapping[str, Finding]) -> IncidentPage:
    found = [by_id[claim] for claim in incident.claim_ids if claim in by_id]
    by_speaker: dict[str, list[Finding]] = {}
    for finding in found:
        by_speaker.setdefault(finding.speaker.party or finding.speaker.label, []).append(finding)
    bare = [_account(some) for some in by_speaker.values()]
    return IncidentPage(
        id=incident.id,
        title=incident.title,
        state=incident.state.value,
        state_text=STATES[incident.state],
        claims=len(found),
        documents=len({one.document_id for one in found}),
        accounts=tuple(_with_left_out(one, [other for other in bare if other is not one]) for one in bare),
    )


def _account(found: Sequence[Finding]) -> Account:
    told = [one for one in found if not is_rejected(one)]
    speaker = found[0].speaker
    return Account(
        speaker=speaker.label,
        party=speaker.party,
        kinds=tuple(dict.fromkeys(one.kind for one in told)),
        what=_versions(told, lambda one: [one.act]),
        who=_versions(told, lambda one: [_name(agent, one.speaker) for agent in one.agent]),
        when=_versions(told, lambda one: [one.happened.text] if one.happened.when.edtf else []),
        where=_versions(told, lambda one: [p.name if p.resolved else quoted(p.words) for p in one.places]),
        how_many=_versions(told, lambda one: one.counts),
        leaves_out=(),
        says=tuple((one.number, one.says) for one in found),
        rejected=tuple(one.number for one in found if is_rejected(one)),
    )


def _name(agent: Named, speaker: Named) -> str:
    """The label of who acts; "its own side" by its label, so that accounts can be laid side by side."""
    if agent.words == "":
        return speaker.label
    return agent.note if agent.party and agent.note else agent.label


def _versions(found: Iterable[Finding], values: Callable[[Finding], Iterable[str]]) -> tuple[Version, ...]:
    numbers: dict[tuple[str, bool], list[str]] = {}
    for finding in found:
        denied = finding.kind == DENIAL or (finding.negated and finding.kind == "report")
        for value in dict.fromkeys(values(finding)):
            numbers.setdefault((value, denied), []).append(finding.number)
    return tuple(Version(text=text, claims=tuple(some), denied=denied) for (text, denied), some in numbers.items())


def _fields(account: Account) -> dict[tuple[str, str], tuple[Version, ...]]:
    """What an account tells, by field; acts and counts by what they are of, since each may be left out by itself."""
    fields = {(WHO, ""): account.who, (WHEN, ""): account.when, (WHERE, ""): account.where}
    for version in account.what:
        fields[WHAT, version.text] = (version,)
    for version in account.how_many:
        of = version.text.partition(":")[0]
        fields[HOW_MANY, of] = (*fields.get((HOW_MANY, of), ()), version)
    return {field: versions for field, versions in fields.items() if versions}


def _with_left_out(account: Account, others: Sequence[Account]) -> Account:
    own = _fields(account)
    missing: dict[tuple[str, str], list[str]] = {}
    for other in others:
        for field in _fields(other):
            if field not in own:
                missing.setdefault(field, []).append(other.speaker)
    left_out = tuple(
        LeftOut(field=field, text=f"{field} {of}".strip() if field != WHAT else of, told_by=tuple(by))
        for (field, of), by in missing.items()
    )
    return replace(account, leaves_out=left_out)


def incident_lines(pages: Sequence[IncidentPage]) -> tuple[Line, ...]:
    """Return incidents for the terminal: for each its accounts, each account's versions and words."""
    lines = [Line(text=CAUTION, quiet=True)]
    for page in pages:
        lines += [Line(text=page.title, strong=True), *account_lines(page)]
    return (*lines, Line(text=f"{counted(len(pages), 'incident')}.", quiet=True))


def account_lines(page: IncidentPage) -> list[Line]:
    """Return one incident: each thing with every speaker's version of it, what each leaves out, and the claims."""
    said = f"{counted(page.claims, 'claim')} in {counted(page.documents, 'document')}; {page.id}"
    lines = [Line(text=page.state_text, depth=1), Line(text=said, depth=1, quiet=True)]
    for name, versions in _VERSIONS:
        if any(versions(account) for account in page.accounts):
            lines.append(Line(text=name, depth=1, strong=True))
            lines += [
                Line(text=f"{account.speaker}: {version_text(versions(account))}", depth=2) for account in page.accounts
            ]
    left_out = [line for account in page.accounts for line in _left_out_lines(account)]
    lines += [Line(text="left out", depth=1, strong=True), *left_out] if left_out else []
    for account in page.accounts:
        for number, says in account.says:
            rejected = " – rejected by a person" if number in account.rejected else ""
            lines.append(Line(text=f"{number}  {says}{rejected}", depth=1, quiet=True))
    return lines


_VERSIONS: tuple[tuple[str, Callable[[Account], tuple[Version, ...]]], ...] = (
    (WHAT, lambda account: account.what),
    (WHO, lambda account: account.who),
    (WHEN, lambda account: account.when),
    (WHERE, lambda account: account.where),
    (HOW_MANY, lambda account: account.how_many),
)


def _left_out_lines(account: Account) -> list[Line]:
    """What a speaker leaves out, together where the same others tell it."""
    by: dict[tuple[str, ...], list[str]] = {}
    for one in account.leaves_out:
        by.setdefault(one.told_by, []).append(one.text)
    return [
        Line(text=f"{account.speaker}: {'; '.join(texts)} – told by {joined(list(told_by))}", depth=2)
        for told_by, texts in by.items()
    ]


def version_text(versions: Sequence[Version]) -> str:
    """Return one speaker's versions of one thing with the claims that they stand in; `not told` for none."""
    if not versions:
        return "not told"
    return "; ".join(f"{'denied: ' if one.denied else ''}{one.text} ({', '.join(one.claims)})" for one in versions)
