"""The action server, which keeps the entries and their versions; what it refuses it says in a sentence."""

from typing import Annotated, Any

import httpx
from fastapi import Depends, Request

from channels.console.access import language_of
from channels.console.errors import Refused
from channels.settings import Settings


class Told(Refused):
    """Refused by the action server: `body` has what it adds, such as the mistakes."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__("content.told", status, words=body["sentence"])
        self.sentence, self.body = str(body["sentence"]), body


class Service:
    """Asks in the language of whoever is logged in."""

    def __init__(self, request: Request) -> None:
        settings: Settings = request.app.state.settings
        self._http: httpx.AsyncClient = request.app.state.http
        self._address = settings.actions_url.rstrip("/") + "/staff/content/"
        self._headers = {"Authorization": f"Bearer {settings.bot_token.get_secret_value()}"}
        self._language = language_of(request, request.state.who)

    async def get(self, path: str, **query: Any) -> Any:
        return (await self._ask("GET", path, params={**query, "language": self._language})).json()

    async def post(self, path: str, **body: Any) -> Any:
        return (await self._ask("POST", path, json={**body, "language": self._language})).json()

    async def file(self, path: str) -> bytes:
        return (await self._ask("GET", path, params={"language": self._language})).content

    async def _ask(self, method: str, path: str, **what: Any) -> httpx.Response:
        try:
            answer = await self._http.request(method, self._address + path, headers=self._headers, **what)
            if answer.is_success:
                return answer
            body = answer.json()
        except (httpx.HTTPError, ValueError):
            raise Refused("content.away", 503) from None
        if not isinstance(body, dict) or "sentence" not in body:
            raise Refused("content.unreadable" if answer.status_code == 422 else "content.away", answer.status_code)
        raise Told(answer.status_code, body)


async def service(request: Request) -> Service:
    return Service(request)


Asked = Annotated[Service, Depends(service)]
