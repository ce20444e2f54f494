"""Reads what the form of `/plan` sends: kindly, and nothing of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, get_args

from indexer.geocode.communes import Commune, Communes
from indexer.geocode.names import fold
from indexer.matching.profile import MAX_AGE, MIN_AGE, Besoin, Lieu, Mobilite, Moyen, Profile, Projet
from indexer.typed_text import clean_typed
from ui.places import commune_label, read_place
from ui.posted import parse_fields
from ui.wording import say_count

MAX_NOTE: Final = 2_000
MAX_JOB: Final = 200
MOST_FIELDS: Final = 400
"""More than the form has, so that who sends too much is told beside its field rather than refused."""

MAX_BODY: Final = 640_000
"""Bytes: a note of 50,000 characters of four bytes, percent-encoded, which is given back with what to shorten."""

NEEDS: Final = (
    "equipement-et-alimentation--alimentation",
    "logement-hebergement--louer-un-logement",
    "logement-hebergement--reduire-les-impayes-de-loyer",
    "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives",
    "difficultes-financieres--situation-dendettement-surendettement",
    "sante--acces-aux-soins",
    "famille--garde-denfants",
    "mobilite--preparer-un-permis",
    "lecture-ecriture-calcul--maitriser-le-francais",
    "numerique--maitriser-les-fondamentaux-du-numerique",
    "remobilisation--bien-etre-confiance-en-soi",
    "choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite",
    "se-former--trouver-sa-formation",
    "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation",
)
"""The needs that are proposed, those said most often; any other is said in words."""

PUBLICS: Final = {
    "beneficiaires-des-minimas-sociaux": "Je touche le RSA ou un autre minimum social",
    "demandeurs-emploi": "Je cherche un emploi",
    "familles": "J’ai des enfants",
    "personnes-en-situation-de-handicap": "J’ai un handicap",
    "personnes-exilees": "Je viens d’arriver en France",
    "residents-qpv-frr": "J’habite un quartier prioritaire ou un village rural",
}
MEANS: Final[Mapping[Moyen, str]] = {
    "a-pied": "À pied",
    "velo": "À vélo",
    "transports-en-commun": "En bus ou en train",
    "voiture": "En voiture",
}
MINUTES: Final = (15, 30, 45, 60, 90)


@dataclass(frozen=True)
class SentPlan:
    """What was sent, kept as it was written. `profile` is None when something must be mended: `errors`, by field."""

    lieu: str = ""
    code_commune: str = ""
    note: str = ""
    job: str = ""
    age: str = ""
    needs: frozenset[str] = frozenset()
    publics: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()
    minutes: int | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    profile: Profile | None = None
    commune: Commune | None = None


def parse_plan(body: bytes, communes: Communes) -> SentPlan:
    """Unknown fields and values are ignored; of a field sent twice that says one thing, the first counts."""
    fields = parse_fields(body, MOST_FIELDS)
    commune = _read_commune(fields, communes)
    sent = SentPlan(
        lieu=_text(fields, "lieu") if commune is None else commune_label(commune),
        code_commune="" if commune is None else commune.code,
        note=_text(fields, "texte"),
        job=_text(fields, "metier"),
        age=_text(fields, "age"),
        needs=_known(fields, "besoin", NEEDS),
        publics=_known(fields, "public", tuple(PUBLICS)),
        means=_known(fields, "moyen", get_args(Moyen)),
        minutes=next((m for m in MINUTES if [str(m)] == fields.get("duree", [])[:1]), None),
        commune=commune,
    )
    errors = _find_errors(sent)
    profile = None if errors else _build_profile(sent)
    return SentPlan(**{**vars(sent), "errors": errors, "profile": profile})


def _find_errors(sent: SentPlan) -> dict[str, str]:
    errors: dict[str, str] = {}
    if sent.commune is None:
        errors["lieu"] = (
            "Nous ne connaissons pas cette commune : vérifiez son nom, ou écrivez son code postal."
            if sent.lieu
            else "Écrivez votre commune ou votre code postal."
        )
    if not (sent.needs or sent.note or sent.job):
        errors["texte"] = "Dites au moins un besoin : cochez une case, ou écrivez avec vos mots."
    if len(sent.note) > MAX_NOTE:
        length, most = say_count(len(sent.note), "caractère"), say_count(MAX_NOTE, "caractère")
        errors["texte"] = f"Votre texte est trop long : il a {length}. Gardez l’essentiel, en {most} au plus."
    if len(sent.job) > MAX_JOB:
        errors["metier"] = f"Écrivez le métier en {MAX_JOB} caractères au plus."
    if sent.age and _read_age(sent.age) is None:
        errors["age"] = f"Écrivez votre âge en chiffres, de {MIN_AGE} à {MAX_AGE} ans, ou laissez la case vide."
    return errors


def _build_profile(sent: SentPlan) -> Profile:
    age = _read_age(sent.age)
    young = ("jeunes",) if age is not None and age < 26 else ()
    return Profile(
        lieu=Lieu(code_commune=sent.code_commune),
        mobilite=Mobilite(moyens=tuple(means for means in MEANS if means in sent.means), duree_max_min=sent.minutes),
        publics=(*(public for public in PUBLICS if public in sent.publics), *young),
        age=age,
        besoins=tuple(Besoin(thematique=need) for need in NEEDS if need in sent.needs),
        texte=sent.note,
        projets=(Projet(texte=sent.job),) if sent.job else (),
    )


def _read_age(text: str) -> int | None:
    age = int(text) if text.isdecimal() and len(text) <= 3 else None
    return age if age is not None and MIN_AGE <= age <= MAX_AGE else None


def _read_commune(fields: Mapping[str, Sequence[str]], communes: Communes) -> Commune | None:
    """A commune chosen stays chosen until the text beside it names another."""
    typed, code = _text(fields, "lieu"), _text(fields, "code_commune")
    chosen = communes.resolve(code) if code else None
    if chosen is not None and ("lieu" not in fields or fold(typed) in (fold(commune_label(chosen)), fold(chosen.nom))):
        return chosen
    return read_place(typed[:MAX_JOB], communes).commune if typed else None


def _text(fields: Mapping[str, Sequence[str]], name: str) -> str:
    return clean_typed(next(iter(fields.get(name, ())), "")).strip()


def _known(fields: Mapping[str, Sequence[str]], name: str, known: Sequence[str]) -> frozenset[str]:
    return frozenset(value for value in fields.get(name, ()) if value in known)
