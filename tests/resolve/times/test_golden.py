"""The golden table: what an expression in a sentence comes to, as a monitor would read it."""

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from edtf import parse_edtf

from pactwatch.model import Agreement, Instrument
from pactwatch.resolve.times import find_times
from pactwatch.resolve.times.moment import Moment
from pactwatch.resolve.times.phrases import Phrase, ReferenceAt, phrases
from pactwatch.resolve.times.reference import Reference
from pactwatch.resolve.times.resolver import MUCH_NEARER
from pactwatch.resolve.times.tagger import tag

TABLE = Path(__file__).parents[2] / "golden" / "times.toml"
ROWS: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["row"]


def _days(edtf: str) -> tuple[dt.date, dt.date]:
    days = Moment(*(int(figures) for figures in edtf.split("-"))).days()
    assert days is not None
    return days


def written(row: dict[str, Any]) -> Reference | None:
    """The period of writing of a row."""
    if "written" not in row:
        return None
    first, _, last = row["written"].partition("/")
    return Reference(first=_days(first)[0], last=_days(last or first)[1])


def agreements(row: dict[str, Any]) -> tuple[Agreement, ...]:
    """The one agreement of a row, where it has one."""
    if "signed" not in row:
        return ()
    signed = Instrument(prefix="A", title="Agreement", signed=dt.date.fromisoformat(row["signed"]))
    return (Agreement(id="a", title="Agreement", instruments=(signed,)),)


def phrase_of(row: dict[str, Any], reference: Reference | None) -> Phrase | None:
    """The phrase in which a row's words stand; None where they are no time."""
    text = row["text"]
    tokens, tagged = tag(text, reference=reference, agreements=agreements(row), narrative=row.get("history", False))
    start = text.index(row["words"])
    end = start + len(row["words"])
    found = phrases(tokens, tagged, ReferenceAt(reference, ()))
    return next((one for one in found if one.start < end and start < one.end), None)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['text'][:40]} | {row.get('written', '-')}")
def test_a_row_of_the_table_holds(row: dict[str, Any]) -> None:
    """An expression comes to the interval, the precision and the rule of its row, or to none with its reason."""
    phrase = phrase_of(row, written(row))
    if not row.get("found", True):
        assert phrase is None
        return
    assert phrase is not None
    assert phrase.when.edtf == row.get("edtf")
    assert phrase.when.rule == row["rule"]
    assert row.get("reason", "") in phrase.when.reason
    if "edtf" in row:
        assert phrase.when.precision == row["precision"]
        assert phrase.when.anchor
    else:
        assert phrase.when.reason


@pytest.mark.parametrize("row", [row for row in ROWS if "edtf" in row], ids=lambda row: row["text"][:40])
def test_every_edtf_string_parses(row: dict[str, Any]) -> None:
    """What is printed as EDTF is EDTF (ISO 8601-2), read by an independent parser."""
    assert parse_edtf(row["edtf"]) is not None


@pytest.mark.parametrize("row", [row for row in ROWS if "written" in row], ids=lambda row: row["text"][:40])
def test_a_wider_writing_period_never_narrows_the_answer(row: dict[str, Any]) -> None:
    """Where less is known of the day of writing, the answer is at least as wide, or there is none.

    But for dates of a plan told in the past tense: there the day of writing itself is the evidence, and is named.
    """
    narrow = written(row)
    assert narrow is not None
    wide = Reference(first=narrow.first.replace(day=1), last=max(narrow.last, narrow.first.replace(day=28)))
    one, other = phrase_of(row, narrow), phrase_of(row, wide)
    if (
        one is None
        or other is None
        or one.when.edtf is None
        or other.when.edtf is None
        or MUCH_NEARER in one.when.reason
    ):
        return
    if one.when.first and other.when.first:
        assert other.when.first <= one.when.first
    if one.when.last and other.when.last:
        assert one.when.last <= other.when.last


def test_no_row_counts_from_the_publication_date_without_saying_so() -> None:
    """Law 3: with the header's date as the only reference, every answer that needs it names `header-date`."""
    for row in ROWS:
        reference = written(row)
        if reference is None:
            continue
        header = Reference(first=reference.first, last=reference.last, anchor="published", rule="header-date")
        phrase = phrase_of(row, header)
        if phrase is not None and phrase.when.edtf is not None and phrase.when.anchor == "published":
            assert "header-date" in phrase.when.reason


def test_the_table_is_large_and_says_each_thing_once() -> None:
    """The table has at least 250 rows, none twice, and at least 30 of them have no answer."""
    keys = [(row["text"], row["words"], row.get("written"), row.get("signed")) for row in ROWS]
    assert len(keys) >= 250
    assert len(set(keys)) == len(keys)
    assert sum(1 for row in ROWS if "edtf" not in row) >= 30


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:40])
def test_values_are_timex3(row: dict[str, Any]) -> None:
    """Every expression of the table has a TIMEX3 type and a value in its spelling."""
    shape = (
        r"(BC)?[\dX]{2,4}(-[\dXWSHQ][\dXUPIA]*)*(-[A-Z]{2})?(-\d)?(T[\dA-Z:+.-]+)?|P.+|(PAST|PRESENT|FUTURE)_REF|XXXX.*"
    )
    for one in find_times(row["text"]):
        assert one.type in {"DATE", "TIME", "DURATION", "SET"}
        assert re.fullmatch(shape, one.value), one.value
