"""What is known of a document: ids, publication dates, titles, languages, issuers."""

import pytest

from pactwatch import sources
from pactwatch.errors import InputError
from pactwatch.model import Document, IssuerType

BODY = "The Government shelled Karsa, and nobody was warned. The Front asks the Mission to look into it.\n"


def document_of(text: str, **given: str) -> Document:
    """The document of one plain text."""
    return sources.read_bytes(text.encode(), "s.txt", **given).documents[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("April 6, 2031", "2031-04-06"),
        ("6 April 2031", "2031-04-06"),
        ("6th of April 2031", "2031-04-06"),
        ("Sunday, 6 April 2031", "2031-04-06"),
        ("Sun, Apr. 6, 2031", "2031-04-06"),
        ("2031-04-06", "2031-04-06"),
        ("Date: 6 April 2031", "2031-04-06"),
        ("Published on 6 April 2031, 14:30 GMT", "2031-04-06"),
        ("26.04.2031", "2031-04-26"),
        ("04/26/2031", "2031-04-26"),
    ],
)
def test_a_full_date_alone_on_a_line_is_the_publication_date(line: str, date: str) -> None:
    """A header line in the text gives `published`, and the metadata say that it did; the line stays in the text."""
    document = document_of(f"Statement\n\n{line}\n\n{BODY}")
    assert document.published == date
    assert dict(document.metadata)["published_from"] == "header line"
    assert line in document.text


@pytest.mark.parametrize(
    "line",
    [
        "April 2031",
        "6 April",
        "Karsa, 6 April 2031",
        "On 6 April 2031 the Front left.",
        "30 February 2031",
        "31 April 2031",
        "2031-13-06",
        "99/99/2031",
        "yesterday",
    ],
)
def test_anything_less_than_a_full_date_alone_gives_no_date(line: str) -> None:
    """Law 3: a part of a date, a date in a sentence or a day that does not exist never becomes `published`."""
    document = document_of(f"{line}\n{BODY}")
    assert document.published is None
    assert "published_from" not in dict(document.metadata)


def test_a_date_lower_down_is_no_header() -> None:
    """Only the first three lines that are not blank can hold a header date."""
    assert document_of(f"One\nTwo\nThree\n6 April 2031\n{BODY}").published is None
    assert document_of(f"One\n\nTwo\n\n6 April 2031\n{BODY}").published == "2031-04-06"


def test_figures_that_can_be_read_two_ways_are_no_date() -> None:
    """03/04/2031 may be April or March: no date is taken, both are left to the user, and a problem says so."""
    intake = sources.read_bytes(f"03/04/2031\n{BODY}".encode(), "s.txt")
    assert intake.documents[0].published is None
    assert [p.code for p in intake.problems] == ["ambiguous-date"]


def test_the_users_date_outweighs_the_header_and_both_are_shown() -> None:
    """When the user says another date than the text's header, the user's is taken and the header's is not lost."""
    intake = sources.read_bytes(f"6 April 2031\n{BODY}".encode(), "s.txt", published="2032-01")
    (document,) = intake.documents
    assert document.published == "2032-01"
    assert dict(document.metadata)["header_line_date"] == "2031-04-06"
    assert [p.code for p in intake.problems] == ["published-differs"]
    assert "2031-04-06" in intake.problems[0].what


def test_without_any_header_there_is_no_date() -> None:
    """Law 3: today is never a default."""
    assert document_of(BODY).published is None


@pytest.mark.parametrize("value", ["yesterday", "2031-02-30", "31", "2031-4-6", ""])
def test_a_date_that_the_user_mistypes_is_refused(value: str) -> None:
    """A wrong --published is an input error that says how to write it."""
    with pytest.raises(InputError, match="YYYY"):
        document_of(BODY, published=value)


def test_the_same_text_has_the_same_id_wherever_it_is_found() -> None:
    """Ids come from the content, so that judgements outlive a move of the file."""
    assert document_of(BODY).id == sources.read_bytes(BODY.encode("utf-16"), "other.txt").documents[0].id
    assert document_of(BODY).id != document_of(BODY + "!").id
    assert len(document_of(BODY).id) == 12


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Attack on Karsa\n\n{BODY}", "Attack on Karsa"),
        (f"6 April 2031\n\nAttack on Karsa\n\n{BODY}", "Attack on Karsa"),
        (BODY, None),
        (f"It was not us, said the Front.\n{BODY}", None),
        ("x" * 200 + "\n" + BODY, None),
    ],
)
def test_a_short_first_line_is_the_title(text: str, title: str | None) -> None:
    """A heading is a short line above the text, a date line passed over; a sentence is no heading."""
    assert document_of(text).title == title


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        ("Die Regierung hat Karsa beschossen, und niemand wurde gewarnt. Die Front bittet um Aufklärung.", "de"),
        ("انسحبت القوات من المدينة في الساعة الخامسة صباحا كما قال المتحدث باسم الحكومة", "ar"),
        ("Karsa: 5 killed", None),
        ("1 2 3 4 5 6 7 8 9", None),
    ],
)
def test_the_language_is_told_or_left_open(text: str, language: str | None) -> None:
    """ISO 639-1 for the main language; a text of a few words is not guessed at."""
    assert document_of(text).language == language


def test_the_issuer_is_who_the_user_says_and_nobody_else() -> None:
    """Nobody is made the issuer of a text by a guess."""
    assert document_of(BODY).issuer is None
    assert document_of(BODY).issuer_type is IssuerType.UNKNOWN
    named = sources.read_bytes(BODY.encode(), "-", issuer="Sarn Popular Front", issuer_type=IssuerType.PARTY)
    assert named.documents[0].issuer == "Sarn Popular Front"
    assert named.documents[0].issuer_type is IssuerType.PARTY
