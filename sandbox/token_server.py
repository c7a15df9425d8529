"""A token server for a real registry: it signs what distribution's token specification asks for."""

from __future__ import annotations

import base64
import time
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sandbox.net import Request, Response

ISSUER = "sandbox-issuer"
SERVICE = "sandbox-registry"


class TokenServer:
    """Gives tokens for every repository to *users* (names with passwords), to anybody for those not *private*."""

    def __init__(self, users: Mapping[str, str], private: Collection[str] = ()) -> None:
        self._users = dict(users)
        self._private = frozenset(private)
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._certificate = self._self_signed()

    def certificate_pem(self) -> bytes:
        """What the registry trusts: its `rootcertbundle`."""
        return self._certificate.public_bytes(Encoding.PEM)

    def answer(self, request: Request) -> Response:
        """A token, or 401 for a wrong password."""
        word, _, value = request.headers.get("authorization", "").partition(" ")
        name, _, password = base64.b64decode(value).decode().partition(":") if word == "Basic" else ("", "", "")
        if name and self._users.get(name) != password:
            return Response.of_json({"details": "incorrect username or password"}, 401)
        repositories = [scope.split(":")[1] for scope in request.query.get("scope", []) if scope.count(":") == 2]
        token = self.token([repo for repo in repositories if name or repo not in self._private], name)
        return Response.of_json({"token": token, "access_token": token, "expires_in": 300})

    def token(self, repositories: Collection[str], name: str = "") -> str:
        """A signed token that lets *name* pull from *repositories*."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "sub": name,
            "aud": SERVICE,
            "exp": now + 300,
            "nbf": now - 10,
            "iat": now,
            "jti": uuid4().hex,
            "access": [{"type": "repository", "name": repo, "actions": ["pull"]} for repo in repositories],
        }
        chain = [base64.b64encode(self._certificate.public_bytes(Encoding.DER)).decode()]
        return jwt.encode(claims, self._key, "RS256", headers={"x5c": chain, "kid": self._key_id()})

    def _key_id(self) -> str:
        """The name that distribution gives a key: its digest's first 30 bytes in groups of four letters."""
        public = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        letters = base64.b32encode(sha256(public).digest()[:30]).decode()
        return ":".join(letters[start : start + 4] for start in range(0, len(letters), 4))

    def _self_signed(self) -> x509.Certificate:
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, ISSUER)])
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder(name, name, self._key.public_key(), x509.random_serial_number())
        builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        return builder.sign(self._key, SHA256())
