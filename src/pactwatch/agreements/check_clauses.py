"""Checks of single clauses and of their later wordings."""

import re
from collections.abc import Sequence

from pactwatch.agreements import moments, provisions
from pactwatch.agreements.check_ground import area_exists
from pactwatch.agreements.check_head import actors
from pactwatch.agreements.convert import PARTIES
from pactwatch.agreements.deadlines import Deadlines
from pactwatch.agreements.findings import Findings, nearest
from pactwatch.agreements.moments import Clock, NotATime
from pactwatch.agreements.schema import AgreementFile
from pactwatch.agreements.versions import Laid, several
from pactwatch.agreements.wording import AmountTable, LimitTable, PartTable
from pactwatch.model import ClauseRole, Modality

UNITS = ("km", "m", "mm", "minutes", "hours", "days", "weeks", "months", "years", "persons", "items", "times")
"""Words in which a limit may be measured; the last word of its `of`."""

COUNTED = ("killed", "injured", "detained", "released", "displaced", "abducted", "other")
"""What a claim's counts may count."""

FREE_LICENCE = re.compile(r"(CC0|CC-BY(-SA)?|PDM|ODC-BY|ODbL|OGL|Unlicense)\b.*|public domain.*", re.IGNORECASE)
"""Licences under which a text may be kept and passed on. Source: SPDX short names of free licences for texts."""

_OWED = (Modality.MUST, Modality.MUST_NOT, Modality.SHOULD)
_ACTING = (ClauseRole.OBLIGATION, ClauseRole.EXCEPTION)


class ClauseCheck:
    """Checks each version of each clause against the rest of its file."""

    def __init__(self, file: AgreementFile, laid: Sequence[Laid], findings: Findings) -> None:
        self._file = file
        self._findings = findings
        self._clock = Clock(file.zone, file.day_count, file.day_ends, file.hour_count)
        self._deadlines = Deadlines(file, self._clock, laid)
        self._signed = {one.prefix: moments.day(one.signed) for one in file.instrument}

    def check(self, laid: Laid) -> None:
        """Add what is wrong or doubtful in one version of one clause."""
        self._complete(laid)
        self._obligor(laid)
        self._places(laid)
        self._times(laid)
        self._numbers(laid)
        self._touch(laid)
        self._provision(laid)
        for index, part in enumerate(laid.wording.part or ()):
            self._part(part, laid, f"{laid.path}.part[{index}]")

    def _complete(self, laid: Laid) -> None:
        says, path = laid.wording, laid.path
        if not (says.paraphrase or "").strip():
            self._findings.error(
                "agreement-gap", path, f"{laid.id} has no paraphrase", "Say in your words what it says."
            )
        if says.modality is None and (says.role or ClauseRole.OBLIGATION) in _ACTING:
            advice = f"Write one of {', '.join(Modality)}; or a `role` that binds nobody."
            self._findings.error("agreement-gap", f"{path}.modality", f"{laid.id} has no modality", advice)
        if says.text and not FREE_LICENCE.fullmatch(self._file.text_licence.strip()):
            what = f"{laid.id} gives the agreement's own text, and no free `text_licence` allows it"
            advice = "Keep the paraphrase alone, or name at the top the licence under which the text may be kept."
            self._findings.error("agreement-licence", f"{path}.text", what, advice)

    def _obligor(self, laid: Laid) -> None:
        says = laid.wording
        known = actors(self._file)
        for one in says.obligor or ():
            if one != PARTIES and one not in known:
                advice = nearest(one, [PARTIES, *sorted(known)], of="Known")
                what = f"{one!r} is no party and stands in no [[bound]]"
                self._findings.error("agreement-party", f"{laid.path}.obligor", what, advice)
            elif self._never_bound(one):
                what = f"{one} owes {laid.id}, and the file says that it is not bound"
                self._findings.doubt("agreement-party", f"{laid.path}.obligor", what, "Is one of them wrong?")
        if says.modality in _OWED and not says.obligor and says.role is not ClauseRole.EXCEPTION:
            what = f"{laid.id} says {says.modality}, and not who"
            self._findings.doubt("agreement-gap", laid.path, what, "Add `obligor`, or `parties` for all of them.")

    def _never_bound(self, party: str) -> bool:
        told = [one.status for one in self._file.bound if one.party == party]
        return bool(told) and all(status == "not_bound" for status in told)

    def _places(self, laid: Laid) -> None:
        area_exists(laid.wording.area or "", self._file, f"{laid.path}.area", self._findings)
        area_exists(laid.wording.requires_area or "", self._file, f"{laid.path}.requires_area", self._findings)

    def _times(self, laid: Laid) -> None:
        says = laid.wording
        self._period(says.since or "", says.until or "", laid.path)
        self._hours(says.daily or "", f"{laid.path}.daily")
        for words in several(says.deadline):
            self._deadline(words, laid, f"{laid.path}.deadline")

    def _period(self, since: str, until: str, path: str) -> None:
        ends = []
        for field, words in (("since", since), ("until", until)):
            try:
                ends.append(moments.moment(words, self._clock.tz, default=self._clock.day_ends))
            except NotATime as error:
                self._findings.error("agreement-time", f"{path}.{field}", str(error), "")
                return
        if ends[0] and ends[1] and ends[1] < ends[0]:
            what = f"it ends on {until}, before {since}"
            self._findings.error("agreement-time", f"{path}.until", what, "Change one of them.")

    def _hours(self, words: str, path: str) -> None:
        try:
            moments.hours(words)
        except NotATime as error:
            self._findings.error("agreement-time", path, str(error), "")

    def _deadline(self, words: str, laid: Laid, path: str) -> None:
        try:
            due = self._deadlines.of(words, laid)
        except NotATime as error:
            self._findings.error("agreement-deadline", path, str(error), "")
            return
        signed = self._signed[laid.prefix]
        if signed and due.date() < signed:
            what = f"due on {due.date()}, before the signature of {laid.prefix} on {signed}"
            self._findings.error("agreement-deadline", path, what, "Change the deadline or the day of signature.")
        if " hour" in words and "after signature" in words and not self._hour_known(laid.prefix):
            what = f"{words!r} counts hours from a day whose hour is not known: from its end"
            self._findings.doubt("agreement-deadline", path, what, "Add `signed_at` to the instrument.")

    def _hour_known(self, prefix: str) -> bool:
        return any(one.prefix == prefix and one.signed_at for one in self._file.instrument)

    def _numbers(self, laid: Laid) -> None:
        self._limits(laid.wording.limit or (), laid.path)
        for index, one in enumerate(laid.wording.amount or ()):
            self._amount(one, laid, f"{laid.path}.amount[{index}]")

    def _limits(self, limits: Sequence[LimitTable], path: str) -> None:
        for index, one in enumerate(limits):
            unit = one.of.rsplit("_", 1)[-1]
            if unit not in UNITS:
                advice = f"End it with one of {', '.join(UNITS)}, as in `distance_km`."
                self._findings.error("agreement-number", f"{path}.limit[{index}].of", f"{one.of!r} has no unit", advice)

    def _amount(self, table: AmountTable, laid: Laid, path: str) -> None:
        if table.of not in COUNTED:
            advice = nearest(table.of, COUNTED, of="Counted are")
            self._findings.error("agreement-number", f"{path}.of", f"{table.of!r} is not counted in claims", advice)
        if table.party and table.party not in actors(self._file):
            advice = nearest(table.party, sorted(actors(self._file)), of="Known")
            what = f"{table.party!r} is no party and stands in no [[bound]]"
            self._findings.error("agreement-party", f"{path}.party", what, advice)
        if not table.due:
            return
        self._deadline(table.due, laid, f"{path}.due")
        if table.due not in several(laid.wording.deadline):
            what = f"{table.value} {table.of} are due on {table.due!r}, which is no deadline of {laid.id}"
            self._findings.doubt("agreement-number", f"{path}.due", what, "Write the same words in `deadline`.")

    def _touch(self, laid: Laid) -> None:
        """Fields that only work together."""
        says, path = laid.wording, laid.path
        parts = says.part or ()
        words = says.words or any(part.words for part in parts)
        acting = (says.role or ClauseRole.OBLIGATION) in _ACTING
        if acting and not (says.acts or words or any(part.acts for part in parts)):
            what = f"{laid.id} has neither acts nor words: no claim can touch it"
            self._findings.doubt("agreement-gap", path, what, "Add `acts`.")
        if says.only_with and not words:
            what = f"{laid.id} is touched only with its words, and has none"
            self._findings.error("agreement-gap", f"{path}.only_with", what, "Add `words`, or take `only_with` out.")
        if says.open_acts and not says.reading:
            what = f"{laid.id} leaves acts open, and does not say why"
            self._findings.doubt("agreement-gap", f"{path}.open_acts", what, "Add `reading`.")

    def _provision(self, laid: Laid) -> None:
        table = laid.wording.provision
        if table is None:
            return
        for field, value, known in (("pa_x", table.pa_x, provisions.PA_X), ("kroc", table.kroc, provisions.KROC)):
            if value and value not in known:
                what = f"{value!r} is no name that Pactwatch knows"
                advice = nearest(value, known, of="Known")
                self._findings.doubt("agreement-provision", f"{laid.path}.provision.{field}", what, advice)

    def _part(self, part: PartTable, laid: Laid, path: str) -> None:
        for field, name in (("area", part.area), ("requires_area", part.requires_area)):
            area_exists(name, self._file, f"{path}.{field}", self._findings)
        self._period(part.since, part.until, path)
        self._hours(part.daily, f"{path}.daily")
        for words in several(part.deadline):
            self._deadline(words, laid, f"{path}.deadline")
        self._limits(part.limit, path)
