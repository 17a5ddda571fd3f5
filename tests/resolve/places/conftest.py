"""A case with its places, a small world, and the real one, made once a session."""

from importlib.resources import files
from pathlib import Path

import pytest

from pactwatch.model import Place
from pactwatch.resolve.places import CaseGazetteer, WorldGazetteer, read_places


@pytest.fixture(scope="session")
def varana() -> CaseGazetteer:
    """The places of the Varana case."""
    places, problems = read_places(Path(str(files("pactwatch.data").joinpath("varana", "places.csv"))))
    assert problems == ()
    return CaseGazetteer(places)


@pytest.fixture(scope="session")
def world() -> WorldGazetteer:
    """The real gazetteer; made at the first use on a machine (about 40 seconds), then kept in the cache."""
    gazetteer = WorldGazetteer()
    gazetteer.prepare()
    return gazetteer


def place(name: str, lat: float, lon: float, *, kind: str = "town", **values: object) -> Place:
    """A place with usual values for whatever a test does not care about."""
    given: dict[str, object] = {"radius_km": 3.0, "where_prec": 1, "country": "Testland", **values}
    identity = f"case:{name}-{kind}-{lat}".lower().replace(" ", "-")
    return Place(id=identity, name=name, kind=kind, gazetteer="case", lat=lat, lon=lon, **given)  # type: ignore[arg-type]
