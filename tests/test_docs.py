"""The documentation says what the program does."""

import ast
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """The script that writes the generated pages."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_made_from_the_program_are_fresh(generate: ModuleType) -> None:
    """Every command, flag and help text in the reference is the program's own."""
    assert generate.stale() == []


def test_every_problem_that_can_be_shown_is_explained() -> None:
    """Each code of a `Problem` in the source has its line in the reference, and no line is left over."""
    used = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Problem", "_problem", "problem"):
                used |= {
                    k.value.value
                    for k in node.keywords
                    if k.arg == "code" and isinstance(k.value, ast.Constant) and isinstance(k.value.value, str)
                }
    page = (DOCS / "reference" / "problems.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    explained = {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)}
    assert len(used) > 20
    # `sample` is the code that `pactwatch.testing` gives to the problem of its made-up case.
    assert used - {"sample"} - explained == set()


def test_every_dependency_has_a_reason() -> None:
    """Each package named in requirements/*.in stands in the page on dependencies."""
    page = (DOCS / "explanation" / "dependencies.md").read_text(encoding="utf-8").casefold()
    for file in (ROOT / "requirements").glob("*.in"):
        for line in file.read_text(encoding="utf-8").splitlines():
            name = re.match(r"[A-Za-z][\w.-]*", line)
            if name:
                assert f"`{name[0].casefold()}`" in page, f"{file.name}: {name[0]}"


def test_locks_hold_versions_with_hashes_and_no_address() -> None:
    """`make` installs exactly what was locked, from whichever registry the user's machine is set to."""
    for file in (ROOT / "requirements").glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "--index-url" not in text


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """No link in the documentation names a file that is not there."""
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), target


def test_the_readme_names_the_two_commands() -> None:
    """A newcomer finds how to see it run and how to test it."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in text
    assert "make test" in text
