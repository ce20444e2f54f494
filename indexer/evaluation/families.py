"""Offers given in several places with the same name and text: one answer, judged once, as a page folds them."""

from collections.abc import Iterable, Mapping

from indexer.schema import Offer

Families = Mapping[str, str]
"""Offer id → the id of its family: the smallest of its siblings', its own when it has none."""


def build_families(offers: Iterable[Offer]) -> Families:
    """Siblings share name and description, letter for letter but for case and spaces."""
    groups: dict[tuple[str, str], list[str]] = {}
    for offer in offers:
        groups.setdefault((_plain(offer.nom), _plain(offer.description)), []).append(offer.id)
    return {one: min(ids) for ids in groups.values() for one in ids}


def find_family(families: Families, name: str) -> str | None:
    """The family of an id, or of what begins the ids of all siblings of one family; None when there is none such."""
    if name in families:
        return families[name]
    found = {family for one, family in families.items() if one.startswith(f"{name}-")}
    return found.pop() if len(found) == 1 else None


def fold(families: Families, ids: Iterable[str]) -> list[str]:
    """Each family once, where its first sibling is; an id that is not known stays as it is."""
    return list(dict.fromkeys(families.get(one, one) for one in ids))


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())
