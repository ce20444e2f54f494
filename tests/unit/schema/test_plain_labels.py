"""Our plain labels cover the national vocabulary, and stay plain."""

from collections import Counter

import pytest
from data_inclusion.schema import v1

from indexer.schema.plain_labels import PLAIN_CATEGORY_LABELS, PLAIN_THEMATIQUE_LABELS
from indexer.schema.vocabulary import thematiques

ALL_LABELS = [*PLAIN_CATEGORY_LABELS.values(), *PLAIN_THEMATIQUE_LABELS.values()]


def test_every_category_of_the_national_vocabulary_has_a_plain_label_and_none_is_left_over() -> None:
    assert set(PLAIN_CATEGORY_LABELS) == {str(c.value) for c in v1.Categorie}


def test_every_thematique_of_the_national_vocabulary_has_a_plain_label_and_none_is_left_over() -> None:
    assert set(PLAIN_THEMATIQUE_LABELS) == {str(t.value) for t in v1.Thematique}


def test_no_two_plain_labels_are_the_same_even_between_a_category_and_a_thematique() -> None:
    counts = Counter(label.casefold() for label in ALL_LABELS)
    assert [label for label, n in counts.items() if n > 1] == []


def test_no_plain_label_is_the_official_one_of_another_value() -> None:
    official = {term.label.casefold(): value for value, term in thematiques().items()}
    mixed = {**PLAIN_CATEGORY_LABELS, **PLAIN_THEMATIQUE_LABELS}
    assert [v for v, plain in mixed.items() if official.get(plain.casefold(), v) != v] == []


@pytest.mark.parametrize("label", ALL_LABELS)
def test_a_plain_label_is_short_clean_and_starts_with_a_capital(label: str) -> None:
    assert 4 <= len(label) <= 40
    assert len(label.split()) <= 6
    assert label == " ".join(label.split())
    assert label[0].isupper()
    assert label[-1].isalpha()
    assert "'" not in label, "l'apostrophe typographique « ’ » est celle des libellés officiels"


@pytest.mark.parametrize("label", ALL_LABELS)
def test_a_plain_label_uses_no_acronym_but_cv(label: str) -> None:
    acronyms = {word for word in label.replace(",", " ").split() if len(word) > 1 and word.isupper()}
    assert acronyms <= {"CV"}


def test_the_vocabulary_shows_the_plain_label_and_keeps_the_official_one() -> None:
    term = thematiques()["logement-hebergement--reduire-les-impayes-de-loyer"]
    assert (term.shown, term.label) == ("Payer son loyer", "Réduire les impayés de loyer")
