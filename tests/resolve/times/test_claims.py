"""The four times of a claim, and the marks that readers are given."""

import datetime as dt
from itertools import pairwise

import pytest

from pactwatch.model import Act, Agreement, Claim, Document, Instrument, Kind, Made, Mention, Precision, Times, When
from pactwatch.resolve.times import date_document, find_times, mark_times, period_of, resolve_times

CAPTURED = "2032-01-05T08:00:00+00:00"


def claim(document: Document, trigger: str, words: str | None) -> Claim:
    """A claim whose time is `words`, where they first stand in the document, or elsewhere if they do not."""
    start = document.text.index(trigger)
    quote = document.quote(start, start + len(trigger))
    mention = None
    if words is not None:
        at = document.text.find(words)
        mention = Mention(text=words, quote=document.quote(at, at + len(words)) if at >= 0 else None)
    return Claim(
        id=f"c-{start}",
        document_id=document.id,
        kind=Kind.ACCUSATION,
        act=Act.SHELLING,
        trigger=quote,
        quote=quote,
        speaker=Mention(text="issuer"),
        time=mention,
        made=Made(by="test", version="1"),
    )


def times_of(
    text: str, trigger: str, words: str | None, published: str | None = None, signed: str | None = None
) -> Times:
    """The four times of one claim of a text."""
    document = Document(id="d", source_sha256="0" * 64, text=text, published=published)
    instruments = (Instrument(prefix="A", title="Agreement", signed=dt.date.fromisoformat(signed)),) if signed else ()
    agreements = [Agreement(id="a", title="Agreement", instruments=instruments)] if signed else []
    dating = date_document(document, agreements)
    return resolve_times(document, [claim(document, trigger, words)], dating, agreements, captured=CAPTURED)[0]


def test_the_four_times_stay_four() -> None:
    """What happened, was said, published and captured are four answers, each with its own anchor."""
    text = "Velm, 12 April 2031\n\nOn 5 April the army shelled Lask."
    times = times_of(text, "shelled", "On 5 April", published="2031-04-14")
    assert [period_of(when) for when in (times.happened, times.said, times.published, times.captured)] == [
        "2031-04-05",
        "2031-04-12",
        "2031-04-14",
        "2032-01-05",
    ]


def test_a_claim_without_time_words_has_no_day_of_its_act() -> None:
    """Law 3: neither the header nor the day of capture stands in for words that are not there."""
    times = times_of("The army shelled Lask.", "shelled", None, published="2031-04-14")
    assert times.happened.edtf is None
    assert times.happened.reason
    assert period_of(times.published) == "2031-04-14"


def test_a_day_counted_from_the_header_says_so() -> None:
    """Law 3: "yesterday" under a header is counted from it, and the answer names the rule."""
    times = times_of("Yesterday the army shelled Lask.", "shelled", "Yesterday", published="2031-04-14")
    assert period_of(times.happened) == "2031-04-13"
    assert times.happened.anchor == "published"
    assert "header-date" in times.happened.reason


def test_words_under_a_contradicted_header_are_counted_from_the_writing_period() -> None:
    """ "The past few weeks" of a text of 2020 under a header of 2022 are weeks of 2020."""
    text = (
        "November 27, 2022\n\nDuring the past few weeks the army has shelled Lask, against the agreement signed on 29 "
        "February this year."
    )
    times = times_of(text, "shelled", "During the past few weeks", published="2022-11-27", signed="2020-02-29")
    assert period_of(times.happened) == "2020-03/2020-12"
    assert times.happened.precision is Precision.VAGUE


def test_since_the_signing_is_open_from_the_day_of_the_agreement() -> None:
    """With an agreement file "since the signing" has a first day and no last."""
    text = "Velm, 12 April 2031\n\nSince the signing of the agreement the army has shelled Lask."
    times = times_of(text, "shelled", "Since the signing of the agreement", signed="2031-03-14")
    assert period_of(times.happened) == "2031-03-14/.."
    assert times.happened.anchor == "agreement:a"


def test_since_the_signing_without_an_agreement_file_is_none() -> None:
    """No agreement at hand: nothing says when the signing was."""
    text = "Velm, 12 April 2031\n\nSince the signing of the agreement the army has shelled Lask."
    assert times_of(text, "shelled", "Since the signing of the agreement").happened.edtf is None


def test_a_log_counts_from_the_date_line_above() -> None:
    """In a thread with its own date lines "today" is the day of the line above it, and so is what was said."""
    text = (
        "Gen. Harl\n11 June 2031\n\nToday a drone hit the depot.\n\n12 June\n\nToday the army shelled Lask.\n\n"
        "13 June\n\nAll quiet."
    )
    document = Document(id="d", source_sha256="0" * 64, text=text)
    dating = date_document(document, [])
    second = text.index("Today the army")
    words = document.quote(second, second + len("Today"))
    one = claim(document, "shelled", None)
    placed = Claim(
        **{name: getattr(one, name) for name in Claim.__slots__} | {"time": Mention(text="Today", quote=words)}
    )
    times = resolve_times(document, [placed], dating, [], captured=CAPTURED)[0]
    assert period_of(times.happened) == "2031-06-12"
    assert times.said.rule == "section-date"
    assert times.said.anchor_words is not None
    assert times.said.anchor_words.text == "12 June"


def test_the_entries_of_a_log_are_days_of_their_own() -> None:
    """Where several lines begin with a day, "tomorrow" in an entry is counted from the day of that entry."""
    text = (
        "Messages received in Lask, 21-23 November 2028\n\n21/11 05:52 [A] Stay below.\n21/11 06:40 [A] It is over.\n"
        "22/11 09:30 [B] We shell the harbour tomorrow.\n23/11 08:00 [A] Quiet."
    )
    times = times_of(text, "shell the harbour", "tomorrow")
    assert period_of(times.happened) == "2028-11-23"
    assert period_of(times.said) == "2028-11-22"


def test_a_named_event_is_dated_by_the_case_and_by_nothing_else() -> None:
    """ "The eve of the Bridge Feast" has a day where the case dates the feast, and none where it does not."""
    text = "Velm, 12 August 2031\n\nOn the eve of the Bridge Feast the army shelled Lask."
    document = Document(id="d", source_sha256="0" * 64, text=text)
    one = claim(document, "shelled", "the eve of the Bridge Feast")
    dating = date_document(document, [])
    events = {"Bridge Feast": (dt.date(2031, 7, 26), dt.date(2031, 7, 27)), "Bridge": (dt.date(2030, 1, 1),) * 2}
    dated = resolve_times(document, [one], dating, [], captured=CAPTURED, events=events)[0]
    assert period_of(dated.happened) == "2031-07-25"
    assert dated.happened.anchor == "event:Bridge Feast"
    assert resolve_times(document, [one], dating, [], captured=CAPTURED)[0].happened.edtf is None
    assert [mark.quote.text for mark in mark_times(document, events=events)][-1] == "the eve of the Bridge Feast"


def test_time_words_that_stand_elsewhere_are_still_read() -> None:
    """A reader may carry time words over from another place: they are resolved against the same day of writing."""
    times = times_of("Velm, 12 April 2031\n\nThe army shelled Lask.", "shelled", "on 9 April")
    assert period_of(times.happened) == "2031-04-09"


def test_words_that_are_no_time_have_none_with_a_reason() -> None:
    """What cannot be found on a calendar stays none."""
    times = times_of("Velm, 12 April 2031\n\nThe army shelled Lask.", "shelled", "without delay")
    assert times.happened.edtf is None
    assert "without delay" in times.happened.reason


def test_a_capture_that_was_not_recorded_is_none() -> None:
    """An empty moment of capture gives no date and stops nothing."""
    document = Document(id="d", source_sha256="0" * 64, text="The army shelled Lask.")
    one = claim(document, "shelled", None)
    times = resolve_times(document, [one], date_document(document, []), [], captured="")[0]
    assert times.captured.edtf is None
    assert times.captured.reason


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Since Friday the army, 23 years old, shelled Lask daily.", ["Since Friday"]),
        ("Article 14 was broken at 14:20 on 3 May.", ["14:20 on 3 May"]),
        ("It was the fourth consecutive visit between 20 May and 15 June.", ["between 20 May and 15 June"]),
        ("They may march.", []),
        ("Now the former governor is here.", []),
        ("The camp was shelled at night and on 14 and 15 June.", ["14 and 15 June"]),
    ],
)
def test_marks_are_what_can_date_an_act(text: str, marks: list[str]) -> None:
    """Readers get the words that date acts, with the preposition where it changes the time; no ages, no articles."""
    document = Document(id="d", source_sha256="0" * 64, text=text)
    found = mark_times(document)
    assert [mark.quote.text for mark in found] == marks
    assert all(document.holds(mark.quote) for mark in found)
    assert all(a.quote.span.end <= b.quote.span.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("when", "period"),
    [
        (When(edtf=None, reason="x"), None),
        (When(edtf="2031-05-13T14:20:00", first=dt.date(2031, 5, 13), last=dt.date(2031, 5, 13)), "2031-05-13"),
        (When(edtf="2031-21", first=dt.date(2031, 3, 1), last=dt.date(2031, 5, 31)), "2031-03/2031-05"),
        (When(edtf="1948/..", first=dt.date(1948, 1, 1)), "1948/.."),
        (When(edtf="199X", first=dt.date(1990, 1, 1), last=dt.date(1999, 12, 31)), "1990/1999"),
        (When(edtf="-0489"), None),
    ],
)
def test_the_batch_period_is_plain(when: When, period: str | None) -> None:
    """The batch format knows only `YYYY[-MM[-DD]]`, `/` and `..`."""
    assert period_of(when) == period


def test_a_history_carries_its_year_through_an_aside() -> None:
    """In a history a year in brackets or of a later book does not move the story."""
    text = "1914\n\nIn August 1914 the war began. A book (1953) tells of it. On 5 September the river was crossed."
    found = find_times(text, narrative=True)
    assert found[-1].value == "1914-09-05"
    assert found[-1].when.anchor == "expression"
    assert found[-1].when.anchor_words is not None
