"""The periods of the batch format, read back."""

import datetime as dt

import pytest

from pactwatch.model import Precision
from pactwatch.resolve.times import period_of, when_of


@pytest.mark.parametrize(
    ("period", "first", "last", "precision"),
    [
        ("2031", (2031, 1, 1), (2031, 12, 31), Precision.YEAR),
        ("2032-02", (2032, 2, 1), (2032, 2, 29), Precision.MONTH),
        ("2031-05-09", (2031, 5, 9), (2031, 5, 9), Precision.DAY),
        ("2031-05/2031-06-03", (2031, 5, 1), (2031, 6, 3), Precision.MONTH),
        ("../2031-05-09", None, (2031, 5, 9), Precision.DAY),
        ("2031-05-09/..", (2031, 5, 9), None, Precision.DAY),
    ],
)
def test_a_period_means_its_days(period, first, last, precision):
    """An open end stays open; a month ends on its own last day; what is read back is written the same."""
    when = when_of(period)
    assert when.first == (dt.date(*first) if first else None)
    assert when.last == (dt.date(*last) if last else None)
    assert when.precision is precision
    assert period_of(when) == period


def test_no_period_is_none_with_a_reason():
    """Nothing is made up."""
    assert when_of(None).edtf is None
    assert when_of(None).reason


@pytest.mark.parametrize("words", ["", "soon", "2031-13", "2031-02-30", "2031-5-9", "../..", "2031-05/2031-04", "0000"])
def test_what_is_no_period_says_so(words):
    """A `ValueError`, never a wrong day."""
    with pytest.raises(ValueError, match=r"no date|no end|before it begins"):
        when_of(words)
