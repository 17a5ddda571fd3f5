"""Answers to one question about a case, each as lines for the terminal and as plain values for programs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from pactwatch.model import Checked
from pactwatch.views.accounts import incident_lines, incident_pages
from pactwatch.views.by_clause import clause_page_lines, clause_pages, untouched
from pactwatch.views.claim_page import claim_page, claim_page_lines
from pactwatch.views.due import due, due_lines
from pactwatch.views.summary import CAUTION, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer twice: `lines` to read, and `plain` (dicts, lists, strings, numbers) under `pactwatch-NAME/1`.

    A field may be added within a version, none renamed or removed.
    """

    lines: tuple[Line, ...]
    plain: Mapping[str, Any]


def _answer(checked: Checked, name: str, body: Any, lines: tuple[Line, ...]) -> Answer:
    head = {"format": f"pactwatch-{name}/1", "title": checked.title, "asserts": CAUTION}
    return Answer(lines=lines, plain=head | msgspec.to_builtins(body))


def incidents_answer(checked: Checked, *, state: str | None = None) -> Answer:
    """Return the incidents, of one state where it is named: what each speaker says, and what each leaves out."""
    pages = incident_pages(checked, state=state)
    return _answer(checked, "incidents", {"incidents": pages}, incident_lines(pages))


def clauses_answer(checked: Checked, *, clause: str | None = None) -> Answer:
    """Return the clauses that claims touch with the four answers, and those that none touches; or one clause alone."""
    pages = clause_pages(checked, clause=clause)
    left = untouched(checked) if clause is None else ()
    return _answer(checked, "clauses", {"clauses": pages, "untouched": left}, clause_page_lines(pages, left))


def due_answer(checked: Checked, as_of: dt.date) -> Answer:
    """Return what is owed by when as of a day, and what is said of it."""
    found = due(checked, as_of)
    return _answer(checked, "due", found, due_lines(found))


def claim_answer(checked: Checked, name: str) -> Answer | None:
    """Return everything known of the claim of that id or number (`2.5`); None where there is none."""
    page = claim_page(checked, name)
    return _answer(checked, "why", page, claim_page_lines(page)) if page else None
