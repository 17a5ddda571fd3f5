"""The quote gate: law 2, whatever a reader returns."""

from hypothesis import given
from hypothesis import strategies as st

from pactwatch.claims.gate import admit
from pactwatch.model import ISSUER, Act, Claim, Document, Kind, Made, Mention, Quote, Span


def claim(document: Document, start: int, end: int, words: str, *, name: str = "c") -> Claim:
    """A claim whose quote and trigger are these words at this place, true or not."""
    quote = Quote(span=Span(start=start, end=end), text=words)
    return Claim(
        id=name,
        document_id=document.id,
        kind=Kind.REPORT,
        act=Act.OTHER,
        trigger=quote,
        quote=quote,
        speaker=Mention(text=ISSUER),
        made=Made(by="test", version="1"),
    )


@given(st.text(min_size=1, max_size=60), st.integers(0, 70), st.integers(0, 70), st.text(max_size=20))
def test_only_words_that_stand_there_letter_for_letter_pass(text: str, a: int, b: int, words: str) -> None:
    """For any text, combining marks and right-to-left letters included, a claim passes if and only if it is exact."""
    document = Document(id="d", source_sha256="", text=text)
    start, end = min(a, b), max(a, b)
    admitted, refused = admit(document, [claim(document, start, end, words)])
    assert bool(admitted) == (text[start:end] == words and words != "")
    assert len(admitted) + len(refused) == 1


def test_a_refused_claim_is_counted_and_named() -> None:
    """A refusal is a problem with the claim's id, not an exception and not silence."""
    document = Document(id="d", source_sha256="", text="The mill burned.")
    admitted, refused = admit(document, [claim(document, 0, 8, "The mall", name="c9")])
    assert not admitted
    assert [(p.code, p.field) for p in refused] == [("claim-refused", "c9")]


def test_a_canonically_equal_spelling_is_not_exact() -> None:
    """ "é" as one code point is not "e" with an accent: offsets would no longer hold."""
    document = Document(id="d", source_sha256="", text="caf\u00e9")
    assert not admit(document, [claim(document, 0, 4, "cafe\u0301")])[0]


def test_a_mention_that_stands_elsewhere_refuses_the_claim() -> None:
    """Agents, targets, places, times, speakers and conditions are quoted as exactly as the claim."""
    document = Document(id="d", source_sha256="", text="The Guard burned the mill.")
    good = claim(document, 0, 25, "The Guard burned the mill")
    wrong = Mention(text="The Guard", quote=Quote(span=Span(start=1, end=10), text="The Guard"))
    fields = {name: getattr(good, name) for name in good.__dataclass_fields__}
    assert admit(document, [good])[0]
    assert not admit(document, [Claim(**{**fields, "agent": (wrong,)})])[0]


def test_the_same_id_twice_is_let_through_once() -> None:
    """Judgements point to ids: two claims with one id would share them."""
    document = Document(id="d", source_sha256="", text="The mill burned.")
    one = claim(document, 0, 8, "The mill")
    admitted, refused = admit(document, [one, one])
    assert len(admitted) == len(refused) == 1
