"""Saved searches on both real databases."""

from tests.support.catalogues import catalogue, catalogue_url, postgres_server, sqlite_url

__all__ = ["catalogue", "catalogue_url", "postgres_server", "sqlite_url"]
