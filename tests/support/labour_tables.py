"""Small invented reference tables of the labour market, changed as a test wants.

Belfort (90010) is in the bassin B019 of 2019 and in B024 of the survey; Delle (90033) in none.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from indexer.labour.load import load_reference
from indexer.labour.service import Labour

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEVELS = (
    "annee,rome,cbassin,oee,ind_tension_d,ind_int_emb_d,ind_main_oeuvre_d,ind_dur_empl_d,ind_cond_travail_d,"
    "ind_mismatch_geo_d,ind_specif_form_empl_d\n"
)
FAMILIES = (
    "fap,Emploi moyen,Tension,Catégorie Tension,Intensité d'embauches,Lien formation-emploi,"
    "Manque de main-d'œuvre disponible,Non-durabilité de l'emploi,Conditions de travail contraignantes,"
    "Inadéquation géographique,Année,niveau_geo,niveau_fap,reg,dep\n"
)
SURVEY = "annee,code_metier_bmo,nom_metier_bmo,dept,be24,met_projets,xmet_difficiles,smet_saisonniers\n"
TABLES = {
    "communes": "code_insee,code_ze2020,lib_ze2020,code_bassin_ft,lib_bassin_ft,code_be19,lib_be19\n"
    "90010,,,B024,BELFORT EN VILLE,B019,BELFORT ET ALENTOURS\n",
    "rome4_codes": "code_rome,libelle_rome,code_rome_parent\nG1602,Cuisine,G1602\nG1609,Cuisinier,G1602\n",
    "rome4_domaines": "code_grand_domaine,grand_domaine,code_domaine,domaine_professionnel,code_rome\n"
    "G,Tourisme,G16,Production culinaire,G1602\nG,Tourisme,G18,Service,G1803\nN,Transport,N41,Route,N4101\n",
    "rome4_mobilites": "code_rome,code_rome_cible,numero_ordre\nG1602,G1803,1\nG1602,N4101,2\n",
    "tension_rome_bassin_2021": LEVELS
    + "2021,G1602,B019,10,5,4,3,2,1,5,\n2021,G1803,B019,10,4,4,3,2,1,5,4\n2021,N4101,B019,10,5,4,3,2,1,5,4\n",
    "fap225_rome": "Fap,Rome\nS1Z40,F1603\nS1Z41,F1603\nK0Z20,K2204\nNA,NA\n".replace("NA,NA", "A0Z00,NA"),
    "tension_dares_fap_2019": FAMILIES
    + "S1Z40,100,0.1,2.0,1.0,2.0,3.0,4.0,5.0,1.0,2019,dep,fap 225,,90\n"
    + "S1Z41,900,0.1,4.0,1.0,2.0,3.0,4.0,5.0,1.0,2019,dep,fap 225,,90\n"
    + "S1Z,5000,0.1,1.0,1.0,2.0,3.0,4.0,5.0,1.0,2019,dep,fap 87,,90\n"
    + "K0Z20,100,0.1,3.0,1.0,2.0,3.0,4.0,5.0,1.0,2019,reg ,fap 225,27.0,\n"
    + "K0Z20,100,0.1,,1.0,2.0,3.0,4.0,5.0,1.0,2019,dep,fap 225,,90\n",
    "bmo_2024": SURVEY
    + "2024,S1X40,Cuisiniers,90,B024,30,20,*\n2024,S2X61,Serveurs,90,B024,*,*,*\n"
    + "2024,T4X60,Entretien,90,B024,40,*,0\n2024,V0X60,Aides-soignants,25,B025,12,6,0\n",
    "metiers_tension_arrete_2024": "Region,Famille Professionnelle,Code FAP\nBourgogne-Franche-Comté,x,S1Z40\n"
    "Bourgogne-Franche-Comté,x,S1Z41\nBretagne,x,K0Z20\n",
    "rome3_coherence_competence": "code_rome,code_ogr\nG1602,1\nG1602,2\nG1601,1\nG1601,2\nK2204,9\nF1603,8\n",
}

Loader = Callable[..., Labour]


def write_tables(folder: Path, without: tuple[str, ...] = (), **changed: str) -> Path:
    """One CSV file a table, by its name without « .csv »."""
    folder.mkdir(exist_ok=True)
    for name, text in (TABLES | changed).items():
        if name not in without:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def load_labour(folder: Path, without: tuple[str, ...] = (), **changed: str) -> Labour:
    """Loads the tables in the `ref` folder of `folder`, and reads them."""
    load_reference(write_tables(folder / "apport", without, **changed), folder / "ref", NOW)
    return Labour(folder / "ref")
