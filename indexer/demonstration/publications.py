"""The demonstration's publications: an immersion of a bakery and a workshop of a CCAS, confirmed, that wait to be read.

None exists, and nothing of them is public: the coordinator of the demonstration may accept them, or not.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from indexer.publish.reading import Step
from indexer.publish.states import PublicationKind
from indexer.publish.tables import publications
from indexer.workspace import Workspace

_SENDER: Final = "demonstration"
_WORKSHOP_IN: Final = timedelta(days=21)
_CONFIRM: Final = re.compile(r"/publier/confirmer/([\w-]+)")

Steps = Mapping[Step, Mapping[str, Iterable[str]]]


def prepare_publications(workspace: Workspace) -> int:
    """Makes them once; how many were made. None where mails really leave: theirs are addresses of nobody."""
    with workspace.catalogue.database.reading() as connection:
        known = connection.scalar(select(func.count()).select_from(publications))
    if workspace.delivery is not None or known:
        return 0
    day = (workspace.clock() + _WORKSHOP_IN).date().isoformat()
    for kind, steps in ((PublicationKind.IMMERSION, _IMMERSION), (PublicationKind.WORKSHOP, _workshop(day))):
        _publish(workspace, kind, steps)
    return 2


def _publish(workspace: Workspace, kind: PublicationKind, steps: Steps) -> None:
    token = workspace.publications.start(kind, _SENDER)
    for step, sent in steps.items():
        workspace.publications.save(token, step, sent)
    workspace.publications.submit(token)
    (newest,) = workspace.outbox.recent(1)
    found = None if newest.mail is None else _CONFIRM.search(newest.mail.text)
    if found is not None:
        workspace.publications.confirm(found[1])


_IMMERSION: Final[Steps] = {
    Step.WHO: {
        "siret": ["00000001800010"], "nom": ["Boulangerie du Lion (exemple)"], "adresse": ["3 rue des Sapins"],
        "lieu": ["Belfort"],
    },
    Step.WHAT: {
        "metier": ["boulanger"], "metiers": ["D1102"], "duree": ["une-semaine"],
        "taches": ["Vous verrez la pâte lever, vous façonnerez des pains avec l’équipe, puis la vente en boutique."],
    },
    Step.CONTACT: {
        "contact": ["Le gérant"], "courriel": ["boulangerie@lion.example"], "mode": ["courriel"], "par_mois": ["2"],
    },
    Step.SUMMARY: {"accord": ["oui"]},
}  # fmt: skip


def _workshop(day: str) -> Steps:
    return {
        Step.WHO: {"sans_siret": ["oui"], "nom": ["CCAS des Sapins (exemple)"], "lieu": ["Belfort"]},
        Step.WHAT: {
            "titre": ["Premiers pas sur internet"],
            "description": ["On apprend à envoyer un courriel et à faire ses démarches en ligne, à son rythme."],
            "besoins": ["numerique--maitriser-les-fondamentaux-du-numerique"],
            "frais": ["gratuit"],
            "seance_date": [day], "seance_debut": ["14:00"], "seance_fin": ["16:00"], "seance_places": ["8"],
        },
        Step.CONTACT: {"contact": ["L’accueil"], "courriel": ["accueil@ccas.example"], "mode": ["en-personne"]},
        Step.SUMMARY: {"accord": ["oui"]},
    }  # fmt: skip
