"""Publications from the settings of a process."""

from indexer.catalogue import Catalogue
from indexer.catalogue.work import Clock
from indexer.geocode.communes import load_communes
from indexer.mail.outbox import Outbox
from indexer.publish.company import build_register
from indexer.publish.live import LiveIndex
from indexer.publish.parts import Parts
from indexer.publish.publications import Publications
from indexer.sealing import Sealer
from indexer.settings import Settings


def build_publications(
    catalogue: Catalogue, settings: Settings, sealer: Sealer, outbox: Outbox, clock: Clock
) -> Publications:
    """The index and the encoder are opened at the first publication, unless the process shares its own
    (`publications.parts.live.share`).
    """
    live = LiveIndex(settings, catalogue, lambda: clock().date())
    register = build_register(settings.registre_url)
    return Publications(Parts(catalogue, sealer, outbox, clock, load_communes(), register, live))
