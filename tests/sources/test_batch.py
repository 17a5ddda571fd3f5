"""JSONL batches."""

import json
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch import sources
from pactwatch.errors import InputError
from pactwatch.model import Document, IssuerType, Problem


def written(tmp_path: Path, *lines: object) -> Path:
    """A JSONL file; strings and bytes are written as they are, anything else as JSON."""
    path = tmp_path / "docs.jsonl"
    raw = [
        x if isinstance(x, bytes) else x.encode() if isinstance(x, str) else json.dumps(x, ensure_ascii=False).encode()
        for x in lines
    ]
    path.write_bytes(b"\n".join(raw) + b"\n")
    return path


def parted(path: Path) -> tuple[list[Document], list[Problem]]:
    """Documents and problems of a batch."""
    found = list(sources.read_batch(path))
    return [x for x in found if isinstance(x, Document)], [x for x in found if isinstance(x, Problem)]


def test_a_line_becomes_a_document_under_its_own_name(tmp_path: Path) -> None:
    """The fields of a line are the document's; fields that are not known are ignored."""
    line = {
        "doc": "front-7",
        "issuer": "Sarn Popular Front",
        "issuer_type": "party",
        "published": "2031-04",
        "text": "It was not us.",
        "claims": [1, 2],
        "written": None,
        "title": "A denial",
    }
    documents, problems = parted(written(tmp_path, line))
    assert problems == []
    (document,) = documents
    assert (document.id, document.text, document.issuer) == ("front-7", "It was not us.", "Sarn Popular Front")
    assert (document.issuer_type, document.published, document.title) == (IssuerType.PARTY, "2031-04", "A denial")


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_batch_text_is_kept_letter_for_letter(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Offsets are given back in the line's own text, so nothing of it is changed, not even line ends."""
    path = tmp_path_factory.mktemp("b") / "d.jsonl"
    path.write_text(json.dumps({"doc": "a", "text": text}) + "\n", encoding="utf-8")
    documents, _ = parted(path)
    assert [d.text for d in documents] == [text]


@pytest.mark.parametrize(
    "bad",
    [
        "{not json",
        '["a", "list"]',
        '"text"',
        '{"doc": "x"}',
        '{"doc": "x", "text": 5}',
        '{"doc": "x", "text": "lone \\ud800 half"}',
        b'{"doc": "x", "text": "\xff\xfe"}',
        "[" * 100_000,
    ],
)
def test_a_broken_line_is_named_and_the_rest_goes_on(tmp_path: Path, bad: str | bytes) -> None:
    """One bad line costs one line; the problem says file and line."""
    path = written(tmp_path, {"doc": "a", "text": "One."}, bad, {"doc": "b", "text": "Two."})
    documents, problems = parted(path)
    assert [d.id for d in documents] == ["a", "b"]
    (problem,) = problems
    assert (problem.code, problem.where, problem.line) == ("batch-line", str(path), 2)


def test_names_that_come_twice_get_a_number(tmp_path: Path) -> None:
    """Two documents never share an id; which one was renamed is said."""
    lines = [{"doc": "a", "text": "One."}, {"doc": "a#2", "text": "Two."}, {"doc": "a", "text": "Three."}]
    documents, problems = parted(written(tmp_path, *lines))
    assert [d.id for d in documents] == ["a", "a#2", "a#3"]
    assert [(p.code, p.line) for p in problems] == [("duplicate-id", 3)]


def test_fields_that_cannot_be_used_are_said_and_left_out(tmp_path: Path) -> None:
    """A wrong date or an unknown kind of issuer costs that field only."""
    line = {"text": "It was not us.", "published": "2031-02-30", "issuer_type": "hero", "issuer": 7}
    documents, problems = parted(written(tmp_path, line))
    (document,) = documents
    assert (document.published, document.issuer_type, document.issuer) == (None, IssuerType.UNKNOWN, None)
    assert sorted(p.field or "" for p in problems) == ["doc", "issuer", "issuer_type", "published"]
    assert {p.line for p in problems} == {1}


def test_an_empty_text_keeps_its_place(tmp_path: Path) -> None:
    """A document without words is still answered for, with a problem."""
    documents, problems = parted(written(tmp_path, {"doc": "a", "text": ""}, {"doc": "b", "text": "Two."}))
    assert [d.id for d in documents] == ["a", "b"]
    assert [p.code for p in problems] == ["empty"]


def test_blank_lines_marks_and_windows_line_ends_are_no_trouble(tmp_path: Path) -> None:
    """What editors add to a file is passed over; line numbers stay those of the file."""
    path = tmp_path / "d.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"doc": "a", "text": "One."}\r\n\r\n{broken\r\n{"doc": 7, "text": "Two."}')
    documents, problems = parted(path)
    assert [d.id for d in documents] == ["a", "7"]
    assert [p.line for p in problems] == [3]


def test_a_batch_streams(tmp_path: Path) -> None:
    """The first documents are there before the last line is read."""
    path = written(tmp_path, *[{"doc": str(n), "text": "It was not us."} for n in range(50)], "{broken")
    assert [d.id for d in islice(sources.read_batch(path), 2) if isinstance(d, Document)] == ["0", "1"]


def test_a_missing_or_an_empty_batch(tmp_path: Path) -> None:
    """A wrong name is an error; an empty file is a problem."""
    with pytest.raises(InputError, match="no such file"):
        list(sources.read_batch(tmp_path / "none.jsonl"))
    (tmp_path / "e.jsonl").write_bytes(b"\n\n")
    assert [p.code for p in parted(tmp_path / "e.jsonl")[1]] == ["empty"]


def test_a_batch_read_as_a_file_is_one_source_with_many_documents(tmp_path: Path) -> None:
    """A case keeps the whole file; the documents have the same ids and texts as in a stream."""
    path = written(tmp_path, {"doc": "a", "text": "One."}, "{broken", {"doc": "a", "text": "Two."})
    intake = sources.read(path, issuer="Sarn Popular Front")
    assert [(d.id, d.text, d.issuer) for d in intake.documents] == [
        ("a", "One.", "Sarn Popular Front"),
        ("a#2", "Two.", "Sarn Popular Front"),
    ]
    assert [p.code for p in intake.problems] == ["batch-line", "duplicate-id"]
    assert {d.source_sha256 for d in intake.documents} == {intake.source.sha256}


def test_real_batches_are_read_whole(shared: Path) -> None:
    """Every line of the measuring data becomes a document with the line's own text."""
    path = shared / "gold" / "dev.jsonl"
    with path.open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    documents, _ = parted(path)
    assert [(d.id, d.text) for d in documents] == [(line["doc"], line["text"]) for line in lines]
