"""What was read: the bytes, the text that came out of them, and exact places in that text.

All offsets are code points of `Document.text` as stored (W3C Web Annotation calls the pair a TextPositionSelector).
"""

from dataclasses import dataclass
from enum import StrEnum


class IssuerType(StrEnum):
    """What the issuer is to the conflict that it speaks of; `unknown` is an answer, not a default of convenience."""

    PARTY = "party"
    MONITOR = "monitor"
    PRESS = "press"
    THIRD_PARTY = "third_party"
    UNKNOWN = "unknown"


class MarkKind(StrEnum):
    """What a `Mark` was recognised as."""

    TIME = "time"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open range `[start, end)` of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: "Span") -> bool:
        """True where `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """True where the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Exact words of a document. Made by `Document.quote`, so that text and span cannot disagree."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file as it came: its bytes are kept under `sha256` and never changed.

    `uri` is where it was taken from, `captured` the moment it was read (ISO 8601 with zone).
    """

    sha256: str
    uri: str
    media_type: str
    size_bytes: int
    captured: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text that somebody published, as extracted from a source.

    `issuer` is who publishes it in its own voice, or None where nobody said; `published` is the date that its header,
    metadata or the user gives (`YYYY[-MM[-DD]]`), and may be contradicted by the text. `metadata` holds further
    headers as found (title, URL, sender), sorted by name.
    """

    id: str
    source_sha256: str
    text: str
    issuer: str | None = None
    issuer_type: IssuerType = IssuerType.UNKNOWN
    published: str | None = None
    title: str | None = None
    language: str | None = None
    metadata: tuple[tuple[str, str], ...] = ()

    def quote(self, start: int, end: int) -> Quote:
        """Return the exact words at `[start, end)`; ValueError where that is outside the text or empty."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is not a passage of {self.id}, which has {len(self.text)} code points")
        return Quote(span=Span(start=start, end=end), text=self.text[start:end])

    def holds(self, quote: Quote) -> bool:
        """Law 2: True where the quote's words stand at its span, letter for letter."""
        return self.text[quote.span.start : quote.span.end] == quote.text and bool(quote.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A time or place expression recognised in a document, offered to the readers; not yet resolved."""

    kind: MarkKind
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A passage in one voice: a whole document, a speaker's turn, a reprinted statement.

    `voice` is None where the document's own issuer speaks, else the words that name the speaker of the passage.
    """

    document_id: str
    span: Span
    voice: Quote | None = None
    voice_type: IssuerType = IssuerType.UNKNOWN
