"""Speaker turns, threads, reprinted statements and block quotes, told by the shape of their lines."""

import re
from collections import Counter
from dataclasses import dataclass, replace

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
# "Display Name @handle" alone on a line opens a post, in a thread as people copy it; a mark may say that it replies.
_POST = re.compile(
    r"^[ \t>*_↳→]*(?!(?i:replying|reply|via|rt|cc)\b)(?P<name>[^\s@:][^@:\n]{1,58}?)[ \t]+(?P<handle>@\w{2,30})"
    r"(?:[ \t]*[·•|–—-][^\n]{0,40})?[ \t]*\n",
    re.MULTILINE,
)
_HEADINGS = frozenset(
    [
        "note",
        "re",
        "subject",
        "date",
        "from",
        "to",
        "ref",
        "reference",
        "cc",
        "contact",
        "source",
        "translation",
        "annex",
        "attachment",
        "background",
        "update",
        "correction",
        "summary",
        "location",
        "time",
        "place",
        "casualties",
        "end",
        "status",
        "topic",
        "distribution",
        "copy",
        "media",
        "press",
        "sent",
        "via",
        "attn",
        "tel",
        "email",
        "phone",
        "editor",
        "place",
        "priority",
        "classification",
        "reported",
        "type",
        "warning",
        "object",
        "points",
        "remarks",
        "guest",
        "interviewee",
    ]
)
_ANSWER = re.compile(r"^(?:a\d?|answer|reply)$", re.I)
_QUESTION = re.compile(
    r"^(?:q\d?|question|interviewer|reporter|journalist|moderator|host|presenter|asked|correspondent)$", re.I
)
_ASKED_OR_ANSWERED = re.compile(f"{_QUESTION.pattern}|{_ANSWER.pattern}", re.I)
_REPRINT = re.compile(
    r"^[^\n]{0,300}?\b(?:following|text|full|below|verbatim|as follows|reads|in full|carry|reprint|"
    r"translation)\b[^\n]{0,200}?$",
    re.M | re.I,
)
_REPRINTED = re.compile(
    r"\b(?:statement|communiqu[eé]|letter|declaration|message|appeal|text)\b(?: [\w'’]+){0,4}? (?:of|by|"
    r"from|issued by|signed by) (?P<name>(?:the )?[^\n,;:()]{3,90}?)"
    r"(?=,|;|:|\.|\n| (?:which|that|reads|follows|in full|was|is|on|dated|with|issued|received)\b|$)"
)
_REPRINT_END = re.compile(
    r"^[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,}|#{3,}|ENDS?\b.*|\(?End of (?:text|statement)\)?.*)[ \t]*$", re.M | re.I
)


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a turn begins, where its words begin, and the place of its speaker's name; a post has a handle too."""

    start: int
    words: int
    name: tuple[int, int]
    handle: str = ""


def passages_by_voice(document: Document) -> tuple[Statement, ...]:
    """Return statements that cover the whole text in order."""
    turns = _posts(document.text) or _turns(document.text)
    if turns:
        return _statements_of_turns(document, turns)
    reprint = _reprint(document.text)
    if reprint:
        return _statements_of_reprint(document, *reprint)
    return (_own(document, 0, len(document.text)),)


def _posts(text: str) -> list[_Opening]:
    """Openings of posts, where at least two lines name their authors with handles."""
    found = [_Opening(m.start(), m.end(), m.span("name"), m["handle"]) for m in _POST.finditer(text)]
    return found if len(found) > 1 else []


def _turns(text: str) -> list[_Opening]:
    """Openings of turns, where at least two labels repeat or two different ones alternate."""
    found = [m for m in _TURN.finditer(text) if m["name"].casefold() not in _HEADINGS and len(m["name"]) < 60]
    names = Counter(m["name"].casefold() for m in found)
    again = {name for name in names if names[name] > 1 or any(_part_of(name, other) for other in names)}
    real = [
        m
        for m in found
        if m["name"].casefold() in again or m["name"].startswith("@") or _ASKED_OR_ANSWERED.match(m["name"])
    ]
    if len(real) < 2 or (len(names) < 2 and not real[0]["name"].startswith("@")):
        return []
    if any(_QUESTION.match(m["name"]) for m in real):
        real = [m for m in found if m["name"].casefold() in again or len(real) > 3 or m in real]
    return [_Opening(m.start(), m.end(), m.span("name")) for m in real]


def _part_of(name: str, other: str) -> bool:
    """True where one of two labels is a part of the other: "AKIMU" and "ROSE AKIMU"."""
    one, two = set(name.split()), set(other.split())
    return one < two or two < one


def _statements_of_turns(document: Document, turns: list[_Opening]) -> tuple[Statement, ...]:
    found = [_own(document, 0, turns[0].start)] if document.text[: turns[0].start].strip() else []
    turns = _in_full(document.text, _answers_named(document.text, turns))
    names = [document.text[slice(*turn.name)] for turn in turns]
    answerers = {n for n in names if not _QUESTION.match(n)}
    asked = len(answerers) < len(set(names))
    ends = [turn.start for turn in turns[1:]] + [len(document.text)]
    for turn, name, end in zip(turns, names, ends, strict=True):
        alone = len(answerers) == 1 or _ANSWER.match(name) is not None or (asked and name == _chief(names))
        owner = owner_of(name, document, alone=alone and not turn.handle)
        if turn.handle and owner is Owner.OTHER:
            owner = owner_of(turn.handle, document, alone=False)
        found.append(_statement(document, turn, name, end, owner))
    return tuple(s for s in found if s.span.end > s.span.start)


_GUEST = re.compile(
    r"^[^\n]{0,80}?\b(?:guest|interviewee|interview with|with|speaker|"
    r"in conversation with)\b[: ]+(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,4})",
    re.M | re.I,
)


def _answers_named(text: str, turns: list[_Opening]) -> list[_Opening]:
    """Give the turns labelled "A:" the name of the one who answers, where the other labels or the head of the text
    tell it.
    """
    names = [text[slice(*turn.name)] for turn in turns]
    if not any(_ANSWER.match(name) for name in names):
        return turns
    named = [
        turn.name
        for turn, name in zip(turns, names, strict=True)
        if not _ANSWER.match(name) and not _QUESTION.match(name)
    ]
    asked = next((turn.start for turn, name in zip(turns, names, strict=True) if _QUESTION.match(name)), 0)
    guest = _GUEST.search(text, 0, asked)
    only = guest.span("name") if guest else named[0] if len({text[slice(*n)] for n in named}) == 1 else None
    if only is None:
        return turns
    return [replace(t, name=only) if _ANSWER.match(n) else t for t, n in zip(turns, names, strict=True)]


def _in_full(text: str, turns: list[_Opening]) -> list[_Opening]:
    """Give turns labelled by a part of a name ("AKIMU:") the place of the whole name, where one other label has it."""
    whole = {turn.name: set(text[slice(*turn.name)].casefold().split()) for turn in turns}
    found = []
    for turn in turns:
        longer = {n for n, words in whole.items() if words > whole[turn.name]}
        names = {text[slice(*n)].casefold() for n in longer}
        found.append(replace(turn, name=min(longer)) if len(names) == 1 else turn)
    return found


def _chief(names: list[str]) -> str:
    """Return who answers most often, "" where nobody does: in an interview that a party publishes, its own man."""
    answered = Counter(name for name in names if not _QUESTION.match(name)).most_common(1)
    return answered[0][0] if answered else ""


def _statement(document: Document, turn: _Opening, name: str, end: int, owner: Owner) -> Statement:
    if _QUESTION.match(name):
        return _voiced(document, turn.words, end, turn.name, IssuerType.PRESS)
    if owner is Owner.ISSUER:
        return _own(document, turn.words, end)
    return _voiced(document, turn.words, end, turn.name, IssuerType.UNKNOWN)


def _reprint(text: str) -> tuple[tuple[int, int], int, int] | None:
    """Return the place of the name of a reprinted statement's author, and where the statement begins and ends.

    "We carry the following statement of X:" and then paragraphs in quotation marks, or all up to a line of dashes
    or "ENDS".
    """
    for line in _REPRINT.finditer(text):
        named = _REPRINTED.search(text, line.start(), line.end())
        if named is None or line.end() - line.start() > 400:
            continue
        start = line.end()
        quoted = _quoted_paragraphs(text, start)
        if quoted is not None:
            return named.span("name"), start, quoted
        if re.search(r":\s*$", line[0]) and len(text) - start > 200:
            close = _REPRINT_END.search(text, start)
            return named.span("name"), start, close.start() if close else len(text)
    return None


def _quoted_paragraphs(text: str, start: int) -> int | None:
    """Return where a run of paragraphs that begin with a quotation mark ends; None where fewer than two follow."""
    end, count = start, 0
    for paragraph in re.finditer(r"[^\n]+(?:\n(?!\n)[^\n]+)*", text[start:]):
        if paragraph[0].lstrip()[:1] not in ('"', "“", "«"):
            break
        end, count = start + paragraph.end(), count + 1
    return end if count >= 2 else None


def _statements_of_reprint(document: Document, named: tuple[int, int], start: int, end: int) -> tuple[Statement, ...]:
    name = document.text[slice(*named)]
    own = owner_of(name, document, alone=False) is Owner.ISSUER
    inside = _own(document, start, end) if own else _voiced(document, start, end, named, IssuerType.UNKNOWN)
    parts = (_own(document, 0, start), inside, _own(document, end, len(document.text)))
    return tuple(s for s in parts if document.text[s.span.start : s.span.end].strip())


def _own(document: Document, start: int, end: int) -> Statement:
    return Statement(document_id=document.id, span=Span(start=start, end=end))


def _voiced(document: Document, start: int, end: int, name: tuple[int, int], kind: IssuerType) -> Statement:
    return Statement(
        document_id=document.id, span=Span(start=start, end=end), voice=document.quote(*name), voice_type=kind
    )
