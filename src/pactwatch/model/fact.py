"""Who made a fact, what a person judged of it, and what went wrong on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The rule, model or person behind a fact. `certainty` is 0 to 1: how probable it is that the fact is right.

    `by` is a dotted name such as `rules` or `resolve.times`; `version` changes when its answers may change.
    """

    by: str
    version: str
    certainty: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.certainty <= 1.0:
            raise ValueError(f"certainty is 0 to 1, not {self.certainty}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that a room found, as the ledger keeps it.

    `kind` names what `body` is (`claim`, `place`, `clause_link` …), `id` comes from the content and is the same in
    every run, `subject` is the id of what the fact is about (a claim, a document). `body` is what JSON can hold.
    """

    kind: str
    id: str
    subject: str
    body: Mapping[str, Any]


class Verdict(StrEnum):
    """What a person decided about a machine-made fact. Law 8: nothing else moves a fact out of `machine`."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A review of one fact by one person; a new record, never an edit.

    `subject` is the id of the fact; `corrections` are pairs of field and new value, in the batch format's spelling.
    """

    subject: str
    verdict: Verdict
    by: str
    at: str
    note: str = ""
    corrections: tuple[tuple[str, str], ...] = ()


class Severity(StrEnum):
    """How much was lost: nothing (`note`), a part (`warning`), the whole item (`error`)."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One odd piece of material, shown to the user while the run goes on.

    `code` is stable and listed in `docs/reference/problems.md`. `where` is the file or document id, with `line` and
    `field` where they apply; `what` says what was found, `advice` what to do about it.
    """

    code: str
    where: str
    what: str
    advice: str = ""
    line: int | None = None
    field: str | None = None
    severity: Severity = Severity.WARNING

    def __str__(self) -> str:
        place = self.where + (f":{self.line}" if self.line is not None else "")
        field = f" [{self.field}]" if self.field else ""
        stop = "" if not self.advice or self.what.endswith((".", "!", "?", "…")) else "."
        advice = f" {self.advice}" if self.advice else ""
        return f"{place}{field}: {self.what}{stop}{advice}"
