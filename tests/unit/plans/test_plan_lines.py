"""The lines of a plan: added, changed, moved, taken off; who did what; and nobody's change lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import text

from indexer.dossiers.errors import NotFound
from indexer.plans.errors import LineGone, PlanError, StaleLine
from indexer.plans.model import MAX_LINES, Basis, Fields, Line
from tests.support.plans import CAMILLE, DRISS, NOON, STRANGER, PlansWorld


def add(world: PlansWorld, *titles: str) -> list[Line]:
    return world.plans.add(CAMILLE, world.dossier_id, [Fields(title) for title in titles])


def titles(world: PlansWorld) -> list[str]:
    return [line.fields.titre for line in world.plans.of(CAMILLE, world.dossier_id).lines]


def test_lines_are_kept_in_the_order_they_were_added(world: PlansWorld) -> None:
    add(world, "Refaire le CV", "Voir le médecin")
    add(world, "Passer le code")
    assert titles(world) == ["Refaire le CV", "Voir le médecin", "Passer le code"]


def test_an_offer_is_in_a_plan_only_once_and_free_steps_as_often_as_wanted(world: PlansWorld) -> None:
    once = Fields("Atelier CV", offre_id="dora--1")
    added = world.plans.add(CAMILLE, world.dossier_id, [once, once, Fields("Appeler"), Fields("Appeler")])
    assert len(added) == 3
    assert world.plans.add(DRISS, world.dossier_id, [once]) == []


def test_a_change_keeps_all_the_fields_and_tells_who_changed_what(world: PlansWorld) -> None:
    [line] = add(world, "Refaire le CV")
    world.clock.forward(hours=1)
    wanted = Fields("Refaire le CV", etat="abandonne", qui="partenaire", partenaire="La mission locale",
                    echeance=date(2026, 3, 9), heures=2.5, note="Avec une photo.", raison="Elle l’a déjà.")  # fmt: skip
    changed = world.plans.change(DRISS, world.dossier_id, line.id, line.version, wanted)
    assert changed.version == 2
    assert world.plans.of(CAMILLE, world.dossier_id).lines[0].fields == wanted
    told = [
        (one.author.name, one.champ, one.avant, one.apres) for one in world.plans.history(CAMILLE, world.dossier_id)
    ]
    assert told == [
        ("Driss B.", "raison", "", "Elle l’a déjà."),
        ("Driss B.", "note", "", "Avec une photo."),
        ("Driss B.", "heures", None, 2.5),
        ("Driss B.", "echeance", None, "2026-03-09"),
        ("Driss B.", "partenaire", "", "La mission locale"),
        ("Driss B.", "qui", "personne", "partenaire"),
        ("Driss B.", "etat", "a-faire", "abandonne"),
        ("Camille R.", "ajout", None, "Refaire le CV"),
    ]


def test_writing_the_same_again_changes_nothing(world: PlansWorld) -> None:
    [line] = add(world, "Refaire le CV")
    assert world.plans.change(DRISS, world.dossier_id, line.id, line.version, line.fields) == line
    assert len(world.plans.history(CAMILLE, world.dossier_id)) == 1


def test_two_who_change_other_fields_of_one_line_lose_nothing(world: PlansWorld) -> None:
    [line] = add(world, "Refaire le CV")
    world.plans.change(CAMILLE, world.dossier_id, line.id, 1, replace(line.fields, note="Le lundi"))
    world.plans.change(DRISS, world.dossier_id, line.id, 1, replace(line.fields, etat="en-cours"))
    [kept] = world.plans.of(CAMILLE, world.dossier_id).lines
    assert (kept.fields.note, kept.fields.etat, kept.version) == ("Le lundi", "en-cours", 3)


def test_a_field_that_two_changed_otherwise_is_told_with_both_versions(world: PlansWorld) -> None:
    [line] = add(world, "Refaire le CV")
    theirs = world.plans.change(CAMILLE, world.dossier_id, line.id, 1, replace(line.fields, note="Le lundi"))
    with pytest.raises(StaleLine) as told:
        world.plans.change(DRISS, world.dossier_id, line.id, 1, replace(line.fields, note="Le mardi", etat="fait"))
    assert told.value.fields == ("note",)
    assert told.value.current == theirs
    assert told.value.wanted.note == "Le mardi"
    assert world.plans.of(CAMILLE, world.dossier_id).lines == (theirs,)


@pytest.mark.parametrize("same", [True, False])
def test_of_many_who_write_at_once_each_is_written_or_told(world: PlansWorld, same: bool) -> None:
    """Eight threads, each on a connection of its own, change one line that all of them read in its first version."""
    [line] = add(world, "Refaire le CV")
    names = ["titre", "note", "commentaire", "avis_mots", "offre_id", "besoin"]
    start = Barrier(len(names))

    def write(number: int) -> bool:
        name = "note" if same else names[number]
        start.wait()
        try:
            wanted = replace(line.fields, **{name: f"écrit par {number}"})  # type: ignore[arg-type]
            world.plans.change(CAMILLE, world.dossier_id, line.id, 1, wanted)
        except StaleLine:
            return False
        return True

    with ThreadPoolExecutor(len(names)) as pool:
        written = list(pool.map(write, range(len(names))))
    [kept] = world.plans.of(CAMILLE, world.dossier_id).lines
    assert sum(written) == (1 if same else len(names))
    assert kept.version == 1 + sum(written)
    if not same:
        assert [getattr(kept.fields, name) for name in names] == [f"écrit par {number}" for number in range(len(names))]


def test_of_many_who_add_at_once_all_are_there_each_at_its_place(world: PlansWorld) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: add(world, f"Étape {number}"), range(6)))
    assert sorted(titles(world)) == [f"Étape {number}" for number in range(6)]
    with world.catalogue.database.reading() as connection:
        ranks = connection.scalars(text("SELECT rank FROM plan_lines ORDER BY rank")).all()
    assert ranks == [0, 1, 2, 3, 4, 5]


def test_a_line_that_was_changed_meanwhile_is_not_taken_off(world: PlansWorld) -> None:
    [line] = add(world, "Refaire le CV")
    world.plans.change(CAMILLE, world.dossier_id, line.id, 1, replace(line.fields, note="Le lundi"))
    with pytest.raises(StaleLine):
        world.plans.remove(DRISS, world.dossier_id, line.id, 1)
    assert titles(world) == ["Refaire le CV"]


def test_a_change_of_a_line_just_taken_off_is_handed_back(world: PlansWorld) -> None:
    [line] = add(world, "Refaire le CV")
    world.plans.remove(CAMILLE, world.dossier_id, line.id, 1)
    with pytest.raises(LineGone) as told:
        world.plans.change(DRISS, world.dossier_id, line.id, 1, replace(line.fields, note="Le lundi"))
    assert told.value.wanted.note == "Le lundi"


def test_taking_off_twice_is_no_error_and_told_once(world: PlansWorld) -> None:
    [line] = add(world, "Refaire le CV")
    for actor in (CAMILLE, DRISS):
        world.plans.remove(actor, world.dossier_id, line.id, 1)
    assert [one.champ for one in world.plans.history(CAMILLE, world.dossier_id)] == ["retrait", "ajout"]


@pytest.mark.parametrize(("places", "order"), [(-1, "bac"), (1, "acb"), (-5, "bac"), (5, "acb"), (0, "abc")])
def test_a_line_moves_up_and_down_and_never_beyond_the_ends(world: PlansWorld, places: int, order: str) -> None:
    lines = add(world, "a", "b", "c")
    world.plans.move(CAMILLE, world.dossier_id, lines[1].id, places)
    assert "".join(titles(world)) == order


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (Fields("  "), "titre de l’étape est vide"),
        (Fields("x" * 301), "300 caractères"),
        (Fields("x", note="x" * 2_001), "2000 caractères"),
        (Fields("x", heures=0.0), "0,5"),
        (Fields("x", heures=49.0), "48"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_mend(world: PlansWorld, fields: Fields, said: str) -> None:
    with pytest.raises(PlanError, match=said):
        world.plans.add(CAMILLE, world.dossier_id, [fields])


def test_a_plan_has_an_end(world: PlansWorld) -> None:
    add(world, *(f"Étape {number}" for number in range(MAX_LINES)))
    with pytest.raises(PlanError, match="60"):
        add(world, "Une de trop")


def test_the_reason_of_giving_up_goes_when_the_step_is_taken_up_again(world: PlansWorld) -> None:
    [line] = world.plans.add(CAMILLE, world.dossier_id, [Fields("Le CV", etat="abandonne", raison="Malade")])
    taken = world.plans.change(CAMILLE, world.dossier_id, line.id, 1, replace(line.fields, etat="a-faire"))
    assert taken.fields.raison == ""


def test_hours_are_those_of_the_steps_still_to_do(world: PlansWorld) -> None:
    assert world.plans.of(CAMILLE, world.dossier_id).hours is None
    items = [Fields("a", heures=3), Fields("b", heures=1.5, etat="en-cours"), Fields("c", heures=9, etat="fait")]
    world.plans.add(CAMILLE, world.dossier_id, items)
    assert world.plans.of(CAMILLE, world.dossier_id).hours == 4.5


def test_the_diagnosis_that_a_plan_was_built_from_is_remembered(world: PlansWorld) -> None:
    basis = Basis(24, ("jeunes",), ("mobilite",))
    world.plans.add(CAMILLE, world.dossier_id, [], basis)
    plan = world.plans.of(CAMILLE, world.dossier_id)
    assert (plan.basis, plan.built_at) == (basis, NOON)


def test_who_may_not_open_the_dossier_may_nothing(world: PlansWorld) -> None:
    [line] = add(world, "Refaire le CV")
    plans, dossier = world.plans, world.dossier_id
    for verb in (
        lambda: plans.of(STRANGER, dossier),
        lambda: plans.history(STRANGER, dossier),
        lambda: plans.add(STRANGER, dossier, [Fields("x")]),
        lambda: plans.change(STRANGER, dossier, line.id, 1, Fields("x")),
        lambda: plans.remove(STRANGER, dossier, line.id, 1),
        lambda: plans.move(STRANGER, dossier, line.id, 1),
        lambda: plans.make_link(STRANGER, dossier),
        lambda: plans.revoke_link(STRANGER, dossier),
        lambda: plans.link_of(STRANGER, dossier),
        lambda: plans.finish_meeting(STRANGER, dossier, "x", ""),
        lambda: plans.found_job(STRANGER, dossier, NOON),
        lambda: plans.look(STRANGER, dossier),
        lambda: plans.last_look(STRANGER, dossier),
    ):
        with pytest.raises(NotFound):
            verb()


def test_a_line_of_another_plan_is_not_reached_through_ones_own(world: PlansWorld) -> None:
    [line] = add(world, "Refaire le CV")
    other = world.open_dossier()
    with pytest.raises(LineGone):
        world.plans.change(CAMILLE, other, line.id, 1, Fields("x"))
    world.plans.remove(CAMILLE, other, line.id, 1)
    assert titles(world) == ["Refaire le CV"]


def test_nothing_that_was_written_can_be_read_in_the_database(world: PlansWorld) -> None:
    [line] = world.plans.add(CAMILLE, world.dossier_id, [Fields("Voir Secret", note="Secret", besoin="sante--Secret")])
    world.plans.change(CAMILLE, world.dossier_id, line.id, 1, replace(line.fields, commentaire="Secret"))
    with world.catalogue.database.reading() as connection:
        for table in ("plans", "plan_lines", "plan_changes"):
            assert "Secret" not in str(connection.execute(text(f"SELECT * FROM {table}")).all())


def test_deleting_the_dossier_takes_the_whole_plan(world: PlansWorld) -> None:
    add(world, "Refaire le CV")
    world.plans.make_link(CAMILLE, world.dossier_id)
    world.plans.look(CAMILLE, world.dossier_id)
    world.plans.found_job(CAMILLE, world.dossier_id, NOON)
    world.dossiers.delete(CAMILLE, world.dossier_id)
    with world.catalogue.database.reading() as connection:
        for table in ("plans", "plan_lines", "plan_changes", "plan_links", "plan_meetings", "plan_looks"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0


def test_a_change_of_the_plan_starts_retention_again(world: PlansWorld) -> None:
    world.clock.forward(days=30)
    add(world, "Refaire le CV")
    assert world.dossiers.get(CAMILLE, world.dossier_id).changed_at == world.clock()
