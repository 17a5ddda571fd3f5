"""From what a user names to files."""

from pathlib import Path

import pytest

from pactwatch import sources
from pactwatch.errors import InputError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files of several endings, hidden ones, and a folder below."""
    for name in ("b.txt", "a.PDF", "notes.xyz", ".hidden.txt", "sub/c.html", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    return tmp_path


def test_a_folder_stands_for_the_known_files_below_it(folder: Path) -> None:
    """Known endings in any case, sorted, folders below included, hidden ones not."""
    found = [p.relative_to(folder).as_posix() for p in sources.expand([str(folder)])]
    assert found == ["a.PDF", "b.txt", "sub/c.html"]


def test_a_named_file_is_taken_whatever_its_ending_and_only_once(folder: Path) -> None:
    """Order is the user's; a file that is named twice is read once."""
    odd, known = str(folder / "notes.xyz"), str(folder / "b.txt")
    assert sources.expand([odd, known, odd, known]) == [Path(odd), Path(known)]


def test_what_is_missing_is_named(folder: Path) -> None:
    """All that is missing is said at once."""
    with pytest.raises(InputError, match=r"x1\.txt.*x2\.txt"):
        sources.expand([str(folder / "x1.txt"), str(folder / "b.txt"), str(folder / "x2.txt")])


def test_a_folder_with_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    """A wrong folder is not an empty success."""
    with pytest.raises(InputError, match="no file here"):
        sources.expand([str(tmp_path)])
