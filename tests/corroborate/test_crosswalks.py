"""The crosswalks: every code has its source, and no act stands alone."""

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.corroborate.crosswalk import affinity, by_longest_code, crosswalk, fit
from pactwatch.corroborate.precision import RADIUS_KM, radius_km, whole_month
from pactwatch.model import Act

ACTS = st.sampled_from(list(Act))


@pytest.mark.parametrize("name", ["ged", "acled", "cameo"])
def test_every_entry_names_its_source_and_its_acts(name: str) -> None:
    """Each code is there once, with acts, and with the place in the codebook that defines it."""
    path = resources.files("pactwatch").joinpath("data", "crosswalks", f"{name}.toml")
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["type"]
    assert len({entry["code"] for entry in entries}) == len(entries)
    assert len(crosswalk(name)) == len(entries)
    for entry in crosswalk(name).values():
        assert entry.acts, entry.code
        assert "odebook" in entry.source, entry.code


def test_a_code_takes_its_longest_prefix() -> None:
    """CAMEO's 1951 is read as 195, and a code of another family as nothing."""
    found = by_longest_code(crosswalk("cameo"), "1951")
    assert found is not None
    assert found.code == "195"
    assert by_longest_code(crosswalk("cameo"), "010") is None


@given(one=ACTS, other=ACTS)
def test_affinity_is_symmetric_and_the_same_act_is_one(one: Act, other: Act) -> None:
    """How near two acts are does not depend on which of them was claimed."""
    table = affinity()
    assert table.get((one, other), 0.0) == table.get((other, one), 0.0)
    assert 0.0 <= table.get((one, other), 0.0) <= 1.0
    assert fit(one, (one.value,)) == 1.0
    assert fit(one, (one.value, other.value)) == 1.0


def test_no_acts_fit_nothing() -> None:
    """A record whose type maps to no act is a record of none."""
    assert fit(Act.KILLING, ()) == 0.0


def test_radii_grow_with_the_units() -> None:
    """An exact place is finer than a district, a district than a province, a province than a country."""
    assert radius_km(1) < radius_km(2) < radius_km(3) < radius_km(5) < radius_km(4) < radius_km(6)
    assert radius_km(99) == max(RADIUS_KM.values())


def test_a_month_is_whole() -> None:
    """February of a leap year has 29 days."""
    import datetime as dt

    first, last = whole_month(dt.date(2032, 2, 10).toordinal(), dt.date(2032, 2, 10).toordinal())
    assert (dt.date.fromordinal(first), dt.date.fromordinal(last)) == (dt.date(2032, 2, 1), dt.date(2032, 2, 29))
