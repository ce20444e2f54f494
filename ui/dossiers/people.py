"""The names of colleagues and organisations, by their ids."""

from dataclasses import dataclass
from functools import cached_property

from indexer.accounts import User
from indexer.dossiers.sharing import follows_people
from indexer.workspace import Workspace


@dataclass(frozen=True)
class Names:
    """Read when first asked for: once a page."""

    workspace: Workspace

    def user(self, user_id: str) -> str:
        found = self._users.get(user_id)
        return "un compte fermé" if found is None else found.name

    def organisation(self, organisation_id: str) -> str:
        return self.organisations.get(organisation_id, "une organisation fermée")

    @cached_property
    def organisations(self) -> dict[str, str]:
        """In the order of their names."""
        return {one.id: one.name for one in self.workspace.accounts.organisations()}

    @property
    def followers(self) -> list[User]:
        """Accounts that may have files."""
        return [user for user in self._users.values() if not user.disabled and follows_people(user)]

    @cached_property
    def _users(self) -> dict[str, User]:
        return {user.id: user for user in self.workspace.accounts.users()}
