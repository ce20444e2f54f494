"""The address service that the settings name."""

from indexer.geocode.precise import AddressService
from indexer.settings import Settings


def build_address_service(settings: Settings) -> AddressService | None:
    """None when no service is set: then nothing of the network is even imported."""
    if not settings.geocoder_url:
        return None
    from indexer.geocode.ban import NATIONAL, Ban

    return Ban(NATIONAL if settings.geocoder_url == "ban" else settings.geocoder_url.rstrip("/"))
