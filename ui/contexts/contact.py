"""How to reach an offer: buttons, and what to know before using them."""

from collections.abc import Iterator
from dataclasses import dataclass

from ui import urls
from ui.offer_json import OfferJson
from ui.wording import say_phone

_SHORT = {"S’inscrire en ligne": "S’inscrire", "Voir comment faire": "Voir"}


@dataclass(frozen=True, slots=True)
class Action:
    """A button. `note` is shown under its label; `external` leaves for another site."""

    icon: str
    label: str
    note: str
    url: str
    external: bool

    @property
    def short(self) -> str:
        """For a bar where four buttons stand side by side on a phone."""
        return _SHORT.get(self.label, self.label)


def build_actions(offre: OfferJson) -> tuple[Action, ...]:
    """Call, write, sign up; the structure's phone and mail when the offer has none; else the page it comes from."""
    actions = tuple(_iter_actions(offre))
    origin = urls.web(offre["lien_source"])
    if actions or origin is None:
        return actions
    return (Action("link", "Voir comment faire", f"sur {_site(origin)}", origin, True),)


def build_advice(offre: OfferJson) -> tuple[str, ...]:
    """Who may make the first step, and how."""
    return tuple(_iter_advice(offre))


def _iter_actions(offre: OfferJson) -> Iterator[Action]:
    structure = offre["structure"]
    holder = None if structure is None else (structure["telephone"], structure["courriel"])
    phone, mail = offre["telephone"], offre["courriel"]
    if phone is None and mail is None and holder is not None:
        phone, mail = holder
    if phone is not None:
        yield Action("phone", "Appeler", say_phone(phone), urls.phone(phone), False)
    if mail is not None:
        yield Action("mail", "Écrire", mail, urls.mail(mail), False)
    link = urls.web(offre["lien_mobilisation"])
    if link is not None:
        yield Action("link", "S’inscrire en ligne", _site(link), link, True)


def _iter_advice(offre: OfferJson) -> Iterator[str]:
    if offre["mobilisable_par"] == ["professionnels"]:
        yield "Demandez à votre conseiller ou à votre assistante sociale : c’est à eux de vous y inscrire."
    if "se-presenter" in (offre["modes_mobilisation"] or ()):
        yield "Vous pouvez venir directement, à l’adresse indiquée sur cette page."
    immersion = offre["immersion"]
    if immersion is not None and immersion["mode_contact"] == "en-personne":
        yield "L’entreprise préfère que vous veniez la voir."


def _site(link: str) -> str:
    return link.split("/")[2].removeprefix("www.")
