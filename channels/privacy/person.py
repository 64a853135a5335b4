"""All that is kept of one person: found by number or session, given whole, or erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, select

from channels.delivery import contacts, doubt, erasure, outbox
from channels.delivery.contacts import Address, NotReadable, Vault
from channels.sealing import open_call_back
from channels.store.console_tables import NoteRow
from channels.store.rows import AnyRow
from channels.store.tables import HandoverRow, InboundRow, MessageRow, OutboundRow
from channels.turn_log import persons
from channels.turn_log.tables import TurnRow
from channels.turn_log.writing import forget_today

Where = Literal["whatsapp", "sms", "phone", "web"]
_SIGNIFICANT = 10  # digits by which a mobile number is the same, however it is written
_OF_TURN = ("at", "channel", "language", "outcome", "entry", "topic", "district", "task", "mark")


@dataclass(frozen=True)
class Person:
    """`sessions`: by which bot, conversations with staff and the turn log know them."""

    contact: AnyRow | None
    sessions: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        return self.contact is not None or bool(self.sessions)


def find(connection: Connection, vault: Vault, bot_token: str, where: Where, name: str) -> Person:
    """`name`: a mobile number; on the web the session's id. A call is found by the number left for calling back."""
    if where == "web":
        return Person(None, (name,))
    if where == "phone":
        return Person(None, _called_back(connection, bot_token, name))
    contact = contacts.known(connection, vault, Address(where, name))
    return Person(contact, (contacts.session_of(contact),) if contact else ())


def export(connection: Connection, vault: Vault, bot_token: str, person: Person, now: datetime) -> dict[str, Any]:
    """As JSON takes it. What the bot remembers is not among it."""
    told: dict[str, Any] = {"made_at": now, "sessions": list(person.sessions)}
    if person.contact is not None:
        told["contact"] = _contact(vault, person.contact)
        told["waiting_for_an_answer"] = _inbound(connection, vault, person.contact.id)
        told["sent"] = _outbound(connection, vault, person.contact.id)
        told["words_to_confirm"] = doubt.of(connection, vault, person.contact.id)
    told["with_staff"] = [_talk(connection, row, bot_token) for row in _handovers(connection, person.sessions)]
    told["questions_today"] = [each for name in person.sessions for each in _turns(connection, name, now)]
    return told


def erase(connection: Connection, person: Person, now: datetime) -> None:
    """After the bot has forgotten the sessions."""
    if person.contact is not None:
        last = connection.execute(select(func.max(InboundRow.id))).scalar() or 0
        erasure.erase_contact(connection, person.contact.id, last, now)
    for session in person.sessions:
        erase_session(connection, session, now)


def erase_session(connection: Connection, session: str, now: datetime) -> None:
    forget_today(connection, session, persons.day_of(now))
    connection.execute(delete(HandoverRow).where(HandoverRow.session_id == session))


def kept_of(connection: Connection, contact_id: int, session: str) -> tuple[int, int]:
    """How many messages and conversations with staff there are of a contact."""
    sent = select(func.count()).select_from(OutboundRow).where(OutboundRow.contact_id == contact_id)
    came = select(func.count()).select_from(InboundRow).where(InboundRow.contact_id == contact_id)
    talks = select(func.count()).select_from(HandoverRow).where(HandoverRow.session_id == session)
    messages = (connection.execute(sent).scalar() or 0) + (connection.execute(came).scalar() or 0)
    return messages, connection.execute(talks).scalar() or 0


def _called_back(connection: Connection, bot_token: str, number: str) -> tuple[str, ...]:
    listed = select(HandoverRow.session_id, HandoverRow.call_back).where(HandoverRow.call_back.is_not(None))
    found = [
        row.session_id
        for row in connection.execute(listed)
        if _is_same(open_call_back(row.call_back, bot_token), number)
    ]
    return tuple(dict.fromkeys(found))


def _is_same(one: str | None, other: str) -> bool:
    digits = ["".join(filter(str.isdecimal, each or ""))[-_SIGNIFICANT:] for each in (one, other)]
    return len(digits[0]) == _SIGNIFICANT and digits[0] == digits[1]


def _contact(vault: Vault, row: AnyRow) -> dict[str, Any]:
    kept = ("channel", "state", "language", "notice_version", "last_inbound_at", "created_at")
    try:
        address = vault.open_address(row.sealed_address).place if row.sealed_address else None
    except NotReadable:
        address = "[sealed with another key]"
    return {"number": address} | {name: getattr(row, name) for name in kept}


def _inbound(connection: Connection, vault: Vault, contact_id: int) -> list[dict[str, Any]]:
    listed = select(InboundRow.__table__).where(InboundRow.contact_id == contact_id).order_by(InboundRow.id)
    return [
        {
            "at": row.received_at,
            "outcome": row.outcome,
            "text": vault.open(row.sealed_body) if row.sealed_body else None,
        }
        for row in connection.execute(listed)
    ]


def _outbound(connection: Connection, vault: Vault, contact_id: int) -> list[dict[str, Any]]:
    listed = outbox.OUTBOUND.where(OutboundRow.contact_id == contact_id).order_by(OutboundRow.id)
    return [
        {"at": row.created_at, "state": row.state, "text": outbox.opened(vault, row.sealed_text)[0]}
        for row in connection.execute(listed)
    ]


def _handovers(connection: Connection, sessions: Sequence[str]) -> Sequence[AnyRow]:
    mine = HandoverRow.session_id.in_(sessions)
    return connection.execute(select(HandoverRow.__table__).where(mine).order_by(HandoverRow.id)).all()


def _talk(connection: Connection, row: AnyRow, bot_token: str) -> dict[str, Any]:
    said = select(MessageRow.speaker, MessageRow.text, MessageRow.at).where(MessageRow.handover_id == row.id)
    notes = select(NoteRow.text, NoteRow.at).where(NoteRow.handover_id == row.id).order_by(NoteRow.id)
    kept = ("channel", "language", "reason", "summary", "asked_at", "closed_at", "ended", "end_reason")
    return {name: getattr(row, name) for name in kept} | {
        "call_back": open_call_back(row.call_back, bot_token),
        "messages": [dict(each._mapping) for each in connection.execute(said.order_by(MessageRow.id))],
        "notes": [dict(each._mapping) for each in connection.execute(notes)],
    }


def _turns(connection: Connection, session: str, now: datetime) -> list[dict[str, Any]]:
    """Of today: of earlier days nobody knows whose they were."""
    day = persons.day_of(now)
    salt = persons.salt_if_any(connection, day)
    if salt is None:
        return []
    mine = (TurnRow.day == day, TurnRow.person == persons.hashed(salt, "session", session))
    listed = select(*(getattr(TurnRow, name) for name in _OF_TURN)).where(*mine).order_by(TurnRow.id)
    return [dict(row._mapping) for row in connection.execute(listed)]
