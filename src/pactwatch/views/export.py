"""A check as plain values, for `--json`: the findings, and all that the report draws."""

from typing import Any

import msgspec

from pactwatch.model import Checked
from pactwatch.views.atlas import map_of
from pactwatch.views.findings import findings
from pactwatch.views.matrix import matrix
from pactwatch.views.rows import dating_lines
from pactwatch.views.summary import CAUTION
from pactwatch.views.timeline import timeline_of
from pactwatch.views.told import document_name

FORMAT = "pactwatch-check/1"
"""The name and version of this layout; a field may be added within a version, none renamed or removed."""


def as_json(checked: Checked) -> dict[str, Any]:
    """Return a check as dicts, lists, strings and numbers; dates are ISO 8601 strings, unknown values None."""
    found = findings(checked)
    return {
        "format": FORMAT,
        "title": checked.title,
        "asserts": CAUTION,
        "as_of": checked.as_of.isoformat() if checked.as_of else None,
        "agreements": [{"id": one.id, "title": one.title, "parties": list(one.parties)} for one in checked.agreements],
        "documents": [
            {
                "id": reading.document.id,
                "name": document_name(reading.document),
                "issuer": reading.document.issuer,
                "issuer_type": reading.document.issuer_type.value,
                "sha256": reading.source.sha256,
                "dating": msgspec.to_builtins(reading.dating),
                "dating_lines": list(dating_lines(reading)),
                "claims": len(reading.claims),
            }
            for reading in checked.readings
        ],
        "findings": msgspec.to_builtins(found),
        "incidents": msgspec.to_builtins(checked.incidents),
        "matrix": _matrix(checked),
        "timeline": msgspec.to_builtins(timeline_of(checked, found)),
        "map": msgspec.to_builtins(map_of(checked, found, published=False)),
        "event_sets": msgspec.to_builtins(checked.event_sets),
        "problems": msgspec.to_builtins(
            (*checked.problems, *(one for reading in checked.readings for one in reading.problems))
        ),
    }


def _matrix(checked: Checked) -> dict[str, Any]:
    """Each cell with its text: a cell where nobody looked says "not observed" and holds null, never 0."""
    table = matrix(checked)
    return {
        "months": [{"month": one.key or None, "title": one.title, "hours": one.hours} for one in table.months],
        "rows": [
            {
                "clause": row.clause,
                "party": row.side.id or None,
                "cells": [
                    {
                        "text": cell.text,
                        "claims": list(cell.numbers),
                        **{what: n if n or cell.observed else None for n, what in cell.counts},
                    }
                    for cell in row.cells
                ],
            }
            for row in table.rows
        ],
        "left_out": list(table.left_out),
    }
