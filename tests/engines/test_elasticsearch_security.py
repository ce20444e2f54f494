"""A server with TLS and users: wrong papers are said with the setting to mend."""

import base64
import hashlib
import random
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engines.base import SearchQuery
from indexer.engines.elasticsearch import Access, ElasticsearchEngine
from indexer.errors import EngineError
from tests.engines.conftest import build
from tests.engines.worlds import DIMENSIONS, TODAY, Oracle, make_document
from tests.support.elasticsearch import MISSING, find_archive, find_java, start_server, stop_server

pytestmark = [pytest.mark.slow, pytest.mark.elasticsearch]

PASSWORD = "un mot de passe, une fois"
ROLES = b"""
maillage:
  cluster: [monitor]
  indices:
    - names: ["maillage-*"]
      privileges: [create_index, manage, read, write]
reader:
  indices:
    - names: ["maillage-*"]
      privileges: [read, view_index_metadata, monitor]
"""
"""As docs/elasticsearch.md gives them."""


def hashed(password: str) -> str:
    """As the server's file of users has it."""
    salt = b"0123456789abcdef0123456789abcdef"
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, 10_000, 32)
    return "{PBKDF2}10000$" + "$".join(base64.b64encode(part).decode() for part in (salt, key))


def sign(folder: Path, name: str) -> tuple[bytes, bytes]:
    """(key, certificate) of an authority that signs itself."""
    key, certificate = folder / f"{name}.key", folder / f"{name}.pem"
    names = ("-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1")
    command = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names)
    subprocess.run((*command, "-keyout", key, "-out", certificate), check=True, capture_output=True)
    return key.read_bytes(), certificate.read_bytes()


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Access]:
    """How our user reaches a server of its own."""
    if find_archive() is None or find_java() is None or shutil.which("openssl") is None:
        pytest.skip(f"{MISSING} ; et openssl")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = sign(folder, "known")
    sign(folder, "other")
    settings = {
        "xpack.security.enabled": "true",
        "xpack.security.http.ssl.enabled": "true",
        "xpack.security.http.ssl.key": "http.key",
        "xpack.security.http.ssl.certificate": "http.pem",
    }
    files = {
        "http.key": key,
        "http.pem": certificate,
        "roles.yml": ROLES,
        "users": f"maillage:{hashed(PASSWORD)}\nreader:{hashed(PASSWORD)}\n".encode(),
        "users_roles": b"maillage:maillage\nreader:reader\n",
    }
    server = start_server(settings, files)
    try:
        yield Access((server["url"],), user="maillage", password=PASSWORD, ca=folder / "known.pem")
    finally:
        stop_server(server)


def engine_of(access: Access) -> ElasticsearchEngine:
    return ElasticsearchEngine(access, dimensions=DIMENSIONS)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"password": "faux"}, "MAILLAGE_ELASTICSEARCH_USER"),
        ({"user": "", "password": "", "api_key": "ZmF1eDpmYXV4"}, "MAILLAGE_ELASTICSEARCH_API_KEY"),
        ({"ca": None}, "MAILLAGE_ELASTICSEARCH_CA"),
    ],
)
def test_wrong_papers_are_said_with_their_setting(secured: Access, change: dict[str, str], told: str) -> None:
    assert told in engine_of(replace(secured, **change)).health().message  # type: ignore[arg-type]


def test_an_unknown_authority_is_said(secured: Access) -> None:
    assert secured.ca is not None
    other = replace(secured, ca=secured.ca.with_name("other.pem"))
    assert "n'est pas reconnu" in engine_of(other).health().message


def test_the_role_of_the_documentation_is_enough_for_a_whole_life(secured: Access) -> None:
    rng = random.Random(5)
    oracle = Oracle({f"a--{i}": make_document(rng, f"a--{i}") for i in range(30)})
    engine = engine_of(secured)
    first, second = (build(engine, oracle) for _ in range(2))
    engine.upsert([make_document(rng, "a--30")])
    assert engine.delete(["a--0"]) == 1
    assert engine.get("a--30") is not None
    assert engine.rollback() == first
    assert {version.name for version in engine.versions()} == {first, second}
    reading, query = engine_of(replace(secured, user="reader")), SearchQuery(size=5, today=TODAY)
    assert reading.health().ready
    assert reading.search(query).total == engine.search(query).total > 0
    with pytest.raises(EngineError):
        reading.upsert([make_document(rng, "a--31")])
