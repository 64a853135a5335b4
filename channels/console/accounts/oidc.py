"""Logging in through an issuer of OpenID Connect: code flow with PKCE, state and nonce."""

import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from cryptography.fernet import InvalidToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from channels.console.errors import Refused
from channels.console.roles import Role
from channels.sealing import cipher
from channels.settings import Settings

MINUTES = 10
_PURPOSE = b"odop console oidc"
_ALGORITHMS = ["RS256", "ES256", "PS256", "EdDSA"]
_HIGHEST_FIRST: tuple[Role, ...] = ("admin", "supervisor", "editor", "agent")


@dataclass(frozen=True)
class Begun:
    """What the browser carries to the issuer and back, sealed."""

    state: str
    nonce: str
    verifier: str
    goal: str

    @classmethod
    def anew(cls, goal: str) -> "Begun":
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48), goal)

    def sealed(self, secret: str) -> str:
        return cipher(_PURPOSE, secret).encrypt(json.dumps(asdict(self)).encode()).decode()

    @classmethod
    def opened(cls, sealed: str, secret: str) -> "Begun":
        try:
            return cls(**json.loads(cipher(_PURPOSE, secret).decrypt(sealed, ttl=MINUTES * 60)))
        except (InvalidToken, ValueError, TypeError):
            raise _failed() from None


@dataclass(frozen=True)
class Person:
    """Who the issuer says it is."""

    subject: str
    login: str
    name: str
    role: Role


class Issuer:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._secret = settings.oidc_client_secret.get_secret_value()
        self._back = settings.public_url + "/console/oidc/back"

    async def address(self, begun: Begun) -> str:
        """Where the browser is sent."""
        async with self._client() as client:
            found = await self._metadata(client)
            more = {"nonce": begun.nonce, "code_verifier": begun.verifier}
            made = client.create_authorization_url(found["authorization_endpoint"], state=begun.state, **more)
            return str(made[0])

    async def person(self, begun: Begun, code: str) -> Person:
        """Raises Refused, whatever the issuer says that cannot be believed."""
        try:
            async with self._client() as client:
                found = await self._metadata(client)
                token = await client.fetch_token(found["token_endpoint"], code=code, code_verifier=begun.verifier)
                keys = (await client.request("GET", found["jwks_uri"], withhold_token=True)).json()
            claims = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=_ALGORITHMS).claims
            self._registry(begun).validate(claims)
        except (httpx.HTTPError, AuthlibBaseError, JoseError, ValueError, KeyError, TypeError):
            raise _failed() from None
        return self._person(claims)

    def _client(self) -> Any:
        return AsyncOAuth2Client(
            self._settings.oidc_client_id,
            self._secret,
            scope="openid profile email",
            redirect_uri=self._back,
            code_challenge_method="S256",
            timeout=10,
        )

    async def _metadata(self, client: Any) -> dict[str, str]:
        address = self._settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration"
        try:
            found: dict[str, str] = (
                (await client.request("GET", address, withhold_token=True)).raise_for_status().json()
            )
        except (httpx.HTTPError, ValueError):
            raise _failed() from None
        if not isinstance(found, dict) or found.get("issuer") != self._settings.oidc_issuer:
            raise _failed()
        return found

    def _registry(self, begun: Begun) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "value": self._settings.oidc_issuer},
            aud={"essential": True, "value": self._settings.oidc_client_id},
            nonce={"essential": True, "value": begun.nonce},
            sub={"essential": True},
            exp={"essential": True},
        )

    def _person(self, claims: dict[str, Any]) -> Person:
        given = claims.get(self._settings.oidc_role_claim, [])
        values = {str(each) for each in given} if isinstance(given, list) else {str(given)}
        roles = {role for value, role in self._settings.oidc_roles.items() if value in values}
        role = next((each for each in _HIGHEST_FIRST if each in roles), None)
        if role is None:
            raise Refused("accounts.oidc_no_role", 403)
        login = str(claims.get("preferred_username") or claims.get("email") or "")
        name = str(claims.get("name") or login)
        return Person(f"{claims['iss']}|{claims['sub']}"[:255], login, name, role)


def _failed() -> Refused:
    return Refused("accounts.oidc_failed", 401)
