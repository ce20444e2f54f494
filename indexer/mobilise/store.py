"""Companies of coordinators' lists: rows to values and back, inside the caller's transactions."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, case, null, select

from indexer.catalogue.dialects import insert_into
from indexer.mobilise.model import Company, NewCompany, Outcome
from indexer.mobilise.tables import companies
from indexer.sealing import Sealer

_MAIL: Final = "mail of a company"
_LIGHT: Final = tuple(column for column in companies.c if column.name not in ("phone", "mail", "mail_hash"))
_BATCH: Final = 1000


class Store:
    """`published` is how many live immersions bear each SIRET."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def known(self, connection: Connection) -> frozenset[str]:
        return frozenset(connection.execute(select(companies.c.siret)).scalars())

    def rows(self, brought: Iterable[NewCompany], now: datetime) -> list[dict[str, Any]]:
        """What to write; sealing 20,000 companies takes two seconds, so it is done outside of transactions."""
        return [self._row(company, now) for company in brought]

    def save(self, connection: Connection, rows: list[dict[str, Any]]) -> None:
        """New companies, and known ones brought up to date: what came of them stays, peace too."""
        statement = insert_into(connection, companies)
        given = statement.excluded
        changed: dict[str, Any] = {
            name: given[name] for name in ("name", "address", "code_insee", "naf", "imported_at")
        }
        at_peace = companies.c.outcome == Outcome.STOPPED
        changed |= {name: case((at_peace, null()), else_=given[name]) for name in ("phone", "mail")}
        changed["mail_hash"] = case((at_peace, companies.c.mail_hash), else_=given["mail_hash"])
        upsert = statement.on_conflict_do_update(index_elements=["siret"], set_=changed)
        for start in range(0, len(rows), _BATCH):
            connection.execute(upsert, rows[start : start + _BATCH])

    def all(self, connection: Connection, published: Mapping[str, int]) -> list[Company]:
        """Every company without its phone nor its mail, by name."""
        query: Select[Any] = select(*_LIGHT, *_has_contact()).order_by(companies.c.name, companies.c.siret)
        return [self.build(row, published) for row in connection.execute(query)]

    def find(self, connection: Connection, siret: str, *, lock: bool = False) -> Row[Any] | None:
        query: Select[Any] = select(companies, *_has_contact()).where(companies.c.siret == siret)
        return connection.execute(query.with_for_update() if lock else query).one_or_none()

    def build(self, row: Row[Any], published: Mapping[str, int]) -> Company:
        return Company(
            siret=row.siret,
            name=row.name,
            address=row.address,
            code_insee=row.code_insee,
            naf=row.naf,
            has_phone=bool(row.has_phone),
            has_mail=bool(row.has_mail),
            imported_at=row.imported_at,
            noted=Outcome(row.outcome),
            noted_at=row.outcome_at,
            noted_by=row.outcome_by,
            invited_at=row.invited_at,
            immersions=published.get(row.siret, 0),
        )

    def open(self, sealed: str | None) -> str | None:
        return None if sealed is None else self._sealer.unseal(sealed)

    def hashes(self, mail: str) -> tuple[str, ...]:
        """The keyed hash to keep of an address, then those that older keys may have left."""
        return self._sealer.fingerprints(_MAIL, mail.casefold())

    def _row(self, company: NewCompany, now: datetime) -> dict[str, Any]:
        return {
            "siret": company.siret,
            "name": company.name,
            "address": company.address,
            "code_insee": company.code_insee,
            "naf": company.naf,
            "phone": None if company.phone is None else self._sealer.seal(company.phone),
            "mail": None if company.mail is None else self._sealer.seal(company.mail),
            "mail_hash": None if company.mail is None else self.hashes(company.mail)[0],
            "imported_at": now,
            "outcome": Outcome.TO_CALL,
        }


def _has_contact() -> tuple[Any, Any]:
    return companies.c.phone.is_not(None).label("has_phone"), companies.c.mail.is_not(None).label("has_mail")
