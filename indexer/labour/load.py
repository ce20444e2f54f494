"""Loading reference tables together with what the labour market makes of them."""

from datetime import datetime
from pathlib import Path

from indexer.errors import ReferenceDataError
from indexer.labour.build import prepare_labour
from indexer.labour.figures import load_figures
from indexer.reference.loaded import LoadReport, generation_in_service, load_tables


def load_reference(source: Path, directory: Path, now: datetime, *, example: bool = False) -> LoadReport:
    """As `load_tables`, with the figures of the labour market; a figure that cannot be read refuses the whole load."""
    return load_tables(source, directory, now, prepare_labour, example=example)


def figures_to_mend(directory: Path) -> str | None:
    """What is wrong with the figures made of the tables in service; None when they can be read, or none is loaded."""
    folder = generation_in_service(directory)
    try:
        if folder is None or load_figures(folder) is not None:
            return None
    except ReferenceDataError as error:
        return str(error)
    return "Ces tables ont été chargées par une version plus ancienne : relancez « maillage reference load »."
