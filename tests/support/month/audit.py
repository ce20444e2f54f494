"""What became of everything: what people were told, what the mail server took and what the database holds, compared."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import select

from indexer.catalogue import Catalogue
from indexer.geocode.clocks import MAINLAND
from indexer.relay.model import load_content
from indexer.relay.states import OPEN, State
from indexer.relay.tables import relay_requests
from indexer.sealing import Sealer
from tests.support.clocks import MovedClock
from tests.support.month.people import Letter, Wish
from tests.support.month.run import Month
from tests.support.publications import KEY

ASKED, REMINDED, SILENCE = "Une demande pour", "Rappel : ", "Pas encore de réponse à votre demande"
TOLD = {
    State.ACCEPTED: "Votre demande est acceptée",
    State.DECLINED: "Votre demande est refusée",
    State.OTHER_DATE: "Une autre date est proposée",
    State.UNANSWERED: "Votre demande est restée sans réponse",
}
UNDELIVERED = "Votre demande n'est pas arrivée"


@dataclass(frozen=True, slots=True)
class Kept:
    """A request as the database has it at the end."""

    id: str
    state: State
    reminders: int
    answered: bool


@dataclass
class Balance:
    """`counts` are to be read; every one of `faults` is to be zero."""

    counts: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    states: Counter[str] = field(default_factory=Counter)


def audit(month: Month, catalogue: Catalogue) -> Balance:
    people, kept = month.people, read_kept(catalogue)
    letters = people.letters
    asked = Counter(letter.person for letter in letters if letter.subject.startswith(ASKED))
    written = [wish for wish in people.wishes if wish.written]
    leaving = [wish for wish in written if wish.leaves]
    balance = Balance(states=Counter(each.state for rows in kept.values() for each in rows))
    balance.counts = {
        "publications en ligne": sum(bool(company.offer) for company in people.companies),
        "demandes écrites": len(written),
        "refusées, mois complet": month.full,
        "jamais confirmées, effacées": sum(wish.forgets for wish in written),
        "à une adresse qui ne marche plus": sum(_is_dead(month, wish) for wish in leaving),
        "courriels": len(letters),
        "processus tués": month.crew.deaths,
    }
    balance.faults = {
        "demandes perdues": sum(len(kept.get(wish.person, ())) == 0 for wish in leaving),
        "demandes en double": sum(len(rows) > 1 for rows in kept.values()),
        "non confirmées et gardées": sum(wish.person in kept for wish in written if wish.forgets),
        "non confirmées et parties": sum(asked[wish.person] for wish in written if wish.forgets),
        "jamais remises": sum(asked[wish.person] == 0 for wish in leaving if not _is_dead(month, wish)),
        "remises deux fois": sum(count > 1 for count in asked.values()),
        "courriels en double": len(letters) - len({letter.message_id for letter in letters}),
        "mois au-delà de la capacité": count_over(month),
        "encore ouvertes": sum(balance.states[state] for state in (State.TO_CONFIRM, *OPEN)),
        "sans un mot au demandeur": count_untold(month, leaving, kept),
        "erreurs": len(month.crew.failures),
    }
    return balance


def read_kept(catalogue: Catalogue) -> dict[str, list[Kept]]:
    """Requests of the database, by the person that they are for."""
    sealer, found = Sealer([KEY], MovedClock()), dict[str, list[Kept]]()
    with catalogue.database.reading() as connection:
        for row in connection.execute(select(relay_requests)):
            person = load_content(sealer.unseal(row.content)).words.person
            kept = Kept(row.id, State(row.state), row.reminders, row.answered_at is not None)
            found.setdefault(person, []).append(kept)
    return found


def count_over(month: Month) -> int:
    """Companies and calendar months of France with more requests than the company takes."""
    monthly = {company.address: company.monthly for company in month.people.companies}
    received = Counter(
        (letter.to, letter.written.astimezone(MAINLAND).strftime("%Y-%m"))
        for letter in month.people.letters
        if letter.subject.startswith(ASKED)
    )
    return sum(count > monthly[company] for (company, _), count in received.items())


def count_untold(month: Month, wishes: list[Wish], kept: dict[str, list[Kept]]) -> int:
    """Requests whose asker waits for a word that never came."""
    told = read_told(month.people.letters)
    known = [(wish, kept[wish.person][0]) for wish in wishes if wish.person in kept]
    return sum(is_untold(wish, row, told, dead=_is_dead(month, wish)) for wish, row in known)


def _is_dead(month: Month, wish: Wish) -> bool:
    return month.people.companies[wish.company].dead


@dataclass(frozen=True)
class Told:
    """`to`: subjects by the request's id, or by the address of who asked alone; `reminded`: whose company was."""

    to: dict[str, set[str]]
    reminded: set[str]


def read_told(letters: list[Letter]) -> Told:
    to: dict[str, set[str]] = {}
    for letter in letters:
        to.setdefault(letter.office or letter.to, set()).add(letter.subject)
    return Told(to, {letter.person for letter in letters if letter.subject.startswith(REMINDED)})


def is_untold(wish: Wish, kept: Kept, told: Told, *, dead: bool) -> bool:
    """Whether who asked misses a mail: the outcome, and before a silence, the reminder's with other offers."""
    subjects = told.to.get(wish.address if wish.user is None else kept.id, set())
    if kept.state is State.CLOSED:  # a date that nobody took up
        return not kept.answered or TOLD[State.OTHER_DATE] not in subjects
    if kept.state is not State.UNANSWERED:
        return TOLD.get(kept.state, "") not in subjects
    warned = UNDELIVERED in subjects if dead else wish.person in told.reminded
    return not ({TOLD[kept.state], SILENCE} <= subjects and kept.reminders > 0 and warned)
