"""Bad agreement files: each mistake is named with file, line, field and what to do, all of them at once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pactwatch import agreements
from pactwatch.agreements.reference import PROBLEMS
from pactwatch.errors import HandwrittenFileError, InputError
from pactwatch.model import Severity

Write = Callable[..., Path]

ERRORS = [
    ("typo in a field", 'modality = "must_not"', 'modalty = "must_not"', "modalty", "Did you mean modality?"),
    ("typo in a nested field", 'amended_by = "QP/1"', 'amended_bi = "QP/1"', "amended_bi", "Did you mean amended_by?"),
    ("typo at the top", 'zone = "UTC+01:00"', 'zome = "UTC+01:00"', "zome", "Did you mean zone?"),
    ("unknown act", 'acts = ["shelling"]', 'acts = ["shelin"]', "acts[0]", "Did you mean shelling?"),
    ("bad modality", '"must_not"', '"mustnot"', "modality", "Did you mean must_not?"),
    ("bad status", 'status = "bound"', 'status = "signed"', "bound[0].status", "Values: bound, not_bound, unknown."),
    ("a bare date", 'signed = "2040-01-10"', "signed = 2040-01-10", "signed", 'Write it in quotes: "2040-01-10".'),
    ("a word for a list", 'acts = ["shelling"]', 'acts = "shelling"', "acts", "Write a list in [ ]."),
    ("a text for a number", "within_km = 3", 'within_km = "3"', "within_km", "Write a number."),
    ("a negative error", "error_km = 1.0", "error_km = -1.0", "error_km", "zero or more"),
    ("no parties", 'parties = ["NORTH", "SOUTH"]', "parties = []", "parties", "Name at least one."),
    ("a name with capitals", '"quay-truce-2040"', '"Quay Truce"', "id", "lower case"),
    ("an unknown zone", "UTC+01:00", "Quay/Long", "zone", "Asia/Kabul"),
    ("an impossible day", 'signed = "2040-01-10"', 'signed = "2040-02-30"', "signed", "YYYY-MM-DD"),
    ("an impossible hour", "08:00-12:00", "8-12", "daily", "HH:MM-HH:MM"),
    (
        "an end before its start",
        'since = "2040-01-10"',
        'since = "2040-01-10"\nuntil = "2039-01-01"',
        "until",
        "Change",
    ),
    ("spaces in a clause id", 'id = "QT/2/a"', 'id = "QT / 2"', "clause[1].id", "without them"),
    ("a wrong prefix", 'id = "QT/2/a"', 'id = "QX/2/a"', "clause[1].id", "Did you mean Q"),
    ("a bare prefix", 'id = "QT/2/a"', 'id = "QT"', "clause[1].id", "PREFIX/article"),
    ("an id twice", 'id = "QT/2/a"', 'id = "QT/1"', "clause[1].id", "its own id"),
    ("a prefix twice", 'prefix = "QP"', 'prefix = "QT"', "instrument[1].prefix", "its own id"),
    ("a version before its clause", 'from = "2040-03-01"', 'from = "2040-01-01"', "version[0].from", "Change the day."),
    ("a version on the clause's day", 'from = "2040-03-01"', 'from = "2040-01-10"', "version[0].from", "change a day"),
    (
        "a version before its protocol",
        'from = "2040-03-01"',
        'from = "2040-02-01"',
        "version[0].from",
        "Change the day.",
    ),
    ("amended by no clause", 'amended_by = "QP/1"', 'amended_by = "QP/9"', "amended_by", "Did you mean QP/1?"),
    ("an amendment of no clause", 'amends = ["QT/1"]', 'amends = ["QT/7"]', "clause[3].amends", "Did you mean QT/"),
    ("an amendment never made", 'amends = ["QT/1"]', 'amends = ["QT/3"]', "clause[3].amends", "[[clause.version]]"),
    ("a protocol to nothing", 'amends = ["QT"]', 'amends = ["QZ"]', "instrument[1].amends", "Did you mean Q"),
    ("an unknown exception", 'excepts = ["QT/1"]', 'excepts = ["QT/8"]', "clause[2].excepts", "Did you mean QT/"),
    ("an unknown area", 'area = "near-wall"', 'area = "near-wal"', "clause[0].area", "Did you mean near-wall?"),
    ("an unknown default area", 'default_area = "quay"', 'default_area = "key"', "default_area", "Areas: quay"),
    ("an area without geometry", 'units = ["Long Quay"]', 'note = "hm"', "area[0]", "points"),
    ("a line without a distance", "within_km = 3\n", "", "area[1]", "within_km"),
    ("an unknown line", 'line = "wall"', 'line = "walls"', "area[1].line", "Did you mean wall?"),
    ("an area drawn by itself", 'inside = "quay"', 'inside = "near-wall"', "area[1]", "geometry of its own"),
    ("a point nowhere", "[10.0, 20.0]", "[100.0, 20.0]", "line[0].points", "Latitude comes first"),
    ("a line of one point", "[[10.0, 20.0], [10.5, 20.0, 0.2]]", "[[10.0, 20.0]]", "line[0].points", "two or more"),
    ("an obligor from nowhere", 'obligor = ["NORTH"]', 'obligor = ["NORHT"]', "obligor", "Did you mean NORTH?"),
    ("an amount from nowhere", 'party = "NORTH"\ndue', 'party = "WEST"\ndue', "amount[0].party", "Known"),
    ("a deadline before signature", '"2040-02-20 18:00"]', '"2039-12-31"]', "deadline", "day of signature"),
    ("a deadline of nothing", "30 days after signature", "30 days after lunch", "deadline", "nothing to count from"),
    ("a deadline in no unit", "30 days after signature", "3 moons after signature", "deadline", "hours, days, weeks"),
    ("a deadline in words", '"30 days after signature"', '"soon"', "deadline", "YYYY-MM-DD"),
    (
        "text without a licence",
        'text_licence = "CC0-1.0"',
        'text_licence = "all rights reserved"',
        "text",
        "paraphrase",
    ),
    ("a limit without a unit", "calibre_mm", "calibre", "limit[0].of", "distance_km"),
    ("a count of nothing", 'of = "released"', 'of = "freed"', "amount[0].of", "Did you mean released?"),
    ("no modality", 'obligor = ["NORTH"]\nmodality = "must"', 'obligor = ["NORTH"]', "modality", "must_not"),
    ("no paraphrase", 'paraphrase = "The north lets the crews go."', "", "clause[1]", "your words"),
    ("only with no words", 'words = ["salute"]\n', "", "only_with", "Add `words`"),
]

DOUBTS = [
    ("no licence", 'licence = "CC0-1.0"\ntext', "text", "id", "where its words come from"),
    ("nobody says who is bound", '[[bound]]\nparty = "SOUTH"', '[[bound]]\nparty = "NORTH-2"', "parties", "unknown"),
    ("an exception to nothing", 'excepts = ["QT/1"]\n', "", "clause[2]", "Add `excepts`."),
    ("a clause that nothing touches", 'acts = ["prisoner_release"]\n', "", "clause[1]", "Add `acts`."),
    ("an amendment of nothing said", 'amends = ["QT/1"]\n', 'note = "x"\n', None, None),
    ("nobody owes it", 'obligor = ["NORTH"]\n', "", "clause[1]", "Add `obligor`"),
    (
        "open acts without a reading",
        "only_with = true",
        'only_with = true\nopen_acts = ["raid"]',
        "open_acts",
        "reading",
    ),
    ("hours from a day", "30 days after signature", "48 hours after signature", "deadline", "signed_at"),
    ("no entry into force", 'in_force = "2040-03-01"\n', "", "instrument[1]", "in_force"),
]


def test_the_sample_is_right(written: Write) -> None:
    """A file without mistakes has no problems, so that every problem below is the change's own."""
    assert agreements.check(str(written())) == ()


@pytest.mark.parametrize(("name", "old", "new", "field", "advice"), ERRORS, ids=[row[0] for row in ERRORS])
def test_a_mistake_is_named(written: Write, name: str, old: str, new: str, field: str, advice: str) -> None:
    """The problem gives file, line, field and what to do; `load` refuses the file with the same words."""
    path = written((old, new))
    errors = [one for one in agreements.check(str(path)) if one.severity is Severity.ERROR]
    mine = [one for one in errors if (one.field or "").endswith(field) and advice in f"{one.what} {one.advice}"]
    assert mine, [str(one) for one in errors]
    assert mine[0].where == str(path)
    assert mine[0].line is not None
    assert mine[0].code in PROBLEMS
    with pytest.raises(HandwrittenFileError) as caught:
        agreements.load(str(path))
    assert (caught.value.line, caught.value.field) == (errors[0].line, errors[0].field)


@pytest.mark.parametrize(("name", "old", "new", "field", "advice"), DOUBTS, ids=[row[0] for row in DOUBTS])
def test_a_doubt_is_told_and_does_not_stop(
    written: Write, name: str, old: str, new: str, field: str | None, advice: str | None
) -> None:
    """What is only doubtful is a warning, and the file is read."""
    path = written((old, new))
    problems = agreements.check(str(path))
    assert not [str(one) for one in problems if one.severity is Severity.ERROR]
    if field is not None:
        told = [one for one in problems if (one.field or "").endswith(field) and (advice or "") in str(one)]
        assert told, [str(one) for one in problems]
    agreements.load(str(path))


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ('modality = "must_not"', 'modalty = "must_not"', "modalty"),
        ('acts = ["prisoner_release"]', 'acts = ["prisoner_relaese"]', "prisoner_relaese"),
        ('from = "2040-03-01"', 'from = "2040-01-01"', 'from = "2040-01-01"'),
        ('due = "2040-02-20 18:00"', 'due = "2040-13-20"', 'due = "2040-13-20"'),
        ('excepts = ["QT/1"]', 'excepts = ["QT/8"]', "excepts"),
        ("within_km = 3", "within_km = 0", r"\[\[area\]\]\nid = \"near-wall\""),
    ],
)
def test_the_line_is_where_the_mistake_stands(written: Write, old: str, new: str, at: str) -> None:
    """The line is the one that the author has to change, also in tables inside tables."""
    path = written((old, new))
    text = path.read_text(encoding="utf-8")
    lines = {one.line for one in agreements.check(str(path)) if one.severity is Severity.ERROR}
    found = re.search(at, text)
    assert found is not None
    assert text.count("\n", 0, found.start()) + 1 in lines


def test_a_cycle_of_exceptions_is_shown_as_a_chain(written: Write) -> None:
    """Two clauses that except from each other are named in order."""
    path = written(('text = "There shall be no shelling."', 'excepts = ["QT/3"]'))
    found = [one for one in agreements.check(str(path)) if one.code == "agreement-exception"]
    assert len(found) == 1
    assert "QT/1" in found[0].what
    assert "→" in found[0].what


def test_two_wordings_of_one_day_overlap(written: Write) -> None:
    """Two versions from one day cannot both hold."""
    second = (
        '[[clause.version]]\nfrom = "2040-03-01"\namended_by = "QP/1"\ntitle = "Again"\n\n[[clause]]\nid = "QT/2/a"'
    )
    path = written(('[[clause]]\nid = "QT/2/a"', second))
    found = [one for one in agreements.check(str(path)) if one.code == "agreement-version"]
    assert [one.field for one in found] == ["clause[0].version[1].from"]


def test_a_party_told_twice_for_the_same_days(written: Write) -> None:
    """Two entries of one party may follow each other, not overlap."""
    again = '[[bound]]\nparty = "NORTH"\nstatus = "unknown"\nsince = "2040-05-01"\nnote = "left"\n\n[[line]]'
    path = written(("[[line]]", again))
    assert [one.code for one in agreements.check(str(path))] == ["agreement-party"]
    closed = written(("[[line]]", again), ('since = "2040-01-10"', 'since = "2040-01-10"\nuntil = "2040-04-30"'))
    assert agreements.check(str(closed)) == ()


def test_deadlines_that_wait_for_each_other(written: Write) -> None:
    """A deadline counted from a clause that counts from it is named, and does not hang."""
    path = written(
        ('deadline = ["30 days after signature", "2040-02-20 18:00"]', 'deadline = "3 days after QT/1"'),
        ('text = "There shall be no shelling."', 'deadline = "3 days after QT/2/a"'),
        ('due = "2040-02-20 18:00"', 'due = "3 days after QT/1"'),
    )
    assert any("counted from each other" in one.what for one in agreements.check(str(path)))


def test_all_mistakes_at_once(written: Write) -> None:
    """An author with five mistakes of form and of meaning sees five, in the order of the file's lines."""
    path = written(
        ('zone = "UTC+01:00"', 'zone = "UTC+01:00"\ncolour = "blue"'),
        ('units = ["Long Quay"]', 'units = ["Long Quay"]\nunit = "x"'),
        ('acts = ["shelling"]', 'acts = ["shelling", "shouting"]'),
        ('obligor = ["NORTH"]', 'obligor = ["WEST"]'),
        ('excepts = ["QT/1"]', 'excepts = ["QT/9"]'),
    )
    errors = [one for one in agreements.check(str(path)) if one.severity is Severity.ERROR]
    assert len(errors) == 5, [str(one) for one in errors]
    assert [one.line for one in errors] == sorted(one.line or 0 for one in errors)
    with pytest.raises(HandwrittenFileError, match="4 more"):
        agreements.load(str(path))


@pytest.mark.parametrize("text", ["id = ", "id = 'x'\nid = 'y'", "[[clause]\n", "\x00", "= 3", '"', "[[[]]]"])
def test_what_is_no_toml_is_said(tmp_path: Path, text: str) -> None:
    """A file that is no TOML has one problem, with its line."""
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    problems = agreements.check(str(path))
    assert [(one.code, one.severity) for one in problems] == [("agreement-shape", Severity.ERROR)]
    assert problems[0].line is not None
    with pytest.raises(HandwrittenFileError):
        agreements.load(str(path))


@pytest.mark.parametrize("text", ["", "clause = 3", 'id = "x"', "instrument = {}", "[clause]\nid = 1", "[[clause]]"])
def test_a_file_of_the_wrong_form_is_said(tmp_path: Path, text: str) -> None:
    """A file that lacks everything, or has tables where lists belong, is refused with words, not with a traceback."""
    path = tmp_path / "odd.toml"
    path.write_text(text, encoding="utf-8")
    assert any(one.severity is Severity.ERROR for one in agreements.check(str(path)))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file, a folder and bytes that are no text are said as such."""
    with pytest.raises(InputError, match="no such file"):
        agreements.check(str(tmp_path / "gone.toml"))
    with pytest.raises(InputError, match="folder"):
        agreements.load(str(tmp_path))
    latin = tmp_path / "latin.toml"
    latin.write_bytes('title = "Brücke"'.encode("latin-1"))
    with pytest.raises(HandwrittenFileError, match="UTF-8"):
        agreements.load(str(latin))


def swapped(text: str) -> str:
    """The text with the two parties' names exchanged."""
    return text.replace("NORTH", "\x01").replace("SOUTH", "NORTH").replace("\x01", "SOUTH")


def test_swapping_the_parties_swaps_the_problems(written: Write) -> None:
    """Law 9: a mistake on one side's clause is told as it would be on the other's."""
    path = written(('obligor = ["NORTH"]', 'obligor = ["WEST"]'), ('party = "NORTH"\ndue', 'party = "EAST"\ndue'))
    here = [(one.code, one.line, one.field, one.what) for one in agreements.check(str(path))]
    path.write_text(swapped(path.read_text(encoding="utf-8")), encoding="utf-8")
    there = [(one.code, one.line, one.field, swapped(one.what)) for one in agreements.check(str(path))]
    assert len(here) == 2
    assert here == there
