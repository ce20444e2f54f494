"""How the cluster is reached."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Access:
    """Addresses of the nodes, who we are (a user and a password, or an API key), and which authority is believed.

    `prefix` begins the name of all that we keep there: several catalogues may share a cluster.
    """

    urls: tuple[str, ...]
    user: str = ""
    password: str = ""
    api_key: str = ""
    ca: Path | None = None
    prefix: str = "maillage"
