"""Migrations of the catalogue, run by `indexer.catalogue.schema_version` (no ini file)."""
