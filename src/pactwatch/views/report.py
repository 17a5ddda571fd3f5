"""The report: one page that holds everything, fetches nothing, runs nothing, and may be put before both sides."""

import base64
import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from importlib.resources import files
from itertools import groupby
from pathlib import PurePath
from typing import Any

import jinja2
from markupsafe import Markup, escape

from pactwatch.model import Checked, Incident, IncidentState, Problem, Reading
from pactwatch.views.atlas import map_of
from pactwatch.views.beside import ClauseLine
from pactwatch.views.findings import Finding, certainty_text, findings
from pactwatch.views.highlight import Paragraph, highlighted
from pactwatch.views.lookup import Lookup, of_checked
from pactwatch.views.map_drawing import draw_map
from pactwatch.views.matrix import Matrix, Row, by_article, matrix
from pactwatch.views.opening import pairs, pointers
from pactwatch.views.rows import dating_lines
from pactwatch.views.sides import OTHER_HUE, sides_of
from pactwatch.views.summary import read_text
from pactwatch.views.timeline import timeline_of
from pactwatch.views.timeline_drawing import draw_timeline
from pactwatch.views.told import document_name
from pactwatch.views.wording import ANSWERS, STATES, act_name, counted, day_text, days_text

OPEN_FINDINGS = 40
"""Up to this many findings, each card is unfolded on the screen; on paper all are."""

OPEN_INCIDENTS = 5
"""How many incidents, those told by most speakers, are unfolded on the screen."""

PROBLEMS_SHOWN = 50
"""How many problems of one code are spelled out; more are counted, and `--json` holds them all."""

_CONTROLS = {
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: 0x2421,
}
"""What no page may hold: lone surrogates become U+FFFD, control characters their pictures."""

_QUOTED = re.compile(r"“([^“”]*)”")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPart:
    """A document on the page: its text with quotes marked, its findings, what its dates say."""

    number: int
    name: str
    title: str
    reading: Reading
    file: str
    agrees: bool | None
    dating: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """An incident on the page: what each speaker says of it, side by side, in the order in which it was said."""

    incident: Incident
    state: str
    speakers: tuple[tuple[str, tuple[Finding, ...]], ...]


def report(checked: Checked, *, title: str | None = None, published: bool = False) -> str:
    """Return the page as HTML text. `published` draws places coarser and leaves out the folders that files lie in.

    The page makes no request, holds no script and no event handler; document text is escaped everywhere.
    """
    found, lookup = findings(checked), of_checked(checked)
    heading = title or checked.title or "Claims, held against what was signed and what was recorded"
    css = _css(heading)
    context = {
        "title": heading,
        "css": css,
        "css_hash": base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
        "version": metadata.version("pactwatch"),
        "checked": checked,
        "published": published,
        "found": found,
        "read_text": read_text(checked, found),
        "pairs": pairs(checked, found),
        "pointers": pointers(checked, found, lookup),
        "open_cards": len(found) <= OPEN_FINDINGS,
        "open_incidents": OPEN_INCIDENTS,
        "documents": _documents(checked, found, lookup, published=published),
        "incidents": _incidents(checked, found),
        "unseen": _unseen(found),
        "touched": _touched(found),
        "problems": _problems(checked),
        **_drawings(checked, found, published=published),
    }
    return _environment().get_template("page.html.j2").render(context)


def _drawings(checked: Checked, found: tuple[Finding, ...], *, published: bool) -> dict[str, Any]:
    data, places = timeline_of(checked, found), map_of(checked, found, published=published)
    sides, table = sides_of(checked), matrix(checked)
    return {
        "sides": sides,
        "hues": {**{side.index: side.hue for side in sides.signatories}, "other": OTHER_HUE},
        "matrix": table,
        "matrix_groups": _by_clause(table),
        "timeline": data,
        "timeline_drawing": draw_timeline(data),
        "map": places,
        "map_drawing": draw_map(places),
    }


def _by_clause(table: Matrix) -> list[tuple[str, list[Row]]]:
    """The rows of the matrix, clause by clause, in its own order."""
    return [(clause, list(rows)) for clause, rows in groupby(table.rows, key=lambda row: row.clause)]


def _css(title: str) -> str:
    """The style sheet; the running header of the printed pages is the title, escaped as a CSS string."""
    text = (files("pactwatch.views") / "templates" / "report.css").read_text(encoding="utf-8")
    header = "".join(c if (c.isalnum() and c.isascii()) or c == " " else f"\\{ord(c):x} " for c in title[:90])
    return text.replace("RUNNING-HEADER", header)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pactwatch.views", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_displayable,
    )
    environment.filters |= {
        "anchor": anchor,
        "isolated": isolated,
        "sure": certainty_text,
        "act_name": act_name,
        "sentence": sentence,
    }
    environment.globals |= {
        "counted": counted,
        "day_text": day_text,
        "days_text": days_text,
        "answers": list(ANSWERS.values()),
        "states": STATES,
    }
    return environment


def _displayable(value: object) -> object:
    return value.translate(_CONTROLS) if isinstance(value, str) else value


def anchor(number: str) -> str:
    """Return the page's anchor for a finding's number: `2.5` becomes `f2-5`."""
    return f"f{number.replace('.', '-')}"


def sentence(text: str) -> str:
    """Return the text with its first letter capital, and all others as they are (names keep theirs)."""
    return text[:1].upper() + text[1:]


def isolated(text: str) -> Markup:
    """Return our sentence with each quoted part isolated, so that right-to-left words do not disturb what follows."""
    pieces = _QUOTED.split(text)
    return Markup("").join(
        Markup("“<q>{}</q>”").format(piece.translate(_CONTROLS)) if at % 2 else escape(piece.translate(_CONTROLS))
        for at, piece in enumerate(pieces)
    )


def _documents(
    checked: Checked, found: tuple[Finding, ...], lookup: Lookup, *, published: bool
) -> tuple[DocumentPart, ...]:
    by_document: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_document[finding.number.split(".")[0]].append(finding)
    return tuple(
        DocumentPart(
            number=at,
            name=document_name(reading.document),
            title=reading.document.title or "",
            reading=reading,
            file=PurePath(reading.source.uri).name if published else reading.source.uri,
            agrees=reading.dating.agrees,
            dating=dating_lines(reading),
            paragraphs=highlighted(reading.document.text, reading.claims, lookup.number),
            findings=tuple(by_document[str(at)]),
        )
        for at, reading in enumerate(checked.readings, start=1)
    )


def _incidents(checked: Checked, found: tuple[Finding, ...]) -> tuple[Versions, ...]:
    by_id = {one.claim_id: one for one in found}
    parts = []
    for incident in checked.incidents:
        by_speaker: defaultdict[str, list[Finding]] = defaultdict(list)
        for claim in incident.claim_ids:
            if claim in by_id:
                by_speaker[by_id[claim].speaker.label].append(by_id[claim])
        speakers = tuple((name, tuple(some)) for name, some in by_speaker.items())
        parts.append(Versions(incident=incident, state=STATES[incident.state], speakers=speakers))
    return tuple(sorted(parts, key=_most_told))


def _most_told(one: Versions) -> tuple[bool, int, int, str]:
    """Contested ones first, then those told by most speakers."""
    contested = one.incident.state is IncidentState.CONTESTED
    return not contested, -len(one.speakers), -len(one.incident.claim_ids), one.incident.id


def _touched(found: tuple[Finding, ...]) -> dict[str, tuple[str, ClauseLine, int]]:
    """Each clause version that a claim touches, by id: its anchor, its words, how many claims touch it."""
    lines = {line.versioned: line for finding in found for line in finding.clauses}
    counts = Counter(line.versioned for finding in found for line in finding.clauses)
    order = sorted(lines, key=lambda one: by_article(one.replace("@", "/")))
    return {one: (f"k{at}", lines[one], counts[one]) for at, one in enumerate(order, start=1)}


def _unseen(found: tuple[Finding, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Acts that nobody is known to have looked at, by what the logs say."""
    by_text: defaultdict[str, list[str]] = defaultdict(list)
    for finding in found:
        if finding.kind in ("accusation", "report", "denial", "admission") and not finding.seen.observed:
            by_text[finding.seen.text].append(finding.number)
    return tuple(sorted(((text, tuple(numbers)) for text, numbers in by_text.items()), key=lambda one: -len(one[1])))


def _problems(checked: Checked) -> tuple[tuple[str, int, tuple[Problem, ...], int], ...]:
    """Code, how many, those spelled out, how many more."""
    every = [*checked.problems, *(one for reading in checked.readings for one in reading.problems)]
    counts = Counter(one.code for one in every)
    return tuple(
        (
            code,
            number,
            tuple(one for one in every if one.code == code)[:PROBLEMS_SHOWN],
            max(0, number - PROBLEMS_SHOWN),
        )
        for code, number in counts.most_common()
    )
