"""The routes of a login with an office account; there only where an issuer is set."""

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from channels.console import access
from channels.console.accounts import people, sessions
from channels.console.accounts.goals import own
from channels.console.accounts.oidc import MINUTES, Begun, Issuer, Person
from channels.console.errors import Refused
from channels.console.store import Store
from channels.settings import Settings
from channels.store.console_tables import AccountRow
from channels.store.rows import AnyRow
from channels.written import one_line

router = APIRouter()
COOKIE, PATH = "console_oidc", "/console/oidc"


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    if not settings.oidc_issuer:
        raise Refused("common.not_found", 404)
    return settings


@router.get("/oidc")
async def go(request: Request, next: Annotated[str, Query(max_length=200)] = "") -> Response:
    settings, begun = _settings(request), Begun.anew(own(next))
    answer = RedirectResponse(await Issuer(settings).address(begun), 303)
    sealed = begun.sealed(settings.oidc_client_secret.get_secret_value())
    secure = settings.environment != "development"
    answer.set_cookie(COOKIE, sealed, MINUTES * 60, path=PATH, httponly=True, samesite="lax", secure=secure)
    return answer


@router.get("/oidc/back")
async def back(
    request: Request,
    store: Store,
    code: Annotated[str, Query(max_length=2000)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Only in the browser that was sent, and only once: the cookie goes with the answer."""
    settings = _settings(request)
    begun = Begun.opened(request.cookies.get(COOKIE, ""), settings.oidc_client_secret.get_secret_value())
    if not code or not hmac.compare_digest(state.encode(), begun.state.encode()):
        raise Refused("accounts.oidc_failed", 401)
    person = await Issuer(settings).person(begun, code)
    await store.write(sessions.end, access.cookie(request))
    session_id = await store.write(_enter, person)
    answer = RedirectResponse(begun.goal, 303)
    access.set_cookie(request, answer, session_id)
    answer.delete_cookie(COOKIE, path=PATH)
    return answer


def _enter(connection: Connection, person: Person) -> str:
    """The account of this subject, made at its first login; its role is what the issuer says now."""
    row = connection.execute(people.ACCOUNT.where(AccountRow.subject == person.subject)).first()
    if row is None:
        account_id = _make(connection, person)
    elif not row.is_active:
        raise Refused("accounts.oidc_no_role", 403)
    else:
        account_id = _renewed(connection, row, person)
    return sessions.begin(connection, account_id, datetime.now(UTC))


def _renewed(connection: Connection, row: AnyRow, person: Person) -> int:
    people.change(connection, row.id, role=person.role, name=_name(person, row.login))
    return int(row.id)


def _make(connection: Connection, person: Person) -> int:
    """Never somebody else's account: a login that is taken, or none of ours, gets another."""
    login = people.plain_login(person.login)
    if not people.LOGIN.fullmatch(login) or people.by_login(connection, login):
        login = "office-" + hashlib.sha256(person.subject.encode()).hexdigest()[:12]
    return people.add(connection, login, _name(person, login), person.role, None, subject=person.subject)


def _name(person: Person, login: str) -> str:
    return one_line(person.name)[:80] or login
