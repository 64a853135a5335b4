"""The action server in this process, asked over HTTP as Rasa asks it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from rasa_calls import Bot

from actions.server import app
from knowledge.text.gazetteer import Gazetteer
from knowledge.text.language import LanguageDetector


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('store') / 'applications.db'}")
        patch.setenv("CODES_AN_HOUR", "10")
        patch.setenv("ACTIONS_LIVE_SECONDS", "0")  # only test_live.py edits, in a copy
        with TestClient(app, raise_server_exceptions=False) as connected:
            yield connected


@pytest.fixture(scope="session")
def bot(client: TestClient) -> Bot:
    return Bot(client, Gazetteer.load(), LanguageDetector.load())
