"""People on a channel: known by a keyed hash, reached at an address that is kept sealed."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, cast

from cryptography.fernet import InvalidToken, MultiFernet
from sqlalchemy import Connection, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from channels.errors import ChannelError
from channels.sealing import ciphers
from channels.store.rows import AnyRow
from channels.store.tables import ContactRow

ContactChannel = Literal["whatsapp", "sms"]
CONTACT = select(ContactRow.__table__)
# What every message needs is put together once: that costs more than to run it.
_ONE = CONTACT.where(ContactRow.id == bindparam("its_id"))
_OF_KEY = CONTACT.where(ContactRow.key == bindparam("its_key"))
_CHANGE = update(cast(Table, ContactRow.__table__)).where(ContactRow.id == bindparam("its_id"))
_FRESH = ("ours", "last_inbound_at", "sealed_address")
_WHATSAPP = "whatsapp:"
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
_SESSION = re.compile(r"c([0-9a-f]{40})")
TEXTS, ADDRESSES = b"odop message text", b"odop contact address"


class NotReadable(ChannelError):
    """It was sealed with another CONTACT_SEAL_KEY."""


@dataclass(frozen=True)
class Address:
    """`place` is a number (+91...) or the channel's own id of a person."""

    channel: ContactChannel
    place: str

    @classmethod
    def read(cls, written: str) -> "Address":
        """As the provider writes it: "whatsapp:+91..." or "+91..."."""
        if written.startswith(_WHATSAPP):
            return cls("whatsapp", written.removeprefix(_WHATSAPP))
        return cls("sms", written)

    @property
    def written(self) -> str:
        return (_WHATSAPP if self.channel == "whatsapp" else "") + self.place

    @property
    def number(self) -> str | None:
        return self.place if _NUMBER.fullmatch(self.place) else None


class Vault:
    """The two keys of delivery: one knows people again, one seals what they wrote and where they are.

    While a key is changed each may be several, parted by spaces, the newest first (docs/privacy.md).
    """

    def __init__(self, hash_key: str, seal_key: str) -> None:
        self._hash_keys = [key.encode() for key in hash_key.split()]
        self._texts, self._addresses = (ciphers(purpose, seal_key) for purpose in (TEXTS, ADDRESSES))

    def key(self, address: Address) -> str:
        return _hashed(self._hash_keys[0], address)

    def old_keys(self, address: Address) -> list[str]:
        return [_hashed(key, address) for key in self._hash_keys[1:]]

    def seal(self, text: str) -> str:
        return self._texts.encrypt(text.encode("utf-8", "replace")).decode()

    def open(self, sealed: str) -> str:
        return _open(self._texts, sealed)

    def seal_address(self, address: Address) -> str:
        return self._addresses.encrypt(address.written.encode()).decode()

    def open_address(self, sealed: str) -> Address:
        return Address.read(_open(self._addresses, sealed))


def session_of(contact: AnyRow) -> str:
    """Its name in every log, trace and tracker."""
    return f"c{contact.key}"


def of_session(connection: Connection, session_id: str) -> AnyRow | None:
    """The contact of this session; None where it is one of the web."""
    match = _SESSION.fullmatch(session_id)
    return connection.execute(CONTACT.where(ContactRow.key == match[1])).first() if match else None


def known(connection: Connection, vault: Vault, address: Address) -> AnyRow | None:
    """None where they have never written."""
    keys = [vault.key(address), *vault.old_keys(address)]
    return connection.execute(CONTACT.where(ContactRow.key.in_(keys))).first()


def met(connection: Connection, vault: Vault, address: Address, ours: str, now: datetime) -> AnyRow:
    """The contact, new or known, locked until the transaction ends: their messages get ids in order."""
    key = _present(connection, vault, address) or vault.key(address)
    values: dict[str, Any] = {"ours": ours, "last_inbound_at": now, "sealed_address": vault.seal_address(address)}
    values |= {"key": key, "channel": address.channel, "state": "active", "created_at": now}
    connection.execute(_met(connection.dialect.name), values)
    return connection.execute(_OF_KEY, {"its_key": key}).one()


def _present(connection: Connection, vault: Vault, address: Address) -> str | None:
    """The old key of somebody whom `rotate` has not come to yet. It waits for a `rotate` that has just come."""
    old = vault.old_keys(address)
    if not old:
        return None
    found = select(ContactRow.key).where(ContactRow.key.in_(old)).with_for_update()
    return connection.execute(found).scalar()


@cache
def _met(database: str) -> Any:
    row = (postgresql if database == "postgresql" else sqlite).insert(ContactRow.__table__)
    return row.on_conflict_do_update(index_elements=["key"], set_={name: row.excluded[name] for name in _FRESH})


def one(connection: Connection, contact_id: int) -> AnyRow:
    return connection.execute(_ONE, {"its_id": contact_id}).one()


def change(connection: Connection, contact_id: int, **values: Any) -> None:
    connection.execute(_CHANGE, values | {"its_id": contact_id})


def _hashed(key: bytes, address: Address) -> str:
    named = f"{address.channel}|{address.place}".encode()
    return hmac.new(key, named, hashlib.sha256).hexdigest()[:40]


def _open(cipher: MultiFernet, sealed: str) -> str:
    try:
        return cipher.decrypt(sealed).decode()
    except (InvalidToken, ValueError):
        raise NotReadable from None
