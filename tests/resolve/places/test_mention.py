"""How places are spoken of: distances, directions, units, parts."""

import pytest

from pactwatch.resolve.places.geometry import distance_km, shifted
from pactwatch.resolve.places.mention import bearing, read_mention, shorter


@pytest.mark.parametrize(
    ("words", "before", "rule", "head"),
    [
        ("Karsa", "", "name", "Karsa"),
        ("near Karsa", "", "near", "Karsa"),
        ("Karsa", "a post near ", "near", "Karsa"),
        ("the outskirts of Velm", "", "near", "Velm"),
        ("5 km east of Toma", "", "distance_and_direction", "Toma"),
        ("Toma", "four shots 1–2km south of ", "distance_and_direction", "Toma"),
        ("Selnford", "(5km east-south-east of ", "distance_and_direction", "Selnford"),
        ("within 10 km of Orlec", "", "within", "Orlec"),
        ("Belopol", "digging W of ", "beside", "Belopol"),
        ("other areas of Varana", "", "name", "Varana"),
        ("the village of Stolpe", "", "name", "Stolpe"),
        ("in the Vesk district", "", "name", "Vesk district"),
    ],
)
def test_the_words_around_a_name_are_read(words: str, before: str, rule: str, head: str) -> None:
    """A relation may stand in the mention or before it; the head name comes out either way."""
    spoken = read_mention(words, before)
    assert (spoken.rule, spoken.head) == (rule, head)


@pytest.mark.parametrize(
    ("direction", "degrees"),
    [("north", 0), ("NE", 45), ("ESE", 112.5), ("south-west", 225), ("north-western", 315), ("SSE", 157.5)],
)
def test_directions_are_compass_points(direction: str, degrees: float) -> None:
    """Long and short forms of the sixteen compass points are known."""
    assert bearing(direction) == degrees


@pytest.mark.parametrize("word", ["", "upward", "new", "Wes", "snow"])
def test_other_words_are_no_direction(word: str) -> None:
    """A word that only looks like a direction is none."""
    assert bearing(word) is None


def test_a_distance_has_an_error() -> None:
    """A distance and direction move the point and say how far off it may be, the more the farther."""
    near, far = read_mention("2 km north of Karsa"), read_mention("20 km north of Karsa")
    assert (near.away_km, far.away_km) == (2.0, 20.0)
    assert 0 < near.slack_km < far.slack_km


def test_a_range_takes_the_middle_and_spreads() -> None:
    """Of `1-3 km` the middle is taken, and the spread is part of the error."""
    spoken = read_mention("1-3 km south of Toma")
    assert spoken.away_km == 2.0
    assert spoken.slack_km >= 1.0


def test_miles_and_metres_are_kilometres() -> None:
    """Other units are converted."""
    assert read_mention("10 miles east of Toma").away_km == pytest.approx(16.09, abs=0.01)
    assert read_mention("500 metres east of Toma").away_km == pytest.approx(0.5)


def test_parts_and_units_have_shorter_readings() -> None:
    """`East Mirn` may be a name or the east of Mirn; `Vesk district` may be the unit or the name alone."""
    assert [s.head for s in shorter(read_mention("East Mirn"))] == ["Mirn"]
    assert [(s.head, s.unit) for s in shorter(read_mention("Vesk district"))] == [("Vesk", "district")]


def test_a_shift_goes_as_far_as_it_says() -> None:
    """A point moved by a distance lies that far off, in that direction, also across the antimeridian."""
    lat, lon = shifted(10.0, 179.99, 90.0, 50.0)
    assert distance_km(10.0, 179.99, lat, lon) == pytest.approx(50.0, abs=0.01)
    assert -180 <= lon < -179
