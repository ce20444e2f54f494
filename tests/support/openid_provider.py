"""A provider of identity on loopback, as strict as a real one: registered address, PKCE, codes that serve once."""

import base64
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from fastapi import FastAPI, Form, Header, HTTPException
from fastapi.responses import JSONResponse, RedirectResponse, Response
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from tests.support.pages import serving

CLIENT_ID, SECRET = "maillage", "le secret de ce site"


@dataclass
class OpenIdProvider:
    """`claims` are those of the person who signs in there; the rest lets a test make it lie."""

    redirect_uri: str
    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "abc", "email": "camille@exemple.fr"})
    signed_info: bool = False
    over_id_token: dict[str, Any] = field(default_factory=dict)
    over_info: dict[str, Any] = field(default_factory=dict)
    denies: bool = False
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, parameters={"kid": "1"}))
    shown_key: RSAKey | None = None
    now: int | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    signed_out: list[str] = field(default_factory=list)
    can_sign_out: bool = True

    def sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def id_token(self, nonce: str) -> str:
        now = int(time.time()) if self.now is None else self.now
        usual = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 60, "nonce": nonce}
        return self.sign({**usual, "sub": self.claims["sub"], **self.over_id_token})

    def info(self) -> dict[str, Any]:
        return {**self.claims, **self.over_info}

    def keys(self) -> dict[str, Any]:
        shown = self.shown_key or self.key
        return dict(KeySet([shown]).as_dict(private=False))


@contextmanager
def running_provider(provider: OpenIdProvider) -> Iterator[OpenIdProvider]:
    """Serves it, and gives it the address of its server as its name."""
    with serving(_build_app(provider)) as address:
        provider.issuer = address
        yield provider


def _build_app(provider: OpenIdProvider) -> FastAPI:
    app = FastAPI()
    app.get("/.well-known/openid-configuration")(lambda: _describe(provider))
    app.get("/jwks")(lambda: JSONResponse(provider.keys()))

    @app.get("/authorize")
    def authorize(
        client_id: str, redirect_uri: str, state: str, nonce: str, code_challenge: str, scope: str, response_type: str
    ) -> Response:
        if (client_id, redirect_uri, response_type) != (CLIENT_ID, provider.redirect_uri, "code"):
            raise HTTPException(400)
        provider.asked.append({"scope": scope, "nonce": nonce, "state": state})
        if provider.denies:
            return RedirectResponse(f"{redirect_uri}?{urlencode({'error': 'access_denied', 'state': state})}", 303)
        code = f"code-{len(provider.asked)}"
        provider.codes[code] = {"challenge": code_challenge, "nonce": nonce}
        return RedirectResponse(f"{redirect_uri}?{urlencode({'code': code, 'state': state})}", 303)

    @app.post("/token")
    def token(
        grant_type: Annotated[str, Form()],
        code: Annotated[str, Form()],
        redirect_uri: Annotated[str, Form()],
        code_verifier: Annotated[str, Form()],
        authorization: Annotated[str, Header()],
    ) -> Response:
        asked = provider.codes.pop(code, None)
        known = base64.b64encode(f"{CLIENT_ID}:{SECRET}".encode()).decode()
        if asked is None or authorization != f"Basic {known}" or redirect_uri != provider.redirect_uri:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if create_s256_code_challenge(code_verifier) != asked["challenge"] or grant_type != "authorization_code":
            return JSONResponse({"error": "invalid_grant"}, 400)
        id_token = provider.id_token(asked["nonce"])
        return JSONResponse({"access_token": f"acces-{code}", "token_type": "Bearer", "id_token": id_token})

    @app.get("/userinfo")
    def userinfo(authorization: Annotated[str, Header()]) -> Response:
        if not authorization.startswith("Bearer acces-code-"):
            raise HTTPException(401)
        if provider.signed_info:  # as ProConnect does
            named = {"iss": provider.issuer, "aud": CLIENT_ID} | provider.info()
            return Response(provider.sign(named), media_type="application/jwt")
        return JSONResponse(provider.info())

    @app.get("/logout")
    def logout(id_token_hint: str, post_logout_redirect_uri: str, state: str) -> Response:
        """Only for whom it signed in, and only to the address that it knows."""
        claims = jwt.decode(id_token_hint, provider.key).claims
        registered = provider.redirect_uri.replace("/connexion/", "/deconnexion/")
        if claims["aud"] != CLIENT_ID or post_logout_redirect_uri != registered:
            raise HTTPException(400)
        provider.signed_out.append(str(claims["sub"]))
        return RedirectResponse(f"{post_logout_redirect_uri}?{urlencode({'state': state})}", 303)

    return app


def _describe(provider: OpenIdProvider) -> JSONResponse:
    issuer = provider.issuer
    leaving = {"end_session_endpoint": f"{issuer}/logout"} if provider.can_sign_out else {}
    return JSONResponse(
        leaving
        | {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "jwks_uri": f"{issuer}/jwks",
            "scopes_supported": ["openid", "email", "given_name", "usual_name", "uid", "siret"],
        }
    )
