"""Pages for what cannot be shown: what happened, and what to do now."""

from dataclasses import dataclass
from typing import Final

from indexer.catalogue import RetiredSummary
from ui import urls
from ui.contexts.cards import Card
from ui.contexts.facts import Link
from ui.wording import glued


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """`detail` is for the person who runs the site. `cards` are offers to go to instead."""

    status: int
    title: str
    description: str
    text: tuple[str, ...]
    detail: str | None
    links: tuple[Link, ...]
    cards: tuple[Card, ...]


_HOME: Final = Link("Faire une nouvelle recherche", urls.HOME)

_TEXTS: Final[dict[int, tuple[str, tuple[str, ...]]]] = {
    403: (
        "Cet envoi vient d’un autre site",
        ("Nous ne l’avons pas enregistré.", "Revenez à la page de l’offre, et envoyez-le de là."),
    ),
    404: (
        "Cette page n’existe pas",
        ("L’adresse est peut-être incomplète, ou mal recopiée.", "Cherchez plutôt ce dont vous avez besoin."),
    ),
    405: ("Cette page ne se demande pas ainsi", ("Revenez à l’accueil, et recommencez.",)),
    410: (
        "Cette page n’est plus là",
        ("Ce que vous cherchez a été retiré.", "Cherchez une autre offre près de chez vous."),
    ),
    413: ("Votre texte est trop long", ("Revenez en arrière, et écrivez moins de mots.",)),
    414: ("Votre recherche est trop longue", ("Recommencez avec moins de mots.",)),
    422: ("Votre demande n’a pas pu être comprise", ("Revenez en arrière, et dites-le autrement.",)),
    429: (
        "Vous allez très vite",
        ("Trop de pages sont demandées d’ici en même temps.", "Attendez une minute, et recommencez."),
    ),
    500: (
        "La page n’a pas pu s’afficher",
        ("C’est notre faute, pas la vôtre.", "Attendez une minute, et essayez encore."),
    ),
    503: (
        "La recherche ne répond pas pour le moment",
        ("Revenez dans quelques minutes.", "Si c’est urgent, appelez un des numéros ci-dessous."),
    ),
}


def build_error(status: int, detail: str | None = None) -> ErrorPage:
    """An unknown status is told as a failure of ours."""
    title, text = _TEXTS.get(status, _TEXTS[500])
    lines = tuple(map(glued, text))
    return ErrorPage(status, title, title, lines, None if detail is None else glued(detail), (_HOME,), ())


def build_retired(summary: RetiredSummary, cards: tuple[Card, ...]) -> ErrorPage:
    """An offer that no flux lists any more."""
    held = "" if summary.structure is None else f" Elle était proposée par {summary.structure}."
    text = f"L’offre « {summary.nom} » a été retirée : elle n’est plus proposée.{held}"
    title = "Cette offre n’est plus proposée"
    return ErrorPage(410, title, title, (glued(text),), None, (_HOME,), cards)


def build_retired_structure(name: str) -> ErrorPage:
    title = "Cette structure n’est plus listée"
    return ErrorPage(410, title, title, (f"« {name} » ne propose plus d’offre ici.",), None, (_HOME,), ())
