"""An issuer of OpenID Connect for tests. It checks PKCE and the secret as a real one does."""

import base64
import hashlib
import time

from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


class FakeIssuer:
    """`claims` go into the next id token; `key` signs it. `asked` is what the browser was sent with."""

    def __init__(self) -> None:
        self.url, self.claims, self.asked = "", {}, {}  # type: tuple[str, dict[str, Any], dict[str, str]]
        self.published = self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._metadata),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._keys),
            ]
        )

    async def _metadata(self, request: Request) -> JSONResponse:
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return JSONResponse({"issuer": self.url} | {name: self.url + path for name, path in places.items()})

    async def _keys(self, request: Request) -> JSONResponse:
        return JSONResponse({"keys": [self.published.as_dict(private=False)]})

    async def _token(self, request: Request) -> JSONResponse:
        form = await request.form()
        digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        basic = base64.b64encode(b"console:the-secret-of-the-console").decode()
        is_right = challenge == self.asked["code_challenge"] and form.get("code") == "the-code"
        if not is_right or request.headers.get("authorization") != f"Basic {basic}":
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": self._id_token()})

    def _id_token(self) -> str:
        usual = {"iss": self.url, "aud": "console", "sub": "42", "nonce": self.asked["nonce"]}
        usual |= {"exp": int(time.time()) + 300, "iat": int(time.time()), "groups": ["desk"]}
        usual |= {"preferred_username": "sunita", "name": "Sunita Devi"}
        return jwt.encode({"alg": "RS256", "kid": "one"}, usual | self.claims, self.key)
