"""Where the errors of a provider's libraries become ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from indexer.errors import ProviderError

AWAY: Final = "Le service de connexion ne répond pas. Réessayez dans quelques minutes, ou entrez par mot de passe."
REFUSED: Final = "La réponse du service de connexion n'est pas valable. Recommencez."


@contextmanager
def failures_told() -> Iterator[None]:
    """ProviderError for an address that does not answer, and for an answer that must not be believed."""
    import httpx
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    try:
        yield
    except httpx.HTTPError as error:
        raise ProviderError(AWAY) from error
    except (AuthlibBaseError, JoseError, KeyError, TypeError, ValueError) as error:  # what it sent lacks something
        raise ProviderError(REFUSED) from error
