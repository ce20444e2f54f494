"""The workspace on a real catalogue, and people who are signed in.

- `workspace_site(folder)`: the pages over a small catalogue, with a clock that the test moves;
- `workspace_site(folder, database_url=…)`: the same on PostgreSQL (`catalogue_url` of tests/support/catalogues.py);
- `sign_in(site.client, "coordinateur")`: one line, and the client is somebody;
- `site.client_for("referent", "Une autre organisation")`: another browser;
- `send(client, address, {...})`: a form, with the token that the page would give.
"""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from pydantic import SecretStr

from indexer.accounts import Actor, Role
from indexer.accounts.passwords import hash_password
from indexer.accounts.users import NewUser
from indexer.errors import AccountError
from indexer.settings import Settings
from indexer.workspace import Workspace
from tests.support.clocks import MovedClock
from tests.support.pages import KEY, PagesWorld, Records
from tests.support.small_feeds import small_feed

COOKIE = "maillage"
PASSWORD = "quatre mots pour un mot"
ORGANISATION = "Maison de l’emploi"


@dataclass(frozen=True)
class WorkspaceSite:
    """The application, its workspace, its clock, and a browser that follows no redirection by itself."""

    world: PagesWorld
    client: TestClient
    clock: MovedClock

    @property
    def workspace(self) -> Workspace:
        return workspace_of(self.client)

    def client_for(self, role: str | None = None, organisation: str = ORGANISATION) -> TestClient:
        """Another browser; signed in when a role is given."""
        client = TestClient(self.world.app, follow_redirects=False)
        if role is not None:
            sign_in(client, role, organisation)
        return client


@contextmanager
def workspace_site(
    folder: Path,
    records: Records | None = None,
    *,
    database_url: str | None = None,
    clock: Callable[[], datetime] | None = None,
    **settings: Any,
) -> Iterator[WorkspaceSite]:
    """`records` are twenty offers when they are not given; `settings` are those of `Settings`."""
    moved = clock if isinstance(clock, MovedClock) else MovedClock()
    url = {"database_url": SecretStr(database_url)} if database_url and not database_url.startswith("sqlite") else {}
    given = Settings(**({"data_dir": folder, "secret_key": SecretStr(KEY)} | url | settings))
    ready = records is None and given.database_url is None
    if ready:
        shutil.copytree(_filled_folder(), folder, dirs_exist_ok=True)
    world = PagesWorld(folder, settings=given, clock=moved)
    if not ready:
        world.bring(small_feed() if records is None else records)
        world.index()
    with TestClient(world.app, follow_redirects=False) as client:
        yield WorkspaceSite(world, client, moved)
    world.catalogue.close()


@cache
def _filled_folder() -> Path:
    """A data folder with twenty offers, made once a run: a test copies it in a hundredth of the time."""
    folder = Path(tempfile.mkdtemp(prefix="maillage-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    world = PagesWorld(folder, clock=MovedClock())
    world.bring(small_feed())
    world.index()
    world.catalogue.close()
    return folder


def workspace_of(client: TestClient) -> Workspace:
    workspace: Workspace = cast(FastAPI, client.app).state.services.workspace
    return workspace


def make_user(workspace: Workspace, role: str = "referent", organisation: str = ORGANISATION, name: str = "") -> str:
    """The id of a new user, who has the password of these tests."""
    accounts = workspace.accounts
    try:
        home = accounts.find_organisation(organisation)
    except AccountError:
        home = accounts.add_organisation(organisation)
    number = len(accounts.users()) + 1
    new = NewUser(f"personne{number}@exemple.fr", name or f"Personne {number}", Role(role), home.id)
    user = accounts.add_user(new)
    with patch("indexer.accounts.accounts.hash_password", return_value=_hashed()):
        accounts.choose_password(accounts.invitation_link(user.id), PASSWORD)
    return user.id


@cache
def _hashed() -> str:
    """Computed once a run: it is made to be slow."""
    return hash_password(PASSWORD)


def sign_in(client: TestClient, role: str = "referent", organisation: str = ORGANISATION, name: str = "") -> Actor:
    """A new user of this role is signed in on this client."""
    workspace = workspace_of(client)
    return sign_in_as(client, make_user(workspace, role, organisation, name))


def sign_in_as(client: TestClient, user_id: str) -> Actor:
    """The same for a user who exists."""
    accounts = workspace_of(client).accounts
    client.cookies.delete(COOKIE) if COOKIE in client.cookies else None
    client.cookies.set(COOKIE, accounts.start_session(user_id))
    actor = accounts.actor_of(client.cookies[COOKIE])
    assert actor is not None
    return actor


def form_token(client: TestClient) -> str:
    """What a page of ours would put into its forms for who is signed in."""
    workspace = workspace_of(client)
    actor = workspace.accounts.actor_of(client.cookies[COOKIE])
    assert actor is not None
    return workspace.sealer.sign("formulaire", actor.user_id)


def send(
    client: TestClient, address: str, fields: Mapping[str, str | Sequence[str]] | None = None, **options: Any
) -> Response:
    """Posts a form of the workspace."""
    return cast(
        Response, client.post(address, data={"jeton_formulaire": form_token(client), **(fields or {})}, **options)
    )
