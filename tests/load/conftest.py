"""`catalogue_url`: an empty database of each kind."""

from tests.support.catalogues import catalogue_url, postgres_server, sqlite_url

__all__ = ["catalogue_url", "postgres_server", "sqlite_url"]
