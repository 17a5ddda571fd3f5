"""A first draft of an agreement file from an agreement's text, for a person to correct.

Everything that was not read, or only guessed, is marked `CHECK` in a comment of its own. A draft without its day of
signature or its parties does not pass `pactwatch agreement check` until a person has put them in.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pactwatch.agreements.outline import Outline, Passage, outline
from pactwatch.agreements.signals import MONTHS, Signals, signals
from pactwatch.model import Modality

MARK = "CHECK"

_SIGNED = re.compile(
    r"\b(?:done|signed|concluded)\b(?: (?:at|in) (?P<place>[^,\n]+?(?:, [A-Z][^,\n]+?)?),?)?"
    r" on (?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: day)?(?: of)? "
    rf"(?P<month>{'|'.join(MONTHS)}),? (?P<year>\d{{4}})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:\bbetween )?(?P<a>(?:[Tt]he )?[A-Z][^,;()]{2,80}?)(?:, (?:of|on) the one (?:part|hand|side))?,? and,? "
    r"(?P<b>(?:the )?[A-Z][^,;()]{2,80}?)"
    r"(?:, (?:of|on) the other(?: (?:part|hand|side))?| \(hereinafter|,? have agreed|,? hereinafter)"
)
"""The two sides, as the first sentence of an agreement names them."""

_SMALL = frozenset({"the", "of", "and", "for", "on", "in", "to", "a", "an"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A drafted file: its text (TOML), how many clauses it has, and how many things are marked for a person."""

    text: str
    clauses: int
    marked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    title: str
    prefix: str
    signed: dt.date | None
    place: str
    parties: Mapping[str, str]


def draft(text: str) -> Draft:
    """Return a draft of the agreement file for a text; one without any article gives a draft without clauses."""
    parts = outline(text)
    head = _head(parts, text)
    blocks = [_top(head, parts), *(_clause(one, head) for one in parts.passages)]
    whole = "\n".join(line for block in blocks for line in (*block, ""))
    marked = sum(line.startswith(f"# {MARK}") or line.endswith(f"# {MARK}") for line in whole.splitlines())
    return Draft(text=whole, clauses=len(parts.passages), marked=marked)


def _head(parts: Outline, text: str) -> _Head:
    title = next((line.strip("#* ") for line in parts.head), "")
    signed = _SIGNED.search(text)
    return _Head(
        title=title,
        prefix="".join(word[0] for word in re.findall(r"[A-Za-z]+", title) if word.lower() not in _SMALL)[:4].upper()
        or "X",
        signed=_date(signed) if signed else None,
        place=(signed["place"] or "").strip() if signed else "",
        parties=_parties(parts.head),
    )


def _date(found: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(found["year"]), MONTHS.index(found["month"].capitalize()) + 1, int(found["day"]))
    except ValueError:
        return None


def _parties(lines: Sequence[str]) -> dict[str, str]:
    """The two that the text opens with, and the last and first words by which it goes on to call them."""
    found = next((one for line in lines if (one := _BETWEEN.search(line))), None)
    if found is None:
        return {}
    full = [re.sub(r"^[Tt]he ", "", found[side]).strip() for side in ("a", "b")]
    words = [[word for word in re.findall(r"[\w'’-]+", name) if word.lower() not in _SMALL] or [name] for name in full]
    ids = ["".join(word[0] for word in some).upper() for some in words]
    if ids[0] == ids[1]:
        ids[1] = f"{ids[1]}-2"
    names = dict(zip(full, ids, strict=True))
    for at, some in enumerate(words):
        # A word that both names have stands for neither.
        own = [word for word in (some[0], some[-1]) if word not in words[1 - at]]
        names |= {word: ids[at] for word in own if word not in names}
    return names


def _top(head: _Head, parts: Outline) -> list[str]:
    year = f"-{head.signed.year}" if head.signed else ""
    name = "-".join(re.findall(r"[a-z0-9]+", head.title.lower()))[:40].strip("-") or "agreement"
    ids = list(dict.fromkeys(head.parties.values()))
    lines = [
        f"# A draft made from a text by `pactwatch agreement draft`. What is marked {MARK} was guessed or not read.",
        "# How to write such a file: docs/how-to/write-an-agreement-file.md.",
        "",
        f"id = {_said(name + year)}",
        f"title = {_said(head.title)}",
        'zone = "UTC"',
        'zone_note = "not read from the text"',
        f"# {MARK} the zone of its times; the days that it counts from; whether its text may be kept (text_licence)",
        f"parties = {_said(ids)}",
        *_party_marks(head),
        'default_area = "everywhere"',
        "",
        "[[instrument]]",
        f"prefix = {_said(head.prefix)}",
        f"title = {_said(head.title)}",
        f"signed = {_said(head.signed.isoformat() if head.signed else MARK)}",
        *([] if head.signed else [f"# {MARK} no day of signature was found in the text"]),
        *([f"place = {_said(head.place)}"] if head.place else []),
        f"# {MARK} in_force and signatories were not read",
        "",
        *(
            line
            for one in ids
            for line in ("[[bound]]", f"party = {_said(one)}", 'status = "bound"', 'basis = "signature"', "")
        ),
        "[[area]]",
        'id = "everywhere"',
        'title = "tied to no place"',
        "everywhere = true",
        f"# {MARK} where it applies was not read: draw its areas, and name them in default_area and the clauses",
    ]
    unread = [line for line in parts.head[1:] if not _SIGNED.search(line)]
    return [*lines, *(f"# {MARK} not read: {_CONTROL.sub(' ', line)}" for line in unread)]


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
"""What no comment of a TOML file may hold."""


def _party_marks(head: _Head) -> Iterator[str]:
    if not head.parties:
        yield f"# {MARK} the parties were not found in the text; write their ids from your register"
    full = {one: name for name, one in reversed(list(head.parties.items()))}
    for one, name in full.items():
        yield f"# {MARK} {one} stands for {name!r}: put in the id of your register"


def _clause(passage: Passage, head: _Head) -> list[str]:
    words = f"{passage.lead} {passage.text}".strip()
    year = head.signed.year if head.signed else None
    read = signals(passage.text, passage.lead, head.parties, year)
    role, modality, marks = _kind(read)
    if role == "obligation":
        marks += [] if read.obligor else ["who owes this was not read"]
        marks += [] if read.acts else ["what act it is about was not read"]
    marks += [f"{one} was not read" for one in read.unread]
    lines = [
        f"# line {passage.line} of the text",
        *(f"# {MARK} {mark}" for mark in marks),
        "[[clause]]",
        f"id = {_said(f'{head.prefix}/{passage.path}')}",
        f"title = {_said(passage.heading)}" if passage.heading else "",
        f"role = {_said(role)}" if role != "obligation" else "",
        f"modality = {_said(modality.value)}",
        f"obligor = {_said(read.obligor)}" if read.obligor and role == "obligation" else "",
        f"acts = {_said([act.value for act in read.acts])}" if read.acts and role != "amendment" else "",
        f"since = {_said(read.since)}" if read.since and role == "obligation" else "",
        f"deadline = {_said(read.deadlines)}" if read.deadlines and modality is Modality.MUST else "",
        f"note = {_said(f'changes {read.amends} of an earlier text')}" if read.amends else "",
        f"paraphrase = {_said(words)}",
    ]
    return [line for line in lines if line]


def _kind(read: Signals) -> tuple[str, Modality, list[str]]:
    """The role and the modality that the words signal, and what a person has to look at."""
    if read.amends:
        what = f"it changes {read.amends}: name the clause in `amends`, and write its new wording as [[clause.version]]"
        return "amendment", Modality.DECLARES, [what]
    if read.defines:
        return "definition", Modality.DECLARES, []
    if read.modality is None:
        return "scope", Modality.DECLARES, ["what it does was not read: no word says must, must not or may"]
    if read.modality is Modality.MAY:
        return "obligation", Modality.MAY, ["it permits something: if it excepts from clauses, make it an `exception`"]
    return "obligation", read.modality, []


def _said(value: str | Iterable[str]) -> str:
    """A value as TOML: its basic strings are those of JSON."""
    plain = value if isinstance(value, str) else list(value)
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")
