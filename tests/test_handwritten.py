"""A mistake in a file that a person writes is named with file, line, field and what to do."""

from pathlib import Path

import msgspec
import pytest

from pactwatch.errors import HandwrittenFileError, InputError
from pactwatch.handwritten import decode, line_of, read_text


class Limit(msgspec.Struct, forbid_unknown_fields=True):
    """A part of a clause."""

    hours: int


class Item(msgspec.Struct, forbid_unknown_fields=True):
    """A clause."""

    id: str
    modality: str = "must"
    limit: Limit | None = None


class File(msgspec.Struct, forbid_unknown_fields=True):
    """A whole file."""

    title: str
    item: list[Item] = []
    names: dict[str, str] = {}


GOOD = 'title = "A"\n\n[[item]]\nid = "1"\n\n[[item]]\nid = "2"\nmodality = "may"\n[item.limit]\nhours = 6\n'


def test_a_good_file_is_read() -> None:
    """Nothing is made up and nothing lost."""
    value = decode(GOOD, "a.toml", File)
    assert [item.id for item in value.item] == ["1", "2"]
    assert value.item[1].limit == Limit(hours=6)


@pytest.mark.parametrize(
    ("change", "line", "field", "says"),
    [
        (('modality = "may"', 'modalty = "may"'), 8, "item[1].modalty", "did you mean `modality`?"),
        (('modality = "may"', "modality = 3"), 8, "item[1].modality", "Expected `str`"),
        (("hours = 6", "hour = 6"), 10, "item[1].limit.hour", "did you mean `hours`?"),
        (("hours = 6", 'hours = "six"'), 10, "item[1].limit.hours", "Expected `int`"),
        (('id = "2"\n', ""), 6, "item[1]", "the field `id` is missing"),
        (('title = "A"', 'titel = "A"'), 1, "titel", "did you mean `title`?"),
        (('title = "A"', 'title = "A'), 1, None, "not valid TOML"),
        (('title = "A"', 'title = "A"\ncolour = "red"'), 2, "colour", "valid fields: title, item, names"),
    ],
)
def test_a_mistake_is_named(change: tuple[str, str], line: int, field: str | None, says: str) -> None:
    """File, line, field and the nearest valid name, whatever the mistake."""
    with pytest.raises(HandwrittenFileError) as raised:
        decode(GOOD.replace(*change), "a.toml", File)
    error = raised.value
    assert (error.file, error.line, error.field) == ("a.toml", line, field)
    assert says in str(error)


def test_a_line_is_found_for_a_path() -> None:
    """The nearest table is named where the key itself is not written."""
    assert line_of(GOOD, "item[1].modality") == 8
    assert line_of(GOOD, "item[0].modality") == 3
    assert line_of(GOOD, "title") == 1


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """Missing, a folder, not UTF-8: each has its own sentence."""
    with pytest.raises(InputError, match="no such file"):
        read_text(tmp_path / "none.toml")
    with pytest.raises(InputError, match="folder"):
        read_text(tmp_path)
    bad = tmp_path / "latin.toml"
    bad.write_bytes("title = 'é'".encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        read_text(bad)
