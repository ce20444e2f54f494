"""The territory as mobilisation sees it: its labour market, its jobs, its immersions, its one contact for companies."""

from indexer.accounts import Actor
from indexer.geocode.communes import load_communes
from indexer.labour.model import Place
from indexer.labour.service import Labour
from indexer.mobilise.census import Census
from indexer.mobilise.invitation import Interlocutor
from indexer.mobilise.overview import Around, JobFamily
from ui.contexts.report import Choice
from ui.services import PageServices
from ui.site import Site
from ui.territory import Territory


def around(services: PageServices, territory: Territory, bassin: str, census: Census) -> Around:
    """Of a bassin of the territory; of the one of its first commune for any other code."""
    labour = services.labour
    place = _place(labour, territory, bassin)
    family = JobFamily(labour.family, services.metiers.close_to)
    return Around(labour.at(place), family, census, frozenset(territory.departements))


def bassins(labour: Labour, territory: Territory, chosen: str) -> tuple[Choice, ...]:
    """Those of the territory's départements, by name; none where no table places them."""
    named = {code: name for code, name in labour.bassins().items() if _is_own(labour, territory, code)}
    in_order = sorted(named.items(), key=lambda item: (item[1], item[0]))
    return tuple(Choice(code, name.capitalize(), code == chosen) for code, name in in_order)


def interlocutor(site: Site, actor: Actor) -> Interlocutor:
    """The territory's one contact for companies; whoever invites, where the territory's file names none."""
    contact = site.territory.entreprises
    if contact is None:
        return Interlocutor(f"{actor.name}, {actor.organisation_name}", "", "")
    return Interlocutor(contact.nom, contact.phone_label or "", contact.courriel or "")


def _place(labour: Labour, territory: Territory, bassin: str) -> Place:
    chosen = labour.place_of_bassin(bassin) if bassin and _is_own(labour, territory, bassin) else None
    commune = load_communes().resolve(territory.code_commune)
    assert commune is not None  # the territory's file was checked at start
    return chosen or labour.place_of(commune)


def _is_own(labour: Labour, territory: Territory, bassin: str) -> bool:
    place = labour.place_of_bassin(bassin)
    return place is not None and place.departement in territory.departements
