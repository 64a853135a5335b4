"""A voice note's file: from the provider, with our credentials for the provider alone, and bounded in every way."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx
from pydantic import SecretStr

from channels.delivery.speech import NotNow

MOST_BYTES = 16 * 1024 * 1024  # WhatsApp's own limit of a voice note
SECONDS = 20.0
_REDIRECTS = 3
# Twilio keeps the files elsewhere, and leads there with an address that is signed by itself.
_PLACES = (".twilio.com", ".twiliocdn.com", ".amazonaws.com")
_TYPES = ("audio/", "application/ogg", "video/ogg", "application/octet-stream")  # some stores name no better one
_PASSES = (408, 425, 429)


class NotOurs(Exception):
    """No voice note of the provider, or one that nobody should fetch. `reason` is a word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Store:
    """Where the provider's files are asked for, and as whom."""

    api_url: str
    account: str
    token: SecretStr


class Fetching:
    """The client belongs to the caller."""

    def __init__(self, store: Store, client: httpx.AsyncClient, seconds: float = SECONDS) -> None:
        self._store, self._client, self._seconds = store, client, seconds
        self._home = _origin(httpx.URL(store.api_url))

    async def get(self, url: str) -> bytes:
        """Raises NotOurs for good, NotNow for the moment."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._get(url)
        except (httpx.HTTPError, TimeoutError) as error:
            raise NotNow(type(error).__name__) from None
        except httpx.InvalidURL:
            raise NotOurs("address") from None

    async def _get(self, url: str) -> bytes:
        for _ in range(1 + _REDIRECTS):
            address = self._checked(url)
            async with self._client.stream("GET", address, auth=self._auth(address), follow_redirects=False) as answer:
                if not answer.has_redirect_location:
                    return await _content(answer)
                url = urljoin(url, answer.headers["location"])
        raise NotOurs("redirects")

    def _checked(self, url: str) -> httpx.URL:
        address = httpx.URL(url)
        is_place = address.scheme == "https" and f".{address.host}".endswith(_PLACES)
        if not is_place and _origin(address) != self._home:
            raise NotOurs("elsewhere")
        return address

    def _auth(self, address: httpx.URL) -> httpx.BasicAuth | None:
        """Our credentials stay with the address from the settings."""
        if _origin(address) != self._home:
            return None
        return httpx.BasicAuth(self._store.account, self._store.token.get_secret_value())


async def _content(answer: httpx.Response) -> bytes:
    if answer.is_server_error or answer.status_code in _PASSES:
        raise NotNow(f"http_{answer.status_code}")
    if not answer.is_success:
        raise NotOurs(f"http_{answer.status_code}")
    if not answer.headers.get("content-type", "").lower().startswith(_TYPES):
        raise NotOurs("type")
    content = bytearray()
    async for piece in answer.aiter_bytes():
        content += piece
        if len(content) > MOST_BYTES:
            raise NotOurs("size")
    return bytes(content)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme)
