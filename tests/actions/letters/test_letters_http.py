"""The action server's route, and its settings."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from letter_tools import NOW, occasion, settings, state, token_in
from pydantic import ValidationError

from actions.applications.errors import ApplicationsUnavailable
from actions.letters import http
from actions.letters.desk import Desk
from actions.letters.task import LetterTask

SECRET = "s" * 40


@pytest.fixture
def client(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(http, "open_desk", lambda: desk)
    app = FastAPI()
    app.include_router(http.router)
    with TestClient(app, raise_server_exceptions=False) as connected:
        yield connected


@pytest.fixture
def token(desk: Desk) -> str:
    return token_in(LetterTask(lambda: desk).finish(state("reasons", name="Shakuntala"), occasion())[0])


def test_a_token_gives_its_pdf(client: TestClient, token: str) -> None:
    answer = client.get(f"/letters/{token}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")


def test_unknown_and_expired_look_the_same(
    client: TestClient, desk: Desk, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = client.get("/letters/" + "A" * 43)
    later = Desk(desk.store, desk.settings, lambda: NOW + timedelta(hours=24))
    monkeypatch.setattr(http, "open_desk", lambda: later)
    expired = client.get(f"/letters/{token}")
    assert expired.status_code == unknown.status_code == 404
    assert (expired.content, expired.headers) == (unknown.content, unknown.headers)


def test_a_database_that_is_down_is_no_missing_letter(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> Desk:
        raise ApplicationsUnavailable

    monkeypatch.setattr(http, "open_desk", down)
    assert client.get("/letters/" + "A" * 43).status_code == 503


def test_neither_token_nor_letter_gets_into_the_log(
    client: TestClient, token: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> bytes:
        raise ValueError("Shakuntala")

    monkeypatch.setattr(http, "_drawn", broken)
    with caplog.at_level(logging.INFO, "actions"):
        assert client.get(f"/letters/{token}").status_code == 500
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("actions")]
    assert ours == ["a letter cannot be drawn: ValueError"]


def test_the_action_server_has_the_route() -> None:
    from actions.server import app

    assert "/letters/{token}" in {getattr(route, "path", None) for route in app.routes} | _included(app.routes)


def _included(routes: object) -> set[str]:
    """Newer FastAPI keeps an included router as one route."""
    found: set[str] = set()
    for route in routes if isinstance(routes, list) else []:
        router = getattr(route, "original_router", None)
        found |= {getattr(each, "path", "") for each in getattr(router, "routes", [])}
    return found


def test_a_link_has_one_slash_wherever_the_gateway_lies() -> None:
    assert settings(public_url="https://h.example/odop/").link("t") == "https://h.example/odop/letters/t.pdf"


@pytest.mark.parametrize("address", ["example.org", "ftp://x", "https://", "https://a b", "https://a?b", ""])
def test_an_address_that_cannot_begin_a_link_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        settings(public_url=address)


def test_in_production_a_letter_goes_over_https_only() -> None:
    keys = {"environment": "production", "applications_hash_key": SECRET, "applications_seal_key": SECRET}
    with pytest.raises(ValidationError, match="PUBLIC_URL must begin with https://"):
        settings(**keys)
    assert settings(**keys, public_url="https://h.example").link("t") == "https://h.example/letters/t.pdf"
