"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest

from pactwatch.case import Case
from pactwatch.model import Checked


def shared_folder() -> Path | None:
    """Return the folder with the measuring data, or None where this checkout has none beside it."""
    named = os.environ.get("PACTWATCH_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    return folder if (folder / "gold" / "score.py").is_file() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the measuring data; the test is skipped where it is missing."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the measuring data are not here (set PACTWATCH_SHARED to their folder)")
    return folder


@pytest.fixture(scope="session")
def demo() -> tuple[Case, Checked]:
    """The built-in case and its check, made once for all tests that look at it."""
    return Case.demo()
