"""PDF files: built here, broken here."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pactwatch import sources

DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def made(*pages: list[str], encrypt: str | None = None, font: str = "Helvetica", title: str | None = None) -> bytes:
    """A PDF with one list of lines a page; an empty list is a page with a picture only."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt)
    if title:
        canvas.setTitle(title)
    for lines in pages:
        canvas.setFont(font, 11)
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 14 * number, line)
        if not lines:
            canvas.rect(50, 50, 300, 400, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_the_text_of_all_pages_comes_in_order() -> None:
    """Lines stay lines; a page that ends a sentence is followed by a blank line, one that does not runs on."""
    data = made(["The Front denies it.", "It left Karsa and"], ["the villages around it."], ["A new page."])
    (document,) = sources.read_bytes(data, "a.pdf").documents
    assert document.text == "The Front denies it.\nIt left Karsa and\nthe villages around it.\n\nA new page."
    assert dict(document.metadata)["pages"] == "3"


def test_a_word_split_at_a_line_end_is_whole_again() -> None:
    """A reader looks for "withdrew", not for "with-" and "drew"; a hyphen that belongs to the word stays."""
    data = made(["The semi-official agency said that units with-", "drew; the semi-", "official paper was silent."])
    (document,) = sources.read_bytes(data, "a.pdf").documents
    assert "units withdrew" in document.text
    assert "semi-official paper" in document.text.replace("\n", "")
    assert dict(document.metadata)["words_joined_at_line_ends"] == "1"


def test_when_the_file_was_made_is_not_when_it_was_published() -> None:
    """The creation date of the file is kept under its own name and is never `published`."""
    (document,) = sources.read_bytes(made(["The Front denies it."], title="A denial"), "a.pdf").documents
    assert document.published is None
    assert "file_created" in dict(document.metadata)
    assert document.title == "A denial"


def test_a_scan_says_that_it_is_a_scan() -> None:
    """A PDF of pictures gives no document, and the problem names OCR."""
    intake = sources.read_bytes(made([], []), "a.pdf")
    assert intake.documents == ()
    (problem,) = intake.problems
    assert problem.code == "no-text"
    assert "scan" in problem.what
    assert "OCR" in problem.advice


def test_a_scanned_page_among_others_is_named() -> None:
    """The pages that can be read are read; the others are listed."""
    intake = sources.read_bytes(made(["The Front denies it."], [], ["It left Karsa."]), "a.pdf")
    assert "It left Karsa." in intake.documents[0].text
    assert [p.code for p in intake.problems] == ["pages-without-text"]
    assert "1 of 3 pages" in intake.problems[0].what
    assert "pages 2" in intake.problems[0].what


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.8, 0.95])
def test_a_truncated_file_is_said_to_be_truncated(share: float) -> None:
    """A file cut anywhere is a problem that says so, never an exception and never a silent half."""
    data = made(["The Front denies it."], ["It left Karsa."])
    intake = sources.read_bytes(data[: int(len(data) * share)], "a.pdf")
    assert "truncated" in [p.code for p in intake.problems]


def test_a_damaged_file_is_a_problem() -> None:
    """A PDF in name and first bytes only."""
    intake = sources.read_bytes(b"%PDF-1.7\n" + b"garbage " * 50 + b"\n%%EOF", "a.pdf")
    assert intake.documents == ()
    assert [p.code for p in intake.problems] == ["damaged"]
    assert [p.code for p in sources.read_bytes(b"no pdf at all", "a.pdf").problems] == ["truncated"]


def test_an_encrypted_file_is_said_to_be_encrypted() -> None:
    """Without its password nothing is read."""
    intake = sources.read_bytes(made(["The Front denies it."], encrypt="word"), "a.pdf")
    assert intake.documents == ()
    assert [p.code for p in intake.problems] == ["encrypted"]


def test_a_pdf_is_known_by_its_bytes() -> None:
    """Neither standard input nor a wrong suffix hides it."""
    data = made(["The Front denies it."])
    assert sources.read_bytes(data, "-").source.media_type == "application/pdf"
    assert sources.read_bytes(data, "a.txt").documents[0].text == "The Front denies it."


@pytest.mark.skipif(not DEJAVU.is_file(), reason="the DejaVu font is not installed, and no other has Arabic letters")
def test_right_to_left_text_is_in_reading_order_and_marked() -> None:
    """Arabic that is stored as it is drawn comes out as it is read, and the user is told to compare."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("DejaVu", str(DEJAVU)))
    line = "انسحبت القوات من المدينة صباحا"
    intake = sources.read_bytes(made([line[::-1]], font="DejaVu"), "a.pdf")
    assert intake.documents[0].text.strip() == line
    assert [p.code for p in intake.problems] == ["right-to-left"]


def test_two_hundred_pages_are_no_strain() -> None:
    """A long report is read whole within seconds."""
    data = made(*[[f"Page {n}: the Front denies item {k} of the list." for k in range(40)] for n in range(200)])
    start = time.process_time()
    (document,) = sources.read_bytes(data, "a.pdf").documents
    assert document.text.count("denies item") == 8000
    assert time.process_time() - start < 15


@pytest.mark.parametrize(
    "damage", [lambda b: b[::-1], lambda b: b[:300] + b[600:], lambda b: b.replace(b"obj", b"bjo")]
)
def test_no_damage_raises(damage: Callable[[bytes], bytes]) -> None:
    """Whatever happened to the file, the run goes on and something is said or read."""
    intake = sources.read_bytes(damage(made(["The Front denies it."])), "a.pdf")
    assert intake.documents or intake.problems
