"""The reference page says what the program reads, and nothing else."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from pactwatch.agreements.reference import PROBLEMS, TABLES, fields, meta, page
from pactwatch.agreements.wording import Table

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "agreement-files.md"
FIELDS = [(table, name, annotation) for table in TABLES for name, annotation, _ in fields(table)]


def test_the_page_is_the_one_that_the_program_prints() -> None:
    """Whoever changes the schema prints the page anew: python -m pactwatch.agreements.reference > (the page)."""
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize(("table", "name", "annotation"), FIELDS, ids=[f"{t.__name__}.{n}" for t, n, _ in FIELDS])
def test_every_field_has_a_meaning_and_an_example_that_is_valid(table: type[Table], name: str, annotation: Any) -> None:
    """An example that the program would refuse is worse than none; tables within tables have their own section."""
    about = meta(annotation)
    assert about.description
    assert f"| `{name}`" in page()
    if not about.description.startswith(("Tables `[[", "A table `[", "Later wordings, tables")):
        assert about.examples
    for example in about.examples or ():
        msgspec.convert(example, annotation)


def test_every_table_of_the_schema_has_a_section() -> None:
    """No Struct of the schema is left out of the page."""
    below = {one for one in Table.__subclasses__() if one.__name__ != "Wording"}
    deeper = {two for one in Table.__subclasses__() for two in one.__subclasses__()}
    assert below | deeper == set(TABLES)


def test_every_code_of_check_is_on_the_page() -> None:
    """A code that the checks use and the page does not list could not be looked up."""
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src" / "pactwatch" / "agreements").glob("*.py")
    )
    used = {word for word in source.split('"') if word.startswith("agreement-") and " " not in word}
    assert {word for word in used if not word.endswith(".md")} == set(PROBLEMS)
