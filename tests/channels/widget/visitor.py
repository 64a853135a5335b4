"""A visitor of a site that shows the helpline, without a browser."""

from typing import Any

import httpx

from channels.settings import PLACEHOLDER

SITE = "https://odop.example"
WIDGET = "/api/v1/widget"
STAFF = "/api/v1/staff/handovers"
TOKEN = {"Authorization": f"Bearer {PLACEHOLDER}"}


class Site:
    """One visitor of a site that shows the helpline."""

    def __init__(self, client: httpx.AsyncClient, origin: str | None = SITE) -> None:
        self.client = client
        self.headers = {"Origin": origin} if origin else {}
        self._count = 0

    async def enter(self, status: int = 200, **query: str) -> dict[str, Any]:
        response = await self.client.post(f"{WIDGET}/session", headers=self.headers, params=query)
        assert response.status_code == status, response.text
        body: dict[str, Any] = response.json()
        if status == 200:
            self.headers["Authorization"] = f"Bearer {body['token']}"
        return body

    async def post(self, text: str, id: str | None = None, **more: Any) -> httpx.Response:
        self._count += 1
        body = {"id": id or f"message-{self._count:04}", "text": text, **more}
        return await self.client.post(f"{WIDGET}/messages", json=body, headers=self.headers)

    async def say(self, text: str, id: str | None = None, **more: Any) -> dict[str, Any]:
        response = await self.post(text, id, **more)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def poll(self, after: int = 0) -> httpx.Response:
        return await self.client.get(f"{WIDGET}/messages", params={"after": after}, headers=self.headers)

    async def staff(self, path: str = "", **body: Any) -> dict[str, Any]:
        if body:
            response = await self.client.post(STAFF + path, json=body, headers=TOKEN)
        else:
            response = await self.client.get(STAFF + path, headers=TOKEN)
        assert response.status_code == 200, response.text
        return dict(response.json())
