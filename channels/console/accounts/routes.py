"""Accounts, for admins: add, disable, give a role, reset a password."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from channels.console.access import Account, staff
from channels.console.accounts import passwords, people, sessions
from channels.console.audit import audit
from channels.console.errors import Refused
from channels.console.pages import render
from channels.console.roles import ROLES, Role
from channels.console.store import Store
from channels.models import LARGEST_ID
from channels.store.rows import AnyRow
from channels.written import one_line

router = APIRouter(prefix="/accounts")
Admin = Annotated[Account, Depends(staff("admin"))]
Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
SAVED = "/console/accounts?done=saved"


@router.get("")
async def page(request: Request, who: Admin, store: Store) -> Response:
    return render(request, "accounts/page.html", who, people=await store.read(people.everybody), roles=ROLES)


@router.post("")
async def add(
    request: Request,
    who: Admin,
    store: Store,
    login: Annotated[str, Form(max_length=80)],
    name: Annotated[str, Form(max_length=80)],
    role: Annotated[Role, Form()],
) -> Response:
    """With a one-time password, shown once."""
    login, name, password = people.plain_login(login), one_line(name), passwords.one_time()
    if not people.LOGIN.fullmatch(login) or not name:
        raise Refused("accounts.login_bad", 422)
    try:
        await store.write(_add, who, login, name, role, await asyncio.to_thread(passwords.hashed, password))
    except people.LoginTaken:
        raise Refused("accounts.login_taken", 409) from None
    return render(request, "accounts/one_time.html", who, login=login, password=password)


def _add(connection: Connection, who: Account, login: str, name: str, role: str, password_hash: str) -> None:
    people.add(connection, login, name, role, password_hash, must_change=True)
    audit(connection, who, "account_added", f"account {login}", role)


@router.post("/{account_id}/password")
async def reset(request: Request, who: Admin, store: Store, account_id: Id) -> Response:
    password = passwords.one_time()
    login = await store.write(_reset, who, account_id, await asyncio.to_thread(passwords.hashed, password))
    return render(request, "accounts/one_time.html", who, login=login, password=password)


def _reset(connection: Connection, who: Account, account_id: int, password_hash: str) -> str:
    row = _there(connection, account_id)
    people.set_password(connection, account_id, password_hash, must_change=True)
    audit(connection, who, "password_reset", f"account {row.login}")
    return str(row.login)


@router.post("/{account_id}")
async def change(
    who: Admin,
    store: Store,
    account_id: Id,
    role: Annotated[Role, Form()],
    is_active: Annotated[bool, Form()] = False,
) -> Response:
    await store.write(_change, who, account_id, role, is_active)
    return RedirectResponse(SAVED, 303)


def _change(connection: Connection, who: Account, account_id: int, role: str, is_active: bool) -> None:
    """There is always an admin. A lesser role or none counts from the next click on."""
    row = _there(connection, account_id)
    if (role != "admin" or not is_active) and row.role == "admin" and people.is_last_admin(connection, account_id):
        raise Refused("accounts.last_admin", 409)
    people.change(connection, account_id, role=role, is_active=is_active)
    if not is_active:
        sessions.end_all(connection, account_id)
    audit(connection, who, "account_changed", f"account {row.login}", f"{role} {'active' if is_active else 'disabled'}")


def _there(connection: Connection, account_id: int) -> AnyRow:
    row = people.by_id(connection, account_id)
    if row is None:
        raise Refused("common.not_found", 404)
    return row
