"""Whether a webhook was called by Twilio, and not by somebody who knows its address."""

import hmac
from collections.abc import Iterable, Mapping
from urllib.parse import urlparse

from twilio.request_validator import RequestValidator, add_port, remove_port

Parameters = Mapping[str, str] | Iterable[tuple[str, str]]


class _Form:
    """The form with all values of a repeated name, as the validator asks for them."""

    def __init__(self, parameters: Parameters) -> None:
        pairs = parameters.items() if isinstance(parameters, Mapping) else parameters
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def __iter__(self) -> Iterable[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def getall(self, name: str) -> list[str]:
        return self._values[name]


def called_address(public_url: str, path: str, query: str = "") -> str:
    """The address that Twilio called: behind a proxy the request itself names another host and scheme.
    `path` and `query` as they came, still quoted."""
    return public_url.rstrip("/") + path + (f"?{query}" if query else "")


def is_genuine(url: str, params: Parameters, signature: str | None, token: str) -> bool:
    """Every name and value of the form counts: give all pairs (`form.multi_items()`), repeated ones too.
    Nothing is genuine without a signature, or while no token is configured."""
    if not signature or not token:
        return False
    try:
        addresses = _with_and_without_port(url)
    except ValueError:  # the port is no number
        return False
    validator, form, given = RequestValidator(token), _Form(params), signature.encode()
    # Not the validator's own comparison: it is no promise of constant time.
    right = [hmac.compare_digest(validator.compute_signature(each, form).encode(), given) for each in addresses]
    return any(right)


def _with_and_without_port(url: str) -> list[str]:
    """Twilio is not of one mind whether a standard port is signed."""
    parsed = urlparse(url)
    return [str(remove_port(parsed)), str(add_port(parsed))]
