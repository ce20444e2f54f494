"""Which needs a plan has, in which order, and what is said of those that were not understood."""

from typing import Any

from indexer.engines.base import Need
from indexer.matching.needs import MAX_DEDUCED, PersonNeed, Told, build_needs
from indexer.matching.note import MAX_PIECES, Note, merge_pieces, read_note, split_sentences
from indexer.matching.reading import read_profile
from indexer.schema.vocabulary import thematiques
from indexer.understanding.understood import Understood

PERMIT, VEHICLE = "mobilite--preparer-un-permis", "mobilite--acceder-a-un-vehicule"
CARE, RENT = "famille--garde-denfants", "logement-hebergement--reduire-les-impayes-de-loyer"


def said(*needs: tuple[str, float], text: str = "Une phrase.") -> Note:
    return merge_pieces([(text, Understood(needs=tuple(Need(theme, score) for theme, score in needs)))])


def build(note: Note | None = None, words: Note | None = None, **more: Any) -> tuple[list[PersonNeed], tuple[str, ...]]:
    profile = read_profile({"lieu": {"code_commune": "90010"}} | more)
    told = [Told(need, words if need.texte else None) for need in profile.besoins]
    needs, warnings = build_needs(profile, told, note or Note())
    return list(needs), warnings


def test_a_need_read_in_the_note_is_deduced_and_keeps_its_sentence() -> None:
    (need,), _ = build(said((PERMIT, 0.8), text="Elle veut le permis."))
    assert (need.thematique, need.origine, need.extrait) == (PERMIT, "deduit", "Elle veut le permis.")


def test_what_is_not_sure_enough_is_left_out() -> None:
    assert build(said((PERMIT, 0.2)))[0] == []


def test_a_given_need_is_not_deduced_again_nor_is_its_category() -> None:
    needs, _ = build(said((PERMIT, 0.9), ("mobilite", 0.9), (CARE, 0.9)), besoins=[{"thematique": PERMIT}])
    assert [(need.thematique, need.origine) for need in needs] == [(PERMIT, "explicite"), (CARE, "deduit")]


def test_a_strength_bars_its_theme_its_category_and_its_parts() -> None:
    strong = [{"thematique": "mobilite", "etat": "point-fort"}, {"thematique": RENT, "etat": "point-fort"}]
    note = said((PERMIT, 0.9), ("mobilite", 0.9), (RENT, 0.9), ("logement-hebergement", 0.9), (CARE, 0.5))
    assert [need.thematique for need in build(note, besoins=strong)[0]] == [CARE]


def test_a_need_said_twice_is_there_once_with_its_highest_priority() -> None:
    twice = [{"thematique": PERMIT, "priorite": "basse"}, {"thematique": PERMIT, "priorite": "haute"}]
    assert [need.priorite for need in build(besoins=twice)[0]] == ["haute"]


def test_priorities_order_then_what_is_given_goes_first() -> None:
    given = [{"thematique": PERMIT, "priorite": "basse"}, {"thematique": RENT, "priorite": "haute"}]
    needs, _ = build(said((CARE, 0.9)), besoins=given)
    assert [need.thematique for need in needs] == [RENT, CARE, PERMIT]


def test_the_words_of_a_need_without_theme_are_its_theme_or_are_told() -> None:
    words = [{"texte": "le code de la route", "priorite": "haute"}]
    (need,), warnings = build(words=said((PERMIT, 0.4)), besoins=words)
    assert (need.thematique, need.priorite, warnings) == (PERMIT, "haute", ())
    needs, warnings = build(words=said(), besoins=words)
    assert needs == []
    assert "le code de la route" in warnings[0]


def test_words_beside_a_theme_add_only_what_is_sure() -> None:
    given = [{"thematique": PERMIT, "texte": "…"}]
    assert len(build(words=said((VEHICLE, 0.5)), besoins=given)[0]) == 1
    assert len(build(words=said((VEHICLE, 0.7)), besoins=given)[0]) == 2


def test_languages_without_french_and_help_with_internet_are_needs() -> None:
    needs, _ = build(contraintes={"langues": ["ar"], "numerique": "a-accompagner"})
    assert [need.thematique.partition("--")[0] for need in needs] == ["lecture-ecriture-calcul", "numerique"]
    assert build(contraintes={"langues": ["ar", "fr"], "numerique": "autonome"})[0] == []


def test_a_note_adds_no_more_needs_than_a_person_can_work_on() -> None:
    themes = [theme for theme in thematiques() if "--" in theme][:20]
    assert len(build(said(*((theme, 0.9) for theme in themes)))[0]) == MAX_DEDUCED


def test_sentences_are_read_one_by_one_and_the_rest_of_a_long_note_is_told() -> None:
    read: list[str] = []

    def understand(text: str) -> Understood:
        read.append(text)
        return Understood()

    note = read_note("Une première phrase de la note. " * 100, understand)
    assert read == ["Une première phrase de la note."] * MAX_PIECES
    assert note.cut is True


def test_sentences_hold_all_the_words_and_are_never_too_long() -> None:
    text = "mot " * 300 + ". Oui. Une autre phrase assez longue !\n\nEncore une ligne sans point"
    pieces = split_sentences(text)
    assert " ".join(pieces).split() == text.replace(" .", " .").split()
    assert max(map(len, pieces)) <= 280


def test_the_age_of_a_child_is_not_that_of_the_person() -> None:
    pieces = [("Son fils a 5 ans.", Understood(age=5)), ("Elle a 31 ans.", Understood(age=31))]
    assert merge_pieces(pieces).age == 31
