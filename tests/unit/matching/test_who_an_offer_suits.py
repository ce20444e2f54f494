"""Companies' services, violence, a body to spare, titles that name a public, languages: what suits this person."""

from typing import Any

import pytest

from indexer.matching.eligibility import build_person, is_eligible, is_meant_for, public_reserve
from indexer.matching.fit import Said, body_reserve, is_beside, is_for_emergencies, is_ruled_out, read_said
from indexer.matching.note import Note, ReadNeed
from indexer.matching.profile import Profile
from indexer.matching.reading import read_profile
from indexer.understanding.rules import Sign
from indexer.understanding.urgency import Urgency

DEBTS = "difficultes-financieres--situation-dendettement-surendettement"
COMPANY = "creer-une-entreprise--developper-son-entreprise"
FOOD = "equipement-et-alimentation--alimentation"
SHELTER = "logement-hebergement--rechercher-une-solution-dhebergement-temporaire"
CONFLICT = "famille--surmonter-conflits-separation-violence"
CHILDCARE = "famille--garde-denfants"
BEATEN = Note(urgency=Urgency("violences", "", (), ()))


def profile(**said: Any) -> Profile:
    return read_profile({"lieu": {"code_commune": "90010"}} | said)


def offer(**facts: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "nom": "Une aide",
        "description": None,
        "thematiques": [],
        "publics": [],
        "metiers": [],
        "langues": [],
    }
    return plain | {"type_offre": "service"} | facts


def test_a_companys_service_is_not_for_who_speaks_of_no_company() -> None:
    service = offer(thematiques=[DEBTS, COMPANY])
    assert is_ruled_out(read_said(profile(texte="J'ai des crédits partout."), Note()), service, [DEBTS])


@pytest.mark.parametrize(
    "said",
    [
        profile(texte="Il me reste les dettes de l'entreprise."),
        profile(texte="J'ai liquidé mon magasin."),
        profile(besoins=[{"thematique": COMPANY}]),
        profile(besoins=[{"texte": "Les dettes de ma société"}]),
    ],
)
def test_it_is_for_who_speaks_of_one(said: Profile) -> None:
    assert not is_ruled_out(read_said(said, Note()), offer(thematiques=[DEBTS, COMPANY]), [DEBTS])


def test_a_need_of_a_company_read_in_a_note_counts_too() -> None:
    note = Note(needs=(ReadNeed(COMPANY, 0.5, "", None),))
    assert read_said(profile(), note).company


def test_a_place_that_does_everything_is_not_a_companys_service() -> None:
    everything = offer(thematiques=[DEBTS, CONFLICT, CHILDCARE, COMPANY])
    assert not is_ruled_out(Said(), everything, [DEBTS])


def test_a_line_that_asks_for_a_job_rules_out_no_course_on_starting_a_company() -> None:
    assert not is_ruled_out(Said(), offer(thematiques=[COMPANY]), [])


def test_a_mediation_is_never_proposed_where_violence_is_said() -> None:
    mediation = offer(nom="La médiation familiale", thematiques=[CONFLICT])
    assert is_ruled_out(read_said(profile(), BEATEN), mediation, [CONFLICT])
    assert not is_ruled_out(read_said(profile(), Note()), mediation, [CONFLICT])


@pytest.mark.parametrize(("text", "beside"), [("Fixer la pension alimentaire", True), ("Mise à l’abri de nuit", False)])
def test_what_says_nothing_of_protection_is_beside_the_need_of_a_victim(text: str, beside: bool) -> None:
    assert is_beside(read_said(profile(), BEATEN), offer(nom=text), [CONFLICT]) is beside
    assert not is_beside(read_said(profile(), Note()), offer(nom=text), [CONFLICT])


def test_what_is_made_for_emergencies_is_known_for_the_need_that_presses_only() -> None:
    shelter, said = offer(publics=["personnes-en-situation-durgence"]), read_said(profile(), BEATEN)
    assert is_for_emergencies(said, shelter, [CONFLICT])
    assert not is_for_emergencies(said, shelter, [DEBTS])
    assert not is_for_emergencies(read_said(profile(), Note()), shelter, [CONFLICT])


@pytest.mark.parametrize("text", ["Mon dos ne me permet plus de porter.", "Elle a une sciatique", "mal au dos"])
def test_heavy_work_is_told_to_who_must_spare_their_body(text: str) -> None:
    said = read_said(profile(texte=text), Note())
    assert body_reserve(said, offer(type_offre="immersion", metiers=["F1703"])) == (
        "travail physique : à vérifier avec un médecin",
    )
    assert body_reserve(said, offer(type_offre="immersion", metiers=["M1607"])) == ()
    assert body_reserve(said, offer(type_offre="service", metiers=["F1703"])) == ()
    told = body_reserve(said, offer(type_offre="immersion", metiers=["K1302"]))  # one lifts people
    assert told == body_reserve(said, offer(type_offre="formation", metiers=None, metiers_predits=["F1703"]))
    assert told == body_reserve(said, offer(type_offre="atelier", metiers=["J1501", "K1302"])) != ()
    assert body_reserve(said, offer(type_offre="atelier", metiers=["J1501", "M1607"])) == ()


def test_who_has_no_roof_is_told_of_meals_made_for_emergencies_too() -> None:
    meal, outside = offer(publics=["personnes-en-situation-durgence"]), Said(pressing=SHELTER)
    assert is_for_emergencies(outside, meal, [FOOD])
    assert not is_for_emergencies(outside, offer(publics=None), [FOOD])
    assert not is_for_emergencies(Said(pressing=CONFLICT), meal, [FOOD])


def test_heavy_work_is_not_told_to_others() -> None:
    said = read_said(profile(texte="Je veux être maçon."), Note())
    assert body_reserve(said, offer(type_offre="immersion", metiers=["F1703"])) == ()


def test_an_offer_whose_title_names_a_public_is_for_these_people() -> None:
    person = build_person(profile(publics=["personnes-en-situation-durgence"]), Note())
    shelter = offer(nom="Héberger des femmes", publics=["femmes", "personnes-en-situation-durgence"])
    assert not is_meant_for(person, shelter)
    assert public_reserve(person, shelter) == ("réservé à : Femmes (à vérifier)",)
    assert is_meant_for(person, shelter | {"nom": "Un lit cette nuit"})


def test_a_parent_who_says_my_teenager_is_not_put_aside_for_the_young() -> None:
    both = ["familles", "jeunes"]
    parent = build_person(profile(publics=["familles"], age=41), Note())
    assert is_meant_for(parent, offer(nom="Mon ado ne m'écoute plus", publics=both))
    assert not is_meant_for(parent, offer(nom="Accueil des ados", publics=["jeunes"]))


def test_a_title_adds_no_public_that_the_offer_does_not_list() -> None:
    person = build_person(profile(publics=["actifs"]), Note())
    assert is_meant_for(person, offer(nom="Conseils aux parents qui travaillent", publics=["actifs"]))


def test_a_need_of_childcare_makes_a_family_of_who_has_it_and_it_is_still_to_verify() -> None:
    person = build_person(profile(besoins=[{"thematique": CHILDCARE}]), Note())
    nursery = offer(nom="Garder vos enfants", publics=["familles"])
    assert is_meant_for(person, nursery)
    assert public_reserve(person, nursery) == ("réservé à : Familles (à vérifier)",)


@pytest.mark.parametrize(
    ("said", "note"),
    [
        (profile(contraintes={"langues": ["ar"]}), Note()),
        (profile(), Note(constraints=(Sign("francais-debutant", 0.9),))),
    ],
)
def test_courses_for_newcomers_are_for_who_speaks_little_french(said: Profile, note: Note) -> None:
    assert is_meant_for(build_person(said, note), offer(publics=["personnes-exilees"]))


def test_who_speaks_french_among_other_languages_asks_for_none() -> None:
    assert build_person(profile(contraintes={"langues": ["fr", "ar"]}), Note()).foreign == frozenset()
    assert build_person(profile(contraintes={"langues": ["ar"]}), Note()).foreign == {"ar"}


@pytest.mark.parametrize(
    ("words", "man"),
    [
        ("Monsieur, 42 ans, sans logement.", True),
        ("Il est sorti de prison et n'a plus de toit.", True),
        ("Il y a un problème avec le loyer.", False),
        ("Son mari est parti, il a tout pris, elle n'a plus rien.", False),
        ("Je vis seule, il est parti.", False),
        ("Elle cherche un toit.", False),
        ("", False),
    ],
)
def test_what_is_for_women_alone_is_not_proposed_to_who_surely_is_a_man(words: str, man: bool) -> None:
    person = build_person(profile(texte=words), Note())
    refuge = offer(nom="Héberger des mères", publics=["femmes", "familles"], age_min=None, age_max=None)
    sport = offer(nom="Sport doux", publics=["femmes"], age_min=None, age_max=None)
    open_to_all = offer(nom="Aide aux femmes et aux hommes", publics=["tous-publics"], age_min=None, age_max=None)
    assert [is_eligible(person, one) for one in (refuge, sport, open_to_all)] == [not man, not man, True]
