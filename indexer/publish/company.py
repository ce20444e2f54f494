"""The public register of companies, when a deployment names one: who a SIRET is, and whether it is closed."""

from dataclasses import dataclass
from typing import Any, Final, Protocol

import httpx
import structlog

from indexer.normalise.identifiers import parse_siret

TIMEOUT_S: Final = 2.0
"""For the whole look-up: a person waits, and can fill in the fields by hand."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Company:
    """One establishment. `is_association` when the register says so."""

    siret: str
    nom: str
    adresse: str
    code_postal: str
    code_insee: str
    commune: str
    naf: str
    closed: bool
    is_association: bool = False


class Register(Protocol):
    """Finds an establishment by its SIRET. None when it knows none, or does not answer: fields are then typed."""

    def find(self, siret: str) -> Company | None: ...


class NoRegister:
    """When no register is set."""

    def find(self, siret: str) -> Company | None:  # noqa: ARG002 — the protocol's
        return None


class HttpRegister:
    """The shape of « Recherche d'entreprises » (`GET /search?q=SIRET`, `results[].matching_etablissements[]`)."""

    def __init__(self, url: str, timeout_s: float = TIMEOUT_S) -> None:
        self._url, self._timeout = url.rstrip("/"), timeout_s

    def find(self, siret: str) -> Company | None:
        """A failure is logged without the number that was asked."""
        try:
            answer = httpx.get(f"{self._url}/search", params={"q": siret}, timeout=self._timeout)
            answer.raise_for_status()
            return _read(answer.json(), siret)
        except (httpx.HTTPError, ValueError) as error:
            _log.warning("registre_muet", erreur=type(error).__name__)
            return None


def build_register(url: str) -> Register:
    return HttpRegister(url) if url else NoRegister()


def check_siret(text: str) -> tuple[str | None, str]:
    """(the SIRET, "") or (None, what is wrong). The key of a SIRET is checked, with La Poste's exception."""
    siret, reason = parse_siret(text)
    return (siret, "") if siret is not None else (None, reason)


def _read(body: Any, siret: str) -> Company | None:
    results = body.get("results") if isinstance(body, dict) else None
    for result in results if isinstance(results, list) else []:
        if not isinstance(result, dict):
            continue
        for place in [*(result.get("matching_etablissements") or []), result.get("siege")]:
            if isinstance(place, dict) and place.get("siret") == siret:
                return _company(result, place)
    return None


def _company(result: dict[str, Any], place: dict[str, Any]) -> Company:
    extra = result.get("complements")
    return Company(
        siret=str(place["siret"]),
        nom=_text(place.get("nom_commercial")) or _text(result.get("nom_complet")),
        adresse=_street(place),
        code_postal=_text(place.get("code_postal")),
        code_insee=_text(place.get("commune")),
        commune=_text(place.get("libelle_commune")),
        naf=_text(place.get("activite_principale")),
        closed=_text(place.get("etat_administratif")) == "F",
        is_association=isinstance(extra, dict) and extra.get("est_association") is True,
    )


def _street(place: dict[str, Any]) -> str:
    """The number and the street, which the register gives before the postal code in one line."""
    whole, postal = _text(place.get("adresse")), _text(place.get("code_postal"))
    return (whole.partition(postal)[0] if postal and postal in whole else whole).strip(" ,")


def _text(value: Any) -> str:
    return " ".join(value.split())[:200] if isinstance(value, str) else ""
