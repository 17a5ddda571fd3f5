"""Bytes to text: byte order marks, declared charsets, UTF-8, UTF-16, and a stated guess for the rest."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pactwatch.model import Problem, Severity
from pactwatch.sources.language import certainty_of

if TYPE_CHECKING:
    from charset_normalizer.models import CharsetMatch

_MARKS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED = (  # what statements are published in; wider lists let short Latin texts come out as Chinese
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "iso8859_2"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)
_SAMPLE_BYTES = 1 << 16
_CONTROL_SHARE = 0.02  # text has none but tab, line and page ends; 2 % leaves room for old teletype marks
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1b\x85")


def decode(data: bytes, where: str, declared: str | None = None) -> tuple[str | None, list[Problem]]:
    """Return the text of `data`, and a note where its encoding had to be assumed.

    None with a problem `binary` where the bytes are no text. `declared` is what a header says; it is taken at its
    word only where the bytes agree.
    """
    text, problems = _decoded(data, where, declared)
    if text is None or _is_binary(text):
        what = "these bytes are not text in any encoding that is known here"
        return None, [_problem("binary", where, what, "Give the text itself, or the original file.", Severity.ERROR)]
    return text, problems


def _decoded(data: bytes, where: str, declared: str | None) -> tuple[str | None, list[Problem]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _with_mark(data, name, where)
    for name in filter(None, (declared, "utf-8", _utf16_without_mark(data))):
        text = _strict(data, name)
        if text is not None and "\0" not in text:
            return text, []
    if b"\0" in data:
        return None, []
    return _guessed(data, where)


def _with_mark(data: bytes, name: str, where: str) -> tuple[str | None, list[Problem]]:
    text = _strict(data, name)
    if text is not None:
        return text, []
    what = f"the byte order mark says {name.removesuffix('-sig').upper()}, but some bytes are not; they show as �"
    return data.decode(name, errors="replace"), [_problem("encoding", where, what, "Save it again as UTF-8.")]


def _strict(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError, TypeError):  # an unknown or a non-text codec is no answer
        return None
    return text if isinstance(text, str) else None


def _utf16_without_mark(data: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every second byte: at odd places in little-endian."""
    sample = data[:_SAMPLE_BYTES]
    half = max(len(sample) // 2, 1)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if max(even, odd) < 0.2 or min(even, odd) > 0.05:  # a fifth of spaces and Latin letters, none on the other side
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guessed(data: bytes, where: str) -> tuple[str | None, list[Problem]]:
    name = _likeliest(data)
    if name is None:
        return None, []
    text = _strict(data, name)
    lost = text is None
    text = data.decode(name, errors="replace") if text is None else text
    what = f"the encoding is not stated and not UTF-8; {_public_name(name)} was assumed"
    what += "; some bytes do not fit and show as �" if lost else ""
    severity = Severity.WARNING if lost else Severity.NOTE
    advice = "Check the letters with accents, or save the file as UTF-8."
    return text, [_problem("encoding", where, what, advice, severity)]


def _likeliest(data: bytes) -> str | None:
    """The encoding that charset-normalizer finds cleanest; ties are settled by the language that comes out clearest."""
    from charset_normalizer import from_bytes

    # The guess needs the bytes above ASCII, so the sample starts a little before the first of them.
    first = next((at for at, byte in enumerate(data) if byte > 127), 0)
    start = max(0, first - 200)
    sample = data[start : start + _SAMPLE_BYTES]
    matches = list(from_bytes(sample, cp_isolation=list(_GUESSED)))
    if not matches:
        return None
    best = min(matches, key=lambda match: (match.chaos, -match.coherence))
    names = [name for name in _GUESSED if name in _tied(matches, best.chaos, best.coherence)]
    return max(names, key=lambda name: certainty_of(sample.decode(name, errors="replace"))[1])


def _tied(matches: Sequence[CharsetMatch], chaos: float, coherence: float) -> set[str]:
    """Encodings as good as the best, with those that charset-normalizer folded into one for having the same text."""
    names: set[str] = set()
    for match in matches:
        if match.chaos <= chaos + 0.01 and match.coherence >= coherence - 0.02:
            names |= {match.encoding, *match.could_be_from_charset}
    return names


def _public_name(name: str) -> str:
    return f"windows-{name[2:]}" if name.startswith("cp125") else name.replace("_", "-")


def _is_binary(text: str) -> bool:
    if "\0" in text:
        return True
    sample = text[:_SAMPLE_BYTES]
    controls = sum(1 for c in sample if (c < " " or "\x7f" <= c < "\xa0") and c not in _ALLOWED_CONTROLS)
    return controls > _CONTROL_SHARE * len(sample)


def _problem(code: str, where: str, what: str, advice: str, severity: Severity = Severity.WARNING) -> Problem:
    return Problem(code=code, where=where, what=what, advice=advice, severity=severity)
