"""The tables shipped with the product, read once on first use. How they are made: `indexer.reference.derive`."""

import csv
import gzip
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from indexer.errors import ReferenceDataError


def load_rows(name: str) -> list[list[str]]:
    """The rows of a shipped table, header left out; ReferenceDataError when the installation lacks it."""
    try:
        data = files("indexer.reference").joinpath("tables", f"{name}.csv.gz").read_bytes()
        text = gzip.decompress(data).decode()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        message = f"La table livrée « {name} » manque ou est abîmée : réinstallez Maillage. ({error})"
        raise ReferenceDataError(message) from error
    if '"' not in text:  # nothing is quoted, as in the largest table: four times faster than csv.reader
        return [line.split(",") for line in text.split("\n")[1:-1]]
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def _load_pairs(name: str) -> Mapping[str, str]:
    """First column to second."""
    return MappingProxyType({row[0]: row[1] for row in load_rows(name)})


@cache
def former_codes() -> Mapping[str, str]:
    """INSEE codes of communes that have merged, to the code of today."""
    return _load_pairs("codes_anciens")


@cache
def epci_names() -> Mapping[str, str]:
    """Names of the EPCI with own taxation, by SIREN."""
    return _load_pairs("epci")


@cache
def departement_names() -> Mapping[str, str]:
    """Names of the départements and of the overseas collectivities, by code."""
    return _load_pairs("departements")


@cache
def departement_regions() -> Mapping[str, str]:
    """The région of each département, by their codes."""
    return MappingProxyType({row[0]: row[2] for row in load_rows("departements")})


@cache
def region_names() -> Mapping[str, str]:
    """Names of the régions and of the overseas collectivities, by code."""
    return _load_pairs("regions")


@cache
def rome_labels() -> Mapping[str, str]:
    """Labels of the 1,584 ROME 4.0 codes."""
    return _load_pairs("rome")
