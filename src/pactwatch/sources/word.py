"""Word files (.docx): paragraphs, tables by rows, page headers, footnotes; insertions yes, deletions no."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from pactwatch.model import Problem, Severity
from pactwatch.sources.part import Parsed, Part, plain_line_ends, unreadable

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_UNPACKED_LIMIT_BYTES = 300_000_000  # a text file of a million pages is smaller; what unpacks to more is a trap
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CELL_GAP = "\t"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "‑"}


def parse(data: bytes, where: str) -> Parsed:
    """Return the one text of a Word file, with the title and author that its properties state."""
    import docx

    if (bad := _bad_archive(data, where)) is not None:
        return bad
    try:
        document = docx.Document(io.BytesIO(data))
        lines = [*_header_lines(document), *_block_lines(document.element.body), *_note_lines(document)]
        part = _part(plain_line_ends("\n".join(lines)), document)
    except Exception:  # a damaged archive raises whatever its damage leads to
        return unreadable(_MEDIA_TYPE, "damaged", where, "this Word file is damaged", "Open it and save it again.")
    if not part.text.strip():
        what = "this Word file holds no text"
        return unreadable(_MEDIA_TYPE, "no-text", where, what, "If it holds pictures of pages, run OCR over them.")
    return Parsed(media_type=_MEDIA_TYPE, parts=(part,), problems=tuple(_left_out(document, where)))


def _bad_archive(data: bytes, where: str) -> Parsed | None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError):
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            return unreadable(
                _MEDIA_TYPE, "encrypted", where, "this Word file is encrypted", "Save it without a password."
            )
        what = "this is no Word file, or it ends too early"
        return unreadable(_MEDIA_TYPE, "damaged", where, what, "Fetch or copy the file again.")
    if sum(item.file_size for item in archive.infolist()) > _UNPACKED_LIMIT_BYTES:
        what = f"this file unpacks to more than {_UNPACKED_LIMIT_BYTES // 1_000_000} MB"
        return unreadable(_MEDIA_TYPE, "too-large", where, what, "It was not opened; split the document.")
    return None


def _header_lines(document: Any) -> Iterator[str]:
    """The page headers, each wording once: letterheads and dates often stand only there."""
    seen = set()
    for section in document.sections:
        for header in (section.first_page_header, section.header):
            if header.is_linked_to_previous:
                continue
            for line in _block_lines(header._element):
                if line.strip() and line not in seen:
                    seen.add(line)
                    yield line


def _block_lines(container: Any) -> Iterator[str]:
    """One line a paragraph, one line a table row; blocks inside content controls are looked into."""
    for child in container:
        if child.tag == f"{_W}p":
            yield _text_of(child)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                if _table_of(row) is child:
                    yield _CELL_GAP.join(_cell(cell) for cell in row.iter(f"{_W}tc") if _row_of(cell) is row)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _block_lines(child)


def _table_of(row: Any) -> Any:
    return next(row.iterancestors(f"{_W}tbl"), None)


def _row_of(cell: Any) -> Any:
    return next(cell.iterancestors(f"{_W}tr"), None)


def _cell(cell: Any) -> str:
    return " ".join(line.replace("\n", " ") for line in _block_lines(cell) if line.strip())


def _text_of(paragraph: Any) -> str:
    """What a reader sees with all insertions accepted; a text box's words follow on lines of their own."""
    pieces: list[str] = []
    boxes: list[str] = []
    stack = [paragraph]
    while stack:
        node = stack.pop()
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag in _SIGNS:
            pieces.append(_SIGNS[node.tag])
        elif node.tag == f"{_W}txbxContent":
            boxes.extend(line for line in _block_lines(node) if line.strip())
        elif node.tag not in (f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", _FALLBACK):
            stack.extend(reversed(node))
    return "\n".join(["".join(pieces), *boxes] if boxes else ["".join(pieces)])


def _note_lines(document: Any) -> Iterator[str]:
    """Footnotes and endnotes, at the end, in their order."""
    for part in _note_parts(document):
        for note in part:
            # The first two of a file are the lines drawn above the notes, not notes.
            if note.get(f"{_W}type") in (None, "normal"):
                yield from (line.strip() for line in _block_lines(note) if line.strip())


def _note_parts(document: Any) -> Iterator[Any]:
    from docx.opc.oxml import parse_xml

    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/footnotes", "/endnotes")):
            yield parse_xml(relation.target_part.blob)


def _part(text: str, document: Any) -> Part:
    properties = document.core_properties
    kept = {
        "author": (properties.author or "").strip(),
        "extracted": "docx",
        "file_created": properties.created.date().isoformat() if properties.created else "",
    }
    # python-docx's own template names its author so; it is nobody.
    metadata = tuple(sorted((name, value) for name, value in kept.items() if value and value != "python-docx"))
    title = (properties.title or "").strip()
    return Part(text=text, title=title if title and title != "Word Document" else None, metadata=metadata)


def _left_out(document: Any, where: str) -> Iterator[Problem]:
    body = document.element.body
    deleted = sum(1 for _ in body.iter(f"{_W}delText"))
    if deleted:
        what = f"this file holds tracked changes; {deleted} deleted passages were left out, insertions were read"
        advice = "Accept or reject the changes if that is not what was published."
        yield Problem(code="tracked-changes", where=where, what=what, advice=advice, severity=Severity.NOTE)
    comments = sum(1 for _ in body.iter(f"{_W}commentReference"))
    if comments:
        what = f"{comments} comments in the margin were left out"
        yield Problem(code="comments-left-out", where=where, what=what, severity=Severity.NOTE)
