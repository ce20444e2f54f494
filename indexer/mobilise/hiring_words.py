"""What a company is told of the hiring around it: « ce métier recrute ici »."""

from indexer.geocode.communes import Commune
from indexer.labour.model import Hiring
from indexer.labour.service import Labour
from indexer.reference.known_tables import EXAMPLE


def said_of_hiring(labour: Labour, code_rome: str, commune: Commune) -> str | None:
    """A sentence with territory, vintage and source; None where the survey (BMO) tells nothing of the job.

    A count under statistical secrecy is never told as zero: it is said to be a least, or not to be published.
    """
    hiring = labour.at(labour.place_of(commune)).hiring(code_rome)
    return None if hiring is None or hiring.projets == 0 else f"Ce métier recrute ici : {say_hiring(hiring)}."


def say_hiring(hiring: Hiring) -> str:
    """« 42 projets d’embauche, 60 % difficiles (bassin Belfort, 2024, enquête BMO) »."""
    year = () if hiring.millesime == EXAMPLE else (hiring.millesime,)  # the source says then that it is invented
    where = ", ".join((hiring.territoire.shown, *year, hiring.source))
    return f"{say_projects(hiring)}{_say_share(hiring)} ({where})"


def say_projects(hiring: Hiring) -> str:
    """How many projects, as far as it is published."""
    if hiring.projets is None:
        return "des projets d’embauche, dont le nombre n’est pas publié"
    least = "au moins " if hiring.secret else ""
    plural = "s" if hiring.projets > 1 else ""
    return f"{least}{hiring.projets:,} projet{plural} d’embauche".replace(",", "\u202f")


def _say_share(hiring: Hiring) -> str:
    share = hiring.difficult_share
    return "" if share is None else f", {share * 100:.0f} % difficile{'s' if (hiring.projets or 0) > 1 else ''}"
