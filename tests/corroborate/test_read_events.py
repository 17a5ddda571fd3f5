"""Event files as they come: every format, every odd row."""

import datetime as dt
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path

import pytest
from corroborate_factory import GED_COLUMNS, GED_ROW, event, ged

from pactwatch import plugins
from pactwatch.corroborate import EventTable, read_events
from pactwatch.corroborate.sources import AcledSource, GdeltSource, GedSource, MappedCsvSource
from pactwatch.corroborate.sources.gdelt import DUMPS
from pactwatch.errors import HandwrittenFileError, InputError, UnreadableFile
from pactwatch.model import Event, Problem

VARANA = Path(str(resources.files("pactwatch") / "data" / "varana"))

MAPPING = """
name = "log"
[columns]
id = "nr"
date = "day"
lat = "north"
lon = "east"
place = "where"
type = ["what"]
deaths = ["dead", "missing"]
source = "source"
source_kind = "whose"
[acts]
"shots" = ["armed_attack"]
[source_kinds]
ours = { party = "Hill League" }
"""
LOG = """nr,day,north,east,where,what,dead,missing,source,whose
7,2031-05-09,10,20,Tolm,shots,2,,"Post, 2031-05-10, Tolm",ours
"""


def events_of(table: EventTable) -> list[Event]:
    """All events of a table."""
    return table.fetch(range(len(table.columns)))


def mapped(folder: Path, log: str = LOG, mapping: str = MAPPING) -> EventTable:
    """Read a plain CSV with a mapping file beside it."""
    (folder / "log.csv").write_text(log, encoding="utf-8")
    (folder / "log.mapping.toml").write_text(mapping, encoding="utf-8")
    return read_events(folder / "log.csv")


def test_ged_row_becomes_an_event(tmp_path: Path) -> None:
    """A UCDP GED row keeps its days, place, sides, best estimate, informants and the story that it cites."""
    found = events_of(read_events(ged(tmp_path / "arda.csv", [{"where_prec": "3", "date_end": "2031-05-11"}])))[0]
    assert (found.dataset, found.id, found.row) == ("arda", "1", 2)
    assert (found.first, found.last) == (dt.date(2031, 5, 9), dt.date(2031, 5, 11))
    assert (found.where_prec, found.radius_km, found.deaths) == (3, 32.0, 3)
    assert (found.actor1, found.actor2, found.informant) == ("Government of Arda", "Hill League", "villagers")
    assert found.citations == (("Valley Post", "2031-05-10", "Shells on Tolm"),)
    assert "killing" in found.acts


def test_ged_as_spreadsheets_save_it(tmp_path: Path) -> None:
    """Ids like `48.0`, codes like `3.0`, days with a clock time and the older `best_est` are read."""
    columns = ["best_est" if name == "best" else name for name in GED_COLUMNS]
    row = {"id": "48.0", "type_of_violence": "3.0", "where_prec": "2.0", "date_start": "2009-02-20T00:00:00"}
    path = ged(tmp_path / "old.csv", [{**row, "date_end": "2009-02-20 00:00:00", "best_est": "4.0"}], columns=columns)
    found = events_of(read_events(path))[0]
    assert (found.id, found.event_type, found.where_prec, found.deaths) == ("48", "one-sided violence", 2, 4)
    assert found.first == dt.date(2009, 2, 20)


def test_a_missing_column_is_named_with_the_nearest(tmp_path: Path) -> None:
    """The error names the column that is missing and the nearest that the file has."""
    columns = ["lattitude" if name == "latitude" else name for name in GED_COLUMNS]
    with pytest.raises(InputError, match=r"`latitude`.*`lattitude`"):
        read_events(ged(tmp_path / "x.csv", [{}], columns=columns))


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"date_start": "0025-05-09"}, "date_start", "impossible year"),
        ({"date_start": "2031-02-31"}, "date_start", "calendar does not have"),
        ({"date_end": "2031-05-01"}, "date_end", "before it begins"),
        ({"date_end": "soon"}, "date_end", "is no date"),
        ({"date_start": ""}, "date_start", "is empty"),
        ({"latitude": "97"}, "latitude", "-90 to 90"),
        ({"longitude": "nowhere"}, "longitude", "is no number"),
        ({"longitude": "inf"}, "longitude", "is no number"),
        ({"latitude": "0", "longitude": "0"}, "latitude", "not known"),
        ({"id": " "}, "id", "no id"),
        ({"id": "1"}, "id", "same id"),
    ],
)
def test_an_impossible_row_is_named_and_left_out(tmp_path: Path, change: dict[str, str], field: str, says: str) -> None:
    """The row's line, the column and the value are told; the other rows stay, and the count says how many went."""
    table = read_events(ged(tmp_path / "x.csv", [{}, change, {}]))
    assert [one.id for one in events_of(table)] == ["1", "3"]
    assert (table.event_set.rows, table.event_set.left_out) == (3, 1)
    (problem,) = table.problems
    assert (problem.code, problem.line, problem.field) == ("event-row-left-out", 3, field)
    assert says in problem.what


def test_many_impossible_rows_are_summed_up(tmp_path: Path) -> None:
    """Twenty are named one by one, the rest in one line that also gives the total."""
    table = read_events(ged(tmp_path / "x.csv", [{"latitude": "97"}] * 31 + [{}]))
    assert [problem.code for problem in table.problems] == ["event-row-left-out"] * 20 + ["event-rows-left-out"]
    assert "11 more rows" in table.problems[-1].what
    assert "31 of 32" in table.problems[-1].what
    assert table.event_set.left_out == 31


def test_a_file_with_no_usable_row(tmp_path: Path) -> None:
    """A table without rows is an answer, with first and last day unknown."""
    table = read_events(ged(tmp_path / "x.csv", [{"latitude": "97"}]))
    assert (len(table.columns), table.event_set.first, table.event_set.last) == (0, None, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """What spreadsheets write is read, whatever the encoding and the separator; a guessed encoding is told."""
    row = {"where_coordinates": "Löpar-à-Côté", "where_description": "first line\nsecond line"}
    path = ged(tmp_path / "x.csv", [row, {}], encoding=encoding, delimiter=delimiter)
    table = read_events(path)
    assert [one.place for one in events_of(table)] == ["Löpar-à-Côté", "Tolm"]
    assert events_of(table)[0].notes == "first line\nsecond line"
    assert [problem.code for problem in table.problems] == (["event-file-encoding"] if encoding == "cp1252" else [])


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Löpar à Côté, señor", "cp1252"),
        ("Łódź, Győr, Štětí", "cp1250"),
        ("Село Карамин, обстрел", "cp1251"),
        ("قصف القرية", "cp1256"),
    ],
)
def test_old_code_pages_are_told_apart(tmp_path: Path, words: str, encoding: str) -> None:
    """Names in the code pages of old spreadsheets come out as they were typed."""
    path = ged(tmp_path / "x.csv", [{"where_coordinates": words}], encoding=encoding)
    assert events_of(read_events(path))[0].place == words


def test_decimal_commas(tmp_path: Path) -> None:
    """A European spreadsheet's `10,5` is ten and a half."""
    path = ged(tmp_path / "x.csv", [{"latitude": "10,5"}], delimiter=";")
    assert events_of(read_events(path))[0].lat == 10.5


def test_a_stray_quote_costs_one_row(tmp_path: Path) -> None:
    """A quote that never closes does not swallow the rows behind it."""
    path = ged(tmp_path / "x.csv", [{}, {}, {}, {}])
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace(",Tolm,", ',"Tolm,')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    table = read_events(path)
    assert [one.id for one in events_of(table)] == ["1", "3", "4"]
    (problem,) = table.problems
    assert problem.line == 3
    assert "quote" in problem.what


def test_a_short_row_is_named(tmp_path: Path) -> None:
    """A row with too few fields is left out by its line; blank lines are nothing."""
    path = ged(tmp_path / "x.csv", [{}])
    path.write_text(path.read_text(encoding="utf-8") + "\n\n1,2,3\n", encoding="utf-8")
    table = read_events(path)
    assert len(table.columns) == 1
    assert "3 fields, where 49" in table.problems[0].what


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8brest", "gzip"),
        (b"a,b\0c,d", "binary"),
        (b"one,two\n1,2\n", "no event source"),
    ],
)
def test_what_is_no_event_file(tmp_path: Path, data: bytes, says: str) -> None:
    """A file that cannot be one is refused with what it is and what to do."""
    (tmp_path / "x.csv").write_bytes(data)
    with pytest.raises(UnreadableFile, match=says):
        read_events(tmp_path / "x.csv")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """No such file, and a folder, are told apart."""
    with pytest.raises(InputError, match="no such file"):
        read_events(tmp_path / "x.csv")
    with pytest.raises(InputError, match="folder"):
        read_events(tmp_path)


def test_a_misspelt_column_in_an_unknown_table_is_pointed_at(tmp_path: Path) -> None:
    """Where too few columns are right to know the format, the near misses are shown."""
    (tmp_path / "x.csv").write_text("SQLDATES,EventCodes,Lat\n1,2,3\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="`SQLDATES` for `SQLDATE`"):
        read_events(tmp_path / "x.csv")


def test_the_file_changes_while_in_use(tmp_path: Path) -> None:
    """Events are fetched from the file; if it is another by then, that is said and nothing is mixed up."""
    path = ged(tmp_path / "x.csv", [{}, {}])
    table = read_events(path)
    ged(path, [{"id": "77"}, {"id": "78"}])
    with pytest.raises(InputError, match="changed"):
        events_of(table)


ACLED = (
    "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,"
    "country,admin1,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities\n"
)


def test_acled(tmp_path: Path) -> None:
    """ACLED's two ways to write a day, its precisions and its types are read."""
    rows = (
        "ARD1,09 May 2031,2031,1,Explosions/Remote violence,Shelling/artillery/missile attack,Forces of Arda,,1,"
        "Civilians (Arda),Arda,North Reach,Tolm,10,20,1,Valley Post; Hill Radio,National,two shells,3\n"
        "ARD2,2031-05-09,2031,2,Battles,Armed clash,Hill League,,2,,Arda,North Reach,Tolm,10,20,2,Valley Post,,,0\n"
        "ARD3,2031-05-09,2031,3,Strategic developments,Arrests,Hill League,,2,,Arda,,Tolm,10,20,3,Valley Post,,,0\n"
        "ARD4,2031-05-09,2031,1,Sports,,Hill League,,2,,Arda,,Tolm,10,20,3,Valley Post,,,0\n"
    )
    (tmp_path / "acled.csv").write_text(ACLED + rows, encoding="utf-8")
    table = read_events(tmp_path / "acled.csv")
    one, two, three, four = events_of(table)
    assert (one.first, one.last, one.acts, one.deaths) == (*[dt.date(2031, 5, 9)] * 2, ("shelling", "killing"), 3)
    assert [cited[0] for cited in one.citations] == ["Valley Post", "Hill Radio"]
    assert (two.first, two.last, two.radius_km) == (dt.date(2031, 5, 3), dt.date(2031, 5, 15), 32.0)
    assert (three.first, three.last, three.acts) == (dt.date(2031, 5, 1), dt.date(2031, 5, 31), ("detention",))
    assert four.acts == ()
    assert [problem.code for problem in table.problems] == ["event-type-unknown"]


@pytest.mark.parametrize("width", sorted(DUMPS))
def test_gdelt_dump(tmp_path: Path, width: int) -> None:
    """A headerless GDELT dump is known by its width; quotes in it mean nothing; a code takes its longest prefix."""
    given = {
        "GLOBALEVENTID": "410", "SQLDATE": "20310509", "Actor1Name": 'ARMY "A', "Actor2Name": "VILLAGE",
        "EventCode": "1951", "ActionGeo_Type": "4", "ActionGeo_FullName": "Tolm, Arda", "ActionGeo_Lat": "10",
        "ActionGeo_Long": "20", "SOURCEURL": "https://www.post.example/tolm",
    }  # fmt: skip
    row = "\t".join(given.get(name, "") for name in DUMPS[width])
    bad = "\t".join({**given, "GLOBALEVENTID": "411", "ActionGeo_Lat": ""}.get(name, "") for name in DUMPS[width])
    (tmp_path / "20310509.export.CSV").write_text(f"{row}\n{bad}\n", encoding="utf-8")
    table = read_events(tmp_path / "20310509.export.CSV")
    (found,) = events_of(table)
    assert (found.acts, found.actor1, found.deaths) == (("air_strike", "killing"), 'Army "A', None)
    assert (found.first, found.row, found.where_prec) == (dt.date(2031, 5, 9), 1, 2)
    assert table.event_set.left_out == 1


def test_gdelt_with_a_header(tmp_path: Path) -> None:
    """GDELT exported as CSV with its column names is read too."""
    (tmp_path / "g.csv").write_text(
        "GLOBALEVENTID,SQLDATE,Actor1Name,Actor2Name,EventCode,ActionGeo_Type,ActionGeo_Lat,ActionGeo_Long\n"
        "1,20310509,A,B,173,3,10,20\n",
        encoding="utf-8",
    )
    assert events_of(read_events(tmp_path / "g.csv"))[0].acts == ("detention",)


def test_the_varana_files() -> None:
    """The case that ships is read whole: 92 and 146 rows, none left out, every type mapped."""
    for name, dataset, rows in (("events_ged.csv", "events_ged", 92), ("events_local.csv", "river-watch", 146)):
        table = read_events(VARANA / name)
        assert (table.event_set.name, table.event_set.rows, table.event_set.left_out) == (dataset, rows, 0)
        assert table.problems == ()
    witness = next(one for one in events_of(read_events(VARANA / "events_local.csv")) if one.id == "RW-0045")
    assert witness.citations == (("Meridian News Agency", "2031-05-11", ""),)
    assert (witness.deaths, witness.injured, witness.source_kind) == (5, 8, "local_witness")


def test_a_mapping_file_beside_a_csv_is_used(tmp_path: Path) -> None:
    """`log.mapping.toml` explains `log.csv`; several columns of deaths add up, what is empty is not zero."""
    (found,) = events_of(mapped(tmp_path))
    assert (found.dataset, found.id, found.acts, found.deaths) == ("log", "7", ("armed_attack",), 2)
    assert (found.informant, found.citations) == ("Hill League", (("Post", "2031-05-10", "Tolm"),))
    assert found.injured is None


def test_a_mapping_given_goes_before_the_columns(tmp_path: Path) -> None:
    """A mapping named by the user is used even where the columns look like a known format; so is a name."""
    path = ged(tmp_path / "x.csv", [{}])
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        'name = "own"\n[columns]\nid = "id"\ndate_start = "date_start"\ndate_end = "date_end"\nlat = "latitude"\n'
        'lon = "longitude"\ntype = ["type_of_violence"]\n[acts]\n"1" = ["shelling"]\n',
        encoding="utf-8",
    )
    assert events_of(read_events(path, mapping=mapping))[0].acts == ("shelling",)
    assert read_events(path, mapping=mapping, name="other").event_set.name == "other"


def test_dates_in_another_format(tmp_path: Path) -> None:
    """A mapping says how days are written; what does not fit is named."""
    log = LOG.replace("2031-05-09,", "9/5/2031,") + LOG.splitlines()[1].replace("7,2031-05-09", "8,2031-05-09") + "\n"
    table = mapped(tmp_path, log, MAPPING.replace('name = "log"', 'name = "log"\ndate_format = "%d/%m/%Y"'))
    assert [one.first for one in events_of(table)] == [dt.date(2031, 5, 9)]
    assert "%d/%m/%Y" in table.problems[0].what


def test_an_unmapped_type_is_told_once(tmp_path: Path) -> None:
    """Rows of a type that the mapping does not have stay in the table, match nothing, and are told of once."""
    table = mapped(tmp_path, LOG + LOG.splitlines()[1].replace("7,", "8,", 1).replace("shots", "smoke") + "\n")
    assert [one.acts for one in events_of(table)] == [("armed_attack",), ()]
    assert ["smoke" in problem.what for problem in table.problems] == [True]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('place = "where"', 'plase = "where"', 8, "did you mean `place`"),
        ('date = "day"', "", 3, "either `date`"),
        ('["armed_attack"]', '["armed_atack"]', None, "armed_atack"),
        ('type = ["what"]', 'type = ["what", "dead", "where"]', 9, "one or two"),
        ('name = "log"', "name = log", 2, "not valid TOML"),
    ],
)
def test_mistakes_in_a_mapping_file(tmp_path: Path, old: str, new: str, line: int | None, says: str) -> None:
    """A mistake in a mapping file is named with file, line and what to write."""
    with pytest.raises(HandwrittenFileError, match=says) as caught:
        mapped(tmp_path, mapping=MAPPING.replace(old, new))
    assert line is None or caught.value.line == line


def test_a_mapping_names_a_column_that_is_not_there(tmp_path: Path) -> None:
    """The mapping asks for `north`, the file has `nord`: both are named."""
    with pytest.raises(InputError, match=r"`north`.*`nord`"):
        mapped(tmp_path, LOG.replace("north", "nord"))


def test_a_word_of_precision_that_is_not_mapped_is_coarse(tmp_path: Path) -> None:
    """An unknown word of precision never makes a place exact."""
    mapping = MAPPING.replace('lat = "north"', 'lat = "north"\nprecision = "where"')
    assert events_of(mapped(tmp_path, mapping=mapping))[0].where_prec == 6


@pytest.mark.parametrize("source", [GedSource(), AcledSource(), GdeltSource(), MappedCsvSource()])
def test_built_in_sources_keep_the_protocol(source: plugins.EventSource) -> None:
    """What ships takes the same road as anybody else's source."""
    assert isinstance(source, plugins.EventSource)
    assert not source.recognises(Path("x.csv"), ["one", "two"])


def test_a_source_gives_events_by_the_protocol(tmp_path: Path) -> None:
    """Whoever asks a built-in source for events gets the events of the table, in order."""
    path = ged(tmp_path / "x.csv", [{}, {"latitude": "97"}, {}])
    events, problems = GedSource().read(path, None)
    assert list(events) == events_of(read_events(path))
    assert len(problems) == 1


class _Diary:
    """Somebody else's event source."""

    name = "diary"

    def recognises(self, path: Path, columns: Sequence[str]) -> bool:
        return list(columns) == ["diary"]

    def read(self, path: Path, mapping: Path | None) -> tuple[Iterable[Event], list[Problem]]:
        return iter([event(), event(id="2", deaths=None)]), [
            Problem(code="x", where=str(path), what="one row left out")
        ]


def test_somebody_elses_event_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An event source that is installed is used where it knows the columns, and counts like the built-in ones."""
    monkeypatch.setattr(plugins, "names", lambda point: ["diary"])
    monkeypatch.setattr(plugins, "load", lambda point, name: _Diary)
    (tmp_path / "d.csv").write_text("diary\nwords\n", encoding="utf-8")
    table = read_events(tmp_path / "d.csv", name="mine")
    assert [(one.dataset, one.id, one.deaths) for one in events_of(table)] == [("mine", "1", 3), ("mine", "2", None)]
    assert (table.event_set.format, table.event_set.rows, table.event_set.left_out) == ("diary", 3, 1)


def test_ged_row_is_a_row_of_the_49_columns() -> None:
    """The test's own GED row uses only names that UCDP has."""
    assert len(GED_COLUMNS) == 49
    assert set(GED_ROW) <= set(GED_COLUMNS)


def test_real_ged_files(shared: Path) -> None:
    """Files as UCDP and its users publish them are read without losing a row in silence."""
    for name, rows in (("myanmar", 7374), ("car_v23_1", 1848), ("global_sample1000", 1000)):
        table = read_events(shared / "bench" / "events" / f"{name}.csv")
        assert table.event_set.rows == rows
        assert len(table.columns) + table.event_set.left_out == rows
        assert table.event_set.left_out == 0
