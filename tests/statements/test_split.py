"""Whose voice, which passage."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pactwatch.model import Document, IssuerType, Statement
from pactwatch.statements import split


def voices(text: str, issuer: str | None = "Harrow Radio", kind: str = "press") -> list[tuple[str | None, str]]:
    """Voice and words of each statement."""
    document = Document(id="d", source_sha256="", text=text, issuer=issuer, issuer_type=IssuerType(kind))
    statements, _ = split(document)
    return [(s.voice.text if s.voice else None, words(document, s)) for s in statements]


def words(document: Document, statement: Statement) -> str:
    """The words of a statement, trimmed."""
    return document.text[statement.span.start : statement.span.end].strip()


INTERVIEW = (
    "Evening hour\n\nHOST: Who holds the bridge?\n\nVANN: We hold it.\n\nHOST: Since when?\n\nVANN: Since May.\n"
)


def test_each_turn_of_an_interview_is_its_speakers() -> None:
    """On the radio the guest's turns are the guest's, the questions the host's, the headline the station's."""
    assert voices(INTERVIEW) == [
        (None, "Evening hour"),
        ("HOST", "Who holds the bridge?"),
        ("VANN", "We hold it."),
        ("HOST", "Since when?"),
        ("VANN", "Since May."),
    ]


def test_an_interview_that_a_party_publishes_has_its_own_answers() -> None:
    """The one who answers there speaks for the issuer."""
    assert [v for v, _ in voices(INTERVIEW, "Harrow League", "party")] == [None, "HOST", None, "HOST", None]


def test_answers_labelled_a_belong_to_the_guest_named_at_the_head() -> None:
    """ "Q:" and "A:" after "Guest: …": the answers are the guest's."""
    text = "Guest: Ada Vann, for the League\n\nQ: Who shelled the mill?\nA: Not we.\nQ: Who then?\nA: Ask them.\n"
    assert [v for v, _ in voices(text)][1:] == ["Q", "Ada Vann", "Q", "Ada Vann"]


def test_a_part_of_a_name_means_the_whole_name() -> None:
    """ "ADA VANN:" first, "VANN:" later: one person, who answers for the party that publishes the interview."""
    text = INTERVIEW.replace("VANN: We hold", "ADA VANN: We hold")
    assert [v for v, _ in voices(text)] == [None, "HOST", "ADA VANN", "HOST", "ADA VANN"]
    assert [v for v, _ in voices("HOST: Who?\n\nHOST: Since when?\n\nHOST: So?\n\nGUARD: We.\n")][:2] == [
        "HOST",
        "HOST",
    ]
    assert [v for v, _ in voices(text, "Harrow League", "party")] == [None, "HOST", None, "HOST", None]


def test_the_guest_is_found_where_the_head_looks_like_a_turn() -> None:
    """A first line with a dash ("HARROW RADIO – …") opens no turn that would hide the guest's name."""
    head = "HARROW RADIO – Evening hour\nTranscript. Guest: Ada Vann\n\n"
    text = head + "HOST: Who?\nVANN: We.\nQ: Since?\nA: May.\nQ: So?\nA: So.\n"
    assert [v for v, _ in voices(text)][-6:] == ["HOST", "Ada Vann", "Q", "Ada Vann", "Q", "Ada Vann"]


def test_one_question_and_its_answer_are_an_interview() -> None:
    """A ministry's comment in reply to one question: the question is the press's, the answer its own."""
    text = "Comment of the League\n\nQuestion: Will you leave?\n\nAnswer: No.\n"
    assert [v for v, _ in voices(text, "Harrow League", "party")] == [None, "Question", None]


def test_a_thread_is_cut_at_its_handles_and_the_issuers_own_stays_its_own() -> None:
    """ "@harrowleague:" is the Harrow League; the reply is somebody else's."""
    text = "@harrowleague: The mill stands.\n@merlandguard: It does not.\n@harrowleague: Come and look.\n"
    found = voices(text, "Harrow League", "party")
    assert [v for v, _ in found] == [None, "@merlandguard", None]


def test_posts_are_their_authors() -> None:
    """ "Name @handle" on a line of its own opens a post; the issuer's own posts stay its own, by name or by handle."""
    text = (
        "Col. Ada Vann @VannLeague\n11 June 2031\n\n1/ The mill stands.\n\n"
        "↳ Merland MFA @MerlandMFA\nIt does not. We asked @VannLeague for a picture\n\n"
        "Col. Ada Vann @VannLeague · 12 June\nCome and look.\n"
    )
    assert [v for v, _ in voices(text, "Ada Vann", "party")] == [None, "Merland MFA", None]
    assert [v for v, _ in voices(text, "Vann League Press", "party")][1] == "Merland MFA"
    assert [v for v, _ in voices("Press @desk\nThe mill stands.\n", "Harrow League", "party")] == [None]


def test_a_reprinted_statement_is_its_authors() -> None:
    """A paper that carries a statement in quotation marks lends its columns, not its voice."""
    text = (
        "THE COURIER\n\nWe carry the following statement of the Harrow League, slightly abridged.\n\n"
        '"The Guard shelled the mill.\n\n"We shall answer."\n\nThe Guard could not be reached.\n'
    )
    found = voices(text)
    assert [v for v, _ in found] == [None, "the Harrow League", None]
    assert found[1][1].startswith('"The Guard')
    assert found[2][1] == "The Guard could not be reached."


def test_a_heading_with_a_colon_opens_no_turn() -> None:
    """ "Note:" and "Date:" are no speakers; a letter is one statement."""
    assert len(voices("Date: 3 May\nSubject: the mill\n\nSir,\n\nNote: the mill burned.\n")) == 1


def test_an_empty_text_is_a_problem_and_no_statement() -> None:
    """A scan without text says so."""
    statements, problems = split(Document(id="d", source_sha256="", text=" \n"))
    assert not statements
    assert [p.code for p in problems] == ["statement-empty"]


@given(st.text(alphabet="ABab:\n @Q\"'.", max_size=200))
def test_statements_stand_in_order_and_never_overlap(text: str) -> None:
    """Whatever the text, no word is given to two voices."""
    statements, _ = split(Document(id="d", source_sha256="", text=text))
    for one, other in pairwise(statements):
        assert one.span.end <= other.span.start
