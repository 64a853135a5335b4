"""The fate of a message in the database. Each method is one transaction.

Whoever sends claims the row first; every later change says which claim it belongs to, so that of two who work on
one message only one changes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from channels.delivery import contacts, outbox, pace, statuses
from channels.delivery.carriers import Carrier
from channels.delivery.contacts import Vault
from channels.logs import log
from channels.metrics import deliveries
from channels.providers.base import Outgoing, Refused, Sent, Template
from channels.providers.errors import meaning
from channels.settings import Settings
from channels.store.rows import AnyRow

WINDOW = timedelta(hours=24)
UNKNOWN_FATE = "unknown_fate"
_AT_ONCE = timedelta(milliseconds=10)
_LOOK = timedelta(seconds=1)
_HELD = 1.0


@dataclass(frozen=True)
class Claim:
    """A message that is ours to send or, where it `is_doubtful`, to ask about."""

    row: AnyRow
    message: Outgoing
    carrier: Carrier
    is_doubtful: bool = False
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class Later:
    """Not now. `is_slot`: its place in time is reserved."""

    until: datetime
    is_slot: bool = False


class Ledger:
    def __init__(self, settings: Settings, carriers: dict[str, Carrier], vault: Vault) -> None:
        self._carriers, self._vault = carriers, vault
        self._schedule: Sequence[float] = settings.retry_after_seconds
        self._settle = timedelta(seconds=settings.settle_seconds)
        self._longest = timedelta(seconds=settings.send_timeout_seconds) + self._settle

    def claim(self, connection: Connection, outbound_id: int, now: datetime, has_slot: bool) -> Claim | Later | None:
        """None: nothing is left to do for this message."""
        row = outbox.lock(connection, outbound_id)
        if row is None or row.state not in outbox.OPEN:
            return None
        row = _righted(connection, row, now)
        contact = outbox.contact_of(connection, row)
        if row.state == "sending":
            return self._doubt(connection, row, contact, now)
        if refusal := self._refusal(row, contact, now):
            _end(connection, row, "failed", refusal)
            return None
        if row.not_before > now:
            return Later(row.not_before)
        return self._send(connection, row, contact, now, has_slot)

    def _doubt(self, connection: Connection, row: AnyRow, contact: AnyRow, now: datetime) -> Claim | Later:
        """Somebody is sending it, or died while sending it. Asked about only when the request is surely over."""
        if row.not_before > now:
            return Later(min(row.not_before, now + _LOOK))
        known = tuple(outbox.known_ids(connection, row, now))
        return Claim(row, self._message(row, contact, now), self._carriers[contact.channel], True, known)

    def _send(
        self, connection: Connection, row: AnyRow, contact: AnyRow, now: datetime, has_slot: bool
    ) -> Claim | Later:
        carrier = self._carriers[contact.channel]
        at = now if has_slot else pace.reserve(connection, contact.ours, carrier.rate, now)
        if at > now + _AT_ONCE:
            return Later(at, is_slot=True)
        claimed = {"attempts": row.attempts + 1, "sending_at": now, "asked": 0, "absences": 0}
        claim = outbox.changed(connection, row.id, state="sending", not_before=now + self._longest, **claimed)
        return Claim(claim, self._message(row, contact, now), carrier)

    def _refusal(self, row: AnyRow, contact: AnyRow, now: datetime) -> str | None:
        """Why it must not be sent at all."""
        if contact.state == "opted_out" and row.kind != "consent":
            return "opted_out"
        if not contact.sealed_address:
            return "erased"
        carrier = self._carriers.get(contact.channel)
        if carrier is None:
            return "no_carrier"
        if _is_window_closed(row, contact, now) and not carrier.window_template:
            return "window_closed"
        return None

    def _message(self, row: AnyRow, contact: AnyRow, now: datetime) -> Outgoing:
        text, template = outbox.opened(self._vault, row.sealed_text)
        to = self._vault.open_address(contact.sealed_address).written
        if _is_window_closed(row, contact, row.sending_at or now):
            template = Template(self._carriers[contact.channel].window_template, {"1": text})
        return Outgoing(row.reference, contact.ours, to, text, row.media_url, template)

    def sent(self, connection: Connection, claim: Claim, sent: Sent, now: datetime) -> None:
        """The provider's callback may have been here first."""
        statuses.apply(connection, claim.row.reference, sent.id, sent.status, None, now)

    def refused(self, connection: Connection, claim: Claim, refused: Refused, now: datetime) -> float | None:
        """Seconds until the next try; None if there is none."""
        row = _still(connection, claim)
        if row is None:
            return 0.0
        consequence = meaning(refused.code).consequence
        if refused.may_retry:
            return self._retry(connection, row, refused, now)
        if consequence == "window_closed" and claim.carrier.window_template and not _was_told_closed(row):
            outbox.change(connection, row.id, state="waiting", error_code=refused.code[:32], not_before=now)
            return 0.0
        if consequence == "opted_out":
            contacts.change(connection, row.contact_id, state="opted_out")
        _end(connection, row, "dead" if consequence == "give_up" else "failed", refused.code)
        return None

    def _retry(self, connection: Connection, row: AnyRow, refused: Refused, now: datetime) -> float | None:
        if row.attempts > len(self._schedule):
            _end(connection, row, "dead", refused.code)
            return None
        pause = max(float(self._schedule[row.attempts - 1]), refused.retry_after or 0.0)
        if meaning(refused.code).consequence == "slow_down" or refused.retry_after:
            until = now + timedelta(seconds=refused.retry_after or _HELD)
            pace.hold(connection, _ours(connection, row), until, now)
        later = now + timedelta(seconds=pause)
        outbox.change(connection, row.id, state="waiting", error_code=refused.code[:32], not_before=later)
        return pause

    def unknown(self, connection: Connection, claim: Claim, now: datetime) -> float:
        """The request is over and its end unknown: the provider is asked in a moment."""
        if _still(connection, claim) is not None:
            outbox.change(connection, claim.row.id, not_before=now + self._settle)
        return self._settle.total_seconds()

    def absent(self, connection: Connection, claim: Claim, now: datetime) -> float:
        """The provider has it not. Said twice, it may be sent again."""
        row = _still(connection, claim)
        if row is None:
            return 0.0
        if row.absences == 0:
            outbox.change(connection, row.id, absences=1, not_before=now + self._settle)
            return self._settle.total_seconds()
        outbox.change(connection, row.id, state="waiting", not_before=now)
        return 0.0

    def unsaid(self, connection: Connection, claim: Claim, now: datetime) -> float | None:
        """The provider cannot say. Asked again for as long as a send is tried; then it is for a person to decide."""
        row = _still(connection, claim)
        if row is None:
            return 0.0
        if row.asked >= len(self._schedule):
            _end(connection, row, "dead", UNKNOWN_FATE)
            return None
        pause = float(self._schedule[row.asked])
        outbox.change(connection, row.id, asked=row.asked + 1, not_before=now + timedelta(seconds=pause))
        return pause

    def broken(self, connection: Connection, outbound_id: int, error: str) -> None:
        """Something unforeseen: no further try without a person."""
        row = outbox.lock(connection, outbound_id)
        if row is not None and row.state in outbox.OPEN:
            _end(connection, row, "dead", error)


def _still(connection: Connection, claim: Claim) -> AnyRow | None:
    """The row, if nobody has changed it since it was claimed."""
    row = outbox.lock(connection, claim.row.id)
    then = (claim.row.state, claim.row.attempts, claim.row.not_before)
    if claim.row.state == "sending" and row is not None and (row.state, row.attempts, row.not_before) == then:
        return row
    return None


def _righted(connection: Connection, row: AnyRow, now: datetime) -> AnyRow:
    """With its moments as they would be, had the clock not been put back since they were written."""
    back = pace.put_back(row.sending_at or row.created_at, now)
    if not back:
        return row
    moments = {name: getattr(row, name) - back for name in ("sending_at", "not_before") if getattr(row, name)}
    return outbox.changed(connection, row.id, created_at=min(row.created_at, now), **moments)


def _ours(connection: Connection, row: AnyRow) -> str:
    return str(outbox.contact_of(connection, row).ours)


def _is_window_closed(row: AnyRow, contact: AnyRow, now: datetime) -> bool:
    """An answer is tried in any case: by a clock that was put forward a day the window would be over."""
    if contact.channel != "whatsapp":
        return False
    is_answer = row.inbound_id is not None
    return _was_told_closed(row) or (not is_answer and contact.last_inbound_at + WINDOW < now)


def _was_told_closed(row: AnyRow) -> bool:
    return row.error_code is not None and meaning(row.error_code).consequence == "window_closed"


def _end(connection: Connection, row: AnyRow, state: str, code: str) -> None:
    outbox.change(connection, row.id, state=state, error_code=code[:32])
    deliveries.given_up(state, code)
    log.warning("not_delivered", outbound=row.id, state=state, code=code)
