"""One request to a provider, and what its answer or silence says about the message.

Exceptions hold codes only, and do not show the ones they come from, whose requests name people.
"""

import math
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx

from channels.providers.base import Refused, Unknown
from channels.providers.errors import MAY_RETRY, meaning, table

# Nothing has left this machine: there was no connection, or no room for one.
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
_LONGEST_WAIT = 3600.0


async def ask(client: httpx.AsyncClient, method: str, url: str, **request: Any) -> httpx.Response:
    """The answer, if it is a yes. Raises Refused where it surely is a no, Unknown everywhere else."""
    try:
        response = await client.request(method, url, follow_redirects=False, **request)
    except _UNSENT:
        raise Refused("connect", may_retry=True) from None
    except httpx.TimeoutException:
        raise Unknown("timeout") from None
    except Exception as error:  # also those of the client's own pool, such as a ValueError
        raise Unknown(type(error).__name__) from None
    if not response.is_success:
        raise _failure(response)
    return response


def fields(response: httpx.Response) -> dict[str, Any]:
    """The answer's JSON object; empty if it is none."""
    try:
        content = response.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _failure(response: httpx.Response) -> Refused | Unknown:
    """A no counts as one only from the provider itself: a fault of the server, or of something between,
    may come after the message was taken."""
    status, code = response.status_code, fields(response).get("code")
    own = isinstance(code, int | str) and bool(code)
    closed = status == HTTPStatus.SERVICE_UNAVAILABLE and own
    if not closed and (status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT):
        return Unknown(f"http_{status}")
    name = str(code) if own else f"http_{status}"
    return Refused(name, closed or _passes(name, status), _retry_after(response))


def _passes(code: str, status: int) -> bool:
    unlisted = status == HTTPStatus.TOO_MANY_REQUESTS and code not in table()
    return unlisted or meaning(code).consequence in MAY_RETRY


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds, at most an hour; the header gives seconds or a date."""
    given = response.headers.get("Retry-After", "").strip()
    try:
        seconds = float(given)
    except ValueError:
        seconds = _seconds_until(given)
    return min(max(seconds, 0.0), _LONGEST_WAIT) if math.isfinite(seconds) else None


def _seconds_until(date: str) -> float:
    try:
        return (moment(date) - datetime.now(timezone.utc)).total_seconds()
    except ValueError:
        return math.nan


def moment(date: str) -> datetime:
    """A date as mails and HTTP write it. Raises ValueError."""
    parsed = parsedate_to_datetime(date)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=timezone.utc)
