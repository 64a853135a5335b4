"""Errors as staff see them: a sentence in their language, on the page."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from channels import errors
from channels.console import words
from channels.console.access import PASSWORD_PAGE, language_of, login_address
from channels.console.errors import ConsoleError, Forbidden, LoggedOut, MustChange, Refused, Stale
from channels.console.pages import is_fragment, render
from channels.console.roles import Account

_KNOWN: dict[type[Exception], tuple[int, str]] = {
    Forbidden: (403, "common.forbidden"),
    Stale: (403, "common.stale"),
    RequestValidationError: (422, "common.invalid"),
    errors.StoreFailure: (503, "common.store_down"),
    errors.NoHandover: (404, "common.not_found"),
    errors.Over: (409, "common.over"),
    errors.NotYours: (409, "common.not_yours"),
}
_BY_STATUS = {404: "common.not_found", 405: "common.not_found"}


def add_handlers(console: FastAPI) -> None:
    for kind in (ConsoleError, HTTPException, *_KNOWN):
        console.add_exception_handler(kind, _answer)


async def _answer(request: Request, error: Exception) -> Response:
    if isinstance(error, LoggedOut):
        return _go(request, login_address(request))
    if isinstance(error, MustChange):
        return _go(request, "/console" + PASSWORD_PAGE)
    status, sentence = _told(request, error)
    if is_fragment(request):
        # Not where the answer was to go: in the place for notices, so that nothing written is lost.
        answer = render(request, "error_notice.html", _who(request), status, sentence=sentence)
        answer.headers.update({"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"})
        return answer
    return render(request, "error.html", _who(request), status, sentence=sentence)


def _told(request: Request, error: Exception) -> tuple[int, str]:
    language = language_of(request, _who(request))
    if isinstance(error, Refused):
        return error.status, words.say(language, error.key, **error.gaps)
    if isinstance(error, errors.NotYours):
        key = "common.not_yours" if error.taken_by else "common.nobodys"
        return 409, words.say(language, key, name=error.taken_by)
    if isinstance(error, HTTPException):
        return error.status_code, words.say(language, _BY_STATUS.get(error.status_code, "common.invalid"))
    status, key = next(known for kind, known in _KNOWN.items() if isinstance(error, kind))
    return status, words.say(language, key)


def _who(request: Request) -> Account | None:
    return getattr(request.state, "who", None)


def _go(request: Request, address: str) -> Response:
    if is_fragment(request):
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)
