"""A small invented agreement file that is right in every field, for tests that break it in one place."""

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]

SAMPLE = """\
id = "quay-truce-2040"
title = "Truce of the Long Quay"
zone = "UTC+01:00"
parties = ["NORTH", "SOUTH"]
source = "Quay Gazette no. 1 of 2040"
licence = "CC0-1.0"
text_licence = "CC0-1.0"
default_area = "quay"

[[instrument]]
prefix = "QT"
title = "Truce of the Long Quay"
signed = "2040-01-10"
in_force = "2040-01-10"
signatories = ["NORTH: A. Ferry", "SOUTH: B. Pier"]

[[instrument]]
prefix = "QP"
title = "Protocol to the Truce"
signed = "2040-03-01"
in_force = "2040-03-01"
amends = ["QT"]

[[bound]]
party = "NORTH"
status = "bound"
since = "2040-01-10"
basis = "signature"

[[bound]]
party = "SOUTH"
status = "bound"
since = "2040-01-10"
basis = "signature"

[[line]]
id = "wall"
title = "the quay wall"
points = [[10.0, 20.0], [10.5, 20.0, 0.2]]
error_km = 1.0

[[area]]
id = "quay"
title = "the quay"
units = ["Long Quay"]

[[area]]
id = "near-wall"
title = "within 3 km of the wall"
line = "wall"
within_km = 3
inside = "quay"

[[clause]]
id = "QT/1"
title = "No shelling"
obligor = ["parties"]
modality = "must_not"
acts = ["shelling"]
area = "near-wall"
paraphrase = "Neither side shells the quay."
text = "There shall be no shelling."

[[clause.limit]]
of = "calibre_mm"
value = 60
bound = "at_least"

[[clause.version]]
from = "2040-03-01"
amended_by = "QP/1"
paraphrase = "Neither side shells the quay or the harbour."
text = "There shall be no shelling of the quay or the harbour."

[[clause]]
id = "QT/2/a"
title = "Exchange of crews"
obligor = ["NORTH"]
modality = "must"
acts = ["prisoner_release"]
deadline = ["30 days after signature", "2040-02-20 18:00"]
paraphrase = "The north lets the crews go."

[[clause.amount]]
of = "released"
value = 12
party = "NORTH"
due = "2040-02-20 18:00"

[[clause]]
id = "QT/3"
title = "Salutes"
role = "exception"
modality = "may"
acts = ["shelling"]
words = ["salute"]
only_with = true
excepts = ["QT/1"]
daily = "08:00-12:00"
paraphrase = "Salutes with blank charges are allowed in the morning."

[[clause]]
id = "QP/1"
role = "amendment"
amends = ["QT/1"]
paraphrase = "The ban on shelling covers the harbour."
"""


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """A function that writes the sample with each first string replaced by the second, and returns its path."""

    def write(*changes: tuple[str, str]) -> Path:
        text = SAMPLE
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path = tmp_path / "quay.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def sample() -> str:
    """The text of the sample."""
    return SAMPLE
