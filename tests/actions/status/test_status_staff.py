"""POST /staff/application: what the helpline's staff see, and who may ask."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from application_tools import NUMBER, UNKNOWN, Desk, GoneDirectory
from fastapi import FastAPI
from fastapi.testclient import TestClient

from actions import server
from actions.applications import service
from actions.applications.errors import ApplicationsUnavailable
from actions.staff_application import router

TOKEN = "t" * 32
Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setattr(service, "disclosure", lambda: desk.disclosure)
    app = FastAPI()
    app.include_router(router)
    with TestClient(app, raise_server_exceptions=False) as client:

        def call(number: str = NUMBER, token: str = TOKEN, **others: Any) -> httpx.Response:
            body = {"number": number, "staff": "asha.verma", "language": "en", **others}
            headers = {"Authorization": f"Bearer {token}".encode()}
            return client.post("/staff/application", json=body, headers=headers)

        yield call


def test_staff_see_stage_history_district_scheme_and_the_end_of_the_mobile(ask: Ask) -> None:
    reply = ask()
    seen = reply.json()
    assert reply.status_code == 200
    assert seen["scheme"] == {"id": "margin_money", "name": "margin money loan"}
    assert seen["district"] == {"id": "lucknow", "name": "Lucknow"}
    assert seen["mobile"] == "********42"
    assert seen["stage"]["name"] == "Application submitted"
    assert seen["stage"]["sources"]
    assert seen["history"] == [{"code": "applied", "name": "Application submitted", "on": "2026-09-01"}]
    assert "5000000042" not in reply.text


def test_it_is_said_in_the_language_asked_for(ask: Ask) -> None:
    assert ask(language="hi").json()["stage"]["name"] == "आवेदन जमा"


def test_every_look_up_is_audited_without_the_name_in_the_clear(ask: Ask, desk: Desk) -> None:
    ask(), ask(UNKNOWN), ask(staff="ravi")
    lookups = desk.records.lookups()
    assert [(one.way, one.outcome) for one in lookups] == [
        ("staff", "shown"),
        ("staff", "refused_unknown"),
        ("staff", "shown"),
    ]
    asha = desk.vault.hash("contact", "staff:asha.verma")
    assert [one.contact_hash == asha for one in lookups] == [True, True, False]


def test_an_unknown_number_is_not_found(ask: Ask) -> None:
    assert ask(UNKNOWN).status_code == 404


@pytest.mark.parametrize(
    ("text", "hint"),
    [("9876543210", "mobile number"), ("12345", "does not look complete"), ("kya hua", "printout of your form")],
)
def test_what_is_no_number_gets_the_hint(ask: Ask, desk: Desk, text: str, hint: str) -> None:
    reply = ask(text)
    assert reply.status_code == 422
    assert hint in reply.json()["hint"]
    assert desk.records.lookups() == []


def test_a_record_that_does_not_answer_is_unavailable(ask: Ask, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "disclosure", lambda: desk.over(GoneDirectory()))
    assert ask().status_code == 503
    monkeypatch.setattr(service, "disclosure", _closed)
    assert ask().status_code == 503


def _closed() -> None:
    raise ApplicationsUnavailable("down")


@pytest.mark.parametrize("token", ["", "wrong", "t" * 31, "ä"])
def test_without_the_token_nothing_is_looked_up(ask: Ask, desk: Desk, token: str) -> None:
    reply = ask(token=token)
    assert reply.status_code == 401
    assert desk.records.lookups() == []


@pytest.mark.parametrize("value", [None, "", "development-only"])
def test_the_placeholder_of_the_token_opens_nothing(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    if value is None:
        monkeypatch.delenv("BOT_TOKEN")
    else:
        monkeypatch.setenv("BOT_TOKEN", value)
    assert ask(token=value or "development-only").status_code == 401


def test_without_a_name_of_staff_nothing_is_looked_up(ask: Ask, desk: Desk) -> None:
    assert ask(staff=" ").status_code == 422
    assert desk.records.lookups() == []


def test_no_number_is_logged(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask()
    assert "001234" not in caplog.text


def test_the_action_server_offers_it_to_whoever_has_the_token() -> None:
    body = {"number": NUMBER, "staff": "asha.verma"}
    assert TestClient(server.app).post("/staff/application", json=body).status_code == 401


def test_both_languages_are_told_in_one_audited_look_up(ask: Ask, desk: Desk) -> None:
    seen = ask(language="hi", beside="en").json()
    assert (seen["stage"]["name"], seen["beside"]["stage"]["name"]) == ("आवेदन जमा", "Application submitted")
    assert len(desk.records.lookups()) == 1
