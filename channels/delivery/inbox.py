"""What comes in: recorded once under the provider's id, before anything else happens."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from channels.delivery import contacts
from channels.delivery.contacts import Address, Vault
from channels.delivery.words import Wish, wish_of
from channels.store.rows import AnyRow
from channels.store.tables import InboundRow

# What every message needs is put together once: that costs more than to run it.
_ONE = select(InboundRow.__table__).where(InboundRow.id == bindparam("its_id"))
_KNOWN = select(InboundRow.id).where(InboundRow.provider_id == bindparam("its_id"))
_NEW = insert(cast(Table, InboundRow.__table__))
_EARLIER = InboundRow.__table__.alias()
_HEADS = (
    select(InboundRow.id, InboundRow.provider_id, InboundRow.replays)
    .where(InboundRow.state == "received")
    .where(
        ~select(_EARLIER.c.id)
        .where(_EARLIER.c.contact_id == InboundRow.contact_id, _EARLIER.c.state == "received")
        .where(_EARLIER.c.id < InboundRow.id)
        .exists()
    )
    .order_by(InboundRow.id)
)


@dataclass(frozen=True)
class Media:
    url: str
    type: str


@dataclass(frozen=True)
class Incoming:
    """A message as the provider gives it. `wish`: one that the provider has heard and answered itself."""

    provider_id: str
    address: Address
    ours: str
    text: str
    media: tuple[Media, ...] = ()
    wish: Wish | None = None


def record(connection: Connection, vault: Vault, message: Incoming, now: datetime) -> int | None:
    """The new row's id; None for a message that is there already, which then changes nothing.

    Who asks for no more messages gets none from this moment on, whatever still waits for them.
    """
    if known(connection, message.provider_id):
        return None
    contact = contacts.met(connection, vault, message.address, message.ours, now)
    if known(connection, message.provider_id):  # by whoever held the contact before
        return None
    wish = message.wish or _news(_back(message.text, contact) or wish_of(message.text), contact)
    is_told = message.wish is not None or (wish == "stop" and contact.state == "opted_out")
    if wish in ("stop", "start"):
        contacts.change(connection, contact.id, state="opted_out" if wish == "stop" else "active")
    values = {
        "provider_id": message.provider_id,
        "contact_id": contact.id,
        "sealed_body": vault.seal(message.text),
        "media": json.dumps([vars(each) for each in message.media]) if message.media else None,
        "wish": wish,
        "is_told": is_told,
        "received_at": now,
        "state": "received",
        "replays": 0,
    }
    key = connection.execute(_NEW, values).inserted_primary_key
    return int(key[0]) if key else None


def _back(text: str, contact: AnyRow) -> Wish | None:
    """By SMS a YES is Twilio's START for whoever has stopped, without a word to us; elsewhere it is an answer."""
    has_stopped = contact.channel == "sms" and contact.state == "opted_out"
    return "start" if has_stopped and text.strip().casefold() == "yes" else None


def _news(wish: Wish | None, contact: AnyRow) -> Wish | None:
    """ "Start" is an answer to a question of the bot, unless messages had been stopped."""
    return None if wish == "start" and contact.state == "active" else wish


def known(connection: Connection, provider_id: str) -> bool:
    return connection.execute(_KNOWN, {"its_id": provider_id}).first() is not None


def one(connection: Connection, inbound_id: int) -> AnyRow | None:
    return connection.execute(_ONE, {"its_id": inbound_id}).first()


def heads(connection: Connection) -> Sequence[AnyRow]:
    """Of each contact the first that is not answered yet: (id, provider_id, replays)."""
    return connection.execute(_HEADS).all()


def bury(connection: Connection, inbound_id: int) -> None:
    """Out of the way of the contact's next message; a person sees it and may have it tried again."""
    is_open = (InboundRow.id == inbound_id, InboundRow.state == "received")
    connection.execute(update(InboundRow).where(*is_open).values(state="dead"))


def media_of(row: AnyRow) -> list[Media]:
    return [Media(**each) for each in json.loads(row.media or "[]")]
