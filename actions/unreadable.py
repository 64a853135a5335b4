"""What is told to a request that has not the form of its route: which field is wrong, and nothing of what it said."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

_MOST = 20


def add_handler(app: FastAPI) -> None:
    app.add_exception_handler(RequestValidationError, _refused)


def _refused(_: Request, error: Exception) -> JSONResponse:
    """The framework's own answer repeats the input, which may be personal, or no Unicode that can be sent back."""
    assert isinstance(error, RequestValidationError)
    wrong = [{"field": _field(each), "message": each["type"]} for each in error.errors()[:_MOST]]
    return JSONResponse({"error": "not the documented form", "detail": wrong}, 422)


def _field(wrong: dict[str, Any]) -> str:
    """Only names of ours: an unknown field, or one within a field, is named by whoever sent it."""
    known = 1 if wrong["type"] == "extra_forbidden" else 2
    return ".".join(map(str, wrong["loc"][:known]))
