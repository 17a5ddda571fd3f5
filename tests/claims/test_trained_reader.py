"""What the trained reader promises beyond what is measured: exact words, the same answer twice, no side taken."""

from collections import Counter
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch import statements
from pactwatch.claims import extract
from pactwatch.claims.trained import network as network_module
from pactwatch.claims.trained.network import Network
from pactwatch.errors import MissingPart
from pactwatch.model import Claim, Document, IssuerType, Kind

TEXT = (
    "On 9 May units of the Lowmark Army shelled the village of Anor, killing two civilians. "
    "The League denies that its fighters fired first. The Lowmark Army must withdraw its guns from the bridge. "
    "If the shelling goes on, we will answer. The League will release ninety prisoners on Monday."
)


def read(text: str, issuer: str | None = "Harrow League", kind: str = "party") -> tuple[Claim, ...]:
    """The claims of a text, by the trained reader."""
    document = Document(id="d", source_sha256="", text=text, issuer=issuer, issuer_type=IssuerType(kind))
    claims, problems = extract(document, statements.split(document)[0], (), (), reader="trained")
    assert not problems
    return claims


def test_a_party_s_bulletin_gives_one_claim_of_each_kind_it_makes() -> None:
    """Accusation, denial, demand, threat and promise of one short bulletin are told apart."""
    found = {(c.kind, c.act.value) for c in read(TEXT)}
    wanted = {
        (Kind.ACCUSATION, "shelling"),
        (Kind.DEMAND, "withdrawal"),
        (Kind.THREAT, "armed_attack"),
        (Kind.COMMITMENT, "prisoner_release"),
    }
    assert wanted <= found
    assert any(kind is Kind.DENIAL for kind, _ in found)


def test_a_monitor_reports_what_a_party_would_accuse_of() -> None:
    """The same words are a report in a monitor's voice."""
    words = "On 9 May units of the Lowmark Army shelled the village of Anor, killing two civilians."
    (monitor,) = {c.kind for c in read(words, "Truce Observation Mission", "monitor") if c.act.value == "shelling"}
    assert monitor is Kind.REPORT


def test_the_same_text_gives_the_same_claims() -> None:
    """Nothing is left to chance."""
    assert read(TEXT) == read(TEXT)


def test_each_claim_says_what_made_it() -> None:
    """The trace holds the rule's words and the network's own probabilities; the version is the model's."""
    card = network_module.network().card
    for claim in read(TEXT):
        names = {name for name, _ in claim.trace}
        assert {"network.there", "network.kind", "network.act"} <= names
        assert claim.made.by == "trained"
        assert claim.made.version == card["version"]
        assert 0.01 <= claim.made.certainty <= 0.99


def test_another_party_s_name_in_the_same_place_changes_nothing() -> None:
    """Law 9: what is found of one army is found of any other."""

    def shape(claims: tuple[Claim, ...]) -> Counter[tuple[str, str, str, float]]:
        return Counter((c.kind.value, c.act.value, c.trigger.text, c.made.certainty) for c in claims)

    assert shape(read(TEXT)) == shape(read(TEXT.replace("Lowmark", "Ostrav")))


@given(st.text(max_size=200))
@settings(max_examples=25, deadline=None)
def test_any_text_is_read_and_quoted_exactly(text: str) -> None:
    """Whatever the letters, no exception, and every quote stands at its place."""
    for claim in read(text):
        assert text[claim.quote.span.start : claim.quote.span.end] == claim.quote.text
        assert claim.quote.span.contains(claim.trigger.span)


def test_a_missing_model_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its file the reader names the way to get it."""
    monkeypatch.setattr(network_module, "FOLDER", ("nowhere",))
    with pytest.raises(MissingPart, match="make train"):
        Network()


def test_the_model_file_names_its_data_and_its_figures() -> None:
    """Who uses the model can see what it was trained on and how well it did, from the package alone."""
    card = resources.files("pactwatch.data").joinpath("reader", "CARD.md").read_text(encoding="utf-8")
    for word in ("Licence", "Trained on", "Calibration", "make train"):
        assert word in card
