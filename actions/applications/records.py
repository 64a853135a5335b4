"""What disclosure writes down: one-time codes and the audit. Everything personal is hashed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, Select, delete, func, insert, select, update

from actions.applications.engine import reading, writing
from actions.applications.tables import CodeRow, LookupRow


@dataclass(frozen=True)
class StoredCode:
    id: str
    number_hash: str
    session_hash: str
    code_hash: str
    made_at: datetime


@dataclass(frozen=True)
class Lookup:
    """`way`: verified, list, code_asked, code_given, send or staff."""

    at: datetime
    way: str
    contact_hash: str
    number_hash: str
    outcome: str


class Records:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add_code(self, code: StoredCode, since: datetime, most: int) -> bool:
        """False where the number, or the session, has had `most` codes since then; two at once cannot both be last."""
        of_number = _count(since).where(CodeRow.number_hash == code.number_hash)
        of_session = _count(since).where(CodeRow.session_hash == code.session_hash)
        with writing(self._engine, alone=True) as connection:
            counts = [connection.execute(count).scalar_one() for count in (of_number, of_session)]
            if max(counts) >= most:
                return False
            connection.execute(insert(CodeRow).values(**vars(code), tries=0, used=False))
        return True

    def newest_code(self, number_hash: str, session_hash: str) -> StoredCode | None:
        wanted = select(CodeRow.id, CodeRow.number_hash, CodeRow.session_hash, CodeRow.code_hash, CodeRow.made_at)
        wanted = wanted.where(CodeRow.number_hash == number_hash, CodeRow.session_hash == session_hash)
        with reading(self._engine) as connection:
            row = connection.execute(wanted.order_by(CodeRow.made_at.desc(), CodeRow.id).limit(1)).one_or_none()
        return None if row is None else StoredCode(*row)

    def try_code(self, code_id: str, most: int) -> int | None:
        """Counts one try and gives how many are left; None where none was, or the code is used."""
        one_more = update(CodeRow).values(tries=CodeRow.tries + 1).returning(CodeRow.tries)
        one_more = one_more.where(CodeRow.id == code_id, CodeRow.tries < most, CodeRow.used.is_(False))
        with writing(self._engine) as connection:
            tries = connection.execute(one_more).scalar_one_or_none()
        return None if tries is None else most - tries

    def use_code(self, code_id: str) -> bool:
        """True once, however many ask at the same time."""
        used = update(CodeRow).values(used=True).where(CodeRow.id == code_id, CodeRow.used.is_(False))
        with writing(self._engine) as connection:
            return connection.execute(used).rowcount == 1

    def note(self, lookup: Lookup) -> None:
        with writing(self._engine) as connection:
            connection.execute(insert(LookupRow).values(**vars(lookup)))

    def lookups(self) -> list[Lookup]:
        wanted = select(LookupRow.at, LookupRow.way, LookupRow.contact_hash, LookupRow.number_hash, LookupRow.outcome)
        with reading(self._engine) as connection:
            return [Lookup(*row) for row in connection.execute(wanted.order_by(LookupRow.id))]

    def forget(self, codes_before: datetime, lookups_before: datetime) -> tuple[int, int]:
        """Removes what has been kept long enough; gives how many codes and look-ups that were."""
        with writing(self._engine) as connection:
            codes = connection.execute(delete(CodeRow).where(CodeRow.made_at < codes_before)).rowcount
            lookups = connection.execute(delete(LookupRow).where(LookupRow.at < lookups_before)).rowcount
        return codes, lookups


def _count(since: datetime) -> Select[int]:
    return select(func.count()).select_from(CodeRow).where(CodeRow.made_at > since)
