"""`maillage users`: accounts of the workspace, organisations, keys. The only secret ever shown is a link, once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import orjson
import typer
from rich.console import Console

from indexer.accounts.letters import PASSWORD_PATH, Letters
from indexer.accounts.model import ROLE_LABELS, Role, User
from indexer.accounts.users import NewUser
from indexer.catalogue import open_catalogue
from indexer.commands.users_keys import add_key_commands
from indexer.commands.users_organisations import organisations_app
from indexer.errors import AccountError
from indexer.settings import load_settings
from indexer.workspace import Workspace, open_workspace

app = typer.Typer(no_args_is_help=True, help="Comptes de l'espace de travail, organisations et clés.")
AsJson = Annotated[bool, typer.Option("--json", help="Pour les machines.")]
Email = Annotated[str, typer.Argument(metavar="COURRIEL")]
ByMail = Annotated[bool, typer.Option("--mail", help="Envoyer le lien par courriel au lieu de l'écrire ici.")]


@contextmanager
def opened_workspace() -> Iterator[Workspace]:
    """The workspace of the settings."""
    settings = load_settings()
    catalogue = open_catalogue(settings.catalogue_url)
    try:
        yield open_workspace(catalogue, settings, catalogue.clock)
    finally:
        catalogue.close()


@app.command("add")
def add_command(
    email: Email,
    name: Annotated[str, typer.Option("--name", help="Son nom, comme les autres le lisent.")],
    organisation: Annotated[str, typer.Option("--organisation", help="Le nom de son organisation.")],
    role: Annotated[Role, typer.Option("--role", help="Ce que la personne fait ici.")] = Role.REFERENT,
    by_mail: ByMail = False,
) -> None:
    """Ouvre un compte, et donne le lien par lequel la personne choisit son mot de passe."""
    with opened_workspace() as workspace:
        home = workspace.accounts.find_organisation(organisation)
        new = NewUser(email, name, role, home.id)
        if by_mail:
            Letters(workspace.accounts, workspace.outbox).invite(new, None)
            typer.echo(f"Invitation mise en partance pour {email}.")
            return
        user = workspace.accounts.add_user(new)
        _tell_link(workspace, workspace.accounts.invitation_link(user.id), "pendant 7 jours")


@app.command("list")
def list_command(as_json: AsJson = False) -> None:
    """Donne les comptes, par organisation."""
    with opened_workspace() as workspace:
        found = workspace.accounts.users()
    if as_json:
        typer.echo(orjson.dumps([asdict(user) for user in found], option=orjson.OPT_INDENT_2).decode())
        return
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for user in found:
        console.print(f"{user.email} : {user.name}, {_role(user)}, {user.organisation_name}{_state(user)}")
    if not found:
        console.print("Aucun compte. « maillage users organisations add », puis « maillage users add ».")


@app.command("role")
def role_command(email: Email, role: Annotated[Role, typer.Argument(metavar="ROLE")]) -> None:
    """Change le rôle d'un compte."""
    _change(email, lambda workspace, user: workspace.accounts.set_role(user.id, role), f"{ROLE_LABELS[role]}.")


@app.command("moderator")
def moderator_command(
    email: Email,
    stop: Annotated[bool, typer.Option("--stop", help="Retirer ce droit au lieu de le donner.")] = False,
) -> None:
    """Donne à un référent le droit de modérer les publications, ou le retire."""
    told = "Ne modère plus les publications." if stop else "Peut modérer les publications."
    _change(email, lambda workspace, user: workspace.accounts.let_moderate(user.id, not stop), told)


@app.command("disable")
def disable_command(email: Email) -> None:
    """Ferme un compte : ses sessions s'arrêtent, ce qu'il a écrit reste."""
    _change(email, lambda workspace, user: workspace.accounts.disable_user(user.id), "Compte fermé.")


@app.command("enable")
def enable_command(email: Email) -> None:
    """Ouvre de nouveau un compte fermé."""
    _change(email, lambda workspace, user: workspace.accounts.disable_user(user.id, False), "Compte ouvert.")


@app.command("reset-password")
def reset_command(email: Email) -> None:
    """Donne un lien pour choisir un nouveau mot de passe, pendant une heure."""
    with opened_workspace() as workspace:
        user = _find(workspace, email)
        _tell_link(workspace, workspace.accounts.reset_link(user.id), "pendant une heure")


@app.command("reset-second-factor")
def reset_factor_command(email: Email) -> None:
    """Arrête la double vérification d'une personne qui a perdu son téléphone et ses codes. Vérifiez que c'est elle."""
    done = "La double vérification est arrêtée."
    _change(email, lambda workspace, user: workspace.accounts.disable_second_factor(user.id), done)


@app.command("log")
def log_command(
    about: Annotated[str | None, typer.Option("--about", help="Le numéro d'un dossier.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="Combien, au plus.")] = 100,
    as_json: AsJson = False,
) -> None:
    """Dit qui a vu ou changé quel dossier, et quand ; jamais ce qu'il contient."""
    with opened_workspace() as workspace:
        found = workspace.accounts.accesses(about, limit)
    if as_json:
        typer.echo(orjson.dumps([asdict(access) for access in found], option=orjson.OPT_INDENT_2).decode())
        return
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for access in found:
        console.print(
            f"{access.at:%d/%m/%Y %H:%M} UTC : {access.name or access.user_id}, {access.kind}, {access.about}"
        )
    if not found:
        console.print("Rien dans le journal des accès.")


def _change(email: str, change: Callable[[Workspace, User], None], told: str) -> None:
    with opened_workspace() as workspace:
        change(workspace, _find(workspace, email))
    typer.echo(f"{email} : {told}")


def _find(workspace: Workspace, email: str) -> User:
    user = workspace.accounts.find_user(email)
    if user is None:
        raise AccountError(f"Aucun compte n'est à l'adresse « {email} ». « maillage users list » les donne.")
    return user


def _tell_link(workspace: Workspace, token: str, how_long: str) -> None:
    typer.echo(f"À donner à la personne, et à elle seule. Ce lien sert une fois, {how_long} :", err=True)
    typer.echo(workspace.outbox.absolute(PASSWORD_PATH + token))
    if not workspace.settings.base_url:
        typer.echo("Mettez devant l'adresse de votre site : MAILLAGE_BASE_URL ne la dit pas.", err=True)


def _role(user: User) -> str:
    return f"{ROLE_LABELS[user.role]}, modère" if user.moderates else ROLE_LABELS[user.role]


def _state(user: User) -> str:
    if user.disabled:
        return " (fermé)"
    if user.last_sign_in_at is None:
        return " (jamais venu)"
    return f" (venu le {user.last_sign_in_at:%d/%m/%Y})"


app.add_typer(organisations_app, name="organisations")
add_key_commands(app)
