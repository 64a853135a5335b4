"""What can go wrong in the gateway, and how it is told to a caller.

ChannelError
├── SettingsError      a setting is missing or unsafe: the process does not start
├── BotFailure         the bot gave no usable answer: the user gets a sentence with the helpline
├── TooBusy            too many messages at once: the user is asked to wait
├── StoreFailure       the gateway's database gave no answer: the bot goes on without it
│   └── StoreCrossed   somebody else wrote the same row first: try again
├── NoHandover         staff named a conversation that is not there
├── NotYours           it is with another member of staff, or with nobody
└── Over               it has gone back to the assistant

Everything told to a caller as an error is a problem detail (RFC 9457). It never repeats what
the caller sent, so that no message text ends in a log of somebody else.
"""

import json
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from channels.models import Problem, ProblemField

PROBLEM_JSON = "application/problem+json"


class ChannelError(Exception):
    """Anything the gateway raises on purpose."""


class SettingsError(ChannelError):
    """One line that says which setting to change."""


class BotFailure(ChannelError):
    """`reason` is a word for the log: timeout, refused, broken, status_500, malformed, empty."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooBusy(ChannelError):
    """One session, or all of them together, have too many messages waiting."""


class StoreFailure(ChannelError):
    """`reason` is a word for the log: timeout, or the name of the database's own error."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StoreCrossed(StoreFailure):
    """A row of that kind is there already."""


class NoHandover(ChannelError):
    """No conversation has this number."""


class NotYours(ChannelError):
    """`taken_by` is who has it, or None."""

    def __init__(self, taken_by: str | None) -> None:
        super().__init__("not yours")
        self.taken_by = taken_by


class Over(ChannelError):
    """Nothing more can be said in this conversation."""


def problem(
    status: int,
    detail: str,
    fields: list[ProblemField] | None = None,
    headers: dict[str, str] | None = None,
    taken_by: str | None = None,
) -> Response:
    """A problem response. ASCII only, so that no odd character can break the encoding."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=fields, taken_by=taken_by)
    text = json.dumps(body.model_dump(exclude_none=True))
    return Response(text, status, headers=headers, media_type=PROBLEM_JSON)


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route: every status it may fail with, as a problem detail."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {PROBLEM_JSON: {"schema": schema}},
        }
        for status in statuses
    }


def add_handlers(app: FastAPI) -> None:
    """Makes every error of the framework a problem detail."""
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    for kind in (StoreFailure, TooBusy, NoHandover, NotYours, Over):
        app.add_exception_handler(kind, _own_error)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = _allowed(request)
    return problem(error.status_code, str(error.detail), headers=headers)


def _allowed(request: Request) -> str:
    """Of all routes of this path: the framework names those of the first only."""
    routes = (route for route in request.app.routes if route.matches(request.scope)[0] is not Match.NONE)
    return ", ".join(sorted({method for route in routes for method in getattr(route, "methods", None) or ()}))


def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields = [
        ProblemField(field=".".join(str(step) for step in item["loc"])[:100], message=item["msg"])
        for item in error.errors()[:20]
    ]
    return problem(422, "The request does not have the documented form.", fields)


def _own_error(request: Request, error: Exception) -> Response:
    """What staff and pages are told; a user's message is always answered with a sentence instead."""
    if isinstance(error, TooBusy):
        return problem(429, "Too many requests for this session at once.", headers={"Retry-After": "5"})
    if isinstance(error, NoHandover):
        return problem(404, "There is no such conversation.")
    if isinstance(error, Over):
        return problem(409, "This conversation has gone back to the assistant.")
    if isinstance(error, NotYours):
        detail = f"{error.taken_by} has this conversation." if error.taken_by else "Nobody has taken it yet."
        return problem(409, detail, taken_by=error.taken_by)
    return problem(503, "The store of conversations does not answer.", headers={"Retry-After": "5"})
