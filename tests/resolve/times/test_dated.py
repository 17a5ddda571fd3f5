"""A document's own dates, wherever they stand, and the times of its text against them."""

from pactwatch.model import Document
from pactwatch.resolve.times import date_document, date_text


def document(text: str, **fields: object) -> Document:
    """A document of a test."""
    return Document(id="d", source_sha256="", text=text, **fields)  # type: ignore[arg-type]


def test_every_place_that_dates_a_document_is_a_candidate() -> None:
    """Header, metadata, address, title, date line: each with its words, none merged with another."""
    one = document(
        "Bulletin\n12 May 2031\n\nThey met yesterday.",
        published="2031-05-14",
        title="Bulletin of 11 May 2031",
        metadata=(
            ("header_line_date", "2031-05-12"),
            ("published_from", "mail Date"),
            ("url", "https://example.org/2031/05/13/bulletin"),
        ),
    )
    dated = date_text(one, date_document(one, []), [])
    assert [(c.origin, c.edtf) for c in dated.candidates] == [
        ("header", "2031-05-14"),
        ("metadata", "2031-05-12"),
        ("url", "2031-05-13"),
        ("title", "2031-05-11"),
        ("date line", "2031-05-12"),
    ]
    assert dated.dating.written.edtf == "2031-05-12"
    assert dated.expressions[-1].when.edtf == "2031-05-11"


def test_an_address_dates_a_text_that_has_no_other_date_and_says_so() -> None:
    """The rule names the address; nothing is counted from it without that."""
    one = document("They met yesterday.", metadata=(("url", "https://example.org/20310513-x.html"),))
    dating = date_document(one, [])
    assert (dating.published.edtf, dating.published.rule) == ("2031-05-13", "url-date")
    assert (dating.written.rule, dating.agrees) == ("url-date", None)
    dated = date_text(one, dating, [])
    assert dated.expressions[0].when.edtf == "2031-05-12"


def test_two_days_in_one_address_date_nothing() -> None:
    """Which of them it was, nothing says."""
    one = document("They met.", metadata=(("url", "https://example.org/2031-05-13/about-2031-04-01"),))
    assert date_document(one, []).published.edtf is None


def test_a_log_counts_from_the_day_of_each_entry() -> None:
    """ "Overnight" under a date line is the night before that day."""
    text = "3 May 2031\nShelling overnight.\n\n7 May 2031\nShelling overnight.\n\n9 May 2031\nCalm.\n"
    one = document("Log\n\n" + text, published="2031-06-01")
    found = [x.when.edtf for x in date_text(one, date_document(one, []), []).expressions if x.quote.text == "overnight"]
    assert found == ["2031-05-02/2031-05-03", "2031-05-06/2031-05-07"]


def test_a_phrase_is_given_only_where_it_says_more_than_its_expression() -> None:
    """ "On Friday" adds nothing; "since Friday" and "from 3 to 5 May" do."""
    one = document("On Friday they met. Since Friday it is calm. It lasted from 3 to 5 May.", published="2031-05-12")
    dated = date_text(one, date_document(one, []), [])
    assert [phrase.quote.text for phrase in dated.phrases] == ["Since Friday", "from 3 to 5 May"]
    assert [phrase.when.edtf for phrase in dated.phrases] == ["2031-05-09/..", "2031-05-03/2031-05-05"]
