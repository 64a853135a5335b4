"""What the gateway shows of itself: errors, OpenAPI, health, page, logs."""

import json
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
import structlog
from gateway_settings import settings
from schemathesis.checks import CHECKS
from starlette.types import Receive, Scope, Send

import channels
from channels import api, logs
from channels.app import create_app
from channels.fake_bot import FakeBot
from channels.settings import PLACEHOLDER

Connect = Any
MESSAGES = "/api/v1/messages"
STAFF = "/api/v1/staff"
TRANSCRIPTS = "/api/v1/transcripts"


# ---- errors


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("POST", MESSAGES, {"json": {"text": "loan"}}, 422),
        ("POST", MESSAGES, {"json": {"session_id": "", "text": "loan"}}, 422),
        ("POST", MESSAGES, {"json": {"session_id": "a" * 65, "text": "loan"}}, 422),
        ("POST", MESSAGES, {"json": {"session_id": "a\n", "text": "loan"}}, 422),
        ("POST", MESSAGES, {"json": {"session_id": "अ", "text": "loan"}}, 422),
        ("POST", MESSAGES, {"json": {"session_id": "a", "text": 5}}, 422),
        ("POST", MESSAGES, {"json": {"session_id": "a", "text": "x", "channel": "fax"}}, 422),
        ("POST", MESSAGES, {"json": {"session_id": "a", "text": "x", "more": 1}}, 422),
        ("POST", MESSAGES, {"content": b"{not json"}, 422),
        ("POST", MESSAGES, {"content": b'{"session_id": "a", "text": "\\ud800", "\\udfff": 1}'}, 422),
        ("POST", MESSAGES, {"content": b"\xff\xfe"}, 422),
        ("POST", MESSAGES, {"content": b"E\xef\xbf"}, 400),
        ("POST", MESSAGES, {"content": b"x" * 70_000}, 413),
        ("POST", MESSAGES, {"json": {"session_id": "a", "text": "x", "sender": "+919812345678"}}, 422),
        ("POST", MESSAGES, {"json": {"session_id": "a", "text": "x", "channel": "sms", "sender": "98123"}}, 422),
        ("PUT", MESSAGES, {}, 405),
        ("GET", MESSAGES, {}, 422),
        ("GET", MESSAGES + "?session_id=a&after=-1", {}, 422),
        ("GET", MESSAGES + "?session_id=a&after=99999999999999", {}, 422),
        ("GET", STAFF + "/handovers", {}, 401),
        ("GET", STAFF + "/nowhere", {}, 404),
        ("POST", TRANSCRIPTS, {"json": {}}, 401),
        ("GET", TRANSCRIPTS, {}, 405),
        ("GET", "/nowhere", {}, 404),
        ("GET", "/static/../settings.py", {}, 404),
        ("GET", "/static/nothing.js", {}, 404),
        ("GET", "/api/v1/turns/" + "0" * 32 + "/as/sms", {}, 404),
        ("GET", "/api/v1/turns/x/as/sms", {}, 422),
    ],
)
async def test_every_error_is_a_problem_detail(
    gateway: httpx.AsyncClient, method: str, path: str, sent: dict[str, Any], status: int
) -> None:
    headers = {"content-type": "application/json"}
    response = await gateway.request(method, path, headers=headers, **sent)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert {"type", "title", "detail"} <= set(response.json())


async def test_a_large_body_without_announced_length_is_refused(gateway: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(70):
            yield b"x" * 1024

    response = await gateway.post(MESSAGES, content=pieces())
    assert response.status_code == 413


async def test_an_error_does_not_repeat_what_was_sent(gateway: httpx.AsyncClient) -> None:
    response = await gateway.post(MESSAGES, json={"session_id": "9876543210 !", "text": "secret"})
    assert "9876543210" not in response.text
    assert "secret" not in response.text


async def test_an_unforeseen_error_is_a_problem_without_its_text(
    gateway: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("9876543210")

    monkeypatch.setattr(api, "render", broken)
    with structlog.testing.capture_logs() as lines:
        response = await gateway.post(MESSAGES, json={"session_id": "a", "text": "loan"})
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert lines[-1]["error"] == "RuntimeError"
    assert "9876543210" not in response.text + str(lines)


# ---- OpenAPI

app = create_app(settings(bot_timeout_seconds=1.0), httpx.ASGITransport(FakeBot().app))


async def kept_open(scope: Scope, receive: Receive, send: Send) -> None:
    """The checker starts and stops the application for every request; this one is started once."""
    if scope["type"] != "lifespan":
        return await app(scope, receive, send)
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


schema = schemathesis.openapi.from_asgi("/openapi.json", kept_open)
# 413 needs a body that is too large to generate here; all other documented statuses are checked.
POSITIVE_ONLY = CHECKS.get_by_names(["positive_data_acceptance"])


@schema.hook
def filter_path_parameters(_: schemathesis.HookContext, path_parameters: dict[str, Any] | None) -> bool:
    """The client resolves dots on its way: what it asks for then is another address of ours."""
    return not any("." in str(value) for value in (path_parameters or {}).values())


@schema.hook
def filter_query(context: schemathesis.HookContext, query: dict[str, Any] | None) -> bool:
    """What is asked for beyond what we know is not looked at: with all that must be there, nothing is wrong then."""
    assert context.operation
    known, given = {each.name for each in context.operation.query}, set(query or {})
    return given <= known or not known <= given


@schema.parametrize()
def test_openapi_is_true(case: schemathesis.Case) -> None:
    case.call_and_validate(excluded_checks=POSITIVE_ONLY, headers={"Authorization": f"Bearer {PLACEHOLDER}"})


ROUTES = {
    "/": {"get"},
    "/healthz": {"get"},
    "/readyz": {"get"},
    "/openapi.json": {"get"},
    MESSAGES: {"get", "post"},
    "/api/v1/feedback": {"post"},
    "/api/v1/widget/session": {"post"},
    "/api/v1/widget/desk": {"get"},
    "/api/v1/widget/messages": {"get", "post"},
    "/api/v1/turns/{turn_id}/as/{channel}": {"get"},
    STAFF + "/handovers": {"get"},
    STAFF + "/handovers/{handover_id}": {"get"},
    STAFF + "/handovers/{handover_id}/take": {"post"},
    STAFF + "/handovers/{handover_id}/messages": {"post"},
    STAFF + "/handovers/{handover_id}/return": {"post"},
    STAFF + "/handovers/{handover_id}/close": {"post"},
    STAFF + "/applications/{number}": {"get"},
    TRANSCRIPTS: {"post"},
}
UNDESCRIBED = {"/", "/openapi.json"}


def operations() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = app.openapi()["paths"]
    return found


def test_the_routes_are_these() -> None:
    assert {path: set(methods) for path, methods in operations().items()} == {
        path: methods for path, methods in ROUTES.items() if path not in UNDESCRIBED
    }


@pytest.mark.parametrize("path", [path for path in ROUTES if path.startswith(STAFF)])
@pytest.mark.parametrize("given", [None, "Bearer wrong", f"Basic {PLACEHOLDER}", "Bearer \u00e9".encode("latin-1")])
async def test_every_staff_route_requires_the_token(
    gateway: httpx.AsyncClient, path: str, given: str | bytes | None
) -> None:
    (method,) = ROUTES[path]
    headers = {} if given is None else {"authorization": given}
    filled = path.format(handover_id=1, number="ODOP1234") + "?staff=Rekha"
    response = await gateway.request(method, filled, headers=headers, json={"staff": "Rekha", "text": "x"})  # type: ignore[arg-type]
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["www-authenticate"] == "Bearer"
    assert operations()[path][method]["security"]


def test_no_other_route_asks_for_the_token() -> None:
    for path in ROUTES.keys() - UNDESCRIBED:
        if not path.startswith((STAFF, TRANSCRIPTS, "/api/v1/widget")):
            assert not any("security" in operation for operation in operations()[path].values())


async def test_openapi_declares_problem_details(gateway: httpx.AsyncClient) -> None:
    described = (await gateway.get("/openapi.json")).json()
    assert set(described["paths"][MESSAGES]["post"]["responses"]) == {
        "200",
        "400",
        "403",
        "413",
        "422",
        "500",
    }
    for operations in described["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if status not in ("200", "204", "503"):
                    assert set(response["content"]) == {"application/problem+json"}
    assert "HTTPValidationError" not in json.dumps(described)


# ---- health


async def test_the_process_is_alive_even_when_nothing_else_is(gateway: httpx.AsyncClient, bot: FakeBot) -> None:
    bot.mode = "500"
    assert (await gateway.get("/healthz")).json() == {"status": "alive"}


async def test_ready_only_when_every_part_is(gateway: httpx.AsyncClient, bot: FakeBot) -> None:
    response = await gateway.get("/readyz")
    assert response.status_code == 200
    assert response.json()["parts"] == {"gateway": "ready", "bot": "ready", "actions": "ready"}
    bot.mode = "500"
    response = await gateway.get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"] == {"gateway": "ready", "bot": "failing", "actions": "failing"}


async def test_an_unreachable_part_is_named(connect: Connect) -> None:
    def only_bot(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/":
            return httpx.Response(200)
        raise httpx.ConnectError("refused")

    response = await connect(httpx.MockTransport(only_bot)).get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"] == {"gateway": "ready", "bot": "ready", "actions": "unreachable"}


# ---- page


async def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(
    gateway: httpx.AsyncClient,
) -> None:
    response = await gateway.get("/")
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|(?:src|href)=\"https?:", response.text)
    for path in re.findall(r'(?:src|href)="(/[^"]+)"', response.text):
        assert (await gateway.get(path)).status_code == 200


def test_the_page_never_writes_markup() -> None:
    for script in (Path(channels.__file__).parent / "static").glob("*.js"):
        text = script.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", text)


@pytest.mark.parametrize(("simulator", "shown"), [(True, True), (False, False)])
async def test_the_channel_switch_is_there_only_with_the_simulator(
    connect: Connect, simulator: bool, shown: bool
) -> None:
    page = await connect(simulator=simulator).get("/")
    assert ('name="channel"' in page.text) == shown


# ---- logs


async def test_a_turn_is_logged_without_text_or_session(gateway: httpx.AsyncClient) -> None:
    with structlog.testing.capture_logs() as lines:
        await gateway.post(MESSAGES, json={"session_id": "call-9876543210", "text": "लोन 9876543210"})
    (line,) = (line for line in lines if line["event"] == "turn")
    assert {"turn_id", "outcome", "language", "channel", "session"} <= set(line)
    assert {"hygiene_ms", "wait_ms", "bot_ms", "render_ms", "total_ms"} <= set(line)
    assert "9876543210" not in str(lines)


async def test_a_failure_is_logged_with_its_reason(gateway: httpx.AsyncClient, bot: FakeBot) -> None:
    bot.mode = "garbage"
    with structlog.testing.capture_logs() as lines:
        await gateway.post(MESSAGES, json={"session_id": "a", "text": "loan"})
    assert (lines[-1]["failure"], lines[-1]["log_level"]) == ("malformed", "warning")


def test_a_pseudonym_depends_on_the_key() -> None:
    assert logs.pseudonym("a", "one") == logs.pseudonym("a", "one")
    assert logs.pseudonym("a", "one") != logs.pseudonym("a", "two")


def test_log_lines_are_json_outside_development(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(readable=False)
    try:
        logging.getLogger("some.library").info("hello")
    finally:
        logging.basicConfig(force=True)
        structlog.reset_defaults()
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"]) == ("hello", "info")
