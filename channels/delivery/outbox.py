"""What goes out: one row a message, from `waiting` over `sending` to `sent`, `failed` or `dead`.

Each function works inside a transaction of its caller. Whoever sends a message first moves its row to `sending`;
of several who try, one succeeds.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import Connection, Table, bindparam, insert, or_, select, update

from channels.delivery import contacts
from channels.delivery.contacts import Vault
from channels.providers.base import Template
from channels.store.rows import AnyRow
from channels.store.tables import OutboundRow

Kind = Literal["reply", "notice", "consent", "staff", "system", "hold"]
OUTBOUND = select(OutboundRow.__table__)
OPEN = ("waiting", "sending")
# What every message needs is put together once: that costs more than to run it.
_ONE = OUTBOUND.where(OutboundRow.id == bindparam("its_id"))
_LOCKED = _ONE.with_for_update()
_NEW = insert(cast(Table, OutboundRow.__table__))
_CHANGE = update(cast(Table, OutboundRow.__table__)).where(OutboundRow.id == bindparam("its_id"))
_CHANGED = _CHANGE.returning(*OutboundRow.__table__.columns)
_UP_TO = (
    select(OutboundRow.id)
    .where(OutboundRow.contact_id == bindparam("whose"), OutboundRow.state.in_(OPEN))
    .where(OutboundRow.id <= bindparam("last"))
    .order_by(OutboundRow.id)
)
_LAST_OF = (
    select(OutboundRow.id)
    .where(OutboundRow.inbound_id == bindparam("answered"))
    .order_by(OutboundRow.id.desc())
    .limit(1)
)
_AHEAD = timedelta(minutes=2)
_REMEMBERED = timedelta(days=3)  # how far back an unknown send could be taken for another of the same text


@dataclass(frozen=True)
class Message:
    """One message to write, before it is a row."""

    text: str
    kind: Kind = "reply"
    media_url: str | None = None
    template: Template | None = None  # with the text's choices as buttons

    def sealed(self, vault: Vault) -> str:
        template = [self.template.sid, dict(self.template.variables)] if self.template else None
        return vault.seal(json.dumps([self.text, template], ensure_ascii=False))


def opened(vault: Vault, sealed: str) -> tuple[str, Template | None]:
    text, template = json.loads(vault.open(sealed))
    return text, Template(*template) if template else None


def add(
    connection: Connection,
    vault: Vault,
    contact_id: int,
    message: Message,
    now: datetime,
    inbound_id: int | None = None,
    part: int = 0,
) -> int:
    values = {
        "inbound_id": inbound_id,
        "part": part,
        "contact_id": contact_id,
        "kind": message.kind,
        "sealed_text": message.sealed(vault),
        "media_url": message.media_url,
    }
    return _insert(connection, values, now)


def add_once(connection: Connection, vault: Vault, contact_id: int, message: Message, now: datetime, name: str) -> None:
    """A message that no answer brought; one of the same name is there only once."""
    if connection.execute(select(OutboundRow.id).where(OutboundRow.reference == name)).first():
        return
    values = {"inbound_id": None, "part": 0, "contact_id": contact_id, "kind": message.kind}
    _insert(connection, values | {"sealed_text": message.sealed(vault), "reference": name}, now)


def add_copy(connection: Connection, row: AnyRow, now: datetime, not_before: datetime) -> int:
    """The same message once more, after the provider took it and then said that it could not be delivered."""
    kept = ("contact_id", "kind", "sealed_text", "media_url", "attempts", "error_code")
    values = {name: getattr(row, name) for name in kept}
    return _insert(connection, values | {"inbound_id": None, "part": 0, "not_before": not_before}, now)


def _insert(connection: Connection, values: dict[str, Any], now: datetime) -> int:
    fresh = {"reference": uuid.uuid4().hex, "state": "waiting", "attempts": 0, "asked": 0, "absences": 0}
    fresh |= {"not_before": now, "created_at": now}
    key = connection.execute(_NEW, fresh | values).inserted_primary_key
    return int(key[0]) if key else 0


def one(connection: Connection, outbound_id: int) -> AnyRow | None:
    return connection.execute(_ONE, {"its_id": outbound_id}).first()


def lock(connection: Connection, outbound_id: int) -> AnyRow | None:
    return connection.execute(_LOCKED, {"its_id": outbound_id}).first()


def change(connection: Connection, outbound_id: int, **values: Any) -> None:
    connection.execute(_CHANGE, values | {"its_id": outbound_id})


def changed(connection: Connection, outbound_id: int, **values: Any) -> AnyRow:
    """The row as it is then."""
    return connection.execute(_CHANGED, values | {"its_id": outbound_id}).one()


def up_to(connection: Connection, contact_id: int, last: int) -> list[int]:
    """What must go out to this contact, in its order, for the message `last` to be sent."""
    listed = connection.execute(_UP_TO, {"whose": contact_id, "last": last})
    return [int(each) for each in listed.scalars()]


def up_to_answer(connection: Connection, inbound_id: int) -> list[int]:
    """What is open of its contact, up to the last message that answers this one."""
    last = connection.execute(_LAST_OF, {"answered": inbound_id}).scalar()
    return before(connection, last) if last else []


def before(connection: Connection, outbound_id: int) -> list[int]:
    """What is open of its contact, up to this one."""
    row = one(connection, outbound_id)
    return up_to(connection, row.contact_id, row.id) if row else []


def unattended(connection: Connection, strayed: datetime) -> Sequence[AnyRow]:
    """Open messages that no answer brought, and answers that have been open since before this moment, or, as the
    clock was put back, since one that is to come."""
    from_later = OutboundRow.created_at > strayed + _AHEAD
    nobodys = or_(OutboundRow.inbound_id.is_(None), OutboundRow.created_at <= strayed, from_later)
    listed = select(OutboundRow.id, OutboundRow.reference).where(OutboundRow.state.in_(OPEN), nobodys)
    return connection.execute(listed.order_by(OutboundRow.id)).all()


def known_ids(connection: Connection, row: AnyRow, now: datetime) -> list[str]:
    """The provider's ids of this contact's other messages."""
    listed = select(OutboundRow.provider_id).where(
        OutboundRow.contact_id == row.contact_id,
        OutboundRow.provider_id.is_not(None),
        OutboundRow.id != row.id,
        OutboundRow.created_at > now - _REMEMBERED,
    )
    return [str(each) for each in connection.execute(listed).scalars()]


def contact_of(connection: Connection, row: AnyRow) -> AnyRow:
    return contacts.one(connection, row.contact_id)
