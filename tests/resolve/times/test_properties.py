"""What must hold of any text: no crash, exact spans, EDTF that parses, and time that grows with the text."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from edtf import parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pactwatch.model import Document, Precision, When
from pactwatch.resolve.times import date_document, find_times, mark_times, period_of
from pactwatch.resolve.times import lexer as lexer_module
from pactwatch.resolve.times import pattern as pattern_module
from pactwatch.resolve.times.grammar import rule_examples
from pactwatch.resolve.times.tagger import shipped_grammar

VOCABULARY = """
the of in on and since until between from to by last next this that same early late mid end night morning May
march Monday Friday June 12 31 2031 1999 490 BC 05:40 14:20 0540 19/05 19/05/2031 2031-02-30 9-10 29th first
second day days week weeks month months years two few several ago later before after signing agreement Easter
Ramadan 1445 today yesterday tomorrow spring winter '31 1990s century . , ; ( ) - – / * é 99999999999999999999
Sept. Dec. 31st April
"""
WORDS = [*VOCABULARY.split(), "\n", "\n\n", "\u200f"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=80)
DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


def written(day: dt.date | None) -> When | None:
    """A day of writing."""
    if day is None:
        return None
    return When(edtf=day.isoformat(), first=day, last=day, precision=Precision.DAY, anchor="written", rule="date-line")


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.none() | DAYS, st.sampled_from([None, True, False]))
@example("9999 years ago", dt.date(1, 1, 1), False)
@example("next century", dt.date(9999, 12, 31), True)
def test_no_text_raises_and_every_quote_is_exact(text: str, day: dt.date | None, narrative: bool | None) -> None:
    """Any text is read; each expression's words stand where they are said to, none inside another."""
    found = find_times(text, reference=written(day), narrative=narrative)
    for one in found:
        assert text[one.quote.span.start : one.quote.span.end] == one.quote.text
        assert one.when.edtf is not None or one.when.reason
        assert one.when.edtf is None or one.when.rule
    for one, after in pairwise(found):
        assert one.quote.span.end <= after.quote.span.start


@settings(max_examples=200, deadline=None)
@given(TEXTS, DAYS)
@example("2031 century ago", dt.date(2000, 1, 1))
def test_every_edtf_string_parses(text: str, day: dt.date) -> None:
    """Whatever comes out as EDTF is EDTF; its days are in order; the batch period is of the plain form."""
    for one in find_times(text, reference=written(day)):
        if one.when.edtf is None:
            continue
        assert parse_edtf(one.when.edtf) is not None
        if one.when.first and one.when.last:
            assert one.when.first <= one.when.last
        plain = period_of(one.when)
        assert plain is None or re.fullmatch(r"(\d{4}(-\d\d){0,2}|\.\.)(/(\d{4}(-\d\d){0,2}|\.\.))?", plain)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.none() | DAYS.map(dt.date.isoformat))
def test_any_document_is_dated_or_left_undated_with_a_reason(text: str, published: str | None) -> None:
    """Dating never raises, every piece of evidence stands in the text, and no date comes without a rule."""
    document = Document(id="d", source_sha256="0" * 64, text=text, published=published)
    dating = date_document(document, [])
    assert all(document.holds(quote) for quote, _ in dating.evidence)
    assert dating.written.rule if dating.written.edtf else dating.written.reason
    assert all(document.holds(mark.quote) for mark in mark_times(document))


def test_steps_grow_in_step_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen times the text takes at most about sixteen times the steps, counted, not clocked."""
    text = "On 5 June 2031, two days after the shelling of 3 June, the army shelled Lask again at 05:40. "
    counts = [_attempts(text * times, monkeypatch) for times in (1, 4, 16)]
    assert counts[1] <= 4.2 * counts[0]
    assert counts[2] <= 4.2 * counts[1]


def _attempts(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many rules are tried on a text."""
    grammar = shipped_grammar()
    tried = 0
    best = grammar._best

    def counted(rules: list[object], *rest: object) -> object:
        nonlocal tried
        tried += len(rules)
        return best(rules, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(grammar, "_best", counted)
        grammar.parse(text)
    return tried


def test_patterns_hold_no_loop() -> None:
    """No pattern repeats anything without bound, so that no text can make a rule run long."""
    for stage in shipped_grammar().stages.values():
        for rules in stage.values():
            for rule in rules:
                outside = re.sub(r"\\.|\[[^\]]*\]", "", rule.compiled.expression)
                assert "*" not in outside
                assert "+" not in outside


def test_every_rule_finds_its_own_example() -> None:
    """The example beside a rule is read by the grammar, and by that very rule or one that stands over it."""
    grammar = shipped_grammar()
    missed = []
    for name, words in rule_examples().items():
        _, found = grammar.parse(f"It was so, {words.partition(' (')[0]}, they said.")
        if not found and "histor" not in words:
            missed.append(name)
    assert missed == []


def test_the_lexer_and_the_pattern_language_share_no_letter_with_text() -> None:
    """Letters of the alphabet are private: no text can look like a class of words."""
    assert lexer_module.NOTHING == "."
    assert ord(shipped_grammar().alphabet.letter("the", "word")) >= 0xE000
    assert pattern_module.class_of("MONTH_SURE") == "month_sure"
    assert pattern_module.class_of("the") == "=the"
