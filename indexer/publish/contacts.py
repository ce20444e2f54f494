"""The mail addresses of a publication: new links on demand, several contacts, a change confirmed on both sides."""

import secrets
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from indexer.normalise.mails import parse_one_mail
from indexer.publish import mails, paths
from indexer.publish.errors import PublicationError
from indexer.publish.limits import may_send_link
from indexer.publish.links import Link, Purpose, is_pair_complete, make_link, read_link, revoke_links, use_link
from indexer.publish.publication import Publication, title_of
from indexer.publish.publications import PUBLISHER, Publications
from indexer.publish.states import State
from indexer.publish.tables import publication_contacts, publications

MOST_CONTACTS = 5

_BAD_MAIL = "Cette adresse de courriel n’est pas complète : écrivez-la comme « prenom@exemple.fr »."


class Contacts:
    """ExpiredLinkError, PublicationError."""

    def __init__(self, publications: Publications) -> None:
        self._all = publications

    def renew(self, mail: str) -> None:
        """Sends new links to an address for all that it publishes. Says nothing of whether there is anything."""
        address = parse_one_mail(mail)
        if address is None:
            raise PublicationError({"courriel": _BAD_MAIL})
        now, hashes = self._all.parts.clock(), self._all.hashes(address)
        with self._all.database.writing() as connection:
            found = self._published_by(connection, hashes)
            if not found or not may_send_link(connection, hashes, now):
                return
            links = [(title_of(one), self._link(connection, one, contact, now)) for one, contact in found]
            self._all.put(connection, mails.new_links(address, links), found[0][0].id, f"liens-{secrets.token_hex(8)}")

    def _published_by(self, connection: Connection, hashes: tuple[str, ...]) -> list[tuple[Publication, str]]:
        """What an address that answered may manage, and its contact's id; the latest twenty."""
        contacts = publication_contacts
        mine = contacts.c.mail_hash.in_(hashes) & contacts.c.confirmed_at.is_not(None)
        query = (
            select(publications, contacts.c.id.label("contact_id"))
            .join(contacts, contacts.c.publication_id == publications.c.id)
            .where(mine, publications.c.state.not_in([State.CLOSED, State.REFUSED]))
            .order_by(publications.c.created_at.desc(), publications.c.id)
            .limit(20)
        )
        return [(self._all.store.build(row), row.contact_id) for row in connection.execute(query)]

    def _link(self, connection: Connection, publication: Publication, contact_id: str, now: datetime) -> str:
        token = self._all.new_manage_link(connection, publication.id, contact_id, now)
        return self._all.url(paths.MANAGE, token)

    def add(self, token: str, mail: str) -> None:
        """Asks one more address whether it is a contact of the publication."""
        now = self._all.parts.clock()
        with self._all.database.writing() as connection:
            link = read_link(connection, token, now, Purpose.MANAGE)
            address = self._new_address(connection, link, mail)
            hashed = self._all.hashes(address)[0]
            contact = self._all.add_contact_row(connection, link.publication_id, address, hashed, now, main=False)
            made = make_link(connection, link.publication_id, Purpose.CONTACT, now, contact_id=contact)
            title = title_of(self._find(connection, link))
            mail_of = mails.join(address, title, self._all.url(paths.CONTACT, made))
            self._all.put(connection, mail_of, link.publication_id, f"contact-{contact}")

    def join(self, token: str) -> None:
        """The address says yes: it receives the mails, and links of its own."""
        now = self._all.parts.clock()
        with self._all.database.writing() as connection:
            link = read_link(connection, token, now, Purpose.CONTACT)
            use_link(connection, link, now)
            mine = publication_contacts.c.id == link.contact_id
            connection.execute(update(publication_contacts).where(mine).values(confirmed_at=now))
            self._all.store.note(connection, link.publication_id, now, PUBLISHER, "contact-ajoute")

    def remove(self, token: str, contact_id: str) -> None:
        """Takes a contact out, with its links; never the main one."""
        now = self._all.parts.clock()
        with self._all.database.writing() as connection:
            link = read_link(connection, token, now, Purpose.MANAGE)
            mine = (publication_contacts.c.id == contact_id) & (
                publication_contacts.c.publication_id == link.publication_id
            )
            gone = connection.execute(delete(publication_contacts).where(mine, publication_contacts.c.main.is_(False)))
            if gone.rowcount:
                revoke_links(connection, link.publication_id, Purpose.MANAGE, Purpose.CONTACT, contact_id=contact_id)
                self._all.store.note(connection, link.publication_id, now, PUBLISHER, "contact-retire")

    def ask_change(self, token: str, mail: str) -> None:
        """Asks both the main address and the new one: neither a stolen link nor a slip of the pen changes it alone."""
        now = self._all.parts.clock()
        with self._all.database.writing() as connection:
            link = read_link(connection, token, now, Purpose.MANAGE)
            address = self._new_address(connection, link, mail)
            publication = self._find(connection, link)
            main = self._all.store.contacts(connection, publication.id)[0]
            revoke_links(connection, publication.id, Purpose.OLD_MAIL, Purpose.NEW_MAIL)
            pair, payload = secrets.token_urlsafe(9), self._all.parts.sealer.seal(address)
            for purpose, to in ((Purpose.OLD_MAIL, main.mail), (Purpose.NEW_MAIL, address)):
                made = make_link(
                    connection, publication.id, purpose, now, contact_id=main.id, pair=pair, payload=payload
                )
                mail_of = mails.change_mail(to, title_of(publication), self._all.url(paths.CHANGE_MAIL, made))
                self._all.put(connection, mail_of, publication.id, f"adresse-{pair}-{purpose}")

    def confirm_change(self, token: str) -> bool:
        """One side says yes. True once both have: the address is changed, and the links of the old one are dead."""
        now = self._all.parts.clock()
        with self._all.database.writing() as connection:
            link = read_link(connection, token, now, Purpose.OLD_MAIL, Purpose.NEW_MAIL)
            use_link(connection, link, now)
            if link.pair is None or link.payload is None or not is_pair_complete(connection, link.pair):
                return False
            self._replace(connection, link, self._all.parts.sealer.unseal(link.payload), now)
        return True

    def _replace(self, connection: Connection, link: Link, address: str, now: datetime) -> None:
        sealed, hashed = self._all.parts.sealer.seal(address), self._all.hashes(address)[0]
        mine = publication_contacts.c.id == link.contact_id
        values = {"mail": sealed, "mail_hash": hashed, "confirmed_at": now}
        connection.execute(update(publication_contacts).where(mine).values(**values))
        revoke_links(connection, link.publication_id, Purpose.MANAGE, contact_id=link.contact_id)
        before = self._find(connection, link)
        answers = {**before.answers, "courriel": (address,)}
        self._all.store.change(connection, before, now, answers=answers)
        self._all.store.note(connection, before.id, now, PUBLISHER, "adresse-changee")
        url = self._link(connection, before, link.contact_id or "", now)
        mail = mails.new_links(address, [(title_of(before), url)])
        self._all.put(connection, mail, before.id, f"adresse-changee-{link.pair}")

    def _new_address(self, connection: Connection, link: Link, mail: str) -> str:
        address = parse_one_mail(mail)
        if address is None:
            raise PublicationError({"courriel": _BAD_MAIL})
        known = self._all.store.contacts(connection, link.publication_id)
        if any(contact.mail.casefold() == address.casefold() for contact in known):
            raise PublicationError({"courriel": "Cette adresse est déjà celle d’un contact de la publication."})
        if len(known) >= MOST_CONTACTS:
            raise PublicationError({"courriel": f"{MOST_CONTACTS} contacts au plus : retirez-en un d’abord."})
        if not may_send_link(connection, self._all.hashes(address), self._all.parts.clock()):
            raise PublicationError({"courriel": "Cette adresse a déjà reçu beaucoup de liens aujourd’hui."})
        return address

    def _find(self, connection: Connection, link: Link) -> Publication:
        found = self._all.store.find(connection, link.publication_id)
        assert found is not None  # a link goes with its publication
        return found
