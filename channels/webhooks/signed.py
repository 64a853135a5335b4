"""What all of Twilio's webhooks have in common: a form that Twilio signed."""

from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException

from channels.providers.signature import called_address, is_genuine
from channels.settings import Settings

Form = dict[str, str]
_MOST_FIELDS = 200


async def signed_form(request: Request) -> Form:
    """The fields of a request that Twilio signed. Nothing else is looked at before the signature."""
    settings: Settings = request.app.state.settings
    path = request.scope.get("raw_path", request.url.path.encode()).decode("latin-1").split("?")[0]
    url = called_address(settings.public_url, path, request.url.query)
    pairs = _pairs(await request.body())
    token, signature = settings.twilio_auth_token.get_secret_value(), request.headers.get("x-twilio-signature")
    if pairs is None or not is_genuine(url, pairs, signature, token):
        raise HTTPException(403, "This request is not signed by Twilio.")
    if len(dict(pairs)) != len(pairs):
        raise HTTPException(422, "A field is there twice.")
    return dict(pairs)


def _pairs(body: bytes) -> list[tuple[str, str]] | None:
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
