"""Places described by others: sentences of our own, and what their shapes must and must not hold."""

import math
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pactwatch import agreements, codec
from pactwatch.model import Document, Place, Shape
from pactwatch.resolve.places import CaseGazetteer, find_places, resolve_places
from pactwatch.resolve.places.geometry import KM_PER_DEGREE, bearing_degrees, distance_km
from pactwatch.resolve.places.relations import find_relations, masked

from .making import claim, document

ROWS = tomllib.loads((Path(__file__).parents[2] / "golden" / "relative_places.toml").read_text("utf-8"))["row"]


def found(row: dict[str, Any], varana: CaseGazetteer) -> list[Shape]:
    """The shapes of a row's text, read with the agreement."""
    pact = agreements.load("harrow-bridge-2031")
    made = Document(id="d", source_sha256="0" * 64, text=row["text"], published=row.get("published"))
    return list(find_places(made, [varana], countries=["Varana"], areas=pact.areas)[1])


def the(name: str, varana: CaseGazetteer) -> Place:
    """The place of that whole name; a town before the unit that is called alike."""
    return min((p for p in varana.places if p.name == name), key=lambda p: p.where_prec)


def away_km(shape: Shape, place: Place) -> float:
    """How far a place's point is from a shape, 0 inside; on a plane around the place, good to a per cent here."""
    scale = KM_PER_DEGREE * math.cos(math.radians(place.lat))
    parts = [[((lon - place.lon) * scale, (lat - place.lat) * KM_PER_DEGREE) for lon, lat in p] for p in shape.parts]
    if shape.kind in ("Polygon", "MultiPolygon") and any(_holds(part) for part in parts):
        return 0.0
    return min(_near(one, other) for p in parts for one, other in zip(p, p[1:] or p, strict=False))


def _holds(ring: list[tuple[float, float]]) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > 0) != (y2 > 0) and x1 + (0 - y1) * (x2 - x1) / (y2 - y1) > 0:
            inside = not inside
    return inside


def _near(one: tuple[float, float], other: tuple[float, float]) -> float:
    (x1, y1), (x2, y2) = one, other
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = 0.0 if length == 0 else max(0.0, min(1.0, -(x1 * (x2 - x1) + y1 * (y2 - y1)) / length))
    return math.hypot(x1 + share * (x2 - x1), y1 + share * (y2 - y1))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:50] for row in ROWS])
def test_a_row_gets_its_shape(row: dict[str, Any], varana: CaseGazetteer) -> None:
    """The words, the rule, the anchors and the ground that a reader of the sentence would draw; or nothing at all."""
    shapes = found(row, varana)
    if "words" not in row:
        assert [s.quote.text for s in shapes] == []
        return
    (shape,) = shapes
    assert (shape.quote.text, shape.rule, shape.kind) == (row["words"], row["rule"], row["kind"])
    if "by" in row:
        names = [varana.by_id(anchor) for anchor in shape.anchors]
        assert [place.name for place in names if place] == row["by"]
    low, high = row["error"]
    assert low <= shape.error_km <= high
    for name in row.get("inside", ()):
        assert away_km(shape, the(name, varana)) <= shape.error_km, name
    for name in row.get("outside", ()):
        assert away_km(shape, the(name, varana)) > shape.error_km, name
    if "km" in row:
        _check_point(row, shape, varana)


def _check_point(row: dict[str, Any], shape: Shape, varana: CaseGazetteer) -> None:
    start = varana.by_id(shape.anchors[0])
    if "from" in row:
        start = the(row["from"], varana)
    assert start
    ((lon, lat),) = shape.parts[0]
    assert distance_km(start.lat, start.lon, lat, lon) == pytest.approx(row["km"], rel=0.01, abs=0.02)
    if "bearing" in row:
        turn = bearing_degrees(start.lat, start.lon, lat, lon) - row["bearing"]
        assert abs((turn + 180) % 360 - 180) < 1


def test_a_shape_is_kept_as_it_was(varana: CaseGazetteer) -> None:
    """To plain values and back, as the ledger keeps it."""
    for row in ROWS[:60]:
        for shape in found(row, varana):
            assert codec.from_plain(codec.decode(codec.encode(shape)), Shape) == shape


def test_there_are_enough_rows_of_every_rule() -> None:
    """A hundred sentences and more; no rule without three of them, or it would be said to work on one."""
    rules = [row["rule"] for row in ROWS if "rule" in row]
    assert len(ROWS) >= 100
    assert min(rules.count(rule) for rule in set(rules)) >= 3


def test_a_claim_within_such_words_has_the_shape_beside_its_own_point(varana: CaseGazetteer) -> None:
    """Whether the claim's place is the name or the whole description."""
    made = document("Shells fell between Toma and Sveta Ana. In Velm it was calm.")
    claims = [claim(made, ["between Toma and Sveta Ana"]), claim(made, ["Toma", "Velm"], number=1)]
    (whole, part, calm), _ = resolve_places(made, claims, [varana])
    assert whole.shape == part.shape
    assert whole.shape
    assert whole.shape.rule == "between"
    assert calm.shape is None


def test_without_an_agreement_its_line_is_not_drawn(varana: CaseGazetteer) -> None:
    """A line that nobody gave has no place on the map."""
    made = document("Calm held along the contact line.")
    assert find_places(made, [varana])[1] == ()


def test_two_names_exchanged_exchange_the_shape(varana: CaseGazetteer) -> None:
    """No rule depends on a name: the masked text is all that the patterns see."""
    row = {"text": "They fired 6 km north of Karsa."}
    (one,), (other,) = found(row, varana), found({"text": row["text"].replace("Karsa", "Velm")}, varana)
    assert (one.rule, one.kind) == (other.rule, other.kind)
    assert other.error_km - one.error_km == pytest.approx(
        the("Velm", varana).radius_km - the("Karsa", varana).radius_km, abs=0.11
    )


def test_a_long_text_of_relations_is_read_once() -> None:
    """Time grows with the length: a description in each of 3,000 sentences takes seconds, not minutes."""
    text = "They fired 6 km north of KKKKK. Then nothing was heard for a time. " * 3_000
    spans = [(at, at + 5, "\ue000") for at in range(len(text)) if text.startswith("KKKKK", at)]
    assert len(find_relations(masked(text, spans))) == 3_000
