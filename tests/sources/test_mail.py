"""Saved mail."""

import io
from email.message import EmailMessage

import docx

from pactwatch import sources


def message(body: str = "The Front denies it.", html: str | None = None) -> EmailMessage:
    """A mail of an invented press office."""
    mail = EmailMessage()
    mail["From"] = "Press Office <press@front.example>"
    mail["To"] = "desk@paper.example"
    mail["Subject"] = "Statement on Karsa"
    mail["Date"] = "Sun, 06 Apr 2031 23:30:00 +0200"
    mail["Message-ID"] = "<1@front.example>"
    mail.set_content(body)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def test_the_headers_are_kept_and_the_day_is_the_senders() -> None:
    """Subject is the title, Date the publication in the sender's own zone; the sender is no issuer by itself."""
    (document,) = sources.read_bytes(message().as_bytes(), "a.eml").documents
    assert document.text.strip() == "The Front denies it."
    assert document.title == "Statement on Karsa"
    assert document.published == "2031-04-06"
    kept = dict(document.metadata)
    assert kept["published_from"] == "mail Date"
    assert kept["sender"] == "Press Office <press@front.example>"
    assert document.issuer is None


def test_plain_text_is_preferred_to_html() -> None:
    """Of two alternatives the plain one is the document."""
    mail = message("Plain words.", "<p>Other words.</p>")
    assert [d.text.strip() for d in sources.read_bytes(mail.as_bytes(), "a.eml").documents] == ["Plain words."]


def test_html_is_read_where_there_is_nothing_else() -> None:
    """A mail of HTML only is read like a page."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@b.example", "x"
    mail.set_content("<html><body><p>The Front <b>denies</b> it.</p></body></html>", subtype="html")
    (document,) = sources.read_bytes(mail.as_bytes(), "a.eml").documents
    assert document.text == "The Front denies it."
    assert document.published is None


def test_attachments_are_documents_of_their_own() -> None:
    """A statement attached as a Word file is read and says where it came from; the mail's date is not made its own."""
    buffer = io.BytesIO()
    word = docx.Document()
    word.add_paragraph("The Government shelled Karsa.")
    word.save(buffer)
    mail = message()
    mail.add_attachment(buffer.getvalue(), maintype="application", subtype="octet-stream", filename="statement.docx")
    mail.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="map.png")
    intake = sources.read_bytes(mail.as_bytes(), "a.eml")
    body, attached = intake.documents
    assert attached.text == "The Government shelled Karsa."
    assert attached.published is None
    assert dict(attached.metadata)["attachment"] == "statement.docx"
    assert dict(attached.metadata)["attachment_of"] == body.id
    assert [(p.code, p.where) for p in intake.problems] == [("no-text", "a.eml!map.png")]


def test_a_forwarded_mail_is_read_too() -> None:
    """A mail inside a mail keeps its own headers."""
    outer = message("See below.")
    outer.add_attachment(message("Inner words."))
    texts = {d.text.strip(): d for d in sources.read_bytes(outer.as_bytes(), "a.eml").documents}
    assert set(texts) == {"See below.", "Inner words."}
    assert texts["Inner words."].title == "Statement on Karsa"


def test_mails_nested_without_end_stop_with_a_problem() -> None:
    """A trap of mails in mails is left at a depth that is said."""
    mail = message("depth 0")
    for depth in range(1, 9):
        outer = message(f"depth {depth}")
        outer.add_attachment(mail)
        mail = outer
    intake = sources.read_bytes(mail.as_bytes(), "a.eml")
    assert "too-deep" in [p.code for p in intake.problems]
    assert 3 < len(intake.documents) < 9


def test_a_mail_is_recognised_on_standard_input() -> None:
    """Three mail headers at the top tell it; a statement that begins with "Date:" is not mistaken for one."""
    assert sources.read_bytes(message().as_bytes(), "-").source.media_type == "message/rfc822"
    typed = b"Date: 6 April 2031\nSubject: Karsa\n\nThe Front denies it and says so again here.\n"
    intake = sources.read_bytes(typed, "-")
    assert intake.source.media_type == "text/plain"
    assert intake.documents[0].published == "2031-04-06"


def test_broken_mails_do_not_raise() -> None:
    """A mail cut in the middle, without headers, or with a wrong charset is read as far as it goes."""
    mail = message("The Front denies it.", "<p>x</p>")
    assert sources.read_bytes(mail.as_bytes()[:350], "a.eml").problems or True
    assert [p.code for p in sources.read_bytes(b"\n\nno headers here", "a.eml").problems] == ["damaged"]
    wrong = b"From: a@b.example\nDate: no day\nContent-Type: text/plain; charset=klingon\n\nThe Front denies it.\n"
    (document,) = sources.read_bytes(wrong, "a.eml").documents
    assert document.text.strip() == "The Front denies it."
    assert document.published is None
