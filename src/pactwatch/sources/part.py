"""What a format's reader hands on: texts with their headers, before they become documents."""

from dataclasses import dataclass

from pactwatch.model import IssuerType, Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One text found in a file, with the headers that the format states.

    `published` is an EDTF date and `published_from` the header that gave it. `id`, `issuer`, `issuer_type` and
    `language` are set only by a batch line, which states them itself.
    """

    text: str
    title: str | None = None
    published: str | None = None
    published_from: str = ""
    metadata: tuple[tuple[str, str], ...] = ()
    id: str | None = None
    issuer: str | None = None
    issuer_type: IssuerType | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What one file holds: its media type, its texts in order, and what was odd. No text is no error here."""

    media_type: str
    parts: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()


def plain_line_ends(text: str) -> str:
    """Return `text` with every CR LF and lone CR as LF: the only change that is made to a text as extracted."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unreadable(media_type: str, code: str, where: str, what: str, advice: str) -> Parsed:
    """Return a file without a text, and the one problem that says why."""
    problem = Problem(code=code, where=where, what=what, advice=advice, severity=Severity.ERROR)
    return Parsed(media_type=media_type, problems=(problem,))
