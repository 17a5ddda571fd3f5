"""What the rule reader makes of sentences, as a monitor would write the table."""

import tomllib
from pathlib import Path

import pytest

from pactwatch import statements
from pactwatch.claims import extract
from pactwatch.claims.counts import number_in
from pactwatch.model import Claim, Document, IssuerType

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


def read(text: str, issuer: str | None = "Harrow League", kind: str = "party") -> tuple[Claim, ...]:
    """The claims of a text by the Harrow League."""
    document = Document(id="d", source_sha256="", text=text, issuer=issuer, issuer_type=IssuerType(kind))
    passages, _ = statements.split(document)
    claims, problems = extract(document, passages, (), ())
    assert not problems
    return claims


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_sentence_gives_the_claims_that_the_table_names(case: dict[str, object]) -> None:
    """Each row of the table is found, with the fields that it gives; fields that it leaves out are free."""
    claims = read(str(case["text"]), kind=str(case.get("issuer_type", "party")))
    for wanted in case["claims"]:  # type: ignore[attr-defined]
        assert any(all(plain(c)[k] == v for k, v in wanted.items()) for c in claims), (
            wanted,
            [plain(c) for c in claims],
        )
    for unwanted in case.get("never", []):  # type: ignore[attr-defined]
        assert not any(all(plain(c)[k] == v for k, v in unwanted.items()) for c in claims), unwanted


def plain(claim: Claim) -> dict[str, object]:
    """A claim as the table spells it."""
    return {
        "kind": claim.kind.value,
        "act": claim.act.value,
        "trigger": claim.trigger.text,
        "speaker": claim.speaker.text,
        "agent": [m.text for m in claim.agent],
        "target": [m.text for m in claim.target],
        "places": [m.text for m in claim.places],
        "counts": {c.of: c.value for c in claim.counts},
        "negated": claim.negated,
        "condition": claim.condition.text if claim.condition else None,
    }


def test_a_list_of_acts_is_several_claims_each_with_its_own_target() -> None:
    """ "night raids on civilians, blind aerial bombings": the bombings are an act, not a target, and have no target."""
    found = {c.act.value: c for c in read("The League condemns night raids on civilians, blind aerial bombings.")}
    assert [m.text for m in found["raid"].target] == ["civilians"]
    assert not found["air_strike"].target


def test_a_sentence_and_its_negation_never_give_the_same_claim() -> None:
    """ "shelled" and "did not shell" differ in kind or in `negated`."""
    for plain_text, negated in (
        ("Our units shelled Orsk.", "Our units did not shell Orsk."),
        ("We will attack the bridge.", "We will not attack the bridge."),
        ("The Merland Guard withdrew its tanks from Orsk.", "The Merland Guard did not withdraw its tanks from Orsk."),
    ):
        one = {(c.kind, c.act, c.negated) for c in read(plain_text)}
        other = {(c.kind, c.act, c.negated) for c in read(negated)}
        assert not one & other, (plain_text, one & other)


def test_swapping_the_two_parties_swaps_nothing_but_their_names() -> None:
    """Law 9: the same statement in the other party's mouth gives the same kinds, acts and certainties."""
    text = "The Velden Guard shelled Orsk. Harrow League units released nine prisoners. The Velden Guard must stop."
    swapped = text.replace("Velden Guard", "#").replace("Harrow League", "Velden Guard").replace("#", "Harrow League")
    one = [(c.kind, c.act, c.negated, c.made.certainty) for c in read(text, "Harrow League")]
    other = [(c.kind, c.act, c.negated, c.made.certainty) for c in read(swapped, "Velden Guard")]
    assert one
    assert one == other


def test_an_unrelated_sentence_changes_no_other_claim() -> None:
    """A sentence about the weather in front changes what is found after it in nothing but its place."""
    text = "The Merland Guard shelled Orsk on Monday. We will release the prisoners."
    alone = [(c.kind, c.act, c.trigger.text, c.quote.text, c.agent and c.agent[0].text) for c in read(text)]
    behind = [
        (c.kind, c.act, c.trigger.text, c.quote.text, c.agent and c.agent[0].text)
        for c in read("The sky over the lake was blue. " + text)
    ]
    assert alone == behind


def test_every_claim_says_by_which_rules_it_was_made() -> None:
    """`trace` names rules and words, `made` the reader, its version and a certainty that varies."""
    claims = read("The Merland Guard failed to withdraw its tanks. We released four prisoners. The talks continue.")
    assert all(c.trace and c.made.by == "rules" and c.made.version for c in claims)
    assert any(rule == "mood.failing" and word == "failed" for c in claims for rule, word in c.trace)
    assert len({c.made.certainty for c in claims}) > 1


def test_no_two_claims_of_a_document_share_an_id() -> None:
    """The same words said twice are two claims, and reading again gives the same ids."""
    text = "The Merland Guard shelled Orsk. The Merland Guard shelled Orsk."
    first, again = read(text), read(text)
    assert len({c.id for c in first}) == len(first) >= 2
    assert [c.id for c in first] == [c.id for c in again]


@pytest.mark.parametrize("text", ["", "  \n ", "…", "12.5", "\u0000", "أطلق الحرس النار على القرية.", "Ж" * 500])
def test_odd_texts_are_read_without_an_exception(text: str) -> None:
    """Empty, one sign, another script: nothing breaks."""
    document = Document(id="d", source_sha256="", text=text)
    passages, _ = statements.split(document)
    claims, _ = extract(document, passages, (), ())
    assert all(document.holds(c.quote) for c in claims)


def test_a_hard_wrapped_shouted_bulleted_text_is_quoted_exactly() -> None:
    """Line breaks, capitals and bullets are no obstacle, and stay as they are in the quotes."""
    text = "THE MERLAND GUARD SHELLED THE VILLAGE\nOF ORSK.\n\n  • it abducted two\n    teachers in Tosk\n"
    claims = read(text)
    assert {c.act.value for c in claims} >= {"shelling", "abduction"}
    assert all(text[c.quote.span.start : c.quote.span.end] == c.quote.text for c in claims)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("two dozen", 24),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("3 dozen", 36),
        ("several dozen", None),
        ("two hundred and five", 205),
        ("1,200", 1200),
        ("12 thousand", 12_000),
    ],
)
def test_numbers_are_read_in_words_and_figures(words: str, number: int | None) -> None:
    """A vague number is none."""
    assert number_in(words) == number
