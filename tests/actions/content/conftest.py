"""A store of its own for each test, behind the action server's routes."""

from collections.abc import Iterator

import pytest
from content_tools import TOKEN, Console
from databases import address as address
from databases import postgresql as postgresql
from fastapi import FastAPI
from fastapi.testclient import TestClient

from actions.content import answered, http, service
from actions.content.desk import Desk
from actions.content.service import Opened
from actions.content.settings import Settings
from knowledge.entries_loader import Library, load
from knowledge.paths import ENTRIES, SOURCES


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return load(ENTRIES, SOURCES, overlay=tmp_path_factory.mktemp("none"))


@pytest.fixture
def opened(address: str, library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    one = Opened(Settings())
    one.desk = Desk(one.versions, lambda: library)
    for module in (answered, service):
        monkeypatch.setattr(module, "opened", lambda: one)
    yield one
    one.engine.dispose()


@pytest.fixture
def console(opened: Opened) -> Console:
    app = FastAPI()
    app.include_router(http.router)
    return Console(TestClient(app))
