"""Crawlers of sites without an export. They hand over JSON Lines of raw records and know only `indexer.schema`."""
