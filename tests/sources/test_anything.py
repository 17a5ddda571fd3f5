"""Whatever bytes come, the run goes on and something is said."""

import io
from email.message import EmailMessage

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from pactwatch import sources

NAMES = ["a.txt", "a.html", "a.pdf", "a.docx", "a.eml", "a.jsonl", "a.doc", "-"]


def samples() -> dict[str, bytes]:
    """A sound small file of each format."""
    pdf, word = io.BytesIO(), io.BytesIO()
    canvas = Canvas(pdf)
    canvas.drawString(72, 700, "The Front denies it.")
    canvas.save()
    document = docx.Document()
    document.add_paragraph("The Front denies it.")
    document.save(word)
    mail = EmailMessage()
    mail["From"], mail["Date"], mail["Subject"] = "a@b.example", "Sun, 06 Apr 2031 10:00:00 +0000", "Häuser"
    mail.set_content("The Front denies it.")
    mail.add_attachment(b"<p>It left Karsa.</p>", maintype="text", subtype="html", filename="a.html")
    return {
        "a.pdf": pdf.getvalue(),
        "a.docx": word.getvalue(),
        "a.eml": mail.as_bytes(),
        "a.html": b"<html><head><title>x</title></head><body><p>The Front <b>denies</b> it.</p></body></html>",
        "a.jsonl": b'{"doc": "a", "text": "The Front denies it."}\n{"doc": "b", "text": "It left Karsa."}\n',
    }


SAMPLES = samples()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=400), name=st.sampled_from(NAMES))
def test_any_bytes_give_documents_or_problems(data: bytes, name: str) -> None:
    """No bytes under any name raise; what gives no document gives a reason."""
    intake = sources.read_bytes(data, name)
    assert intake.documents or intake.problems
    assert intake.data == data


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damage_anywhere_in_a_sound_file_does_not_raise(name: str, data: st.DataObject) -> None:
    """Cut, flip or double a stretch of a file of any format: the run goes on."""
    whole = SAMPLES[name]
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start, min(len(whole), start + 60)))
    piece = data.draw(st.sampled_from([b"", b"\xff" * (end - start), whole[start:end] * 3]))
    intake = sources.read_bytes(whole[:start] + piece + whole[end:], name)
    assert intake.documents or intake.problems


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(min_size=1, max_size=200), name=st.sampled_from(["a.txt", "a.html", "a.eml", "-"]))
def test_every_document_can_be_stored_and_quoted(text: str, name: str) -> None:
    """Each text is valid Unicode, and each of its code points can be quoted back."""
    for document in sources.read_bytes(text.encode(errors="replace"), name).documents:
        document.text.encode()
        assert document.holds(document.quote(0, len(document.text)))
        assert document.text.strip()
