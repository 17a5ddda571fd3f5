"""Dating a document: header, date lines and the constraints of its words, held against one another."""

import datetime as dt

import pytest

from pactwatch.model import Agreement, Dating, Document, Instrument
from pactwatch.resolve.times import date_document, period_of

LEAP = (
    "November 27, 2022\n\nRaids go on\n\nDuring the past few weeks the army has raided our villages. Ever since the "
    "signing of the agreement we have kept it; the army has kept nothing of the agreement signed on 29th of February "
    "this year."
)


def document(text: str, published: str | None = None) -> Document:
    """A document of that text under that header."""
    return Document(id="d", source_sha256="0" * 64, text=text, published=published)


def agreement(*signed: str) -> Agreement:
    """An agreement signed on that day, with its protocols."""
    titles = ("Agreement", "Protocol")
    instruments = tuple(
        Instrument(prefix=title[0], title=title, signed=dt.date.fromisoformat(day))
        for title, day in zip(titles, signed, strict=False)
    )
    return Agreement(id="north-2020", title="Northern Agreement", instruments=instruments)


def says(dating: Dating) -> str:
    """The evidence in one string."""
    return " | ".join(f"{quote.text}: {what}" for quote, what in dating.evidence)


def test_an_agreement_signed_on_a_leap_day_this_year_fixes_the_year_of_writing() -> None:
    """With the agreement file the period of writing is after the signing and in its year, whatever the header says."""
    dating = date_document(document(LEAP, "2022-11-27"), [agreement("2020-02-29")])
    assert period_of(dating.written) == "2020-03/2020-12"
    assert dating.agrees is False
    assert dating.written.anchor == "agreement:north-2020"
    assert period_of(dating.published) == "2022-11-27"


def test_both_sides_of_a_contradiction_are_shown() -> None:
    """The words of the header's line and the words that exclude it stand in the evidence."""
    dating = date_document(document(LEAP, "2022-11-27"), [agreement("2020-02-29")])
    assert "November 27, 2022: the header says" in says(dating)
    assert "29th of February this year: Northern Agreement was signed on 2020-02-29" in says(dating)


def test_without_an_agreement_file_the_leap_year_is_a_guess_and_says_so() -> None:
    """The nearest leap year before the header's is taken, as a guess, with low certainty."""
    dating = date_document(document(LEAP, "2022-11-27"), [])
    assert period_of(dating.written) == "2020-03/2020-12"
    assert "guess" in dating.written.reason
    assert "nearest-before-header" in dating.written.rule
    assert dating.made.certainty < 0.5
    assert dating.agrees is False


def test_a_header_in_a_leap_year_does_not_contradict_a_leap_day() -> None:
    """29 February of this year fits a header of 2024: nothing is changed."""
    dating = date_document(document(LEAP.replace("November 27, 2022", "November 27, 2024"), "2024-11-27"), [])
    assert dating.agrees is True
    assert period_of(dating.written) == "2024-11-27"


def test_a_silent_text_takes_its_header_by_name_only() -> None:
    """Law 3: the header's date stands for the day of writing under the rule `header-date`, anchor `published`."""
    dating = date_document(document("The army has burned three barns.", "2031-05-13"), [])
    assert (dating.written.rule, dating.written.anchor) == ("header-date", "published")
    assert dating.agrees is None
    assert "does not say" in dating.written.reason


def test_a_text_without_any_date_has_none() -> None:
    """Nothing dates the text: published and written are none, each with its reason."""
    dating = date_document(document("The army has burned three barns."), [])
    assert dating.written.edtf is None
    assert dating.published.edtf is None
    assert dating.written.reason
    assert dating.published.reason


@pytest.mark.parametrize(
    ("head", "written"),
    [
        ("PRESS OFFICE\nVelm, 12 April 2031\n\n", "2031-04-12"),
        ("Letter dated 20 June 2031 from the envoy to the council\n\n", "2031-06-20"),
        ("WEEKLY BULLETIN Nr 8 (19 May – 25 May 2031)\n\n", "2031-05-25"),
        ("Messages received in Lask, 21-23 Nov 2028\n\n", "2028-11-21/2028-11-23"),
        ("SITUATION REPORT 23\nPeriod: 21 May 2034, 0000-2359 local\n\n", None),
    ],
)
def test_a_date_line_dates_the_text(head: str, written: str | None) -> None:
    """The date that a text bears at its head is its own; the days that a report is about are not."""
    dating = date_document(document(head + "The army burned three barns on Tuesday."), [])
    assert period_of(dating.written) == written
    if written:
        assert dating.written.rule == "date-line"


def test_a_text_of_one_day_published_the_next_agrees_with_its_header() -> None:
    """A publication a day late is no contradiction; the text's own date is that of writing."""
    dating = date_document(document("To the commander\nGiven at Hask, 8 October 2034\n\nLeave.", "2034-10-09"), [])
    assert period_of(dating.written) == "2034-10-08"
    assert dating.agrees is True


def test_a_weekday_that_no_near_year_has_contradicts_the_header() -> None:
    """Friday 16 May is of 2031, not of any year beside 2027: the header of 2027 is contradicted."""
    dating = date_document(document("On Friday 16 May the army burned three barns.", "2027-07-01"), [])
    assert dating.agrees is False
    assert "weekday" in says(dating)


def test_a_weekday_that_fits_agrees() -> None:
    """Friday 16 May fits a header of June 2031."""
    dating = date_document(document("On Friday 16 May the army burned three barns.", "2031-06-01"), [])
    assert dating.agrees is True


def test_a_day_told_as_past_after_the_header_contradicts_it() -> None:
    """A text that tells of May 2031 as past was not written in April."""
    dating = date_document(document("On 16 May 2031 the army burned three barns.", "2031-04-01"), [])
    assert dating.agrees is False
    assert dating.written.first == dt.date(2031, 5, 16)


def test_a_day_to_come_does_not_contradict_the_header() -> None:
    """A plan for May may well be written in April."""
    dating = date_document(document("On 16 May 2031 the army will leave the pass.", "2031-04-01"), [])
    assert dating.agrees is not False


def test_today_with_its_date_is_the_day_of_writing() -> None:
    """A text that calls 14 May today was written on 14 May."""
    dating = date_document(document("Today, 14 May, the army burned three barns.", "2031-06-01"), [])
    assert dating.agrees is False
    assert dating.written.first == dating.written.last == dt.date(2031, 5, 14)


def test_the_signing_of_a_dated_agreement_bounds_the_writing() -> None:
    """What speaks of the signing as past was written after it, and a header before it is contradicted."""
    text = "Since the signing of the agreement three barns were burned."
    dating = date_document(document(text, "2019-12-01"), [agreement("2020-02-29")])
    assert dating.agrees is False
    assert dating.written.first == dt.date(2020, 2, 29)


@pytest.mark.parametrize("published", ["2031-13", "yesterday", "2031-02-30", ""])
def test_a_header_that_is_no_date_is_none_with_a_reason(published: str) -> None:
    """A header that names no day that exists gives no date and stops nothing."""
    dating = date_document(document("The army burned three barns.", published), [])
    assert dating.published.edtf is None
    assert dating.published.reason
