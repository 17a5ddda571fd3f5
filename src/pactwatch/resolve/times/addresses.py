"""Days in the address of a document: many publishers put the day of publication into it."""

import datetime as dt
import re
from collections.abc import Iterator

from pactwatch.model import Document
from pactwatch.resolve.times.days import day_or_none

_IN_URL = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_.]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")
_UNSEPARATED = 8  # figures: "20310512"; fewer without separators are no date
_NAMES = ("url", "source")


def address_days(document: Document) -> Iterator[tuple[dt.date, str]]:
    """Yield the days that stand in the addresses of a document's metadata, each with its address."""
    for name, address in document.metadata:
        if name not in _NAMES:
            continue
        for found in _IN_URL.finditer(address):
            day = day_or_none(int(found[1]), int(found[3]), int(found[4]))
            if day and (found[2] or len(found[0]) == _UNSEPARATED):
                yield day, address
