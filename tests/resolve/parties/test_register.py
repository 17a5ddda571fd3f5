"""Register files: read strictly, laid over each other, neutral in their labels."""

from pathlib import Path

import pytest

from pactwatch.errors import HandwrittenFileError, InputError, UnknownName
from pactwatch.model import Party, PartyKind
from pactwatch.resolve.parties import builtin_register, builtin_registers, merge_registers, read_register

from .making import party

GOOD = """register = "test"

[[party]]
id = "NORTH"
label = "Northern Council"
own_name = "Council of the North"
kind = "armed_group"
names = ["the Council"]
seats = ["Mirn"]
demonyms = ["Northern"]

[[party]]
id = "GUARD"
label = "River Guard"
own_name = "River Guard"
kind = "militia"
member_of = [{ of = "NORTH", since = 2031-01-01, source = "its own statement" }]
called = [{ name = "the rabble", used_by = "NORTH", loaded = true }]
"""


def read(folder: Path, text: str) -> tuple[Party, ...]:
    """The parties of that text."""
    path = folder / "register.toml"
    path.write_text(text, encoding="utf-8")
    return read_register(path)


def test_a_register_is_read_in_full(tmp_path: Path) -> None:
    """Names, users, memberships with their days, seats and demonyms all arrive."""
    north, guard = read(tmp_path, GOOD)
    assert (north.id, north.kind, north.label) == ("NORTH", PartyKind.ARMED_GROUP, "Northern Council")
    assert set(north.codes) == {("seat", "Mirn"), ("demonym", "Northern")}
    assert guard.member_of[0].of == "NORTH"
    assert str(guard.member_of[0].since) == "2031-01-01"
    (called,) = guard.aliases
    assert (called.name, called.used_by, called.loaded) == ("the rabble", "NORTH", True)


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ('names = ["the Council"]', 'nmaes = ["the Council"]', "nmaes", "did you mean `names`"),
        ('kind = "militia"', 'kind = "gang"', "kind", "gang"),
        ('id = "GUARD"', 'id = "NORTH"', "id", "already"),
        ('of = "NORTH", since', 'of = "NROTH", since', "member_of", "did you mean 'NORTH'"),
        ('used_by = "NORTH"', 'used_by = "SOUHT"', "called", "SOUHT"),
        ('own_name = "River Guard"', 'own_name = "the Council"', "names", "used_by"),
        ('label = "River Guard"\n', "", "", "label"),
        ("since = 2031-01-01", "since = 2031-01-01, until = 2030-01-01", "member_of", "before"),
        ('["the Council"]', '["..."]', "names", "no letter"),
        ('id = "GUARD"', 'id = "THE GUARD"', "id", "blanks"),
    ],
)
def test_a_mistake_is_named_with_line_and_field(tmp_path: Path, old: str, new: str, field: str, words: str) -> None:
    """Whatever is wrong, the message says in which file, in which line and field, and what is nearest to it."""
    assert old in GOOD
    with pytest.raises(HandwrittenFileError) as caught:
        read(tmp_path, GOOD.replace(old, new))
    error = caught.value
    assert words in str(error)
    assert error.line is not None
    assert error.file.endswith("register.toml")
    if field:
        assert (error.field or "").startswith("party")


def test_the_same_epithet_may_mean_two_parties_in_two_mouths(tmp_path: Path) -> None:
    """Each side may call the other one thing; only the same word in the same mouth is a mistake."""
    text = GOOD.replace('seats = ["Mirn"]', 'called = [{ name = "the rabble", used_by = "GUARD", loaded = true }]')
    assert len(read(tmp_path, text)) == 2


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    """A wrong path stops the run with the path in the message."""
    with pytest.raises(InputError, match=r"nowhere\.toml"):
        read_register(tmp_path / "nowhere.toml")


def test_the_shipped_registers_are_listed_and_read() -> None:
    """Every register that is listed can be read; an unknown one names what there is."""
    assert builtin_registers() == ["varana", "world"]
    assert all(builtin_register(name) for name in builtin_registers())
    with pytest.raises(UnknownName, match="varana, world"):
        builtin_register("vrana")


def test_the_world_has_states_bodies_and_armed_actors(world: tuple[Party, ...]) -> None:
    """All states of ISO 3166-1 are there under their codes, and a good number of armed actors."""
    by_id = {p.id: p for p in world}
    assert {"USA", "AFG", "FRA", "TUV"} <= {p.id for p in world if p.kind is PartyKind.STATE}
    assert by_id["TALIBAN"].label == "the Taliban"
    assert by_id["AFG-GOV"].kind is PartyKind.GOVERNMENT
    assert sum(p.kind is PartyKind.ARMED_GROUP for p in world) > 80


def test_every_membership_leads_to_a_party(world: tuple[Party, ...], varana: tuple[Party, ...]) -> None:
    """No entry of a shipped register belongs to, or is named by, somebody who is not in it."""
    for register in (world, varana):
        ids = {p.id for p in register}
        assert len(ids) == len(register)
        assert {m.of for p in register for m in p.member_of} <= ids
        assert {a.used_by for p in register for a in p.aliases if a.used_by} <= ids


def test_no_label_is_an_epithet(varana: tuple[Party, ...]) -> None:
    """A word marked as loaded never stands as a label or as anybody's own name."""
    loaded = {a.name.casefold().removeprefix("the ") for p in varana for a in p.aliases if a.loaded}
    for entry in varana:
        assert entry.label.casefold().removeprefix("the ") not in loaded, entry.id
        assert entry.own_name.casefold().removeprefix("the ") not in loaded, entry.id


def test_every_entry_says_where_it_is_from(varana: tuple[Party, ...]) -> None:
    """Each entry has a source line, also where that says that it is recalled."""
    assert all(p.source for p in varana)


def test_a_case_entry_replaces_the_generic_one() -> None:
    """The later register's entry of the same id stands alone; others stay."""
    merged = merge_registers([party("A", "Old Name"), party("B", "Other")], [party("A", "New Name")])
    assert {p.id: p.own_name for p in merged} == {"A": "New Name", "B": "Other"}


def test_a_case_takes_a_common_name_from_the_generic_register() -> None:
    """`the Mission` is the case's own mission, whatever else bears the name."""
    generic = party("GENERIC", "Some Other Mission", names=["the Mission"])
    own = party("OWN", "Monitoring Mission", PartyKind.MONITOR, names=["the Mission"])
    merged = {p.id: p for p in merge_registers([generic], [own])}
    assert merged["GENERIC"].aliases == ()
    assert [a.name for a in merged["OWN"].aliases] == ["the Mission"]
