"""Who works in the workspace: organisations, users, sessions, second factors, and what they looked at."""

from indexer.accounts.accounts import Accounts
from indexer.accounts.model import Actor, Organisation, Role, User

__all__ = ["Accounts", "Actor", "Organisation", "Role", "User"]
