"""Kind = what is done by saying it × what the act is × whose side its agent is on. Nothing here knows a party."""

from dataclasses import dataclass

from pactwatch.claims.forms import Form
from pactwatch.claims.sides import Side
from pactwatch.model import Act, IssuerType, Kind


@dataclass(frozen=True, slots=True)
class Factors:
    """What a kind is made of. `harmful` and `conciliatory` already count a duty not done ("failed to release") as
    harmful.
    """

    form: Form
    side: Side
    harmful: bool
    conciliatory: bool
    negated: bool
    failed: bool
    voice: IssuerType
    own_voice: bool
    blamed: bool
    conditional: bool
    act: Act


def kind_of(f: Factors) -> tuple[Kind, str]:
    """Return the kind and the id of the rule that gave it."""
    if f.form is Form.DEMAND:
        return (Kind.COMMITMENT, "kind.own-duty") if f.side is Side.OWN else (Kind.DEMAND, "kind.demand")
    if f.form is Form.DENIAL:
        return Kind.DENIAL, "kind.denied"
    if f.form is Form.THREAT:
        return Kind.THREAT, "kind.threatened"
    if f.form in (Form.PROMISE, Form.FUTURE, Form.POSSIBILITY):
        return _ahead(f)
    if f.form is Form.ADMISSION:
        return _admitted(f)
    return _asserted(f)


def _ahead(f: Factors) -> tuple[Kind, str]:
    """Promises, announcements and forecasts."""
    if f.side is Side.OWN or (f.form is Form.PROMISE and f.side is Side.NONE):
        harmful = (f.harmful and not f.negated and f.act not in _PEACEFUL) or (f.conciliatory and f.negated)
        return (Kind.THREAT, "kind.own-harm-ahead") if harmful else (Kind.COMMITMENT, "kind.own-promise")
    if f.form is Form.PROMISE:
        return (
            (Kind.THREAT, "kind.promised-harm") if f.harmful and not f.negated else (Kind.COMMITMENT, "kind.promised")
        )
    if f.harmful and not f.negated:
        return Kind.THREAT, "kind.harm-ahead"
    if f.conciliatory and f.negated:
        return Kind.THREAT, "kind.good-withheld"
    return (Kind.COMMITMENT, "kind.conditional") if f.conditional else (Kind.COMMITMENT, "kind.forecast")


_PEACEFUL = frozenset({Act.SANCTION, Act.OTHER, Act.GOVERNANCE, Act.TROOP_MOVEMENT})


def _admitted(f: Factors) -> tuple[Kind, str]:
    if f.side is Side.OTHER and f.harmful and f.own_voice:
        return Kind.ACCUSATION, "kind.acknowledged-of-others"
    if f.side is Side.OTHER and not f.own_voice:
        return Kind.ADMISSION, "kind.admitted"
    if f.conciliatory and not f.negated:
        return Kind.COMPLIANCE, "kind.confirmed-own-good"
    return (Kind.DENIAL, "kind.denied") if f.negated and f.harmful else (Kind.ADMISSION, "kind.admitted")


def _asserted(f: Factors) -> tuple[Kind, str]:
    if f.side is Side.OWN:
        return _of_own(f)
    if f.own_voice and f.voice in (IssuerType.MONITOR, IssuerType.PRESS):
        return Kind.REPORT, "kind.observer"
    if f.side is Side.ALLY:
        return Kind.REPORT, "kind.ally"
    if f.side is Side.NONE:
        return Kind.REPORT, "kind.no-agent"
    if (f.harmful and not f.negated) or (f.conciliatory and f.negated) or f.blamed:
        return Kind.ACCUSATION, "kind.others-harm"
    return Kind.REPORT, "kind.others-act"


def _of_own(f: Factors) -> tuple[Kind, str]:
    if f.own_voice and f.voice in (IssuerType.PRESS, IssuerType.MONITOR):
        return Kind.REPORT, "kind.observer"
    if f.harmful:
        return (Kind.DENIAL, "kind.own-harm-denied") if f.negated else (Kind.ADMISSION, "kind.own-harm")
    if f.negated:
        return Kind.DENIAL, "kind.own-negated"
    return Kind.COMPLIANCE, "kind.own-good"
