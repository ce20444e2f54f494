"""The quality score of data·inclusion, with our clock."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from data_inclusion.schema.v1 import Service

from indexer.schema import Offer

RECENT_DAYS, OLD_DAYS = 183, 730
"""Six months and two years, as in the national criterion `date_maj_recente`."""

_WITHOUT_DATE = ("agefiph", "france-travail")  # these producers' dates say nothing, as the national score has it


def score_quality(offer: Offer, fresh_on: date, today: date) -> float:
    """Mean of the criteria that apply, in 0–1, two decimals.

    Source: `data_inclusion.schema.v1.score_qualite`. Its criterion of freshness reads the clock of the machine, and the
    producer's date alone; ours is given `today`, and the day on which the content last changed.
    """
    values = [value for value in _criteria(offer, fresh_on, today) if value is not None]
    return round(sum(values) / len(values), 2)


def freshness(fresh_on: date, today: date) -> float:
    """1 under six months, 0 beyond two years, straight between."""
    age = (today - fresh_on).days
    return min(1.0, max(0.0, (OLD_DAYS - age) / (OLD_DAYS - RECENT_DAYS)))


def _criteria(offer: Offer, fresh_on: date, today: date) -> Iterator[float | None]:
    from data_inclusion.schema.v1.score_qualite import (
        CRITERES,
    )  # with pendulum: indexing needs it, not a server's start

    fields = offer.model_dump(include=set(Service.model_fields))
    service = Service.model_construct(**fields | {"description": (offer.description or "")[:10_000]})
    for criterion in CRITERES:
        name = criterion.__name__
        if name == "date_maj_recente":
            yield None if offer.source in _WITHOUT_DATE else freshness(fresh_on, today)
        elif name == "description_bien_definie" and not offer.description:
            yield 0.0
        else:
            value = cast("float | None", criterion(service))
            yield None if value is None else round(value, 2)
