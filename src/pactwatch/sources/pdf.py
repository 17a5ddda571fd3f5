"""PDF files: PDFium reads them, pypdf where PDFium fails or the script runs from right to left."""

import io
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from pactwatch.model import Problem, Severity
from pactwatch.sources.part import Parsed, Part, plain_line_ends, unreadable

_MEDIA_TYPE = "application/pdf"
_RIGHT_TO_LEFT_SHARE = 0.1  # of the letters; PDFium turns the order of Arabic words around, pypdf keeps it
_TAIL_BYTES = 2048
_HYPHEN = "\ufffe"  # PDFium's sign for a hyphen at the end of a line, which it joins to the next
_SPLIT_WORD = re.compile(r"(\w+)\ufffe(\w+)")
_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")
_CREATED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_SENTENCE_ENDS = tuple('.!?:;"”’)»؟۔')


class _NeedsPassword(Exception):
    """The file is encrypted and no password was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Extract:
    pages: tuple[str, ...]
    info: dict[str, str]
    by: str


def parse(data: bytes, where: str) -> Parsed:
    """Return the text of a PDF, its pages one after the other; or why there is none."""
    try:
        extract = _extract(data)
    except _NeedsPassword:
        what, advice = "this PDF is encrypted", "Save a copy without a password and give that."
        return unreadable(_MEDIA_TYPE, "encrypted", where, what, advice)
    truncated = b"%%EOF" not in data[-_TAIL_BYTES:]
    if extract is None:
        code = "truncated" if truncated else "damaged"
        what = "this PDF ends too early; nothing in it can be read" if truncated else "this PDF is damaged"
        return unreadable(_MEDIA_TYPE, code, where, what, "Fetch or copy the file again.")
    problems = []
    if truncated:
        what = "this PDF ends too early; what could be read may not be all"
        problems.append(Problem(code="truncated", where=where, what=what, advice="Fetch or copy the file again."))
    if not any(page.strip() for page in extract.pages):
        return _without_text(len(extract.pages), problems, where)
    problems += [*_pages_without_text(extract, where), *_right_to_left(extract, where)]
    return Parsed(media_type=_MEDIA_TYPE, parts=(_part(extract),), problems=tuple(problems))


def _extract(data: bytes) -> _Extract | None:
    """The pages by the part that suits them; None where neither can read the file."""
    first = _by_pdfium(data)
    if first is not None and not _runs_right_to_left(first.pages):
        return first
    return _by_pypdf(data) or first


def _by_pdfium(data: bytes) -> _Extract | None:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise _NeedsPassword from None
        return None
    try:
        pages = tuple(_pdfium_page(document, at) for at in range(len(document)))
        info = {key: value for key, value in document.get_metadata_dict().items() if value}
    except (pypdfium2.PdfiumError, ValueError, UnicodeDecodeError):
        return None
    finally:
        document.close()
    return _Extract(pages=pages, info=info, by="pdfium") if pages else None


def _pdfium_page(document: Any, at: int) -> str:
    page = document[at]
    words = page.get_textpage()
    try:
        return plain_line_ends(words.get_text_range(errors="replace"))
    finally:
        words.close()
        page.close()


def _by_pypdf(data: bytes) -> _Extract | None:
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it warns of becomes a problem of ours
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _NeedsPassword
        pages = tuple(plain_line_ends(page.extract_text()) for page in reader.pages)
        info = {str(key).lstrip("/"): str(value) for key, value in (reader.metadata or {}).items() if value}
    except _NeedsPassword:
        raise
    except Exception:  # a damaged file raises whatever its damage leads to; the caller says "damaged"
        return None
    return _Extract(pages=pages, info=info, by="pypdf") if pages else None


def _runs_right_to_left(pages: tuple[str, ...]) -> bool:
    letters = [c for page in pages for c in page if c.isalpha()]
    turned = sum(1 for c in letters if c > "\u0590" and unicodedata.bidirectional(c) in ("R", "AL"))
    return turned > _RIGHT_TO_LEFT_SHARE * len(letters)


def _without_text(count: int, problems: list[Problem], where: str) -> Parsed:
    what = f"this PDF is a scan: {count} page{'s' if count != 1 else ''} of pictures and no text"
    advice = "Run text recognition (OCR) over it and give the result."
    scan = Problem(code="no-text", where=where, what=what, advice=advice, severity=Severity.ERROR)
    return Parsed(media_type=_MEDIA_TYPE, problems=(*problems, scan))


def _pages_without_text(extract: _Extract, where: str) -> list[Problem]:
    bare = [str(at) for at, page in enumerate(extract.pages, start=1) if not page.strip()]
    if not bare:
        return []
    listed = ", ".join(bare[:20]) + (" …" if len(bare) > 20 else "")
    what = f"{len(bare)} of {len(extract.pages)} pages hold no text (pages {listed}); they may be scans"
    return [Problem(code="pages-without-text", where=where, what=what, advice="Look at them, or run OCR.")]


def _right_to_left(extract: _Extract, where: str) -> list[Problem]:
    if not _runs_right_to_left(extract.pages):
        return []
    what = "this PDF runs from right to left; programs store such text in different orders, so its words may be turned"
    advice = "Compare a line with the page; where they differ, give the text as .docx, .html or .txt."
    return [Problem(code="right-to-left", where=where, what=what, advice=advice)]


def _part(extract: _Extract) -> Part:
    text, joined = _whole_words(_joined(extract.pages))
    title = extract.info.get("Title", "").strip()
    created = _CREATED.match(extract.info.get("CreationDate", ""))
    kept = {
        "author": extract.info.get("Author", "").strip(),
        "extracted": extract.by,
        "file_created": "-".join(created.groups()) if created else "",
        "pages": str(len(extract.pages)),
        "words_joined_at_line_ends": str(joined) if joined else "",
    }
    metadata = tuple(sorted((name, value) for name, value in kept.items() if value))
    # Writers of PDF leave such titles behind; they name no document.
    named = (
        title and title.lower() not in ("untitled", "unspecified") and not title.lower().startswith("microsoft word")
    )
    return Part(text=text, title=title if named else None, metadata=metadata)


def _joined(pages: tuple[str, ...]) -> str:
    """One text: a page that ends inside a sentence goes on in the next line, the others after a blank line."""
    text = ""
    for page in pages:
        page = page.strip("\n")
        gap = "" if not text else "\n\n" if text.rstrip().endswith(_SENTENCE_ENDS) else "\n"
        text += gap + page
    return text


def _whole_words(text: str) -> tuple[str, int]:
    """Mend words that a line end split. A hyphen stays where the same text writes the word with one elsewhere."""
    text = _LINE_END_HYPHEN.sub(_HYPHEN, text)
    known = set(re.findall(r"\w+-\w+", text.lower()))
    joined = 0

    def mend(found: re.Match[str]) -> str:
        nonlocal joined
        left, right = found[1], found[2]
        hyphenated = f"{left}-{right}"
        if hyphenated.lower() in known or not (left[-1].islower() and right[0].islower()):
            return hyphenated
        joined += 1
        return left + right

    return _SPLIT_WORD.sub(mend, text).replace(_HYPHEN, "-"), joined
