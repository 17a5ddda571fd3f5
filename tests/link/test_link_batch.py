"""`pactwatch link`: claims and documents from files in, a line for each claim out."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pactwatch.cli import main

ROOT = Path(__file__).resolve().parents[2]
PACT = "harrow-bridge-2031"
BLAME_TEXT = "On 9 May 2031 the Seln Defence Army shelled Karsa. Two civilians died."
DENIAL_TEXT = "The Seln Defence Army did not shell Karsa on 9 May 2031."
DOCS = [
    {"doc": "a", "issuer": "Varanan Armed Forces", "issuer_type": "party", "published": "2031-05-10"},
    {"doc": "b", "issuer": "Seln Defence Army", "issuer_type": "party", "published": "2031-05-12"},
]
BLAME = {
    "kind": "accusation",
    "act": "shelling",
    "trigger": "shelled",
    "quote": "On 9 May 2031 the Seln Defence Army shelled Karsa",
    "agent": ["Seln Defence Army"],
    "places": ["Karsa"],
    "period": "2031-05-09",
}
DENIAL = BLAME | {"kind": "denial", "negated": True, "trigger": "shell", "quote": DENIAL_TEXT}
DIED = BLAME | {"kind": "report", "act": "killing", "trigger": "died", "quote": "Two civilians died"}


def run(*words: str | Path) -> Result:
    """Run one command; an unexpected exception is raised here."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


class Files:
    """The two files of a run, and the lines that come out."""

    def __init__(self, folder: Path) -> None:
        self.docs, self.claims, self.out = folder / "docs.jsonl", folder / "claims.jsonl", folder / "links.jsonl"
        texts = zip(DOCS, (BLAME_TEXT, DENIAL_TEXT), strict=True)
        self.write(self.docs, *({**row, "text": text} for row, text in texts))

    @staticmethod
    def write(path: Path, *lines: object) -> None:
        """Write lines, strings as they are and the rest as JSON."""
        path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines) + "\n", encoding="utf-8")

    def link(self, *claims: object) -> Result:
        """Run the command on these lines of claims."""
        self.write(self.claims, *claims)
        return run("link", "--batch", self.claims, "--docs", self.docs, "--agreement", PACT, "--out", self.out)

    @property
    def rows(self) -> list[dict]:
        """The lines of LINKS."""
        return [json.loads(line) for line in self.out.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Two documents: an accusation, and the denial of it."""
    return Files(tmp_path)


def test_a_line_holds_the_clause_with_its_answers_and_the_denial_beside_its_accusation(files: Files) -> None:
    """The format is that of point 7 of the layout; the later claim points to the earlier one."""
    result = files.link({"doc": "a", "claims": [BLAME]}, {"doc": "b", "claims": [DENIAL]})
    assert result.exit_code == 0
    blame, denial = files.rows
    assert list(blame) == ["doc", "claim", "incident", "clauses", "relations"]
    (first, *_) = blame["clauses"]
    assert list(first) == ["id", "in_force", "in_area", "bound", "act", "score"]
    assert first["id"] == "HBA/4/c"
    assert [first[test] for test in ("in_force", "in_area", "bound", "act")] == ["met"] * 4
    assert denial["relations"] == [{"rel": "denies", "doc": "a", "claim": 0}]
    assert blame["incident"] == denial["incident"] is not None


def test_what_read_writes_can_be_linked(files: Files) -> None:
    """CLAIMS with offsets, ids and `written`, as `read --batch` writes them: every claim has its line, in order."""
    run("read", "--batch", files.docs, "--out", files.claims, "--reader", "rules")
    lines = [json.loads(line) for line in files.claims.read_text(encoding="utf-8").splitlines()]
    assert files.link(*lines).exit_code == 0
    wanted = [(line["doc"], index) for line in lines for index in range(len(line["claims"]))]
    assert len(wanted) >= 2
    assert [(row["doc"], row["claim"]) for row in files.rows] == wanted


def test_a_refused_claim_is_named_and_the_others_keep_their_place(files: Files) -> None:
    """Law 2 holds here too: words that do not stand in the text are refused; the index counts in CLAIMS."""
    wrong = BLAME | {"quote": "words that nobody wrote"}
    result = files.link({"doc": "a", "claims": [wrong, "no claim", DIED]}, {"doc": "b", "claims": [DENIAL]})
    assert [(row["doc"], row["claim"]) for row in files.rows] == [("a", 2), ("b", 0)]
    assert f"{files.claims}:1 [claims[0]]" in result.stderr
    assert f"{files.claims}:1 [claims[1]]" in result.stderr


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{broken", ""),
        ("[1]", "[doc]"),
        ({"claims": []}, "[doc]"),
        ({"doc": "a", "claims": None}, "[claims]"),
        ({"doc": "elsewhere", "claims": []}, "[doc]"),
        ({"doc": "b", "claims": [DENIAL]}, "[doc]"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(files: Files, line: object, field: str) -> None:
    """Broken JSON, no object, no name, no list, no such document, a document that came before."""
    result = files.link({"doc": "b", "claims": [DENIAL]}, line, {"doc": "a", "claims": [BLAME]})
    assert result.exit_code == 0
    assert f"error: {files.claims}:2 {field}".rstrip() in result.stderr
    assert [row["doc"] for row in files.rows] == ["b", "a"]


@pytest.mark.parametrize("period", ["yesterday", "2031-02-30", "2031-05-09/2031-05-01", "../.."])
def test_a_period_that_is_none_is_left_open(files: Files, period: str) -> None:
    """It is named, and the day is then unknown: never a silent not_met."""
    result = files.link({"doc": "a", "claims": [BLAME | {"period": period, "time": None}]})
    assert f"{files.claims}:1 [claims[0].period]" in result.stderr
    (row,) = files.rows
    assert row["clauses"][0]["in_force"] == "unknown"


def test_claims_of_one_id_are_told_apart(files: Files) -> None:
    """Two claims under one id are two claims: nothing of the first is laid at the second."""
    result = files.link({"doc": "a", "claims": [BLAME | {"id": "x"}, DIED | {"id": "x"}]})
    assert "[claims[1].id]" in result.stderr
    assert [row["claim"] for row in files.rows] == [0, 1]


def test_without_an_agreement_claims_are_still_held_against_each_other(files: Files) -> None:
    """No clause is named, and the denial is found."""
    files.write(files.claims, {"doc": "a", "claims": [BLAME]}, {"doc": "b", "claims": [DENIAL]})
    run("link", "--batch", files.claims, "--docs", files.docs, "--register", "varana", "--out", files.out)
    assert [row["clauses"] for row in files.rows] == [[], []]
    assert files.rows[1]["relations"]


def test_a_missing_file_is_named_and_nothing_is_written(files: Files) -> None:
    """Exit status 2; neither LINKS nor a part of it is left."""
    files.docs.unlink()
    result = files.link({"doc": "a", "claims": [BLAME]})
    assert result.exit_code == 2
    assert "docs.jsonl: there is no such file" in result.stderr
    assert sorted(path.name for path in files.claims.parent.iterdir()) == ["claims.jsonl"]


def test_gold_claims_give_the_figures_that_the_bench_gives(shared: Path, tmp_path: Path) -> None:
    """The command and the bench drive the same room: their lines score the same, measure by measure."""
    spec = importlib.util.spec_from_file_location("bench_agreement_of_batch", ROOT / "bench" / "agreement.py")
    assert spec is not None
    assert spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = bench
    spec.loader.exec_module(bench)
    folder = shared / "varana"
    scorer = bench.module(folder / "score_links.py")
    gold = scorer.load(folder / "gold_links.jsonl")
    wanted = {doc for doc, _ in gold}
    rows = [row for row in bench.jsonl(shared / "gold" / "dev.jsonl") if row["doc"] in wanted]
    claims, out = tmp_path / "claims.jsonl", tmp_path / "links.jsonl"
    Files.write(claims, *rows)
    words = ("--agreement", PACT, "--places", folder / "places.csv", "--out", out)
    assert run("link", "--batch", claims, "--docs", claims, *words).exit_code == 0
    case = bench.varana_case(folder, PACT)
    readings = [bench.gold_reading(row, case) for row in rows]
    assert scorer.score(gold, scorer.load(out)) == scorer.score(gold, bench.rows(readings, *case.link(readings)))
