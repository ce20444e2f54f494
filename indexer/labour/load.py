"""Loading reference tables together with what the labour market makes of them."""

from datetime import datetime
from pathlib import Path

from indexer.labour.build import prepare_labour
from indexer.reference.loaded import LoadReport, load_tables


def load_reference(source: Path, directory: Path, now: datetime, *, example: bool = False) -> LoadReport:
    """As `load_tables`, with the figures of the labour market; a figure that cannot be read refuses the whole load."""
    return load_tables(source, directory, now, prepare_labour, example=example)
