"""A store of its own for each test, behind the action server's routes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from content_tools import TOKEN, Console
from fastapi import FastAPI
from fastapi.testclient import TestClient

from actions.content import http, service
from actions.content.desk import Desk
from actions.content.service import Opened
from actions.content.settings import Settings
from knowledge.entries_loader import Library, load
from knowledge.paths import ENTRIES, SOURCES


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return load(ENTRIES, SOURCES, overlay=tmp_path_factory.mktemp("none"))


@pytest.fixture
def opened(tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'content.db'}")
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    one = Opened(Settings())
    one.desk = Desk(one.versions, lambda: library)
    for module in (http, service):
        monkeypatch.setattr(module, "opened", lambda: one)
    yield one
    one.engine.dispose()


@pytest.fixture
def console(opened: Opened) -> Console:
    app = FastAPI()
    app.include_router(http.router)
    return Console(TestClient(app))
