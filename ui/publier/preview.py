"""A publication as its card will be, as far as it is written."""

from dataclasses import replace
from datetime import date
from typing import Final, cast

from indexer.public import offer_dict
from indexer.publish.answers import one_line
from indexer.publish.publication import Publication, title_of
from indexer.publish.publications import Publications
from indexer.publish.reading import Content
from indexer.publish.states import PublicationKind
from indexer.schema.vocabulary import label_of
from ui.contexts.cards import Card, build_plain_card
from ui.contexts.facts import KindOfOffer
from ui.offer_json import OfferJson

_HERE: Final = "#apercu"
"""A card links to its offer, which has no page yet."""


def build_preview(publications: Publications, publication: Publication, content: Content | None, today: date) -> Card:
    """The card of the offer that would be made now; before that can be, what is known of it."""
    if content is None:
        return _sketch(publication)
    stored = publications.preview(publication, content)
    card = build_plain_card(cast(OfferJson, offer_dict(stored, today)), today)
    return replace(card, url=_HERE, updated="Aperçu")


def _sketch(publication: Publication) -> Card:
    kind = KindOfOffer(publication.kind, label_of("types_offre", publication.kind))
    holder = (one_line(publication.answers, "nom"), one_line(publication.answers, "lieu"))
    free = publication.kind is PublicationKind.IMMERSION
    return Card(
        id=publication.id,
        url=_HERE,
        title=title_of(publication),
        kind=kind,
        distance=None,
        cost="Gratuit" if free else None,
        next_date=None,
        holder=" · ".join(part for part in holder if part),
        reasons=(),
        reserves=(),
        siblings_label="",
        siblings=(),
        updated="Aperçu",
        is_example=False,
    )
