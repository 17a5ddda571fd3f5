"""What a record says otherwise than the claim it stands beside, in neutral words."""

from collections.abc import Iterator

from pactwatch.corroborate.actors import DIFFERS, REVERSED
from pactwatch.corroborate.search import Sought
from pactwatch.corroborate.sides import Sides
from pactwatch.model import Event


def told_otherwise(
    sought: Sought, event: Event, *, actor: float, days: int, distance_km: float, sides: Sides
) -> Iterator[str]:
    """Yield one phrase a difference: of polarity, toll, actor, day and place."""
    if sought.denies:
        yield f"the record has the act ({event.event_type}), which the statement says did not happen or was not theirs"
    yield from _toll(sought, event)
    if actor in (DIFFERS, REVERSED):
        yield from _actor(sought, event, sides)
    if days > 0:
        told = event.first.isoformat() + ("" if event.first == event.last else f" to {event.last.isoformat()}")
        yield f"the record puts it on {told}, {days} {'day' if days == 1 else 'days'} from what the statement says"
    if distance_km >= 1:
        yield f"the record puts it at {event.place}, at least {distance_km:.0f} km from where the statement puts it"


def _toll(sought: Sought, event: Event) -> Iterator[str]:
    claimed = {count.of: count.value for count in sought.claim.counts}
    for of, recorded in (("killed", event.deaths), ("injured", event.injured)):
        said = claimed.get(of)
        if isinstance(said, int) and recorded is not None and said != recorded:
            yield f"the record counts {recorded} {of}, the statement {said}"


def _actor(sought: Sought, event: Event, sides: Sides) -> Iterator[str]:
    named = [sides.label(party) for party in sought.agents if party is not None]
    if named and event.actor1:
        label = sides.named(event.actor1)
        told = sides.label(label) if label else event.actor1
        yield f"the record names {told} as acting, the statement {', '.join(dict.fromkeys(named))}"
