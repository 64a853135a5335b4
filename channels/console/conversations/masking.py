"""Personal data: shown masked, and whole only to who says why."""

from dataclasses import dataclass

from sqlalchemy import Connection

from channels.delivery import contacts
from channels.delivery.contacts import NotReadable, Vault
from channels.privacy.redact import redact
from channels.sealing import open_call_back
from channels.settings import Settings
from channels.store.desk import Conversation
from channels.store.rows import AnyRow

HIDDEN = "••••••••"
REASONS = ("call_back", "check", "letter", "danger", "other")


@dataclass(frozen=True)
class Revealed:
    """What the masks of one conversation hide."""

    call_back: str | None
    contact: str | None
    texts: tuple[str, ...]


def masked(text: str) -> str:
    return redact(text)


def masked_number(number: str | None) -> str | None:
    """Its last two digits tell two numbers apart and nobody's."""
    return number and HIDDEN + number[-2:]


def call_back(handover: AnyRow, settings: Settings) -> str | None:
    return open_call_back(handover.call_back, settings.bot_token.get_secret_value())


def reveal(connection: Connection, conversation: Conversation, settings: Settings) -> Revealed:
    row = conversation.handover
    texts = [row.summary, *(message.text for message in conversation.messages)]
    hiding = tuple(text for text in texts if masked(text) != text)
    contact = contacts.of_session(connection, row.session_id)
    return Revealed(call_back(row, settings), _number(contact, settings), hiding)


def _number(contact: AnyRow | None, settings: Settings) -> str | None:
    if contact is None or not contact.sealed_address:
        return None
    vault = Vault(settings.contact_hash_key.get_secret_value(), settings.contact_seal_key.get_secret_value())
    try:
        return vault.open_address(contact.sealed_address).place
    except NotReadable:
        return None
