"""An application for staff, asked of the action server, which checks, audits and words it."""

from typing import Any

import httpx

from channels.models import Language
from channels.settings import Settings

PATH = "/staff/application"
TOLD = {404: "There is no such application.", 422: "This is no application number."}


class ApplicationRefused(Exception):
    """`status` and `detail` as staff are told; never what the action server said, nor the number."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(status)
        self.status, self.detail = status, detail


async def application(
    http: httpx.AsyncClient, settings: Settings, number: str, staff: str, language: Language
) -> dict[str, Any]:
    """The action server's answer as it is. Raises ApplicationRefused."""
    response = await _ask(http, settings, {"number": number, "staff": staff, "language": language})
    if response is not None and response.status_code in TOLD:
        raise ApplicationRefused(response.status_code, TOLD[response.status_code])
    found = _read(response) if response is not None and response.status_code == httpx.codes.OK else None
    if found is None:
        raise ApplicationRefused(503, "Applications cannot be looked up just now.")
    return found


async def _ask(http: httpx.AsyncClient, settings: Settings, body: dict[str, str]) -> httpx.Response | None:
    headers = {"Authorization": f"Bearer {settings.bot_token.get_secret_value()}"}
    try:
        return await http.post(settings.actions_url.rstrip("/") + PATH, json=body, headers=headers)
    except httpx.HTTPError:
        return None


def _read(response: httpx.Response) -> dict[str, Any] | None:
    try:
        found = response.json()
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
