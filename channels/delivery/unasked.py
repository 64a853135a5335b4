"""A message that answers none, such as a link a caller asked for."""

import hashlib
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from channels.delivery import contacts, outbox
from channels.delivery.contacts import Address, Vault
from channels.delivery.ledger import WINDOW
from channels.delivery.outbox import Message

Outcome = Literal["taken", "opted_out", "unknown", "window_closed"]


def record(
    connection: Connection, vault: Vault, address: Address, ours: str, text: str, name: str, now: datetime
) -> bool:
    """`name`: given twice, it is sent once. False: this person wants no messages."""
    contact = contacts.met(connection, vault, address, ours, now)
    if contact.state != "active":
        return False
    outbox.add_once(connection, vault, contact.id, Message(text), now, _reference(name))
    return True


def to_known(
    connection: Connection, vault: Vault, address: Address, text: str, name: str, now: datetime, has_template: bool
) -> Outcome:
    """To who has written before: as nobody is met here, the channel's window stays as it is."""
    contact = contacts.known(connection, vault, address)
    if contact is None or not contact.sealed_address:
        return "unknown"
    if contact.state != "active":
        return "opted_out"
    if contact.last_inbound_at + WINDOW < now and not has_template:
        return "window_closed"
    outbox.add_once(connection, vault, contact.id, Message(text, "staff"), now, _reference(name))
    return "taken"


def _reference(name: str) -> str:
    """As the provider's callbacks bear it."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]
