"""Plain text files."""

from pactwatch.sources.encoding import decode
from pactwatch.sources.part import Parsed, Part, plain_line_ends

_MEDIA_TYPE = "text/plain"


def parse(data: bytes, where: str) -> Parsed:
    """Return the one text of a plain file."""
    text, problems = decode(data, where)
    parts = () if text is None else (Part(text=plain_line_ends(text)),)
    return Parsed(media_type=_MEDIA_TYPE, parts=parts, problems=tuple(problems))
