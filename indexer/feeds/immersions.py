"""Immersion Facilitée's search: a company and a métier make an immersion; the person to call is not kept."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from indexer.feeds.base import FeedFile, Row
from indexer.feeds.building import given, iter_objects, text_of
from indexer.schema import Kind

SOURCE: Final = "immersion-facilitee"
NOT_VOLUNTARY: Final = "entreprise suggérée, qui n'a pas dit vouloir accueillir : ce n'est pas encore une offre."
SUGGESTED: Final = "entreprise-suggeree"
_CONTACT: Final = {"EMAIL": "courriel", "PHONE": "telephone", "IN_PERSON": "en-personne"}


def iter_immersions(file: FeedFile) -> Iterator[Row]:
    """Companies (each once) and immersions. The others are refused, unless `[options] suggestions`."""
    producer = file.options.producer or SOURCE
    suggested = file.options.text("suggestions") == "garder"
    known: set[str] = set()
    for row in iter_objects(file):
        if row.refusal is not None:
            yield row
            continue
        found = row.fields
        if not found.get("voluntaryToImmersion", True) and not suggested:
            yield Row(row.number, {"id": _identity(found)}, refusal=NOT_VOLUNTARY, rule=SUGGESTED, kind=Kind.OFFER)
            continue
        siret = text_of(found.get("siret"))
        if siret and siret not in known:
            known.add(siret)
            yield Row(row.number, given({**_company(found), "source": producer}), kind=Kind.STRUCTURE)
        yield Row(row.number, given({**build_immersion(found), "source": producer}), kind=Kind.OFFER)


def build_immersion(found: Mapping[str, Any]) -> dict[str, Any]:
    """The offer of one result."""
    titles = [_title(item) for item in found.get("appellations") or found.get("appellationLabels") or []]
    name = _name(found)
    metier = text_of(found.get("romeLabel"))
    return {
        "id": _identity(found),
        "structure_id": text_of(found.get("siret")),
        "nom": f"Immersion : {metier or ', '.join(titles[:1])} chez {name}",
        "description": _description(found, titles),
        "type_offre": "immersion",
        "metiers": [text_of(found.get("rome"))],
        "modes_accueil": ["en-presentiel"],
        "immersion": given(
            {
                "entreprise": name,
                "siret": text_of(found.get("siret")),
                "mode_contact": _CONTACT.get(text_of(found.get("contactMode"))),
            }
        ),
        "publics_precisions": _welcome(found),
        "lien_source": text_of(found.get("urlOfPartner")),
        **_place(found),
    }


def _identity(found: Mapping[str, Any]) -> str:
    parts = (text_of(found.get(name)) for name in ("siret", "rome", "locationId"))
    return "-".join(part for part in parts if part)


def _name(found: Mapping[str, Any]) -> str:
    return text_of(found.get("customizedName")) or text_of(found.get("name"))


def _company(found: Mapping[str, Any]) -> dict[str, Any]:
    siret = text_of(found.get("siret"))
    return {
        "id": siret,
        "nom": _name(found),
        "siret": siret,
        "site_web": text_of(found.get("website")),
        **_place(found),
    }


def _title(item: Any) -> str:
    return text_of(item.get("appellationLabel")) if isinstance(item, dict) else text_of(item)


def _description(found: Mapping[str, Any], titles: list[str]) -> str:
    lines = [
        f"Secteur : {text_of(found.get('nafLabel'))}." if found.get("nafLabel") else "",
        f"Métiers à découvrir : {', '.join(titles)}." if titles else "",
        text_of(found.get("additionalInformation")),
    ]
    return "\n".join(line for line in lines if line)


def _welcome(found: Mapping[str, Any]) -> str | None:
    fit = found.get("fitForDisabledWorkers")
    return (
        "Accueille des personnes en situation de handicap."
        if fit in (True, "yes-declared-only", "yes-ft-certified")
        else None
    )


def _place(found: Mapping[str, Any]) -> dict[str, Any]:
    address, position = found.get("address"), found.get("position")
    parts = address if isinstance(address, dict) else {"streetNumberAndAddress": address, "city": found.get("city")}
    point = position if isinstance(position, dict) else {}
    return given(
        {
            "adresse": text_of(parts.get("streetNumberAndAddress")),
            "code_postal": text_of(parts.get("postcode")),
            "commune": text_of(parts.get("city")),
            "latitude": point.get("lat"),
            "longitude": point.get("lon"),
        }
    )
