"""Real texts, where the measuring data lie beside the checkout: nothing breaks, every quote is exact."""

import json
from pathlib import Path

import pytest

from pactwatch import statements
from pactwatch.claims import extract
from pactwatch.model import Document, IssuerType


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("name", "most", "reader"),
    [
        ("releases_syria_iraq.jsonl", None, "rules"),
        ("releases_syria_iraq.jsonl", None, "trained"),
        ("un_general_debate.jsonl", 200, "rules"),
        ("un_general_debate.jsonl", 40, "trained"),
    ],
)
def test_every_document_of_a_corpus_is_read_with_exact_quotes(
    shared: Path, name: str, most: int | None, reader: str
) -> None:
    """No exception, no refused claim; law 2 for each quote."""
    path = shared / "corpus" / name
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()][:most]
    for number, row in enumerate(rows):
        document = Document(id=str(number), source_sha256="", text=row["text"], issuer_type=IssuerType.UNKNOWN)
        passages, _ = statements.split(document)
        claims, problems = extract(document, passages, (), (), reader=reader)
        assert not problems
        assert all(document.holds(c.quote) and document.holds(c.trigger) for c in claims)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_text_beyond_the_parsers_own_limit_is_read_in_pieces() -> None:
    """More than the million code points that spaCy takes at once are read whole, the last sentence included."""
    text = "The lake was calm and the boats lay at the quay all day. " * 18_000 + "The Merland Guard shelled Orsk."
    assert len(text) > 1_000_000
    document = Document(id="long", source_sha256="", text=text, issuer="Harrow League", issuer_type=IssuerType.PARTY)
    passages, _ = statements.split(document)
    claims, _ = extract(document, passages, (), ())
    assert any(c.trigger.text.startswith("shelled") for c in claims)
