"""From raw records to the catalogue: one command, one transaction."""

from indexer.pipeline.run import run_import

__all__ = ["run_import"]
