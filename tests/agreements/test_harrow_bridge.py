"""The invented agreement that ships: every article and paragraph, and every change that its protocol made."""

import datetime as dt
import itertools
import json
import re
from pathlib import Path

import pytest

from pactwatch import agreements
from pactwatch.model import Act, Agreement, Clause, ClauseRole, Modality

ZONE = dt.timezone(dt.timedelta(hours=2))

PARAGRAPHS: dict[str, dict[int | str, int]] = {
    "HBA": {1: 5, 2: 3, 3: 2, 5: 4, 6: 3, 7: 3, 8: 3, 9: 4, 10: 2, 11: 4, 12: 2, 13: 0, 14: 3, 15: 0, 16: 0, "A": 3},
    "OP": {1: 2, 2: 3, 3: 0, 4: 0, 5: 0, 6: 0, 7: 0, 8: 0},
}
"""Numbered paragraphs of each article; 0 where an article is one paragraph without a number."""


@pytest.fixture(scope="module")
def pact() -> Agreement:
    """The agreement with its protocol."""
    return agreements.load("harrow-bridge-2031")


def at(pact: Agreement, clause_id: str, day: str) -> Clause:
    """The wording that stands on a day."""
    found = pact.version_at(clause_id, dt.date.fromisoformat(day))
    assert found is not None
    return found


def test_it_has_no_problems() -> None:
    """What ships is right and leaves no doubt."""
    assert [str(one) for one in agreements.check("harrow-bridge-2031")] == []


def test_every_article_and_paragraph_is_a_clause(pact: Agreement) -> None:
    """No paragraph is missing, none is invented, and Article 4 has its ten letters."""
    wanted = {f"HBA/4/{letter}" for letter in "abcdefghij"}
    for prefix, articles in PARAGRAPHS.items():
        for article, count in articles.items():
            wanted |= {f"{prefix}/{article}/{n}" for n in range(1, count + 1)} or {f"{prefix}/{article}"}
    assert {clause.id for clause in pact.clauses} == wanted


def test_the_text_is_the_agreements_own(pact: Agreement, shared: Path) -> None:
    """Each first wording is the paragraph of the signed text, word for word; nothing of the text is left out."""
    signed = {
        **paragraphs((shared / "varana" / "agreement.md").read_text(encoding="utf-8"), "HBA"),
        **paragraphs((shared / "varana" / "protocol.md").read_text(encoding="utf-8"), "OP"),
    }
    assert {one.id: pact.versions(one.id)[0].text for one in pact.clauses} == signed


def paragraphs(markdown: str, prefix: str) -> dict[str, str]:
    """Every numbered, lettered or bare paragraph under an article or the annex."""
    out: dict[str, str] = {}
    article, opening = "", ""
    for line in markdown.splitlines():
        heading = re.match(r"## (?:Article (\d+)\.|ANNEX (A))", line)
        numbered = re.match(r"(\d+)\. (.*)", line)
        lettered = re.match(r"\((\w)\) ", line)
        if heading:
            article, opening = heading[1] or heading[2], ""
        elif not article or not line.strip() or line.startswith("*"):
            continue
        elif numbered:
            out[f"{prefix}/{article}/{numbered[1]}"] = numbered[2].strip()
        elif lettered:
            out[f"{prefix}/{article}/{lettered[1]}"] = f"{opening} {line.strip()}"
        elif line.endswith(":"):
            opening = line.strip()
        else:
            out[f"{prefix}/{article}"] = line.strip()
    return out


def test_ids_are_those_of_the_annotated_links(pact: Agreement, shared: Path) -> None:
    """Every clause that annotators named exists under that very id."""
    lines = (shared / "varana" / "gold_links.jsonl").read_text(encoding="utf-8").splitlines()
    named = {clause["id"] for line in lines for clause in json.loads(line)["clauses"]}
    assert named <= {clause.id for clause in pact.clauses}


def test_every_clause_is_paraphrased_and_typed(pact: Agreement) -> None:
    """Each wording has a paraphrase and a text; each duty has acts, an obligor and a provision type."""
    for clause in pact.clauses:
        assert clause.paraphrase
        assert clause.text
        assert clause.paraphrase != clause.text
        if clause.role is ClauseRole.OBLIGATION:
            assert clause.acts, clause.id
            assert clause.obligor, clause.id
            assert clause.provision, clause.id


@pytest.mark.parametrize(
    ("clause_id", "changed", "by", "older", "newer"),
    [
        ("HBA/1/1", "2031-06-10", "OP/4", "armed group", "Dray Home Guard"),
        ("HBA/2/1", "2031-06-15", "OP/3", "Lower Seln and Dray", "Vesk"),
        ("HBA/4/d", "2031-06-02", "OP/2/2", "within 10 km", "within 30 km"),
        ("HBA/5/1", "2031-06-02", "OP/2/3", "12 hours", "6 hours"),
        ("HBA/6/1", "2031-06-02", "OP/2/1", "15 km", "20 km"),
        ("HBA/8/1", "2031-06-02", "OP/1/1, OP/1/2", "15 June", "30 June"),
        ("HBA/9/2", "2031-06-05", "OP/5", "07:00 to 18:00", "06:00 to 20:00"),
        ("HBA/14/3", "2031-06-02", "OP/7", "14 days", "21 days"),
    ],
)
def test_what_the_protocol_changed(
    pact: Agreement, clause_id: str, changed: str, by: str, older: str, newer: str
) -> None:
    """The day before, the older wording stands; from the day on, the newer; the older stays in the file."""
    before = (dt.date.fromisoformat(changed) - dt.timedelta(days=1)).isoformat()
    old, new = at(pact, clause_id, before), at(pact, clause_id, changed)
    assert old.version == dt.date(2031, 3, 14)
    assert older in old.paraphrase
    assert newer not in old.paraphrase
    assert newer in new.paraphrase
    assert (new.amended_by, new.versioned_id) == (by, f"{clause_id}@{changed}")
    assert pact.versions(clause_id) == (old, new)


def test_only_the_protocol_made_versions(pact: Agreement) -> None:
    """Eight clauses have two wordings, all others one."""
    assert sum(len(pact.versions(one)) == 2 for one in {clause.id for clause in pact.clauses}) == 8
    assert len(pact.clauses) == len({clause.id for clause in pact.clauses}) + 8


def test_nothing_stands_before_the_signature(pact: Agreement) -> None:
    """On the day before, there is no clause; on 1 June none of the protocol; on 2 June all."""
    assert pact.clauses_at(dt.date(2031, 3, 13)) == ()
    assert {one.id.split("/")[0] for one in pact.clauses_at(dt.date(2031, 6, 1))} == {"HBA"}
    assert {one.id for one in pact.clauses_at(dt.date(2031, 6, 2))} == {one.id for one in pact.clauses}


def test_when_obligations_have_effect(pact: Agreement) -> None:
    """Articles 3 to 6 from 1 April at 00:00, the others from signature, the feast only for its days."""
    for clause in pact.clauses:
        prefix, article = clause.id.split("/")[:2]
        if prefix == "HBA" and article in "3456":
            assert clause.since == dt.datetime(2031, 4, 1, tzinfo=ZONE), clause.id
    assert at(pact, "HBA/10/1", "2031-04-01").since == dt.datetime(2031, 3, 14, tzinfo=ZONE)
    feast = at(pact, "OP/6", "2031-07-25")
    assert feast.since == dt.datetime(2031, 7, 25, 18, 0, tzinfo=ZONE)
    assert feast.until == dt.datetime(2031, 7, 27, 6, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("clause_id", "day", "deadlines"),
    [
        ("HBA/6/1", "2031-06-01", ["2031-04-30 23:59:59"]),
        ("HBA/6/1", "2031-06-02", ["2031-04-30 23:59:59", "2031-06-20 23:59:59"]),
        ("HBA/7/1", "2031-04-01", ["2031-04-20 18:00:00"]),
        ("HBA/8/1", "2031-06-01", ["2031-04-15 23:59:59", "2031-05-15 23:59:59", "2031-06-15 23:59:59"]),
        ("HBA/8/1", "2031-06-02", ["2031-04-15 23:59:59", "2031-05-15 23:59:59", "2031-06-30 23:59:59"]),
        ("HBA/10/2", "2031-04-01", ["2031-05-13 23:59:59"]),
        ("OP/1/2", "2031-06-02", ["2031-06-30 23:59:59"]),
    ],
)
def test_deadlines(pact: Agreement, clause_id: str, day: str, deadlines: list[str]) -> None:
    """A deadline stands on the day that the text names, to its end, in local time; 60 days are counted."""
    found = [f"{one:%Y-%m-%d %H:%M:%S}" for one in at(pact, clause_id, day).deadlines]
    assert found == deadlines
    assert all(one.utcoffset() == dt.timedelta(hours=2) for one in at(pact, clause_id, day).deadlines)


def test_how_many_prisoners_are_owed(pact: Agreement) -> None:
    """Each batch has its numbers; the protocol moves the third and makes it 110."""
    before = {(one.due, one.party): one.value for one in at(pact, "HBA/8/1", "2031-06-01").amounts}
    after = {(one.due, one.party): one.value for one in at(pact, "HBA/8/1", "2031-06-02").amounts}
    assert sum(value for (_, party), value in before.items() if party == "GOV") == 270
    assert sum(value for (_, party), value in before.items() if party == "SPF") == 150
    assert after[dt.date(2031, 6, 30), "GOV"] == 110
    assert after[dt.date(2031, 6, 30), "SPF"] == 50
    assert (dt.date(2031, 6, 15), "GOV") not in after


@pytest.mark.parametrize(
    ("party", "day", "status"),
    [
        ("GOV", "2031-03-13", None),
        ("GOV", "2031-03-14", "bound"),
        ("SPF", "2031-03-14", "bound"),
        ("VAF", "2031-04-01", "bound"),
        ("SDA", "2031-04-01", "bound"),
        ("DHG", "2031-06-09", "unknown"),
        ("DHG", "2031-06-10", "bound"),
        ("SPF-R", "2031-06-10", "unknown"),
        ("KORDIA", "2031-06-10", "not_bound"),
        ("NOBODY", "2031-06-10", None),
    ],
)
def test_who_is_bound_when(pact: Agreement, party: str, day: str, status: str | None) -> None:
    """Parties and their forces from signature, the Home Guard from 10 June, the splinter unknown, the neighbour not."""
    found = pact.binding_of(party, dt.date.fromisoformat(day))
    assert (found.status if found else None) == status


def test_the_area_grows_on_15_june(pact: Agreement) -> None:
    """Vesk is in the area from 15 June and not a day earlier; Karamin never."""
    before = pact.area_at("application", dt.date(2031, 6, 14))
    after = pact.area_at("application", dt.date(2031, 6, 15))
    assert before is not None
    assert after is not None
    assert "Vesk district" not in before.units
    assert "Vesk district" in after.units
    assert set(before.units) < set(after.units)
    assert "Karamin district" in after.excluded
    assert len(pact.areas_at(dt.date(2031, 6, 14))) == len(pact.areas_at(dt.date(2031, 6, 15))) == len(pact.areas) - 1


def test_every_named_area_is_drawn(pact: Agreement) -> None:
    """Each clause's area can be asked for on any day on which the clause stands."""
    for clause in pact.clauses:
        for name in (clause.area, clause.requires_area, *(part.area for part in clause.parts)):
            assert not name or pact.area_at(name, clause.version), (clause.id, name)


def test_units_are_places_of_the_case(pact: Agreement, shared: Path) -> None:
    """Each unit of an area is a place of the case's own list."""
    rows = (shared / "varana" / "places.csv").read_text(encoding="utf-8").splitlines()[1:]
    known = {row.split(",")[0] for row in rows}
    assert {unit for area in pact.areas for unit in (*area.units, *area.excluded)} <= known


def test_the_line_runs_between_the_places_that_the_annex_names(pact: Agreement, shared: Path) -> None:
    """Places of the Government's side lie west of the line, of the Front's side east of it, as Annex A says."""
    area = pact.area_at("near-line-10", dt.date(2031, 4, 1))
    assert area is not None
    assert len(area.line_errors_km) == len(area.line)
    assert max(area.line_errors_km) <= area.line_error_km
    rows = [row.split(",") for row in (shared / "varana" / "places.csv").read_text(encoding="utf-8").splitlines()[1:]]
    points = {row[0]: (float(row[4]), float(row[5])) for row in rows}
    west = ["Drenov", "Karsa", "Kamen (Upper Seln)", "Lask ferry", "Selnford", "Sveta Ana"]
    east = ["Upper Lisk", "Orlec", "Belopol", "Nerin", "Pavlin", "Toma"]
    for name in west:
        assert points[name][1] < lon_of_line(area.line, points[name][0]), name
    for name in east:
        assert points[name][1] > lon_of_line(area.line, points[name][0]), name


def lon_of_line(line: tuple[tuple[float, float], ...], lat: float) -> float:
    """Where a line that runs from north to south crosses a latitude."""
    for (north, west), (south, east) in itertools.pairwise(line):
        if south <= lat <= north:
            return west + (east - west) * (north - lat) / (north - south)
    raise AssertionError(lat)


@pytest.mark.parametrize(
    ("exception", "general", "excepted"),
    [
        ("HBA/5/1", "HBA/4/c", True),
        ("HBA/5/1", "OP/6", True),
        ("HBA/5/3", "HBA/4/d", True),
        ("HBA/5/3", "HBA/4/b", False),
        ("HBA/5/1", "HBA/4/b", False),
        ("HBA/6/3", "HBA/6/1", True),
        ("HBA/12/2", "HBA/12/1", True),
    ],
)
def test_exceptions_stand_on_both_sides(pact: Agreement, exception: str, general: str, excepted: bool) -> None:
    """A notified operation may strike, and never civilians; each pair is told by the rule and by the exception."""
    for one in pact.versions(general):
        assert (exception in one.exceptions) is excepted
    for one in pact.versions(exception):
        assert (general in one.excepts) is excepted
        assert one.role is ClauseRole.EXCEPTION


def test_flights_and_strikes_are_two_parts_of_one_clause(pact: Agreement) -> None:
    """Strikes are forbidden in the whole area, flights near the line: 10 km, for armed unmanned aircraft then 30."""
    before, after = at(pact, "HBA/4/d", "2031-06-01"), at(pact, "HBA/4/d", "2031-06-02")
    assert [part.area for part in before.parts] == ["application", "near-line-10"]
    assert [part.area for part in after.parts] == ["application", "near-line-10", "near-line-30"]
    assert before.acts == after.acts == (Act.AIR_STRIKE, Act.TROOP_MOVEMENT)
    assert [limit.value for part in after.parts for limit in part.limits] == [10, 30]


def test_both_parties_owe_alike_but_where_the_text_names_one(pact: Agreement) -> None:
    """Law 9: apart from the amnesty and the Mission's reports every duty is owed by both parties."""
    alone = {clause.id for clause in pact.clauses if clause.obligor and clause.obligor != ("GOV", "SPF")}
    assert alone == {"HBA/11/4", "HBA/12/1", "HBA/12/2"}


def test_hostilities_are_read_as_prohibited(pact: Agreement) -> None:
    """Article 3, paragraph 1, is a prohibition, and says that it is read so."""
    clause = at(pact, "HBA/3/1", "2031-04-01")
    assert clause.modality is Modality.MUST_NOT
    assert "prohibition" in clause.note


def test_hours_of_the_road_and_of_searches(pact: Agreement) -> None:
    """The road's hours change on 5 June; searches at night run over midnight."""
    assert at(pact, "HBA/9/2", "2031-06-04").daily == (dt.time(7), dt.time(18))
    assert at(pact, "HBA/9/2", "2031-06-05").daily == (dt.time(6), dt.time(20))
    assert at(pact, "HBA/5/2", "2031-06-05").parts[1].daily == (dt.time(22), dt.time(5))
