"""What the words of one clause of a text signal: who owes, must or must not, what act, by when. Nothing is made up."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pactwatch.model import Act, Modality

MONTHS = list(calendar.month_name)[1:]
_MONTH = "|".join(MONTHS)
_DATE = rf"\d{{1,2}}\s+(?:{_MONTH})(?:\s+\d{{4}})?"
_DATES = re.compile(rf"{_DATE}(?:(?:,|\s+and|,\s+and)\s+{_DATE})*(?P<at>\s+at\s+\d{{1,2}}:\d{{2}})?")
_ONE = re.compile(rf"(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}}))?")
_DUE = re.compile(r"(?:\bby|\bnot later than|\bno later than|\bon|\bbefore)\s+$", re.IGNORECASE)
_FROM = re.compile(r"(?:\bfrom|\bas from|\bas of|\bstarting on)\s+$", re.IGNORECASE)
_WITHIN = re.compile(
    r"\bwithin (?P<n>\d+) (?P<unit>hours?|days?|weeks?|months?) (?:of|after|from) (?:the )?"
    r"(?P<anchor>signature|entry into force)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.:])\d[\d,]*(?:\.\d+)?(?:\s*(?:km|m|mm|hours?|days?|per cent|%))?\b")
_REFERENCE = re.compile(
    r"\b(?:Article|paragraph|Annex|Part|Section)s?\s+[\dA-Z]+(?:\(\w\))?(?:\s*(?:to|and|,)\s*\d+)*", re.IGNORECASE
)

_MODALS: tuple[tuple[Modality, re.Pattern[str]], ...] = (
    (
        Modality.MUST_NOT,
        re.compile(
            r"\b(?:shall|must|may|will|can) (?:not|in no case|never)\b"
            r"|\b(?:is|are) (?:prohibited|forbidden|not permitted)\b|\b(?:refrain|desist) from\b"
            r"|\b(?:neither|no) \w+(?: \w+){0,3} (?:shall|may)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Modality.MUST,
        re.compile(r"\b(?:shall|must|undertakes? to|commits? to|agrees? to|is to|are to|will)\b", re.IGNORECASE),
    ),
    (Modality.SHOULD, re.compile(r"\bshould\b", re.IGNORECASE)),
    (Modality.MAY, re.compile(r"\bmay\b|\b(?:is|are) permitted\b|\bis entitled to\b", re.IGNORECASE)),
)

_ACTS: tuple[tuple[Act, str], ...] = (
    (Act.CEASEFIRE, r"ceasefire|cease[- ]fire|cease (?:all )?(?:hostilities|fire)|cessation of hostilities"),
    (Act.SHELLING, r"shell(?:ing|s)\b|bombardment|firing of heavy weapons|artillery fire"),
    (Act.AIR_STRIKE, r"air ?strikes?|aerial (?:attack|bomb)|combat aircraft"),
    (Act.BOMBING, r"\bmines?\b|explosive device|booby"),
    (Act.ARMED_ATTACK, r"\battacks?\b|hostilities|discharge[sd]? .{0,30}weapon|weapon .{0,20}discharged"),
    (Act.ABDUCTION, r"abduct|hostage|kidnap|enforced disappearance"),
    (Act.DETENTION, r"arbitrary arrest|\bdetain|detention"),
    (Act.TORTURE, r"torture|ill-treatment|inhuman treatment"),
    (Act.SEXUAL_VIOLENCE, r"sexual violence|\brape\b"),
    (Act.DESTRUCTION, r"burning|loot|destruction|demolition"),
    (Act.DISPLACEMENT, r"displac|expulsion"),
    (Act.OBSTRUCTION, r"obstruct|impede|checkpoint|restrict"),
    (Act.WITHDRAWAL, r"withdraw|\bleave the\b|vacate|demilitari"),
    (Act.TROOP_MOVEMENT, r"reinforce|troops? (?:shall )?move|no troops|redeploy|fortif|flights? of"),
    (Act.PRISONER_RELEASE, r"\breleas|exchange of (?:prisoner|detainee|captive)s"),
    (Act.AMNESTY, r"amnesty|not prosecute|immunity from prosecution"),
    (Act.AID, r"humanitarian|\brelief\b"),
    (Act.MONITORING, r"monitor|inspect|verif|observer mission"),
    (Act.INVESTIGATION, r"investigat|inquiry|prosecut"),
    (Act.RECRUITMENT, r"recruit|conscript"),
    (Act.ARMS_SUPPLY, r"(?:supply|deliver|transfer)\w* .{0,40}(?:arms|weapons|ammunition)"),
    (Act.NEGOTIATION, r"negotiat|\btalks\b|dialogue"),
    (Act.SANCTION, r"sanction"),
)  # fmt: skip

_AMENDS = re.compile(
    r"\bIn (?P<where>Article \w+(?:\(\w\))?(?:, paragraph \d+)?(?:\(\w\))?).{0,80}?"
    r"(?:is replaced by|are replaced by|there is added|is deleted|is added|shall read|is amended)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What was read in a clause; `unread` names what was seen and not understood, for a person to look at."""

    modality: Modality | None
    obligor: tuple[str, ...]
    acts: tuple[Act, ...]
    deadlines: tuple[str, ...]
    since: str
    amends: str
    defines: bool
    unread: tuple[str, ...]


def signals(words: str, lead: str, parties: Mapping[str, str], year: int | None) -> Signals:
    """Return what a clause's words signal. `parties` maps the names in the text to ids, longer names first.

    `year` is that of signature, for dates that name none; such a date is left unread where it is None.
    """
    amends = _AMENDS.search(words)
    modality = next((one for text in (lead, words) if text for one, seen in _MODALS if seen.search(text)), None)
    dated = [one for found in _DATES.finditer(words) for one in _dates(found, words, year)]
    deadlines = [moment for role, moment in dated if role == "due"]
    deadlines += [f"{one['n']} {one['unit'].lower()} after {one['anchor'].lower()}" for one in _WITHIN.finditer(words)]
    since = next((moment for role, moment in dated if role == "from"), "")
    return Signals(
        modality=modality,
        obligor=_obligor(words, lead, parties),
        acts=tuple(dict.fromkeys(act for act, seen in _ACTS if re.search(seen, words, re.IGNORECASE))),
        deadlines=tuple(deadlines),
        since=since,
        amends=amends["where"] if amends else "",
        defines=bool(re.match(r'^["“].+?["”] (?:means|refers to)\b', words)),
        unread=(*(f"the date {one!r}" for role, one in dated if role == "unread"), *_numbers(words)),
    )


def _obligor(words: str, lead: str, parties: Mapping[str, str]) -> tuple[str, ...]:
    """Who stands before the verb: all Parties, or those that are named; none where neither does."""
    subject = re.split(r"\b(?:shall|must|may|will|should|undertakes?|agrees?|commits?)\b", lead or words, maxsplit=1)[0]
    if re.search(r"\b(?:the|both|each|either|neither|a) part(?:y|ies)\b|\bforces\b", subject, re.IGNORECASE):
        return ("parties",)
    named = [one for name, one in parties.items() if re.search(rf"\b{re.escape(name)}\b", subject)]
    if not named and re.search(r"\b(?:is|are) (?:prohibited|forbidden)\b", lead or words, re.IGNORECASE):
        return ("parties",)
    return tuple(dict.fromkeys(named))


def _dates(found: re.Match[str], words: str, year: int | None) -> list[tuple[str, str]]:
    """Each date of a run with its role: `due`, `from`, or `unread`; the run's last year counts for all of it."""
    before = words[max(0, found.start() - 20) : found.start()]
    role = "due" if _DUE.search(before) else "from" if _FROM.search(before) else "unread"
    ones = list(_ONE.finditer(found[0]))
    years = [int(one["year"]) for one in ones if one["year"]]
    known = years[-1] if years else year
    hour = (found["at"] or "").replace("at", "").strip()
    out = []
    for one in ones:
        moment = _day(one, int(one["year"]) if one["year"] else known)
        if moment is None or role == "unread":
            out.append(("unread", one[0]))
        else:
            out.append((role, f"{moment} {hour.zfill(5)}" if hour else moment))
    return out


def _day(one: re.Match[str], year: int | None) -> str | None:
    try:
        return dt.date(year or 0, MONTHS.index(one["month"].capitalize()) + 1, int(one["day"])).isoformat()
    except ValueError:
        return None


def _numbers(words: str) -> list[str]:
    """Numbers that are neither a date, an hour nor a reference: what they limit or count was not read."""
    rest = _WITHIN.sub(" ", _REFERENCE.sub(" ", _DATES.sub(" ", words)))
    rest = re.sub(r"\d{1,2}:\d{2}", " ", rest)
    found = list(dict.fromkeys(one[0].strip() for one in _NUMBER.finditer(rest)))
    return [f"the number {one!r}" for one in found]
