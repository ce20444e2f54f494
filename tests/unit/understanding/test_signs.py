"""For whom, how, where: what is said beside the need, and the traps beside it."""

import pytest

from indexer.geocode.communes import load_communes
from indexer.understanding.ages import read_ages
from indexer.understanding.languages import read_language
from indexer.understanding.places import PlaceReader
from indexer.understanding.rules import load_constraints, load_publics
from indexer.understanding.spelling import is_usual_word, load_mender
from indexer.understanding.wishes import build_wishes, constraint_label, constraint_wishes, read_reach
from indexer.understanding.words import Said, clean_text, read_words

HANDICAP = "personnes-en-situation-de-handicap"


def said(text: str) -> Said:
    return read_words(clean_text(text)[0])


def publics(text: str) -> set[str]:
    read = said(text)
    of_age = {age.code for age in read_ages(read) if age.code is not None}
    return {sign.code for sign in load_publics().find(read, load_mender().mend(read.words))} | of_age


def constraints(text: str) -> set[str]:
    return {sign.code for sign in load_constraints().find(said(text))}


def place(text: str) -> str | None:
    found = PlaceReader(load_communes()).read(said(text))
    return None if found is None else found.commune.nom


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("j'ai 17 ans", {"jeunes"}),
        ("g 17 ans et je cherche un taf", {"jeunes", "demandeurs-emploi"}),
        ("mon fils de 8 ans", {"familles"}),
        ("ma fille a 16 ans", {"familles", "jeunes"}),
        ("mon fils est handicapé", {"familles", HANDICAP}),
        ("mon fils est handicaper", {"familles", HANDICAP}),
        ("j'ai 63 ans", {"seniors"}),
        ("je touche le RSA", {"beneficiaires-des-minimas-sociaux"}),
        ("je suis réfugiée politique", {"personnes-exilees"}),
        ("je sors de prison", {"personnes-en-situation-juridique-specifique"}),
        ("étudiante à la fac", {"etudiants"}),
        ("mère célibataire", {"familles", "femmes"}),
        ("aide à domicile pour ma mère âgée", {"seniors"}),
        ("I am pregnant", {"familles", "femmes"}),
    ],
)
def test_for_whom_the_offer_would_be(text: str, wanted: set[str]) -> None:
    assert publics(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "je veux bosser avec les vieux",
        "travailler auprès de personnes handicapées",
        "m'occuper d'enfants",
        "depuis 17 ans",
        "crédit sur 25 ans",
        "17 ans d'expérience",
        "30 ans chez le même patron",
        "il y a 20 ans",
        "faire une demande de RSA",
        "un petit boulot",
        "permis pas cher",
        "de vieux vêtements",
        "langues étrangères",
    ],
)
def test_what_is_said_of_others_or_of_time_makes_no_public(text: str) -> None:
    assert publics(text) == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("cours de français le soir", {"le-soir", "francais-debutant"}),
        ("permis gratuit", {"gratuit"}),
        ("un psy pas cher", {"gratuit"}),
        ("je n'ai pas de voiture", {"sans-voiture"}),
        ("atelier le samedi", {"le-week-end"}),
        ("rendez-vous par téléphone", {"en-ligne"}),
        ("urgent", {"urgent"}),
        ("je suis en fauteuil roulant", {"accessible-pmr"}),
        ("sans rendez-vous", {"sans-rendez-vous"}),
        ("free online course", {"gratuit", "en-ligne"}),
        ("", set()),
        ("démarches en ligne", set()),
        ("voiture sans permis", set()),
        ("près de chez moi", set()),
        ("je pleure tous les soirs", set()),
    ],
)
def test_what_the_offer_must_fit(text: str, wanted: set[str]) -> None:
    assert constraints(text) == wanted


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("garde d'enfants à Roubaix", "Roubaix"),
        ("59100", "Roubaix"),
        ("logement près de Belfort", "Belfort"),
        ("un toit sur Lille", "Lille"),
        ("a la rochelle", "La Rochelle"),
        ("travail au Mans", "Le Mans"),
        ("permis belfort", "Belfort"),
        ("PERMIS A LILLE", "Lille"),
        ("logement à st denis 974", "Saint-Denis"),
        ("cours de français paris 10e", "Paris 10e Arrondissement"),
        ("aide alimentaire à Roubais", "Roubaix"),
        ("mission locale de Lille", "Lille"),
        ("I need a doctor in Strasbourg", "Strasbourg"),
        ("Vienne (38)", "Vienne"),
        ("aide dans le 90", "Belfort"),
    ],
)
def test_a_place_is_found(text: str, name: str) -> None:
    assert place(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "à pied",
        "à louer",
        "j'ai la garde de mon fils",
        "à l'hôpital",
        "devenir maçon",
        "300 euros",
        "12000 euros de dettes",
        "je viens de Marseille",
        "née à Paris",
        "sur internet",
        "au port",
        "à vie",
        "à sens unique",
        "à la garde",
        "rue de Paris",
        "aller à l'école",
        "JE VEUX MANGER",
        "06 12 34 56 78",
        "Bonjour",
        "apprendre à conduire",
        "cherche à manger",
    ],
)
def test_a_common_word_is_no_place(text: str) -> None:
    assert place(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("je cherche un travail", "fr"),
        ("loyer", "fr"),
        ("", "fr"),
        ("12", "fr"),
        ("I need help with my rent", "en"),
        ("necesito un trabajo", "es"),
        ("não tenho dinheiro para comer", "pt"),
        ("iş arıyorum", "tr"),
        ("أحتاج إلى سكن", "ar"),
        ("потрібна робота", "uk"),
        ("мне нужна работа", "ru"),
        ("من یک خانه می‌خواهم", "fa"),
        ("我需要工作", "zh"),
        ("仕事を探しています", "ja"),
    ],
)
def test_the_language_is_told(text: str, code: str) -> None:
    assert read_language(said(text)).code == code


def test_wishes_are_shaped_as_filters() -> None:
    signs = load_constraints().find(said("cours gratuits le soir à distance"))
    assert build_wishes(load_publics().find(said("jeune")), signs) == {
        "publics": {"jeunes"},
        "frais": {"gratuit"},
        "moments": {"soir"},
        "modes_accueil": {"a-distance"},
    }


@pytest.mark.parametrize(
    ("text", "reach"),
    [("sans voiture", "transports"), ("à pied", "pied"), ("pas le permis, je suis à vélo", "velo"), ("permis", None)],
)
def test_how_one_moves_without_a_car(text: str, reach: str | None) -> None:
    read = said(text)
    assert read_reach(read.words, load_constraints().find(read)) == reach


def test_every_public_and_wish_is_of_its_vocabulary() -> None:
    from indexer.engines.base import FACET_FIELDS
    from indexer.schema.vocabulary import vocabulary

    assert set(load_publics().codes) <= set(vocabulary("publics"))
    for code in load_constraints().codes:
        assert constraint_label(code)
        for name, values in constraint_wishes(code).items():
            assert name in FACET_FIELDS
            assert set(values) <= set(vocabulary(name))


@pytest.mark.parametrize("word", ["bosser", "dors"])
def test_a_word_of_the_lexicon_is_usual_and_is_never_mended(word: str) -> None:
    assert is_usual_word(word)
    assert not is_usual_word(f"{word}zz")


@pytest.mark.parametrize("said", ["30 ans dans la même usine", "35 ans comme maçon", "vingt puis 10 ans passés à Lyon"])
def test_years_spent_in_a_place_or_a_trade_are_no_age(said: str) -> None:
    assert list(read_ages(read_words(said))) == []
