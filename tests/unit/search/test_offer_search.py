"""One search from the request to the answer: places, filters, reasons, folding, cursors, refusals."""

from collections.abc import Sequence
from typing import Any

import orjson
import pytest

from indexer.engines.base import FACET_FIELDS, Need, Vector
from indexer.errors import EncoderError, QueryError, VersionGoneError
from indexer.rebuild import Indexing, reindex
from indexer.search import SearchAnswer, SearchRequest, build_offer_search
from indexer.understanding.understander import NO_NEED_SAID
from tests.support.indexing import BELFORT, fill, search_over
from tests.support.small_feeds import NOON, offer, structure

LOYER = "logement-hebergement--reduire-les-impayes-de-loyer"
MULHOUSE = {"commune": "Mulhouse", "code_insee": "68224", "latitude": 47.749, "longitude": 7.339}


def ids(answer: SearchAnswer) -> list[str]:
    return [item.id for item in answer.items]


def ask(work: Indexing, **request: Any) -> SearchAnswer:
    return search_over(work).search(SearchRequest(**request))


def test_a_commune_is_a_place_and_its_zones(work: Indexing) -> None:
    fill(
        work,
        [
            structure(),
            offer(1, nom="Ici", **BELFORT),
            offer(2, nom="Trop loin", **MULHOUSE),
            offer(3, nom="Autre zone", zone_eligibilite=["68"], **BELFORT),
            offer(4, nom="Zone du département", zone_eligibilite=["90"], modes_accueil=["a-distance"]),
        ],
    )
    answer = ask(work, code_commune="90010", rayon_km=10)
    assert ids(answer) == ["ex--o1", "ex--o4"]
    assert answer.lieu is not None
    assert answer.lieu.nom == "Belfort"


def test_a_point_is_in_the_zones_of_its_commune(work: Indexing) -> None:
    fill(work, [structure(), offer(1, zone_eligibilite=["90010"], **BELFORT)])
    assert ids(ask(work, lat=47.64, lon=6.86)) == ["ex--o1"]
    assert ids(ask(work, lat=47.75, lon=7.33)) == []


def test_words_find_and_the_reasons_say_which(work: Indexing) -> None:
    fill(work, [structure(), offer(1, nom="Aide au loyer", frais="gratuit", **BELFORT), offer(2, nom="Vélo")])
    answer = ask(work, q="payer mon loyer", lat=BELFORT["latitude"], lon=BELFORT["longitude"])
    assert ids(answer) == ["ex--o1"]
    assert answer.items[0].raisons == ("Parle de : loyer", "à moins de 100 m", "gratuit")


def test_the_words_of_an_expression_are_not_said_twice(work: Indexing) -> None:
    fill(work, [structure(), offer(1, nom="Passer le permis de conduire")])
    [item] = ask(work, q="permis de conduire").items
    assert item.raisons[0] == "Parle de : permis conduire"


class AlwaysRent:
    """Understands the same need in every text."""

    def read(self, texts: Sequence[str], vectors: Vector) -> Sequence[tuple[Need, ...]]:
        return [(Need(LOYER, 0.9),) for _ in texts]

    def says_no_need(self, text: str, vector: Vector) -> bool:
        return False


class NothingAsked(AlwaysRent):
    """Takes every text for a greeting."""

    def read(self, texts: Sequence[str], vectors: Vector) -> Sequence[tuple[Need, ...]]:
        return [() for _ in texts]

    def says_no_need(self, text: str, vector: Vector) -> bool:
        return True


def test_what_is_no_need_admits_nothing_by_meaning_and_is_told_so(work: Indexing) -> None:
    fill(work, [structure(), offer(1, nom="Fonds de solidarité"), offer(2, nom="Coucou les aînés")])
    search = build_offer_search(work.engine, work.encoder, lambda: NOON, NothingAsked())
    greeted, named = search.search(SearchRequest(q="bonjour")), search.search(SearchRequest(q="coucou"))
    assert (greeted.total, greeted.par_sens, greeted.compris.warnings) == (0, False, (NO_NEED_SAID,))
    assert ids(named) == ["ex--o2"]  # words still find what is called so


def test_an_understood_need_admits_what_the_words_do_not_and_is_the_first_reason(work: Indexing) -> None:
    fill(work, [structure(), offer(1, nom="Fonds de solidarité", thematiques=[LOYER]), offer(2, nom="Vélo")])
    search = build_offer_search(work.engine, work.encoder, lambda: NOON, AlwaysRent())
    answer = search.search(SearchRequest(q="plus de sous pour la maison"))
    assert ids(answer) == ["ex--o1"]
    assert answer.besoins == (LOYER,)
    assert answer.items[0].raisons[0] == "Répond à : Payer son loyer"


def test_a_need_taken_away_admits_nothing_more_and_is_told_no_more(work: Indexing) -> None:
    fill(work, [structure(), offer(1, nom="Fonds de solidarité", thematiques=[LOYER]), offer(2, nom="Une maison")])
    search = build_offer_search(work.engine, work.encoder, lambda: NOON, AlwaysRent())
    kept = search.search(SearchRequest(q="maison"))
    without = search.search(SearchRequest(q="maison", sans_besoin=(LOYER,)))
    assert (sorted(ids(kept)), kept.besoins) == (["ex--o1", "ex--o2"], (LOYER,))
    assert (ids(without), without.besoins) == (["ex--o2"], ())


def test_a_cursor_with_a_need_is_not_one_of_the_search_without_it() -> None:
    assert SearchRequest(q="maison").fingerprint() != SearchRequest(q="maison", sans_besoin=(LOYER,)).fingerprint()


def test_a_remote_offer_that_names_no_territory_comes_after_and_says_so(work: Indexing) -> None:
    remote = {"nom": "Aide au loyer", "modes_accueil": ["a-distance"]}
    fill(work, [structure(), offer(1, **remote), offer(2, zone_eligibilite=["90"], description="Autre.", **remote)])
    answer = ask(work, q="loyer", code_commune="90010")
    assert ids(answer) == ["ex--o2", "ex--o1"]
    assert [item.reserves for item in answer.items] == [(), ("territoire à vérifier",)]


def test_what_is_not_said_is_a_reserve(work: Indexing) -> None:
    fill(work, [structure(), offer(1, **BELFORT), offer(2, publics=["jeunes"], **BELFORT)])
    answer = ask(work, code_commune="90010", filtres={"publics": ("jeunes",), "frais": ("gratuit",)})
    assert ids(answer) == ["ex--o2", "ex--o1"]
    assert answer.items[0].raisons[0] == "Pour : Jeunes"
    assert answer.items[1].reserves == ("public à vérifier", "prix à vérifier")


def test_each_facet_value_alone_gives_its_number(work: Indexing) -> None:
    offers = [
        offer(1, publics=["jeunes"], frais="gratuit", thematiques=[LOYER]),
        offer(2, publics=["femmes"], frais="payant"),
        offer(3, publics=["tous-publics"], type_offre="atelier"),
        offer(4),
    ]
    fill(work, [structure(), *offers])
    answer = ask(work, facettes=FACET_FIELDS, filtres={"publics": ("jeunes",)})
    for name, values in answer.facettes.items():
        for value in values:
            alone = ask(work, filtres={"publics": ("jeunes",)} | {name: (value.valeur,)})
            assert (name, value.valeur, value.nombre) == (name, value.valeur, alone.total)


def test_a_selected_value_is_shown_even_at_zero_and_a_theme_names_its_category(work: Indexing) -> None:
    fill(work, [structure(), offer(1, thematiques=[LOYER])])
    answer = ask(work, facettes=("thematiques",), filtres={"thematiques": ("numerique",)})
    shown = {value.valeur: value for value in answer.facettes["thematiques"]}
    assert (shown["numerique"].nombre, shown["numerique"].selectionne) == (0, True)
    assert shown[LOYER].parent == "logement-hebergement"
    assert shown["logement-hebergement"].nombre == 1


def test_asking_for_everyone_filters_nothing(work: Indexing) -> None:
    fill(work, [structure(), offer(1, publics=["jeunes"]), offer(2)])
    assert ask(work, filtres={"publics": ("tous-publics",)}).total == 2


def test_siblings_of_a_page_are_other_places_of_one_item(work: Indexing) -> None:
    fill(work, [structure(), offer(1, nom="Aide", **BELFORT), offer(2, nom="Aide", **MULHOUSE), offer(3, nom="Seule")])
    answer = ask(work, code_commune="90010")
    assert answer.total == 2
    [item] = answer.items
    assert [(place.id, place.commune) for place in item.autres_lieux] == [("ex--o2", "Mulhouse")]


def test_a_cursor_walks_everything_once_even_when_a_new_version_goes_live(work: Indexing) -> None:
    fill(work, [structure(), *(offer(n, nom=f"Offre {n}") for n in range(1, 31))])
    search, seen, request = search_over(work), [], SearchRequest(size=7)
    while True:
        answer = search.search(request)
        seen += ids(answer)
        if answer.curseur is None:
            break
        request = SearchRequest(size=7, curseur=answer.curseur)
        reindex(work) if len(seen) == 7 else None
    assert sorted(seen) == sorted(f"ex--o{n}" for n in range(1, 31))


def test_a_cursor_whose_version_is_gone_says_so(work: Indexing) -> None:
    fill(work, [structure(), *(offer(n, nom=f"Offre {n}") for n in range(1, 5))])
    cursor = ask(work, size=2).curseur
    for _ in range(3):
        reindex(work)
    with pytest.raises(VersionGoneError):
        ask(work, size=2, curseur=cursor)


def test_a_cursor_of_another_search_or_of_nobody_is_refused(work: Indexing) -> None:
    fill(work, [structure(), *(offer(n, nom=f"Offre {n}") for n in range(1, 5))])
    cursor = ask(work, size=2).curseur
    with pytest.raises(QueryError, match="autre recherche"):
        ask(work, q="loyer", size=2, curseur=cursor)
    for text in ("", "%%%", "bnVsbA", "é", "A" * 5000):
        with pytest.raises(QueryError, match="première page"):
            ask(work, curseur=text)


@pytest.mark.parametrize(
    ("request_", "parameter"),
    [
        ({"rayon_km": -1}, "rayon_km"),
        ({"rayon_km": float("nan")}, "rayon_km"),
        ({"lat": 48.0}, "lon"),
        ({"lon": 0.0}, "lat"),
        ({"lat": 91.0, "lon": 0.0}, "lat"),
        ({"lat": float("nan"), "lon": 0.0}, "lat"),
        ({"page": 10**9}, "page"),
        ({"page": 0}, "page"),
        ({"size": 101}, "size"),
        ({"q": "a" * 100_000}, "q"),
        ({"tri": "distance"}, "tri"),
        ({"code_commune": "99999"}, "code_commune"),
        ({"facettes": ("couleur",)}, "facettes"),
    ],
)
def test_an_impossible_request_names_what_to_mend(work: Indexing, request_: dict[str, Any], parameter: str) -> None:
    fill(work, [structure(), offer(1)])
    with pytest.raises(QueryError) as error:
        ask(work, **request_)
    assert error.value.parameter == parameter


def test_an_index_of_another_encoder_is_refused_with_what_to_run(work: Indexing) -> None:
    fill(work, [structure(), offer(1)])
    work.encoder.name = "autre/1"  # type: ignore[misc]
    with pytest.raises(EncoderError, match="maillage reindex"):
        ask(work, q="loyer")


def test_similar_offers_are_around_and_never_the_offer_itself(work: Indexing) -> None:
    fill(
        work, [structure(), *(offer(n, nom=f"Offre {n}", **BELFORT) for n in (1, 2, 3)), offer(4, nom="X", **MULHOUSE)]
    )
    search = search_over(work)
    similar = search.similar("ex--o1", 5)
    assert similar is not None
    assert sorted(ids(similar)) == ["ex--o2", "ex--o3", "ex--o4"]
    assert search.similar("ex--absente", 5) is None


def test_the_offer_is_given_as_it_was_stored(work: Indexing) -> None:
    fill(work, [structure(nom="La structure"), offer(1, thematiques=[LOYER], contact_nom_prenom="Zoé Nom")])
    [item] = ask(work).items
    offre = orjson.loads(item.offre)
    assert offre["structure"]["nom"] == "La structure"
    assert offre["provenance"]["flux"] == "a"
    assert offre["statut"] == "publiee"
    assert 0 <= offre["score_qualite"] <= 1
    assert b"Zo" not in item.offre
