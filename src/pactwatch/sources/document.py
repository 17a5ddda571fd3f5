"""From a text with headers to a document: who, when, which language, and an id that comes from the content."""

import hashlib
from dataclasses import dataclass, replace

from pactwatch.errors import InputError
from pactwatch.model import Document, IssuerType, Problem, Severity
from pactwatch.sources.dates import HeaderLine, header_line, is_date_line, valid_edtf
from pactwatch.sources.language import language_of
from pactwatch.sources.part import Part

_TITLE_CODE_POINTS = 120  # a first line that is longer is a paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the user says of a file. It outweighs the file's own headers, but not what a batch line states of itself."""

    issuer: str | None = None
    issuer_type: IssuerType | None = None
    published: str | None = None

    def __post_init__(self) -> None:
        if self.published is not None and valid_edtf(self.published) is None:
            raise InputError(
                f"--published {self.published!r}: write a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD"
            )


def build(part: Part, source_sha256: str, given: Given, where: str) -> tuple[Document, list[Problem]]:
    """Return the document of one part, and a note where its dates disagree or cannot be read."""
    line = header_line(part.text)
    published, published_from = _published(part, given, line)
    metadata = dict(part.metadata)
    if published:
        metadata["published_from"] = published_from
    if line and published_from != "header line":
        metadata["header_line_date"] = line.date or line.words
    document = Document(
        id=part.id or content_id(part.text),
        source_sha256=source_sha256,
        text=part.text,
        issuer=part.issuer or given.issuer,
        issuer_type=_issuer_type(part, given),
        published=published,
        title=part.title or _first_line(part.text),
        language=language_of(part.text),
        metadata=tuple(sorted(metadata.items())),
    )
    return document, _odd_dates(document, part, line, where)


def content_id(text: str) -> str:
    """Return the first twelve hex digits of the text's SHA-256: the same text has the same id wherever it is found."""
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:12]


def numbered(document: Document, taken: set[str]) -> Document:
    """Return the document, under an id with a number behind it where its own is in `taken`; its id is added there."""
    number, free = 1, document.id
    while free in taken:
        number += 1
        free = f"{document.id}#{number}"
    taken.add(free)
    return document if free == document.id else replace(document, id=free)


def _published(part: Part, given: Given, line: HeaderLine | None) -> tuple[str | None, str]:
    if part.published and part.published_from == "batch line":
        return part.published, part.published_from
    if given.published:
        return given.published, "given by the user"
    if part.published:
        return part.published, part.published_from
    if line and line.date:
        return line.date, "header line"
    return None, ""


def _issuer_type(part: Part, given: Given) -> IssuerType:
    if part.issuer_type not in (None, IssuerType.UNKNOWN):
        return part.issuer_type
    return given.issuer_type or IssuerType.UNKNOWN


def _first_line(text: str) -> str | None:
    """The first line that is no date, where it is short and more text follows: a heading."""
    lines = [line.strip() for line in text[:4000].split("\n") if line.strip()][:3]
    heading = next((line for line in lines if not is_date_line(line)), None)
    if heading is None or heading == lines[-1]:
        return None
    return heading if len(heading) <= _TITLE_CODE_POINTS and heading[-1] not in ".;," else None


def _odd_dates(document: Document, part: Part, line: HeaderLine | None, where: str) -> list[Problem]:
    problems = []
    if line and line.date is None and document.published is None:
        what = (
            f"the date line {line.words!r} can be read with the day or with the month first; no date was taken from it"
        )
        advice = "Say which with --published."
        problems.append(Problem(code="ambiguous-date", where=where, what=what, advice=advice, field="published"))
    header = part.published or (line.date if line else None)
    if document.published and header and not _fit(document.published, header):
        what = (
            f"published {document.published} is {dict(document.metadata)['published_from']}, its header says {header}"
        )
        problems.append(
            Problem(code="published-differs", where=where, what=what, field="published", severity=Severity.NOTE)
        )
    return problems


def _fit(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
