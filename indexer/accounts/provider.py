"""A provider of identity (OpenID Connect Core 1.0, authorization code with PKCE), ProConnect among them.

What a provider says is believed once its signature, its issuer, its audience, its dates and our nonce are checked.
ProConnect gives the claims of a person (`given_name`, `usual_name`, `email`, `siret`, `uid`) by a signed user info.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from indexer.accounts.provider_failures import REFUSED, failures_told
from indexer.catalogue.work import Clock
from indexer.errors import ProviderError
from indexer.sealing import new_token

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import OAuth2Client

ALGORITHMS: Final = ["RS256", "PS256", "ES256"]
"""By key pairs only: a provider proves by them what it says."""

_WANTED: Final = ("openid", "email", "profile", "given_name", "usual_name", "uid", "siret")
_USUAL: Final = ("openid", "email", "profile")
_TIMEOUT: Final = 8.0
_KEPT: Final = timedelta(hours=1)
_LEEWAY_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Client:
    """What the provider knows this site by."""

    issuer: str
    client_id: str
    secret: str
    email_verified: bool
    """Whether the provider vouches for addresses without saying so."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A person leaves for the provider: `state`, `nonce` and `verifier` stay with their browser, sealed."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who came back. `email` is None when the provider does not vouch for it; `id_token` is what it signed."""

    issuer: str
    subject: str
    email: str | None
    id_token: str = field(repr=False)

    @property
    def key(self) -> str:
        return f"{self.issuer}|{self.subject}"


class Provider:
    """Shared by all threads. Its addresses and keys are asked once an hour. Every verb may raise ProviderError."""

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client, self._clock, self._lock = client, clock, Lock()
        self._read: tuple[datetime, Mapping[str, Any]] | None = None

    def depart(self, redirect_uri: str) -> Departure:
        """Where to send the browser."""
        facts, verifier, nonce = self._facts(), new_token(), new_token()
        supported = facts.get("scopes_supported")
        scopes = _USUAL if supported is None else [scope for scope in _WANTED if scope in supported]
        with self._session(facts, redirect_uri) as session:
            url, state = session.create_authorization_url(
                facts["authorization_endpoint"],
                code_verifier=verifier,
                nonce=nonce,
                scope=" ".join(scopes),
                state=new_token(),
            )
        return Departure(url, state, nonce, verifier)

    def arrive(self, code: str, departure: Departure, redirect_uri: str) -> Identity:
        """Who comes back with this code. The caller checked `state` already."""
        facts = self._facts()
        with failures_told(), self._session(facts, redirect_uri) as session:
            token = session.fetch_token(facts["token_endpoint"], code=code, code_verifier=departure.verifier)
            claims = self._id_claims(str(token["id_token"]), departure.nonce, str(token["access_token"]))
            info = self._user_info(session, facts, claims["sub"])
        return self._identity({**claims, **info}, str(token["id_token"]))

    def leave(self, id_token: str, back: str) -> str | None:
        """Where a browser signs out there and comes back; None when the provider has no such page.

        OpenID Connect RP-Initiated Logout 1.0. ProConnect wants `state` too.
        """
        from authlib.common.urls import add_params_to_uri

        endpoint = self._facts().get("end_session_endpoint")
        if endpoint is None:
            return None
        asked = {"id_token_hint": id_token, "post_logout_redirect_uri": back, "state": new_token()}
        return str(add_params_to_uri(endpoint, list(asked.items())))

    def _identity(self, claims: Mapping[str, Any], id_token: str) -> Identity:
        verified = claims.get("email_verified", self._client.email_verified)
        email = claims.get("email")
        known = email if isinstance(email, str) and verified in (True, "true") else None
        return Identity(self._client.issuer, str(claims["sub"]), known, id_token)

    def _id_claims(self, token: str, nonce: str, access_token: str) -> dict[str, Any]:
        from authlib.oidc.core import CodeIDToken

        header, content = self._decode(token)
        options = {"iss": {"values": [self._client.issuer]}, "aud": {"values": [self._client.client_id]}}
        given = {"nonce": nonce, "client_id": self._client.client_id, "access_token": access_token}
        claims = CodeIDToken(content, header, options, given)
        claims.validate(now=int(self._clock().timestamp()), leeway=_LEEWAY_SECONDS)
        return content

    def _user_info(self, session: "OAuth2Client", facts: Mapping[str, Any], subject: str) -> dict[str, Any]:
        """Plain JSON, or signed: then its issuer and audience count too. Of another subject: refused (§ 5.3.2)."""
        address = facts.get("userinfo_endpoint")
        if address is None:
            return {}
        answer = session.get(address)
        answer.raise_for_status()
        if "jwt" in answer.headers.get("content-type", ""):
            _, info = self._decode(answer.text.strip())
            audience = info.get("aud", self._client.client_id)
            if info.get("iss") != self._client.issuer or self._client.client_id not in _listed(audience):
                raise ProviderError(REFUSED)
        else:
            info = answer.json()
        if info.get("sub") != subject:
            raise ProviderError(REFUSED)
        return {name: value for name, value in info.items() if name in ("sub", "email", "email_verified")}

    def _decode(self, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and claims, once the signature is checked. Keys that are not known yet are asked again, once."""
        from joserfc import jwt
        from joserfc.errors import InvalidKeyIdError
        from joserfc.jwk import KeySet

        try:
            found = jwt.decode(token, KeySet.import_key_set(self._facts()["keys"]), algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            found = jwt.decode(token, KeySet.import_key_set(self._facts(anew=True)["keys"]), algorithms=ALGORITHMS)
        return dict(found.header), dict(found.claims)

    def _facts(self, anew: bool = False) -> Mapping[str, Any]:
        """The provider's own description (OpenID Connect Discovery 1.0), with its keys."""
        with self._lock:
            if self._read is None or anew or self._clock() - self._read[0] > _KEPT:
                with failures_told():
                    self._read = self._clock(), _fetch_facts(self._client.issuer)
            return self._read[1]

    def _session(self, facts: Mapping[str, Any], redirect_uri: str) -> "OAuth2Client":
        from authlib.integrations.httpx_client import OAuth2Client

        methods = facts.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return OAuth2Client(
            self._client.client_id,
            self._client.secret,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic"
            if "client_secret_basic" in methods
            else "client_secret_post",
            timeout=_TIMEOUT,
        )


def _fetch_facts(issuer: str) -> Mapping[str, Any]:
    import httpx

    with httpx.Client(timeout=_TIMEOUT) as client:
        described = client.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration").raise_for_status().json()
        if described["issuer"] != issuer:
            raise ProviderError("MAILLAGE_OIDC_ISSUER n'est pas le nom que ce fournisseur se donne : corrigez-le.")
        return {**described, "keys": client.get(described["jwks_uri"]).raise_for_status().json()}


def _listed(audience: object) -> list[object]:
    return list(audience) if isinstance(audience, list) else [audience]
