"""Companies to ask, over a real catalogue, with a clock that tests turn."""

import re
from collections.abc import Iterator

from stdnum import luhn

from indexer.accounts.model import Actor, Role
from indexer.catalogue import Catalogue
from indexer.mail.letter import Mail
from indexer.mail.outbox import Outbox
from indexer.mobilise.invitation import Interlocutor, Invitation, build_mail
from indexer.mobilise.mobilise import Mobilise
from indexer.mobilise.model import NewCompany
from indexer.sealing import Sealer
from tests.support.clocks import MovedClock

KEY = "une clé de test assez longue pour servir"
CAMILLE = Actor("camille", "Camille R.", Role.COORDINATEUR, "maison", "Maison de l’emploi")
CONTACT = Interlocutor("Noé T.", "03 84 00 01 01", "noe@maison.exemple.fr")


def siret(number: int) -> str:
    """A SIRET that is well formed, of no company."""
    siren = f"{90_000_000 + number:08}"
    digits = f"{siren}{luhn.calc_check_digit(siren)}0001"
    return digits + luhn.calc_check_digit(digits)


def company(number: int = 1, **fields: str | None) -> NewCompany:
    """A restaurant in Belfort, with phone and mail."""
    given: dict[str, str | None] = {
        "siret": siret(number),
        "name": f"Restaurant {number}",
        "address": f"{number} rue des Sapins",
        "code_insee": "90010",
        "naf": "5610A",
        "phone": "+33384000101",
        "mail": f"accueil{number}@restaurant.exemple.fr",
    }
    return NewCompany(**(given | fields))  # type: ignore[arg-type]


class MobiliseWorld:
    """No company yet."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue, self.clock = catalogue, MovedClock()
        sealer = Sealer([KEY], self.clock)
        self.outbox = Outbox(catalogue.database, sealer, self.clock, "https://site.exemple.fr")
        self.all = Mobilise(catalogue.database, sealer, self.outbox, self.clock)

    def invite(self, number: int = 1) -> None:
        self.all.invite(CAMILLE, siret(number), write_invitation)

    def mails(self) -> list[Mail]:
        """Newest first."""
        return [entry.mail for entry in self.outbox.recent(100) if entry.mail is not None]

    def tokens(self) -> Iterator[str]:
        """Of the « no more » links, newest mail first."""
        for mail in self.mails():
            yield re.findall(r"/ne-plus-solliciter/([\w-]+)", mail.text)[0]


def write_invitation(to: str, token: str) -> Mail:
    told = Invitation("Restaurant 1", "cuisinier", "Ce métier recrute ici.", "le Territoire de Belfort", CONTACT)
    return build_mail(told, to, "/publier", f"/ne-plus-solliciter/{token}")
