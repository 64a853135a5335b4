"""Asks the assistant, and does not keep the telephone network waiting for it."""

import asyncio

from channels.errors import StoreFailure
from channels.logs import log, pseudonym, where
from channels.memory import Recent
from channels.models import MessageIn
from channels.phone.screen import CallState, Pending
from channels.settings import Settings
from channels.turn_log.words import Mark
from channels.turns import Turn, Turns

MOST_POLLS = 3
_REMEMBERED = 1000


class Asking:
    """One turn for each message id, in this process; the bot itself answers a message id only once."""

    def __init__(self, turns: Turns, settings: Settings) -> None:
        self._turns, self._seconds = turns, settings.phone_wait_seconds
        self._log_key = settings.log_hash_key.get_secret_value()
        self._begun: Recent[asyncio.Task[Turn]] = Recent(_REMEMBERED)

    def begin(self, state: CallState, text: str, quietly: bool) -> None:
        state.pending = Pending(text=text, message_id=self.reference(state), quietly=quietly)

    def reference(self, state: CallState) -> str:
        """What names a thing that this step does, however often it is repeated."""
        return f"{state.session_id}-{state.step}"

    async def mark(self, state: CallState, mark: Mark) -> bool:
        """Of the answer that was heard last."""
        try:
            return await self._turns.notes.marks.last(state.session_id, mark)
        except StoreFailure as failure:
            log.warning("store_failed", step="mark", reason=failure.reason)
            return False

    async def answer(self, state: CallState) -> Turn | None:
        """The turn, or None: then it is still awaited, unless it took too long and `state.pending` is None."""
        pending = state.pending
        assert pending is not None
        task = self._task(state.session_id, pending)
        await asyncio.wait({task}, timeout=self._seconds)
        if not task.done():
            pending.polls += 1
            state.pending = pending if pending.polls <= MOST_POLLS else None
            return None
        state.pending = None
        return self._finished(state, task, pending)

    def _task(self, session_id: str, pending: Pending) -> asyncio.Task[Turn]:
        """Begun again where the process is another now: its message id is known to the bot."""
        task = self._begun.get(pending.message_id)
        if task is None:
            message = MessageIn(session_id=session_id, text=pending.text, channel="voice")
            task = asyncio.create_task(self._turns.run(message, message_id=pending.message_id))
            self._begun.put(pending.message_id, task)
        return task

    def _finished(self, state: CallState, task: asyncio.Task[Turn], pending: Pending) -> Turn | None:
        error = task.exception()
        if error is not None:
            log.error("unforeseen", error=type(error).__name__, where=where(error))
            return None
        turn = task.result()
        if not pending.quietly:
            state.turns += 1
            state.outcomes[turn.outcome] = state.outcomes.get(turn.outcome, 0) + 1
        self._log(state, turn)
        return turn

    def _log(self, state: CallState, turn: Turn) -> None:
        log.info(
            "turn",
            turn_id=turn.id,
            session=pseudonym(state.session_id, self._log_key),
            channel="voice",
            outcome=turn.outcome,
            failure=turn.failure,
            **turn.clock.times(),
        )
