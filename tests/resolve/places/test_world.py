"""The real gazetteer and real lists: slow at the first run on a machine, when the gazetteer is made."""

import json
import time
from pathlib import Path

import pytest

from pactwatch.resolve.places import CaseGazetteer, WorldGazetteer, mark_places, resolve_places

from .making import claim, document

pytestmark = pytest.mark.slow

PROVINCES = {
    "Helmand": "AF-HEL",
    "Kandahar": "AF-KAN",
    "Farah": "AF-FRA",
    "Kunduz": "AF-KDZ",
    "Nangarhar": "AF-NAN",
    "Paktia": "AF-PIA",
    "Badakhshan": "AF-BDS",
    "Balkh": "AF-BAL",
}


def test_a_list_of_provinces_resolves_to_their_codes(world: WorldGazetteer, shared: Path) -> None:
    """In the first measuring document eight provinces, half of them also towns, resolve to their ISO 3166-2 codes."""
    lines = (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    row = next(r for r in map(json.loads, lines) if r["doc"] == "seed")
    made = document(row["text"])
    found, problems = resolve_places(made, [claim(made, list(PROVINCES))], [world])
    assert problems == ()
    assert {r.words: r.chosen.place.iso_3166_2 for r in found if r.chosen} == PROVINCES


def test_the_list_decides_and_not_the_names(world: WorldGazetteer) -> None:
    """Alone, a town's name means the town; among provinces it means the province (of another country, by one rule)."""
    alone = document("The market of Kirkuk city was closed.")
    listed = document("They met in Anbar, Diyala, Kirkuk and Nineveh in Iraq.")
    (town,), _ = resolve_places(alone, [claim(alone, ["Kirkuk city"])], [world])
    (unit,), _ = resolve_places(listed, [claim(listed, ["Kirkuk"])], [world])
    assert town.chosen is not None
    assert unit.chosen is not None
    assert (town.chosen.place.where_prec, unit.chosen.place.where_prec) == (1, 4)
    assert town.chosen.place.country == unit.chosen.place.country == "IQ"


@pytest.mark.parametrize("spelling", ["Kunduz", "Qunduz", "Konduz", "قندوز", "KUNDUZ", "Qonduz"])
def test_spellings_meet_by_key(world: WorldGazetteer, spelling: str) -> None:
    """Every usual spelling finds the town of the province AF-KDZ."""
    found = [*world.lookup(spelling), *world.similar(spelling)]
    assert any(p.iso_3166_2 == "AF-KDZ" and p.where_prec == 1 for p in found)


def test_a_known_name_is_looked_up_in_microseconds(world: WorldGazetteer) -> None:
    """A warm look-up takes less than 20 microseconds (generous: it is measured beside other work)."""
    world.lookup("Kunduz")
    began = time.perf_counter()
    for _ in range(2_000):
        world.lookup("Kunduz")
    assert (time.perf_counter() - began) / 2_000 < 20e-6


def test_the_case_wins_over_the_world(world: WorldGazetteer, varana: CaseGazetteer) -> None:
    """Halden and Toma exist elsewhere; in the case they are the case's own."""
    made = document("Howitzers stand near Halden. Shots were heard in Toma.")
    found, _ = resolve_places(made, [claim(made, ["Halden", "Toma"])], [varana, world], countries=["Varana"])
    assert [r.chosen.place.gazetteer if r.chosen else None for r in found] == ["case", "case"]


def test_the_countries_of_the_agreement_decide(world: WorldGazetteer) -> None:
    """Of the towns of one name, the one in a country of the agreement is taken."""
    made = document("Shells fell on Tripoli.")
    for country, code in (("Lebanon", "LB"), ("Libya", "LY"), ("LB", "LB")):
        (found,), _ = resolve_places(made, [claim(made, ["Tripoli"])], [world], countries=[country])
        assert found.chosen is not None, country
        assert found.chosen.place.country == code


def test_an_invented_place_is_put_nowhere(world: WorldGazetteer) -> None:
    """Names that the gazetteer does not have, or has for a small town far away, stay open."""
    made = document("The patrol left Nerezh for Fennick, then went on to Lower Deln and Vesper.")
    found, _ = resolve_places(made, [claim(made, ["Nerezh", "Fennick", "Lower Deln", "Vesper"])], [world])
    assert [r.chosen for r in found] == [None] * 4
    assert all(r.reason for r in found)


def test_a_misspelt_name_needs_the_country(world: WorldGazetteer) -> None:
    """A spelling that nobody wrote down is resolved where the agreement's country has its like, and says so."""
    made = document("Clashes were heard in Qondooz.")
    (alone,), _ = resolve_places(made, [claim(made, ["Qondooz"])], [world])
    (asked,), _ = resolve_places(made, [claim(made, ["Qondooz"])], [world], countries=["Afghanistan"])
    assert alone.chosen is None
    assert asked.chosen is not None
    assert (asked.rule, asked.chosen.place.iso_3166_2) == ("spelling", "AF-KDZ")


def test_words_that_are_also_names_need_company(world: WorldGazetteer) -> None:
    """`Nice`, `Reading` and `Of` are towns somewhere; as words they are not marked."""
    made = document("Reading the report took a day. Nice words were said. Of all this nothing is true.")
    assert mark_places(made, [world]) == ()
    town = document("He was arrested in Nice, France.")
    assert [m.quote.text for m in mark_places(town, [world])] == ["Nice", "France"]


@pytest.mark.parametrize("word", ["I'll", "I’ll", "I'd", "We’ll"])
def test_a_shortened_verb_is_no_town(world: WorldGazetteer, word: str) -> None:
    """ "I'll go" names no Ill; names with an apostrophe stay names."""
    marks = mark_places(document(f"{word} go to N'Djamena, he said."), [world])
    assert [m.quote.text for m in marks] == ["N'Djamena"]


def test_the_country_codes_and_iso_codes_agree(world: WorldGazetteer) -> None:
    """No place has an ISO 3166-2 code of another country."""
    wrong = world._open().execute(
        "SELECT count(*) FROM place WHERE iso_3166_2 != '' AND substr(iso_3166_2, 1, 2) != country"
    )
    assert wrong.fetchone()[0] == 0
