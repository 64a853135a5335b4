"""Who may use a route of the console: `who: Annotated[Account, Depends(staff("agent"))]`; and the CSRF check."""

import hmac
from datetime import UTC, datetime
from urllib.parse import urlencode

from fastapi import Request, Response

from channels.console.accounts import sessions
from channels.console.errors import Forbidden, LoggedOut, MustChange, Stale
from channels.console.roles import Account
from channels.console.store import ConsoleStore

__all__ = ["Account", "Staff", "checked", "staff"]

LANGUAGE_COOKIE = "console_language"
_SAFE = ("GET", "HEAD", "OPTIONS")
PASSWORD_PAGE = "/account/password"


class Staff:
    """A dependency that knows its roles, so that a test can ask every route for them."""

    def __init__(self, roles: tuple[str, ...], is_background: bool) -> None:
        self.roles, self._is_background = roles, is_background

    async def __call__(self, request: Request) -> Account:
        who = await self._whose(request)
        request.state.who = who
        if who.must_change and not request.url.path.endswith(PASSWORD_PAGE):
            raise MustChange
        if not who.may(*self.roles):
            raise Forbidden
        return who

    async def _whose(self, request: Request) -> Account:
        session_id = cookie(request)
        store, now = ConsoleStore(request.app.state.handovers), datetime.now(UTC)
        found = await store.read(sessions.whose, session_id, now) if session_id else None
        if found is None:
            raise LoggedOut
        who, is_time = found
        if is_time and not self._is_background:
            await store.write(sessions.note, session_id, now)
        return who


def staff(*roles: str, background: bool = False) -> Staff:
    """`background`: a page that refreshes itself does not keep its session alive."""
    return Staff(roles, background)


async def checked(request: Request) -> None:
    """Whatever changes something bears the token: in X-CSRF-Token, or in the field `csrf` of a plain form."""
    if request.method in _SAFE:
        return
    given = request.headers.get("x-csrf-token")
    if given is None:
        given = str((await request.form()).get("csrf", ""))
    session_id = cookie(request)
    if not session_id or not hmac.compare_digest(given.encode(), sessions.csrf_token(session_id).encode()):
        raise Stale


def cookie(request: Request) -> str:
    """The id in the browser; before a login it is nobody's, and serves the login form only."""
    return request.cookies.get(_name(request), "")


def csrf(request: Request) -> str:
    session_id = cookie(request)
    return sessions.csrf_token(session_id) if session_id else ""


def set_cookie(request: Request, response: Response, session_id: str) -> None:
    """The prefix __Host- keeps neighbouring hosts from setting it."""
    longest = int(sessions.LONGEST.total_seconds())
    secure = _is_secure(request)
    response.set_cookie(_name(request), session_id, longest, httponly=True, samesite="lax", secure=secure)


def set_language(request: Request, response: Response, language: str) -> None:
    year = 365 * 24 * 3600
    secure = _is_secure(request)
    response.set_cookie(LANGUAGE_COOKIE, language, year, httponly=True, samesite="strict", secure=secure)


def language_of(request: Request, who: Account | None) -> str:
    if who:
        return who.language
    given = request.cookies.get(LANGUAGE_COOKIE)
    return given if given in ("hi", "en") else "hi"


def login_address(request: Request) -> str:
    """Where to log in, and what to go on with after it."""
    if request.method != "GET" or request.headers.get("hx-request"):
        return "/console/login"
    return "/console/login?" + urlencode({"next": request.url.path})


def _is_secure(request: Request) -> bool:
    return bool(request.app.state.settings.environment != "development")


def _name(request: Request) -> str:
    return "__Host-console" if _is_secure(request) else "console"
