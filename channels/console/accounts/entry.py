"""Logging in and out, the language, and one's own password."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from channels.console import access, words
from channels.console.access import Account, staff
from channels.console.accounts import passwords, people, sessions
from channels.console.accounts.goals import own
from channels.console.audit import audit
from channels.console.errors import Refused
from channels.console.pages import render
from channels.console.store import ConsoleStore, Store
from channels.console.words import ConsoleLanguage
from channels.logs import log

router = APIRouter()
Anybody = Annotated[Account, Depends(staff("agent", "editor"))]
Password = Annotated[str, Form(max_length=passwords.LONGEST)]
_hashing = asyncio.Semaphore(4)  # each takes 64 MiB


@router.get("/login")
async def login_page(request: Request, store: Store, next: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Gives the browser an id, from which the form's CSRF token follows; it opens nothing."""
    if access.cookie(request):
        return await _login_page(request, store, 200, next)
    session_id = sessions.new_id()
    answer = await _login_page(request, store, 200, next, csrf=sessions.csrf_token(session_id))
    access.set_cookie(request, answer, session_id)
    return answer


async def _login_page(request: Request, store: ConsoleStore, status: int, goal: str, **values: Any) -> Response:
    is_first = await store.read(people.is_empty)
    shown: dict[str, Any] = {"login": "", "problem": False, "goal": own(goal)}
    shown |= {"has_office": bool(request.app.state.settings.oidc_issuer), **values}
    return render(request, "accounts/login.html", None, status, is_first=is_first, say=words.say, **shown)


@router.post("/login")
async def log_in(
    request: Request,
    store: Store,
    login: Annotated[str, Form(max_length=80)],
    password: Password,
    next: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """The same answer after the same time, whether the login is there, locked, or the password wrong."""
    login, tries = people.plain_login(login), request.app.state.tries
    tried = tries.take(request)
    row = await store.read(people.by_login, login)
    async with _hashing:
        is_right = await asyncio.to_thread(passwords.is_right, row.password_hash if row else None, password)
    session_id = await store.write(people.enter, login, is_right, datetime.now(UTC))
    if session_id is None:
        log.warning("login_refused")
        return await _login_page(request, store, 401, next, login=login, problem=True)
    tries.was_right(tried)
    await store.write(sessions.end, access.cookie(request))
    answer = RedirectResponse(own(next), 303)
    access.set_cookie(request, answer, session_id)
    access.set_language(request, answer, row.language if row else "hi")  # for the time after the logout
    return answer


@router.post("/logout")
async def log_out(request: Request, store: Store, who: Anybody) -> Response:
    await store.write(sessions.end, access.cookie(request))
    answer = RedirectResponse("/console/login", 303)
    access.set_cookie(request, answer, sessions.new_id())
    return answer


@router.post("/language")
async def choose_language(
    request: Request,
    store: Store,
    language: Annotated[ConsoleLanguage, Form()],
    next: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Of the account, or before the login of the browser."""
    found = await store.read(sessions.whose, access.cookie(request), datetime.now(UTC))
    if found:
        await store.write(people.change, found[0].id, language=language)
    answer = RedirectResponse(own(next), 303)
    access.set_language(request, answer, language)
    return answer


@router.get("/account")
async def own_account(request: Request, who: Anybody) -> Response:
    return RedirectResponse("/console" + access.PASSWORD_PAGE, 303)


@router.get("/account/password")
async def password_page(request: Request, who: Anybody) -> Response:
    return render(request, "accounts/password.html", who)


@router.post("/account/password")
async def change_password(request: Request, store: Store, who: Anybody, old: Password, new: Password) -> Response:
    """Ends every session of the account, this one goes on under a new id."""
    row = await store.read(people.by_id, who.id)
    async with _hashing:
        is_right = row is not None and await asyncio.to_thread(passwords.is_right, row.password_hash, old)
    if not is_right:
        raise Refused("accounts.old_wrong", 403)
    if key := passwords.problem(new, who.login):
        raise Refused(key, 422)
    session_id = await store.write(_renew, who, await asyncio.to_thread(passwords.hashed, new))
    answer = RedirectResponse("/console/account/password?done=password", 303)
    access.set_cookie(request, answer, session_id)
    return answer


def _renew(connection: Any, who: Account, password_hash: str) -> str:
    people.set_password(connection, who.id, password_hash)
    audit(connection, who, "password_changed", f"account {who.login}")
    return sessions.begin(connection, who.id, datetime.now(UTC))
