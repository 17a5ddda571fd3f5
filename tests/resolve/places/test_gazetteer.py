"""The world gazetteer: made once, whole or not at all, and asked by name."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pactwatch.resolve.places import WorldGazetteer, build, gazetteer, resolve_places
from pactwatch.resolve.places.cities import City
from pactwatch.resolve.places.geometry import distance_km
from pactwatch.resolve.places.isocodes import iso_by_code
from pactwatch.resolve.places.units import Unit

from .making import claim, document


def city(number: int, name: str, lat: float, lon: float, people: int, *alternates: str) -> City:
    """A town of the small world, in its only region."""
    return City(
        geonameid=number,
        name=name,
        lat=lat,
        lon=lon,
        country="AF",
        admin1_code="24",
        population=people,
        alternates=alternates,
    )


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A world of three towns in one province of one country."""
    towns = [
        city(1, "Kunduz", 36.7, 68.9, 160_000, "Qunduz", "Konduz", "قندوز", "kun dou shi", "UND"),
        city(2, "Khanabad", 36.7, 69.1, 30_000),
        city(3, "Para", 36.9, 68.4, 2_000),
    ]
    country = {"iso": "AF", "name": "Afghanistan", "geonameid": 9, "population": 37_000_000, "capital": "Khanabad"}
    units = [Unit(level=1, country="AF", code="AF.24", name="Kunduz", lat=None, lon=None, radius_km=0.0)]
    monkeypatch.setattr(build, "read_cities", lambda: iter(towns))
    monkeypatch.setattr(build, "read_countries", lambda: [country])
    monkeypatch.setattr(build, "read_units", lambda: iter(units))


@pytest.mark.parametrize("spelling", ["Kunduz", "KUNDUZ", "Qunduz", "konduz", "Kundūz", "قندوز"])
def test_spellings_lead_to_town_and_province(small: None, tmp_path: Path, spelling: str) -> None:
    """Every spelling finds the town and the province of its name, which inherits the town's spellings."""
    found = WorldGazetteer(tmp_path / "g.sqlite").lookup(spelling)
    assert {p.id for p in found} == {"geonames:1", "unit:AF.24"}
    province = next(p for p in found if p.where_prec == 4)
    assert (province.iso_3166_2, province.kind, province.gazetteer) == ("AF-KDZ", "province", "iso3166-2")


def test_a_spelling_nobody_wrote_down_is_only_similar(small: None, tmp_path: Path) -> None:
    """A look-up answers with written names only; the consonants lead to similar ones, which are asked for apart."""
    world = WorldGazetteer(tmp_path / "g.sqlite")
    assert world.lookup("Qondooz") == []
    assert "geonames:1" in {p.id for p in world.similar("Qondooz")}


def test_a_province_is_the_smallest_circle_around_its_towns(small: None, tmp_path: Path) -> None:
    """The derived point lies between the farthest towns, and the radius just reaches them."""
    world = WorldGazetteer(tmp_path / "g.sqlite")
    province = world.by_id("unit:AF.24")
    assert province is not None
    assert 68.7 < province.lon < 68.8
    away = [distance_km(province.lat, province.lon, *town) for town in ((36.7, 68.9), (36.7, 69.1), (36.9, 68.4))]
    assert max(away) == pytest.approx(province.radius_km, rel=0.03)


def test_the_capital_is_known(small: None, tmp_path: Path) -> None:
    """The town that the country's table names as its capital is marked, and no other."""
    world = WorldGazetteer(tmp_path / "g.sqlite")
    kinds = {name: world.lookup(name)[-1].kind for name in ("Khanabad", "Para")}
    assert kinds == {"Khanabad": "capital", "Para": "town"}


def test_codes_and_transliterations_are_no_names(small: None, tmp_path: Path) -> None:
    """An airport code is not a name; a transliteration of another script is none in Latin letters."""
    world = WorldGazetteer(tmp_path / "g.sqlite")
    assert world.lookup("UND") == []
    assert world.spelled("kun dou shi") == []
    assert world.lookup("") == world.lookup("...") == []


def test_an_unfinished_file_is_never_seen(small: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that breaks off leaves nothing behind, and the next one succeeds."""
    goal = tmp_path / "g.sqlite"

    def broken() -> Iterator[City]:
        yield city(1, "Kunduz", 36.7, 68.9, 160_000)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(build, "read_cities", broken)
        with pytest.raises(KeyboardInterrupt):
            WorldGazetteer(goal).prepare()
    assert not goal.exists()
    assert not list(tmp_path.glob("*.part"))
    assert WorldGazetteer(goal).lookup("Kunduz")


def test_a_damaged_file_is_made_again(small: None, tmp_path: Path) -> None:
    """A file that is no database is replaced, not reported as an error to the user."""
    goal = tmp_path / "g.sqlite"
    goal.write_bytes(b"not a database, but long enough to be taken for one" * 50)
    assert WorldGazetteer(goal).lookup("Kunduz")


def test_a_cache_that_cannot_be_written_is_said(small: None, tmp_path: Path) -> None:
    """Where the cache folder cannot be made the gazetteer works in memory, and the problem says what to do."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    world = WorldGazetteer(blocked / "g.sqlite")
    made = document("Shells fell on Kunduz.")
    found, problems = resolve_places(made, [claim(made, ["Kunduz"])], [world])
    assert found[0].chosen is not None
    assert [p.code for p in problems] == ["gazetteer-not-kept"]
    assert "PACTWATCH_CACHE" in problems[0].advice


def _lookup_there(path: str) -> int:
    return len(gazetteer.WorldGazetteer(Path(path)).lookup("Kunduz"))


def test_two_processes_may_build_at_once(small: None, tmp_path: Path) -> None:
    """Processes that start together all end with a whole gazetteer."""
    context = multiprocessing.get_context("fork")
    with context.Pool(3) as pool:
        assert pool.map(_lookup_there, [str(tmp_path / "g.sqlite")] * 3) == [2, 2, 2]


def test_progress_is_told(small: None, tmp_path: Path) -> None:
    """A caller that shows progress is called while the file is made."""
    calls: list[tuple[int, int | None, str]] = []
    WorldGazetteer(tmp_path / "g.sqlite", progress=lambda *told: calls.append(told)).prepare()
    assert calls
    assert calls[0][0] == 0


class Subdivision:
    """A subdivision as pycountry has it."""

    def __init__(self, code: str, name: str, parent_code: str | None = None) -> None:
        self.code, self.name, self.parent_code = code, name, parent_code
        self.country_code, self.type = code[:2], "Province"


def unit(code: str, name: str) -> Unit:
    """A first-order unit without a point."""
    return Unit(level=1, country=code[:2], code=code, name=name, lat=None, lon=None, radius_km=0.0)


def test_units_meet_their_iso_code_by_name() -> None:
    """Marks, unit words and transliterations do not hinder; two that answer to one name stay without a code."""
    ours = [
        unit("XX.1", "Oruzgan"),
        unit("XX.2", "Sar-e Pol Province"),
        unit("XX.3", "Lomi"),
        unit("XX.4", "Lomi Province"),
    ]
    theirs: list[Any] = [Subdivision("XX-U", "Uruzgān"), Subdivision("XX-S", "Sar-e Pul"), Subdivision("XX-L", "Lomi")]
    found = iso_by_code(ours, theirs)
    assert {code: s.code for code, s in found.items()} == {"XX.1": "XX-U", "XX.2": "XX-S"}


def test_adjectives_and_town_spellings_lead_to_the_code() -> None:
    """`Velmska oblast` is the oblast of Velm; a unit known by another name is met through its town's spellings."""
    ours = [unit("XX.1", "Velm"), unit("XX.2", "Western Darva"), unit("XX.3", "Alebba")]
    theirs: list[Any] = [
        Subdivision("XX-V", "Velmska oblast"),
        Subdivision("XX-D", "West Darva"),
        Subdivision("XX-H", "Qalab"),
    ]
    found = iso_by_code(ours, theirs, {"XX.3": ("Kalab", "Alebba")})
    assert {code: s.code for code, s in found.items()} == {"XX.1": "XX-V", "XX.2": "XX-D", "XX.3": "XX-H"}
