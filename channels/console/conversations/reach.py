"""Whether and how a reply reaches somebody: the channel, WhatsApp's 24 hours, what went wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from channels.delivery import contacts
from channels.delivery.ledger import WINDOW
from channels.settings import Settings
from channels.store.rows import AnyRow
from channels.store.tables import OutboundRow

_FAILED = ("failed", "dead")


@dataclass(frozen=True)
class Reach:
    """`key` of the sentence in words/conversations.yml; with `can_write` a text may be sent."""

    key: str
    can_write: bool
    left: timedelta | None = None
    has_failed: bool = False

    @property
    def hours(self) -> int:
        return int(self.left.total_seconds() // 3600) if self.left else 0

    @property
    def minutes(self) -> int:
        return int(self.left.total_seconds() // 60 % 60) if self.left else 0


def reach(connection: Connection, handover: AnyRow, settings: Settings, now: datetime) -> Reach:
    if handover.channel == "voice":
        return Reach("reach_voice", False)
    contact = contacts.of_session(connection, handover.session_id)
    if contact is None:
        return Reach("reach_web", True)
    if contact.state == "opted_out":
        return Reach("reach_opted_out", False)
    if not contact.sealed_address:
        return Reach("reach_erased", False)
    has_failed = _has_failed(connection, handover, contact)
    if contact.channel != "whatsapp":
        return Reach("reach_sms", True, has_failed=has_failed)
    return _whatsapp(contact, settings, now, has_failed)


def _whatsapp(contact: AnyRow, settings: Settings, now: datetime, has_failed: bool) -> Reach:
    left = contact.last_inbound_at + WINDOW - now
    if left > timedelta(0):
        return Reach("reach_window", True, left, has_failed)
    if settings.window_template_sid:
        return Reach("reach_template", True, has_failed=has_failed)
    return Reach("reach_closed", False, has_failed=has_failed)


def _has_failed(connection: Connection, handover: AnyRow, contact: AnyRow) -> bool:
    """Something that staff wrote in this conversation did not arrive."""
    if handover.taken_at is None:
        return False
    own = (OutboundRow.contact_id == contact.id, OutboundRow.kind == "staff", OutboundRow.state.in_(_FAILED))
    since = OutboundRow.created_at >= handover.taken_at
    return connection.execute(select(OutboundRow.id).where(*own, since).limit(1)).first() is not None
