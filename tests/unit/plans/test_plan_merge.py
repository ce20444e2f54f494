"""Two versions of one line become one, or are told to contradict each other: nothing is lost in silence."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.plans.merge import from_values, list_changes, merge, rebuild_base, to_values
from indexer.plans.model import DOERS, FIELDS, OPINIONS, STATES, Fields

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no reason to fail."""

words = st.text(max_size=5)
fields = st.builds(
    Fields,
    titre=words,
    etat=st.sampled_from(list(STATES)),
    qui=st.sampled_from(list(DOERS)),
    partenaire=words,
    echeance=st.none() | st.dates(),
    heures=st.none() | st.floats(0.5, 48),
    note=words,
    raison=words,
    commentaire=words,
    avis=st.none() | st.sampled_from(list(OPINIONS)),
    avis_mots=words,
    offre_id=st.none() | words,
    besoin=st.none() | words,
)


@calm
@given(fields, fields, fields)
def test_each_field_is_what_one_of_them_wanted_or_a_conflict(base: Fields, theirs: Fields, mine: Fields) -> None:
    merged = merge(base, theirs, mine)
    for name in FIELDS:
        was, now, wanted = (getattr(one, name) for one in (base, theirs, mine))
        kept = getattr(merged.fields, name)
        if name in merged.conflicts:
            assert wanted not in (was, now)
            assert was != now
        elif wanted != was:
            assert kept == wanted
        else:
            assert kept == now


@calm
@given(fields, fields)
def test_what_nobody_else_touched_is_written_as_it_was_wanted(base: Fields, mine: Fields) -> None:
    assert merge(base, base, mine) == merge(base, mine, mine)
    assert merge(base, base, mine).fields == mine


@calm
@given(fields)
def test_fields_come_back_from_json_as_they_were(one: Fields) -> None:
    assert from_values(to_values(one)) == one


@calm
@given(fields, fields, fields)
def test_the_fields_that_were_read_are_found_again_from_the_changes_since(a: Fields, b: Fields, c: Fields) -> None:
    since = [(name, before) for step in ((a, b), (b, c)) for name, before, _ in list_changes(*step)]
    assert rebuild_base(c, since) == a


def test_a_line_written_by_an_older_program_takes_the_defaults() -> None:
    assert from_values({"titre": "Le CV", "echeance": "2026-03-09"}) == Fields("Le CV", echeance=date(2026, 3, 9))
