"""The guard that keeps a broken export from emptying the catalogue."""

from dataclasses import dataclass

from indexer.errors import ImportHeldError

MAX_LOST_SHARE = 0.3
"""Above this share, a loss is more often a cut file than a real closing down: the producers' rule of issue 3."""

RESERVED_FLUX = "publications"
"""What people publish here is of this flux: an import that bore its name would retire all of it."""

MAX_LOST_UNASKED = 10
"""A loss of so few records never holds an import: in a list of twelve, five may really close."""


@dataclass(frozen=True, slots=True)
class Guards:
    """Shares, in 0–1, beyond which an import is held: of the flux's records lost, of the records read rejected."""

    lost: float = MAX_LOST_SHARE
    rejected: float = 1.0


NO_OTHER_GUARDS = Guards()


@dataclass(frozen=True, slots=True)
class Loss:
    """How many of `before` records are gone; `what` is the French plural that names them."""

    what: str
    before: int
    lost: int

    def is_too_great(self, share: float) -> bool:
        return self.lost > MAX_LOST_UNASKED and self.lost > self.before * share

    @property
    def shown(self) -> str:
        return f"{self.lost} {self.what} sur {self.before} ({self.lost / self.before:.0%})"


def refuse_reserved(flux: str) -> None:
    """Raises ImportHeldError for the one flux that no import may bring."""
    if flux == RESERVED_FLUX:
        raise ImportHeldError(
            f"Import retenu : le flux « {flux} » est celui des publications faites sur ce site. "
            "Donnez un autre nom à --flux ; rien n'a été changé."
        )


def refuse_reserved_id(record_id: str, where: str) -> None:
    """Raises ImportHeldError for a record that would take the place of one that people publish here.

    `where` names its file and its row.
    """
    if record_id.startswith(f"{RESERVED_FLUX}--"):
        raise ImportHeldError(
            f"Import retenu : {where} a l'identifiant « {record_id[:80]} », réservé aux publications de ce site. "
            "Ôtez du fichier les fiches dont l'identifiant commence par « publications-- », ou demandez à qui le "
            "produit de leur donner un autre nom de source ; rien n'a été changé."
        )


def refuse_great_losses(flux: str, losses: list[Loss], share: float = MAX_LOST_SHARE) -> None:
    """Raises ImportHeldError when any loss is too great, telling all of those."""
    great = [loss.shown for loss in losses if loss.is_too_great(share)]
    if great:
        raise ImportHeldError(
            f"Import retenu : le flux « {flux} » perdrait {', '.join(great)}. Rien n'a été changé. "
            "Vérifiez que tous les fichiers du flux ont été donnés et sont entiers ; "
            "si la perte est voulue, relancez avec --accept-loss."
        )


def refuse_nothing(flux: str, read: int, listed: int) -> None:
    """Raises ImportHeldError: no record was accepted."""
    causes = {0: "Les fichiers ne contiennent aucune fiche.", 1: "La seule fiche lue est rejetée."}
    cause = causes.get(read, f"Les {read} fiches lues sont toutes rejetées.")
    advice = f" Le flux en a {listed} ; pour les retirer toutes, relancez avec --accept-loss." if listed else ""
    raise ImportHeldError(f"Import retenu : aucune fiche acceptée pour le flux « {flux} ». {cause}{advice}")


def refuse_many_rejects(flux: str, read: int, rejected: int, share: float) -> None:
    """Raises ImportHeldError when more than `share` of what was read is rejected."""
    if rejected > read * share:
        raise ImportHeldError(
            f"Import retenu : {rejected} fiches rejetées sur {read} ({rejected / read:.0%}) pour le flux « {flux} ». "
            "Rien n'a été changé. Le rapport dit ce qui manque à chaque ligne : le format a sans doute changé ; "
            "si c'est voulu, relancez avec --accept-loss."
        )
