"""The companies of the territory that may welcome people: brought, invited at most once a month, left in peace."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from indexer.accounts.model import Actor
from indexer.catalogue.database import Database
from indexer.catalogue.work import Clock
from indexer.errors import ExpiredLinkError, NotFoundError
from indexer.mail.letter import Mail
from indexer.mail.outbox import Outbox
from indexer.mobilise.census import Census, CensusTaker
from indexer.mobilise.model import KEPT, NOTED, REST, Brought, Company, Contacts, MobiliseError, NewCompany, Outcome
from indexer.mobilise.store import Store
from indexer.mobilise.tables import companies, stop_links
from indexer.sealing import Sealer, hash_token, new_token

Writing = Callable[[str, str], Mail]
"""From the company's address and the token of its « no more » link to the invitation."""


class Mobilise:
    """Shared by all threads."""

    def __init__(self, database: Database, sealer: Sealer, outbox: Outbox, clock: Clock) -> None:
        self.database, self.outbox, self.clock = database, outbox, clock
        self.store, self._taker = Store(sealer), CensusTaker(database)

    def census(self) -> Census:
        """The published immersions of the catalogue."""
        return self._taker.take()

    def bring(self, brought: Iterable[NewCompany]) -> Brought:
        """Writes a list. What came of known companies stays, and those who asked for peace keep it."""
        rows = self.store.rows(brought, self.clock())
        with self.database.writing() as connection:
            known = self.store.known(connection)
            self.store.save(connection, rows)
        again = sum(1 for row in rows if row["siret"] in known)
        return Brought(len(rows) - again, again)

    def companies(self) -> list[Company]:
        """All of them, by name."""
        published = self._published()
        with self.database.reading() as connection:
            return self.store.all(connection, published)

    def company(self, siret: str) -> tuple[Company, Contacts]:
        """One, with how to reach it. NotFoundError."""
        published = self._published()
        with self.database.reading() as connection:
            row = self._row(connection, siret)
        contacts = Contacts(self.store.open(row.phone), self.store.open(row.mail))
        return self.store.build(row, published), contacts

    def note(self, actor: Actor, siret: str, outcome: Outcome) -> None:
        """What a coordinator learnt. NotFoundError; MobiliseError for what only happens by itself, or against peace."""
        if outcome not in NOTED:
            raise MobiliseError("Choisissez une suite dans la liste.")
        with self.database.writing() as connection:
            row = self._row(connection, siret, lock=True)
            if row.outcome == Outcome.STOPPED and row.outcome_by is None and outcome is not Outcome.STOPPED:
                raise MobiliseError("Cette entreprise a demandé elle-même à ne plus être sollicitée.")
            noted = {"outcome": outcome, "outcome_at": self.clock(), "outcome_by": actor.name}
            gone = {"phone": None, "mail": None} if outcome is Outcome.STOPPED else {}
            connection.execute(update(companies).where(companies.c.siret == siret).values(**noted, **gone))

    def invite(self, actor: Actor, siret: str, write: Writing) -> None:
        """Puts the invitation into the outbox. NotFoundError; MobiliseError saying why this company gets none now.

        The same address, even of another company, gets none within 30 days, and never again once it asked for peace.
        """
        now, token = self.clock(), new_token()
        with self.database.writing() as connection:
            row = self._row(connection, siret, lock=True)
            mail = self.store.open(row.mail)
            if mail is None:
                raise MobiliseError("Cette entreprise n’a pas d’adresse de courriel : appelez-la.")
            self._refuse_too_soon(connection, row, mail, now)
            noted = {"outcome": Outcome.INVITED, "outcome_at": now, "outcome_by": actor.name, "invited_at": now}
            connection.execute(update(companies).where(companies.c.siret == siret).values(**noted))
            connection.execute(insert(stop_links).values(hash=hash_token(token), siret=siret))
            self.outbox.put(connection, write(mail, token), f"invitation:{siret}:{now:%Y-%m-%d}")

    def named_by(self, token: str) -> str:
        """The company of a « no more » link. ExpiredLinkError."""
        with self.database.reading() as connection:
            return str(self._of_link(connection, token).name)

    def stop(self, token: str) -> str:
        """The company, and those of the same address, get no mail any more. ExpiredLinkError; again is harmless."""
        with self.database.writing() as connection:
            row = self._of_link(connection, token)
            same = companies.c.siret == row.siret
            if row.mail_hash is not None:
                same = or_(same, companies.c.mail_hash == row.mail_hash)
            peace = {"outcome": Outcome.STOPPED, "outcome_at": self.clock(), "outcome_by": None}
            connection.execute(update(companies).where(same).values(**peace, phone=None, mail=None))
        return str(row.name)

    def forget_old(self, now: datetime) -> int:
        """Erases phones and mails that no list brought for a year, and gives of how many companies."""
        old = companies.c.imported_at < now - KEPT
        held = companies.c.phone.is_not(None) | companies.c.mail.is_not(None)
        with self.database.writing() as connection:
            gone = update(companies).where(old, held).values(phone=None, mail=None, mail_hash=None)
            return connection.execute(gone).rowcount

    def _refuse_too_soon(self, connection: Connection, row: Any, mail: str, now: datetime) -> None:
        if row.outcome == Outcome.STOPPED:
            raise MobiliseError("Cette entreprise ne veut plus être sollicitée.")
        same = companies.c.mail_hash.in_(self.store.hashes(mail))
        query = select(companies.c.outcome, companies.c.invited_at).where(same).with_for_update()
        rows = connection.execute(query).all()
        if any(one.outcome == Outcome.STOPPED for one in rows):
            raise MobiliseError("Cette adresse ne veut plus être sollicitée : elle l’a dit pour une autre entreprise.")
        latest = max((one.invited_at for one in (row, *rows) if one.invited_at is not None), default=None)
        if latest is not None and now - latest < REST:
            raise MobiliseError(
                f"Une invitation est déjà partie le {latest:%d/%m/%Y}. La prochaine est possible "
                f"à partir du {latest + REST:%d/%m/%Y} ; vous pouvez appeler."
            )

    def _published(self) -> Mapping[str, int]:
        """How many live immersions bear each SIRET; at least one for those who published here and paused."""
        return dict.fromkeys(self._taker.publishers(), 1) | dict(self._taker.take().by_siret)

    def _row(self, connection: Connection, siret: str, *, lock: bool = False) -> Any:
        row = self.store.find(connection, siret, lock=lock)
        if row is None:
            raise NotFoundError("Cette entreprise n’est dans aucune liste.")
        return row

    def _of_link(self, connection: Connection, token: str) -> Any:
        mine = select(stop_links.c.siret).where(stop_links.c.hash == hash_token(token)).scalar_subquery()
        row = connection.execute(select(companies).where(companies.c.siret == mine)).one_or_none()
        if row is None:
            raise ExpiredLinkError(
                "Ce lien n’est pas le nôtre, ou il a été coupé. Copiez-le en entier depuis le courriel."
            )
        return row
