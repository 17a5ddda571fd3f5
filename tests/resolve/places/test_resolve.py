"""Claims' places: chosen with reasons, or left open with reasons."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.model import PlaceResolution
from pactwatch.resolve.places import CaseGazetteer, mark_places, resolve_places
from pactwatch.resolve.places.geometry import distance_km

from .conftest import place
from .making import claim, document


def resolved(text: str, places: list[str], gazetteer: CaseGazetteer) -> tuple[PlaceResolution, ...]:
    """The resolutions of one claim about these places of the text."""
    made = document(text)
    found, problems = resolve_places(made, [claim(made, places)], [gazetteer])
    assert problems == ()
    return found


def chosen(text: str, places: list[str], gazetteer: CaseGazetteer) -> list[str | None]:
    """Ids of the places chosen, None where nothing is."""
    return [r.chosen.place.id if r.chosen else None for r in resolved(text, places, gazetteer)]


def test_every_mention_gets_an_answer_in_order(varana: CaseGazetteer) -> None:
    """One resolution for each place of each claim, in order, also where the name is unknown."""
    found = resolved("Shells fell on Pavlin, Qwxyz and Toma.", ["Pavlin", "Qwxyz", "Toma"], varana)
    assert [(r.index, r.words) for r in found] == [(0, "Pavlin"), (1, "Qwxyz"), (2, "Toma")]
    assert [r.chosen is not None for r in found] == [True, False, True]
    assert found[1].reason == "no gazetteer has this name"


def test_a_unit_word_decides_between_town_and_unit(varana: CaseGazetteer) -> None:
    """Vesk is a town and a district: the word beside the name says which, inside the quote or right behind it."""
    assert chosen("Fire was opened in the Vesk district.", ["Vesk district"], varana) == ["case:vesk-district"]
    assert chosen("Fire was opened in the Vesk district.", ["Vesk"], varana) == ["case:vesk-district"]
    assert chosen("Fire was opened in Vesk town.", ["Vesk"], varana) == ["case:vesk"]


def test_a_list_of_units_names_units(varana: CaseGazetteer) -> None:
    """Tarvan is a province and a city; in a list with provinces it is the province."""
    text = "The Agreement applies in Tarvan, Upper Seln, Lower Seln and Dray."
    assert chosen(text, ["Tarvan", "Dray"], varana) == ["case:tarvan", "case:dray"]


def test_two_villages_of_one_name_are_not_guessed(varana: CaseGazetteer) -> None:
    """Where nothing speaks for either Kamen the program abstains, names both and keeps both."""
    (found,) = resolved("A drone was shot down over Kamen.", ["Kamen"], varana)
    assert found.chosen is None
    assert "Upper Seln" in found.reason
    assert "Dray" in found.reason
    assert {c.place.id for c in found.candidates} == {"case:kamen-upper-seln", "case:kamen-dray"}


def test_the_unit_behind_a_homonym_decides(varana: CaseGazetteer) -> None:
    """`Kamen, Dray` is the village in Dray."""
    assert chosen("A drone was shot down over Kamen, Dray.", ["Kamen"], varana) == ["case:kamen-dray"]


def test_places_named_together_decide_between_homonyms() -> None:
    """Of two towns of a name, the one beside the other places of the text is meant."""
    there = [place("Mirn", 10.0, 10.0), place("Mirn", 40.0, 40.0), place("Sava", 40.1, 40.2), place("Brod", 39.8, 40.1)]
    assert chosen("From Sava to Brod and on to Mirn.", ["Mirn"], CaseGazetteer(there)) == [there[1].id]


def test_a_relative_place_is_moved_and_widened(varana: CaseGazetteer) -> None:
    """`5 km east of Toma` is a point east of Toma with a larger radius and UCDP's "near" precision."""
    (found,) = resolved("A patrol was stopped 5 km east of Toma.", ["5 km east of Toma"], varana)
    toma = varana.lookup("Toma")[0]
    assert found.chosen is not None
    moved = found.chosen.place
    assert found.rule == "distance_and_direction"
    assert abs(distance_km(toma.lat, toma.lon, moved.lat, moved.lon) - 5.0) < 0.1
    assert moved.lon > toma.lon
    assert moved.radius_km > toma.radius_km
    assert moved.where_prec == 2


def test_near_a_place_is_less_exact(varana: CaseGazetteer) -> None:
    """`near Halden` keeps the point and widens the radius, wherever the word stands."""
    (inside,) = resolved("A site near Halden was seen.", ["near Halden"], varana)
    (before,) = resolved("A site near Halden was seen.", ["Halden"], varana)
    for found in (inside, before):
        assert found.chosen is not None
        assert (found.rule, found.chosen.place.where_prec) == ("near", 2)
        assert found.chosen.place.radius_km > varana.lookup("Halden")[0].radius_km


def test_one_bad_name_spoils_no_other(varana: CaseGazetteer) -> None:
    """Names that nobody has, empty ones and ones out of nowhere leave their neighbours as they were."""
    alone = chosen("Shells fell on Pavlin.", ["Pavlin"], varana)
    among = chosen("Shells fell on Xx, Pavlin, ??? and Zz.", ["Xx", "Pavlin", "???", "Zz"], varana)
    assert alone == ["case:pavlin"]
    assert among == [None, "case:pavlin", None, None]


def test_without_any_gazetteer_everything_stays_open() -> None:
    """No gazetteer: no marks, no choice, and a reason; not an error."""
    made = document("Shells fell on Pavlin.")
    found, problems = resolve_places(made, [claim(made, ["Pavlin"])], [])
    assert (found[0].chosen, found[0].reason, problems) == (None, "no gazetteer has this name", ())
    assert mark_places(made, []) == ()


def test_the_same_words_resolve_the_same_in_one_document(varana: CaseGazetteer) -> None:
    """Two claims about one mention get one answer."""
    made = document("Shells fell on Pavlin and on Toma.")
    found, _ = resolve_places(made, [claim(made, ["Pavlin"]), claim(made, ["Pavlin"], number=1)], [varana])
    assert found[0].chosen == found[1].chosen
    assert (found[0].claim_id, found[1].claim_id) == ("c0", "c1")


def test_a_text_of_two_thousand_names_is_read(varana: CaseGazetteer) -> None:
    """A very long list of places is resolved in full, in reasonable time."""
    names = [p.name for p in varana.places if "(" not in p.name and p.where_prec == 1]
    made = document(", ".join(names[at % len(names)] for at in range(2_000)) + ".")
    found, _ = resolve_places(made, [claim(made, names[:20])], [varana])
    assert all(r.chosen for r in found)


def test_place_names_are_marked_with_exact_words(varana: CaseGazetteer) -> None:
    """Names are found in the text with their exact words; persons and organisations of that name are not."""
    made = document("Heavy fire was heard in Pavlin and at K-41. Gen. Karsa denied it. The Dray Home Guard left Lopar.")
    marks = mark_places(made, [varana])
    assert [m.quote.text for m in marks] == ["Pavlin", "K-41", "Lopar"]
    assert all(made.holds(m.quote) for m in marks)


def test_a_text_without_places_has_no_marks(varana: CaseGazetteer) -> None:
    """Nothing is found in an empty text, in numbers, or in ordinary words."""
    for text in ("", "1 2 3", "We deny this. The report of Monday was wrong."):
        assert mark_places(document(text), [varana]) == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_marks_hold_for_any_text(varana: CaseGazetteer, text: str) -> None:
    """Whatever the text holds, every mark's words stand at its place and marks do not overlap."""
    made = document(text)
    marks = mark_places(made, [varana])
    assert all(made.holds(m.quote) for m in marks)
    ends = [(m.quote.span.start, m.quote.span.end) for m in marks]
    assert all(a[1] <= b[0] for a, b in pairwise(ends))
