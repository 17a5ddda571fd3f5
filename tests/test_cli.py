"""The command line, as a monitor types it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pactwatch.case import Case
from pactwatch.cli import main
from pactwatch.model import Checked

BULLETIN = (
    "12 May 2031\n\nOn 9 May 2031 units of the Seln Defence Army shelled Karsa, killing two civilians. "
    "The Government has released 90 prisoners. We did not open fire.\n"
)


def run(*words: str | Path, given: str | bytes | None = None) -> Result:
    """Run one command and return what came of it; an unexpected exception is raised here."""
    result = CliRunner().invoke(main, [str(word) for word in words], input=given, catch_exceptions=True)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def bulletin(tmp_path: Path) -> Path:
    """A one-page bulletin."""
    path = tmp_path / "bulletin.txt"
    path.write_text(BULLETIN, encoding="utf-8")
    return path


def test_read_prints_who_says_what(bulletin: Path) -> None:
    """The table names the issuer, prints "says", and asserts nothing."""
    result = run("read", bulletin, "--issuer", "Varanan Armed Forces", "--issuer-type", "party")
    assert result.exit_code == 0
    assert "Varanan Armed Forces" in result.stdout
    assert "says" in result.stdout
    assert "asserts none of them" in result.stdout


def test_read_says_unnamed_issuer_where_nobody_said_who_speaks(bulletin: Path) -> None:
    """An unknown issuer is called that, and is not guessed."""
    first_column = [line.split("│")[0].strip() for line in run("read", bulletin).stdout.splitlines() if "│" in line]
    assert "unnamed issuer says" in " ".join(first_column)


def test_read_takes_standard_input() -> None:
    """`-` reads what is piped in."""
    result = run("read", "-", "--json", given=BULLETIN)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["claims"]


def test_read_json_gives_offsets_that_are_exact(bulletin: Path) -> None:
    """Anybody can cut the quote out of the text and compare."""
    line = json.loads(run("read", bulletin, "--json").stdout)
    assert line["published"] == "2031-05-12"
    for claim in line["claims"]:
        start, end = claim["quote"]
        assert BULLETIN[start:end] == claim["quote_text"]


def test_read_explains_each_claim(bulletin: Path) -> None:
    """`--explain` names the reader, the rules and the words they saw, and what the network made of them."""
    explained = run("read", bulletin, "--explain").stdout
    assert "made by trained" in explained
    assert "network.kind" in explained
    assert "act.verb" in explained
    assert "made by rules" in run("read", bulletin, "--explain", "--reader", "rules").stdout


def test_a_batch_goes_in_and_comes_out_line_by_line(tmp_path: Path) -> None:
    """Every document has its line, in order; a broken line is named and the others are read."""
    docs = tmp_path / "docs.jsonl"
    lines = [
        json.dumps({"doc": f"d{n}", "issuer": "Varanan Armed Forces", "text": BULLETIN, "extra": 1}) for n in range(3)
    ]
    docs.write_text("\n".join([lines[0], "{broken", *lines[1:]]), encoding="utf-8")
    out = tmp_path / "claims.jsonl"
    result = run("read", "--batch", docs, "--out", out)
    assert result.exit_code == 0
    assert "docs.jsonl:2" in result.stderr
    read = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["doc"] for line in read] == ["d0", "d1", "d2"]
    assert all({"written", "claims", "problems"} <= set(line) for line in read)
    claim = read[0]["claims"][0]
    assert {"kind", "act", "trigger", "quote", "speaker", "agent", "target", "places", "time", "period", "counts",
            "negated", "condition", "certainty", "made", "unsure"} <= set(claim)  # fmt: skip
    assert 0 <= claim["certainty"] <= 1


def test_a_stopped_batch_goes_on_where_it_was(tmp_path: Path) -> None:
    """`--resume` reads only what is missing; a torn last line is read again."""
    docs, out = tmp_path / "docs.jsonl", tmp_path / "claims.jsonl"
    docs.write_text("\n".join(json.dumps({"doc": f"d{n}", "text": BULLETIN}) for n in range(3)), encoding="utf-8")
    run("read", "--batch", docs, "--out", out)
    whole = out.read_bytes().splitlines(keepends=True)
    (tmp_path / "claims.jsonl.part").write_bytes(whole[0] + whole[1][:20])
    out.unlink()
    result = run("read", "--batch", docs, "--out", out, "--resume")
    assert "(1 done before)" in result.stderr
    assert out.read_bytes().splitlines(keepends=True) == whole


def test_two_runs_do_not_write_into_one_file(tmp_path: Path) -> None:
    """The second writer is told, and what the first has written stays whole."""
    fcntl = pytest.importorskip("fcntl", reason="locks of this kind are POSIX")
    docs, out = tmp_path / "docs.jsonl", tmp_path / "claims.jsonl"
    docs.write_text(json.dumps({"doc": "d", "text": BULLETIN}), encoding="utf-8")
    with (tmp_path / "claims.jsonl.part").open("ab") as first:
        first.write(b"begun")
        first.flush()
        fcntl.flock(first, fcntl.LOCK_EX)
        result = run("read", "--batch", docs, "--out", out)
        assert result.exit_code == 2
        assert "another run" in result.stderr
    assert (tmp_path / "claims.jsonl.part").read_bytes() == b"begun"
    assert run("read", "--batch", docs, "--out", out).exit_code == 0


def test_check_writes_a_report(bulletin: Path, tmp_path: Path) -> None:
    """Findings on the terminal, the page on disk, nothing half-written beside it."""
    out = tmp_path / "report.html"
    result = run(
        "check", bulletin, "--issuer", "Varanan Armed Forces", "--agreement", "harrow-bridge-2031", "--report", out
    )
    assert result.exit_code == 0
    assert "HBA/4/c" in result.stdout
    assert "<html" in out.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_check_prints_json(bulletin: Path) -> None:
    """For other programs."""
    result = run("check", bulletin, "--agreement", "harrow-bridge-2031", "--json")
    assert json.loads(result.stdout)["findings"]


@pytest.mark.parametrize(
    ("words", "says", "status"),
    [
        (["check", "none.txt", "--agreement", "harrow-bridge-2031"], "none.txt", 2),
        (["check", "{bulletin}", "--agreement", "harrow-brige-2031"], "harrow-bridge-2031", 2),
        (["check", "{bulletin}", "--events", "none.csv"], "no such file", 2),
        (["check"], "name a document", 2),
        (["read"], "name a document", 2),
        (["read", "{bulletin}", "--published", "yesterday"], "YYYY-MM-DD", 2),
        (["read", "{bulletin}", "--as-of", "2031"], "YYYY-MM-DD", 2),
        (["read", "{bulletin}", "--reader", "oracle"], "rules", 2),
        (["read", "--batch", "{bulletin}"], "--out", 2),
        (["case", "status", "{folder}"], "case", 1),
        (["agreement", "show", "none"], "doha-2020", 2),
    ],
)
def test_a_mistake_gets_one_clear_line(
    words: list[str], says: str, status: int, bulletin: Path, tmp_path: Path
) -> None:
    """No traceback: what is wrong and what there is instead, on standard error."""
    result = run(*(word.format(bulletin=bulletin, folder=tmp_path) for word in words))
    assert result.exit_code == status
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_an_empty_document_is_said_and_the_others_are_read(bulletin: Path, tmp_path: Path) -> None:
    """One bad file loses nothing of the others."""
    empty = tmp_path / "empty.txt"
    empty.touch()
    result = run("read", empty, bulletin)
    assert result.exit_code == 0
    assert "empty" in result.stderr
    assert "claims in 1 document" in result.stdout


def test_a_text_in_another_language_is_kept_and_not_read(tmp_path: Path) -> None:
    """Nothing is guessed from a language that the reader does not read."""
    path = tmp_path / "bericht.txt"
    path.write_text(
        "Die Streitkräfte haben gestern das Dorf mit Artillerie beschossen, und drei Zivilisten wurden dabei getötet. "
        "Die Regierung weist die Vorwürfe zurück und fordert eine unabhängige Untersuchung der Vorfälle.",
        encoding="utf-8",
    )
    result = run("read", path)
    assert "unread" in result.stderr or "not read" in result.stderr
    assert "0 claims" in result.stdout


def test_a_case_is_made_filled_checked_and_verified(bulletin: Path, tmp_path: Path) -> None:
    """The whole life of a case folder."""
    folder = tmp_path / "case"
    assert run("case", "new", folder, "--agreement", "harrow-bridge-2031").exit_code == 0
    first = run("case", "add", folder, bulletin, "--issuer", "Varanan Armed Forces")
    assert "1 documents" in first.stdout
    again = run("case", "add", folder, bulletin)
    assert "already in the case" in again.stdout
    assert run("case", "check", folder, "--report", tmp_path / "r.html").exit_code == 0
    status = json.loads(run("case", "status", folder, "--json").stdout)
    assert status["counts"]["documents"] == 1
    log = [json.loads(line) for line in run("case", "log", folder, "--json").stdout.splitlines()]
    assert [entry["seq"] for entry in log] == list(range(1, len(log) + 1))
    assert run("case", "reread", folder).exit_code == 0
    verified = run("case", "verify", folder)
    assert verified.exit_code == 0
    assert "nothing was changed" in verified.stdout


def test_verify_names_a_changed_byte(bulletin: Path, tmp_path: Path) -> None:
    """A raw file that was touched is named, and the exit status is 1."""
    folder = tmp_path / "case"
    run("case", "new", folder, "--agreement", "harrow-bridge-2031")
    run("case", "add", folder, bulletin)
    raw = next(p for p in (folder / "sources").rglob("*") if p.is_file() and p.read_bytes() == bulletin.read_bytes())
    raw.chmod(0o644)
    raw.write_bytes(raw.read_bytes().replace(b"Karsa", b"Toma!"))
    result = run("case", "verify", folder)
    assert result.exit_code == 1
    assert raw.name[:12] in result.stderr


def test_a_review_is_a_record_of_its_own(bulletin: Path, tmp_path: Path) -> None:
    """Law 8 from the command line; an unknown claim is refused."""
    folder = tmp_path / "case"
    run("case", "new", folder)
    run("case", "add", folder, bulletin)
    claim = json.loads(run("check", "--case", folder, "--json").stdout)["findings"][0]["claim_id"]
    assert (
        run(
            "case", "review", folder, claim, "corrected", "--set", "act=air_strike", "--note", "as the map shows"
        ).exit_code
        == 0
    )
    assert run("case", "review", folder, "none", "accepted").exit_code == 2
    assert "judgement" in run("case", "log", folder).stdout


def test_agreements_are_checked_and_shown(tmp_path: Path) -> None:
    """A typo in a field is named with file, line, field and the nearest valid name."""
    for name in run("agreement", "show").stdout.split():
        assert run("agreement", "check", name).exit_code == 0
    assert "HBA/8/1" in run("agreement", "show", "harrow-bridge-2031").stdout
    assert "2031-06-30" in run("agreement", "show", "harrow-bridge-2031", "--clause", "HBA/8/1").stdout
    bad = tmp_path / "bad.toml"
    bad.write_text('title = "A"\n[[clause]]\nid = "X/1"\nmodalty = "must"\n', encoding="utf-8")
    result = run("agreement", "check", bad)
    assert result.exit_code == 1
    assert f"{bad}:4" in result.stdout
    assert "Did you mean modality" in result.stdout


def test_demo_writes_its_report(tmp_path: Path, demo: tuple[Case, Checked], monkeypatch: pytest.MonkeyPatch) -> None:
    """`pactwatch demo --out DIR` prints a summary and writes the page."""
    monkeypatch.setattr(Case, "demo", staticmethod(lambda **_: demo))
    result = run("demo", "--out", tmp_path / "shown")
    assert result.exit_code == 0
    assert (tmp_path / "shown" / "report.html").stat().st_size > 50_000
    assert "invented" in result.stdout
