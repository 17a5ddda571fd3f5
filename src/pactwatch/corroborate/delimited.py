"""Delimited text as it really comes: odd encodings, byte order marks, other separators, quotes that never close."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pactwatch.errors import InputError, UnreadableFile

SAMPLE_BYTES = 1 << 20
"""How much of a file is looked at to tell its encoding: about 2,000 rows of UCDP GED."""

LEGACY_ENCODINGS = ["cp1252", "cp1250", "cp1251", "cp1254", "cp1256"]
"""What spreadsheets of the last thirty years wrote where they did not write UTF-8, the commonest first."""

_LATIN, _OTHER = "A-Za-zÀ-ÖØ-öø-\u024f", "\u0400-\u04ff\u0600-\u06ff"
_NONSENSE = re.compile(
    f"[À-\u024f]{{3}}|[{_LATIN}][{_OTHER}]|[{_OTHER}][{_LATIN}]|[a-zß-öø-ÿа-я][A-ZÀ-ÖØ-ÞŠŒŽŸА-Я]|[^\\W\\d_][^\\w\\x00-\\x7f’‘“”–—…»«]+[^\\W\\d_]"
)

_SEPARATORS = ",;\t|"
_ARCHIVES = {b"PK\x03\x04": "a ZIP archive or a spreadsheet", b"\x1f\x8b": "a gzip archive", b"%PDF": "a PDF"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a file is written. `legacy` is the encoding of lines that are not UTF-8, empty where all of the sample is.

    `first` holds the fields of the first record; `quoted` is False where quotes mean nothing (tab-separated dumps).
    """

    path: Path
    delimiter: str
    first: tuple[str, ...]
    legacy: str = ""
    utf16: bool = False
    quoted: bool = True

    def open(self) -> BinaryIO:
        """Return the bytes in an encoding whose line ends are ASCII, after any byte order mark."""
        if self.utf16:
            return io.BytesIO(self.path.read_text(encoding="utf-16").encode())
        stream = self.path.open("rb")
        if stream.read(3) != codecs.BOM_UTF8:
            stream.seek(0)
        return stream

    def text(self, raw: bytes) -> str:
        """Return a physical line as text."""
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw.decode(self.legacy or LEGACY_ENCODINGS[0], errors="replace")


class Record(NamedTuple):
    """One record: its byte offset (in `Shape.open`), its 1-based line, its fields, or why it cannot be read."""

    offset: int
    line: int
    fields: list[str]
    fault: str = ""


def look(path: Path) -> Shape:
    """Return how a delimited file is written.

    Raises `InputError` where it cannot be opened and `UnreadableFile` where it is empty or no text at all.
    """
    try:
        with path.open("rb") as stream:
            sample = stream.read(SAMPLE_BYTES)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: this is a folder; name the event file in it") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    utf16 = sample[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    _refuse_what_is_no_text(path, sample, utf16)
    if utf16:
        sample = path.read_text(encoding="utf-16", errors="replace").encode()
    sample = sample.removeprefix(codecs.BOM_UTF8)
    legacy = _legacy_encoding(sample)
    text = sample.decode(legacy or "utf-8", errors="replace")
    delimiter = max(_SEPARATORS, key=lambda mark: len(_first_record(text, mark)))
    return Shape(path=path, delimiter=delimiter, first=_first_record(text, delimiter), legacy=legacy, utf16=utf16)


def _refuse_what_is_no_text(path: Path, sample: bytes, utf16: bool) -> None:
    if not sample.strip():
        raise UnreadableFile(f"{path}: the file is empty")
    for mark, name in _ARCHIVES.items():
        if sample.startswith(mark):
            raise UnreadableFile(f"{path}: this is {name}, not a CSV; unpack it, or save it as CSV")
    if not utf16 and b"\0" in sample[:4096]:
        raise UnreadableFile(f"{path}: this is a binary file, not a CSV")


def _legacy_encoding(sample: bytes) -> str:
    """Return the likeliest encoding where the sample is not UTF-8 (judged by its lines that are not ASCII)."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
        return ""
    except UnicodeDecodeError:
        odd = b"\n".join(line for line in sample.splitlines() if not line.isascii())
        return min(LEGACY_ENCODINGS, key=lambda encoding: _oddity(odd, encoding))


def _oddity(data: bytes, encoding: str) -> int:
    """Return how many words an encoding makes nonsense of: two scripts, three accents in a row,

    a sign or a capital in their middle.
    """
    text = data.decode(encoding, errors="replace")
    return sum(bool(_NONSENSE.search(word)) + 9 * ("\ufffd" in word) for word in text.split() if not word.isascii())


def _first_record(text: str, delimiter: str) -> tuple[str, ...]:
    try:
        fields = next(csv.reader(io.StringIO(text), delimiter=delimiter), [])
    except csv.Error:
        fields = text.splitlines()[0].split(delimiter)
    return tuple(name.strip() for name in fields)


class _Lines:
    """Physical lines as text; `offset` and `number` say where the next one begins."""

    def __init__(self, stream: BinaryIO, shape: Shape) -> None:
        self._stream, self._shape = stream, shape
        self.offset, self.number = stream.tell(), 1
        self.not_utf8 = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        raw = self._stream.readline()
        if not raw:
            raise StopIteration
        self.offset += len(raw)
        self.number += 1
        try:
            return raw.decode()
        except UnicodeDecodeError:
            self.not_utf8 += 1
            return self._shape.text(raw)

    def back_to(self, offset: int, number: int) -> None:
        """Go back to the line that begins at `offset`, and step over it."""
        self._stream.seek(offset)
        self.offset, self.number = offset, number
        next(self)


class Records:
    """The records of a file, after its header where it has one; blank lines are stepped over.

    A record of the wrong width, or one whose quote never closes, comes with its `fault`; reading goes on at the next
    physical line, so that one stray quote does not swallow the rows behind it. `not_utf8` counts lines read in another
    encoding, once all have been read.
    """

    def __init__(self, shape: Shape, *, header: bool) -> None:
        self._shape, self._header = shape, header
        self.not_utf8 = 0

    def __iter__(self) -> Iterator[Record]:
        shape, width = self._shape, len(self._shape.first)
        with shape.open() as stream:
            lines = _Lines(stream, shape)
            reader = _reader(lines, shape)
            if self._header:
                next(reader, None)
            while True:
                offset, number = lines.offset, lines.number
                fields, fault = _next(reader)
                if fields is None and not fault:
                    self.not_utf8 = lines.not_utf8
                    return
                if fields and len(fields) != width:
                    fault = f"it has {len(fields)} fields, where {width} are expected"
                if fault and lines.number - number != 1:
                    fault = f"a quote opens on this line and is not closed as it should be ({fault})"
                    lines.back_to(offset, number)
                    reader = _reader(lines, shape)
                if fields or fault:
                    yield Record(offset=offset, line=number, fields=fields or [], fault=fault)


def _reader(lines: Iterator[str], shape: Shape) -> Iterator[list[str]]:
    if shape.quoted:
        return csv.reader(lines, delimiter=shape.delimiter)
    return csv.reader(lines, delimiter=shape.delimiter, quoting=csv.QUOTE_NONE)


def _next(reader: Iterator[list[str]]) -> tuple[list[str] | None, str]:
    """Return the next record, or why it cannot be read; (None, "") at the end."""
    try:
        return next(reader, None), ""
    except csv.Error as error:
        return None, str(error)


def reread(shape: Shape, offsets: Sequence[int]) -> list[list[str]]:
    """Return the fields of the records at `offsets` (from `Record.offset`), in the order given."""
    found: list[list[str]] = []
    with shape.open() as stream:
        for offset in offsets:
            stream.seek(offset)
            found.append(next(_reader(_Lines(stream, shape), shape), []))
    return found
