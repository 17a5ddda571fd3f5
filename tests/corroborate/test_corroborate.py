"""Claims beside records: what is found, what it is worth, what it says otherwise."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from corroborate_factory import PARTIES, TOLM, day, event, ged, reading, swapped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pactwatch import engines
from pactwatch.corroborate import Corroborated, EventTable, corroborate, read_events
from pactwatch.corroborate import relations as sql
from pactwatch.corroborate.match import FEW, THRESHOLD
from pactwatch.corroborate.table import of_events
from pactwatch.model import Act, Event, Independence, Kind, Place, PlaceResolution, Reading
from pactwatch.plugins import Engine

PROVINCE = replace(TOLM, id="case:North Reach", name="North Reach", kind="province", radius_km=113.0, where_prec=4)
COUNTRY = replace(TOLM, id="case:Arda", name="Arda", kind="country", radius_km=493.0, where_prec=6)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """One engine for all tests of this file."""
    running = engines.open()
    yield running
    running.close()


def table(*events: Event, name: str = "t") -> EventTable:
    """A table of these events and of a few far away in time and place, so that the data set has an extent."""
    far = [
        event(id=f"far{n}", lat=10.0 + n, lon=21.0 + n, first=dt.date(2029, 6 + n, 1), last=dt.date(2029, 6 + n, 1))
        for n in range(5)
    ]
    return of_events([*events, *far], name=name, format="test", problems=())


def beside(engine: Engine, one: Reading, *events: Event) -> Corroborated:
    """Corroborate one reading with these events."""
    return corroborate([one], [table(*events)], PARTIES, engine=engine)


def test_a_record_of_the_same_place_and_day_is_found(engine: Engine) -> None:
    """The record stands beside the claim with nothing apart, with features that say why, and with its event."""
    found = beside(engine, reading(killed=3), event())
    (one,) = found.corroborations
    assert (one.claim_id, one.event_id, one.dataset, one.distance_km, one.days) == ("d0#0", "1", "t", 0.0, 0)
    assert dict(one.features).keys() == {"place", "time", "act", "actor", "toll", "reading"}
    assert math.isclose(math.prod(value for _, value in one.features), one.score, abs_tol=1e-3)
    assert (one.independence, one.supports, one.contradicts) == (Independence.INDEPENDENT, True, ())
    assert [one.id for one in found.events] == ["1"]


@pytest.mark.parametrize(
    "change",
    [
        {"lat": 11.0},
        {"first": dt.date(2031, 5, 20), "last": dt.date(2031, 5, 20)},
        {"acts": ("negotiation",)},
        {"acts": ()},
        {"radius_km": 493.0},
    ],
)
def test_what_is_far_off_or_unlike_is_no_match(engine: Engine, change: dict[str, object]) -> None:
    """Another place, another week, another act, or a record that says only which country: nothing is found."""
    assert beside(engine, reading(), event(**change)).corroborations == ()


def test_distances_are_beyond_the_uncertainties(engine: Engine) -> None:
    """Distance and days count only what the uncertainties of both leave."""
    near = event(lat=10.0 + 20 / sql.KM_PER_DEGREE, first=dt.date(2031, 5, 11), last=dt.date(2031, 5, 12))
    (one,) = beside(engine, reading(happened=day("2031-05-09", "2031-05-10"), killed=3), near).corroborations
    assert (one.distance_km, one.days) == (pytest.approx(14.0, abs=0.1), 1)
    (one,) = beside(engine, reading(), replace(near, radius_km=25.0)).corroborations
    assert one.distance_km == 0.0


def test_an_affine_act_counts_less(engine: Engine) -> None:
    """A shelling recorded as a killing is found, and scores less than one recorded as shelling."""
    scores = [
        beside(engine, reading(), event(acts=acts)).corroborations[0].score for acts in (("shelling",), ("killing",))
    ]
    assert scores[0] > scores[1]


def test_only_claims_that_assert_or_deny_an_act_are_searched(engine: Engine) -> None:
    """A promise, a threat, a demand and an opinion have nothing that could have been recorded."""
    for kind in Kind:
        expected = kind in (Kind.ACCUSATION, Kind.ADMISSION, Kind.DENIAL, Kind.REPORT, Kind.COMPLIANCE)
        assert bool(beside(engine, reading(kind=kind), event()).corroborations) is expected, kind


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"places": ()}, "no place"),
        ({"places": (COUNTRY,)}, "wider than a province"),
        ({"places": (PROVINCE,), "happened": day(None)}, "nothing dates it"),
        ({"happened": day("2029-05-09", "2031-05-09")}, "more than a year"),
        ({"happened": replace(day("2031-05-09"), first=None), "places": (PROVINCE,)}, "no day is known before"),
        ({"happened": day(None), "said": day(None), "published": ""}, "nothing dates it"),
    ],
)
def test_a_claim_too_vague_to_search_is_told(engine: Engine, change: dict[str, object], says: str) -> None:
    """Without place or time nothing is searched, nothing is matched, and the reason is told for the document."""
    if change.get("published") == "":
        change = {**change, "published": "2031-05-12"}
        one = reading(**change)  # type: ignore[arg-type]
        one = replace(one, times=(replace(one.times[0], published=day(None)),))
    else:
        one = reading(**change)  # type: ignore[arg-type]
    found = beside(engine, one, event())
    assert found.corroborations == ()
    (problem,) = found.problems
    assert (problem.code, problem.where) == ("claims-not-searched", "d0")
    assert says in problem.what


def test_an_undated_claim_of_a_village_is_searched_in_the_year_before_it_was_said(engine: Engine) -> None:
    """What nothing dates can only be searched at a named place; the match says so and is worth less; never later."""
    undated = reading(happened=day(None), killed=3)
    found = beside(engine, undated, event(), event(id="2", first=dt.date(2031, 5, 13), last=dt.date(2031, 5, 13)))
    (one,) = found.corroborations
    assert dict(one.features)["undated"] == 1.0
    assert one.score < beside(engine, reading(killed=3), event()).corroborations[0].score
    assert one.days == 0


def test_an_undated_claim_shows_no_match_that_most_places_would_give(engine: Engine) -> None:
    """Where every place has its record within a year, one at the claim's own place says nothing and is left out."""
    everywhere = [event(id=f"e{n}", lat=10.0 + n % 5, lon=20.5 + n // 5) for n in range(25)]
    assert beside(engine, reading(happened=day(None), killed=3), event(), *everywhere).corroborations == ()


def test_an_open_end_is_closed_by_the_day_of_saying(engine: Engine) -> None:
    """ "Since 9 May" ends when it was said: what was recorded later cannot be what was meant."""
    since = reading(happened=replace(day("2031-05-09"), last=None))
    late = event(first=dt.date(2031, 5, 25), last=dt.date(2031, 5, 25))
    assert beside(engine, since, late).corroborations == ()
    assert len(beside(engine, since, event(first=dt.date(2031, 5, 11), last=dt.date(2031, 5, 11))).corroborations) == 1


def test_every_reading_of_an_ambiguous_place_is_searched(engine: Engine) -> None:
    """Two villages of one name: both are searched, and a match at either is worth half."""
    one = reading()
    other = replace(one.places[0].candidates[0], place=replace(TOLM, id="case:Tolm 2", lat=12.0))
    both = PlaceResolution(
        claim_id="d0#0", index=0, words="Tolm", candidates=(*one.places[0].candidates, other), chosen=None, rule="t",
        made=one.places[0].made,
    )  # fmt: skip
    found = beside(engine, replace(one, places=(both,)), event(), event(id="2", lat=12.0))
    assert {c.event_id: dict(c.features)["reading"] for c in found.corroborations} == {"1": 0.5, "2": 0.5}


def test_only_the_best_few_are_kept(engine: Engine) -> None:
    """Of many records near a claim the best few of each data set are kept, best first."""
    many = [event(id=str(n), lat=10.0 + n / 100) for n in range(FEW + 4)]
    found = corroborate([reading()], [table(*many), table(*many, name="u")], PARTIES, engine=engine)
    for name in ("t", "u"):
        scores = [one.score for one in found.corroborations if one.dataset == name]
        assert len(scores) == FEW
        assert scores == sorted(scores, reverse=True)
        assert min(scores) >= THRESHOLD


@pytest.mark.parametrize("change", [{"kind": Kind.DENIAL}, {"negated": True}])
def test_a_record_never_supports_a_denial_of_what_it_records(engine: Engine, change: dict[str, object]) -> None:
    """A record of the act stands beside the denial as what the record says otherwise, in neutral words."""
    (one,) = beside(engine, reading(**change), event()).corroborations  # type: ignore[arg-type]
    assert not one.supports
    assert one.contradicts[0].startswith("the record has the act")


def test_a_record_on_the_accusers_word_never_supports(engine: Engine) -> None:
    """Law 6: the same record through the accuser's own radio is shown, and supports nothing."""
    (one,) = beside(engine, reading(), event(informant="Hill Radio")).corroborations
    assert (one.independence, one.supports) == (Independence.SAME_PARTY, False)
    (other,) = beside(engine, reading(speaker="GOV", agent="HIL"), event(informant="Hill Radio")).corroborations
    assert other.independence is Independence.INDEPENDENT


def test_what_the_record_says_otherwise(engine: Engine) -> None:
    """Toll, actor, day and place that differ are told in neutral words with both values."""
    one = event(
        deaths=5, actor1="Hill League", actor2="civilians", event_type="one-sided", lat=10.0 + 8 / sql.KM_PER_DEGREE,
        first=dt.date(2031, 5, 10), last=dt.date(2031, 5, 10),
    )  # fmt: skip
    (found,) = beside(engine, reading(killed=3), one).corroborations
    told = " | ".join(found.contradicts)
    assert "the record counts 5 killed, the statement 3" in told
    assert "names Hill League as acting, the statement Government of Arda" in told
    assert "1 day from what the statement says" in told
    assert "at least 2 km" in told
    for word in ("violation", "lie", "false", "terrorist", "regime", "confirmed"):
        assert word not in told


def test_a_vague_number_contradicts_nothing(engine: Engine) -> None:
    """ "Dozens" is no number that a record could differ from."""
    (one,) = beside(engine, reading(killed="dozens"), event()).corroborations
    assert one.contradicts == ()


def test_chance_is_low_in_a_quiet_place_and_high_in_a_noisy_one(engine: Engine) -> None:
    """Where something is recorded every second day, a match is worth next to nothing, and never supports."""
    days = [dt.date(2030, 6, 1) + dt.timedelta(days=2 * n) for n in range(250)]
    noisy = [event(id=f"n{n}", first=one, last=one) for n, one in enumerate(days)]
    quiet = beside(engine, reading(), event()).corroborations[0]
    busy = beside(engine, reading(), event(), *noisy).corroborations[0]
    assert 0 < quiet.chance < 0.1
    assert busy.chance > 0.35
    vague = reading(happened=day("2031-05-01", "2031-05-12"))
    assert beside(engine, vague, event(), *noisy).corroborations[0].chance >= 0.35


def test_chance_where_every_day_has_its_record(engine: Engine) -> None:
    """Where each day has its record, a claim for any day matches: the chance is nearly one, however quiet all else."""
    days = [dt.date(2029, 6, 1) + dt.timedelta(days=n) for n in range(900)]
    daily = [event(id=f"n{n}", first=one, last=one) for n, one in enumerate(days)]
    assert min(one.chance for one in beside(engine, reading(), *daily).corroborations) > 0.9


def test_chance_counts_a_match_that_is_exactly_as_good(engine: Engine) -> None:
    """A score that was rounded up still counts its equals among the moves."""
    here = beside(engine, reading(killed=3), *(event(id=str(n), first=dt.date(2031, 5, 9) + dt.timedelta(days=n),
                  last=dt.date(2031, 5, 9) + dt.timedelta(days=n)) for n in range(-600, 1)))  # fmt: skip
    assert here.corroborations[0].score == pytest.approx(1 / (1 + 3 / 50), abs=1e-6)
    assert here.corroborations[0].chance > 0.5


def test_the_same_input_gives_the_same_answer(engine: Engine) -> None:
    """Chance is drawn from a seed: two runs, and two engines, agree in every figure."""
    first = beside(engine, reading(), event(), event(id="2", lat=10.1))
    other = engines.open()
    assert beside(other, reading(), event(), event(id="2", lat=10.1)) == first
    other.close()


def test_both_parties_the_same_rules(engine: Engine) -> None:
    """Law 9: with the two parties' ids exchanged in register and claims the answers are the same, exchanged."""
    other = {"GOV": "HIL", "HIL": "GOV"}
    events = [
        event(informant=who, id=str(n)) for n, who in enumerate(("Hill Radio", "Ministry of Defence", "villagers"))
    ]
    for speaker, agent in (("HIL", "GOV"), ("GOV", "HIL"), ("OBS", "GOV"), ("OBS", "HIL")):
        straight = corroborate([reading(speaker=speaker, agent=agent)], [table(*events)], PARTIES, engine=engine)
        crossed = corroborate(
            [reading(speaker=other.get(speaker, speaker), agent=other[agent])],
            [table(*events)],
            swapped(),
            engine=engine,
        )
        assert straight == crossed


def test_the_order_of_sides_in_an_undirected_record_means_nothing(engine: Engine, tmp_path: Path) -> None:
    """Data sets that list two sides of a clash in some order favour neither: an accusation of either fits alike."""
    scores = []
    for number, (a, b) in enumerate((("Government of Arda", "Hill League"), ("Hill League", "Government of Arda"))):
        path = ged(
            tmp_path / f"{number}.csv",
            [{"side_a": a, "side_b": b}, {"date_start": "2030-01-01", "date_end": "2030-01-01"}],
        )
        for agent in ("GOV", "HIL"):
            found = corroborate([reading(agent=agent)], [read_events(path)], PARTIES, engine=engine)
            scores.append(found.corroborations[0].score)
    assert len(set(scores)) == 1


def test_without_a_register_words_may_agree_but_never_differ(engine: Engine) -> None:
    """An unresolved agent's own words can be found in a record's actor; that they are not there says nothing."""
    fits = []
    for words in ("Hill League", "somebody"):
        (one,) = corroborate(
            [reading(agent=None, agent_words=words, speaker=None)], [table(event())], (), engine=engine
        ).corroborations
        fits.append(dict(one.features)["actor"])
        assert one.independence is Independence.UNKNOWN
        assert not one.contradicts
    assert fits == [1.0, sql.ACTOR_UNKNOWN]


@pytest.mark.parametrize(("lat", "lon", "other"), [(10.0, 179.99, -179.99), (85.0, 20.0, 20.5)])
def test_dateline_and_far_north(engine: Engine, lat: float, lon: float, other: float) -> None:
    """A neighbour across the 180th meridian or far north is a neighbour."""
    place = replace(TOLM, lat=lat, lon=lon, radius_km=40.0)
    assert len(beside(engine, reading(places=(place,)), event(lat=lat, lon=other, radius_km=40.0)).corroborations) == 1


def test_two_files_of_one_name_are_told_apart(engine: Engine) -> None:
    """The second data set of a name gets a number, in matches, events and summaries, and that is told."""
    found = corroborate([reading()], [table(event()), table(event())], PARTIES, engine=engine)
    assert [one.dataset for one in found.corroborations] == ["t", "t-2"]
    assert sorted({one.dataset for one in found.events}) == ["t", "t-2"]
    assert [one.name for one in found.event_sets] == ["t", "t-2"]
    assert "event-sets-of-one-name" in [problem.code for problem in found.problems]


@pytest.mark.parametrize("tables", [[], [of_events([], name="none", format="test", problems=())]])
def test_no_events_no_matches(tables: list[EventTable]) -> None:
    """Without records there is no match, and no engine is needed."""
    found = corroborate([reading()], tables, PARTIES)
    assert (found.corroborations, found.events) == ((), ())
    assert len(found.event_sets) == len(tables)


def test_no_claims_no_matches(engine: Engine) -> None:
    """Without claims there is no match; the data sets are still told."""
    assert len(corroborate([], [table(event())], PARTIES, engine=engine).event_sets) == 1


def test_the_callers_engine_stays_open(engine: Engine) -> None:
    """An engine that is handed in is not closed; without one the default is opened and closed."""
    beside(engine, reading(), event())
    assert engine.query("SELECT 1") == [(1,)]
    assert len(corroborate([reading()], [table(event())], PARTIES).corroborations) == 1


def expected(claims: Sequence[Reading], events: Sequence[Event]) -> dict[tuple[str, str], float]:
    """The scores by the formula of the docs, over all pairs, without a grid."""
    found = {}
    for one in claims:
        place, happened = one.places[0].candidates[0].place, one.times[0].happened
        assert happened.first is not None
        assert happened.last is not None
        for record in events:
            apart = _haversine(place.lat, place.lon, record.lat, record.lon)
            gap = max(0.0, apart - place.radius_km - record.radius_km)
            days = max(0, (record.first - happened.last).days, (happened.first - record.last).days)
            long = max((happened.last - happened.first).days, (record.last - record.first).days)
            if gap > sql.GAP_KM or days > sql.GAP_DAYS:
                continue
            where = math.exp(-gap / sql.PLACE_SCALE_KM) / (1 + max(place.radius_km, record.radius_km) / sql.SHARP_KM)
            when = 1 / ((1 + (days / sql.TIME_SCALE_DAYS) ** 2) * (1 + long / sql.SHARP_DAYS))
            score = where * when * sql.TOLL_UNKNOWN * sql.ACTOR_UNKNOWN
            if score >= THRESHOLD + 1e-6:
                found[one.claims[0].id, record.id] = score
    return found


def _haversine(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b, c, d = map(math.radians, (lat1, lon1, lat2, lon2))
    inner = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(inner)))


SPOTS = st.tuples(st.floats(-2.0, 2.0), st.floats(-2.0, 2.0), st.sampled_from([0.5, 3.0, 25.0, 32.0, 113.0]))
CORNERS = st.sampled_from([(10.0, 20.0), (0.0, 0.0), (-33.0, 179.5), (71.0, -179.0), (-54.0, -68.0)])
SPANS = st.tuples(st.integers(0, 40), st.sampled_from([0, 0, 1, 6, 29]))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corner=CORNERS, claims=st.lists(st.tuples(SPOTS, SPANS), min_size=1, max_size=4),
       records=st.lists(st.tuples(SPOTS, SPANS), min_size=1, max_size=5))  # fmt: skip
def test_the_grid_finds_what_comparing_all_pairs_finds(
    engine: Engine,
    corner: tuple[float, float],
    claims: list[tuple[tuple[float, float, float], tuple[int, int]]],
    records: list[tuple[tuple[float, float, float], tuple[int, int]]],
) -> None:
    """Cells and buckets only save work: matches and scores are those of comparing every claim with every record."""
    begin = dt.date(2031, 1, 1)

    def at(spot: tuple[float, float, float]) -> tuple[float, float]:
        return corner[0] + spot[0], (corner[1] + spot[1] + 180) % 360 - 180

    readings = []
    for number, (spot, (first, length)) in enumerate(claims):
        lat, lon = at(spot)
        start = begin + dt.timedelta(days=first)
        when = day(start.isoformat(), (start + dt.timedelta(days=length)).isoformat())
        place: Place = replace(TOLM, lat=lat, lon=lon, radius_km=spot[2])
        readings.append(
            reading(number=number, happened=when, said=day("2031-12-31"), places=(place,), agent=None, agent_words="x")
        )
    events = []
    for number, (spot, (first, length)) in enumerate(records):
        lat, lon = at(spot)
        start = begin + dt.timedelta(days=first)
        events.append(event(id=str(number), lat=lat, lon=lon, radius_km=spot[2], first=start,
                            last=start + dt.timedelta(days=length), deaths=None))  # fmt: skip
    found = corroborate(readings, [of_events(events, name="t", format="t", problems=())], (), engine=engine)
    scores = {(one.claim_id, one.event_id): one.score for one in found.corroborations}
    wanted = expected(readings, events)
    assert wanted.keys() <= scores.keys()
    assert scores == pytest.approx({**scores, **wanted}, abs=2e-6)
    assert all(0 < one.chance <= 1 for one in found.corroborations)


def test_acts_of_every_kind_can_be_held_against_records(engine: Engine) -> None:
    """No act of our vocabulary trips the join."""
    several = [reading(number=n, act=act) for n, act in enumerate(Act)]
    found = corroborate(
        several, [table(*(event(id=act.value, acts=(act.value,)) for act in Act))], PARTIES, engine=engine
    )
    assert {one.claim_id for one in found.corroborations} == {f"d{n}#0" for n in range(len(Act))}
