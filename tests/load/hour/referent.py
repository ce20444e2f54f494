"""What one référent does in an hour, step by step, through the pages; and their person, by the link."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import unquote

from tests.load.hour.browser import Browser, Fields, changed
from tests.load.hour.ledger import Fact, Ledger, WrongAnswer
from tests.load.hour.site import PASSWORD

_RENT: Final = "besoin:logement-hebergement--reduire-les-impayes-de-loyer"
_LICENCE: Final = "besoin:mobilite--preparer-un-permis"
_PDF: Final = ("cv.pdf", b"%PDF-1.4 un texte", "application/pdf")
_JSON: Final = {"Accept": "application/json"}
_LINE: Final = re.compile(r"#etape-([\w-]+)$")
_LINK: Final = re.compile(r"/mon-plan/[\w-]+")


@dataclass(frozen=True)
class Tools:
    """`browser` for the référent, `telephone` for their person: two addresses."""

    browser: Browser
    telephone: Browser
    ledger: Ledger
    offers: tuple[str, ...]


class Referent:
    """`number` tells them apart; `colleague` writes in the same files; `done` counts the steps behind them."""

    def __init__(self, number: int, email: str, tools: Tools) -> None:
        self.number, self.email, self.tools = number, email, tools
        self.colleague, self.done = self, 0
        self.file = self.line = self.link = ""
        self._open: tuple[str, Fields] = "", []
        self._waiting_line: tuple[str, Fields, str] | None = None

    @property
    def shared(self) -> "Referent":
        """Of the two, the one whose file both write in."""
        return min(self, self.colleague, key=lambda one: one.number)

    def sign_in(self) -> None:
        browser, email = self.tools.browser, self.email
        action, fields = browser.get("page de connexion", "/connexion").form("/connexion", suite="/espace")
        typed = changed(fields, {"courriel": email, "mot_de_passe": PASSWORD})
        browser.send("connexion (argon2)", action, typed, expected=(303,))

    # The file

    def open_file(self) -> None:
        browser = self.tools.browser
        action, fields = browser.get("page", "/espace/personnes/nouvelle").form("/nouvelle")
        nom = f"Dossier {self.number}"
        sent, _ = browser.send("ouvrir un dossier", action, changed(fields, {"nom": nom, "accord": "oral"}), (303,))
        self.file = sent.location.split("/")[3]
        self.tools.ledger.hold(self.file, Fact("nom", "nom", nom))

    def answer(self) -> None:
        """As the page's script saves it a first time."""
        self._open_questions(self.file)
        note = f"Ce que dit la personne {self.number}."
        answers = {"age": str(20 + self.number % 40), "note": note, _RENT: "besoin", _LICENCE: "besoin"}
        self._autosave(answers, {"lieu": "Belfort", "code_commune": "90010"})

    def answer_more(self) -> None:
        """The same page goes on, from the version that it was told."""
        self._autosave({"contraintes": f"Le mercredi, référent {self.number}.", "permis": "non"}, {})

    def _open_questions(self, file_id: str) -> None:
        page = self.tools.browser.get("page du questionnaire", f"/espace/personnes/{file_id}/situation")
        self._open = page.form("/situation", complet="1")

    def _autosave(self, answers: dict[str, str], beside: dict[str, str]) -> None:
        self._save(self.file, answers, beside)
        self.tools.ledger.hold(self.file, *(Fact("reponse", name, value) for name, value in answers.items()))

    def _save(self, file_id: str, answers: dict[str, str], beside: dict[str, str]) -> list[str]:
        """The fields that a colleague changed otherwise meanwhile; WrongAnswer when one is refused."""
        action, fields = self._open
        sent = changed(fields, answers | beside)
        _, response = self.tools.browser.send("enregistrement du questionnaire", action, sent, (200,), headers=_JSON)
        told = response.json()
        if told["erreurs"]:
            raise WrongAnswer(f"refused: {sorted(told['erreurs'])}")
        theirs = {name: value for name, value in told["champs"].items() if name in dict(fields)}
        self._open = action, changed(sent, theirs | {"version": str(told["version"])})
        return [clash["champ"] for clash in told["conflits"]]

    # The plan

    def choose_proposals(self) -> None:
        page = self.tools.browser.get("page du plan, propositions", self._plan())
        action, fields = page.form("/propositions")
        self.tools.browser.send("garder des propositions", action, fields, (303,))
        chosen = [value.partition("|")[2] for name, value in fields if name == "choix"]
        if not chosen:
            raise WrongAnswer("nothing is proposed")
        self.tools.ledger.hold(self.file, *(Fact("offre", offer) for offer in chosen if offer))

    def add_step(self) -> None:
        action, fields = self.tools.browser.get("page du plan", self._plan()).form("/plan/lignes")
        sent, _ = self.tools.browser.send(
            "ajouter une étape", action, changed(fields, {"titre": self._title()}), (303,)
        )
        self.line = self._line_of(sent.location)
        self.tools.ledger.hold(self.file, Fact("etape", self._title()))

    def change_step(self) -> None:
        partner, day = f"Partenaire {self.number}", (date.today() + timedelta(days=9)).isoformat()  # noqa: DTZ011
        self._change_line(self, {"qui": "partenaire", "partenaire": partner, "echeance": day})
        facts = Fact("partenaire", self._title(), partner), Fact("echeance", self._title(), day)
        self.tools.ledger.hold(self.file, *facts)

    def move_step(self) -> None:
        action, fields = self.tools.browser.get("page du plan", self._plan()).form(f"/{self.line}/deplacer")
        self.tools.browser.send("déplacer une étape", action, [*fields, ("sens", "haut")], (303,))
        self.tools.ledger.hold(self.file, Fact("ordre", self._title()))

    def _change_line(self, owner: "Referent", changes: dict[str, str]) -> None:
        """« Enregistrer » of one line; two versions side by side are settled for one's own."""
        page = self.tools.browser.get("page du plan", owner._plan())
        action, fields = page.form(f"/plan/lignes/{owner.line}")
        self._send_line(action, changed(fields, changes))

    def _send_line(self, action: str, fields: Fields) -> None:
        while True:
            page, _ = self.tools.browser.send("changer une étape", action, fields, (303, 409))
            if page.status == 303:
                return
            self.tools.ledger.meet("deux versions d'une étape, montrées")
            action, told = page.form(f"/{action.rpartition('/')[2]}")
            clashes = [name for name, _ in told if name.startswith("choix_")]
            fields = changed(told, dict.fromkeys(clashes, "mien"))

    # The person, by the link

    def make_link(self) -> None:
        action, fields = self.tools.browser.get("page", f"{self._plan()}/lien").form("/plan/lien")
        page, _ = self.tools.browser.send("faire le lien", action, fields, (200,))
        found = _LINK.search(unquote(page.text))
        if found is None:
            raise WrongAnswer("no link on the page")
        self.link = found[0]
        self.tools.ledger.hold(self.file)

    def person_ticks(self) -> None:
        """A colleague may then say « en cours » of the same step: the tick is found, or its trace is."""
        self._person_sends("coche de la personne", "fait")
        self.tools.ledger.contest(self.file, Fact("etat", self._title(), "fait"))

    def person_writes(self) -> None:
        words = f"Un mot de la personne {self.number}."
        self._person_sends("mot de la personne", "commentaire", words)
        self.tools.ledger.hold(self.file, Fact("commentaire", self._title(), words))

    def person_proposes(self) -> None:
        idea = f"Une idée de la personne {self.number}"
        self.tools.telephone.get("page de la personne", self.link)
        self.tools.telephone.send("idée de la personne", self.link, [("titre", idea), ("action", "proposer")], (303,))
        self.tools.ledger.hold(self.file, Fact("etape", idea))

    def _person_sends(self, kind: str, action: str, words: str = "") -> None:
        """Read again and sent again when a professional changed the step in between: the page asks for it (409)."""
        telephone, status = self.tools.telephone, 409
        while status == 409:
            page = telephone.get("page de la personne", self.link)
            where, fields = page.form(self.link, ligne=self.line)
            typed = changed(fields, {"action": action, "mots": words})
            told, _ = telephone.send(kind, where, typed, (303, 409))
            status = told.status
            if status == 409:
                self.tools.ledger.meet("une étape changée sous les yeux de la personne, montrée")

    # Beside the plan

    def orient(self) -> None:
        offer = self.tools.offers[self.number % len(self.tools.offers)]
        address = f"/espace/orientations/nouvelle?offre={offer}&personne={self.file}"
        action, fields = self.tools.browser.get("page d'orientation", address).form(f"offre={offer}")
        message = f"Une demande du référent {self.number}."
        typed = changed(fields, {"dossier": self.file, "accord": "oui", "message": message})
        self.tools.browser.send("orienter", action, typed, (303,), files=[("pieces", _PDF)])
        self.tools.ledger.hold(self.file, Fact("demande", offer, message))

    def note(self) -> None:
        action, fields = self.tools.browser.get("page du suivi", self._follow()).form("/suivi/rendez-vous")
        said, subject = f"Point du référent {self.number}.", f"Rendez-vous {self.number}"
        day = (date.today() + timedelta(days=20)).isoformat()  # noqa: DTZ011
        typed = changed(fields, {"note": said, "jour": day, "heure": "10:30", "objet": subject, "lieu": "Ici"})
        self.tools.browser.send("noter un point", action, typed, (303,))
        self.tools.ledger.hold(self.file, Fact("point", said), Fact("rendez-vous", subject))

    # Two at once

    def open_shared(self) -> None:
        self._open_questions(self.shared.file)

    def write_shared(self) -> None:
        """Each a box of their own, and both the same one: kept at once, or shown and written again."""
        file_id = self.shared.file
        own = "envies" if self.shared is self else "metier1"
        mine, both = f"Seul, {self.number}", f"À deux, {self.number}"
        clashes = self._save(file_id, {own: mine, "metier3": both}, {})
        self.tools.ledger.hold(file_id, Fact("reponse", own, mine))
        while clashes:
            self.tools.ledger.meet("deux réponses à une question, montrées")
            clashes = self._save(file_id, {"metier3": both}, {})
        self.tools.ledger.contest(file_id, Fact("reponse", "metier3", both))

    def change_shared_step(self) -> None:
        owner, words = self.shared, f"Note à deux, {self.number}"
        own = {"heures": "3"} if owner is self else {"titre": owner._title(), "etat": "en-cours"}
        page = self.tools.browser.get("page du plan", owner._plan())
        action, fields = page.form(f"/plan/lignes/{owner.line}")
        self._waiting_line = action, changed(fields, {**own, "note": words}), words

    def send_shared_step(self) -> None:
        if self._waiting_line is None:
            raise WrongAnswer("the form of the shared step was never read")
        action, fields, words = self._waiting_line
        self._send_line(action, fields)
        self.tools.ledger.contest(self.shared.file, Fact("note", self.shared._title(), words))

    def look_around(self) -> None:
        """Pages that only read."""
        for path in (
            "/espace/personnes",
            f"{self._plan()}/historique",
            "/espace/orientations",
            f"{self._plan()}/feuille",
        ):
            self.tools.browser.get("autre page", path)

    def _title(self) -> str:
        return f"Étape du référent {self.number}"

    def _plan(self) -> str:
        return f"/espace/personnes/{self.file}/plan"

    def _follow(self) -> str:
        return f"/espace/personnes/{self.file}/suivi"

    def _line_of(self, location: str) -> str:
        found = _LINE.search(unquote(location))
        if found is None:
            raise WrongAnswer("the plan does not lead to the line")
        return found[1]


Step = Callable[[Referent], None]
STEPS: Final[tuple[Step, ...]] = (
    Referent.open_file,
    Referent.answer,
    Referent.answer_more,
    Referent.choose_proposals,
    Referent.add_step,
    Referent.change_step,
    Referent.move_step,
    Referent.open_shared,
    Referent.write_shared,
    Referent.change_shared_step,
    Referent.send_shared_step,
    Referent.make_link,
    Referent.person_ticks,
    Referent.person_writes,
    Referent.person_proposes,
    Referent.orient,
    Referent.note,
    Referent.look_around,
)

_TOGETHER: Final = STEPS.index(Referent.open_shared)
"""From here on both write in the file of one of them, which must hold a step by then."""


def is_too_early(one: Referent) -> bool:
    """Whether the next step is for two and the colleague is not there yet: no turn says how far others are."""
    return one.done >= _TOGETHER > one.shared.done
