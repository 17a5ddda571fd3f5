"""A case in a folder, and hands that change it behind its back."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pactwatch import sources
from pactwatch.ledger import Ledger
from pactwatch.model import Fact, Intake, Judgement, Verdict

AT = "2031-04-06T08:00:00+00:00"
BY = "A. Monitor"
DENIAL = "6 April 2031\n\nThe Front denies that it shelled Karsa.\n"

Tamper = Callable[..., None]


def intake(text: str = DENIAL, uri: str = "denial.txt", issuer: str | None = "Sarn Popular Front") -> Intake:
    """A statement as it comes from the first room."""
    return sources.read_bytes(text.encode(), uri, issuer=issuer, captured=AT)


def fact(name: str, kind: str = "claim", **body: object) -> Fact:
    """A fact with the words that a test gives it."""
    return Fact(kind=kind, id=name, subject="document", body=body)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the case goes."""
    return tmp_path / "case"


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    """An empty case, open for writing."""
    with Ledger.create(folder, title="Harrow Bridge", settings={"agreements": ["hba"]}, by=BY, at=AT) as opened:
        yield opened


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """A case with two sources, two runs of one room, and a judgement."""
    for one in (intake(), intake("The Government welcomes the talks.\n", "welcome.txt", "Government of Varana")):
        ledger.add_source(one, BY, AT)
    document = ledger.documents()[0].id
    ledger.record(document, "claims", [fact("c1", act="shelling"), fact("c2", act="talks")], "rules", "1", BY, AT)
    ledger.record(document, "claims", [fact("c1", act="shelling", negated=True)], "rules", "2", BY, AT)
    ledger.judge(Judgement(subject="c1", verdict=Verdict.ACCEPTED, by=BY, at=AT))
    return ledger


@pytest.fixture
def tamper(folder: Path) -> Tamper:
    """Run SQL on the closed or open case as somebody would who has the file: triggers first out of the way."""

    def run(*statements: str, guarded: bool = False) -> None:
        with closing(sqlite3.connect(folder / "case.sqlite", isolation_level=None)) as connection:
            if not guarded:
                names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
                for (name,) in names:
                    connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                connection.execute(statement)

    return run
