"""The site that is worked on: a catalogue of examples, accounts, real servers, and a mail server."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.accounts import Role
from indexer.accounts.users import NewUser
from indexer.benchmark.server import serving
from indexer.catalogue import open_catalogue
from indexer.commands.demonstration import prepare_demonstration
from indexer.commands.reindex import reindex_with_progress
from indexer.indexing import open_indexing
from indexer.language.needs import load_need_reader
from indexer.settings import Settings, load_settings
from indexer.workspace import Workspace, open_workspace
from tests.support.encoder import build_test_encoder_dir, default_cache_root
from tests.support.mail_server import Mailboxes, running_mail_server

PASSWORD = "quatre mots pour un mot"
TEAM = 2
"""Référents of one organisation: they write in each other's files."""


@dataclass(frozen=True)
class Site:
    """Servers that answer; `workspace` reads the same database behind their back."""

    bases: tuple[str, ...]
    logs: tuple[Path, ...]
    offers: tuple[str, ...]
    emails: tuple[str, ...]
    workspace: Workspace
    mailboxes: Mailboxes


@contextmanager
def running_site(folder: Path, referents: int, processes: int, database_url: str | None) -> Iterator[Site]:
    """An empty database is filled with the examples and the accounts, then served."""
    with ExitStack() as stack:
        mailboxes = stack.enter_context(running_mail_server())
        variables = _variables(folder, mailboxes.url, database_url)
        settings = load_settings(**{name.removeprefix("MAILLAGE_").lower(): text for name, text in variables.items()})
        offers = _fill(settings)
        catalogue = open_catalogue(settings.catalogue_url)
        stack.callback(catalogue.close)
        workspace = open_workspace(catalogue, settings, lambda: datetime.now(UTC))
        emails = tuple(_add_people(workspace, referents))
        logs = tuple(folder / f"serveur-{number}.log" for number in range(processes))
        servers = [stack.enter_context(serving({**os.environ, **variables}, 1, log)) for log in logs]
        bases = tuple(f"http://127.0.0.1:{server.port}" for server in servers)
        yield Site(bases, logs, offers, emails, workspace, mailboxes)


def _variables(folder: Path, smtp_url: str, database_url: str | None) -> dict[str, str]:
    """Limits stay those of a real site: each référent has an address, which a trusted proxy tells."""
    variables = {
        "MAILLAGE_DATA_DIR": str(folder),
        "MAILLAGE_SECRET_KEY": "une clé de simulation assez longue pour servir",
        "MAILLAGE_SMTP_URL": smtp_url,
        "MAILLAGE_TRUSTED_PROXIES": "127.0.0.1",
        "MAILLAGE_BASE_URL": "http://127.0.0.1",
        "MAILLAGE_MAIL_FROM": "Maillage <maillage@simulation.example>",
        "MAILLAGE_LOG_LEVEL": "warning",
    }
    return variables if database_url is None else {**variables, "MAILLAGE_DATABASE_URL": database_url}


def _fill(settings: Settings) -> tuple[str, ...]:
    """The ids of the offers to which a person can be oriented by mail."""
    _share_files(settings)
    with open_indexing(settings) as work:
        prepare_demonstration(work)
        reindex_with_progress(work)
        load_need_reader(work.encoder, settings.encoder_dir)
        stored = work.catalogue.iter_offers_for_index()
        offers = [one.offer.id for one in stored if one.structure is not None and one.structure.courriel]
    return tuple(sorted(offers))


def _share_files(settings: Settings) -> None:
    """The encoder is that of the other tests; it and the vectors of the examples are written once a machine."""
    encoder = build_test_encoder_dir(default_cache_root())
    settings.encoder_dir.symlink_to(encoder, target_is_directory=True)
    settings.vector_cache_path.symlink_to(encoder.parent / f"{encoder.name}-heure.sqlite")


def _add_people(workspace: Workspace, referents: int) -> Iterator[str]:
    """One password for all: it is argon2 at sign-in that is measured, once a person."""
    accounts, homes = workspace.accounts, _add_organisations(workspace, -(-referents // TEAM))
    for number in range(referents):
        email = f"referent{number}@simulation.example"
        user = accounts.add_user(NewUser(email, f"Référent {number}", Role.REFERENT, homes[number // TEAM]))
        accounts.choose_password(accounts.invitation_link(user.id), PASSWORD)
        yield email


def _add_organisations(workspace: Workspace, count: int) -> Sequence[str]:
    return [workspace.accounts.add_organisation(f"Équipe {number}").id for number in range(count)]
