"""Who may use the staff's routes: whoever bears the token."""

import hmac
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

from channels.settings import Settings

_bearer = HTTPBearer(auto_error=False, description="STAFF_TOKEN")


async def staff_only(request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> None:
    settings: Settings = request.app.state.settings
    token = settings.staff_token.get_secret_value().encode()
    # Bytes: a text with other letters than ASCII cannot be compared so.
    if given is None or not hmac.compare_digest(given.credentials.encode(), token):
        raise HTTPException(401, "This is for staff: a token is needed.", headers={"WWW-Authenticate": "Bearer"})
