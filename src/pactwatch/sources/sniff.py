"""Which format a file is in: its first bytes decide, its name only where they leave it open."""

import io
import re
import zipfile
from pathlib import PurePath

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".eml": "eml",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""File name endings that are known, and the format that each stands for."""

MEDIA_TYPES = {
    "text": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822",
    "jsonl": "application/jsonl",
    "image": "image/*",
    "unknown": "application/octet-stream",
}

_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_MAIL_HEADER = re.compile(
    rb"^(From|To|Date|Subject|Message-ID|MIME-Version|Received|Return-Path|Content-Type|Reply-To|Cc|Delivered-To|Sender):",
    re.I | re.M,
)
_MAIL_NEEDED = 3  # a text that opens with "Date:" and "From:" alone may be a typed statement
_JSON_LINE = re.compile(rb'\s*\{.*"text"\s*:', re.S)
_HEAD_BYTES = 4096


def sniff(data: bytes, name: str) -> tuple[str, str]:
    """Return the format (a key of `MEDIA_TYPES`) and, where it is `unknown`, what the bytes look like."""
    head = data[:_HEAD_BYTES]
    named = SUFFIXES.get(PurePath(name).suffix.lower())
    if b"%PDF-" in head[:1024]:
        return "pdf", ""
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data, named)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "unknown", "an old Office file (.doc, .xls, .msg); save it as .docx, .pdf or .eml"
    if head.startswith(b"{\\rtf"):
        return "unknown", "a rich text file (.rtf); save it as .docx or .txt"
    if head.startswith(_IMAGES) and named not in ("text", "html"):
        return "image", ""
    return _textual(head, named), ""


def _zipped(data: bytes, named: str | None) -> tuple[str, str]:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ("docx", "") if named == "docx" else ("unknown", "a damaged zip archive")
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx", ""
    if named == "docx":
        return "docx", ""
    return "unknown", "a zip archive or an office file other than .docx; give the documents themselves"


def _textual(head: bytes, named: str | None) -> str:
    if named in ("eml", "jsonl", "pdf", "docx"):
        return named
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if named:
        return named
    if _JSON_LINE.match(head.split(b"\n", 1)[0]):
        return "jsonl"
    top = head.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    seen = {found.lower() for found in _MAIL_HEADER.findall(top)}
    return "eml" if len(seen) >= _MAIL_NEEDED else "text"
