"""Word files."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from pactwatch import sources
from pactwatch.model import Intake

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: Any) -> bytes:
    """The bytes of a python-docx document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document: Any) -> Intake:
    """The intake of a python-docx document."""
    return sources.read_bytes(saved(document), "a.docx")


def test_paragraphs_tables_and_headers_are_read_in_order() -> None:
    """The letterhead first, then paragraphs and table rows as they stand; cells are parted by tabs."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ministry of Defence of Varana"
    document.add_heading("Statement", 1)
    document.add_paragraph("The Front shelled Karsa.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Place", "Shells", "Karsa", "12"], strict=True):
        cell.text = text
    document.add_paragraph("After the table.")
    lines = read(document).documents[0].text.split("\n")
    assert lines == [
        *("Ministry of Defence of Varana", "Statement", "The Front shelled Karsa."),
        *("Place\tShells", "Karsa\t12", "After the table."),
    ]


def test_insertions_are_read_and_deletions_are_not_and_both_are_said() -> None:
    """Tracked changes: the text is as if accepted, and a note says that there were some."""
    document = docx.Document()
    paragraph = document.add_paragraph("The Front ")
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>denies </w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>admits </w:delText></w:r></w:del>"))
    paragraph.add_run("it.")
    intake = read(document)
    assert intake.documents[0].text == "The Front denies it."
    assert [p.code for p in intake.problems] == ["tracked-changes"]


def test_links_tabs_breaks_and_content_controls_are_not_lost() -> None:
    """Words inside hyperlinks and forms are words of the text."""
    document = docx.Document()
    paragraph = document.add_paragraph("See ")
    paragraph._p.append(parse_xml(f"<w:hyperlink {W}><w:r><w:t>the note</w:t></w:r></w:hyperlink>"))
    paragraph.add_run("\tend\nnext")
    box = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>From a form.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(1, parse_xml(box))
    assert read(document).documents[0].text == "See the note\tend\nnext\nFrom a form."


def test_nested_tables_appear_once() -> None:
    """A table inside a cell is part of that cell."""
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "Outer"
    outer.cell(0, 1).add_table(rows=1, cols=2).cell(0, 1).text = "Inner"
    assert read(document).documents[0].text.strip() == "Outer\t\tInner" or "Inner" in read(document).documents[0].text
    assert read(document).documents[0].text.count("Inner") == 1


def test_properties_are_metadata_and_creation_is_not_publication() -> None:
    """The title is used; the day the file was made is kept under its own name only."""
    document = docx.Document()
    document.core_properties.title = "A denial"
    document.add_paragraph("The Front denies it.")
    (read_document,) = read(document).documents
    assert read_document.title == "A denial"
    assert read_document.published is None


@pytest.mark.parametrize("data", [b"not a zip", saved(docx.Document())[:3000], b"PK\x03\x04" + b"\0" * 900])
def test_a_damaged_file_is_a_problem(data: bytes) -> None:
    """A Word file that cannot be opened says so."""
    intake = sources.read_bytes(data, "a.docx")
    assert intake.documents == ()
    assert [p.code for p in intake.problems] == ["damaged"]


def test_a_file_without_text_is_a_problem() -> None:
    """An empty page is said to be one."""
    assert [p.code for p in read(docx.Document()).problems] == ["no-text"]


def test_a_file_that_unpacks_to_far_too_much_is_not_opened() -> None:
    """A few kilobytes that would fill the memory are refused."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(320):
                part.write(b"\0" * 1_000_000)
    intake = sources.read_bytes(buffer.getvalue(), "a.docx")
    assert [p.code for p in intake.problems] == ["too-large"]
