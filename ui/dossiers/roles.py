"""Who comes to these pages: those who follow people. To others they do not exist."""

from typing import Annotated

from fastapi import Depends

from indexer.accounts import Actor, Role
from ui.espace.guard import allow

Follower = Annotated[Actor, Depends(allow(Role.REFERENT, Role.COORDINATEUR))]
"""`indexer.dossiers.access` then decides for each file."""
