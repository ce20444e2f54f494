"""The demonstration's companies to call: a list as a coordinator brings it, `entreprises.csv`. None exists."""

from importlib.resources import files
from typing import Final

from indexer.geocode.communes import load_communes
from indexer.mobilise.reading import read_companies
from indexer.workspace import Workspace

LIST: Final = "entreprises.csv"


def prepare_companies(workspace: Workspace) -> int:
    """Brings the list once; how many companies it made. None where there are companies already."""
    if workspace.mobilise.companies():
        return 0
    content = files("indexer.demonstration").joinpath(LIST).read_bytes()
    found = read_companies(content, LIST, load_communes())
    workspace.mobilise.bring(found.companies)
    return len(found.companies)
