"""`pactwatch gazetteer`: add a file, see it used, take it out again."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pactwatch.cli import main


def run(*words: str | Path) -> Result:
    """Run one command and return what came of it; an unexpected exception is raised here."""
    result = CliRunner().invoke(main, ["gazetteer", *(str(word) for word in words)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty cache, so that no test meets the user's own."""
    monkeypatch.setenv("PACTWATCH_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A table with one good and one bad row."""
    path = tmp_path / "own.csv"
    path.write_text("name,lat,lon,aliases\nQuxham,10.5,20.25,Quxville\nQuxdorf,95,0,\n", encoding="utf-8")
    return path


def test_a_file_is_added_listed_and_removed(own: Path) -> None:
    """Counts on standard output, rows left out on standard error with file and line."""
    added = run("add", own)
    assert added.exit_code == 0
    assert "own: 1 places with 2 names, 1 rows left out; added" in added.stdout
    assert "own.csv:3" in added.stderr
    assert "own" in run("list").stdout
    assert "replaced" in run("add", own).stdout
    assert run("remove", "own").exit_code == 0
    assert "none was added" in run("list").stdout


def test_json_says_the_same(own: Path) -> None:
    """For other programs."""
    told = json.loads(run("add", own, "--name", "mine", "--json").stdout)
    assert (told["name"], told["places"], told["left_out"]) == ("mine", 1, 1)
    assert told["problems"][0]["code"] == "place-out-of-range"
    assert [one["name"] for one in json.loads(run("list", "--json").stdout)] == ["mine"]


@pytest.mark.parametrize(
    ("words", "says", "status"),
    [
        (["add", "none.csv"], "no such file", 2),
        (["remove", "none"], "no added gazetteer is called", 2),
        (["add", "{folder}"], "not a folder", 2),
        (["add", "{empty}"], "missing", 1),
    ],
)
def test_a_mistake_gets_one_clear_line(words: list[str], says: str, status: int, tmp_path: Path) -> None:
    """What is wrong, on standard error; nothing is kept."""
    empty = tmp_path / "empty.csv"
    empty.touch()
    result = run(*(word.format(folder=tmp_path, empty=empty) for word in words))
    assert result.exit_code == status
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert "none was added" in run("list").stdout
