"""Views: read-only answers. Everything comes from one `Checked`; nothing here finds, judges or stores anything.

`findings` gives a value for each claim; `claim_rows`, `dating_lines` and `check_lines` feed the terminal; `matrix`,
`timeline` and `world_map` are the drawings' data; `report` is the page, `as_json` the same for programs. One question
each, as an `Answer`: `incidents_answer` (what each speaker says of one thing), `clauses_answer`, `due_answer` (what is
owed by when), `claim_answer` (all that is known of one claim).
"""

from pactwatch.views.answers import Answer, claim_answer, clauses_answer, due_answer, incidents_answer
from pactwatch.views.atlas import WorldMap, world_map
from pactwatch.views.dated import DatedView, dated_view
from pactwatch.views.export import as_json
from pactwatch.views.findings import Finding, findings
from pactwatch.views.matrix import Matrix, matrix
from pactwatch.views.places import PlaceRow, ShapeRow, place_rows, shape_rows
from pactwatch.views.report import report
from pactwatch.views.rows import ClaimRow, claim_rows, dating_lines
from pactwatch.views.summary import Line, check_lines
from pactwatch.views.timeline import Timeline, timeline

__all__ = [
    "Answer",
    "ClaimRow",
    "DatedView",
    "Finding",
    "Line",
    "Matrix",
    "PlaceRow",
    "ShapeRow",
    "Timeline",
    "WorldMap",
    "as_json",
    "check_lines",
    "claim_answer",
    "claim_rows",
    "clauses_answer",
    "dated_view",
    "dating_lines",
    "due_answer",
    "findings",
    "incidents_answer",
    "matrix",
    "place_rows",
    "report",
    "shape_rows",
    "timeline",
    "world_map",
]
