"""The pages of trust: who runs the site, where offers come from, what it keeps, how accessible it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indexer.catalogue import SourceSummary
from indexer.schema.vocabulary import vocabulary
from ui import urls
from ui.contexts.facts import EXAMPLE_SOURCE, Link
from ui.wording import say_count, say_date, sentence


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page whose words stand in its template."""

    title: str
    description: str


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """What one producer brings by one flux. `problems` are shares of its offers, in words."""

    name: str
    flux: str
    is_example: bool
    counts: str
    licence: str
    imported: str
    changed: str
    problems: tuple[str, ...]
    link: str | None
    report_url: str


@dataclass(frozen=True, slots=True)
class SourcesPage:
    title: str
    description: str
    sources: tuple[SourceBlock, ...]


@dataclass(frozen=True, slots=True)
class SiteMapPage:
    title: str
    description: str
    themes: tuple[Link, ...]
    trust: tuple[Link, ...]


TRUST_LINKS = (
    Link("À propos", urls.ABOUT),
    Link("D’où viennent les offres", urls.SOURCES),
    Link("Accessibilité : non conforme", urls.ACCESSIBILITY),
    Link("Vos données", urls.PRIVACY),
    Link("Mentions légales", urls.LEGAL),
)
FOOTER_LINKS = (
    *TRUST_LINKS,
    Link("Plan du site", urls.SITE_MAP),
    Link("Données ouvertes", urls.API_DOCS),
    Link("Publier une immersion ou un atelier", urls.PUBLISH),
    Link("Espace des professionnels", urls.WORKSPACE),
)

ABOUT = PlainPage("À propos de ce site", "À quoi sert ce site, pour qui, et qui appeler.")
ACCESSIBILITY = PlainPage("Accessibilité", "Ce qui a été vérifié pour que tout le monde puisse lire ce site.")
PRIVACY = PlainPage("Vos données", "Ce que ce site garde de vous : presque rien.")
LEGAL = PlainPage("Mentions légales", "Qui publie ce site, et qui l’héberge.")


def build_sources(sources: Sequence[SourceSummary]) -> SourcesPage:
    """The producers that bring most offers first."""
    ordered = sorted(sources, key=lambda source: (-source.published, source.source, source.flux))
    return SourcesPage(
        title="D’où viennent les offres",
        description="Qui donne les offres, sous quelle licence, et de quand elles datent.",
        sources=tuple(map(_block, ordered)),
    )


def build_site_map() -> SiteMapPage:
    categories = [term for term in vocabulary("thematiques").values() if term.parent is None]
    return SiteMapPage(
        title="Plan du site",
        description="Toutes les pages de ce site.",
        themes=tuple(Link(term.shown, urls.offers_of_theme(term.value)) for term in categories),
        trust=(*TRUST_LINKS, Link("Données ouvertes", urls.API_DOCS)),
    )


def _block(source: SourceSummary) -> SourceBlock:
    counts = (
        say_count(source.published, "offre publiée", "offres publiées"),
        say_count(source.structures, "structure"),
    )
    return SourceBlock(
        name="Exemples" if source.source == EXAMPLE_SOURCE else sentence(source.source),
        flux=source.flux,
        is_example=source.source == EXAMPLE_SOURCE,
        counts=", ".join(counts),
        licence=source.licence or "non précisée",
        imported=_day(source.last_import_at),
        changed=_day(source.last_change_at),
        problems=_problems(source),
        link=urls.web(source.url),
        report_url=urls.source_report(source.flux),
    )


def _problems(source: SourceSummary) -> tuple[str, ...]:
    told = (
        (source.located_share, "des offres n’ont pas de point sur la carte"),
        (source.themed_share, "des offres n’ont pas de thème"),
    )
    return tuple(f"{_missing(share)} {words}" for share, words in told if share is not None and share < 1)


def _missing(share: float) -> str:
    """« 4 % », « moins de 1 % »: never 0 for what exists."""
    percent = round((1 - share) * 100)
    return "moins de 1\u00a0%" if percent < 1 else f"{percent}\u00a0%"


def _day(moment: datetime | date | None) -> str:
    if moment is None:
        return "date inconnue"
    return say_date(moment.date() if isinstance(moment, datetime) else moment)
