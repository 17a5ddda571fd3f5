"""A case's own place file: what is read, and what is named and left out."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.errors import InputError
from pactwatch.resolve.places import CaseGazetteer, read_places
from pactwatch.resolve.places.names import key, skeleton

HEADER = "name,kind,admin1,admin2,lat,lon,aliases\n"


def written(folder: Path, text: str, name: str = "places.csv") -> Path:
    """A file with that text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_row_of_the_shipped_case_is_read(varana: CaseGazetteer) -> None:
    """The 55 places of the Varana case are all there, with homonyms, each under an id of its own."""
    assert len(varana.places) == len({p.id for p in varana.places}) == 55
    assert {p.gazetteer for p in varana.places} == {"case"}


@pytest.mark.parametrize(
    ("name", "count"), [("Kamen", 2), ("Tarvan", 2), ("Dray", 2), ("Vesk", 2), ("Karamin", 2), ("Velm", 1)]
)
def test_homonyms_are_kept(varana: CaseGazetteer, name: str, count: int) -> None:
    """Two villages of one name, and a town and a unit of one name, are both found."""
    assert len(varana.lookup(name)) == count


@pytest.mark.parametrize("spelling", ["St. Ana", "Saint Ana", "sveta ana", "SVETA ANA", "Svetana"])
def test_aliases_and_spellings_meet_one_place(varana: CaseGazetteer, spelling: str) -> None:
    """Case, abbreviation and alias make no difference to a look-up."""
    assert [p.id for p in varana.lookup(spelling)] == ["case:sveta-ana"]


def test_kinds_say_how_exact_a_place_is(varana: CaseGazetteer) -> None:
    """A village is exact within a few kilometres, a province is a first-order unit, a country a country."""
    of = {name: varana.lookup(name)[0] for name in ("Pavlin", "Kelds", "Varana", "Vesk district")}
    assert (of["Pavlin"].where_prec, of["Kelds"].where_prec, of["Varana"].where_prec) == (1, 4, 6)
    assert of["Vesk district"].where_prec == 3
    assert of["Pavlin"].radius_km < of["Vesk district"].radius_km < of["Kelds"].radius_km < of["Varana"].radius_km


def test_a_unit_reaches_all_its_own_places(varana: CaseGazetteer) -> None:
    """Every place of a province lies within the radius of the province's point."""
    from pactwatch.resolve.places.geometry import distance_km

    for unit in (p for p in varana.places if p.where_prec == 4):
        for inner in (p for p in varana.places if p.admin1 == unit.name):
            assert distance_km(unit.lat, unit.lon, inner.lat, inner.lon) <= unit.radius_km


def test_countries_are_filled_in_where_the_table_says_them(varana: CaseGazetteer) -> None:
    """A place whose unit is a country lies there; the others lie in the only country left."""
    assert varana.lookup("Lanz")[0].country == "Kordia"
    assert varana.lookup("Velm")[0].country == "Varana"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Nowhere,village,,,95.0,10.0,\n", "place-out-of-range"),
        ("Nowhere,village,,,45.0,200.0,\n", "place-out-of-range"),
        ("Nowhere,village,,,north,10.0,\n", "place-bad-point"),
        ("Nowhere,village,,,nan,10.0,\n", "place-bad-point"),
        (",village,,,45.0,10.0,\n", "place-without-name"),
        ("Nowhere,village,,,45.0,10.0,a,b,c\n", "place-row-broken"),
        ("Good,village,,,45.0,10.5,\n", "place-twice"),
    ],
)
def test_a_bad_row_is_named_and_the_others_stay(tmp_path: Path, row: str, code: str) -> None:
    """A row that cannot be used is left out with file, line and reason; the rows around it are read."""
    path = written(tmp_path, HEADER + "Good,village,,,45.0,10.0,\n" + row + "Also,town,,,46.0,11.0,\n")
    places, problems = read_places(path)
    assert [p.name for p in places] == ["Good", "Also"]
    assert [(p.code, p.line) for p in problems] == [(code, 3)]
    assert problems[0].what
    assert problems[0].advice


def test_exchanged_degrees_are_pointed_out(tmp_path: Path) -> None:
    """Latitude and longitude that look exchanged are said to."""
    _, problems = read_places(written(tmp_path, HEADER + "Far,village,,,120.5,14.2,\n"))
    assert "exchanged" in problems[0].advice


@pytest.mark.parametrize(
    "header",
    ["NAME;TYPE;ADM1_EN;ADM2_EN;Latitude;Longitude;Alternatenames", "name\tkind\tprovince\tdistrict\ty\tx\talias"],
)
def test_other_headers_are_understood(tmp_path: Path, header: str) -> None:
    """Usual names of columns, semicolons and tabs are read like our own."""
    separator = ";" if ";" in header else "\t"
    row = separator.join(["Toma", "village", "Lower Seln", "", "42.48", "-37.59", "Tomma|Thoma"])
    places, problems = read_places(written(tmp_path, f"{header}\n{row}\n"))
    assert problems == ()
    assert (places[0].kind, places[0].admin1, places[0].lat, places[0].lon) == ("village", "Lower Seln", 42.48, -37.59)
    assert places[0].aliases == ("Tomma", "Thoma")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    """Without a latitude nothing can be read, and the message says so."""
    places, problems = read_places(written(tmp_path, "name,lon\nToma,10\n"))
    assert places == ()
    assert problems[0].code == "places-missing-column"
    assert "lat" in problems[0].what


def test_missing_aliases_are_only_noted(tmp_path: Path) -> None:
    """A table without aliases is read; the user is told what it costs."""
    places, problems = read_places(written(tmp_path, "name,lat,lon\nToma,42.0,10.0\n"))
    assert len(places) == 1
    assert [(p.code, p.severity.value) for p in problems] == [("places-no-aliases", "note")]


def test_geojson_points_are_read_and_other_shapes_named(tmp_path: Path) -> None:
    """Points with properties become places; a polygon is named with its number and left out."""
    shape = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    features = [
        _feature(
            {"type": "Point", "coordinates": [10.5, 45.5]}, {"name": "Velika", "kind": "town", "aliases": ["Wielka"]}
        ),
        _feature(shape, {"name": "Area"}),
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    places, problems = read_places(written(tmp_path, text, "places.geojson"))
    assert [(p.name, p.lat, p.lon, p.aliases) for p in places] == [("Velika", 45.5, 10.5, ("Wielka",))]
    assert [(p.code, p.line) for p in problems] == [("place-not-a-point", 2)]


def _feature(geometry: dict[str, object], properties: dict[str, object]) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def test_a_file_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    """A wrong path stops the run with the path in the message."""
    with pytest.raises(InputError, match=r"nowhere\.csv"):
        read_places(tmp_path / "nowhere.csv")


def test_names_in_other_scripts_are_found(tmp_path: Path) -> None:
    """An alias in Arabic or Cyrillic script leads to the place, and so does its transliteration."""
    row = "Qunara,town,,,35.0,69.0,قندرة|Кунара\n"
    places, _ = read_places(written(tmp_path, HEADER + row))
    gazetteer = CaseGazetteer(places)
    for name in ("قندرة", "Кунара", "Kunara", "QUNARA"):
        assert [p.name for p in gazetteer.lookup(name)] == ["Qunara"], name


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kunduz", "Qunduz"), ("Kunduz", "Konduz"), ("Kunduz", "قندوز"), ("Jelalabad", "Jalalabad"), ("Khost", "Khowst")],
)
def test_spellings_of_one_name_share_a_skeleton(one: str, other: str) -> None:
    """Transliterations differ in vowels and in letters that are often confused; the skeleton does not."""
    assert skeleton(key(one)) == skeleton(key(other)) != ""


@settings(deadline=None)
@given(st.text(max_size=40))
def test_a_key_is_stable(text: str) -> None:
    """Folding a folded name changes nothing, whatever the text holds."""
    assert key(key(text)) == key(text)
