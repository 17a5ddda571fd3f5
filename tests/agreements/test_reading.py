"""Agreement files by name and path, versions by date, deadlines by the file's own count."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch import agreements
from pactwatch.agreements import moments
from pactwatch.agreements.moments import Clock, NotATime
from pactwatch.errors import UnknownName

Write = Callable[..., Path]


def test_names_and_texts_of_what_ships() -> None:
    """Every shipped name can be shown, checked and loaded, and carries its own name inside."""
    assert {"harrow-bridge-2031", "doha-2020"} <= set(agreements.names())
    for name in agreements.names():
        assert f'id = "{name}"' in agreements.shipped(name)
        assert agreements.load(name).id == name


@pytest.mark.parametrize("name", ["harow-bridge-2031", "Doha", "", "no such thing", "doha 2020"])
def test_an_unknown_name_lists_what_there_is(name: str) -> None:
    """The message names the nearest and all that ship."""
    with pytest.raises(UnknownName, match="doha-2020"):
        agreements.shipped(name)
    if name:
        with pytest.raises(UnknownName, match="harrow-bridge-2031"):
            agreements.load(name)


def test_a_near_name_is_suggested() -> None:
    """A typo in a name is answered with the name."""
    with pytest.raises(UnknownName, match="did you mean harrow-bridge-2031"):
        agreements.load("harow-bridge-2031")


def test_a_path_and_a_name_give_the_same(tmp_path: Path) -> None:
    """A copy of a shipped file reads as the shipped one, also without the ending and with a byte order mark."""
    text = agreements.shipped("doha-2020")
    copy = tmp_path / "copy.toml"
    copy.write_text("\ufeff" + text, encoding="utf-8")
    bare = Path(shutil.copy(copy, tmp_path / "bare"))
    assert agreements.load(str(copy)) == agreements.load(str(bare)) == agreements.load("doha-2020")


def test_clauses_know_their_lines(written: Write) -> None:
    """Each clause carries the line of its table, so that a message can point at it."""
    path = written()
    lines = path.read_text(encoding="utf-8").splitlines()
    for clause in agreements.load(str(path)).clauses:
        assert clause.line is not None
        assert lines[clause.line - 1] == "[[clause]]"
        assert lines[clause.line] == f'id = "{clause.id}"'


def test_a_version_changes_only_what_it_says(written: Write) -> None:
    """All that a later wording leaves out is as it was."""
    pact = agreements.load(str(written()))
    first, later = pact.versions("QT/1")
    assert later.paraphrase != first.paraphrase
    assert later.text != first.text
    assert (later.acts, later.area, later.limits, later.obligor) == (
        first.acts,
        first.area,
        first.limits,
        first.obligor,
    )
    assert (later.since, later.exceptions, later.line) == (first.since, first.exceptions, first.line)


def test_versions_may_be_written_in_any_order(written: Write) -> None:
    """A later version that stands first in the file still lies over the earlier one."""
    later = '[[clause.version]]\nfrom = "2040-06-01"\namended_by = "QP/1"\ntitle = "Third"\n\n'
    pact = agreements.load(
        str(written(('[[clause.version]]\nfrom = "2040-03-01"', later + '[[clause.version]]\nfrom = "2040-03-01"')))
    )
    versions = pact.versions("QT/1")
    assert [one.version.isoformat() for one in versions] == ["2040-01-10", "2040-03-01", "2040-06-01"]
    assert versions[2].title == "Third"
    assert versions[2].paraphrase == versions[1].paraphrase


PACT = agreements.load("harrow-bridge-2031")


@given(st.dates(min_value=dt.date(2030, 1, 1), max_value=dt.date(2033, 1, 1)))
def test_one_version_stands_on_any_day(day: dt.date) -> None:
    """On each day each clause stands in at most one wording, the latest of those made by then."""
    standing = PACT.clauses_at(day)
    assert len({one.id for one in standing}) == len(standing)
    for clause in standing:
        assert clause == PACT.version_at(clause.id, day)
        assert clause.version <= day
        assert not any(clause.version < other.version <= day for other in PACT.versions(clause.id))


COUNTED = [
    ("from_day_after", "elapsed", "135 days after X", "2020-02-29 00:00", "2020-07-13 23:59:59"),
    ("from_signature", "elapsed", "135 days after X", "2020-02-29 00:00", "2020-07-12 23:59:59"),
    ("from_day_after", "elapsed", "2 weeks after X", "2031-03-14 10:00", "2031-03-28 23:59:59"),
    ("from_day_after", "elapsed", "1 month after X", "2031-01-31 00:00", "2031-02-28 23:59:59"),
    ("from_day_after", "elapsed", "1 month after X", "2032-01-31 00:00", "2032-02-29 23:59:59"),
    ("from_day_after", "elapsed", "1 year after X", "2032-02-29 00:00", "2033-02-28 23:59:59"),
    ("from_day_after", "elapsed", "9 months and 15 days after X", "2020-07-13 23:59", "2021-04-28 23:59:59"),
    ("from_day_after", "elapsed", "48 hours after X", "2031-03-14 10:30", "2031-03-16 10:30:00"),
    ("from_day_after", "to_midnight", "48 hours after X", "2031-03-14 10:30", "2031-03-16 23:59:59"),
    ("from_day_after", "elapsed", "2031-05-01", "2031-03-14 10:30", "2031-05-01 23:59:59"),
    ("from_day_after", "elapsed", "2031-05-01 24:00", "2031-03-14 10:30", "2031-05-01 23:59:59"),
    ("from_day_after", "elapsed", "2031-05-01 18:00", "2031-03-14 10:30", "2031-05-01 18:00:00"),
]


@pytest.mark.parametrize(("days", "hours", "words", "start", "due"), COUNTED)
def test_deadlines_are_counted_by_the_files_own_rule(days: str, hours: str, words: str, start: str, due: str) -> None:
    """The day after or the day itself counts first; hours run on or end at midnight; short months end early."""
    clock = Clock("UTC+03:00", days, "24:00", hours)
    anchor = dt.datetime.fromisoformat(start).replace(tzinfo=clock.tz)
    found = moments.deadline(words, clock, lambda _: anchor)
    assert f"{found:%Y-%m-%d %H:%M:%S}" == due
    assert found.utcoffset() == dt.timedelta(hours=3)


def test_a_day_that_ends_at_another_hour(written: Write) -> None:
    """Where days end at 18:00, a deadline that names a day falls at 18:00."""
    pact = agreements.load(str(written(('zone = "UTC+01:00"', 'zone = "UTC+01:00"\nday_ends = "18:00"'))))
    assert [f"{one:%H:%M}" for one in pact.versions("QT/2/a")[0].deadlines] == ["18:00", "18:00"]


def test_a_named_zone_has_its_own_offset(written: Write) -> None:
    """Times are in the file's zone, summer time included."""
    pact = agreements.load(str(written(("UTC+01:00", "Europe/Oslo"), ('since = "2040-01-10"', 'since = "2040-01-10"'))))
    assert pact.versions("QT/2/a")[0].deadlines[0].utcoffset() == dt.timedelta(hours=1)


def refusal(read: Callable[[], object]) -> str:
    """What the refusal says; empty where the words were read. Any other error is one of the test."""
    try:
        read()
    except NotATime as error:
        return str(error) or "a refusal without words"
    return ""


@given(st.text(max_size=40))
def test_any_words_for_a_deadline_are_read_or_refused(words: str) -> None:
    """Arbitrary words give a moment or a refusal that says what is expected, nothing else."""
    clock = Clock("UTC", "from_day_after", "24:00", "elapsed")
    told = refusal(lambda: moments.deadline(words, clock, lambda _: dt.datetime(2031, 1, 1, tzinfo=dt.UTC)))
    assert told == "" or "write" in told


@given(number=st.integers(0, 10**12), unit=st.sampled_from(["hour", "day", "week", "month", "year"]))
def test_any_length_of_time_is_counted_or_refused(number: int, unit: str) -> None:
    """However long, a length of time ends after its beginning or is said to lie beyond the calendar."""
    clock = Clock("UTC", "from_day_after", "24:00", "elapsed")
    start = dt.datetime(2031, 1, 1, 12, tzinfo=dt.UTC)
    ends: list[dt.datetime] = []
    told = refusal(lambda: ends.append(moments.deadline(f"{number} {unit}s after X", clock, lambda _: start)))
    assert all(end >= start for end in ends)
    assert bool(ends) != ("9999" in told)


@given(st.text(max_size=30))
def test_any_zone_and_hours_are_read_or_refused(words: str) -> None:
    """Arbitrary words for a zone, an hour or a day are read or refused with words, never with another error."""
    for read in (moments.zone, moments.hour, moments.day, moments.hours):
        told = refusal(lambda read=read: read(words))  # type: ignore[misc]
        assert told == "" or "write" in told
