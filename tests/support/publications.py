"""Publications over a real catalogue and the real embedded engine, with a clock that tests turn.

`PublishWorld` gives the steps of a story in one line each: `sent`, `confirmed`, `published`.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.embeddings.vector_cache import VectorCache
from indexer.engines.base import SearchEngine
from indexer.engines.embedded import EmbeddedEngine
from indexer.geocode.communes import load_communes
from indexer.language.needs import SilentReader
from indexer.mail.outbox import Outbox
from indexer.publish.company import Company
from indexer.publish.contacts import Contacts
from indexer.publish.live import LiveIndex, Shared
from indexer.publish.managing import Managing
from indexer.publish.moderation import Decision, Moderation, Moderator
from indexer.publish.parts import Parts
from indexer.publish.publication import Publication
from indexer.publish.publications import Publications
from indexer.publish.reading import Step
from indexer.publish.states import PublicationKind
from indexer.rebuild import Indexing, reindex
from indexer.sealing import Sealer
from indexer.search import SearchRequest, build_offer_search
from indexer.settings import Settings
from tests.support.clocks import MovedClock
from tests.support.counting_encoder import CountingEncoder

KEY = "une clé de test assez longue pour servir"
BAKERY = "55210055400013"
OTHER_COMPANY = "73282932000074"
MAIL = "lea@boulangerie.exemple.fr"

Sent = Mapping[str, Iterable[str]]

IMMERSION: dict[Step, dict[str, list[str]]] = {
    Step.WHO: {"siret": [BAKERY], "nom": ["Boulangerie du Lion"], "adresse": ["3 rue des Sapins"], "lieu": ["Belfort"]},
    Step.WHAT: {
        "metier": ["boulanger"],
        "metiers": ["D1102"],
        "taches": ["Vous verrez le pétrissage et vous façonnerez des baguettes avec l’équipe."],
        "duree": ["une-semaine"],
    },
    Step.CONTACT: {"contact": ["Léa Martin"], "courriel": [MAIL], "mode": ["courriel"], "par_mois": ["2"]},
    Step.SUMMARY: {"accord": ["oui"]},
}
WORKSHOP: dict[Step, dict[str, list[str]]] = {
    Step.WHO: {"sans_siret": ["oui"], "nom": ["CCAS de Belfort"], "lieu": ["90000"]},
    Step.WHAT: {
        "titre": ["Premiers pas sur internet"],
        "description": ["On apprend à envoyer un courriel et à faire ses démarches en ligne."],
        "besoins": ["numerique--maitriser-les-fondamentaux-du-numerique"],
        "frais": ["gratuit"],
        "seance_date": ["2026-03-20"],
        "seance_debut": ["14:00"],
        "seance_fin": ["16:00"],
        "seance_places": ["8"],
    },
    Step.CONTACT: {"contact": ["Amel B."], "courriel": ["ccas@belfort.exemple.fr"], "mode": ["en-personne"]},
    Step.SUMMARY: {"accord": ["oui"]},
}
CAMILLE = Moderator("camille", "Camille R.")
NOE = Moderator("noe", "Noé T.")


class Directory:
    """A register of companies in memory; `asked` holds the numbers that it was asked."""

    def __init__(self, *companies: Company) -> None:
        self._known = {company.siret: company for company in companies}
        self.asked: list[str] = []

    def find(self, siret: str) -> Company | None:
        self.asked.append(siret)
        return self._known.get(siret)


class PublishWorld:
    """Nothing is published yet; the index is built, and empty."""

    def __init__(
        self,
        catalogue: Catalogue,
        folder: Path,
        clock: MovedClock,
        register: Directory | None = None,
        engine: SearchEngine | None = None,
    ) -> None:
        """`engine`, without any version, takes the place of an embedded one in `folder`."""
        self.catalogue, self.clock, self.register = catalogue, clock, register or Directory()
        self.sealer = Sealer([KEY], clock)
        self.outbox = Outbox(catalogue.database, self.sealer, clock, "https://site.exemple.fr")
        encoder = CountingEncoder()
        self.engine = engine or EmbeddedEngine(folder / "index", dimensions=encoder.dimensions, now=clock)
        live = LiveIndex(Settings(data_dir=folder), catalogue, lambda: clock().date())
        live.share(Shared(self.engine, encoder, None))
        self.all = Publications(Parts(catalogue, self.sealer, self.outbox, clock, load_communes(), self.register, live))
        self.managing, self.contacts, self.moderation = Managing(self.all), Contacts(self.all), Moderation(self.all)
        self._search = build_offer_search(self.engine, encoder, clock, SilentReader())
        with VectorCache(folder / "vectors.sqlite") as cache:
            reindex(Indexing(catalogue, self.engine, encoder, cache, clock().date()), accept_loss=True)

    def written(self, steps: Mapping[Step, Sent] | None = None, sender: str = "192.0.2.1", **changes: str) -> str:
        """The token of a draft whose steps are all written; `changes` replace single fields."""
        steps = steps or IMMERSION
        kind = PublicationKind.WORKSHOP if steps is WORKSHOP else PublicationKind.IMMERSION
        token = self.all.start(kind, sender)
        for step, sent in steps.items():
            own = {name: [changes[name]] for name in changes if name in sent}
            self.all.save(token, step, {**sent, **own})
        return token

    def sent(self, steps: Mapping[Step, Sent] | None = None, **changes: str) -> str:
        """The token of the link that the confirmation's mail holds."""
        self.all.submit(self.written(steps, **changes))
        return self.link_of("/publier/confirmer/")

    def confirmed(self, steps: Mapping[Step, Sent] | None = None, **changes: str) -> tuple[Publication, str]:
        """A publication, and the token that manages it."""
        return self.all.confirm(self.sent(steps, **changes))

    def published(self, steps: Mapping[Step, Sent] | None = None, **changes: str) -> tuple[Publication, str]:
        """The same, accepted by a moderator."""
        publication, token = self.confirmed(steps, **changes)
        self.decide(publication, Decision.ACCEPT)
        return self.again(publication), token

    def decide(self, publication: Publication, decision: Decision, reason: str = "", by: Moderator = CAMILLE) -> None:
        self.moderation.decide(by, publication.id, publication.version, decision, reason)

    def again(self, publication: Publication) -> Publication:
        with self.catalogue.database.reading() as connection:
            found = self.all.store.find(connection, publication.id)
        assert found is not None
        return found

    def found(self) -> list[str]:
        """Names of what a search around Belfort finds now."""
        answer = self._search.search(SearchRequest(code_commune="90010"))
        return [item.offre.decode().partition('"nom":"')[2].partition('"')[0] for item in answer.items]

    def total_found(self) -> int:
        return self._search.search(SearchRequest(code_commune="90010")).total

    def mails(self) -> list[tuple[str, str]]:
        """To whom and about what, oldest first."""
        entries = reversed(self.outbox.recent(500))
        return [(entry.mail.to, entry.mail.subject) for entry in entries if entry.mail is not None]

    def link_of(self, path: str, to: str | None = None) -> str:
        """The token of the newest mail that leads to a page."""
        for entry in self.outbox.recent(500):
            if entry.mail is not None and (to is None or entry.mail.to == to):
                found = re.search(re.escape(path) + r"([\w-]+)", entry.mail.text)
                if found is not None:
                    return found.group(1)
        raise AssertionError(f"no mail leads to {path}")
