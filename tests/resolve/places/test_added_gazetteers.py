"""Gazetteers that a user adds: every format, with what is wrong in real ones."""

import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from pactwatch.errors import InputError, UnreadableFile
from pactwatch.model import Place
from pactwatch.resolve.places import WorldGazetteer, add_file, added_files, remove_added, with_added
from pactwatch.resolve.places.added import store
from pactwatch.resolve.places.added.columns import header_of


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, so that no test meets the user's own."""
    monkeypatch.setenv("PACTWATCH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def record(geonameid: object, name: str, lat: object, lon: object, **other: str) -> str:
    """A line of a GeoNames dump."""
    cells = [str(geonameid), name, other.get("ascii", name), other.get("alternates", ""), str(lat), str(lon)]
    cells += [other.get("feature", "P"), other.get("code", "PPL"), "AF", "", other.get("admin1", "24"), "", "", ""]
    return "\t".join([*cells, other.get("people", "0"), "", "10", "Asia/Kabul", "2031-01-01"])


def written(path: Path, *lines: str) -> Path:
    """A text file of these lines."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def workbook(path: Path, **named: list[list[str]]) -> Path:
    """An XLSX file: strings are shared in the first sheet and inline in the others, empty cells are left out."""
    shared = list(dict.fromkeys(cell for row in next(iter(named.values())) for cell in row if cell))
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    tags = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(named, 1))
    rels = "".join(f'<Relationship Id="rId{i}" Target="worksheets/s{i}.xml"/>' for i in range(1, len(named) + 1))
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", f'<workbook {main} xmlns:r="{link}"><sheets>{tags}</sheets></workbook>')
        packed.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{rels}</Relationships>")
        items = "".join(f"<si><t>{escape(word)}</t></si>" for word in shared)
        packed.writestr("xl/sharedStrings.xml", f"<sst {main}>{items}</sst>")
        for number, rows in enumerate(named.values(), 1):
            packed.writestr(f"xl/worksheets/s{number}.xml", _sheet(rows, shared if number == 1 else [], main))
    return path


def _sheet(rows: list[list[str]], shared: list[str], main: str) -> str:
    lines = []
    for line, row in enumerate(rows, 1):
        cells = ""
        for at, cell in enumerate(row):
            if cell in shared:
                cells += f'<c r="{chr(65 + at)}{line}" t="s"><v>{shared.index(cell)}</v></c>'
            elif cell:
                cells += f'<c r="{chr(65 + at)}{line}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
        lines.append(f'<row r="{line}">{cells}</row>')
    return f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData></worksheet>"


def looked_up(name: str) -> list[Place]:
    """What the added files alone know of a name."""
    found = []
    for one in added_files():
        found += store.AddedGazetteer(store.added_folder() / f"{one.name}.sqlite").lookup(name)
    return found


def test_a_dump_is_read_with_all_its_names(tmp_path: Path) -> None:
    """Kind, people, unit and ISO code; other spellings and other scripts find the same place."""
    dump = written(
        tmp_path / "AF.txt",
        record(1, "Qala-i-Zard", 36.7, 68.85, alternates="Kala Zard,قلعه زرد", people="1200"),
        record(2, "Wilāyat-e Kunduz", 36.8, 68.8, feature="A", code="ADM1", ascii="Kunduz"),
        record(3, "Pul-e Zard", 36.71, 68.86, feature="S", code="BDG"),
    )
    added = add_file(dump)
    assert (added.name, added.places, added.left_out, added.problems) == ("AF", 3, 0, ())
    for spelling in ("Qala-i-Zard", "Kala Zard", "قلعه زرد"):
        (place,) = looked_up(spelling)
        assert (place.id, place.kind, place.population, place.country) == ("geonames:1", "village", 1200, "AF")
        assert (place.admin1, place.iso_3166_2) == ("Kunduz", "AF-KDZ")
    assert [p.where_prec for p in looked_up("Kunduz")] == [4]
    assert [p.kind for p in looked_up("Pul-e Zard")] == ["bridge"]


def test_a_zipped_dump_is_read_as_it_comes(tmp_path: Path) -> None:
    """The largest text file in the zip is the dump, the readme is not."""
    with zipfile.ZipFile(tmp_path / "AF.zip", "w") as packed:
        packed.writestr("readme.txt", "Readme")
        packed.writestr("AF.txt", record(7, "Qala-i-Zard", 36.7, 68.85))
    assert add_file(tmp_path / "AF.zip").places == 1


def test_broken_lines_are_named_and_the_others_read(tmp_path: Path) -> None:
    """Too few cells, no id, no name, no number, off the globe, the same id twice: each with its line."""
    dump = written(
        tmp_path / "AF.txt",
        record(1, "Qala-i-Zard", 36.7, 68.85),
        "2\tbroken",
        record("x", "Deh", 36, 68),
        record(4, " ", 36, 68),
        record(5, "Deh-e Naw", "north", 68),
        record(6, "Deh-e Bala", 168.0, 36.0),
        record(1, "Qala-i-Zard", 36.7, 68.85),
        record(8, "Qala-i-Sorkh", 36.8, 68.9),
    )
    added = add_file(dump)
    assert (added.places, added.left_out) == (2, 6)
    assert [(p.code, p.line) for p in added.problems] == [
        ("place-row-broken", 2),
        ("place-row-broken", 3),
        ("place-without-name", 4),
        ("place-bad-point", 5),
        ("place-out-of-range", 6),
        ("place-twice", 7),
    ]
    assert "exchanged" in added.problems[4].advice
    assert "line 1" in added.problems[5].what


def test_after_forty_rows_the_others_are_counted(tmp_path: Path) -> None:
    """A file of rubbish does not bury what else there is to say."""
    dump = written(tmp_path / "AF.txt", record(1, "Qala", 36, 68), *["broken"] * 100)
    added = add_file(dump)
    assert added.left_out == 100
    assert len(added.problems) == 41
    assert added.problems[-1].code == "place-rows-left-out"
    assert "60" in added.problems[-1].what


PCODES = [
    ["ADM2_EN", "ADM2_AR", "ADM2_PCODE", "ADM1_EN", "ADM1_PCODE", "ADM0_EN", "ADM0_PCODE", "AREA_SQKM", "center_lat",
     "center_lon"],
    ["Zard District", "زرد", "AF1701", "Kunduz", "AF17", "Afghanistan", "AF", "314.16", "36.7", "68.8"],
    ["Sorkh", "سرخ", "AF1702", "Kunduz", "AF17", "Afghanistan", "AF", "", "36.9", "69.1"],
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_pcode_table_gives_units_with_names_in_every_script(tmp_path: Path, suffix: str) -> None:
    """The deepest level is what a row names; the units above it and the country come from the same row."""
    path = tmp_path / f"units.{suffix}"
    if suffix == "csv":
        written(path, *(",".join(row) for row in PCODES))
    else:
        workbook(path, Readme=[["About"], ["This table"]], Admin2=PCODES)
    added = add_file(path)
    assert added.places == 2
    for name in ("Zard District", "Zard", "زرد"):
        (place,) = looked_up(name)
        assert (place.id, place.kind, place.where_prec) == ("pcode:AF1701", "district", 3)
        assert (place.country, place.admin1, place.lat, place.lon) == ("AF", "Kunduz", 36.7, 68.8)
        assert place.radius_km == pytest.approx(15.0)
    (other,) = looked_up("سرخ")
    assert other.radius_km == 25.0


def test_a_sheet_without_places_is_passed_over_with_a_note(tmp_path: Path) -> None:
    """A readme among the sheets is no fault of the workbook."""
    added = add_file(workbook(tmp_path / "u.xlsx", Readme=[["About"], ["This table"]], Admin2=PCODES))
    assert [(p.code, p.severity.value) for p in added.problems] == [("places-missing-column", "note")]


def test_older_column_names_of_ocha_are_understood() -> None:
    """`admin2Name_en` and `adm2_name`, with their p-codes; codes and dates are no names."""
    for columns in (
        ["admin2Name_en", "admin2AltName1_en", "admin2Pcode", "admin1Name_en", "admin1Pcode", "date", "lat", "lon"],
        ["adm2_name", "adm2_name1", "adm2_pcode", "adm1_name", "adm1_pcode", "valid_on", "center_lat", "center_lon"],
    ):
        header = header_of(columns)
        assert (header.level, header.names, header.units[1]) == (2, tuple(columns[:2]), columns[3])
        assert header.missing == []


def test_a_plain_table_has_aliases_in_several_columns(tmp_path: Path) -> None:
    """Semicolons, bars, and columns named by language; a missing alias column is only noted."""
    plain = written(
        tmp_path / "own.csv",
        "name;lat;lon;aliases;name_ar;kind",
        "Quxham;10.5;20.25;Quxville|Qux Town;قكس;village",
    )
    assert add_file(plain).problems == ()
    for name in ("Quxham", "Quxville", "Qux Town", "قكس"):
        assert [p.lat for p in looked_up(name)] == [10.5]
    added = add_file(written(tmp_path / "few.csv", "name,lat,lon", "Quxdorf,1,2"))
    assert [p.code for p in added.problems] == ["places-no-aliases"]


def test_geojson_outlines_become_points_with_a_radius(tmp_path: Path) -> None:
    """The middle of the box and the farthest corner; a feature without ground is named."""
    square = [[[68.0, 36.0], [69.0, 36.0], [69.0, 37.0], [68.0, 37.0], [68.0, 36.0]]]
    features = [
        {"geometry": {"type": "Polygon", "coordinates": square}, "properties": {"ADM1_EN": "Zard", "ADM1_PCODE": "X1"}},
        {"geometry": None, "properties": {"ADM1_EN": "Sorkh", "ADM1_PCODE": "X2"}},
    ]
    path = written(tmp_path / "u.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    added = add_file(path)
    assert [(p.code, p.line) for p in added.problems if p.code.startswith("place-")] == [("place-not-a-point", 2)]
    (place,) = looked_up("Zard")
    assert (place.lat, place.lon, place.where_prec) == (36.5, 68.5, 4)
    assert 65 < place.radius_km < 75


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.csv", "one,two\n1,2\n", "places-missing-column"),
        ("a.geojson", "{broken", "places-not-json"),
        ("a.geojson", "[]", "places-not-geojson"),
        ("a.csv", "", "places-missing-column"),
        ("a.csv", "name,lat,lon,aliases\n", "empty"),
    ],
)
def test_a_file_without_places_is_not_kept(tmp_path: Path, name: str, text: str, code: str) -> None:
    """It says why, and what was there before stays."""
    add_file(written(tmp_path / "good.csv", "name,lat,lon,aliases", "Quxham,1,2,"), name="a")
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    added = add_file(path, name="a")
    assert (added.places, added.replaced) == (0, False)
    assert code in [p.code for p in added.problems]
    assert [one.places for one in added_files()] == [1]
    assert [p.name for p in store.added_folder().glob("*.part")] == []


@pytest.mark.parametrize("name", ["a.xlsx", "a.zip"])
def test_a_file_that_is_no_archive_is_an_error(tmp_path: Path, name: str) -> None:
    """One clear line, no traceback."""
    (tmp_path / name).write_bytes(b"PK\x03\x04 this is none")
    with pytest.raises(UnreadableFile, match=name):
        add_file(tmp_path / name)
    with pytest.raises(InputError, match="no such file"):
        add_file(tmp_path / "none.csv")


def test_a_file_is_replaced_listed_and_removed(tmp_path: Path) -> None:
    """By its name; a name that is not there is answered with those that are."""
    path = written(tmp_path / "own.csv", "name,lat,lon,aliases", "Quxham,1,2,")
    assert not add_file(path).replaced
    written(path, "name,lat,lon,aliases", "Quxham,1,2,", "Quxdorf,3,4,")
    assert add_file(path).replaced
    assert [(one.name, one.places) for one in added_files()] == [("own", 2)]
    with pytest.raises(InputError, match="own"):
        remove_added("other")
    remove_added("own")
    assert added_files() == ()


def test_a_damaged_index_is_not_used_and_said(tmp_path: Path) -> None:
    """The run goes on with the world's gazetteer."""
    store.added_folder().mkdir(parents=True)
    (store.added_folder() / "old.sqlite").write_bytes(b"no database")
    joined = with_added(WorldGazetteer(tmp_path / "none.sqlite"))
    assert [p.code for p in joined.problems] == ["gazetteer-unusable"]
    assert joined.added == ()


def test_without_added_files_nothing_is_joined(tmp_path: Path) -> None:
    """The world's gazetteer itself answers."""
    world = WorldGazetteer(tmp_path / "none.sqlite")
    assert with_added(world) is world


@pytest.mark.slow
def test_added_places_stand_beside_the_worlds(tmp_path: Path, world: WorldGazetteer) -> None:
    """Homonyms of both are candidates; a GeoNames record of both counts once, as the added file has it."""
    kabul = next(p for p in world.lookup("Kabul") if p.where_prec == 1 and p.country == "AF")
    add_file(
        written(
            tmp_path / "AF.txt",
            record(kabul.geonameid, "Kabul", 34.5, 69.2, code="PPLC", people="4000000"),
            record(99_999_999, "Kabul", 36.0, 68.0),
        )
    )
    joined = with_added(world)
    found = joined.lookup("Kabul")
    assert len(found) == len(world.lookup("Kabul")) + 1
    assert next(p for p in found if p.id == kabul.id).population == 4_000_000
    assert joined.by_id("geonames:99999999") is not None
    assert [p.population for p in found] == sorted((p.population for p in found), reverse=True)
