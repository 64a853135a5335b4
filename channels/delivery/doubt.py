"""What a voice note may have said: read back to its speaker, kept sealed until their next message, done on a yes."""

from sqlalchemy import Connection, delete, insert, select

from channels.delivery.contacts import Vault
from channels.phone.words import is_command
from channels.store.doubts import DoubtRow


def of(connection: Connection, vault: Vault, contact_id: int) -> str:
    """The words that wait for a yes; empty where none do."""
    found = select(DoubtRow.sealed_words).where(DoubtRow.contact_id == contact_id)
    sealed = connection.execute(found).scalar()
    return vault.open(sealed) if sealed else ""


def keep(connection: Connection, vault: Vault, contact_id: int, words: str) -> None:
    """In place of what waited before; without words, nothing waits."""
    forget(connection, contact_id)
    if words:
        connection.execute(insert(DoubtRow).values(contact_id=contact_id, sealed_words=vault.seal(words)))


def forget(connection: Connection, contact_id: int) -> None:
    connection.execute(delete(DoubtRow).where(DoubtRow.contact_id == contact_id))


def is_yes(text: str) -> bool:
    return is_command(text, "yes")


def is_no(text: str) -> bool:
    return is_command(text, "no")
