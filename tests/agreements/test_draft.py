"""A first agreement file from a text: what is read, what is marked, and what is never made up."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch import agreements
from pactwatch.agreements import draft
from pactwatch.cli import main

TEXT = """# PACT OF THE TWO BANKS
Done at Ferry Town, on 10 January 2040

The Council of the North Bank, of the one part, and the Hill League, of the other part (hereinafter "the Parties"),

## Article 1. Terms
1. "Forces" means all who bear arms for a Party.

## Article 2. Prohibited acts
The following are prohibited:
(a) shelling;
(b) the taking of hostages
and their transfer.

## Article 3. Duties
1. The Parties shall withdraw artillery to 15 km from the river by 1 March at 18:00.
2. The Council shall release its prisoners on 5 February, 5 March and 5 April 2040.
3. Persons under age shall be released within 60 days of signature.
4. Patrols may cross the river.
5. Snow falls in winter.
6. The Parties shall cease all hostilities from 1 February 2040 at 00:00.
7. The bridge is open on 3 Smarch.

## Article 4. Changes
In Article 9, paragraph 2, of the earlier Pact "10 km" is replaced by "30 km".
"""


@pytest.fixture(scope="module")
def made() -> dict:
    """The draft of that text, as a program reads it."""
    return tomllib.loads(draft(TEXT).text)


def clause(made: dict, path: str) -> dict:
    """One clause by its place in the text."""
    return next(one for one in made["clause"] if one["id"] == f"{made['instrument'][0]['prefix']}/{path}")


def marks_of(path: str) -> str:
    """The marks before a clause, as a person sees them."""
    whole = draft(TEXT).text
    before = whole[: whole.index(f'"PTB/{path}"')]
    return before[before.rindex("# line ") :]


def test_every_article_paragraph_and_point_has_its_clause(made: dict) -> None:
    """In the order of the text; words that open a list go with each of its points, and a broken line with its own."""
    paths = [one["id"].partition("/")[2] for one in made["clause"]]
    assert paths == ["1/1", "2/a", "2/b", "3/1", "3/2", "3/3", "3/4", "3/5", "3/6", "3/7", "4"]
    assert clause(made, "2/b")["paraphrase"] == (
        "The following are prohibited: the taking of hostages and their transfer."
    )


def test_head_is_read(made: dict) -> None:
    """Title, day and place of signature, and both parties."""
    (instrument,) = made["instrument"]
    assert (made["title"], instrument["signed"], instrument["place"]) == (
        "PACT OF THE TWO BANKS",
        "2040-01-10",
        "Ferry Town",
    )
    assert made["parties"] == ["CNB", "HL"]


@pytest.mark.parametrize(
    ("path", "field", "value"),
    [
        ("1/1", "role", "definition"),
        ("2/a", "modality", "must_not"),
        ("2/a", "obligor", ["parties"]),
        ("2/a", "acts", ["shelling"]),
        ("2/b", "acts", ["abduction"]),
        ("3/1", "modality", "must"),
        ("3/1", "deadline", ["2040-03-01 18:00"]),
        ("3/1", "acts", ["withdrawal"]),
        ("3/2", "obligor", ["CNB"]),
        ("3/2", "deadline", ["2040-02-05", "2040-03-05", "2040-04-05"]),
        ("3/3", "deadline", ["60 days after signature"]),
        ("3/4", "modality", "may"),
        ("3/6", "since", "2040-02-01 00:00"),
        ("4", "role", "amendment"),
    ],
)
def test_what_the_words_signal_is_read(made: dict, path: str, field: str, value: object) -> None:
    """Who owes, must or must not, the act, the deadlines, since when, and what is amended."""
    assert clause(made, path)[field] == value


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("3/1", "the number '15 km' was not read"),
        ("3/3", "who owes this was not read"),
        ("3/4", "if it excepts from clauses"),
        ("3/5", "no word says must, must not or may"),
        ("3/7", "the number '3' was not read"),
        ("4", "it changes Article 9, paragraph 2"),
    ],
)
def test_what_was_not_read_is_marked(path: str, mark: str) -> None:
    """A person finds each by the word CHECK, before its clause."""
    assert mark in marks_of(path)
    assert "# CHECK" in marks_of(path)


def test_a_draft_can_be_checked_and_loaded(tmp_path: Path) -> None:
    """What is missing is only doubtful: no error stops it, and the deadlines are those of the text."""
    path = tmp_path / "pact.toml"
    path.write_text(draft(TEXT).text, encoding="utf-8")
    pact = agreements.load(str(path))
    (duty,) = pact.versions(f"{pact.instruments[0].prefix}/3/1")
    assert duty.deadlines[0].isoformat() == "2040-03-01T18:00:00+00:00"


def test_no_day_and_no_party_is_made_up(tmp_path: Path) -> None:
    """A text without them gives a draft that is refused until a person puts them in."""
    path = tmp_path / "pact.toml"
    path.write_text(draft("Pact\n\nArticle 1\nAll shall be well by 5 May.").text, encoding="utf-8")
    said = [str(one) for one in agreements.check(str(path))]
    assert any("[parties]" in one for one in said)
    assert "2040" not in path.read_text(encoding="utf-8")
    assert "the date '5 May' was not read" in path.read_text(encoding="utf-8")


def test_a_word_that_both_names_have_stands_for_neither() -> None:
    """Two republics: "the Republic shall" leaves open which one, and says so."""
    text = (
        "Treaty\nDone on 1 May 2040\nThe Republic of Northland and the Republic of Southland have agreed:\n"
        "Article 1\nThe Republic shall release its prisoners.\nArticle 2\nSouthland shall release its prisoners."
    )
    made = tomllib.loads(draft(text).text)
    assert made["parties"] == ["RN", "RS"]
    first, second = made["clause"]
    assert "obligor" not in first
    assert second["obligor"] == ["RS"]
    assert "# CHECK who owes this was not read" in draft(text).text


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300) | st.lists(st.sampled_from(TEXT.splitlines()), max_size=12).map("\n".join))
def test_any_text_gives_a_file_that_can_be_parsed(text: str) -> None:
    """Never an exception, never broken TOML, and no clause id twice."""
    made = tomllib.loads(draft(text).text)
    ids = [one["id"] for one in made.get("clause", ())]
    assert len(ids) == len(set(ids))


def test_the_command_never_overwrites_what_was_corrected(tmp_path: Path) -> None:
    """To standard output, or into a new file."""
    source, out = tmp_path / "pact.txt", tmp_path / "pact.toml"
    source.write_text(TEXT, encoding="utf-8")
    shown = CliRunner().invoke(main, ["agreement", "draft", str(source)])
    assert shown.exit_code == 0
    assert "[[clause]]" in shown.stdout
    assert CliRunner().invoke(main, ["agreement", "draft", str(source), "--out", str(out)]).exit_code == 0
    out.write_text("corrected", encoding="utf-8")
    again = CliRunner().invoke(main, ["agreement", "draft", str(source), "--out", str(out)])
    assert again.exit_code == 2
    assert "never overwrites" in again.stderr
    assert out.read_text(encoding="utf-8") == "corrected"
    assert CliRunner().invoke(main, ["agreement", "draft", str(tmp_path / "none.txt")]).exit_code == 2
