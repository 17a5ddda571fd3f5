"""`incidents`, `clauses`, `due` and `why`, as a monitor types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pactwatch.cli import main

BLAME = "12 May 2031\n\nOn 9 May 2031 the Seln Defence Army shelled Karsa. The Government will release 90 prisoners."
DENIAL = "14 May 2031\n\nThe Seln Defence Army did not shell Karsa on 9 May 2031.\n"


def run(*words: str | Path) -> Result:
    """Run one command; an unexpected exception is raised here."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of two bulletins, one of each party."""
    where = tmp_path_factory.mktemp("asked")
    case = where / "case"
    assert run("case", "new", case, "--agreement", "harrow-bridge-2031", "--reader", "rules").exit_code == 0
    for name, text, issuer in (("a", BLAME, "Varanan Armed Forces"), ("b", DENIAL, "Seln Defence Army")):
        path = where / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        assert run("case", "add", case, path, "--issuer", issuer, "--issuer-type", "party").exit_code == 0
    return case


def test_incidents_lay_both_accounts_side_by_side(folder: Path) -> None:
    """The state is computed, and both speakers have their versions."""
    plain = json.loads(run("incidents", folder, "--json").stdout)
    (contested,) = [one for one in plain["incidents"] if one["state"] == "contested"]
    assert [one["speaker"] for one in contested["accounts"]] == ["Varanan Armed Forces", "Seln Defence Army"]
    shown = run("incidents", folder, "--state", "contested").stdout
    assert "Seln Defence Army: denied: shelling (2.1)" in shown


def test_clauses_give_the_four_answers(folder: Path) -> None:
    """One clause alone, and a clause that no agreement has."""
    shown = run("clauses", folder, "--clause", "HBA/4/c").stdout
    assert "In force then?" in shown
    assert "HBA/4/a" not in shown
    wrong = run("clauses", folder, "--clause", "HBA/99")
    assert wrong.exit_code == 2
    assert "HBA/99" in wrong.stderr


def test_due_needs_a_day_and_gives_what_is_overdue(folder: Path) -> None:
    """A case without a day of its own says so; no day is taken for granted."""
    assert run("due", folder).exit_code == 2
    plain = json.loads(run("due", folder, "--as-of", "2031-05-20", "--json").stdout)
    assert plain["as_of"] == "2031-05-20"
    assert {one["state"] for one in plain["duties"]} >= {"overdue", "not_yet_due"}
    assert "overdue: the day has passed" in run("due", folder, "--as-of", "2031-05-20").stdout


def test_why_tells_everything_of_one_claim_with_its_reviews(folder: Path) -> None:
    """By its number and by its id; a claim that is not there is named."""
    shown = run("why", folder, "2.1")
    assert "denies 1.1" in shown.stdout
    claim = json.loads(run("why", folder, "2.1", "--json").stdout)["finding"]["claim_id"]
    run("case", "review", folder, claim, "accepted", "--note", "heard it")
    assert "heard it" in run("why", folder, claim).stdout
    missing = run("why", folder, "77.1")
    assert missing.exit_code == 2
    assert "77.1" in missing.stderr


def test_asking_writes_nothing(folder: Path) -> None:
    """The log is as long as it was."""
    before = run("case", "log", folder).stdout
    for words in (("incidents",), ("clauses",), ("due", "--as-of", "2031-05-20"), ("why", "1.1")):
        assert run(words[0], folder, *words[1:]).exit_code == 0
    assert run("case", "log", folder).stdout == before
