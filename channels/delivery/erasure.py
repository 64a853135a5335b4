"""Who asks for it is erased: address, messages, conversations with staff. What stays names nobody."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from channels.delivery import contacts, doubt
from channels.store.rows import AnyRow
from channels.store.tables import ContactRow, HandoverRow, InboundRow, OutboundRow
from channels.turn_log.persons import day_of
from channels.turn_log.writing import forget_today

# Erases what the bot remembers of a session. Raises BotFailure.
Forget = Callable[[str], Awaitable[None]]


def session(connection: Connection, inbound_id: int) -> str | None:
    """Of whoever asks for it; None if it is done already."""
    found = contacts.CONTACT.where(ContactRow.id == InboundRow.contact_id, InboundRow.id == inbound_id)
    row = connection.execute(found).first()
    return contacts.session_of(row) if row else None


def erase(connection: Connection, inbound_id: int, now: datetime) -> None:
    """All of the contact that came before this wish, and the wish.

    The ids by which the provider may repeat a message stay, until they are too old to come again. So does the
    key of somebody who wants no messages.
    """
    found = select(InboundRow.contact_id).where(InboundRow.id == inbound_id)
    contact_id = connection.execute(found).scalar()
    if contact_id is not None:
        erase_contact(connection, contact_id, inbound_id, now)


def erase_contact(connection: Connection, contact_id: int, last: int, now: datetime) -> None:
    """`last`: the newest message that goes. Somebody else may have been first."""
    row = connection.execute(contacts.CONTACT.where(ContactRow.id == contact_id).with_for_update()).first()
    if row is None:
        return
    _erase_messages(connection, contact_id, last)
    doubt.forget(connection, contact_id)
    forget_today(connection, contacts.session_of(row), day_of(now))
    connection.execute(delete(HandoverRow).where(HandoverRow.session_id == contacts.session_of(row)))
    _erase_contact(connection, row)


def _erase_messages(connection: Connection, contact_id: int, last: int) -> None:
    mine = (InboundRow.contact_id == contact_id, InboundRow.id <= last)
    of_mine = OutboundRow.inbound_id.in_(select(InboundRow.id).where(*mine))
    unasked = (OutboundRow.contact_id == contact_id, OutboundRow.inbound_id.is_(None))
    connection.execute(delete(OutboundRow).where(of_mine))
    connection.execute(delete(OutboundRow).where(*unasked))
    gone = {"contact_id": None, "sealed_body": None, "media": None, "state": "answered"}
    connection.execute(update(InboundRow).where(*mine).values(gone))


def _erase_contact(connection: Connection, row: AnyRow) -> None:
    """Who has written again since then is a new contact with the same key."""
    left = connection.execute(select(InboundRow.id).where(InboundRow.contact_id == row.id).limit(1)).first()
    if left is None and row.state != "opted_out":
        connection.execute(delete(ContactRow).where(ContactRow.id == row.id))
        return
    kept = {"sealed_address": row.sealed_address} if left else {"sealed_address": ""}
    contacts.change(connection, row.id, language=None, notice_version=None, hinted_at=None, **kept)
