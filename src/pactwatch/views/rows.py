"""Rows and lines for the terminal: plain strings, nothing of how they are drawn."""

from dataclasses import dataclass

from pactwatch.model import TIME_OF_DAY, Claim, Quantity, Reading
from pactwatch.views.findings import certainty_text
from pactwatch.views.lookup import Lookup, in_order, of_reading
from pactwatch.views.told import OWN_SIDE, Named, four_times, participants, places, speaker
from pactwatch.views.wording import act_name, quoted, when_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One claim as a table row. `quantities` are read as "18 howitzer", with their words; `trace` says which rule saw
    which words, `made` which reader.
    """

    says: str
    kind: str
    act: str
    words: str
    agent: str
    target: str
    place: str
    time: str
    certainty: str
    made: str
    quantities: tuple[str, ...] = ()
    trace: tuple[tuple[str, str], ...] = ()

    def cells(self) -> tuple[str, ...]:
        """Return eight cells: who says it, kind and act, in these words, by, to, where, when, how sure."""
        return (
            self.says,
            f"{self.kind} · {self.act}",
            self.words,
            self.agent,
            self.target,
            self.place,
            self.time,
            self.certainty,
        )


def claim_rows(reading: Reading) -> tuple[ClaimRow, ...]:
    """Return a reading's claims as rows, in the order of the text: `X says`, then what, in its exact words."""
    lookup = of_reading(reading)
    return tuple(_row(claim, lookup) for claim in in_order(reading))


def _row(claim: Claim, lookup: Lookup) -> ClaimRow:
    happened = four_times(claim, lookup)[0]
    return ClaimRow(
        says=f"{speaker(claim, lookup).label} says",
        kind=claim.kind.value,
        act=act_name(claim.act) + (" (negated)" if claim.negated else ""),
        words=quoted(claim.quote.text),
        agent="; ".join(_named(one) for one in participants(claim, "agent", lookup)),
        target="; ".join(_named(one) for one in participants(claim, "target", lookup)),
        place="; ".join(
            one.text if one.resolved else f"{quoted(one.words)} {one.text}" for one in places(claim, lookup)
        ),
        time=happened.text if happened.when.edtf else quoted(happened.words) if happened.words else "",
        certainty=certainty_text(claim.made.certainty),
        made=f"{claim.made.by} {claim.made.version}",
        quantities=tuple(_quantity(one) for one in claim.quantities),
        trace=claim.trace,
    )


def _named(one: Named) -> str:
    return one.label if one.label == OWN_SIDE or not one.words else quoted(one.words)


def _quantity(one: Quantity) -> str:
    value = "–".join(str(end) for end in one.value) if isinstance(one.value, tuple) else str(one.value)
    read = value if one.unit == TIME_OF_DAY else f"{value} {one.unit}"
    mark = f"{one.mark.value.replace('_', ' ')} " if one.mark else ""
    return f"{mark}{read} ({quoted(one.quote.text)})"


def dating_lines(reading: Reading) -> tuple[str, ...]:
    """Return what header and text say of the document's date; both, with the evidence, where they disagree (law 3)."""
    dating = reading.dating
    header = reading.document.published or "none"
    if dating.agrees is None:
        lines = [f"date in its header: {header}; nothing in the text says when it was written"]
    elif dating.agrees:
        lines = [f"date in its header: {header}; the text agrees: {when_text(dating.written)}"]
    else:
        lines = [
            "header and text disagree on the date",
            f"its header says: {header}",
            f"its text says: written {when_text(dating.written)}",
        ]
    if dating.written.reason and dating.written.edtf is not None:
        lines.append(f"assumed: {dating.written.reason}")
    if dating.agrees is not True:
        lines += [f"{quoted(words.text)}: {why}" for words, why in dating.evidence]
    return tuple(lines)
