"""Quantities: what clauses turn on, with unit, mark and exact words."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch import statements
from pactwatch.case import Case, Details, Options
from pactwatch.claims import admit, extract
from pactwatch.claims.parse import passages
from pactwatch.claims.quantities import read
from pactwatch.cli import main
from pactwatch.codec import claim_line, claims_from_batch, decode, encode, from_plain, to_plain
from pactwatch.errors import MissingPart
from pactwatch.model import Claim, Document, IssuerType, Quantity, Quote, Span

CLOCK = "time_of_day"


def said(text: str) -> list[tuple[object, str, str, str]]:
    """Every quantity of a text: value, unit, mark (or nothing) and words."""
    document = Document(id="d", source_sha256="", text=text)
    found = []
    for passage in passages(text, 0, len(text)):
        for one in sorted(read(passage, document), key=lambda q: (q.start, q.end)):
            words = text[passage.offsets[one.start] : passage.offsets[one.end - 1] + 1]
            found.append((one.value, one.unit, one.mark.value if one.mark else "", words))
    return found


def claims(text: str, reader: str = "rules") -> tuple[Claim, ...]:
    """The claims of a text by the Harrow League."""
    document = Document(id="d", source_sha256="", text=text, issuer="Harrow League", issuer_type=IssuerType.PARTY)
    found, problems = extract(document, statements.split(document)[0], (), (), reader=reader)
    assert not problems
    return found


def of(claim: Claim) -> set[tuple[object, str]]:
    """A claim's quantities as value and unit."""
    return {(one.value, one.unit) for one in claim.quantities}


THINGS = [
    ("The Guard recorded 61 violations.", [(61, "violation", "", "61 violations")]),
    (
        "We withdrew eighteen 122-mm howitzers.",
        [(18, "howitzer", "", "eighteen 122-mm howitzers"), (122, "mm", "", "122-mm")],
    ),
    ("18 122-mm guns", [(18, "gun", "", "18 122-mm guns"), (122, "mm", "", "122-mm")]),
    (
        "They moved three tanks and two mortars.",
        [(3, "tank", "", "three tanks"), (2, "mortar", "", "two mortars")],
    ),
    ("They burned two dozen houses.", [(24, "house", "", "two dozen houses")]),
    ("They took half a dozen trucks.", [(6, "truck", "", "half a dozen trucks")]),
    ("They fired 1,944 rounds.", [(1944, "round", "", "1,944 rounds")]),
    ("They fired 40 000 rounds.", [(40000, "round", "", "40 000 rounds")]),
    ("They fired two hundred thousand rounds.", [(200000, "round", "", "two hundred thousand rounds")]),
    ("They laid one hundred and five mines.", [(105, "mine", "", "one hundred and five mines")]),
    ("They fired 10-15 shells.", [((10, 15), "shell", "", "10-15 shells")]),
    ("We saw two or three boats.", [((2, 3), "boat", "", "two or three boats")]),
    ("Dozens of tanks came.", [("dozens", "tank", "", "Dozens of tanks")]),
    ("They fired several rockets.", [("several", "rocket", "", "several rockets")]),
    (
        "They vacated 17 of the 22 schools.",
        [(17, "school", "", "17 of the 22 schools"), (22, "school", "", "22 schools")],
    ),
    ("They burned one mill.", [(1, "mill", "", "one mill")]),
    ("We counted 0 violations.", [(0, "violation", "", "0 violations")]),
    ("They handed over 12 (twelve) tanks.", [(12, "tank", "", "12 (twelve) tanks")]),
    ("They brought nine BMPs and four T-72s.", [(9, "BMP", "", "nine BMPs"), (4, "T-72", "", "four T-72s")]),
    ("They broke the truce 9 times.", [(9, "time", "", "9 times")]),
]
MEASURES = [
    ("Heating was out for 31 hours.", [(31, "h", "", "31 hours")]),
    ("It stood 12.5 km from Orsk.", [(12.5, "km", "", "12.5 km")]),
    ("It stood 10 to 15 km from Orsk.", [((10, 15), "km", "", "10 to 15 km")]),
    ("They fired 14.5mm and 12.7 mm guns.", [(14.5, "mm", "", "14.5mm"), (12.7, "mm", "", "12.7 mm")]),
    ("They agreed a 72-hour truce.", [(72, "h", "", "72-hour")]),
    ("A two-week pause was kept.", [(2, "week", "", "two-week")]),
    ("It took two and a half hours.", [(2.5, "h", "", "two and a half hours")]),
    ("It took 1 hour 50 minutes.", [(1, "h", "", "1 hour"), (50, "min", "", "50 minutes")]),
    ("We received 5 tonnes of rice and 300 kg of salt.", [(5, "t", "", "5 tonnes"), (300, "kg", "", "300 kg")]),
    ("They mined 4 km² of fields.", [(4, "km2", "", "4 km²")]),
    ("They dug 3 square kilometres of trenches.", [(3, "km2", "", "3 square kilometres")]),
    ("They paid $5 million.", [(5_000_000, "USD", "", "$5 million")]),
    (
        "They paid USD 2,500 and 300 dollars.",
        [(2500, "USD", "", "USD 2,500"), (300, "USD", "", "300 dollars")],
    ),
    ("They burned 30% of the grain.", [(30, "percent", "", "30%")]),
]
MARKS = [
    ("More than 300 shelters were burnt.", [(300, "shelter", "at_least", "More than 300 shelters")]),
    ("They took at least two trucks.", [(2, "truck", "at_least", "at least two trucks")]),
    ("They laid no fewer than 60 mines.", [(60, "mine", "at_least", "no fewer than 60 mines")]),
    ("They dropped over 40 grenades.", [(40, "grenade", "at_least", "over 40 grenades")]),
    ("They flew over two villages.", [(2, "village", "", "two villages")]),
    ("They took up to 5 tonnes.", [(5, "t", "at_most", "up to 5 tonnes")]),
    ("We stay within 2 km.", [(2, "km", "at_most", "within 2 km")]),
    ("Some 300 shelters were burnt.", [(300, "shelter", "about", "Some 300 shelters")]),
    ("They fired approximately 90 shells.", [(90, "shell", "about", "approximately 90 shells")]),
    ("Guns of 100 mm or more stay.", [(100, "mm", "at_least", "100 mm or more")]),
    ("Guns of 82 mm and above are banned.", [(82, "mm", "at_least", "82 mm and above")]),
    (
        "They withdrew six mortars and over 40 trucks.",
        [(6, "mortar", "", "six mortars"), (40, "truck", "at_least", "over 40 trucks")],
    ),
    ("They fired at about 05:40.", [("05:40", CLOCK, "about", "about 05:40")]),
]
HOURS = [
    ("At 0915 shells fell.", [("09:15", CLOCK, "", "0915")]),
    ("Shells fell at 09:15 on the mill.", [("09:15", CLOCK, "", "09:15")]),
    ("The bridge was closed from 1400 hours.", [("14:00", CLOCK, "", "1400 hours")]),
    ("At 2240 they opened fire.", [("22:40", CLOCK, "", "2240")]),
    ("They left at 3 p.m. or 4.10 a.m.", [("15:00", CLOCK, "", "3 p.m."), ("04:10", CLOCK, "", "4.10 a.m.")]),
    ("They left at ten past four this morning.", [("04:10", CLOCK, "", "ten past four this morning")]),
    ("On Sunday night at eleven o'clock they left.", [("23:00", CLOCK, "", "eleven o'clock")]),
    ("They go in at two in the morning.", [("02:00", CLOCK, "", "two in the morning")]),
    ("They came at a quarter to nine in the evening.", [("20:45", CLOCK, "", "a quarter to nine in the evening")]),
    ("They fired from 0530 to 0610.", [(("05:30", "06:10"), CLOCK, "", "0530 to 0610")]),
    ("The road opens at noon.", [("12:00", CLOCK, "", "noon")]),
]  # fmt: skip
NONE = [
    "They left at ten past four.",
    "On 3 May 2031 the truce ended; it began on May 1, 2031 and in 2014.",
    "In 2031 elections were held. The 2015 agreement stands.",
    "The 4th Company of the 1st Brigade left Hill 402 and Checkpoint 7.",
    "Resolution 1701 and Articles 5 and 6 demand it; see paragraph 3 and No. 12.",
    "A 59-year-old man was held. Two thirds of the village left.",
    "The AK-47 and the BM-21 stood in sector 4. He marked it T-FAF 0417.",
    "They burned three-storey houses and left two days ago.",
    "Two Widows is a rock. The eighth exchange failed. We live in tents.",
    "From 1914 to 1918 and since 2015 there was war.",
    "One of the gravest threats remains. Some tanks came.",
    "9" * 400 + " tanks",
]


@pytest.mark.parametrize(("text", "wanted"), THINGS + MEASURES + MARKS + HOURS, ids=lambda v: v[:50] if v else None)
def test_a_sentence_gives_the_quantities_that_the_table_names(text: str, wanted: list[object]) -> None:
    """All of them and no other: value, unit, mark, and the exact words, in the order of the text."""
    assert said(text) == wanted


@pytest.mark.parametrize("text", NONE)
def test_numbers_that_count_nothing_are_left_out(text: str) -> None:
    """Dates, years, ages, numbers of articles, units and posts, and hours whose half of the day is not said."""
    assert said(text) == []


def test_a_claim_keeps_the_quantities_of_its_own_act() -> None:
    """What is said of the neighbouring act stays there; the second item of a list belongs to the act."""
    text = "The Merland Guard shelled Orsk for 31 hours and burned three trucks and two mills."
    found = {claim.act.value: of(claim) for claim in claims(text)}
    assert found["shelling"] == {(31, "h")}
    assert found["destruction"] == {(3, "truck"), (2, "mill")}


def test_what_stands_beside_the_quote_but_hangs_on_the_act_is_kept() -> None:
    """The distance is no participant, so that the quote ends before it."""
    (claim,) = claims("We withdrew eighteen 122-mm howitzers and three tanks 12.5 km from the line.")
    assert of(claim) == {(18, "howitzer"), (122, "mm"), (3, "tank"), (12.5, "km")}


def test_people_who_stand_in_counts_are_not_repeated() -> None:
    """Prisoners are counted once; trucks of another number, and of the same, are kept."""
    for trucks in ("two", "nine"):
        (claim,) = claims(f"We released nine prisoners and {trucks} trucks at 3 p.m.")
        assert [(one.of, one.value) for one in claim.counts] == [("released", 9)]
        assert {unit for _, unit in of(claim)} == {"truck", CLOCK}


def test_people_of_a_trade_that_no_list_knows_are_not_repeated_either() -> None:
    """A number in `counts` takes with it the one phrase of that number that is no known thing."""
    (claim,) = claims("The Merland Guard must release the ten beekeepers and their two boats.")
    assert of(claim) == {(2, "boat")}


def test_swapping_the_parties_changes_no_quantity() -> None:
    """Law 9."""
    text = "The Velden Guard fired 40 rounds of 82 mm at Orsk at 0915. Harrow League units withdrew six tanks 5 km."
    swapped = text.replace("Velden Guard", "#").replace("Harrow League", "Velden Guard").replace("#", "Harrow League")
    one, other = ([(q.value, q.unit) for c in claims(t) for q in c.quantities] for t in (text, swapped))
    assert one
    assert one == other


WORDS = st.sampled_from(
    ["61", "0915", "09:15", "12.5", "122-mm", "14.5mm", "eighteen", "two dozen", "three", "tanks", "violations", "km",
     "hours", "at", "about", "more than", "up to", "between", "and", "to", "of", "or more", "$", "%", "a. m.", "p.m.",
     "ten past four", "this morning", "May", "2031", "USD", "VAF", "Article", "\u00a0", "\n", "“", "’", "е\u0301", "١٢",
     "²", "🚚", "-", "–", ",", ".", "(", "shelled", "The Guard", "1,000,000,000,000,000,000", "million", "*", "half"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=25), st.sampled_from(["", " "]))
def test_the_words_of_a_quantity_are_exact_in_any_text(words: list[str], between: str) -> None:
    """Law 2, whatever the text: the quotes stand at their place, and values fit into JSON and back."""
    text = "Our units shelled Orsk with " + between.join(words)
    document = Document(id="d", source_sha256="", text=text)
    for passage in passages(text, 0, len(text)):
        for one in read(passage, document):
            assert document.quote(passage.offsets[one.start], passage.offsets[one.end - 1] + 1).text
    for claim in claims(text):
        assert all(document.holds(one.quote) for one in claim.quantities)
        assert from_plain(decode(encode(claim)), Claim) == claim


def test_the_gate_refuses_a_quantity_whose_words_do_not_stand_there() -> None:
    """Law 2 holds for quantities as for every other quote."""
    text = "The Merland Guard burned three trucks."
    document = Document(id="d", source_sha256="", text=text)
    (claim,) = claims(text)
    wrong = Quantity(value=3, unit="truck", quote=Quote(span=Span(start=0, end=12), text="three trucks"))
    assert admit(document, [claim])[0]
    admitted, refused = admit(document, [replace(claim, quantities=(wrong,))])
    assert not admitted
    assert "quantities" in refused[0].what


def test_the_batch_format_gives_quantities_out_and_takes_them_back() -> None:
    """By offsets as written, and by words as somebody may write them; words that stand nowhere are refused."""
    text = "Our units withdrew more than 18 howitzers 10 to 15 km between 0915 and 0940."
    document = Document(id="d", source_sha256="", text=text)
    (claim,) = claims(text)
    line = decode(encode(claim_line(claim, None)))
    assert line["quantities"] == [
        {"value": 18, "unit": "howitzer", "mark": "at_least", "quote": [19, 41]},
        {"value": [10, 15], "unit": "km", "mark": None, "quote": [42, 53]},
        {"value": ["09:15", "09:40"], "unit": CLOCK, "mark": None, "quote": [62, 75]},
    ]
    again, _, problems = claims_from_batch(document, [line])
    assert not problems
    assert again[0].quantities == claim.quantities
    by_hand = {"value": 18, "unit": "howitzer", "quote": "18 howitzers"}
    (written,), _, _ = claims_from_batch(document, [line | {"quantities": [by_hand]}])
    assert text[written.quantities[0].quote.span.start :].startswith("18 howitzers")
    none, _, (problem,) = claims_from_batch(document, [line | {"quantities": [by_hand | {"quote": "9 boats"}]}])
    assert not none
    assert "9 boats" in problem.what


BULLETIN = "12 May 2031\n\nUnits of the Front burned three trucks near Karsa at 0915 on 9 May 2031.\n"


@pytest.fixture
def bulletin(tmp_path: Path) -> Path:
    """A bulletin of one sentence."""
    path = tmp_path / "bulletin.txt"
    path.write_text(BULLETIN, encoding="utf-8")
    return path


def test_a_case_keeps_quantities_and_gives_them_back(tmp_path: Path, bulletin: Path) -> None:
    """What was read is what the case holds when it is opened again."""
    with Case.create(tmp_path / "case", Options(agreements=("harrow-bridge-2031",))) as case:
        (added,) = case.add([str(bulletin)], Details(issuer="General Staff of the Varanan Armed Forces"))
    read_first = added.readings[0].claims
    assert {(3, "truck"), ("09:15", CLOCK)} <= {pair for claim in read_first for pair in of(claim)}
    with Case.open(tmp_path / "case") as opened:
        assert opened.check().readings[0].claims == read_first
        assert not opened.verify()


def test_a_claim_stored_before_there_were_quantities_still_opens() -> None:
    """A case of an earlier version has no such field: its claims have none."""
    (claim,) = claims("The Merland Guard burned three trucks.")
    body = to_plain(claim)
    del body["quantities"]
    assert from_plain(body, Claim) == replace(claim, quantities=())


def test_the_command_line_prints_them(bulletin: Path, tmp_path: Path) -> None:
    """`--json` with their words, `--explain` for people, `--batch` with offsets."""
    line = json.loads(CliRunner().invoke(main, ["read", str(bulletin), "--json"]).stdout)
    printed = [one for claim in line["claims"] for one in claim["quantities"]]
    assert {(one["value"], one["unit"], one["quote_text"]) for one in printed} >= {(3, "truck", "three trucks")}
    assert all(BULLETIN[slice(*one["quote"])] == one["quote_text"] for one in printed)
    explained = CliRunner().invoke(main, ["read", str(bulletin), "--explain"]).stdout
    assert "quantities:" in explained
    docs, out = tmp_path / "docs.jsonl", tmp_path / "claims.jsonl"
    docs.write_text(json.dumps({"doc": "d", "text": BULLETIN}), encoding="utf-8")
    assert CliRunner().invoke(main, ["read", "--batch", str(docs), "--out", str(out)]).exit_code == 0
    (batch,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert {"value": 3, "unit": "truck", "mark": None, "quote": [BULLETIN.index("three"), BULLETIN.index(" near")]} in [
        one for claim in batch["claims"] for one in claim["quantities"]
    ]


def test_the_trained_reader_gives_them_too() -> None:
    """Both readers draft their claims alike."""
    try:
        found = claims("The Merland Guard shelled the village of Orsk with 40 rounds at 0915.", "trained")
    except MissingPart:
        pytest.skip("the trained reader's files are not there")
    assert any({(40, "round"), ("09:15", CLOCK)} <= of(claim) for claim in found)
