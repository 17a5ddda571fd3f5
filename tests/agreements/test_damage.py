"""However a file is damaged, the checks answer, and `load` agrees with them."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pactwatch import agreements
from pactwatch.errors import HandwrittenFileError
from pactwatch.model import Severity

VALUES = [
    '""',
    "0",
    "-1",
    "[]",
    "{}",
    "true",
    "[[]]",
    '["x", 1]',
    '"9999-12-31"',
    "2040-01-01",
    '"QT/1"',
    "1e400",
    "nan",
]

FOR_FIXTURES = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""The folder and the sample are the same for every example; each example writes its own file over the last."""


def agreed(path: Path) -> None:
    """`check` answers without an exception; `load` refuses exactly where `check` found an error."""
    errors = [one for one in agreements.check(str(path)) if one.severity is Severity.ERROR]
    assert refused(path) == bool(errors), [str(one) for one in errors]


def refused(path: Path) -> bool:
    """Whether `load` refuses the file with a message; any other error is one of the test."""
    try:
        agreements.load(str(path))
    except HandwrittenFileError:
        return True
    return False


@FOR_FIXTURES
@given(data=st.data())
def test_a_value_of_any_sort_in_any_field(tmp_path: Path, sample: str, data: st.DataObject) -> None:
    """Any value in place of any other is either right or told."""
    lines = sample.splitlines()
    fields = [index for index, line in enumerate(lines) if " = " in line]
    at = data.draw(st.sampled_from(fields))
    lines[at] = f"{lines[at].split(' = ')[0]} = {data.draw(st.sampled_from(VALUES))}"
    path = tmp_path / "damaged.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    agreed(path)


@FOR_FIXTURES
@given(data=st.data())
def test_any_lines_taken_out(tmp_path: Path, sample: str, data: st.DataObject) -> None:
    """Any few lines may be missing, headers of tables too."""
    lines = sample.splitlines()
    gone = data.draw(st.sets(st.integers(0, len(lines) - 1), min_size=1, max_size=4))
    path = tmp_path / "damaged.toml"
    path.write_text("\n".join(line for index, line in enumerate(lines) if index not in gone), encoding="utf-8")
    agreed(path)
