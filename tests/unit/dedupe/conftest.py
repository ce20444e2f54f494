"""The fixtures of both real databases; see tests/support/catalogues.py for which to pick."""

from tests.support.catalogues import catalogue, catalogue_url, postgres_server, sqlite_url

__all__ = ["catalogue", "catalogue_url", "postgres_server", "sqlite_url"]
