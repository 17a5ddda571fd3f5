"""The words of the condition that a claim hangs on: "if …", "unless …", "should …", "provided …", "failing …"."""

from typing import Any

from pactwatch.claims.grammar import children

_MARKS = frozenset(["if", "unless", "until", "once", "provided", "lest", "whenever", "should"])
_LOOSE = frozenset({"failing", "otherwise"})


def condition_of(verb: Any | None, sentence: Any) -> tuple[Any, Any] | None:
    """Return first and last token of the condition above or beside a verb; None where there is none."""
    at = verb
    for _ in range(6):
        if at is None:
            break
        for child in children(at, "advcl", "prep", "advmod", "mark"):
            found = _conditional(child)
            if found:
                return found
        if at.dep_ in ("xcomp", "ccomp", "conj", "pcomp", "prep") and at.head is not at:
            at = at.head
        else:
            break
    return _loose(sentence)


def _conditional(child: Any) -> tuple[Any, Any] | None:
    words = [c for c in child.children if c.dep_ in ("mark", "advmod", "aux", "prep")]
    first = child.left_edge
    if child.dep_ == "advcl" and (any(w.lower_ in _MARKS for w in words if w.i <= child.i) or first.lower_ in _MARKS):
        return first, _trimmed(child)
    if child.dep_ == "advcl" and first.lower_ in ("as", "so") and first.nbor(1).lower_ == "long":
        return first, _trimmed(child)
    if child.dep_ in ("prep", "advmod") and child.lower_ in ("failing", "unless", "if"):
        return child.left_edge, _trimmed(child)
    return None


def _trimmed(child: Any) -> Any:
    last = child.right_edge
    while last.is_punct and last.i > child.i:
        last = last.nbor(-1)
    return last


def _loose(sentence: Any) -> tuple[Any, Any] | None:
    for token in sentence[:4]:
        if token.lower_ in _LOOSE:
            return token, token
    return None
