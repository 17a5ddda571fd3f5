"""The laws, held against everything that a monitor sees."""

import dataclasses
import json
import math
import re

import pytest
from viewed_pages import Page, leagues, swapped

from pactwatch import views
from pactwatch.model import Checked, Judgement, Verdict
from pactwatch.testing import sample_checked
from pactwatch.views.lookup import of_checked
from pactwatch.views.sides import balanced
from pactwatch.views.told import four_times


@pytest.fixture(scope="module")
def checked() -> Checked:
    """The sample case."""
    return sample_checked()


@pytest.fixture(scope="module")
def page(checked: Checked) -> Page:
    """Its report, parsed."""
    return Page(views.report(checked))


def lines(checked: Checked) -> str:
    """The terminal's summary as text."""
    return "\n".join(line.text for line in views.check_lines(checked))


def test_every_finding_has_a_speaker_a_document_and_a_quote(checked: Checked) -> None:
    """Law 1: no orphan facts; each finding says "X says that", names its document and holds exact words."""
    texts = {reading.document.id: reading.document.text for reading in checked.readings}
    found = views.findings(checked)
    assert len(found) == sum(len(reading.claims) for reading in checked.readings)
    for one in found:
        assert re.match(r".+ says that .+: “.+”$", one.says), one.says
        assert one.says.lower().startswith(one.speaker.label.lower())
        assert one.words in texts[one.document_id]
        assert one.document


def test_every_proposition_on_the_page_is_somebodys(page: Page, checked: Checked) -> None:
    """Law 1: wherever the page prints a claim's words as a sentence, the one who says so stands before them."""
    for one in views.findings(checked):
        assert one.says in page.text


def test_a_party_named_twice_in_a_claim_is_named_once_in_the_finding(checked: Checked) -> None:
    """ "The army and its soldiers" are one party: its label stands once."""
    reading = checked.readings[0]
    claim = next(c for c in reading.claims if c.agent and c.agent[0].text != "issuer")
    party = next(p for p in reading.parties if (p.claim_id, p.field, p.index) == (claim.id, "agent", 0))
    twice = dataclasses.replace(claim, agent=(claim.agent[0], claim.agent[0]))
    changed = dataclasses.replace(
        reading,
        claims=tuple(twice if c.id == claim.id else c for c in reading.claims),
        parties=(*reading.parties, dataclasses.replace(party, index=1)),
    )
    before = {f.claim_id: f.says for f in views.findings(checked)}
    again = dataclasses.replace(checked, readings=(changed, *checked.readings[1:]))
    assert {f.claim_id: f.says for f in views.findings(again)}[claim.id] == before[claim.id]


def test_findings_come_in_the_order_of_documents_and_text(checked: Checked) -> None:
    """A monitor reads down the document and down the findings side by side."""
    numbers = [one.number for one in views.findings(checked)]
    assert numbers == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3"]


def test_violation_is_never_our_word(checked: Checked, page: Page) -> None:
    """Law 4: outside quotes, the word stands nowhere but as "alleged"."""
    for text in (page.our_words, re.sub(r"“[^”]*”", "", lines(checked))):
        assert not re.search(r"(?<!alleged )violat", text, re.I)


def test_nothing_is_confirmed(checked: Checked, page: Page) -> None:
    """Law 5: there is no such state, and no such word of ours."""
    assert "confirmed" not in page.our_words.lower()
    assert "confirmed" not in lines(checked).lower()


def test_loaded_words_stay_in_quotes(page: Page) -> None:
    """Law 9: an epithet of one side for the other is that side's, between quotation marks."""
    for word in ("gangs", "so-called", "regime"):
        assert word in page.text
        assert word not in page.our_words


def test_a_denial_stands_beside_the_accusation_at_the_same_size(checked: Checked) -> None:
    """Law 5: both findings carry the denial, and the page sets both in the same element and class."""
    found = {one.number: one for one in views.findings(checked)}
    assert [one.number for one in found["1.1"].denials] == ["2.1"]
    assert [one.number for one in found["2.1"].denials] == ["1.1"]
    card = re.search(r'<article class="card" id="f1-1">.*?</article>', views.report(checked), re.S)
    assert card
    said = re.findall(r'<p class="says">(.*?)</p>', card[0], re.S)
    assert len(said) == 2
    assert "attacked our post" in said[0]
    assert "No unit of ours" in said[1]


def test_a_record_that_rests_on_the_speaker_does_not_support(checked: Checked) -> None:
    """Law 6: it is shown, and said not to support; an independent one says what it is worth."""
    records = views.findings(checked)[0].records
    assert {one.event_id: one.supports for one in records} == {"M-1": True, "M-2": False}
    assert next(one for one in records if one.event_id == "M-2").support.startswith("does not support: it rests on")
    assert "by chance in 4 % of cases" in records[0].worth


def test_a_cell_that_nobody_observed_prints_so_and_never_zero(checked: Checked) -> None:
    """Law 7: with no log at all no cell shows a zero; with one, only in the months that it covers."""
    unwatched = views.matrix(dataclasses.replace(checked, exposures=(), coverage=()))
    cells = [cell for row in unwatched.rows for cell in row.cells]
    assert cells
    assert all("not observed" in cell.text and "0" not in cell.text for cell in cells)
    page = views.report(dataclasses.replace(checked, exposures=(), coverage=()))
    table = re.search(r'<table class="matrix">.*?</table>', page, re.S)
    assert table
    assert not re.search(r"<td[^>]*>\s*0\s*</td>", table[0])
    watched = views.matrix(checked)
    assert any(
        cell.text == "0" for row in watched.rows for cell, at in zip(row.cells, watched.months, strict=True) if at.key
    )


def test_a_cell_counts_what_is_alleged_and_what_is_denied_alike(checked: Checked) -> None:
    """Law 5: one accusation and its denial stand in one cell as two counts, with the numbers of both claims."""
    cells = {(row.clause, row.side.id): row.cells for row in views.matrix(checked).rows}
    april = cells["HBA/4/a", "spf"][0]
    assert april.text == "1 alleged · 1 denied"
    assert april.numbers == ("1.1", "2.1")
    assert cells["HBA/4/c", "varana"][0].text == "1 alleged · 1 denied · not observed"


def test_every_signatory_has_a_row_under_every_clause(checked: Checked) -> None:
    """Law 9: the side of which nothing is said is shown as well."""
    table = views.matrix(checked)
    by_clause = {row.clause: [r.side.id for r in table.rows if r.clause == row.clause] for row in table.rows}
    assert by_clause
    assert all(sides[:2] == ["varana", "spf"] for sides in by_clause.values())


def test_what_is_shown_first_is_shared_out_between_the_sides() -> None:
    """Law 9: where one side speaks ten times as much, the first things shown still take each side in turn."""
    sides = [side for row in views.matrix(sample_checked()).rows for side in [row.side]][:2]
    many = [("a", sides[0])] * 10 + [("b", sides[1])] * 2
    assert [name for name, _ in balanced(many, lambda one: one[1], 5)] == ["a", "b", "a", "b", "a"]


def test_a_time_from_other_words_than_the_quoted_ones_says_so(checked: Checked) -> None:
    """Law 3: a day that stands in another sentence may date an act, but never in silence."""
    reading = next(r for r in checked.readings if any(c.time and c.time.quote for c in r.claims))
    claim = next(c for c in reading.claims if c.time and c.time.quote)
    assert claim.time is not None
    start, end = claim.quote.span.start, claim.quote.span.end
    outside = reading.document.quote(end, end + 3) if end + 3 <= len(reading.document.text) else None
    outside = outside or reading.document.quote(start - 3, start)
    moved = dataclasses.replace(claim, time=dataclasses.replace(claim.time, quote=outside))
    lookup = of_checked(checked)
    told = [four_times(one, lookup)[0].anchor for one in (claim, moved)]
    assert ["stand outside those that are quoted" in anchor for anchor in told] == [False, True]


def test_a_time_that_nothing_pins_says_why(checked: Checked) -> None:
    """Law 3: no date is filled in; the reason stands in its place, and the claim is not on the timeline."""
    second = views.findings(checked)[1]
    assert second.happened.text.startswith("not dated: ")
    drawn = views.timeline(checked)
    assert "1.2" in drawn.undated
    assert "1.2" not in {bar.number for band in drawn.bands for bar in band.bars}


def test_a_header_that_the_text_contradicts_shows_both(checked: Checked, page: Page) -> None:
    """Law 3: on the page and on the terminal, with the words that show it."""
    said = "\n".join(views.dating_lines(checked.readings[1]))
    for text in (said, page.text, lines(checked)):
        assert "2032-04-14" in text
        assert "4 April 2031" in text
        assert "disagree" in text


def test_swapping_the_sides_swaps_only_their_names() -> None:
    """Law 9: rules, order, colours and wording know no name; the page, summary and JSON of the mirrored case agree."""
    as_is, mirrored = leagues(), leagues(exchanged=True)
    assert swapped(lines(as_is)) == lines(mirrored)
    as_json = [_without_hashes(json.dumps(views.as_json(one))) for one in (as_is, mirrored)]
    assert swapped(as_json[0]) == as_json[1]
    assert _without_hashes(swapped(views.report(as_is))) == _without_hashes(views.report(mirrored))


def _without_hashes(text: str) -> str:
    """The bytes of a text with other names in it have another hash; that is all that may differ."""
    return re.sub(r"[0-9a-f]{64}", "HASH", text)


def test_a_review_is_shown_with_its_author_and_changes_no_words(checked: Checked) -> None:
    """Law 8: machine until somebody judges; then the state and the judgement's author stand on the page."""
    assert {one.review.state for one in views.findings(checked)} == {"machine"}
    claim = checked.readings[0].claims[0].id
    judged = dataclasses.replace(
        checked,
        judgements=(
            Judgement(subject=claim, verdict=Verdict.REJECTED, by="A. Reviewer", at="2031-05-03", note="misread"),
        ),
    )
    first = views.findings(judged)[0]
    assert first.review.state == "rejected"
    assert first.says == views.findings(checked)[0].says
    assert "A. Reviewer" in Page(views.report(judged)).text
    assert any("that a person rejected" in line for line in views.matrix(judged).left_out)


def test_a_published_page_is_coarser_and_still_holds_every_place(checked: Checked) -> None:
    """Law 10: circles for publication are larger and moved, and the true circle still lies within them."""
    exact = {spot.name: spot for spot in views.world_map(checked).spots}
    for spot in views.world_map(checked, published=True).spots:
        true = exact[spot.name]
        assert spot.radius_km >= 20
        assert (spot.lat, spot.lon) != (true.lat, true.lon)
        north = (spot.lat - true.lat) * 111.32
        east = (spot.lon - true.lon) * 111.32 * math.cos(math.radians(true.lat))
        assert math.hypot(north, east) + true.radius_km <= spot.radius_km
    exact_lat = f"{exact['Karsa'].lat}"
    assert exact_lat not in Page(views.report(checked, published=True)).text
