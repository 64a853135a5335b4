"""The table of calls. A call's state is sealed, and gone when the call is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from channels.phone.keys import call_key, seal, unseal
from channels.phone.screen import CallState
from channels.store.database import Database
from channels.store.tables import CallRow

LONGEST_CALL = timedelta(hours=4)  # Twilio's own limit of a call
BY_KEY = select(CallRow.__table__)


@dataclass(frozen=True)
class Ending:
    """What the network tells at the end of a call."""

    status: str
    seconds: int | None


class Record:
    """Each of these waits for the database."""

    def __init__(self, database: Database, secret: str, clock: Callable[[], datetime]) -> None:
        self._database, self._secret, self._clock = database, secret, clock

    def key(self, call_sid: str) -> str:
        return call_key(call_sid, self._secret)

    def load(self, key: str) -> CallState | None:
        with self._database.reading() as connection:
            row = connection.execute(BY_KEY.where(CallRow.key == key)).first()
        return unseal(row.sealed_state, self._secret) if row else None

    def save(self, key: str, state: CallState, before: int) -> CallState:
        """Written only if the call is still at the step `before`; else what another process wrote is given."""
        with self._database.writing() as connection:
            row = connection.execute(BY_KEY.where(CallRow.key == key).with_for_update()).first()
            if row is None:
                self._drop_old(connection)
                connection.execute(insert(CallRow).values(key=key, started_at=self._clock(), **self._values(state)))
            elif row.sealed_state and row.step != before:
                return unseal(row.sealed_state, self._secret) or state
            elif row.ended_at is None:
                connection.execute(update(CallRow).where(CallRow.key == key).values(**self._values(state)))
        return state

    def end(self, key: str, ending: Ending) -> CallState | None:
        """Keeps the summary and removes the state, which is given; None: it was over before, or never begun."""
        now = self._clock()
        values = {"ended_at": now, "sealed_state": None, "status": ending.status, "seconds": ending.seconds}
        with self._database.writing() as connection:
            row = connection.execute(BY_KEY.where(CallRow.key == key).with_for_update()).first()
            if row is None:  # hung up before anything was said
                nothing = {"step": 0, "language": "hi", "turns": 0, "outcomes": {}, "started_at": now}
                connection.execute(insert(CallRow).values(key=key, **nothing, **values))
            elif row.ended_at is None:
                connection.execute(update(CallRow).where(CallRow.key == key).values(**values))
        return unseal(row.sealed_state, self._secret) if row else None

    def _values(self, state: CallState) -> dict[str, object]:
        return {
            "step": state.step,
            "sealed_state": seal(state, self._secret),
            "language": state.language,
            "turns": state.turns,
            "outcomes": state.outcomes,
        }

    def _drop_old(self, connection: Connection) -> None:
        """Of calls whose end was never told."""
        is_old = (CallRow.started_at < self._clock() - LONGEST_CALL, CallRow.sealed_state.is_not(None))
        connection.execute(update(CallRow).where(*is_old).values(sealed_state=None))
