"""How to reach the people: telephone, mail, sites. Names of contact persons are left as they are."""

from indexer.normalise.draft import Draft
from indexer.normalise.links import normalise_links
from indexer.normalise.mails import normalise_mail
from indexer.normalise.phones import normalise_phone


def normalise_contact(draft: Draft) -> None:
    """Runs after the codes are read: a telephone number depends on its territory."""
    normalise_phone(draft)
    normalise_mail(draft)
    normalise_links(draft)
