"""Finding the time expressions of a text and resolving them in order: what is named first anchors what follows."""

import re
from collections.abc import Sequence
from functools import lru_cache

from pactwatch.model import Agreement, Quote, Span, TimeExpression, When
from pactwatch.resolve.times import grammar
from pactwatch.resolve.times.lexer import PARAGRAPH, Tokens
from pactwatch.resolve.times.makers_more import MAKERS
from pactwatch.resolve.times.meaning import Found
from pactwatch.resolve.times.reference import Context, Mentioned, Reference, reference_of
from pactwatch.resolve.times.resolver import resolve
from pactwatch.resolve.times.tagged import Tagged, in_order
from pactwatch.resolve.times.tense import direction

__all__ = ["Tagged", "expressions", "find", "is_history", "shipped_grammar", "tag", "told_as_history"]

_KEPT_CODE_POINTS = 200_000  # a longer text is parsed anew rather than kept in memory
_HISTORY_YEARS = 3  # so many different years written out, all years before the date of writing, make a history
_HISTORY_WORDS = 400  # a shorter text gives the detector too little to stand on
_DATES_SHARE = 0.008  # of the words
_NEAR_SHARE = 0.06  # of the expressions: "today", "last week"
_FIRST_PERSON_SHARE = 0.005  # of the words
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|I|my)\b")


@lru_cache(maxsize=1)
def shipped_grammar() -> grammar.Grammar:
    """Return the grammar that comes with the package, compiled once a process."""
    return grammar.load(grammar.shipped(), "grammar.toml", MAKERS)


def _parse(text: str, events: grammar.Events | None) -> tuple[Tokens, list[Found]]:
    return shipped_grammar().parse(text, events)


@lru_cache(maxsize=4)
def _parsed(text: str) -> tuple[Tokens, list[Found]]:
    """A document is dated, marked and resolved in turn: what does not depend on the day of writing is done once."""
    return _parse(text, None)


def tag(
    text: str,
    *,
    reference: Reference | None,
    narrative: bool | None = None,
    agreements: Sequence[Agreement] = (),
    sections: Sequence[tuple[int, Reference]] = (),
    events: grammar.Events | None = None,
) -> tuple[Tokens, list[Tagged]]:
    """Return the tokens of a text and its expressions, resolved in order.

    `sections` are places from which another day of writing holds (a log's date lines), in order.
    """
    tokens, found = _parsed(text) if events is None and len(text) <= _KEPT_CODE_POINTS else _parse(text, events)
    if narrative is None:
        narrative = is_history(text, found, reference)
    context = Context(
        text=text, reference=reference, narrative=narrative, agreements=tuple(agreements), twins=_twins(found)
    )
    paragraphs = [tokens.spans[at][1] for at, letter in enumerate(tokens.letters) if letter == PARAGRAPH]
    waiting = list(reversed(sections))
    breaks = list(reversed(paragraphs))
    out: list[Tagged] = []
    for one in found:
        while waiting and waiting[-1][0] <= one.start:
            context.reference = waiting.pop()[1]
        while breaks and breaks[-1] <= one.start:
            context.paragraph = breaks.pop()
        if one.meaning.name == "adjective" and not narrative:
            continue
        side = one.meaning.hint or direction(tokens, one.first_token, one.last_token)
        answer = resolve(one, context, side)
        if not answer.value:
            continue
        if answer.moment is not None and answer.type != "DURATION":
            context.named(answer.moment, one.start, one.end, explicit=answer.explicit, direction=side)
        out.append(Tagged(found=one, answer=answer, direction=side))
    return tokens, in_order(tokens, out)


def _twins(found: Sequence[Found]) -> dict[tuple[int, int], Mentioned]:
    """Days whose year the text writes out somewhere, always the same one: elsewhere it need not be said again."""
    years: dict[tuple[int, int], set[int]] = {}
    mentions: dict[tuple[int, int], Mentioned] = {}
    for one in found:
        moment = one.meaning.moment
        if one.meaning.op == "calendar" and moment.year is not None and moment.month and moment.day:
            day = (moment.month, moment.day)
            years.setdefault(day, set()).add(moment.year)
            mentions[day] = Mentioned(moment=moment, start=one.start, end=one.end, explicit=True)
    return {day: mentions[day] for day, named in years.items() if len(named) == 1}


def told_as_history(text: str, reference: Reference | None) -> bool:
    """Return what `tag` takes a text for where nobody says whether it is a history."""
    return is_history(text, _parsed(text)[1] if len(text) <= _KEPT_CODE_POINTS else _parse(text, None)[1], reference)


def is_history(text: str, found: Sequence[Found], reference: Reference | None) -> bool:
    """Return True where a text tells of several past years from outside, as a history does.

    Its signs: many dates, of several years, hardly any in the year of writing; nobody says "we", nothing is counted
    from today. The thresholds lie far from both sides: histories have 0.0–0.22 % of first-person words and 0.9–4 % of
    dates, speeches 1–5 % and at most 1 %. Errs towards False: a statement taken for a history loses its day of writing.
    """
    words = len(text.split())
    dated = [one.meaning for one in found if one.meaning.op == "calendar"]
    years = [one.moment.year for one in dated if one.moment.year is not None]
    if words < _HISTORY_WORDS or len(set(years)) < _HISTORY_YEARS or len(dated) < _DATES_SHARE * words:
        return False
    near = sum(1 for one in found if one.meaning.op == "near")
    if near > _NEAR_SHARE * len(found) or len(_FIRST_PERSON.findall(text)) > _FIRST_PERSON_SHARE * words:
        return False
    current = sum(1 for year in years if reference is not None and year >= reference.first.year)
    return current * 2 < len(years)


def expressions(text: str, tagged: Sequence[Tagged]) -> tuple[TimeExpression, ...]:
    """Return the model's values of tagged expressions."""
    return tuple(expression(text, one) for one in tagged)


def expression(text: str, one: Tagged) -> TimeExpression:
    """Return the model's value of one tagged expression."""
    found, answer = one.found, one.answer
    quote = Quote(span=Span(start=found.start, end=found.end), text=text[found.start : found.end])
    when = answer.when(found.rule)
    return TimeExpression(quote=quote, type=answer.type, value=answer.value, mod=answer.mod, when=when)


def find(text: str, reference: When | None, narrative: bool | None) -> tuple[TimeExpression, ...]:
    """Return the time expressions of a text, in order, none inside another."""
    _, tagged = tag(text, reference=reference_of(reference), narrative=narrative)
    return expressions(text, tagged)
