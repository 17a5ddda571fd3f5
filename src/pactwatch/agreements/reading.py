"""Reading an agreement file: its text decoded, checked and made into an `Agreement`."""

import re

from pactwatch.agreements import convert
from pactwatch.agreements.schema import AgreementFile
from pactwatch.agreements.shelf import Sheet, sheet
from pactwatch.handwritten import decode
from pactwatch.model import Agreement, Problem

_CLAUSE = re.compile(r"\s*\[\[\s*clause\s*\]\]")


def load(name_or_path: str) -> Agreement:
    """Return the agreement of a shipped name or a file."""
    found = sheet(name_or_path)
    file = decode(found.text, found.file, AgreementFile)
    return convert.agreement(file, clause_lines(found))


def check(name_or_path: str) -> tuple[Problem, ...]:
    """Return what is wrong in a file."""
    return ()


def clause_lines(found: Sheet) -> list[int]:
    """Return the 1-based lines at which `[[clause]]` stands."""
    return [number for number, line in enumerate(found.text.splitlines(), start=1) if _CLAUSE.match(line)]
