"""The house stands as it was drawn: who imports whom, how long files and functions are, what public things say."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "pactwatch"
SOURCES = sorted(PACKAGE.rglob("*.py"))
ROOMS = [
    "sources",
    "statements",
    "claims",
    "resolve",
    "agreements",
    "link",
    "corroborate",
    "engines",
    "ledger",
    "views",
]

LONG_FILES: dict[str, str] = {
    "cli.py": "one short function a command; the commands are one list that a reader scans",
}
"""Files over 400 lines, each with the reason why it still holds one thing."""

LONG_FUNCTIONS: dict[str, str] = {}
"""Functions over 40 lines, as `file:name`, each with its reason."""

FILE_LINES, FUNCTION_LINES = 400, 40


def relative(path: Path) -> str:
    """A file's path as the allowances name it."""
    return path.relative_to(PACKAGE).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file; names from a package as `package.name`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{relative(path)} imports relatively; write the whole name"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods and inner ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators, signature and docstring: what a reader has to follow."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or node.lineno) - body[0].lineno + 1


def test_the_vocabulary_needs_the_standard_library_alone() -> None:
    """`model` can be read, and used, without any other part of Pactwatch or any library."""
    for path in (PACKAGE / "model").glob("*.py"):
        for name in imports(path):
            top = name.split(".")[0]
            assert name.startswith("pactwatch.model") or top in sys.stdlib_module_names, f"{relative(path)}: {name}"


@pytest.mark.parametrize("room", ROOMS)
def test_no_file_of_a_room_imports_its_own_door(room: str) -> None:
    """A room's files name each other, not the room; otherwise the order of definition would matter."""
    for path in (PACKAGE / room).rglob("*.py"):
        doors = {
            f"pactwatch.{'.'.join(p.relative_to(PACKAGE).parts)}"
            for p in path.parents
            if PACKAGE / room in (p, *p.parents)
        }
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or node.module not in doors:
                continue
            folder = PACKAGE / Path(*node.module.split(".")[1:])
            for alias in node.names:
                is_module = (folder / f"{alias.name}.py").is_file() or (folder / alias.name).is_dir()
                assert is_module, f"{relative(path)} imports {alias.name} from its own room's door"


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_there_and_says_what_it_does(room: str) -> None:
    """Somebody who reads only the doors knows the program."""
    assert ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8")))


def test_files_stay_short() -> None:
    """No file over 400 lines without a written reason, and no reason without such a file."""
    long = {relative(path) for path in SOURCES if len(path.read_text(encoding="utf-8").splitlines()) > FILE_LINES}
    assert long == set(LONG_FILES)


def test_functions_stay_short() -> None:
    """No function over 40 lines without a written reason, and no reason without such a function."""
    long = {f"{relative(p)}:{f.name}" for p in SOURCES for f in functions(p) if body_lines(f) > FUNCTION_LINES}
    assert long == set(LONG_FUNCTIONS)


def test_public_things_say_what_they_are() -> None:
    """Every public module, class and function has a docstring."""
    silent = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            silent.append(relative(path))
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                silent.append(f"{relative(path)}:{node.name}")
    assert not silent


def test_names_say_something() -> None:
    """No file is called after what it has no name for."""
    assert not [p for p in SOURCES if p.stem in {"utils", "util", "helpers", "helper", "manager", "common", "misc"}]


CONNECTS = "claims/hosted/connection.py"
"""The one file that may open a connection, for the hosted reader, which has to be named for each run."""


def test_nothing_but_the_hosted_reader_opens_the_network() -> None:
    """Law 11: no module that could make a connection is imported anywhere else in the package."""
    network = {
        "socket",
        "http.client",
        "urllib.request",
        "requests",
        "httpx",
        "aiohttp",
        "ftplib",
        "smtplib",
        "urllib3",
    }
    assert network & set(imports(PACKAGE / CONNECTS))
    for path in SOURCES:
        assert relative(path) == CONNECTS or not network & set(imports(path)), relative(path)


def test_the_hosted_reader_is_reached_by_its_name_alone() -> None:
    """Law 11: no file outside its folder imports it, so it is loaded only in a run that names it."""
    for path in SOURCES:
        if not relative(path).startswith("claims/hosted/"):
            assert not [name for name in imports(path) if name.startswith("pactwatch.claims.hosted")], relative(path)
