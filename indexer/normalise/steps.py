"""The order of the steps. Each reads the draft, changes what it must, and says so."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from indexer.normalise.arrival import drop_absent_values, drop_unknown_fields, take_feed_remarks
from indexer.normalise.contact import normalise_contact
from indexer.normalise.dates import normalise_date_maj, normalise_validity
from indexer.normalise.draft import Draft
from indexer.normalise.extension import normalise_extension
from indexer.normalise.hours import normalise_hours
from indexer.normalise.identifiers import normalise_codes, normalise_identifiers, part_commune
from indexer.normalise.identity import require_name, set_identity, set_structure_id
from indexer.normalise.kind_of_offer import set_kind_of_offer
from indexer.normalise.numbers import normalise_coordinates, normalise_flags, normalise_quantities
from indexer.normalise.sessions import normalise_sessions
from indexer.normalise.text import clean_texts
from indexer.normalise.v0_fields import rename_v0_fields
from indexer.normalise.vocabulary_values import normalise_vocabularies
from indexer.normalise.zones import normalise_zone

Step = Callable[[Draft], None]


def build_steps(now: datetime) -> tuple[Step, ...]:
    """All steps, in order; `now` is the clock that dates are judged by."""
    return (
        take_feed_remarks,
        set_identity,
        rename_v0_fields,
        drop_unknown_fields,
        drop_absent_values,
        set_structure_id,
        clean_texts,
        require_name,
        part_commune,
        normalise_codes,  # before what depends on the territory: telephones, clocks
        normalise_identifiers,
        normalise_contact,
        normalise_hours,
        normalise_vocabularies,
        normalise_zone,
        normalise_coordinates,
        normalise_quantities,
        normalise_flags,
        partial(normalise_date_maj, now=now),
        normalise_validity,
        normalise_sessions,
        normalise_extension,
        set_kind_of_offer,
    )
