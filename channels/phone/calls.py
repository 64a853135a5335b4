"""A step of a call: answered once, however often Twilio asks for it, by whichever process."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from channels.errors import StoreFailure
from channels.handovers import Handovers
from channels.logs import log, pseudonym, where
from channels.memory import Recent, Sessions
from channels.phone.record import Ending, Record
from channels.phone.screen import CallState, Heard, Screen, Then
from channels.phone.steps import Steps
from channels.phone.twiml import document
from channels.settings import Settings

KEPT_SCREENS = 8
_REMEMBERED, _WAITING, _AT_ONCE = 1000, 5, 1000
P = ParamSpec("P")
T = TypeVar("T")


class Calls:
    """Without the database a call goes on from memory; with it, in any process."""

    def __init__(self, steps: Steps, record: Record, threads: Handovers, settings: Settings) -> None:
        self._steps, self._record, self._threads, self._settings = steps, record, threads, settings
        self._memory: Recent[CallState] = Recent(_REMEMBERED)
        self._lines = Sessions(remembered=1, waiting=_WAITING, at_once=_AT_ONCE)

    async def begin(self, call_sid: str) -> str:
        """The first document. Of a call that goes on, the last one: Twilio comes back here when a step has failed."""
        key = self._record.key(call_sid)
        async with self._lines.turn(key):
            state = await self._load(key) or CallState(session_id=f"v{key}")
            if not state.step:
                state = await self._keep(key, state, self._steps.screens.greeting(state))
            return self._document(state, state.step)

    async def go_on(self, call_sid: str, then: Then, answered: int, heard: Heard) -> str:
        """`answered`: the step of the screen that this answers. The next document, or again the one given before."""
        key = self._record.key(call_sid)
        async with self._lines.turn(key):
            state = await self._load(key) or self._lost(key, answered)
            if answered == state.step and state.screens[answered].then == then:
                state = await self._keep(key, state, await self._take(then, state, heard))
            return self._document(state, answered + 1)

    async def end(self, call_sid: str, ending: Ending) -> None:
        """The summary: no word that was said, and no number."""
        key = self._record.key(call_sid)
        async with self._lines.turn(key):
            remembered = self._memory.get(key)
            state = await self._with_store("end", self._record.end, key, ending) or remembered
        self._memory.put(key, CallState(session_id=f"v{key}"))
        if state and state.step:
            self._log_end(state, ending)

    def _log_end(self, state: CallState, ending: Ending) -> None:
        session = pseudonym(state.session_id, self._settings.log_hash_key.get_secret_value())
        facts = {"turns": state.turns, "outcomes": state.outcomes, "language": state.language}
        log.info("call", session=session, status=ending.status, seconds=ending.seconds, **facts)

    async def _take(self, then: Then, state: CallState, heard: Heard) -> Screen:
        """Whatever happens, the caller hears something: to an error Twilio would hang up."""
        try:
            return await self._steps.take(then, state, heard)
        except Exception as error:
            log.error("unforeseen", error=type(error).__name__, where=where(error))
            return self._steps.sorry(state)

    async def _keep(self, key: str, state: CallState, screen: Screen) -> CallState:
        before = state.step
        state.step += 1
        state.screens[state.step] = screen
        state.screens = {n: each for n, each in state.screens.items() if n > state.step - KEPT_SCREENS}
        state = await self._with_store("save", self._record.save, key, state, before) or state
        self._memory.put(key, state)
        return state

    async def _load(self, key: str) -> CallState | None:
        """A copy: a step that fails half-way has changed nothing."""
        remembered = self._memory.get(key)
        stored = await self._with_store("load", self._record.load, key)
        if stored and not (remembered and remembered.step > stored.step):
            return stored
        return remembered.model_copy(deep=True) if remembered and remembered.step else None

    def _lost(self, key: str, answered: int) -> CallState:
        """Neither store nor memory knows the call: it begins again where it is."""
        state = CallState(session_id=f"v{key}", step=answered)
        screen = self._steps.sorry(state)
        state.screens[answered] = screen
        return state

    def _document(self, state: CallState, step: int) -> str:
        """Of a step that is no longer kept, or not yet there, the last one."""
        step = step if step in state.screens else state.step
        return document(state.screens[step], state, step, self._settings)

    async def _with_store(self, what: str, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return await self._threads.run(call, *args, **kwargs)
        except StoreFailure as failure:
            log.warning("store_failed", step=f"call_{what}", reason=failure.reason)
            return None
