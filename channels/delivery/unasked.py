"""An SMS that answers no message, such as a link a caller asked for."""

import hashlib
from datetime import datetime

from sqlalchemy import Connection

from channels.delivery import contacts, outbox
from channels.delivery.contacts import Address, Vault
from channels.delivery.outbox import Message


def record(
    connection: Connection, vault: Vault, address: Address, ours: str, text: str, name: str, now: datetime
) -> bool:
    """`name`: given twice, it is sent once. False: this person wants no messages."""
    contact = contacts.met(connection, vault, address, ours, now)
    if contact.state != "active":
        return False
    outbox.add_once(connection, vault, contact.id, Message(text), now, _reference(name))
    return True


def _reference(name: str) -> str:
    """As the provider's callbacks bear it."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]
