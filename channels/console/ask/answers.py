"""The action server, asked for staff. What was asked is never logged, nor is it in an address."""

from typing import Annotated, Any

import httpx
from fastapi import Depends, Request

from channels.console.errors import Refused
from channels.settings import Settings

Answer = dict[str, Any]
Tells = tuple[int, ...]


class Answers:
    """Every call raises Refused, whose sentence the page shows, when there is no answer."""

    def __init__(self, http: httpx.AsyncClient, settings: Settings) -> None:
        self._http, self._url = http, settings.actions_url.rstrip("/") + "/staff"
        self._headers = {"Authorization": f"Bearer {settings.bot_token.get_secret_value()}"}

    async def get(self, path: str, **params: str) -> Answer:
        return (await self._ask("GET", path, params=params))[1]

    async def post(self, path: str, body: Answer) -> Answer:
        return (await self._ask("POST", path, json=body))[1]

    async def try_post(self, path: str, body: Answer, tells: Tells) -> tuple[int, Answer]:
        """`tells`: statuses whose body says something."""
        return await self._ask("POST", path, tells, json=body)

    async def _ask(self, method: str, path: str, tells: Tells = (), **more: Any) -> tuple[int, Answer]:
        try:
            response = await self._http.request(method, self._url + path, headers=self._headers, **more)
            found = response.json()
        except (httpx.HTTPError, ValueError):
            raise Refused("ask.away", 503) from None
        if response.status_code == httpx.codes.NOT_FOUND and httpx.codes.NOT_FOUND not in tells:
            raise Refused("common.not_found", 404)
        if response.status_code not in (httpx.codes.OK, *tells) or not isinstance(found, dict):
            raise Refused("ask.away", 503)
        return response.status_code, found


async def _answers(request: Request) -> Answers:
    return Answers(request.app.state.http, request.app.state.settings)


Ask = Annotated[Answers, Depends(_answers)]
