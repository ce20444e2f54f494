"""The navigation of the workspace: each part adds its own entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from indexer.accounts import Actor, Role
from ui.espace import urls
from ui.espace.guard import csrf_token

_FOLLOWING: Final = (Role.REFERENT, Role.COORDINATEUR)
_KEEPING: Final = (Role.COORDINATEUR, Role.ADMINISTRATEUR)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, the roles that see it, and what one does there, in a sentence for the home of the workspace."""

    label: str
    url: str
    roles: tuple[Role, ...]
    about: str = ""
    moderators: bool = False

    def is_for(self, actor: Actor) -> bool:
        """`moderators`: those who may moderate, whatever their role."""
        return actor.may_moderate if self.moderators else actor.role in self.roles


ENTRIES: Final = (
    Entry("Personnes suivies", "/espace/personnes", _FOLLOWING, "Situation, plan et suivi de chaque personne."),
    Entry("Orientations", "/espace/orientations", _FOLLOWING, "Vos demandes aux structures, et leurs réponses."),
    Entry("Situations", "/espace/situations", _FOLLOWING, "Les situations où des partenaires cherchent des idées."),
    Entry("Publications", "/moderation", tuple(Role), "Relire ce que publient entreprises et structures.", True),
    Entry("Entreprises", "/mobilisation", (Role.COORDINATEUR,), "Les métiers qui manquent, les entreprises à appeler."),
    Entry("Mon équipe", urls.TEAM, _KEEPING, "Inviter une personne, fermer un compte."),
    Entry("Mon compte", urls.ACCOUNT, tuple(Role), "Mot de passe, double vérification."),
)


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    current: bool
    about: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What `espace/layout.html` shows around a page: a page's model holds it as its field `espace`.

    `token` is the hidden field of every form of the page: `{{ espace.token_field(page.espace) }}`.
    """

    name: str
    role: str
    organisation: str
    links: tuple[Link, ...]
    token: str


def frame_of(request: Request, actor: Actor) -> Frame:
    links = tuple(_iter_links(request.url.path, actor))
    return Frame(actor.name, actor.role_label, actor.organisation_name, links, csrf_token(request))


def _iter_links(path: str, actor: Actor) -> Iterable[Link]:
    for entry in ENTRIES:
        if entry.is_for(actor):
            yield Link(entry.label, entry.url, path == entry.url or path.startswith(f"{entry.url}/"), entry.about)
