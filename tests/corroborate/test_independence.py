"""Law 6: whose word a record rests on, as seen from the side that made the claim."""

import datetime as dt
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from corroborate_factory import PARTIES, event, swapped
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.corroborate import read_events
from pactwatch.corroborate.citations import of_ged, of_words
from pactwatch.corroborate.independence import judge, voices
from pactwatch.corroborate.sides import Sides
from pactwatch.model import Alias, Document, Event, Independence, Membership, Party, PartyKind

SIDES = Sides(PARTIES)
VARANA = Path(str(resources.files("pactwatch") / "data" / "varana"))
POST = ("Valley Post", "2031-05-10", "Shells on Tolm")
RADIO = ("Hill Radio", "2031-05-10", "Shells again")
MISSION = ("Observer Mission", "2031-05-10", "Daily report 4")


@pytest.mark.parametrize(
    ("change", "of_hil", "of_gov"),
    [
        ({}, "independent", "independent"),
        ({"informant": "Hill League spokesman"}, "same_party", "independent"),
        ({"informant": "spokesman for the Hill League"}, "same_party", "independent"),
        ({"informant": "Ministry of Defence"}, "independent", "same_party"),
        ({"informant": "Ministry of Defence; Hill League spokesman"}, "derived", "derived"),
        ({"informant": "villagers; Hill clinic office"}, "derived", "independent"),
        ({"informant": "Hill clinic office"}, "same_party", "independent"),
        ({"informant": "Hilltop hospital"}, "independent", "independent"),
        ({"informant": "relatives of Hill League fighters"}, "independent", "independent"),
        ({"informant": "", "citations": (RADIO,)}, "same_party", "independent"),
        ({"informant": "villagers", "citations": (RADIO,)}, "same_party", "independent"),
        ({"informant": "villagers", "citations": (RADIO, POST)}, "derived", "independent"),
        ({"informant": "", "citations": (POST,)}, "unknown", "unknown"),
        ({"informant": "", "citations": (MISSION,)}, "independent", "independent"),
        ({"informant": "", "citations": ()}, "unknown", "unknown"),
        ({"informant": "", "citations": (POST,), "source_kind": "press"}, "independent", "independent"),
        ({"informant": "", "citations": (POST,), "source_kind": "unknown"}, "unknown", "unknown"),
        ({"informant": "", "citations": (("Valley Post", "2031-05-10", "Four dead, Hill League says"),)},
         "same_party", "independent"),
        ({"informant": "", "citations": (("Valley Post", "2031-05-10", "Arda says four troops died"),)},
         "independent", "same_party"),
        ({"citations": (("Valley Post", "2031-05-10", "Arda army, Hill League trade blame over Tolm"),)},
         "same_outlet", "same_outlet"),
        ({"citations": (("Valley Post", "2031-05-10", "League condemns shells on Tolm"),), "informant": ""},
         "same_outlet", "unknown"),
        ({"citations": (("Valley Post", "2031-05-10", "Two dead, houses burned in Arda villages, residents say"),)},
         "independent", "independent"),
        ({"citations": (MISSION,), "informant": "", "notes": "crater seen; two wounded by the lieutenant's account",
          "actor1": "Hill League", "actor2": "Arda"}, "independent", "derived"),
        ({"citations": (MISSION,), "informant": "", "notes": "number according to Hill League"},
         "derived", "independent"),
    ],
)  # fmt: skip
def test_by_which_way_it_came(change: dict[str, Any], of_hil: str, of_gov: str) -> None:
    """The route of the information decides, for each side by the same rules; the adversary's word is independent."""
    assert judge("HIL", event(**change), SIDES)[0] == of_hil
    assert judge("GOV", event(**change), SIDES)[0] == of_gov


def test_every_finding_says_why() -> None:
    """A finding names the voice or outlet that it rests on."""
    finding, reason = judge("HIL", event(informant="Hill League spokesman"), SIDES)
    assert finding is Independence.SAME_PARTY
    assert "Hill League spokesman" in reason


def test_an_office_speaks_for_its_side() -> None:
    """A claim by an office and a record on the word of another office of the same side are one side's word."""
    assert judge("HIC", event(informant="Hill League spokesman"), SIDES)[0] is Independence.SAME_PARTY
    assert judge("HIL", event(informant="Hill clinic office"), SIDES)[0] is Independence.SAME_PARTY


def test_membership_holds_from_its_day() -> None:
    """A militia's word is the government's from the day on which it joined, not before."""
    militia = Party(
        id="MIL", label="Home Guard", own_name="Home Guard", kind=PartyKind.MILITIA,
        member_of=(Membership(of="GOV", since=dt.date(2031, 6, 1)),),
    )  # fmt: skip
    sides = Sides((*PARTIES, militia))
    early, late = event(informant="Home Guard"), event(informant="Home Guard", first=dt.date(2031, 6, 2))
    assert judge("GOV", early, sides)[0] is Independence.INDEPENDENT
    assert judge("GOV", late, sides)[0] is Independence.SAME_PARTY


@pytest.mark.parametrize("speaker", [None, "NOBODY"])
def test_an_unknown_speaker(speaker: str | None) -> None:
    """Where the register does not say who speaks, nothing is taken to be independent of them."""
    assert judge(speaker, event(), SIDES)[0] is Independence.UNKNOWN


def document(**changed: Any) -> Document:
    """The story of the Valley Post in which a party speaks."""
    given = {
        "id": "d", "source_sha256": "0" * 64, "text": "Shells on Tolm\n\nThe League said …", "issuer": "Valley Post",
        "published": "2031-05-10",
    }  # fmt: skip
    return Document(**{**given, **changed})


@pytest.mark.parametrize(
    ("change", "carried", "expected"),
    [
        ({}, {}, "same_outlet"),
        ({}, {"published": "2031-05-11"}, "same_outlet"),
        ({}, {"published": "2031-05-13"}, "independent"),
        ({}, {"published": None}, "independent"),
        ({}, {"issuer": "Hill Gazette"}, "independent"),
        ({}, {"text": "Another story\n\nwords"}, "independent"),
        ({}, {"text": "VALLEY POST\n\nwords", "title": "Shells on Tolm"}, "same_outlet"),
        ({"citations": (("Valley Post", "2031-05-10", ""),)}, {}, "same_outlet"),
        ({"citations": (POST, RADIO)}, {}, "derived"),
        ({"citations": (POST, MISSION)}, {}, "independent"),
        ({"citations": (POST, ("State Agency", "2031-05-10", "x"))}, {}, "same_outlet"),
    ],
)
def test_the_document_that_carries_the_statement(
    change: dict[str, Any], carried: dict[str, Any], expected: str
) -> None:
    """A record that cites the statement's own document adds nothing, unless it has another leg to stand on."""
    assert judge("HIL", event(**change), SIDES, documents=[document(**carried)])[0] == expected


def test_the_same_story_in_another_data_set_names_the_informant() -> None:
    """A row that names no informant, and another row of the very same story that does: both rest on that word."""
    silent = event(informant="", citations=(POST,), source_kind="press")
    telling = event(id="2", dataset="u", informant="Hill League spokesman", citations=(POST,))
    assert judge("HIL", silent, SIDES, peers=[telling])[0] is Independence.SAME_PARTY
    assert judge("GOV", silent, SIDES, peers=[telling])[0] is Independence.INDEPENDENT
    elsewhere = event(id="2", dataset="u", informant="Hill League spokesman", citations=(POST, MISSION))
    assert judge("HIL", silent, SIDES, peers=[elsewhere])[0] is Independence.INDEPENDENT
    blank = event(id="2", dataset="u", informant="", citations=(POST,))
    assert judge("HIL", silent, SIDES, peers=[blank])[0] is Independence.UNKNOWN


def test_the_title_that_a_row_leaves_out_is_taken_from_a_row_of_the_same_outlet_and_day() -> None:
    """Two records of one outlet's only story of a day are of one story; of two stories nothing is taken."""
    silent = event(citations=(("Valley Post", "2031-05-10", ""),))
    told = event(id="2", citations=(("Valley Post", "2031-05-10", "Arda, Hill League trade blame over Tolm"),))
    other = event(id="3", citations=(("Valley Post", "2031-05-10", "Weather"),))
    assert judge("HIL", silent, SIDES, peers=[told])[0] is Independence.SAME_OUTLET
    assert judge("HIL", silent, SIDES, peers=[told, other])[0] is Independence.INDEPENDENT


INFORMANTS = st.lists(
    st.sampled_from(["Hill League spokesman", "Ministry of Defence", "Hill Radio", "villagers", "State Agency", ""]),
    max_size=3,
)


@given(informants=INFORMANTS, cited=st.lists(st.sampled_from([POST, RADIO, MISSION]), max_size=2))
def test_both_sides_are_judged_by_the_same_rules(informants: list[str], cited: list[tuple[str, str, str]]) -> None:
    """Law 9: with the two parties' ids exchanged in the register, the findings are exchanged and nothing else."""
    one = event(informant="; ".join(informants), citations=tuple(cited))
    crossed = Sides(swapped())
    assert judge("HIL", one, SIDES) == judge("GOV", one, crossed)
    assert judge("GOV", one, SIDES) == judge("HIL", one, crossed)


@given(own=st.sampled_from(["Hill League spokesman", "Hill Radio", "Hill clinic office"]), informants=INFORMANTS)
def test_a_row_with_the_speakers_own_word_is_never_independent(own: str, informants: list[str]) -> None:
    """Whatever else a row rests on, with the speaker's own side among its informants it is not independent."""
    finding, _ = judge("HIL", event(informant="; ".join((*informants, own))), SIDES)
    assert finding in (Independence.SAME_PARTY, Independence.DERIVED)


def test_names_are_taken_longest_first_and_only_when_they_are_one_partys() -> None:
    """ "Hill League of the North" is not the Hill League where both are in the register; a shared name is nobody's."""
    north = Party(id="N", label="Hill League of the North", own_name="Hill League of the North", kind=PartyKind.MILITIA)
    shared = Party(id="X", label="Other", own_name="League", kind=PartyKind.MILITIA)
    sides = Sides((*PARTIES, north, shared))
    assert sides.named("Hill League of the North communique") == "N"
    assert sides.named("the Hill League") == "HIL"
    assert sides.named("League") is None
    assert sides.named("bandits") is None
    assert sides.named("") is None


def test_a_definite_name_holds_only_by_itself() -> None:
    """ "The Government" is one party in its own country; "Government of Elsewhere" is not that party."""
    own = Party(id="G", label="Government of Arda", own_name="Arda", kind=PartyKind.GOVERNMENT,
                aliases=(Alias(name="the Government"),))  # fmt: skip
    sides = Sides((own,))
    assert [sides.named(words) for words in ("the Government", "Government", "Government of Arda")] == ["G"] * 3
    assert sides.named("Government of Elsewhere") is None


def test_a_newspapers_own_statement_and_its_own_record() -> None:
    """A paper of no party is no side; what comes through it does not support what it says itself."""
    assert judge("POST", event(), SIDES)[0] is Independence.SAME_OUTLET
    assert judge("POST", event(citations=(MISSION,), informant=""), SIDES)[0] is Independence.INDEPENDENT


def test_a_circle_of_memberships_ends() -> None:
    """Two entries that each belong to the other are one side, not an endless walk."""
    a = Party(id="A", label="A", own_name="A", kind=PartyKind.MILITIA, member_of=(Membership(of="B"),))
    b = Party(id="B", label="B", own_name="B", kind=PartyKind.MILITIA, member_of=(Membership(of="A"),))
    assert Sides((a, b)).side("A") == {"A", "B"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Valley Post, 2031-05-10, Shells on Tolm", ("Valley Post", "2031-05-10", "Shells on Tolm")),
        ("doctor at the clinic, quoted by Valley Post, 2031-05-11", ("Valley Post", "2031-05-11", "")),
        ("Mission Daily Report 3/2031 (2031-04-03)", ("Mission Daily Report 3/2031", "2031-04-03", "")),
        ("Joint Room, daily notice of 2031-03-28", ("Joint Room, daily notice of", "2031-03-28", "")),
        ("Reuters  25/2-09", ("Reuters  25/2-09", "", "")),
        ("", ("", "", "")),
    ],
)
def test_citations(words: str, expected: tuple[str, str, str]) -> None:
    """Outlet, day and title are found in the ways in which logs write them."""
    assert of_words(words) == expected


def test_ged_citations_with_commas_quotes_and_semicolons_in_titles() -> None:
    """GED's list of articles is parted where it is parted, not at each comma or quote."""
    article = '"A Post,2031-05-10,Front condemns "massacre", sets deadline";"B Post,2031-05-11,One; two"'
    assert of_ged(article, "A Post;B Post", "2031-05-10;2031-05-11", "x") == (
        ("A Post", "2031-05-10", 'Front condemns "massacre", sets deadline'),
        ("B Post", "2031-05-11", "One; two"),
    )
    assert of_ged("", "A;B", "2031-05-10;2031-05-11", "one;two") == (
        ("A", "2031-05-10", "one"),
        ("B", "2031-05-11", "two"),
    )
    assert of_ged("", "A", "2031-05-10", "one; two") == (("A", "2031-05-10", "one; two"),)
    assert of_ged("", "", "", "") == ()


def test_voices_of_titles_only_where_no_informant_is_named() -> None:
    """Who a title says is speaking counts only where the data set names no informant."""
    title = (("Valley Post", "2031-05-10", "Four dead, ministry says"),)
    assert voices(event(informant="", citations=title), SIDES) == ("ministry",)
    assert voices(event(informant="villagers", citations=title), SIDES) == ("villagers",)
    for words in ("Tolm: names of the dead", "Officer said killed at Tolm", "Four said to be dead"):
        assert voices(event(informant="", citations=(("Valley Post", "2031-05-10", words),)), SIDES) == ()
    named = (("Valley Post", "2031-05-10", "Hill League: post destroyed"),)
    assert voices(event(informant="", citations=named), SIDES) == ("Hill League",)


def varana_events() -> dict[str, Event]:
    """All records of the Varana case by id."""
    tables = [read_events(VARANA / name) for name in ("events_ged.csv", "events_local.csv")]
    return {one.id: one for table in tables for one in table.fetch(range(len(table.columns)))}


@pytest.mark.parametrize(
    ("record", "gov", "spf"),
    [
        ("9000039", "independent", "independent"),
        ("9000038", "same_party", "independent"),
        ("9000050", "same_outlet", "same_party"),
        ("9000066", "same_party", "independent"),
        ("9000073", "independent", "derived"),
        ("RW-0040", "derived", "independent"),
        ("RW-0045", "same_outlet", "same_outlet"),
        ("RW-0085", "same_party", "independent"),
        ("RW-0059", "independent", "same_party"),
        ("RW-0034", "unknown", "unknown"),
    ],
)
def test_records_of_the_varana_case(record: str, gov: str, spf: str) -> None:
    """Records of the shipped case, by the register of the case alone."""
    registers = pytest.importorskip("pactwatch.resolve.parties")
    sides, events = Sides(registers.builtin_register("varana")), varana_events()
    found = {party: judge(party, events[record], sides, peers=events.values())[0] for party in ("GOV", "SPF")}
    assert (found["GOV"], found["SPF"]) == (gov, spf)
