"""Checks of what clauses say of each other: ids, versions, amendments, exceptions."""

import datetime as dt
import re
from collections.abc import Sequence

from pactwatch.agreements.check_ground import cycle
from pactwatch.agreements.check_head import named_twice, valid_day
from pactwatch.agreements.convert import exceptions_both_ways
from pactwatch.agreements.findings import Findings, nearest
from pactwatch.agreements.schema import AgreementFile
from pactwatch.agreements.versions import Laid, instruments, prefix_of, several, under
from pactwatch.agreements.wording import ClauseTable, VersionTable
from pactwatch.model import ClauseRole

_STEP = r"[\w.-]+"
_ID = re.compile(rf"[A-Za-z][A-Za-z0-9-]*(?:/{_STEP})+")


def check_ids(file: AgreementFile, findings: Findings) -> None:
    """Add clause ids that are badly formed, of no instrument, or there twice."""
    prefixes = [one.prefix for one in file.instrument]
    named_twice((one.id for one in file.clause), "clause[%d].id", findings)
    for index, one in enumerate(file.clause):
        path = f"clause[{index}].id"
        if re.search(r"\s", one.id):
            advice = "Write it without them, as in HBA/4/d."
            findings.error("agreement-clause-id", path, f"{one.id!r} has spaces in it", advice)
        elif prefix_of(one.id) not in prefixes:
            what = f"{one.id} begins with no prefix of an instrument"
            findings.error("agreement-clause-id", path, what, nearest(prefix_of(one.id), prefixes, of="Prefixes"))
        elif not _ID.fullmatch(one.id):
            advice = "Write PREFIX/article/paragraph/point, as in HBA/4/d."
            findings.error("agreement-clause-id", path, f"{one.id!r} is no clause id", advice)


def check_versions(file: AgreementFile, findings: Findings) -> None:
    """Add versions that overlap, are older than their clause, or were made by a clause that is not there."""
    signed = {prefix: valid_day(one.signed, "", findings) for prefix, one in instruments(file).items()}
    for index, clause in enumerate(file.clause):
        began = signed.get(prefix_of(clause.id))
        days: list[dt.date] = []
        for at, version in enumerate(clause.version):
            path = f"clause[{index}].version[{at}]"
            day = valid_day(version.from_, f"{path}.from", findings)
            if day is None:
                continue
            _dated(clause, day, began, days, path, findings)
            days.append(day)
            _amender(clause, version, day, file, signed, path, findings)


def _dated(
    clause: ClauseTable, day: dt.date, began: dt.date | None, days: Sequence[dt.date], path: str, findings: Findings
) -> None:
    if began and day < began:
        what = f"a wording of {clause.id} from {day}, before the clause was signed on {began}"
        findings.error("agreement-version", f"{path}.from", what, "Change the day.")
    elif day in days or day == began:
        what = f"two wordings of {clause.id} hold from {day}"
        findings.error("agreement-version", f"{path}.from", what, "Make one of them, or change a day.")


def _amender(
    clause: ClauseTable,
    version: VersionTable,
    day: dt.date,
    file: AgreementFile,
    signed: dict[str, dt.date | None],
    path: str,
    findings: Findings,
) -> None:
    ids = [one.id for one in file.clause]
    for one in several(version.amended_by):
        if one not in ids:
            what = f"{clause.id} is amended by {one}, which is not there"
            findings.error("agreement-amendment", f"{path}.amended_by", what, nearest(one, ids, of="Clauses"))
            continue
        since = signed.get(prefix_of(one))
        if since and day < since:
            what = f"a wording from {day} that {one} made, which was signed on {since}"
            findings.error("agreement-amendment", f"{path}.from", what, "Change the day.")
    if not several(version.amended_by):
        findings.error("agreement-amendment", f"{path}.amended_by", "nothing made this version", "Name the clause.")


def check_amendments(file: AgreementFile, findings: Findings) -> None:
    """Add amendments of clauses that are not there, and amendments that nothing in the file carries out."""
    ids = [one.id for one in file.clause]
    carried = {(one.id, by) for one in file.clause for version in one.version for by in several(version.amended_by)}
    amenders = {by for _, by in carried} | {one.basis for one in file.bound} | {one.basis for one in file.area}
    for index, clause in enumerate(file.clause):
        path = f"clause[{index}]"
        for target in clause.amends:
            if target not in ids:
                what = f"{clause.id} amends {target}, which is not there"
                findings.error("agreement-amendment", f"{path}.amends", what, nearest(target, ids, of="Clauses"))
            elif (target, clause.id) not in carried:
                what = f"{clause.id} amends {target}, and {target} has no version that it made"
                advice = f'Add [[clause.version]] with amended_by = "{clause.id}" below {target}.'
                findings.error("agreement-amendment", f"{path}.amends", what, advice)
        if clause.role is ClauseRole.AMENDMENT and clause.id not in amenders and not clause.amends:
            what = f"{clause.id} is an amendment, and nothing in the file says what it changed"
            findings.doubt("agreement-amendment", path, what, "Add `amends`, and the version that it made.")


def check_exceptions(laid: Sequence[Laid], findings: Findings) -> None:
    """Add exceptions that are not there, that except from themselves in a circle, or from nothing."""
    ids = list(dict.fromkeys(one.id for one in laid))
    for one in laid:
        for field in ("exceptions", "excepts"):
            for wanted in getattr(one.wording, field) or ():
                if not under(wanted, ids):
                    what = f"{one.id} names {wanted}, which is not there"
                    advice = nearest(wanted, ids, of="Clauses")
                    findings.error("agreement-exception", f"{one.path}.{field}", what, advice)
    both = exceptions_both_ways(laid)
    chain = cycle(both)
    if chain:
        at = next(one.path for one in laid if one.id == chain[0])
        what = f"clauses that except from each other: {' → '.join(chain)}"
        findings.error("agreement-exception", at, what, "Say which one is the rule and which the exception.")
    excepting = {special for specials in both.values() for special in specials}
    for one in laid:
        if one.wording.role is ClauseRole.EXCEPTION and one.id not in excepting:
            what = f"{one.id} is an exception to nothing"
            findings.doubt("agreement-exception", one.path, what, "Add `excepts`.")
