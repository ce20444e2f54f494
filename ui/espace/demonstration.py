"""The demonstration's accounts: entered by one click, only where nothing but the demonstration is held."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from indexer.accounts.demonstration import find_accounts
from indexer.workspace import Workspace
from ui.espace import urls
from ui.espace.arriving import Arrival, enter
from ui.espace.forms import Form, parse_form
from ui.espace.guard import workspace_of
from ui.espace.sign_in_page import DemonstrationAccount
from ui.rendering import Renderer


def add_demonstration_route(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.DEMONSTRATION, _enter(renderer), methods=["POST"])


def demonstration_accounts(workspace: Workspace) -> tuple[DemonstrationAccount, ...]:
    """None where the catalogue holds anything else."""
    found = find_accounts(workspace.catalogue, workspace.accounts)
    return tuple(
        DemonstrationAccount(user.id, f"{user.name}, {user.organisation_name}") for user in found if not user.disabled
    )


def _enter(renderer: Renderer) -> Callable[[Request, Form], Response]:
    def take(request: Request, form: Annotated[Form, Depends(parse_form)]) -> Response:
        known = {account.user_id for account in demonstration_accounts(workspace_of(request))}
        if form.get("compte") not in known:
            raise HTTPException(404)
        return enter(request, renderer, form.get("compte"), Arrival(urls.local_path(form.get("suite"))))

    return take
