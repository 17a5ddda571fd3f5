"""What the words around an expression make of it: since, until, between … and, from … to, within, for.

An expression names a time; the phrase in which it stands says whether the act lies in it, before it or after it.
"""

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pactwatch.model import Precision, Quote, Span, When
from pactwatch.resolve.times.days import month_span, plus_days, year_span
from pactwatch.resolve.times.lexer import PARAGRAPH, Tokens
from pactwatch.resolve.times.meaning import Meaning
from pactwatch.resolve.times.moment import spell
from pactwatch.resolve.times.reference import Reference
from pactwatch.resolve.times.resolver_length import back
from pactwatch.resolve.times.tagger import Tagged

_FROM_THEN = {"since", "from", "starting", "beginning"}
_UP_TO = {"until", "till", "by", "before", "to"}
_RANGE_GAPS = {"to", "-", "–", "—", "‑", "/", "until", "till", "up to", "through", "to the"}
_LIST_GAPS = {"and", ",", "or", ", and", "and on", "and in", "and again on", ", on", "and of", "and the", "as well as"}
_PLAIN = re.compile(r"\d{4}(?:-\d\d){0,2}")
_LONGEST_GAP = 3  # words between two expressions of one phrase
_REACH_TOKENS = 12


@dataclass(frozen=True, slots=True)
class Phrase:
    """Code points `[start, end)`, with its preposition where that changes the time, and what it comes to."""

    start: int
    end: int
    when: When
    members: tuple[Tagged, ...]


def phrases(tokens: Tokens, tagged: Sequence[Tagged], reference_at: "ReferenceAt") -> list[Phrase]:
    """Return the phrases of a text in order; each expression stands in exactly one."""
    out: list[Phrase] = []
    at = 0
    while at < len(tagged):
        end = at + 1
        while end < len(tagged) and end - at < 8 and _linked(tokens, tagged[end - 1], tagged[end]):
            end += 1
        out.append(_phrase(tokens, tagged[at:end], reference_at(tagged[at].found.start)))
        at = end
    return out


class ReferenceAt:
    """Which period of writing holds at a place of the text: the document's, or that of the section."""

    def __init__(self, reference: Reference | None, sections: Sequence[tuple[int, Reference]]) -> None:
        self._references = [reference, *(one for _, one in sections)]
        self._starts = [start for start, _ in sections]

    def __call__(self, place: int) -> Reference | None:
        """Return the reference that holds at a code point."""
        return self._references[bisect_right(self._starts, place)]


def _gap(tokens: Tokens, one: Tagged, after: Tagged) -> str | None:
    places = range(one.found.last_token + 1, after.found.first_token)
    if len(places) > _LONGEST_GAP or any(tokens.letters[at] == PARAGRAPH for at in places):
        return None
    return " ".join(tokens.lower(at) for at in places)


def _linked(tokens: Tokens, one: Tagged, after: Tagged) -> bool:
    """Two times of one phrase: dates of about the same fineness, or two clock times."""
    gap = _gap(tokens, one, after)
    if gap is None or not _closed(one) or not _closed(after):
        return False
    if gap in _RANGE_GAPS or (gap == "and" and _preposition(tokens, one)[0] == "between"):
        return True
    alike = one.answer.precision == after.answer.precision and (one.found.kind == after.found.kind)
    return gap in _LIST_GAPS and alike and one.found.meaning.op not in ("near", "reference")


def _closed(one: Tagged) -> bool:
    days = one.answer.days
    return days is not None and days[0] is not None and days[1] is not None


def _preposition(tokens: Tokens, one: Tagged) -> tuple[str, int]:
    """The word before that changes the time, and how many tokens it takes; empty for none."""
    first = one.found.first_token
    if tokens.lower(first - 1) in ("the", "that", "this", "our") and tokens.letters[first - 1] != PARAGRAPH:
        word, width = _word_before(tokens, first - 1)
        return word, width + 1 if word else 0
    return _word_before(tokens, first)


def _word_before(tokens: Tokens, first: int) -> tuple[str, int]:
    before, second, third = (tokens.lower(first - step) for step in (1, 2, 3))
    if before == "than" and second == "later" and third in ("not", "no"):
        return "by", 3
    if before == "than" and second in ("earlier", "sooner") and third in ("not", "no"):
        return "from", 3
    if before == "before" and second == "not":
        return "from", 2
    if before in ("of", "from") and second == "as":
        return "from", 2
    if before == "to" and second == "up" and third not in ("-", "‑", "run", "build"):
        return "until", 2
    if before == "since" and second == "ever":
        return "since", 2
    if before == "with" and second in ("beginning", "starting"):
        return "from", 2
    if before == "beyond":
        return "after", 1
    if before == "to" and second == "up":
        return "", 0  # "the run-up to"
    if before in _FROM_THEN | _UP_TO | {"after", "between", "within", "for", "during", "over", "in", "following"}:
        return before, 1
    return "", 0


def _phrase(tokens: Tokens, members: Sequence[Tagged], reference: Reference | None) -> Phrase:
    word, width = _preposition(tokens, members[0])
    rules = "+".join(dict.fromkeys(one.found.rule for one in members))
    base = members[0].answer
    when = base.when(rules)
    if len(members) > 1:
        when = _cover(members, rules)
    changed = _changed(tokens, members, word, when, reference)
    first = members[0].found.first_token - (width if changed is not when or (len(members) > 1 and word) else 0)
    start = min(tokens.spans[max(first, 0)][0], members[0].found.start)
    return Phrase(start=start, end=members[-1].found.end, when=_honest(changed, reference), members=tuple(members))


def _honest(when: When, reference: Reference | None) -> When:
    """Law 3: what was counted from the date of the header, or of the address, says so."""
    if when.anchor != "published" or when.edtf is None:
        return when
    address = reference is not None and reference.rule == "url-date"
    note = f"counted from the date of the {'address (url-date)' if address else 'header (header-date)'}"
    reason = f"{when.reason}; {note}" if when.reason else note
    return _replaced(when, reason=reason)


def _replaced(when: When, **changes: object) -> When:
    fields = {name: getattr(when, name) for name in When.__slots__} | changes
    return When(**fields)


def _cover(members: Sequence[Tagged], rules: str) -> When:
    """From the first day of the earliest to the last day of the latest."""
    days = [one.answer.days for one in members if one.answer.days]
    firsts = [low for low, _ in days if low]
    lasts = [high for _, high in days if high]
    first, last = min(firsts), max(lasts)
    base = max((one.answer for one in members), key=lambda answer: answer.anchor != "calendar")
    precision = members[0].answer.precision
    return When(
        edtf=spell(first, last),
        first=first,
        last=last,
        precision=Precision.DAY if precision in (Precision.MINUTE, Precision.HOUR) else precision,
        anchor=base.anchor,
        anchor_words=base.anchor_words,
        rule=rules,
        reason="; ".join(dict.fromkeys(one.answer.reason for one in members if one.answer.reason)),
    )


def _changed(tokens: Tokens, members: Sequence[Tagged], word: str, when: When, reference: Reference | None) -> When:
    """What the preposition makes of the time; `when` itself where it makes nothing of it."""
    one = members[0]
    if one.answer.type == "DURATION" and one.found.meaning.op == "duration":
        return _length(tokens, one, word, when, reference)
    if when.edtf is None or one.answer.type == "SET":
        return when
    if word in ("from", "between") and len(members) > 1:
        return when
    if word == "within" and one.found.meaning.op == "shift" and one.answer.base is not None and when.last:
        return _open(when, min(one.answer.base, when.last), when.last, word)
    if word in _FROM_THEN and when.first:
        return _open(when, when.first, None, word)
    if word == "after" and when.last:
        either = when.edtf.startswith("[") and when.first  # one of two days: after the earlier of them at least
        last = when.first if either and when.first else when.last
        return _open(when, last if one.answer.type == "TIME" else plus_days(last, 1), None, word)
    if word in _UP_TO - {"to"} and when.last:
        return _up_to(when, word, reference, strict=one.answer.type != "TIME" and one.answer.mod != "END")
    return when


def _open(when: When, first: dt.date | None, last: dt.date | None, word: str) -> When:
    """An interval with an open end keeps the fineness in which its closed end was said."""
    edtf = spell(first, last)
    if when.edtf and _PLAIN.fullmatch(when.edtf) and first == when.first and last is None:
        edtf = f"{when.edtf}/.."
    elif when.edtf and _PLAIN.fullmatch(when.edtf) and last == when.last and first is None:
        edtf = f"../{when.edtf}"
    return _replaced(when, edtf=edtf, first=first, last=last, rule=f"{word}+{when.rule}")


def _up_to(when: When, word: str, reference: Reference | None, *, strict: bool) -> When:
    """Up to a day to come: from the day of writing on. Up to a day that is past: nothing says since when."""
    last = when.last
    if word == "before" and when.first and strict:
        last = plus_days(
            when.first, -1
        )  # what was before June was in May at the latest; not so "before the end of June"
    if reference is not None and last is not None and last >= reference.first:
        made = _open(when, reference.first, last, word)
        return _replaced(made, anchor=reference.anchor, anchor_words=reference.words or when.anchor_words)
    return _open(when, None, last, word)


def _length(tokens: Tokens, one: Tagged, word: str, when: When, reference: Reference | None) -> When:
    """ "Within 72 hours", "for five months you have": lengths that begin or end at the day of writing."""
    meaning = one.found.meaning
    if reference is None or meaning.count is None:
        return when
    follows = tokens.lower(one.found.last_token + 1)
    if word == "in" and one.direction == "future" and follows not in ("of", "after", "from", "a", "before"):
        return _in_so_long(when, meaning, reference)
    if word == "within" and follows not in ("of", "after", "from"):
        last = back(reference.last, meaning, meaning.high)
        return _near(when, reference.first, last, word, reference)
    if (
        word == "for"
        and (follows in ("now", "running", "already") or _perfect(tokens, one))
        and follows not in ("after", "before", "from")
    ):
        first = back(reference.first, meaning, -meaning.high)
        first = first.replace(month=1, day=1) if meaning.unit in ("year", "decade", "century") else first
        return _near(when, first, reference.last, word, reference)
    return when


def _in_so_long(when: When, meaning: Meaning, reference: Reference) -> When:
    """ "In three days", of what is to come: so long after the day of writing."""
    days = back(reference.first, meaning, meaning.low), back(reference.last, meaning, meaning.high)
    fine = {"week": Precision.WEEK, "month": Precision.MONTH, "year": Precision.YEAR}.get(meaning.unit, Precision.DAY)
    if fine in (Precision.MONTH, Precision.YEAR):
        days = month_span(*days) if fine == Precision.MONTH else year_span(*days)
    return _replaced(_near(when, *days, "in", reference), precision=fine)


def _near(when: When, first: dt.date, last: dt.date, word: str, reference: Reference) -> When:
    if first > last:
        return when
    made = _open(when, first, last, word)
    precision = Precision.VAGUE if word == "for" else Precision.DAY
    return _replaced(
        made,
        precision=precision,
        anchor=reference.anchor,
        anchor_words=reference.words,
        reason="a length of time up to or from the day of writing",
    )


def _perfect(tokens: Tokens, one: Tagged) -> bool:
    """ "Have been": what began so long ago goes on, so that the length ends at the day of writing."""
    low, high = one.found.first_token - _REACH_TOKENS, one.found.last_token + _REACH_TOKENS
    for step, place in ((-1, one.found.first_token - 1), (1, one.found.last_token + 1)):
        while max(low, 0) <= place < min(high, len(tokens.spans)) and tokens.lower(place) not in (".", ";", "!", "?"):
            if tokens.lower(place) in ("has", "have", "ve"):
                return True
            place += step
    return False


def quote_of(text: str, phrase: Phrase) -> Quote:
    """Return the phrase's words."""
    return Quote(span=Span(start=phrase.start, end=phrase.end), text=text[phrase.start : phrase.end])
