"""The neutral profile: what `POST /v1/match` takes, whatever the door a diagnosis comes in by."""

from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from indexer.matching.codes import CodeCommune, CodeRome, Disponibilite, Public, Thematique, refuse

Moyen = Literal["a-pied", "velo", "transports-en-commun", "voiture"]
Priorite = Literal["haute", "moyenne", "basse"]
Etat = Literal["besoin", "point-fort", "non-explore"]

MAX_NEEDS: Final = 100
"""There are 69 thématiques and 16 categories: more lines than that repeat themselves."""

MAX_JOBS, MAX_BY_NEED = 10, 10
MAX_WORDS: Final = 2_000
"""Characters of the words of one need or of one project; the note has no limit but the body's, and is cut."""

MIN_AGE, MAX_AGE = 14, 110
_CLOSED = ConfigDict(extra="forbid", frozen=True, strict=True)

Mots = Annotated[str, Field(max_length=MAX_WORDS)]


class Lieu(BaseModel):
    """Où vit la personne : une commune, ou un point."""

    model_config = _CLOSED

    code_commune: Annotated[
        CodeCommune | None, Field(description="Code INSEE ; une commune fusionnée devient celle d'aujourd'hui.")
    ] = None
    lat: Annotated[float | None, Field(ge=-90, le=90, description="Latitude, en degrés ; va avec `lon`.")] = None
    lon: Annotated[float | None, Field(ge=-180, le=180, description="Longitude, en degrés ; va avec `lat`.")] = None

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise refuse("« lat » et « lon » vont ensemble : donnez les deux, ou aucune.")
        if self.code_commune is None and self.lat is None:
            raise refuse("Dites où vit la personne : « code_commune », ou « lat » et « lon ».")
        return self


class Mobilite(BaseModel):
    """Comment la personne se déplace."""

    model_config = _CLOSED

    moyens: Annotated[tuple[Moyen, ...], Field(description="Le plus rapide donne la portée.", max_length=4)] = ()
    duree_max_min: Annotated[
        int | None, Field(ge=5, le=240, description="Trajet aller, de porte à porte, en minutes.")
    ] = None
    permis: Annotated[bool | None, Field(description="A-t-elle le permis de conduire ?")] = None


class Besoin(BaseModel):
    """Un besoin, une force, ou ce qui n'a pas été exploré."""

    model_config = _CLOSED

    thematique: Annotated[
        Thematique | None, Field(description="Thématique ou catégorie ; à défaut, déduite de `texte`.")
    ] = None
    priorite: Priorite = "moyenne"
    etat: Etat = "besoin"
    texte: Annotated[Mots | None, Field(description="Les mots de la personne ou du référent.")] = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.thematique is None and not (self.texte or "").strip():
            raise refuse("Ce besoin ne dit rien : donnez « thematique », ou « texte ».")
        return self


class Projet(BaseModel):
    """Un métier visé."""

    model_config = _CLOSED

    code_rome: Annotated[CodeRome | None, Field(description="Métier du ROME 4.0.")] = None
    texte: Annotated[Mots | None, Field(description="Le métier, en mots ; lu quand `code_rome` manque.")] = None
    priorite: Priorite = "moyenne"

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.code_rome is None and not (self.texte or "").strip():
            raise refuse("Ce projet ne dit rien : donnez « code_rome », ou « texte ».")
        return self


class Contraintes(BaseModel):
    """Ce qui limite le choix."""

    model_config = _CLOSED

    gratuit: Annotated[bool, Field(description="Écarte ce qui est dit payant.")] = False
    a_distance: Annotated[
        Literal["accepte", "prefere", "refuse"], Field(description="« refuse » écarte ce qui n'est qu'à distance.")
    ] = "accepte"
    disponibilites: Annotated[tuple[Disponibilite, ...], Field(description="Moments possibles.", max_length=3)] = ()
    langues: Annotated[
        tuple[Annotated[str, Field(pattern="^[a-z]{2,3}$")], ...],
        Field(description="Langues parlées (ISO 639).", max_length=10),
    ] = ()
    numerique: Annotated[Literal["autonome", "a-accompagner"] | None, Field(description="Aisance avec Internet.")] = (
        None
    )


class Profile(BaseModel):
    """Un diagnostic, quel que soit l'outil d'où il vient. Tout est facultatif, sauf le lieu."""

    model_config = _CLOSED | ConfigDict(title="Profil")

    lieu: Lieu
    mobilite: Mobilite = Mobilite()
    publics: Annotated[tuple[Public, ...], Field(max_length=30)] = ()
    age: Annotated[int | None, Field(json_schema_extra={"minimum": MIN_AGE, "maximum": MAX_AGE})] = None
    besoins: Annotated[tuple[Besoin, ...], Field(max_length=MAX_NEEDS)] = ()
    texte: Annotated[str, Field(description="Une note libre ; les premiers milliers de caractères sont lus.")] = ""
    projets: Annotated[tuple[Projet, ...], Field(max_length=MAX_JOBS)] = ()
    contraintes: Contraintes = Contraintes()
    par_besoin: Annotated[int, Field(ge=1, le=MAX_BY_NEED, description="Offres par besoin, au plus.")] = 3
    non_compris: Annotated[
        tuple[Annotated[str, Field(max_length=1_000)], ...],
        Field(description="Ce qu'une conversion n'a pas compris ; rendu tel quel.", max_length=500),
    ] = ()

    @field_validator("age")
    @classmethod
    def _is_of_age(cls, age: int | None) -> int | None:
        if age is not None and not MIN_AGE <= age <= MAX_AGE:
            message = f"L'âge va de {MIN_AGE} à {MAX_AGE} ans."
            if 0 <= age < MIN_AGE:
                message += " Pour un enfant, décrivez la situation du parent : c'est pour lui que le plan est fait."
            raise refuse(message)
        return age
