"""What publications work with: the catalogue, the outbox, the register, the live index."""

from dataclasses import dataclass

from indexer.catalogue import Catalogue
from indexer.catalogue.work import Clock
from indexer.geocode.communes import Communes
from indexer.mail.outbox import Outbox
from indexer.publish.company import Register
from indexer.publish.live import LiveIndex
from indexer.sealing import Sealer


@dataclass(frozen=True)
class Parts:
    """What publications work with."""

    catalogue: Catalogue
    sealer: Sealer
    outbox: Outbox
    clock: Clock
    communes: Communes
    register: Register
    live: LiveIndex
