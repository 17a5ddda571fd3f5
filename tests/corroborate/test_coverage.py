"""Law 7: what observers saw, and where nobody looked."""

import datetime as dt
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from corroborate_factory import TOLM, day, reading
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.corroborate import cover, read_exposure
from pactwatch.errors import HandwrittenFileError, InputError
from pactwatch.model import Coverage, Exposure, Kind, Place

VARANA = Path(str(resources.files("pactwatch") / "data" / "varana"))
HEADER = "date,sector,patrols_planned,patrols_done,hours_observed,access,denied_by,reason\n"
ROW = "2031-05-09,North Reach,2,1,4.5,full,,\n"


def log(folder: Path, text: str, sectors: str = "") -> Path:
    """Write a log, and a sectors file beside it where there is one."""
    path = folder / "log.csv"
    path.write_text(text, encoding="utf-8")
    if sectors:
        (folder / "log.sectors.toml").write_text(sectors, encoding="utf-8")
    return path


def exposure(**changed: object) -> Exposure:
    """A full day of patrols in North Reach on 9 May 2031."""
    given = {
        "day": dt.date(2031, 5, 9), "sector": "North Reach", "planned": 2, "done": 2, "hours": 4.5, "access": "full",
        "observer": "Mission",
    }  # fmt: skip
    return Exposure(**{**given, **changed})  # type: ignore[arg-type]


def seen(*rows: Exposure, place: Place = TOLM, last: str | None = None) -> Coverage:
    """What these rows say of a claim about 9 May (to `last`) at `place`."""
    (found,) = cover([reading(happened=day("2031-05-09", last), places=(place,))], rows)
    return found


def test_a_row_of_the_log_becomes_an_exposure(tmp_path: Path) -> None:
    """Day, sector, patrols, hours, access, who refused and why are kept."""
    path = log(tmp_path, HEADER + '2031-05-09,North Reach,3,2,4.5,partial,Hill League,"mines, none seen"\n')
    (one,), problems = read_exposure(path)
    assert one == exposure(
        planned=3, access="partial", denied_by="Hill League", reason="mines, none seen", observer=""
    )  # fmt: skip
    assert problems == ()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("2031-02-30,N,1,1,2,full,,", "calendar does not have"),
        ("0025-02-03,N,1,1,2,full,,", "impossible year"),
        (",N,1,1,2,full,,", "is empty"),
        ("2031-05-09,N,1,1,-2,full,,", "fewer than none"),
        ("2031-05-09,N,1,1,many,full,,", "is no number"),
        ("2031-05-09,,1,1,2,full,,", "no sector"),
        ("2031-05-09,N,1,1,2,open,,", "none of full, partial, denied"),
        ("2031-05-09,N,1", "3 fields, where 8"),
    ],
)
def test_an_impossible_row_is_named(tmp_path: Path, row: str, says: str) -> None:
    """A row that cannot be is left out by its line; what it would have covered is not observed."""
    found, (problem,) = read_exposure(log(tmp_path, HEADER + row + "\n" + ROW))
    assert len(found) == 1
    assert (problem.code, problem.line) == ("exposure-row-left-out", 2)
    assert says in problem.what


def test_many_impossible_rows_are_summed_up(tmp_path: Path) -> None:
    """Twenty are named, the rest counted."""
    _, problems = read_exposure(log(tmp_path, HEADER + "2031-02-30,N,1,1,2,full,,\n" * 25))
    assert len(problems) == 21
    assert "25 in all" in problems[-1].what


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    """A log without hours cannot say what was seen."""
    with pytest.raises(InputError, match=r"`hours_observed`.*`hours_obs`"):
        read_exposure(log(tmp_path, HEADER.replace("hours_observed", "hours_obs") + ROW))


def test_empty_hours_are_none(tmp_path: Path) -> None:
    """An empty cell of hours is a day on which the log shows no observation."""
    (one,), _ = read_exposure(log(tmp_path, HEADER + "2031-05-09,North Reach,2,0,,denied,Hill League,\n"))
    assert one.hours == 0.0


def test_a_sectors_file_beside_the_log_is_used(tmp_path: Path) -> None:
    """It names the observer, the unit and the places of a sector; a sector that the log lacks is told."""
    sectors = (
        'observer = "Mission"\n[[sector]]\nname = "North Reach"\nwithin = "Reach"\nplaces = ["Tolm"]\n'
        '[[sector]]\nname = "North Reech"\n'
    )
    (one,), (problem,) = read_exposure(log(tmp_path, HEADER + ROW, sectors))
    assert (one.observer, one.within, one.places) == ("Mission", "Reach", ("Tolm",))
    assert "North Reech" in problem.what
    assert "North Reach" in problem.advice


def test_a_mistake_in_the_sectors_file(tmp_path: Path) -> None:
    """The file, the line and the nearest valid field are named."""
    with pytest.raises(HandwrittenFileError, match="did you mean `places`") as caught:
        read_exposure(log(tmp_path, HEADER + ROW, '[[sector]]\nname = "N"\nplace = ["Tolm"]\n'))
    assert caught.value.line == 3


def test_observed(tmp_path: Path) -> None:
    """Hours are summed over the days; a day counts once."""
    found = seen(exposure(), exposure(day=dt.date(2031, 5, 10), hours=0.0), exposure(hours=1.0), last="2031-05-11")
    assert (found.observed, found.hours, found.days_observed, found.days) == (True, 5.5, 1, 3)
    assert "covers 2 of 3 days" in found.note


def test_not_observed_is_not_zero() -> None:
    """Where no log covers place or days the answer is None, with the reason; where one shows no hours it is False."""
    nowhere = seen(exposure(sector="South"))
    assert (nowhere.observed, nowhere.days_observed) == (None, 0)
    assert nowhere.note == "not observed: no sector of a log is known to hold Tolm"
    other_days = seen(exposure(day=dt.date(2031, 5, 20)))
    assert other_days.observed is None
    assert "no log covers North Reach on these days" in other_days.note
    assert seen(exposure(hours=0.0, access="denied")).observed is False


def test_a_claim_without_place_or_time_is_not_observed() -> None:
    """Nothing can be said to have been observed of what nobody can place or date."""
    undated, placeless = reading(happened=day(None)), reading(number=1, places=())
    assert [one.observed for one in cover([undated, placeless], [exposure()])] == [None, None]
    assert [one.note for one in cover([undated, placeless], [exposure()])] == [
        "not observed: nothing dates it",
        "not observed: it names no place that could be found",
    ]


def test_only_claims_that_assert_or_deny_an_act() -> None:
    """A demand has no day that could have been observed."""
    assert cover([reading(kind=Kind.DEMAND)], [exposure()]) == ()


@pytest.mark.parametrize(
    ("access", "by", "refused"),
    [
        ("denied", "Hill League", True),
        ("partial", "Arda", True),
        ("denied", "none", False),
        ("denied", "", False),
        ("denied", "Mission", False),
        ("full", "Hill League", False),
    ],
)
def test_who_stood_in_the_way(access: str, by: str, refused: bool) -> None:
    """Weather, a missing mandate and the observers' own suspension are no refusal by a party; they are told apart."""
    found = seen(exposure(access=access, denied_by=by, reason="the reason"))
    assert bool(found.denied) is refused
    assert ("the reason" in found.note) is (not refused and access != "full")
    if refused:
        assert found.denied == (f"2031-05-09, North Reach: access {access}, by {by}: the reason",)


def test_a_sector_that_lists_the_place_goes_before_one_that_may_hold_it() -> None:
    """Two sectors of one province: the one that lists the village is meant; of an unlisted one both, and it is told."""
    north = exposure(sector="Reach A", within="North Reach", places=("Tolm",), hours=1.0)
    south = exposure(sector="Reach B", within="North Reach", hours=2.0)
    assert seen(north, south).hours == 1.0
    unlisted = seen(north, south, place=replace(TOLM, name="Ombra"))
    assert unlisted.hours == 3.0
    assert "does not say in which of Reach A, Reach B" in unlisted.note
    province = seen(north, south, place=replace(TOLM, name="North Reach", kind="province"))
    assert (province.hours, province.note) == (3.0, "")


def test_the_finer_unit_goes_first() -> None:
    """A district with a sector of its own is not taken for the rest of its province."""
    place = replace(TOLM, admin2="Vale")
    assert seen(exposure(hours=1.0), exposure(sector="Vale", hours=2.0), place=place).hours == 2.0


def test_a_unit_is_a_whole_word() -> None:
    """ "Reach" in "Outreach" is no unit."""
    assert seen(exposure(sector="Outreach"), place=replace(TOLM, admin1="Reach")).observed is None


@given(
    hours=st.lists(st.floats(0, 30), max_size=8),
    days=st.lists(st.integers(-3, 6), max_size=8),
)
def test_coverage_never_says_more_than_the_log(hours: list[float], days: list[int]) -> None:
    """Observed means hours on one of the days; None means no row; the counts stay within the claim's days."""
    begin = dt.date(2031, 5, 9)
    rows = [exposure(day=begin + dt.timedelta(days=d), hours=h) for d, h in zip(days, hours, strict=False)]
    inside = [row for row in rows if begin <= row.day <= begin + dt.timedelta(days=2)]
    found = seen(*rows, last="2031-05-11")
    assert found.observed is (any(row.hours > 0 for row in inside) if inside else None)
    assert found.days_observed <= found.days == 3


def test_the_log_of_the_varana_case() -> None:
    """The shipped log is read whole; a village outside every sector is not observed; own suspension is no refusal."""
    rows, problems = read_exposure(VARANA / "monitor_log.csv")
    assert (len(rows), problems) == (1098, ())
    grebno = replace(TOLM, name="Grebno", admin1="Ostmark", admin2="Karamin")
    assert seen(*rows, place=grebno).observed is None
    rudnica = replace(TOLM, name="Rudnica", admin1="Upper Seln")
    (held,) = cover([reading(happened=day("2031-08-08"), places=(rudnica,))], rows)
    assert (held.observed, held.hours) == (True, 1.5)
    assert "by SDA: four monitors held" in held.denied[0]
    (suspended,) = cover([reading(happened=day("2031-08-12"), said=day("2031-09-01"), places=(rudnica,))], rows)
    assert (suspended.observed, suspended.denied) == (False, ())
    assert "own suspension" in suspended.note
