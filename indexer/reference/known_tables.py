"""The reference tables that a deployment may load: declared, one entry a table."""

import re
from dataclasses import dataclass
from typing import Final

LICENCE_OUVERTE: Final = "Licence Ouverte 2.0"

EXAMPLE: Final = "exemple"
"""The vintage of the invented tables of the demonstration."""

_ROME = r"[A-N]\d{4}"
_COMMUNE = r"\d[0-9AB]\d{3}(SR\d\d)?"


@dataclass(frozen=True, slots=True)
class KnownTable:
    """`pattern` is what its file is called, `columns` what it must have (it may have more).

    `key` is a column whose every value must have the form `form`; `vintage_column` holds the year, where there is one.
    `without` tells a person what is missing without it.
    """

    name: str
    pattern: str
    columns: tuple[str, ...]
    what: str
    vintage: str
    licence: str
    without: str
    key: str
    form: str
    vintage_column: str | None = None

    def is_called(self, file_name: str) -> bool:
        return re.fullmatch(self.pattern, file_name) is not None


KNOWN_TABLES: Final = (
    KnownTable(
        "communes", r"communes\.csv",
        ("code_insee", "code_ze2020", "lib_ze2020", "code_bassin_ft", "lib_bassin_ft", "code_be19", "lib_be19"),
        "bassins d'emploi et zones d'emploi des communes", "2024-2026", LICENCE_OUVERTE,
        "les tensions et les projets de recrutement ne sont pas rattachés au lieu de la personne",
        "code_insee", _COMMUNE,
    ),
    KnownTable(
        "rome4_codes", r"rome4_codes\.csv", ("code_rome", "libelle_rome", "code_rome_parent"),
        "fiches métiers ROME 4.0 et leur code parent", "v460, 2025", LICENCE_OUVERTE,
        "les métiers récents du ROME ne retrouvent pas les données publiées sous leur code parent",
        "code_rome", _ROME,
    ),
    KnownTable(
        "rome4_appellations", r"rome4_appellations\.csv",
        ("code_ogr", "libelle_appellation_long", "libelle_appellation_court", "code_rome"),
        "appellations de métiers", "v460, 2025", LICENCE_OUVERTE,
        "un métier n'est reconnu que par le libellé de sa fiche ROME et par nos noms courants, pas par ses 13 000 "
        "appellations (dites seules, le bon métier est parmi cinq deux fois sur trois, au lieu de quatre sur cinq)",
        "code_rome", _ROME,
    ),
    KnownTable(
        "rome4_mobilites", r"rome4_mobilites\.csv", ("code_rome", "code_rome_cible", "numero_ordre"),
        "métiers proches", "v460, 2025", LICENCE_OUVERTE,
        "les métiers proches ne sont pas proposés (`proches` est null dans /v1/metiers)", "code_rome", _ROME,
    ),
    KnownTable(
        "rome4_domaines", r"rome4_domaines\.csv",
        ("code_grand_domaine", "grand_domaine", "code_domaine", "domaine_professionnel", "code_rome"),
        "domaines professionnels", "octobre 2024", LICENCE_OUVERTE,
        "les métiers ne sont pas regroupés par domaine", "code_rome", _ROME,
    ),
    KnownTable(
        "rome4_textes", r"rome4_textes\.csv", ("code_rome", "libelle_type_texte", "position_phrase", "libelle_texte"),
        "définitions et accès aux métiers", "v460, 2025", LICENCE_OUVERTE,
        "la page d'un métier n'a ni définition ni conditions d'accès", "code_rome", _ROME,
    ),
    KnownTable(
        "rome4_centres_interet", r"rome4_centres_interet\.csv",
        ("libelle_centre_interet", "code_rome", "libelle_rome", "principal"),
        "centres d'intérêt des métiers", "v460, 2025", LICENCE_OUVERTE,
        "« j'ai envie de… » ne mène à aucun métier", "code_rome", _ROME,
    ),
    KnownTable(
        "rome3_coherence_competence", r"rome3_coherence_competence\.csv", ("code_rome", "code_ogr"),
        "compétences des métiers", "v347, 2021", LICENCE_OUVERTE,
        "les compétences d'un métier ne sont pas montrées", "code_rome", _ROME,
    ),
    KnownTable(
        "rome3_competences", r"rome3_competences\.csv", ("code_ogr", "libelle_competence"),
        "libellés des compétences", "v347, 2021", LICENCE_OUVERTE,
        "les compétences d'un métier ne sont pas montrées", "code_ogr", r"\d+",
    ),
    KnownTable(
        "tension_rome_bassin", r"tension_rome_bassin_\d{4}\.csv",
        ("annee", "rome", "cbassin", "ind_tension_d", "ind_int_emb_d", "ind_main_oeuvre_d", "ind_dur_empl_d",
         "ind_cond_travail_d", "ind_mismatch_geo_d", "ind_specif_form_empl_d"),
        "tensions par métier et bassin d'emploi", "2021", LICENCE_OUVERTE,
        "aucune tension de recrutement locale n'est donnée", "rome", _ROME, "annee",
    ),
    KnownTable(
        "tension_dares_fap", r"tension_dares_fap_\d{4}\.csv",
        ("fap", "Tension", "Catégorie Tension", "Intensité d'embauches", "Lien formation-emploi",
         "Manque de main-d'œuvre disponible", "Non-durabilité de l'emploi", "Conditions de travail contraignantes",
         "Inadéquation géographique", "Année", "niveau_geo", "niveau_fap", "reg", "dep"),
        "tensions par famille de métiers, région et département", "2019", LICENCE_OUVERTE,
        "aucune tension n'est donnée là où le bassin d'emploi n'en a pas", "fap", r"[A-Z][0-9A-Z]{1,5}", "Année",
    ),
    KnownTable(
        "bmo", r"bmo_\d{4}\.csv",
        ("annee", "code_metier_bmo", "nom_metier_bmo", "dept", "be24", "met_projets", "xmet_difficiles",
         "smet_saisonniers"),
        "projets de recrutement par bassin (BMO)", "2024", LICENCE_OUVERTE,
        "les projets de recrutement des employeurs ne sont pas montrés",
        "code_metier_bmo", r"[A-Z][0-9A-Z]{3,5}", "annee",
    ),
    KnownTable(
        "fap2021", r"fap2021\.csv", ("Code_FAP341", "Intitulé_FAP341", "Code_FAP228", "Intitulé_FAP228"),
        "familles professionnelles 2021", "2021", LICENCE_OUVERTE,
        "les familles de métiers n'ont pas de libellé", "Code_FAP341", r"[A-Z][0-9A-Z]{3,4}[a-z]?",
    ),
    KnownTable(
        "fap225_rome", r"fap225_rome\.csv", ("Fap", "Rome"),
        "familles professionnelles 2009 vers ROME 3", "2009", LICENCE_OUVERTE,
        "les tensions par famille de métiers ne sont pas rattachées aux métiers", "Fap", r"([A-Z][0-9A-Z]{2,4})?",
    ),
    KnownTable(
        "metiers_tension_arrete", r"metiers_tension_arrete_\d{4}\.csv",
        ("Region", "Famille Professionnelle", "Code FAP"),
        "liste légale des métiers en tension", "mars 2024", "acte officiel",
        "les métiers en tension au sens de l'arrêté ne sont pas signalés", "Code FAP", r"[A-Z][0-9A-Z]{2,5}",
    ),
    KnownTable(
        "formacode_rome", r"formacode_rome\.csv", ("Code_Diplome", "Libelle_Diplome", "Code_FormaCode", "Code_Rome_1"),
        "certifications, formacodes et métiers", "2024", LICENCE_OUVERTE,
        "une formation n'est pas rattachée aux métiers de sa certification", "Code_Diplome", r"\d+",
    ),
    KnownTable(
        "freins_carnet_de_bord", r"freins_carnet_de_bord\.csv", ("niveau", "theme", "libelle", "rattachement"),
        "situations, objectifs et actions d'un diagnostic", "2024", "Apache-2.0",
        "les situations d'un diagnostic du carnet de bord ne sont pas comprises", "niveau", r"\w+",
    ),
    KnownTable(
        "actions_focus", r"actions_focus\.csv", ("actions", "focus"),
        "intitulés d'actions et d'ateliers, avec leur sujet", "2024", "Apache-2.0",
        "les intitulés internes d'actions ne sont pas reconnus", "actions", r".+",
    ),
)  # fmt: skip
"""In the order in which `maillage reference status` shows them."""
