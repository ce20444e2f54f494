"""What is typed, read kindly: required fields, bad input, and nothing that crashes whatever is sent."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.geocode.communes import load_communes
from indexer.normalise.mails import parse_one_mail
from indexer.publish.answers import Answers, clean_answers
from indexer.publish.reading import Reading, Step, known_fields, merge_step, read_publication
from indexer.publish.states import PublicationKind
from tests.support.publications import IMMERSION, WORKSHOP

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
KINDS = {PublicationKind.IMMERSION: IMMERSION, PublicationKind.WORKSHOP: WORKSHOP}


def written(kind: PublicationKind, **changes: str) -> dict[str, tuple[str, ...]]:
    fields = {name: tuple(values) for sent in KINDS[kind].values() for name, values in sent.items()}
    return fields | {name: (value,) for name, value in changes.items()}


def read(kind: PublicationKind, answers: Answers) -> Reading:
    return read_publication(kind, answers, load_communes(), NOW)


@pytest.mark.parametrize("kind", PublicationKind)
def test_a_whole_publication_has_nothing_to_mend(kind: PublicationKind) -> None:
    reading = read(kind, written(kind))
    assert reading.content is not None
    assert reading.all_errors == {}


@pytest.mark.parametrize("kind", PublicationKind)
def test_at_most_twelve_fields_are_required(kind: PublicationKind) -> None:
    whole = written(kind)
    needed = [name for name in whole if read(kind, {n: v for n, v in whole.items() if n != name}).all_errors]
    assert 8 <= len(needed) <= 12


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("siret", "55210055400014"),
        ("siret", "552100554"),
        ("siret", "5,52E+13"),
        ("lieu", ""),
        ("nom", "é" * 20_000),
        ("taches", "é" * 20_000),
        ("metiers", "Z9999"),
        ("courriel", "lea@exemple.fr\nBcc: tous@exemple.fr"),
        ("courriel", "lea@exemple.fr, sami@exemple.fr"),
        ("courriel", "lea"),
        ("mode", "pigeon"),
        ("par_mois", "0"),
        ("par_mois", "1000"),
        ("en_meme_temps", "-1"),
        ("disponible_au", "2020-01-01"),
        ("disponible_du", "demain"),
    ],
)
def test_bad_input_of_an_immersion_is_told_beside_its_field(field: str, value: str) -> None:
    errors = read(PublicationKind.IMMERSION, written(PublicationKind.IMMERSION, **{field: value})).all_errors
    assert set(errors) in ({field}, {"metier"})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seance_date", "2026-03-01"),
        ("seance_date", "2036-03-01"),
        ("seance_date", "bientôt"),
        ("seance_fin", "13:00"),
        ("seance_places", "0"),
        ("seance_places", "beaucoup"),
        ("besoins", "numerique"),
        ("besoins", "devenir-riche"),
        ("frais", "un peu"),
        ("titre", "A"),
    ],
)
def test_bad_input_of_a_workshop_is_told_beside_its_field(field: str, value: str) -> None:
    errors = read(PublicationKind.WORKSHOP, written(PublicationKind.WORKSHOP, **{field: value})).all_errors
    assert set(errors) == {field}


def test_la_poste_s_own_siret_is_taken() -> None:
    answers = written(PublicationKind.IMMERSION, siret="356 000 000 00048")
    assert read(PublicationKind.IMMERSION, answers).all_errors == {}


def test_a_session_is_told_in_the_time_of_its_place() -> None:
    answers = written(PublicationKind.WORKSHOP, lieu="Saint-Denis", code_commune="97411")
    content = read(PublicationKind.WORKSHOP, answers).content
    assert content is not None
    assert content.what.fields["sessions"][0]["debut"] == "2026-03-20T14:00:00+04:00"


def test_a_person_may_write_a_date_and_an_hour_as_people_do() -> None:
    answers = written(PublicationKind.WORKSHOP, seance_date="20/03/2026", seance_debut="14h", seance_fin="16h30")
    content = read(PublicationKind.WORKSHOP, answers).content
    assert content is not None
    assert content.what.fields["sessions"][0]["fin"] == "2026-03-20T16:30:00+01:00"


def test_a_changed_metier_drops_the_one_that_was_confirmed() -> None:
    before = written(PublicationKind.IMMERSION)
    sent = {**IMMERSION[Step.WHAT], "metier": ["coiffeur"]}
    assert merge_step(before, PublicationKind.IMMERSION, Step.WHAT, sent)["metiers"] == ()


def test_a_step_cannot_write_the_fields_of_another() -> None:
    sent = {"nom": ["X"], "courriel": ["pirate@exemple.fr"], "etat": ["publiee"]}
    assert set(merge_step({}, PublicationKind.IMMERSION, Step.WHO, sent)) == {"nom"}


@given(st.text(max_size=300))
def test_only_one_address_on_one_line_is_ever_accepted(text: str) -> None:
    address = parse_one_mail(text)
    assert address is None or (address.count("@") == 1 and not any(c.isspace() for c in address))


TYPED = st.dictionaries(
    st.sampled_from(sorted({n for kind in PublicationKind for step in Step for n in known_fields(kind, step)})),
    st.lists(
        st.text(max_size=60) | st.sampled_from(["2026-03-20", "14:00", "D1102", "Belfort", "gratuit"]), max_size=3
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(PublicationKind)), TYPED)
def test_whatever_is_typed_is_read_without_a_crash(kind: PublicationKind, typed: Mapping[str, list[str]]) -> None:
    answers = clean_answers(typed, frozenset(typed))
    reading = read(kind, answers)
    assert (reading.content is None) or not set(reading.errors) & {Step.WHO, Step.WHAT, Step.CONTACT}
