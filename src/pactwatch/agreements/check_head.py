"""Checks of what stands before the clauses: names, zone, instruments, who is bound."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from pactwatch.agreements import moments
from pactwatch.agreements.findings import Findings, nearest
from pactwatch.agreements.moments import NotATime
from pactwatch.agreements.schema import AgreementFile

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_CLAUSE_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?:/[\w.-]+)+")
_PARTY = re.compile(r"[A-Za-z0-9][\w.-]*")


def check_head(file: AgreementFile, findings: Findings) -> None:
    """Add what is wrong or doubtful in the top of the file, its instruments and its bindings."""
    _top(file, findings)
    _instruments(file, findings)
    _bindings(file, findings)


def valid_day(words: str, path: str, findings: Findings) -> dt.date | None:
    """Return the day, None where there is none or it is wrong; what is wrong with it is added."""
    try:
        return moments.day(words)
    except NotATime as error:
        findings.error("agreement-time", path, str(error), "")
        return None


def ordered(since: dt.date | None, until: dt.date | None, path: str, findings: Findings) -> None:
    """Add an error where a period ends before it begins."""
    if since and until and until < since:
        findings.error("agreement-time", f"{path}.until", f"it ends on {until}, before {since}", "Change one of them.")


def overlapping(spans: Sequence[tuple[dt.date | None, dt.date | None]]) -> list[int]:
    """Return the indexes of periods that overlap an earlier one of the list (both days included; None is open)."""
    out = []
    for index, (since, until) in enumerate(spans):
        for other_since, other_until in spans[:index]:
            starts_in_time = since is None or other_until is None or since <= other_until
            ends_late = until is None or other_since is None or other_since <= until
            if starts_in_time and ends_late:
                out.append(index)
                break
    return out


def named_twice(names: Iterable[str], path: str, findings: Findings) -> None:
    """Add an error for each name that an earlier entry of `path` has; `path` has a `%d` for the index."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            findings.error("agreement-duplicate", path % index, f"{name} stands twice", "Give each its own id.")
        seen.add(name)


def actors(file: AgreementFile) -> set[str]:
    """Return the ids of all whom the file names as parties or in `[[bound]]`."""
    return {*file.parties, *(one.party for one in file.bound)}


def _top(file: AgreementFile, findings: Findings) -> None:
    if not _NAME.fullmatch(file.id):
        findings.error("agreement-id", "id", f"{file.id!r} is no name", "Use lower case, digits and single hyphens.")
    try:
        moments.zone(file.zone)
    except NotATime as error:
        findings.error("agreement-time", "zone", str(error), "")
    try:
        moments.hour(file.day_ends)
    except NotATime as error:
        findings.error("agreement-time", "day_ends", str(error), "")
    named_twice(file.parties, "parties", findings) if len(set(file.parties)) < len(file.parties) else None
    for field, value in (("source", file.source), ("licence", file.licence)):
        if not value:
            findings.doubt("agreement-gap", "id", f"the file has no `{field}`", "Say where its words come from.")


def _instruments(file: AgreementFile, findings: Findings) -> None:
    prefixes = [one.prefix for one in file.instrument]
    named_twice(prefixes, "instrument[%d].prefix", findings)
    for index, one in enumerate(file.instrument):
        path = f"instrument[{index}]"
        if not _PREFIX.fullmatch(one.prefix):
            findings.error("agreement-id", f"{path}.prefix", f"{one.prefix!r} is no prefix", "Use letters and digits.")
        signed = valid_day(one.signed, f"{path}.signed", findings)
        if not one.signed:
            findings.error("agreement-time", f"{path}.signed", "there is no day of signature", "Write YYYY-MM-DD.")
        in_force = valid_day(one.in_force, f"{path}.in_force", findings)
        if signed and in_force and in_force < signed:
            findings.doubt("agreement-time", f"{path}.in_force", f"in force before {signed}", "Is one of them wrong?")
        if not one.in_force:
            what = "it does not say when it enters into force"
            findings.doubt("agreement-gap", path, what, "Add `in_force`, or each clause needs its `since`.")
        _hour_of_signature(one.signed_at, f"{path}.signed_at", findings)
        for prefix in one.amends:
            if prefix not in prefixes:
                advice = nearest(prefix, prefixes, of="Prefixes")
                findings.error("agreement-amendment", f"{path}.amends", f"there is no instrument {prefix!r}", advice)
        _signatories(one.signatories, file, path, findings)


def _hour_of_signature(words: str, path: str, findings: Findings) -> None:
    try:
        moments.hour(words or "00:00")
    except NotATime as error:
        findings.error("agreement-time", path, str(error), "")


def _signatories(signatories: Iterable[str], file: AgreementFile, path: str, findings: Findings) -> None:
    known = actors(file)
    for one in signatories:
        party = one.split(":", 1)[0].strip()
        if party not in known:
            advice = nearest(party, sorted(known), of="Known")
            findings.doubt("agreement-party", f"{path}.signatories", f"{party!r} signed, and nothing binds it", advice)


def _bindings(file: AgreementFile, findings: Findings) -> None:
    clauses = {one.id for one in file.clause}
    periods: dict[str, list[tuple[int, dt.date | None, dt.date | None]]] = {}
    for index, one in enumerate(file.bound):
        path = f"bound[{index}]"
        if not _PARTY.fullmatch(one.party):
            findings.error(
                "agreement-party", f"{path}.party", f"{one.party!r} is no party id", "Write it without spaces."
            )
        since = valid_day(one.since, f"{path}.since", findings)
        until = valid_day(one.until, f"{path}.until", findings)
        ordered(since, until, path, findings)
        basis_exists(one.basis, clauses, f"{path}.basis", findings)
        if one.status != "bound" and not (one.basis or one.note):
            findings.doubt("agreement-gap", path, f"{one.party} is {one.status}, and nothing says why", "Add a `note`.")
        periods.setdefault(one.party, []).append((index, since, until))
    for party, entries in periods.items():
        for at in overlapping([(since, until) for _, since, until in entries]):
            advice = "End the earlier one with `until`."
            findings.error("agreement-party", f"bound[{entries[at][0]}].since", f"{party} is told twice then", advice)
    for party in file.parties:
        if party not in periods:
            what = f"{party} is a party, and no [[bound]] says since when it is bound"
            findings.doubt("agreement-gap", "parties", what, "Add one; until then its answer is unknown.")


def basis_exists(basis: str, clauses: set[str], path: str, findings: Findings) -> None:
    """Add an error where a basis is written like a clause id and no clause has it."""
    if _CLAUSE_ID.fullmatch(basis) and basis not in clauses:
        advice = nearest(basis, sorted(clauses), of="Clauses")
        findings.error("agreement-clause-id", path, f"there is no clause {basis}", advice)
