"""`pactwatch places`, as somebody types it who wants the places of a text and nothing else."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pactwatch.cli import main

TEXT = "Shelling was heard in Karsa and near Velm. A Russian aircraft crossed the Ostmark. They spoke of Kamen."
FIELDS = {"start", "end", "lat", "lon", "geonameid", "radius_km", "rule", "demonym"}


def run(*words: str | Path, given: str | bytes | None = None) -> Result:
    """Run one command and return what came of it; an unexpected exception is raised here."""
    result = CliRunner().invoke(main, ["places", *(str(word) for word in words)], input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A batch of three documents, one of them without a place."""
    path = tmp_path / "docs.jsonl"
    rows = [{"id": "a", "text": TEXT}, {"id": 7, "text": "nothing was heard."}, {"id": "c", "text": "In Kunduz."}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_text_gets_its_places_with_all_that_is_known_of_them(tmp_path: Path) -> None:
    """Place, radius, precision and rule in the table; a case's own places and countries come first."""
    result = run("-", "--agreement", "harrow-bridge-2031", "--candidates", given=TEXT)
    assert result.exit_code == 0
    assert "43.420 -37.810" in result.stdout
    assert "asked_country" in result.stdout


def test_json_holds_every_candidate_and_exact_words() -> None:
    """Two villages are called Kamen: both are candidates. Demonyms are kept apart by their mark."""
    result = run("-", "--agreement", "harrow-bridge-2031", "--json", given=TEXT)
    names = {name["words"]: name for name in json.loads(result.stdout)["names"]}
    assert all(TEXT[name["start"] : name["end"]] == words for words, name in names.items())
    assert {c["admin1"] for c in names["Kamen"]["candidates"]} == {"Upper Seln", "Dray"}
    assert names["Karsa"]["place"]["geometry"] == {"type": "Point", "coordinates": [-37.81, 43.42]}
    assert names["Karsa"]["place"]["where_prec"] == 1
    assert [words for words, name in names.items() if name["demonym"]] == ["Russian"]


def test_described_places_are_printed_as_shapes() -> None:
    """The table names words and error; JSON has the GeoJSON geometry, with the agreement's line."""
    text = "They fired 6 km north-west of Karsa, and within 10 km of the contact line."
    shown = run("-", "--agreement", "harrow-bridge-2031", given=text).stdout
    assert "6 km north-west of Karsa" in shown
    shapes = json.loads(run("-", "--agreement", "harrow-bridge-2031", "--json", given=text).stdout)["shapes"]
    assert [(s["rule"], s["geometry"]["type"]) for s in shapes] == [
        ("distance_and_direction", "Point"),
        ("within", "MultiPolygon"),
    ]
    assert all(text[s["start"] : s["end"]] == s["words"] for s in shapes)
    for (ring,) in shapes[1]["geometry"]["coordinates"]:
        assert ring[0] == ring[-1]


def test_a_case_brings_its_own_places(tmp_path: Path) -> None:
    """`--places` knows a hamlet that no gazetteer has."""
    own = tmp_path / "own.csv"
    own.write_text("name,lat,lon,aliases\nQuxhamlet,10.5,20.25,\n", encoding="utf-8")
    result = run("-", "--places", own, "--json", given="Shots were fired in Quxhamlet.")
    (name,) = json.loads(result.stdout)["names"]
    assert name["place"]["geometry"]["coordinates"] == [20.25, 10.5]


def test_a_batch_has_a_line_for_each_document_in_the_agreed_format(docs: Path, tmp_path: Path) -> None:
    """Exactly the agreed fields, in the order of the input; a document without places has its line too."""
    out = tmp_path / "out.jsonl"
    result = run("--batch", docs, "--out", out, "--agreement", "harrow-bridge-2031")
    assert result.exit_code == 0
    assert "3 documents" in result.stderr
    found = lines(out)
    assert [line["id"] for line in found] == ["a", "7", "c"]
    assert found[1] == {"id": "7", "toponyms": []}
    assert all(set(line) == {"id", "toponyms"} for line in found)
    assert all(set(name) == FIELDS for line in found for name in line["toponyms"])
    words = {TEXT[t["start"] : t["end"]]: t for t in found[0]["toponyms"]}
    assert (words["Karsa"]["lat"], words["Karsa"]["lon"]) == (43.42, -37.81)
    assert [w for w, t in words.items() if t["demonym"]] == ["Russian"]
    assert found[2]["toponyms"][0]["radius_km"] > 0


def test_a_name_that_is_not_resolved_keeps_its_line_without_a_point(docs: Path, tmp_path: Path) -> None:
    """Abstaining is an answer: the name stands there, its point is null."""
    out = tmp_path / "out.jsonl"
    run("--batch", docs, "--out", out, "--agreement", "harrow-bridge-2031")
    kamen = next(t for t in lines(out)[0]["toponyms"] if TEXT[t["start"] : t["end"]] == "Kamen")
    shown = json.loads(run("-", "--agreement", "harrow-bridge-2031", "--json", given=TEXT).stdout)["names"]
    place = next(name for name in shown if name["words"] == "Kamen")["place"]
    assert kamen["lat"] == (place["geometry"]["coordinates"][1] if place else None)
    unknown = tmp_path / "unknown.jsonl"
    unknown.write_text(json.dumps({"id": "u", "text": "They met in Springfield."}) + "\n", encoding="utf-8")
    run("--batch", unknown, "--out", out)
    (name,) = lines(out)[0]["toponyms"]
    assert (name["lat"], name["lon"], name["geonameid"], name["radius_km"]) == (None, None, None, None)


def test_a_batch_is_the_same_over_processes_and_after_a_stop(docs: Path, tmp_path: Path) -> None:
    """Byte for byte, whether read by one process or two, at once or after a torn last line."""
    out, other = tmp_path / "out.jsonl", tmp_path / "other.jsonl"
    run("--batch", docs, "--out", out)
    run("--batch", docs, "--out", other, "--jobs", "2")
    assert out.read_bytes() == other.read_bytes()
    whole = out.read_bytes().splitlines(keepends=True)
    (tmp_path / "again.jsonl.part").write_bytes(whole[0] + whole[1][:9])
    result = run("--batch", docs, "--out", tmp_path / "again.jsonl", "--resume")
    assert "(1 done before)" in result.stderr
    assert (tmp_path / "again.jsonl").read_bytes() == out.read_bytes()


def test_a_broken_line_is_named_and_the_others_are_read(docs: Path, tmp_path: Path) -> None:
    """File and line on standard error; nothing else is lost."""
    docs.write_text("{broken\n" + docs.read_text(encoding="utf-8"), encoding="utf-8")
    result = run("--batch", docs, "--out", tmp_path / "out.jsonl")
    assert "docs.jsonl:1" in result.stderr
    assert len(lines(tmp_path / "out.jsonl")) == 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "name a document"),
        (["--batch", "docs.jsonl"], "--out"),
        (["--batch", "none.jsonl", "--out", "x.jsonl"], "none.jsonl"),
        (["-", "--places", "none.csv"], "none.csv"),
    ],
)
def test_a_mistake_gets_one_clear_line_and_status_2(words: list[str], says: str) -> None:
    """No traceback: what is wrong, on standard error."""
    result = run(*words, given="Karsa")
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_a_text_of_two_thousand_names_is_read(tmp_path: Path) -> None:
    """A long list of places stays a matter of seconds, and loses none."""
    text = ", ".join(["Kunduz", "Velm", "Karsa", "Herat"] * 500) + "."
    found = json.loads(run("-", "--agreement", "harrow-bridge-2031", "--json", given=text).stdout)["names"]
    assert len(found) == 2_000


@pytest.mark.slow
def test_the_outside_scorer_reads_the_batch(shared: Path, tmp_path: Path) -> None:
    """The common scorer takes the output as it is, and finds what `bench/places.py` finds (with a little room)."""
    folder, out = shared / "bench" / "place", tmp_path / "out.jsonl"
    run("--batch", folder / "trnews_dev.jsonl", "--out", out)
    command = [sys.executable, str(folder / "eval_place.py"), str(folder / "trnews_dev.jsonl"), str(out)]
    said = subprocess.run([*command, "--resolvable", "--json"], check=True, capture_output=True, text=True).stdout
    figures = json.loads(said)
    assert figures["relaxed"]["F1"] > 0.88
    assert figures["end-to-end@161"]["F1"] > 0.65
