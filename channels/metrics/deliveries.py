"""What becomes of messages on WhatsApp and SMS, counted."""

from channels.metrics.measures import DELIVERIES, GIVEN_UP, one_of
from channels.providers.errors import table

_STATUSES = frozenset(
    ("accepted", "scheduled", "queued", "sending", "sent", "delivered", "read", "failed", "undelivered", "canceled")
) | {"refused", "unknown"}
_STATES = frozenset(("failed", "dead"))
_OURS = frozenset(("opted_out", "erased", "no_carrier", "window_closed", "unknown_fate", "turn"))


def told(status: str, code: str | None = None) -> None:
    """By the provider, when it took or refused the message or later."""
    DELIVERIES.labels(one_of(status, _STATUSES), one_of(code, table())).inc()


def given_up(state: str, code: str) -> None:
    known = code in _OURS or code in table()
    GIVEN_UP.labels(one_of(state, _STATES), code if known else one_of(code, ())).inc()
