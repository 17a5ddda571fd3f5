"""The guide to writing an agreement file shows a file that works."""

import datetime as dt
import re
from pathlib import Path

from pactwatch import agreements

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "write-an-agreement-file.md"


def test_the_guides_pieces_make_one_file_without_problems(tmp_path: Path) -> None:
    """Whoever copies every piece of the guide in turn has a file that is right and leaves no doubt."""
    pieces = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "ferry-truce.toml"
    path.write_text("\n".join(pieces), encoding="utf-8")
    assert [str(one) for one in agreements.check(str(path))] == []
    pact = agreements.load(str(path))
    assert [one.date() for one in pact.versions("FT/2")[0].deadlines] == [dt.date(2040, 2, 9)]
    assert len(pact.versions("FT/5")) == 2
    assert pact.versions("FT/1")[0].exceptions == ("FT/4",)


def test_a_first_piece_alone_is_a_file(tmp_path: Path) -> None:
    """The first piece can already be checked, as the guide says."""
    first = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)[0]
    path = tmp_path / "ferry-truce.toml"
    path.write_text(first, encoding="utf-8")
    assert agreements.check(str(path)) == ()
