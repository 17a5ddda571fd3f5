"""What the network is shown: every sentence once, at exact places, and no names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.claims.party_names import Known, known_parties
from pactwatch.claims.trained.names import names_in, own_names
from pactwatch.claims.trained.windows import (
    LONGEST_BEFORE,
    LONGEST_HEAD,
    LONGEST_HOME,
    LONGEST_SENTENCE,
    Speaker,
    windows,
)
from pactwatch.model import Alias, Party, PartyKind

SPEAKER = Speaker("party", "General Staff of the Harrow League", "")
TEXT = "The Harrow League shelled Anor. Merrick denied it. The army of Lowmark withdrew from the bridge."


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a plain text stand, one for each full stop."""
    ends = [n + 1 for n, c in enumerate(text) if c == "."] or [len(text)]
    return list(zip([0, *ends], ends, strict=False))


def test_every_sentence_has_one_home() -> None:
    """Whatever the lengths, each sentence is decided about exactly once, in order."""
    text = " ".join(
        f"Unit {n} of the League fired {n} rounds at the mill{' and the ford' * (n % 40)}." for n in range(90)
    )
    homes = [n for window in windows(text, sentences(text), SPEAKER) for n in window.sentences]
    assert homes == list(range(90))


def test_a_window_stays_short() -> None:
    """A list of two thousand places costs no more memory than a page."""
    text = "Shelled were " + ", ".join(f"Village{n}" for n in range(2000)) + ". They left."
    most = LONGEST_HEAD + LONGEST_BEFORE + max(LONGEST_HOME, LONGEST_SENTENCE) + 3
    assert all(len(window.ids) <= most for window in windows(text, sentences(text), SPEAKER))


def test_words_are_found_at_their_pieces() -> None:
    """A stretch of the document leads to the pieces that stand for it, and to nothing outside the window."""
    (window,) = windows(TEXT, sentences(TEXT), SPEAKER)
    start = TEXT.index("withdrew")
    first, last = window.pieces(start, start + len("withdrew")) or (0, 0)
    assert window.places[first][0] == start
    assert window.places[last][1] == start + len("withdrew")
    assert window.pieces(len(TEXT) + 5, len(TEXT) + 9) is None


@given(st.text(min_size=1, max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_has_windows_with_places_inside_it(text: str) -> None:
    """Combining marks, right-to-left letters, controls: pieces never stand outside the text."""
    for window in windows(text, [(0, len(text))], SPEAKER):
        for start, end in window.places[window.body :]:
            assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize(("one", "other"), [("Lowmark", "Ostrava"), ("Merrick", "Abd al-Karim"), ("Anor", "Xi")])
def test_the_network_never_sees_who_is_who(one: str, other: str) -> None:
    """Law 9: another name of one word in the same place is the same input."""
    if " " in other:
        other = other.split()[0]
    there = windows(TEXT, sentences(TEXT), SPEAKER)
    text = TEXT.replace(one, other)
    back = windows(text, sentences(text), SPEAKER)
    assert [w.ids for w in there] == [w.ids for w in back]


def test_the_speakers_own_name_is_shown_as_its_own() -> None:
    """Own and other are told apart, whoever they are: swap issuer and text, and the input is the same."""
    text = "Harrow shelled Lowmark."
    swapped = "Lowmark shelled Harrow."
    there = windows(text, [(0, len(text))], Speaker("party", "Harrow"))
    back = windows(swapped, [(0, len(swapped))], Speaker("party", "Lowmark"))
    stranger = windows(text, [(0, len(text))], Speaker("party", "Lowmark"))
    assert [w.ids for w in there] == [w.ids for w in back]
    assert [w.ids for w in there] != [w.ids for w in stranger]


def test_common_words_in_capitals_are_no_names() -> None:
    """A heading in capitals keeps its words; months and offices stay."""
    text = "ARMY SHELLS TOWN. On Monday the Minister of Defence met Merrick in May."
    assert [text[a:b] for a, b, _ in names_in(text, 0, len(text), Known())] == ["Merrick"]


def test_a_party_of_the_register_is_hidden_whatever_words_its_name_is_made_of() -> None:
    """ "The Front" and "the Government" are names where the register says so; else they are words like others."""
    parties = [
        Party(
            id="front",
            label="Seln People's Front",
            own_name="Seln People's Front",
            kind=PartyKind.ARMED_GROUP,
            aliases=(Alias(name="the Front"),),
        ),
        Party(
            id="state",
            label="Republic of Varana",
            own_name="Republic of Varana",
            kind=PartyKind.GOVERNMENT,
            aliases=(Alias(name="the Government"),),
        ),
    ]
    known = known_parties(parties)
    one, other = "The Front shelled the Government's positions.", "The Government shelled the Front's positions."
    front, state = (Speaker("party", p.own_name, "", known) for p in parties)
    assert windows(one, [(0, len(one))], front)[0].ids[-9:] == windows(other, [(0, len(other))], state)[0].ids[-9:]
    assert windows(one, [(0, len(one))], front)[0].ids[-9:] != windows(one, [(0, len(one))], state)[0].ids[-9:]


def test_initials_name_the_speaker() -> None:
    """ "HLA" is the Harrow Liberation Army's own."""
    assert {"hla", "harrow"} <= own_names("Harrow Liberation Army")
