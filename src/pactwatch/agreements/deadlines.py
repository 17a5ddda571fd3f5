"""Deadlines of one file: those that are written out, and those counted from a signature, a day or another clause."""

import datetime as dt
from collections.abc import Sequence

from pactwatch.agreements import moments
from pactwatch.agreements.moments import Clock, NotATime
from pactwatch.agreements.schema import AgreementFile, InstrumentTable
from pactwatch.agreements.versions import Laid, instruments, several

_SIGNATURE = "signature"
_FORCE = "entry into force"


class Deadlines:
    """Counts the deadlines of a file by that file's own rule."""

    def __init__(self, file: AgreementFile, clock: Clock, laid: Sequence[Laid]) -> None:
        self._instruments = instruments(file)
        self._clock = clock
        self._laid: dict[str, list[Laid]] = {}
        for one in laid:
            self._laid.setdefault(one.id, []).append(one)
        self._open: list[str] = []

    def of(self, words: str, laid: Laid) -> dt.datetime:
        """Return when a deadline of that version of a clause falls; `NotATime` says what is wrong with the words."""
        return moments.deadline(words, self._clock, lambda anchor: self._anchor(anchor, laid))

    def _anchor(self, anchor: str, laid: Laid) -> dt.datetime:
        event, _, prefix = anchor.partition(" of ")
        if event in (_SIGNATURE, _FORCE):
            return self._event(event, prefix or laid.prefix)
        if anchor in self._laid:
            return self._only_deadline(anchor, laid.version)
        found = moments.moment(anchor, self._clock.tz, default=dt.time(0, 0)) if anchor[:1].isdigit() else None
        if found is None:
            raise NotATime(
                f"{anchor!r} is nothing to count from; write `signature`, `entry into force`, a day, or the id of a "
                "clause that has a deadline"
            )
        return found

    def _event(self, event: str, prefix: str) -> dt.datetime:
        if prefix not in self._instruments:
            raise NotATime(f"there is no instrument {prefix!r}; there are {', '.join(self._instruments)}")
        instrument = self._instruments[prefix]
        day = moments.day(instrument.signed if event == _SIGNATURE else instrument.in_force)
        if day is None:
            raise NotATime(f"the file does not say when {prefix} enters into force; add `in_force` to it")
        return dt.datetime.combine(day, self._hour(event, instrument), self._clock.tz)

    def _hour(self, event: str, instrument: InstrumentTable) -> dt.time:
        """The hour of signature where known; else the end of that day, so that no deadline comes out too early."""
        known = event == _SIGNATURE and instrument.signed_at
        return moments.hour(instrument.signed_at) if known else self._clock.day_ends

    def _only_deadline(self, clause_id: str, on: dt.date) -> dt.datetime:
        if clause_id in self._open:
            raise NotATime(f"deadlines that are counted from each other: {' → '.join([*self._open, clause_id])}")
        versions = self._laid[clause_id]
        laid = next((one for one in reversed(versions) if one.version <= on), versions[0])
        words = several(laid.wording.deadline)
        if len(words) != 1:
            raise NotATime(f"{clause_id} has {len(words) or 'no'} deadlines; name the day to count from")
        self._open.append(clause_id)
        try:
            return self.of(words[0], laid)
        finally:
            self._open.pop()
