"""Mentions resolved from the speaker's point of view, and left open where the words do not say."""

import datetime as dt
from dataclasses import replace

import pytest

from pactwatch.model import Party, PartyKind, PartyResolution
from pactwatch.resolve.parties import bound_at, issuer_party, resolve_parties

from .making import claim, document, party

STAFF = "General Staff of the Varanan Armed Forces"
BUREAU = "Seln People's Front, Executive Bureau"
MISSION = "Joint Ceasefire Monitoring Mission"


def one(
    words: str, issuer: str, register: tuple[Party, ...], *, field: str = "agent", text: str = ""
) -> PartyResolution:
    """The resolution of one mention in a document of that issuer."""
    made = document(text or f"It was {words} who did it.", issuer)
    mention = {"agent": [words]} if field == "agent" else {"target": [words]}
    resolved = resolve_parties(made, [claim(made, **mention)], register)
    return next(r for r in resolved if r.field == field)


@pytest.mark.parametrize(
    ("issuer", "party_id"),
    [
        (STAFF, "GENERAL-STAFF"),
        (BUREAU, "SPF"),
        ("Gen. Ivo Castan, Varanan Armed Forces", "CASTAN"),
        ("Permanent Mission of Varana to the United Nations", "VARANA-UN-MISSION"),
        ("Seln Defence Army, Joint Operations Room", "SDA"),
        ("Radio Velm", "RADIO-VELM"),
        ("Fishermen of the Middle Islands", None),
        (None, None),
    ],
)
def test_the_issuer_is_found_in_the_header(varana: tuple[Party, ...], issuer: str | None, party_id: str | None) -> None:
    """An office, a person and a body are found under their own entries; an unknown issuer is nobody."""
    assert issuer_party(document("Text.", issuer), varana) == party_id


@pytest.mark.parametrize(
    ("words", "party_id"),
    [
        ("Seln People's Front", "SPF"),
        ('terrorist gangs of the so-called "Seln People\'s Front"', "SPF"),
        ("the SPF", "SPF"),
        ("fighters of the Front", "SPF"),
        ("the Front's own men", "SPF"),
        ("SPF spokesman Danil Vesko", "VESKO"),
        ("members of the Varanan army", "VAF"),
        ("Varanan soldiers", "VAF"),
        ("the Kordian army", "KORDIA"),
        ("the Kordian invaders", "KORDIA"),
        ("an unnamed officer of the 4th Brigade", "VAF"),
        ("The Government's delegate", "GOV"),
        ("Zorin's men", "DHG"),
    ],
)
def test_names_and_organs_are_the_party(varana: tuple[Party, ...], words: str, party_id: str) -> None:
    """A name inside the mention is the party where the noun beside it is one of its organs, epithet or not."""
    found = one(words, MISSION, varana)
    assert found.party == party_id, found
    assert found.words == words


@pytest.mark.parametrize(
    "words",
    [
        "civilians",
        "families of the Front's fighters",
        "people of Varana",
        "the Kordian people",
        "Kordian rebels",
        "a drone of the Mission",
        "somebody in Kordia",
        "both sides",
        "any party of the conflict",
        "the Government and the Front",
        "the attackers",
        "unknown persons",
        "Free Varanan Armed Forces of the Coast",
        "the Greater Seln People's Front",
        "",
    ],
)
def test_what_is_no_one_party_stays_open(varana: tuple[Party, ...], words: str) -> None:
    """People, things, several at once, strangers and longer names are nobody of the register; the reason says why."""
    found = one(words, MISSION, varana, text="It was somebody.")
    assert found.party is None, found
    assert found.reason
    assert found.made.certainty == 0.0


@pytest.mark.parametrize(
    ("issuer", "words", "party_id"),
    [
        (STAFF, "our soldiers", "VAF"),
        (BUREAU, "our fighters", "SPF"),
        ("Permanent Mission of Varana to the United Nations", "my Government", "GOV"),
        (STAFF, "this army", "VAF"),
        ("Seln Defence Army, Joint Operations Room", "we", "SDA"),
        ("Gen. Ivo Castan, Varanan Armed Forces", "our unit", "VAF"),
    ],
)
def test_we_is_the_side_of_the_speaker(varana: tuple[Party, ...], issuer: str, words: str, party_id: str) -> None:
    """The same words mean the one or the other side, by who says them."""
    assert one(words, issuer, varana).party == party_id


def test_our_families_are_no_organ(varana: tuple[Party, ...]) -> None:
    """What is done to the speaker's people is not done to its forces."""
    assert one("our families", BUREAU, varana, field="target").party is None


@pytest.mark.parametrize(
    ("words", "one_side", "other_side"),
    [("the other side", "SPF", "GOV"), ("the enemy", "SDA", "VAF"), ("our forces", "VAF", "SPF")],
)
def test_relative_words_turn_with_the_speaker(
    varana: tuple[Party, ...], words: str, one_side: str, other_side: str
) -> None:
    """`the enemy` in one mouth is not `the enemy` in the other."""
    assert one(words, STAFF, varana).party == one_side
    assert one(words, BUREAU, varana).party == other_side


def test_an_epithet_is_understood_only_in_its_users_mouth(varana: tuple[Party, ...]) -> None:
    """`the regime` is the Government where the Front says it; a third party's `the regime` stays open."""
    assert one("the criminal regime", BUREAU, varana).party == "GOV"
    assert one("the bandits", STAFF, varana).party == "SPF"
    assert one("the bandits", BUREAU, varana).party is None


def test_indirect_speech_is_in_the_issuers_words(varana: tuple[Party, ...]) -> None:
    """In "the claim of the General that our people mined the road" the people are the issuer's, not the General's."""
    text = "The claim of General Castan that our people mined the road is untrue."
    made = document(text, BUREAU)
    resolved = resolve_parties(made, [claim(made, speaker="General Castan", agent=["our people"])], varana)
    assert [(r.field, r.party) for r in resolved] == [("speaker", "CASTAN"), ("agent", "SPF")]


def test_quoted_speech_is_in_the_speakers_words(varana: tuple[Party, ...]) -> None:
    """In quotation marks `our units` are the speaker's own."""
    text = 'General Castan said: "None of our units fired."'
    made = document(text, "Meridian News Agency")
    resolved = resolve_parties(made, [claim(made, speaker="General Castan", agent=["our units"])], varana)
    assert [r.party for r in resolved] == ["CASTAN", "VAF"]


def test_the_issuer_as_agent_is_its_side(varana: tuple[Party, ...]) -> None:
    """As a speaker an office is itself; what it did, its side did."""
    made = document("We did it.", STAFF)
    resolved = resolve_parties(made, [claim(made, agent=["issuer"])], varana)
    assert [(r.field, r.party) for r in resolved] == [("speaker", "GENERAL-STAFF"), ("agent", "VAF")]


def test_every_mention_gets_an_answer_in_order(varana: tuple[Party, ...]) -> None:
    """Speaker, then agents, then targets, each with its index and its own words."""
    made = document("The Front and Qwxyz hit the Mission.", STAFF)
    made_claim = claim(made, agent=["The Front", "Qwxyz"], target=["the Mission"])
    resolved = resolve_parties(made, [made_claim], varana)
    told = [(r.field, r.index, r.words) for r in resolved]
    assert told == [
        ("speaker", 0, "issuer"),
        ("agent", 0, "The Front"),
        ("agent", 1, "Qwxyz"),
        ("target", 0, "the Mission"),
    ]


def test_similar_names_are_only_suggested() -> None:
    """A name that is nearly another's is not that other's; a person may say that it is."""
    register = (party("NORTH", "North River Armed Forces", PartyKind.FORCES),)
    found = one("River Armed Forces", "", register)
    assert found.party is None
    assert found.suggestions == ("NORTH",)


def test_a_definite_description_refers_back_within_the_document() -> None:
    """`the Council` is the one council that the text names; without it, or with two, it stays open."""
    register = (
        party("A", "Council of National Return", names=["National Return Council"]),
        party("B", "Coast Elders Council"),
    )
    named = "The National Return Council broke the truce. It was the Council who did it."
    both = "The National Return Council met the Coast Elders Council. It was the Council who did it."
    assert one("the Council", "", register, text=named).party == "A"
    assert one("the Council", "", register, text=both).party is None
    assert one("the Council", "", register, text="It was the Council who did it.").party is None


def test_a_regime_is_found_by_its_seat_and_kept_in_mind() -> None:
    """`the regime in X` is who governs there, never the speaker itself; `the regime` is then the same one."""
    register = (
        party("FRONT", "Front of the Plains"),
        party("CAP", "Government of Plainland", PartyKind.GOVERNMENT, codes=[("seat", "Mirn")]),
    )
    text = "The criminal regime in Mirn did it. The regime did it again."
    assert one("The criminal regime in Mirn", "Front of the Plains", register, text=text).party == "CAP"
    assert one("The regime", "Front of the Plains", register, text=text).party == "CAP"
    assert one("the forces of the regime in Mirn", "Front of the Plains", register, text=text).party == "CAP"
    assert one("The criminal regime in Mirn", "Government of Plainland", register, text=text).party is None


def test_capitals_that_the_text_explains_are_not_another_partys() -> None:
    """Where the text says what its capitals stand for, the register's party of those capitals is not meant."""
    register = (party("REG", "Northern Patriotic League", names=["NPL"]),)
    assert one("the NPL", "", register).party == "REG"
    told = "The New Plains Legion (NPL) moved. It was the NPL."
    spelled = "The New Plains Legion moved. It was the NPL."
    for text in (told, spelled):
        assert one("the NPL", "", register, text=text).party is None


def test_short_forms_belong_to_their_countries() -> None:
    """Three capitals are another group in each conflict: a party is met by them only where its country or name is."""
    state = party("LND", "Landia", PartyKind.STATE, codes=[("demonym", "Landian")])
    group = party("PF", "Plains Force", names=["PLF"], codes=[("country", "LND")])
    for text, found in (
        ("It was the PLF.", None),
        ("In Landia it was the PLF.", "PF"),
        ("Landian villages burnt. It was the PLF.", "PF"),
        ("The Plains Force denied it. It was the PLF.", "PF"),
    ):
        assert one("the PLF", "", (state, group), text=text).party == found, text


def test_short_names_in_capitals_are_not_small_words(world: tuple[Party, ...]) -> None:
    """`us` and `is` are no states and no groups."""
    assert one("us", MISSION, world, field="target").party is None
    assert one("US forces", MISSION, world).party == "USA"


def test_membership_follows_the_day(varana: tuple[Party, ...]) -> None:
    """A militia counts as the Government's forces from its day on, not the day before; a chain leads on."""
    assert bound_at("DHG", dt.date(2031, 6, 9), varana) == ("DHG",)
    assert bound_at("DHG", dt.date(2031, 6, 10), varana) == ("DHG", "GOV")
    assert bound_at("ZORIN", dt.date(2031, 8, 1), varana) == ("ZORIN", "DHG", "GOV")


def test_a_splinter_stands_alone_after_it_left(varana: tuple[Party, ...]) -> None:
    """SPF-Renewal counts as the Front until it left, and signed nothing afterwards."""
    assert bound_at("SPF-R", dt.date(2031, 5, 1), varana) == ("SPF-R", "SPF")
    assert bound_at("SPF-R", dt.date(2031, 6, 18), varana) == ("SPF-R",)


def test_memberships_in_a_circle_end() -> None:
    """A register that goes round in a circle does not hang the program."""
    register = (party("A", "Aa", member_of=[("B", None, None)]), party("B", "Bb", member_of=[("A", None, None)]))
    assert bound_at("A", dt.date(2031, 1, 1), register) == ("A", "B")
    assert bound_at("NOBODY", dt.date(2031, 1, 1), register) == ("NOBODY",)


def test_both_sides_are_read_by_the_same_rules() -> None:
    """Swap the two parties' names in register and text, and the answers are swapped, nothing else (law 9)."""
    names = {"A": "Council of the North", "B": "Southern Front"}
    calls = {"A": "the savages", "B": "the puppets"}

    def register(order: str) -> tuple[Party, ...]:
        first, second = order
        return (
            party("ONE", names[first], called=[(calls[first], "TWO")], codes=[("seat", f"Town{first}")]),
            party("TWO", names[second], called=[(calls[second], "ONE")], codes=[("seat", f"Town{second}")]),
        )

    def answers(order: str) -> list[tuple[str | None, str]]:
        first, second = order
        mentions = [names[second], calls[second], f"the regime in Town{second}", f"Town{second}", "our men"]
        mentions += [f"fighters of the {names[first]}", f"families of the {names[second]}"]
        made = document(". ".join(mentions), names[first])
        return [(r.party, r.rule) for r in resolve_parties(made, [claim(made, agent=mentions)], register(order))]

    assert answers("AB") == answers("BA")
    assert {p for p, _ in answers("AB")} == {"ONE", "TWO", None}


def test_labels_never_come_from_the_text(varana: tuple[Party, ...]) -> None:
    """Whatever a text calls a party, the answer is an id of the register, and the words stay as used."""
    found = one("the bandits", STAFF, varana)
    by_id = {p.id: p for p in varana}
    assert found.party is not None
    assert by_id[found.party].label == "Seln People's Front"
    assert found.words == "the bandits"


def test_a_register_without_parties_answers_nothing() -> None:
    """An empty register leaves everything open, with reasons."""
    made = document("The Front did it.", BUREAU)
    resolved = resolve_parties(made, [claim(made, agent=["The Front", "issuer"])], ())
    assert all(r.party is None and r.reason for r in resolved)


def test_the_resolution_does_not_hang_on_the_day(varana: tuple[Party, ...]) -> None:
    """A document without a date is resolved too; its names are the same."""
    dated = document("The Front did it.", BUREAU, published="2031-09-02")
    undated = replace(dated, published=None)
    answers = [[r.party for r in resolve_parties(d, [claim(d, agent=["The Front"])], varana)] for d in (dated, undated)]
    assert answers[0] == answers[1] == ["SPF", "SPF"]
