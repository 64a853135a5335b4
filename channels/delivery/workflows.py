"""The durable part: workflows that DBOS takes up again where a process died. Their records hold ids and codes only."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypedDict

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig, SetWorkflowID

from channels.delivery import points
from channels.logs import log, where
from common import tracing

NAME = "odop-delivery"
VERSION = "2"  # of the steps' order; with another one what is under way is begun anew, under another name
_BUSY_SECONDS = 30
_PAGE = 500
_QUIET = logging.ERROR


class Taken(TypedDict):
    """A turn that was had: the messages still to send, in order, and whether the contact is to be erased after them."""

    messages: list[int]
    erases: bool


class Work(Protocol):
    """What the workflows are made of. Every part may be run again after a crash."""

    async def answer(self, inbound_id: int, is_last: bool) -> Taken | None:
        """Has the turn and sends what can be sent at once. None: the bot is to be asked again."""

    async def push(self, outbound_id: int) -> float | None:
        """Seconds until it is to be looked at again; None once nothing is left to do."""

    async def up_to(self, outbound_id: int) -> list[int]: ...

    async def erase(self, inbound_id: int) -> None: ...


class Workflows:
    """One at a time in a process: DBOS is a single one."""

    def __init__(self, work: Work, address: str, executor: str, pauses: tuple[float, ...]) -> None:
        self._work, self._pauses = work, pauses
        self._is_up = False
        self._running: dict[str, asyncio.Task[Any]] = {}
        self._config: DBOSConfig = {
            "name": NAME,
            "executor_id": executor,
            "application_version": VERSION,
            "system_database_url": address,
            "log_level": "ERROR",  # it warns of each workflow that is started twice, which is how ours are started
            "enable_otlp": False,
        }
        if address.startswith("sqlite"):
            self._config["system_database_engine"] = _sqlite(address)
        self._answer: Callable[[int], Coroutine[Any, Any, None]] = self._answering
        self._speak: Callable[[int], Coroutine[Any, Any, None]] = self._speaking

    def launch(self) -> None:
        """In the event loop on which the workflows are to run."""
        DBOS(config=self._config)
        try:
            logging.getLogger("dbos").setLevel(_QUIET)
            self._register()
            DBOS.launch()
        except Exception:
            DBOS.destroy(destroy_registry=True)  # so that it can be tried again
            raise
        self._is_up = True

    async def close(self) -> None:
        """What runs is broken off as if the process had died: it is taken up at the next start."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._is_up:
            loop = asyncio.get_running_loop()
            with ThreadPoolExecutor(1) as thread:
                await loop.run_in_executor(thread, partial(DBOS.destroy, destroy_registry=True))
            loop.set_default_executor(ThreadPoolExecutor())  # DBOS had put its own there, which is closed now

    async def answer(self, inbound_id: int, name: str) -> None:
        await self._start(f"in{VERSION}-{name}", self._answer, inbound_id)

    async def speak(self, outbound_id: int, name: str) -> None:
        await self._start(f"out{VERSION}-{name}", self._speak, outbound_id)

    async def tidy(self, before: datetime) -> None:
        """Forgets those that ended before this moment."""
        while True:
            old = await DBOS.list_workflows_async(
                completed_before=before.isoformat(), limit=_PAGE, load_input=False, load_output=False
            )
            if not old:
                return
            await DBOS.delete_workflows_async([each.workflow_id for each in old])

    def recover(self, executors: list[str]) -> None:
        """Takes over what processes that are gone have left."""
        DBOS._recover_pending_workflows(executors)

    async def _start(self, name: str, workflow: Callable[[int], Coroutine[Any, Any, None]], number: int) -> None:
        """The name makes it one, however often and by whomever it is started. It is no number of a row: those
        begin anew when somebody removes the gateway's database and not this one."""
        if name not in self._running:
            with SetWorkflowID(name):
                await DBOS.start_workflow_async(workflow, number)

    def _register(self) -> None:
        """Anew for each launch, so that the workflows belong to this object."""

        @DBOS.workflow(name="answer", max_recovery_attempts=None)
        async def answer(inbound_id: int) -> None:
            await self._followed(self._answering(inbound_id))

        @DBOS.workflow(name="speak", max_recovery_attempts=None)
        async def speak(outbound_id: int) -> None:
            await self._followed(self._speaking(outbound_id))

        self._answer, self._speak = answer, speak

    async def _followed(self, body: Awaitable[None]) -> None:
        name, task = str(DBOS.workflow_id), asyncio.current_task()
        assert task is not None
        self._running[name] = task
        try:
            with tracing.span("message"):
                await body
        except Exception as error:
            log.error("workflow_broken", workflow=name, error=type(error).__name__, where=where(error))
            raise
        finally:
            self._running.pop(name, None)

    async def _answering(self, inbound_id: int) -> None:
        taken = await self._taken(inbound_id)
        points.reached("answer_kept")
        for message in taken["messages"]:
            await self._sent(message)
        if taken["erases"]:
            await _step("erase", self._work.erase, inbound_id)
        points.reached("ended")

    async def _taken(self, inbound_id: int) -> Taken:
        for pause in self._pauses:
            taken: Taken | None = await _step("answer", self._work.answer, inbound_id, False)
            if taken is not None:
                return taken
            await DBOS.sleep_async(pause)
        last: Taken = await _step("answer", self._work.answer, inbound_id, True)
        return last

    async def _speaking(self, outbound_id: int) -> None:
        for message in await _step("up_to", self._work.up_to, outbound_id):
            await self._sent(message)

    async def _sent(self, outbound_id: int) -> None:
        while (pause := await _step("push", self._work.push, outbound_id)) is not None:
            if pause > 0:
                await DBOS.sleep_async(pause)


async def _step(name: str, call: Callable[..., Awaitable[Any]], *args: Any) -> Any:
    """Recorded once it is done, and not run again after that."""
    return await DBOS.run_step_async({"name": name}, call, *args)


def _sqlite(address: str) -> sa.Engine:
    """As DBOS opens it, but with a journal that lets readers read. What a power cut may take off its end is made
    good by the sweep: the gateway's own tables say what is left to do."""
    engine = sa.create_engine(address, connect_args={"timeout": _BUSY_SECONDS}, hide_parameters=True)

    @sa.event.listens_for(engine, "do_connect")
    def make(_: Any, __: Any, arguments: list[Any], ___: Any) -> None:
        path = Path(str(arguments[0]))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = "IMMEDIATE"
        for setting in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {setting}")

    return engine
