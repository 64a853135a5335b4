"""What can go wrong in the gateway, and how it is told to a caller.

ChannelError
├── SettingsError      a setting is missing or unsafe: the process does not start
├── BotFailure         the bot gave no usable answer: the user gets a sentence with the helpline
└── TooBusy            too many messages at once: the user is asked to wait

Everything told to a caller as an error is a problem detail (RFC 9457). It never repeats what
the caller sent, so that no message text ends in a log of somebody else.
"""

import json
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

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


def problem(
    status: int,
    detail: str,
    fields: list[ProblemField] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """A problem response. ASCII only, so that no odd character can break the encoding."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=fields)
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


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, str(error.detail), headers=dict(error.headers or {}))


def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields = [
        ProblemField(field=".".join(str(step) for step in item["loc"])[:100], message=item["msg"])
        for item in error.errors()[:20]
    ]
    return problem(422, "The request does not have the documented form.", fields)
