"""Claims go out in the batch format and come back in, by offsets or by words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.codec import claim_line, claims_from_batch, decode, encode, from_plain, to_plain
from pactwatch.model import Act, Claim, Document, Kind

TEXT = "Karsa was shelled. The Front denies it. Karsa was shelled."
DOCUMENT = Document(id="d1", source_sha256="0" * 64, text=TEXT)


def line(**changes: object) -> dict[str, object]:
    """A claim as somebody would write it by hand."""
    return {"kind": "report", "act": "shelling", "quote": "Karsa was shelled", "trigger": "shelled"} | changes


def test_a_claim_written_with_words_is_found_in_the_text() -> None:
    """`quote` and `trigger` may be strings; the first place counts unless `nth` says another."""
    first, second = (claims_from_batch(DOCUMENT, [line(nth=n)])[0][0] for n in (0, 1))
    assert first.quote.span.start == 0
    assert second.quote.span.start == TEXT.rindex("Karsa")
    assert second.trigger.text == "shelled"
    assert second.quote.span.contains(second.trigger.span)


def test_offsets_and_words_mean_the_same() -> None:
    """A claim written with offsets is the claim written with words."""
    by_words = claims_from_batch(DOCUMENT, [line()])[0]
    by_offsets = claims_from_batch(DOCUMENT, [line(quote=[0, 17], trigger=[10, 17])])[0]
    assert by_words == by_offsets


def test_fields_that_are_not_known_are_ignored() -> None:
    """Somebody else's file may say more than we need."""
    claims, _, problems = claims_from_batch(DOCUMENT, [line(colour="red", notes=[1, 2])])
    assert len(claims) == 1
    assert not problems


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"quote": "Karsa was bombed"}, "does not stand in the text"),
        ({"trigger": "bombed"}, "does not stand in the text"),
        ({"quote": [0, 900]}, "not a passage"),
        ({"quote": [5, 5]}, "not a passage"),
        ({"kind": "verdict"}, "verdict"),
        ({"act": "dancing"}, "dancing"),
        ({"nth": 2}, "does not stand in the text"),
    ],
)
def test_a_claim_that_is_not_in_the_text_is_refused_and_said(changes: dict[str, object], says: str) -> None:
    """Law 2: the other claims are kept, and the problem names which one and why."""
    claims, _, problems = claims_from_batch(DOCUMENT, [line(), line(**changes)])
    assert len(claims) == 1
    assert len(problems) == 1
    assert says in problems[0].what
    assert problems[0].field == "claims[1]"


def test_a_claim_comes_back_as_it_went_out() -> None:
    """Writing a claim and reading it again changes nothing that the batch format holds."""
    given_line = line(
        agent=["The Front"], places=["Karsa"], counts={"killed": 5, "injured": "dozens"}, negated=True, period="2031-05"
    )
    claims, periods, _ = claims_from_batch(DOCUMENT, [given_line])
    out = decode(encode(claim_line(claims[0], periods[claims[0].id])))
    again, again_periods, _ = claims_from_batch(DOCUMENT, [out])
    assert again == claims
    assert again_periods == periods == {claims[0].id: "2031-05"}


@given(st.text(min_size=1, max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_any_words_survive_the_ledger_format(words: str, before: str, after: str) -> None:
    """Combining marks, right-to-left text, emoji: offsets are code points and nothing is normalised away."""
    document = Document(id="d", source_sha256="", text=before + words + after)
    span = [len(before), len(before) + len(words)]
    claims, _, problems = claims_from_batch(document, [line(quote=span, trigger=span)])
    assert not problems
    assert claims[0].quote.text == words
    assert from_plain(decode(encode(to_plain(claims[0]))), Claim) == claims[0]
    assert document.holds(claims[0].quote)
    assert claims[0].kind is Kind.REPORT
    assert claims[0].act is Act.SHELLING
