"""What the reader is trained on: complete, exact, of nobody real; and the way of real texts in and out."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pactwatch.model import Act, Kind

TRAINING = Path(__file__).resolve().parents[2] / "training"
DOCUMENTS = sorted((TRAINING / "documents").glob("*.jsonl"))


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


@pytest.fixture(scope="module")
def standoff() -> ModuleType:
    """The script that takes annotations off their texts and puts them on again."""
    spec = importlib.util.spec_from_file_location("standoff", TRAINING / "standoff.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["standoff"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_every_quote_and_trigger_stands_in_its_document(path: Path) -> None:
    """No annotation that the text does not bear out is learned from."""
    for document in lines(path):
        for claim in document["claims"]:
            assert claim["quote"] in document["text"], (document["doc"], claim["quote"])
            assert claim["trigger"] in claim["quote"], (document["doc"], claim["trigger"])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_kinds_and_acts_are_the_guide_s(path: Path) -> None:
    """Only kinds and acts that the vocabulary has, and all eight kinds in each conflict."""
    claims = [claim for document in lines(path) for claim in document["claims"]]
    kinds = {Kind(claim["kind"]) for claim in claims}
    assert kinds >= set(Kind) - {Kind.POSITION}
    assert {Act(claim["act"]) for claim in claims}


def test_documents_have_names_of_their_own() -> None:
    """No document stands twice, so that none is learned and held out at once."""
    names = [document["doc"] for path in DOCUMENTS for document in lines(path)]
    assert len(names) == len(set(names)) > 400


DOCUMENT: dict[str, Any] = {
    "doc": "anor-1",
    "issuer": "Harrow League",
    "issuer_type": "party",
    "published": None,
    "written": None,
    "text": "The army shelled Anor. Merrick says that the army shelled Anor again.",
    "claims": [
        {
            "kind": "accusation",
            "act": "shelling",
            "trigger": "shelled",
            "quote": "The army shelled Anor",
            "speaker": "issuer",
            "agent": ["The army"],
            "target": [],
            "places": ["Anor"],
            "time": None,
            "period": None,
            "counts": {"killed": 2},
            "negated": False,
            "condition": None,
        },
        {
            "kind": "accusation",
            "act": "shelling",
            "trigger": "shelled",
            "quote": "the army shelled Anor again",
            "speaker": "Merrick",
            "agent": ["the army"],
            "target": [],
            "places": ["Anor"],
            "time": None,
            "period": None,
            "counts": {},
            "negated": True,
            "condition": None,
        },
    ],
}


def test_annotations_come_back_as_they_were(standoff: ModuleType) -> None:
    """Off the text and on again: the same claims, and no words of the text in between."""
    off = standoff.taken_off(DOCUMENT, {})
    assert "Merrick" not in json.dumps(off)
    (back,) = standoff.put_on([off], {"anor-1": DOCUMENT})
    text = back["text"]
    words = [{**c, **{name: text[slice(*c[name])] for name in ("quote", "trigger")}} for c in back["claims"]]
    assert words == DOCUMENT["claims"]


def test_a_changed_text_is_named_and_left_out(standoff: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Offsets into another text would be lies."""
    off = standoff.taken_off(DOCUMENT, {})
    assert list(standoff.put_on([off], {"anor-1": {**DOCUMENT, "text": DOCUMENT["text"] + " "}})) == []
    assert "anor-1" in capsys.readouterr().err


@pytest.mark.parametrize("even", ["words", "paragraphs"])
def test_a_part_of_a_longer_text_is_cut_out_of_it_again(standoff: ModuleType, even: str) -> None:
    """A stored line that says where in a longer text its own stands finds it again, white space evened out."""
    around = {"words": "Before  this.\n{} After\tit.", "paragraphs": "Before this.\n \n {}\n\n\nAfter it."}[even]
    whole = {"speech-full-9": {**DOCUMENT, "doc": "speech-full-9", "text": around.format(DOCUMENT["text"])}}
    off = standoff.taken_off({**DOCUMENT, "doc": "speech-9-1"}, whole)
    assert off["source"] == "speech-full-9"
    (back,) = standoff.put_on([off], whole)
    assert (back["doc"], back["text"]) == ("speech-9-1", DOCUMENT["text"])


def test_a_countrys_code_becomes_its_name(standoff: ModuleType) -> None:
    """Full speeches name their issuer by ISO 3166-1; a reader of claims knows countries by name."""
    off = standoff.taken_off(DOCUMENT, {})
    issuers = [
        next(iter(standoff.put_on([off], {"anor-1": {**DOCUMENT, "issuer": issuer}})))["issuer"]
        for issuer in ("NLD", "Harrow League", "ABC", None)
    ]
    assert issuers == ["Netherlands", "Harrow League", "ABC", None]


def test_the_kept_annotations_fit_their_texts(standoff: ModuleType, shared: Path) -> None:
    """Every stored annotation finds its text unchanged, and its trigger inside its quote."""
    texts = {d["doc"]: d for path in (shared / "corpus").glob("*.jsonl") for d in lines(path)}
    stored = [row for path in sorted((TRAINING / "annotations").glob("*.jsonl")) for row in lines(path)]
    back = list(standoff.put_on(stored, texts))
    assert len(back) == len(stored) > 150
    for document in back:
        for claim in document["claims"]:
            (q0, q1), (t0, t1) = claim["quote"], claim["trigger"]
            assert 0 <= q0 <= t0 < t1 <= q1 <= len(document["text"]), (document["doc"], claim)
