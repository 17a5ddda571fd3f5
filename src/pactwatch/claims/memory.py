"""What the reader remembers of the sentences before: who was named, which act, which place; for words that refer
back.
"""

from dataclasses import dataclass, field

from pactwatch.model import Act, Mention


@dataclass(slots=True)
class Told:
    """An act already told, as later sentences may refer to it."""

    act: Act
    agent: tuple[Mention, ...]
    target: tuple[Mention, ...]
    places: tuple[Mention, ...]
    time: Mention | None
    sentence: int
    harmful: bool
    by_other: bool = False


@dataclass(slots=True)
class Memory:
    """Grows with each sentence of a statement; a new statement starts a new one."""

    sentence: int = 0
    acts: list[Told] = field(default_factory=list)
    named: list[tuple[int, Mention]] = field(default_factory=list)
    speaker: Mention | None = None
    open_quote: Mention | None = None
    people: dict[str, Mention] = field(default_factory=dict)

    def last_act(self, within_sentences: int, *, harmful: bool | None = None) -> Told | None:
        """Return the latest act told within so many sentences."""
        for told in reversed(self.acts[-12:]):
            if self.sentence - told.sentence > within_sentences:
                return None
            if harmful is None or told.harmful is harmful:
                return told
        return None

    def adversary(self, within_sentences: int) -> tuple[Mention, ...]:
        """Return the agent of the latest harm that was laid at another's door within so many sentences."""
        for told in reversed(self.acts[-12:]):
            if self.sentence - told.sentence > within_sentences:
                break
            if told.harmful and told.by_other and told.agent:
                return told.agent
        return ()

    def last_places(self, within_sentences: int) -> tuple[Mention, ...]:
        """Return the places of the latest act told with any within so many sentences."""
        for told in reversed(self.acts[-8:]):
            if self.sentence - told.sentence > within_sentences:
                break
            if told.places:
                return told.places
        return ()

    def last_named(self, within_sentences: int) -> Mention | None:
        """Return the participant named last as a subject within so many sentences."""
        if self.named and self.sentence - self.named[-1][0] <= within_sentences:
            return self.named[-1][1]
        return None
