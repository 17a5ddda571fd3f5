"""How a check says what it found: a place in the file, what is wrong and what to do."""

import difflib
from collections.abc import Iterable

from pactwatch.agreements.shelf import Sheet
from pactwatch.handwritten import line_of
from pactwatch.model import Problem, Severity

_LIKE_SHARE = 0.5
"""How alike a word and the one meant must be (difflib's ratio): half, so that two-letter prefixes are found too."""


class Findings:
    """Collects the problems of one file, each with its line."""

    def __init__(self, found: Sheet) -> None:
        self._sheet = found
        self._problems: list[Problem] = []

    def error(self, code: str, path: str, what: str, advice: str) -> None:
        """Note what keeps the file from being used."""
        self._add(code, path, what, advice, Severity.ERROR)

    def doubt(self, code: str, path: str, what: str, advice: str) -> None:
        """Note what is probably not meant, or will make answers `unknown`."""
        self._add(code, path, what, advice, Severity.WARNING)

    def _add(self, code: str, path: str, what: str, advice: str, severity: Severity) -> None:
        problem = Problem(
            code=code,
            where=self._sheet.file,
            what=what if what.endswith((".", "!", "?")) else what + ".",
            advice=advice,
            line=line_of(self._sheet.text, path),
            field=path or None,
            severity=severity,
        )
        if problem not in self._problems:
            self._problems.append(problem)

    def all(self) -> tuple[Problem, ...]:
        """Return the problems in the order of their lines."""
        return tuple(sorted(self._problems, key=lambda one: (one.line or 0, one.field or "")))


def nearest(word: str, valid: Iterable[str], *, of: str) -> str:
    """Return advice for a word that is none of `valid`: the nearest one, or all of them."""
    names = list(valid)
    by_lower = {name.lower(): name for name in names}
    near = difflib.get_close_matches(word.lower(), list(by_lower), n=1, cutoff=_LIKE_SHARE)
    if near:
        return f"Did you mean {by_lower[near[0]]}?"
    return f"{of}: {', '.join(names)}." if names else f"{of}: none yet."
