"""The plan as its own person opens it, by their link: they tick, comment, refuse, propose, say how it was."""

from dataclasses import replace

from indexer.plans.book import Book
from indexer.plans.errors import PlanError
from indexer.plans.links import dossier_of_link
from indexer.plans.model import PERSON, Avis, Change, Etat, Fields, Line, Plan

_MOST_PROPOSED = 10
"""Steps that a person may propose before a professional has looked at them: a link in wrong hands fills no plan."""


class PersonPlans:
    """ExpiredLinkError from every verb for a link that opens nothing, the same whatever the reason."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def open(self, token: str) -> Plan:
        return self._book.read(self._dossier(token))

    def set_state(self, token: str, line_id: str, version: int, etat: Etat, raison: str = "") -> Line:
        """StaleLine when a professional changed the state since `version`; LineGone."""
        return self._change(token, line_id, version, {"etat": etat, "raison": raison})

    def comment(self, token: str, line_id: str, version: int, words: str) -> Line:
        return self._change(token, line_id, version, {"commentaire": words})

    def say_how_it_was(self, token: str, line_id: str, version: int, avis: Avis | None, words: str) -> Line:
        return self._change(token, line_id, version, {"avis": avis, "avis_mots": words})

    def propose(self, token: str, title: str, words: str = "") -> None:
        """A step in the person's own words, at the end. PlanError beyond ten that nobody has answered."""
        dossier_id = self._dossier(token)
        latest = self._book.history(dossier_id, _MOST_PROPOSED)
        if len(latest) == _MOST_PROPOSED and all(_is_proposal(change) for change in latest):
            raise PlanError("Vous avez déjà proposé plusieurs étapes. Parlez-en d’abord avec votre référent.")
        self._book.add(dossier_id, PERSON, [Fields(titre=title, commentaire=words)])

    def _dossier(self, token: str) -> str:
        with self._book.database.reading() as connection:
            return dossier_of_link(connection, token, self._book.clock())

    def _change(self, token: str, line_id: str, version: int, values: dict[str, str | None]) -> Line:
        """Only the fields of `values` are the person's to write; the others are those that were read."""
        dossier_id = self._dossier(token)
        read = self._book.fields_at(dossier_id, line_id, version)
        wanted = replace(read, **values)  # type: ignore[arg-type]
        return self._book.change(dossier_id, PERSON, line_id, version, wanted)


def _is_proposal(change: Change) -> bool:
    return change.champ == "ajout" and change.author.kind == "personne"
