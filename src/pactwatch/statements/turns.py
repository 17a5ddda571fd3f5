"""Speaker turns, threads, reprinted statements and block quotes, told by the shape of their lines."""

import re
from collections import Counter
from dataclasses import dataclass

from pactwatch.model import Document, IssuerType, Statement
from pactwatch.model.text import Span
from pactwatch.statements.voices import Owner, owner_of

# "NAME:", "Col. A. Name:", "Q:", "@handle:" at the start of a line. Errs towards missing a turn: a label that stands
# once only, or that reads like a heading word ("Note:"), opens no turn.
_TURN = re.compile(
    r"^[ \t>*_]*(?P<name>@\w{2,30}|[QA]\d?|(?:[A-Z][\w.'’-]*)(?:[ \t]+(?:[A-Z][\w.'’-]*|of|the|de|al|for|and)){0,6})"
    r"(?:[ \t]*\([^)\n]{1,60}\))?[ \t*_]*(?P<mark>:|[·•|–—][^\n:]{0,40}\n)[ \t]*",
    re.MULTILINE,
)
_HEADINGS = frozenset(
    "note re subject date from to ref reference cc contact source translation annex attachment background update "
    "correction summary location time place casualties end status topic distribution copy media press sent via attn tel "
    "email phone editor place priority classification reported type warning object points remarks".split()
)
_QUESTION = re.compile(
    r"^(?:q\d?|question|interviewer|reporter|journalist|moderator|host|presenter|asked|correspondent)$", re.I
)
_REPRINT = re.compile(
    r"^[^\n]{0,200}?\b(?:statement|communiqu[eé]|letter|declaration|message|text)\b[^\n:]{0,60}?\b(?:of|by|from|issued by)\b"
    r"[ \t]+(?P<name>(?:the[ \t]+)?[A-Z][^\n:,;]{2,80}?)(?:[ \t,]+[^\n:]{0,60})?\b(?:follows|reads(?: as follows)?|in full)\b[^\n:]{0,40}:[ \t]*\n",
    re.MULTILINE,
)
_REPRINT_END = re.compile(
    r"^[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,}|#{3,}|ENDS?\b.*|\(?End of (?:text|statement)\)?.*)[ \t]*$", re.M | re.I
)


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a turn begins, where its words begin, and the place of its speaker's name."""

    start: int
    words: int
    name: tuple[int, int]


def passages_by_voice(document: Document) -> tuple[Statement, ...]:
    """Return statements that cover the whole text in order."""
    turns = _turns(document.text)
    if turns:
        return _statements_of_turns(document, turns)
    reprint = _REPRINT.search(document.text)
    if reprint:
        return _statements_of_reprint(document, reprint)
    return (_own(document, 0, len(document.text)),)


def _turns(text: str) -> list[_Opening]:
    """Openings of turns, where at least two labels repeat or two different ones alternate."""
    found = [m for m in _TURN.finditer(text) if m["name"].casefold() not in _HEADINGS and len(m["name"]) < 60]
    names = Counter(m["name"].casefold() for m in found)
    real = [
        m for m in found if names[m["name"].casefold()] > 1 or m["name"].startswith("@") or _QUESTION.match(m["name"])
    ]
    if len(real) < 2 or (len(names) < 2 and not real[0]["name"].startswith("@")):
        return []
    if any(_QUESTION.match(m["name"]) for m in real):
        real = [m for m in found if names[m["name"].casefold()] > 1 or len(real) > 3 or m in real]
    return [_Opening(m.start(), m.end(), m.span("name")) for m in real]


def _statements_of_turns(document: Document, turns: list[_Opening]) -> tuple[Statement, ...]:
    found = [_own(document, 0, turns[0].start)] if document.text[: turns[0].start].strip() else []
    names = [document.text[slice(*turn.name)] for turn in turns]
    answerers = {n for n in names if not _QUESTION.match(n)}
    ends = [turn.start for turn in turns[1:]] + [len(document.text)]
    for turn, name, end in zip(turns, names, ends, strict=True):
        owner = owner_of(name, document, alone=len(answerers) == 1)
        found.append(_statement(document, turn, name, end, owner))
    return tuple(s for s in found if s.span.end > s.span.start)


def _statement(document: Document, turn: _Opening, name: str, end: int, owner: Owner) -> Statement:
    if _QUESTION.match(name):
        return _voiced(document, turn.words, end, turn.name, IssuerType.PRESS)
    if owner is Owner.ISSUER:
        return _own(document, turn.words, end)
    return _voiced(document, turn.words, end, turn.name, IssuerType.UNKNOWN)


def _statements_of_reprint(document: Document, reprint: re.Match[str]) -> tuple[Statement, ...]:
    close = _REPRINT_END.search(document.text, reprint.end())
    end = close.start() if close else len(document.text)
    head = _own(document, 0, reprint.end())
    name = document.text[slice(*reprint.span("name"))]
    inside = (
        _own(document, reprint.end(), end)
        if owner_of(name, document, alone=False) is Owner.ISSUER
        else _voiced(document, reprint.end(), end, reprint.span("name"), IssuerType.UNKNOWN)
    )
    rest = [_own(document, end, len(document.text))] if document.text[end:].strip() else []
    return tuple(s for s in (head, inside, *rest) if document.text[s.span.start : s.span.end].strip())


def _own(document: Document, start: int, end: int) -> Statement:
    return Statement(document_id=document.id, span=Span(start=start, end=end))


def _voiced(document: Document, start: int, end: int, name: tuple[int, int], kind: IssuerType) -> Statement:
    return Statement(
        document_id=document.id, span=Span(start=start, end=end), voice=document.quote(*name), voice_type=kind
    )
