"""`pactwatch dates`: a document's times, and whole files of them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pactwatch.cli import main

LETTER = (
    "12 May 2031\n\nSince Friday units have shelled Karsa. On 9 May, three days after the talks, they withdrew. "
    "The batches are due within 135 days of signature.\n"
)
HISTORY = "In March 1912 war broke out. The fleet sailed in April, and by 3 May the town had fallen."


def run(*words: str | Path, given: str | None = None) -> Result:
    """Run one command; an unexpected exception is raised here."""
    result = CliRunner().invoke(main, ["dates", *(str(word) for word in words)], input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def write_lines(path: Path, *lines: object) -> Path:
    """Write lines as JSON, strings as they are."""
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines), encoding="utf-8")
    return path


def written(out: Path) -> list[dict[str, object]]:
    """The lines of a batch output."""
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_the_text_is_printed_with_its_times_marked() -> None:
    """Every time stands in marks with its number; its row says value, interval, what it was counted from, and why."""
    result = run("-", given=LETTER)
    assert result.exit_code == 0
    assert "⟦Friday⟧²" in result.stdout
    assert "written: 2031-05-12" in result.stdout
    assert "candidate: 2031-05-12" in result.stdout
    cells = [[cell.strip() for cell in line.split("│")] for line in result.stdout.splitlines() if "│" in line]
    assert next(row for row in cells if row[0] == "2")[1:4] == ["“Friday”", "DATE 2031-05-09", "2031-05-09"]
    assert any(row[1] == "“Since Friday”" and row[3] == "2031-05-09/.." for row in cells)


def test_both_sides_of_a_contradiction_are_shown() -> None:
    """A header that the text excludes stands beside what the text says, with the words."""
    text = "On 29 February this year an agreement was signed. Last week they met."
    result = run("-", "--published", "2031-05-12", "--agreement", "doha-2020", given=text)
    assert "header and text disagree" in result.stdout
    assert "the header says 2031-05-12" in result.stdout
    assert "the text says 2020-03" in result.stdout
    assert "“29 February this year”" in result.stdout


def test_json_holds_exact_offsets_and_everything_known() -> None:
    """Each time can be cut out of the text; what nothing pins has a reason."""
    line = json.loads(run("-", "--json", given=LETTER).stdout)
    assert line["dating"]["written"]["edtf"] == "2031-05-12"
    assert line["narrative"] is False
    assert line["narrative_detected"] is True
    for one in [*line["timexes"], *line["phrases"]]:
        assert LETTER[one["start"] : one["end"]] == one["text"]
        assert one["rule"]
        assert one["edtf"] or one["reason"]


def test_an_agreement_dates_what_counts_from_it() -> None:
    """ "135 days of signature" is a day where an agreement file is given, and none without."""
    with_file = json.loads(run("-", "--json", "--agreement", "harrow-bridge-2031", given=LETTER).stdout)
    without = json.loads(run("-", "--json", given=LETTER).stdout)
    assert with_file["timexes"][-1]["edtf"] == "2031-07-27"
    assert with_file["timexes"][-1]["anchor"] == "agreement:harrow-bridge-2031"
    assert without["timexes"][-1]["edtf"] is None
    assert "no agreement file" in without["timexes"][-1]["reason"]


def test_narrative_carries_the_year_and_no_narrative_counts_from_the_day_of_writing() -> None:
    """In a history April is that of the year told; otherwise it is the one before the text was written."""
    values = {}
    for flag in ("--narrative", "--no-narrative"):
        line = json.loads(run("-", "--json", flag, "--published", "2031-05-12", given=HISTORY).stdout)
        values[flag] = [one["value"] for one in line["timexes"]]
    assert values["--narrative"] == ["1912-03", "1912-04", "1912-05-03"]
    assert values["--no-narrative"][1] == "2031-04"


def test_a_batch_has_the_stated_format(tmp_path: Path) -> None:
    """A date, a date with a time, or null; other fields are ignored; the keys are exactly those of the format."""
    text = "They met yesterday."
    docs = write_lines(
        tmp_path / "docs.jsonl",
        {"id": "day", "dct": "2031-05-12", "text": text, "corpus": 1},
        {"id": "time", "dct": "2031-05-12T23:59:00+02:00", "text": text},
        {"id": "none", "dct": None, "text": text},
        {"doc": "older names", "published": "2031-05-12", "text": text},
        {"id": "own date", "dct": None, "text": "12 May 2031\n\nThey met yesterday."},
    )
    out = tmp_path / "out.jsonl"
    result = run("--batch", docs, "--out", out)
    assert result.exit_code == 0
    lines = written(out)
    assert [line["id"] for line in lines] == ["day", "time", "none", "older names", "own date"]
    expected = {"start": 9, "end": 18, "type": "DATE", "value": "2031-05-11", "edtf": "2031-05-11", "rule": "yesterday"}
    for line in (lines[0], lines[1], lines[3]):
        assert line["timexes"] == [expected]
    assert lines[2]["timexes"] == [{**expected, "value": "XXXX-XX-XX", "edtf": None}]
    assert lines[4]["timexes"][1]["value"] == "2031-05-11"  # type: ignore[index]


def test_what_is_wrong_in_a_batch_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    """File, line and field of a broken line, an impossible `dct`, an id that came before; nothing else is lost."""
    docs = write_lines(
        tmp_path / "docs.jsonl",
        "{broken",
        {"id": "a", "dct": "2031-02-30", "text": "Today."},
        {"id": "a", "dct": 5, "text": "Today."},
        {"id": "b", "dct": "2031-05-12"},
        {"id": "c", "dct": "2031-05-12Tnoon", "text": "Today."},
    )
    out = tmp_path / "out.jsonl"
    result = run("--batch", docs, "--out", out)
    assert result.exit_code == 0
    for place in (
        "docs.jsonl:1",
        "docs.jsonl:2 [dct]",
        "docs.jsonl:3 [id]",
        "docs.jsonl:4 [text]",
        "docs.jsonl:5 [dct]",
    ):
        assert place in result.stderr
    assert [line["id"] for line in written(out)] == ["a", "a#2", "c"]


def test_a_text_that_excludes_its_stated_date_is_reported(tmp_path: Path) -> None:
    """The stated date is kept, for who states it knows; the contradiction is printed with its words."""
    text = "On 29 February this year they signed. They met yesterday."
    docs = write_lines(tmp_path / "docs.jsonl", {"id": "a", "dct": "2031-05-12", "text": text})
    out = tmp_path / "out.jsonl"
    result = run("--batch", docs, "--out", out)
    assert "29 February this year" in result.stderr
    assert written(out)[0]["timexes"][1]["value"] == "2031-05-11"  # type: ignore[index]


def test_a_batch_is_the_same_every_time_and_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    """Two runs give the same bytes; a resumed one makes up the rest, a torn last line included."""
    docs = write_lines(tmp_path / "docs.jsonl", *({"id": f"d{n}", "dct": None, "text": LETTER} for n in range(3)))
    out = tmp_path / "out.jsonl"
    run("--batch", docs, "--out", out)
    whole = out.read_bytes()
    run("--batch", docs, "--out", out)
    assert out.read_bytes() == whole
    lines = whole.splitlines(keepends=True)
    (tmp_path / "out.jsonl.part").write_bytes(lines[0] + lines[1][:20])
    out.unlink()
    result = run("--batch", docs, "--out", out, "--resume")
    assert "(1 done before)" in result.stderr
    assert out.read_bytes() == whole


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "name a document"),
        (["--batch", "{docs}"], "--out"),
        (["--batch", "{docs}", "--out", "x.jsonl", "--published", "2031"], "dct"),
        (["--batch", "nowhere.jsonl", "--out", "x.jsonl"], "there is no such file"),
        (["{docs}", "--published", "May"], "YYYY-MM-DD"),
        (["{docs}", "--agreement", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path, words: list[str], says: str) -> None:
    """Exit status 2, no traceback, and what to do."""
    docs = write_lines(tmp_path / "docs.jsonl", {"id": "a", "dct": None, "text": "Today."})
    result = run(*(word.format(docs=docs) for word in words))
    assert result.exit_code == 2
    assert says in result.stderr
