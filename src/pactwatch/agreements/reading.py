"""Reading an agreement file: its text decoded, checked and made into an `Agreement`."""

import re
import tomllib
from typing import Any

import msgspec

from pactwatch.agreements import convert, shape
from pactwatch.agreements.check_clauses import ClauseCheck
from pactwatch.agreements.check_ground import check_ground
from pactwatch.agreements.check_head import check_head
from pactwatch.agreements.check_links import check_amendments, check_exceptions, check_ids, check_versions
from pactwatch.agreements.findings import Findings
from pactwatch.agreements.moments import NotATime
from pactwatch.agreements.schema import AgreementFile
from pactwatch.agreements.shelf import Sheet, sheet
from pactwatch.agreements.versions import all_laid
from pactwatch.errors import HandwrittenFileError
from pactwatch.handwritten import decode
from pactwatch.model import Agreement, Problem, Severity

_CLAUSE = re.compile(r"\s*\[\[\s*clause\s*\]\]")


def load(name_or_path: str) -> Agreement:
    """Return the agreement of a shipped name or of a file.

    `UnknownName` lists what ships; `HandwrittenFileError` names the first mistake with file, line, field and what to
    do, and says how many more `check` would show. What is only doubtful does not stop it.
    """
    found = sheet(name_or_path)
    errors = [one for one in _checked(found) if one.severity is Severity.ERROR]
    if errors:
        raise _refusal(errors)
    return convert.agreement(decode(found.text, found.file, AgreementFile), _clause_lines(found))


def check(name_or_path: str) -> tuple[Problem, ...]:
    """Return everything wrong (`error`) or doubtful (`warning`) in a file, all at once, in the order of its lines.

    Each problem names file, line, field and what to do. `UnknownName` and `InputError` as in `load`.
    """
    return _checked(sheet(name_or_path))


def _refusal(errors: list[Problem]) -> HandwrittenFileError:
    first, more = errors[0], len(errors) - 1
    rest = f" ({more} more: `pactwatch agreement check` lists all)" if more else ""
    what = " ".join(part for part in (first.what, first.advice) if part)
    return HandwrittenFileError(first.where, what + rest, line=first.line, field=first.field)


def _clause_lines(found: Sheet) -> list[int]:
    """The 1-based lines at which `[[clause]]` stands."""
    return [number for number, line in enumerate(found.text.splitlines(), start=1) if _CLAUSE.match(line)]


def _checked(found: Sheet) -> tuple[Problem, ...]:
    """Mistakes of form first; what they leave whole is still held against its meaning."""
    findings = Findings(found)
    try:
        raw = tomllib.loads(found.text)
    except tomllib.TOMLDecodeError:
        return (_not_toml(found),)
    shape.misshapen(raw, AgreementFile, findings)
    bad = [one.field or "" for one in findings.all()]
    try:
        file = msgspec.convert(_without(raw, bad), AgreementFile)
    except msgspec.ValidationError:
        return findings.all()
    meaning = Findings(found)
    _meaning(file, meaning)
    later = [one for one in meaning.all() if one.field not in bad]
    return tuple(sorted((*findings.all(), *later), key=lambda one: one.line or 0))


def _not_toml(found: Sheet) -> Problem:
    try:
        decode(found.text, found.file, AgreementFile)
    except HandwrittenFileError as error:
        advice = "Text stands in quotes, lists in [ ], tables under [[name]]."
        return Problem(
            code=shape.CODE, where=found.file, what=error.what, advice=advice, line=error.line, severity=Severity.ERROR
        )
    raise AssertionError("decode reads what tomllib refuses")


def _without(raw: dict[str, Any], bad: list[str]) -> dict[str, Any]:
    """The file without the values that are malformed, so that one typo does not hide the rest; last ones first."""
    steps = [[int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", path)] for path in bad]
    for path in sorted((one for one in steps if one), key=_order, reverse=True):
        holder: Any = raw
        for step in path[:-1]:
            holder = _inside(holder, step)
        if _inside(holder, path[-1]) is not None:
            del holder[path[-1]]
    return raw


def _order(path: list[int | str]) -> list[tuple[int, str]]:
    """Sorts indexes by number and names by letter."""
    return [(step, "") if isinstance(step, int) else (0, step) for step in path]


def _inside(holder: Any, step: int | str) -> Any:
    """What stands in a table or list at a step; None where nothing does."""
    if isinstance(holder, dict):
        return holder.get(step)
    return holder[step] if isinstance(holder, list) and isinstance(step, int) and step < len(holder) else None


def _meaning(file: AgreementFile, findings: Findings) -> None:
    """What can only be seen over the whole file; clauses are looked into where zone, signatures and ids can be read."""
    check_head(file, findings)
    check_ids(file, findings)
    check_versions(file, findings)
    check_amendments(file, findings)
    check_ground(file, findings)
    try:
        laid = tuple(all_laid(file))
        clauses = ClauseCheck(file, laid, findings)
    except (NotATime, KeyError):
        return
    check_exceptions(laid, findings)
    for one in laid:
        clauses.check(one)
