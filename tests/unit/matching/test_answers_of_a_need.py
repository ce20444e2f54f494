"""What answers a need truly: thématiques given by the source, and offers of a type that can."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from indexer.matching.answering import is_far_fetched, types_for
from indexer.matching.build import Around, build_matcher
from indexer.matching.plan import Plan
from indexer.matching.reading import read_profile
from indexer.metiers.service import Jobs
from indexer.predictions import ThemePredictor
from indexer.rebuild import Indexing
from indexer.schema.vocabulary import thematiques
from indexer.search import build_offer_search
from tests.support.indexing import BELFORT, TODAY, fill, open_world
from tests.support.labour_tables import load_labour
from tests.support.small_feeds import NOON, offer, structure
from tests.unit.matching.random_worlds import WordReader

FOOD, FRENCH = "equipement-et-alimentation--alimentation", "lecture-ecriture-calcul--maitriser-le-francais"
LICENCE, CARE = "mobilite--preparer-un-permis", "famille--garde-denfants"
RIGHTS = "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits"
CONFLICT = "famille--surmonter-conflits-separation-violence"
WORK = "choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite"
NAMES = tuple(value for value, term in thematiques().items() if term.parent is not None)
DEDUCED = {"Cuisine d'une clinique": FOOD, "Frigo du quartier": FOOD, "CAP cuisine": FOOD, "Cours du soir": FRENCH}

Match = Callable[..., Plan]


class NameReader:
    """Deduces what each name is told to be for."""

    names = NAMES

    def read_many(self, texts: Any, vectors: Any) -> Any:
        rows = np.zeros((len(texts), len(NAMES) + 1), np.float32)
        for row, text in enumerate(texts):
            theme = DEDUCED.get(text)
            rows[row, len(NAMES) if theme is None else NAMES.index(theme)] = 0.9
        return rows


def records() -> list[Any]:
    """The given one is the farthest, so that nearness alone would put it last."""
    far = BELFORT | {"latitude": 47.66}
    return [
        structure(1),
        offer(1, nom="Épicerie solidaire", thematiques=(FOOD,), **far),
        offer(2, nom="Frigo du quartier", **BELFORT),
        offer(3, nom="Cuisine d'une clinique", type_offre="immersion", metiers=("G1602",), **BELFORT),
        offer(4, nom="CAP cuisine", type_offre="formation", metiers=("G1602",), **BELFORT),
        offer(5, nom="Cours du soir", type_offre="formation", **BELFORT),
        offer(6, nom="Stage au restaurant", type_offre="immersion", thematiques=(WORK, FOOD), **BELFORT),
        offer(7, nom="Écoute par téléphone", thematiques=(CONFLICT,), modes_accueil=("a-distance",)),
        offer(8, nom="Aide au permis en ligne", thematiques=(LICENCE,), modes_accueil=("a-distance",)),
        offer(9, nom="Garderie", thematiques=(CARE,), frais="payant", frais_precisions="2 euros l'heure.", **BELFORT),
        offer(10, nom="Aide aux victimes", thematiques=(RIGHTS,), **BELFORT),
        offer(11, nom="Point d'accueil", thematiques=(RIGHTS,), **BELFORT | {"latitude": 48.2}),
    ]


@pytest.fixture(scope="module")
def match(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Match]:
    folder = tmp_path_factory.mktemp("answers")
    labour = load_labour(folder)
    with open_world(folder) as opened:
        predictor = ThemePredictor(NameReader, lambda: "test", opened.cache)
        work = Indexing(opened.catalogue, opened.engine, opened.encoder, opened.cache, TODAY, predictor)
        fill(work, records())
        search = build_offer_search(work.engine, work.encoder, lambda: NOON, WordReader())
        around = Around(Jobs(work.encoder, folder / "ref"), labour)
        matcher = build_matcher(search, work.engine, work.encoder, around)
        yield lambda **said: matcher.match(read_profile({"lieu": {"code_commune": "90010"}} | said))


def names_for(match: Match, theme: str) -> list[str]:
    (need,) = match(besoins=[{"thematique": theme}], par_besoin=5).besoins
    return [shown.nom for shown in need.offres]


def test_a_given_thematique_goes_before_a_deduced_one_that_is_nearer(match: Match) -> None:
    assert names_for(match, FOOD) == ["Épicerie solidaire", "Frigo du quartier"]


def test_a_call_answers_a_need_that_presses_where_nothing_is_near(match: Match) -> None:
    (need,) = (need for need in match(texte="Son mari la frappe.").besoins if need.thematique == CONFLICT)
    assert need.urgent
    assert [shown.nom for shown in need.offres] == ["Écoute par téléphone"]


def test_a_call_answers_a_need_of_which_it_is_a_usual_door(match: Match) -> None:
    assert names_for(match, CONFLICT) == ["Écoute par téléphone"]


def test_what_is_remote_stands_beside_another_need_that_nothing_near_answers(match: Match) -> None:
    (need,) = match(besoins=[{"thematique": LICENCE}]).besoins
    assert need.offres == ()
    assert need.sans_offre is not None
    assert [shown.nom for shown in need.sans_offre.a_distance] == ["Aide au permis en ligne"]


def test_what_only_its_price_leaves_out_is_told_with_it(match: Match) -> None:
    plan = match(besoins=[{"thematique": CARE}], contraintes={"gratuit": True})
    (need,) = plan.besoins
    assert need.offres == ()
    assert need.sans_offre is not None
    assert need.sans_offre.offre_la_plus_proche is not None
    assert "payant : 2 euros l'heure" in need.sans_offre.offre_la_plus_proche.reserves
    assert any("« Garderie » répondrait aussi (payant : 2 euros l'heure)" in told for told in plan.alertes)


def test_a_price_is_told_to_nobody_who_did_not_ask_for_what_is_free(match: Match) -> None:
    plan = match(besoins=[{"thematique": CARE}])
    assert [shown.reserves for shown in plan.besoins[0].offres] == [()]
    assert not any("payant" in told for told in plan.alertes)


def test_an_offer_for_a_situation_that_the_words_do_not_tell_is_no_answer_and_the_next_is_looked_for(
    match: Match,
) -> None:
    said = {"thematique": RIGHTS, "texte": "Elle doit ouvrir ses droits."}
    need = next(one for one in match(besoins=[said]).besoins if one.thematique == RIGHTS)
    assert need.offres == ()
    assert need.sans_offre is not None
    assert need.sans_offre.offre_la_plus_proche is not None
    assert need.sans_offre.offre_la_plus_proche.nom == "Point d'accueil"
    assert names_for(match, RIGHTS) == ["Aide aux victimes"]


def test_days_in_a_company_answer_a_need_of_work_only(match: Match) -> None:
    assert names_for(match, WORK) == ["Stage au restaurant"]


def test_a_course_of_which_we_suppose_the_theme_answers_what_is_learnt(match: Match) -> None:
    assert names_for(match, FRENCH) == ["Cours du soir"]


def test_the_same_offers_lead_to_the_job(match: Match) -> None:
    (job,) = match(projets=[{"code_rome": "G1602"}]).metiers
    assert [shown.nom for shown in (*job.immersions, *job.formations)] == ["Cuisine d'une clinique", "CAP cuisine"]
    assert job.tension is not None


def test_a_note_that_speaks_of_work_and_names_no_job_tells_where_people_are_hired(match: Match) -> None:
    (sector,) = match(texte="Je voudrais un cv pour trouver du travail.").secteurs_porteurs
    assert (sector.domaine, [shown.nom for shown in sector.immersions]) == ("G16", ["Cuisine d'une clinique"])
    assert match(texte="Il me faut un logement, mon loyer est cher.").secteurs_porteurs == ()


def test_a_course_that_its_source_says_is_for_the_need_is_kept() -> None:
    said = {"type_offre": "formation", "thematiques": [FOOD]}
    assert not is_far_fetched(said, FOOD)
    assert not is_far_fetched(said, "equipement-et-alimentation")
    assert is_far_fetched(said | {"thematiques": None}, FOOD)


@pytest.mark.parametrize("theme", ["sante", FOOD, FRENCH])
def test_every_type_but_immersions_may_answer_a_need_that_is_not_of_work(theme: str) -> None:
    assert types_for(theme) == frozenset(("service", "atelier", "formation"))
