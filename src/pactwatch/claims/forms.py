"""What is done with an act by saying it, and what was found on the way to that answer."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Form(StrEnum):
    """What is done with an act by saying it."""

    ASSERTION = "assertion"
    DENIAL = "denial"
    ADMISSION = "admission"
    PROMISE = "promise"
    FUTURE = "future"
    THREAT = "threat"
    DEMAND = "demand"
    CONDITION = "condition"
    QUESTION = "question"
    POSSIBILITY = "possibility"


@dataclass(slots=True)
class Mood:
    """What was found on the way up. `cues` names each step; `by` is the head of the one who demands, promises or
    says it.
    """

    form: Form = Form.ASSERTION
    negated: bool = False
    failed: bool = False
    doer: list[Any] | None = None
    by: list[Any] = field(default_factory=list)
    said: list[tuple[Any, list[Any]]] = field(default_factory=list)
    condition: Any | None = None
    blamed: bool = False
    cues: list[tuple[str, Any]] = field(default_factory=list)
    first: Any | None = None
    purpose: bool = False
    hedged: bool = False

    def take(self, form: Form, cue: str, word: Any) -> None:
        """Set the form unless a stronger one stands already."""
        self.cues.append((cue, word))
        if self.form in (Form.ASSERTION, Form.FUTURE, Form.POSSIBILITY):
            self.form = form
