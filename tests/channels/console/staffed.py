"""The console seen by its staff: a gateway whose store has an account of every role."""

import re
from typing import Any

import httpx
from argon2 import PasswordHasher

from channels.console.accounts import passwords, people
from channels.console.roles import ROLES

PASSWORD = "kabhi-na-batana-42"
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)  # quick
HASHED = passwords.hashed(PASSWORD)
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]*)"')


class Browser:
    """A member of staff: keeps cookies, and sends the CSRF token of the last page with every form."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client, self.token = client, ""

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return self._seen(await self.client.get("/console" + path, **more))

    async def post(self, path: str, *, headers: dict[str, str] | None = None, **fields: Any) -> httpx.Response:
        form = {"csrf": self.token} | fields
        return self._seen(await self.client.post("/console" + path, data=form, headers=headers))

    async def log_in(self, login: str, password: str = PASSWORD) -> httpx.Response:
        await self.get("/login")
        answer = await self.post("/login", login=login, password=password)
        if answer.status_code == 303:
            await self.get("/account/password")  # for the token of the new session
        return answer

    def _seen(self, answer: httpx.Response) -> httpx.Response:
        if found := _TOKEN.search(answer.text):
            self.token = found[1]
        return answer


class Staff:
    """The gateway and its staff; `await staff("rekha")` is somebody logged in."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.database = app.state.handovers.database
        self.clients: list[httpx.AsyncClient] = []

    def browser(self) -> Browser:
        self.clients.append(httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://gateway"))
        self.clients[-1].follow_redirects = False
        return Browser(self.clients[-1])

    async def __call__(self, login: str) -> Browser:
        browser = self.browser()
        assert (await browser.log_in(login)).status_code == 303
        return browser

    async def close(self) -> None:
        for each in self.clients:
            await each.aclose()


def add_people(database: Any) -> None:
    with database.writing() as connection:
        for login, role in (("rekha", "agent"), ("imran", "agent"), *((role, role) for role in ROLES)):
            people.add(connection, login, login.capitalize(), role, HASHED, language="en")
