"""Why a passage has no answer: a value, not an exception, because the run goes on."""

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What kept an answer away."""

    UNREACHABLE = "unreachable"
    REQUEST = "request"
    ANSWER = "answer"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Failure:
    """A passage without an answer, and what was the matter in one line."""

    sort: Sort
    what: str
