"""One way from bytes to texts, whatever the format."""

import codecs

from pactwatch.sources import lines, mail, page, pdf, plain, word
from pactwatch.sources.part import Parsed, unreadable
from pactwatch.sources.sniff import MEDIA_TYPES, sniff

_PARSERS = {"text": plain.parse, "html": page.parse, "pdf": pdf.parse, "docx": word.parse, "jsonl": lines.parse}


def parse(data: bytes, where: str, name: str, depth: int = 0) -> Parsed:
    """Return what `data` holds. `where` is shown in problems, `name` helps to tell the format, `depth` counts mails."""
    if not data.removeprefix(codecs.BOM_UTF8).strip(b" \t\r\n\f\v\0"):
        return unreadable(MEDIA_TYPES["unknown"], "empty", where, "this file is empty", "Nothing was read from it.")
    format, looks_like = sniff(data, name)
    if format == "image":
        advice = "Run text recognition (OCR) over it and give the result."
        return unreadable(MEDIA_TYPES["image"], "no-text", where, "this is a picture, not a text", advice)
    if format == "unknown":
        return unreadable(MEDIA_TYPES["unknown"], "unknown-format", where, f"this is {looks_like}", "It was not read.")
    if format == "eml":
        return mail.parse(data, where, parse, depth)
    return _nothing_but_space(_PARSERS[format](data, where), where)


def _nothing_but_space(parsed: Parsed, where: str) -> Parsed:
    """A file whose whole text is white space is empty; a batch keeps such documents, as its lines name them."""
    if parsed.parts and not any(part.id or part.text.strip() for part in parsed.parts):
        return unreadable(parsed.media_type, "empty", where, "this file holds no text", "Nothing was read from it.")
    return parsed
