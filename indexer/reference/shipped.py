"""The tables shipped with the product, read once on first use. How they are made: `indexer.reference.derive`."""

import csv
import gzip
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from indexer.errors import ReferenceDataError


def _read(name: str) -> str:
    try:
        data = files("indexer.reference").joinpath("tables", f"{name}.csv.gz").read_bytes()
        return gzip.decompress(data).decode()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        message = f"La table livrée « {name} » manque ou est abîmée : réinstallez Maillage. ({error})"
        raise ReferenceDataError(message) from error


def load_rows(name: str) -> list[list[str]]:
    """The rows of a shipped table, header left out; ReferenceDataError when the installation lacks it."""
    return list(csv.reader(io.StringIO(_read(name), newline="")))[1:]


def load_columns(name: str) -> list[list[str]]:
    """The columns of a shipped table in which nothing is quoted: cut in one go, a fifth of the time that rows take.

    ReferenceDataError when the installation lacks it.
    """
    header, _, body = _read(name).partition("\n")
    cells = body.removesuffix("\n").replace("\n", ",").split(",")
    width = header.count(",") + 1
    return [cells[column::width] for column in range(width)]


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
