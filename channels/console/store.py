"""The console's work on the gateway's store: off the event loop and within its time."""

from collections.abc import Callable
from typing import Annotated, Concatenate, ParamSpec, TypeVar

from fastapi import Depends, Request
from sqlalchemy import Connection

from channels.handovers import Handovers

P = ParamSpec("P")
T = TypeVar("T")


class ConsoleStore:
    """`await store.read(call, ...)`: `call(connection, ...)` in one transaction. Raises StoreFailure."""

    def __init__(self, handovers: Handovers) -> None:
        self._run, self._database = handovers.run, handovers.database

    async def read(self, call: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._run(self._reading, lambda connection: call(connection, *args, **kwargs))

    async def write(self, call: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._run(self._writing, lambda connection: call(connection, *args, **kwargs))

    def _reading(self, call: Callable[[Connection], T]) -> T:
        with self._database.reading() as connection:
            return call(connection)

    def _writing(self, call: Callable[[Connection], T]) -> T:
        with self._database.writing() as connection:
            return call(connection)


async def console_store(request: Request) -> ConsoleStore:
    return ConsoleStore(request.app.state.handovers)


Store = Annotated[ConsoleStore, Depends(console_store)]
