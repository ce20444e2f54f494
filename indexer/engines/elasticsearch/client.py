"""The connection: who may use it at once, how long, what is tried again, and what its errors mean to a person."""

import ssl
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from elastic_transport import ConnectionError as Unreachable
from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError
from elasticsearch.serializer import OrjsonSerializer

from indexer.engines.elasticsearch.access import Access
from indexer.engines.elasticsearch.turns import iter_turns
from indexer.errors import EngineError, SettingError

AT_ONCE = 16
"""Requests at once of one process: a slow cluster must not take every thread of the server."""

_WAIT_S = 2.0
_ATTEMPTS = 4
_FIRST_PAUSE_S = 0.05
_PATIENCE_S = 8.0  # nothing is tried again beyond: the person's own request would have ended
SEARCH_S, WRITE_S = 5.0, 60.0
_PASSING = (429, 502, 503, 504)
_NOT_ONE = "Ce qui répond à {} n'est pas Elasticsearch. Vérifiez MAILLAGE_ELASTICSEARCH_URL."
FULL_DISK = (
    "Elasticsearch n'accepte plus d'écriture (disque presque plein ?). Libérez de la place ; les recherches continuent."
)
_SHOWN = 300  # characters of a server's own words: they can hold the whole request

Answer = dict[str, Any]
T = TypeVar("T")


class RefusedError(EngineError):
    """The server does not understand what was asked (400)."""


class MissingError(EngineError):
    """An index, an alias or a document is not there (404)."""


class ConflictError(EngineError):
    """Somebody else was first (409)."""


class Cluster:
    """Safe for any number of threads. Nothing is opened before the first call."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._lock = threading.Lock()
        self._clients: dict[float, Elasticsearch] = {}
        self._places = threading.BoundedSemaphore(AT_ONCE)

    def call(self, work: Callable[[Elasticsearch], Any], timeout: float = SEARCH_S) -> Any:
        """The body of what `work` asks; tried again while that may help. EngineErrors only."""
        client = self._opened(timeout)
        if not self._places.acquire(timeout=_WAIT_S):
            raise EngineError("Elasticsearch est surchargé : trop de recherches attendent. Réessayez bientôt.")
        try:
            return _body(self._try(client, work))
        finally:
            self._places.release()

    def _try(self, client: Elasticsearch, work: Callable[[Elasticsearch], Any]) -> Any:
        started = time.monotonic()
        for last in iter_turns(_ATTEMPTS, _FIRST_PAUSE_S):
            try:
                return work(client)
            except (ApiError, TransportError, UnsupportedProductError) as error:
                if last or time.monotonic() - started > _PATIENCE_S or not _passes(error):
                    raise self._told(error) from error
        raise AssertionError("the last attempt returns or raises")

    def _told(self, error: Exception) -> Exception:
        """The error for a person."""
        where = ", ".join(self._access.urls)
        if isinstance(error, ApiError):
            return _told_status(error, where)
        if isinstance(error, UnsupportedProductError):
            return EngineError(_NOT_ONE.format(where))
        if isinstance(error, TlsError):
            message = f"Le certificat d'Elasticsearch ({where}) n'est pas reconnu : {error.message}."
            return EngineError(f"{message} Vérifiez MAILLAGE_ELASTICSEARCH_CA et l'adresse (https).")
        if isinstance(error, ConnectionTimeout):
            return EngineError(f"Elasticsearch ({where}) ne répond pas à temps. Réessayez bientôt.")
        return EngineError(f"Elasticsearch est hors d'atteinte ({where}). Vérifiez l'adresse et qu'il tourne.")

    def _opened(self, timeout: float) -> Elasticsearch:
        """One connection for all, seen by a client a patience: `options` costs a millisecond."""
        with self._lock:
            if timeout not in self._clients:
                opened = next(iter(self._clients.values()), None) or _open(self._access)
                self._clients[timeout] = opened.options(request_timeout=timeout)
            return self._clients[timeout]


def _open(access: Access) -> Elasticsearch:
    options: Answer = {}
    if access.ca is not None:
        try:
            options["ssl_context"] = ssl.create_default_context(cafile=str(access.ca))
        except OSError as error:
            raise SettingError(f"MAILLAGE_ELASTICSEARCH_CA : « {access.ca} » ne se lit pas ({error}).") from error
    if access.api_key:
        options["api_key"] = access.api_key
    elif access.user:
        options["basic_auth"] = (access.user, access.password)
    try:
        # Its own retries are off: they would add to ours.
        return Elasticsearch(
            list(access.urls),
            max_retries=0,
            connections_per_node=AT_ONCE,
            serializer=OrjsonSerializer(),
            **options,
        )
    except ValueError as error:
        raise SettingError(
            f"MAILLAGE_ELASTICSEARCH_URL : {error}. Attendu : http(s)://hôte:port, séparés par des virgules."
        ) from error


def _passes(error: Exception) -> bool:
    """Whether the same request may succeed in a moment."""
    if isinstance(error, ApiError):
        return error.meta.status in _PASSING and not _is_blocked(error)
    return isinstance(error, Unreachable | ConnectionTimeout) and not isinstance(error, TlsError)


def _is_blocked(error: ApiError) -> bool:
    """Whether the index refuses writes, mostly because the disk is nearly full: that does not pass in a moment."""
    return "cluster_block_exception" in str(error.body)


def _told_status(error: ApiError, where: str) -> Exception:
    status = error.meta.status
    if error.body and not isinstance(error.body, dict):  # the answer to a HEAD has no body
        return EngineError(_NOT_ONE.format(where))
    plain = {400: RefusedError, 404: MissingError, 409: ConflictError}.get(status)
    if status == 401:
        return EngineError(
            f"Elasticsearch ({where}) refuse l'identification. Vérifiez MAILLAGE_ELASTICSEARCH_USER et "
            "MAILLAGE_ELASTICSEARCH_PASSWORD, ou MAILLAGE_ELASTICSEARCH_API_KEY."
        )
    if _is_blocked(error):
        return EngineError(FULL_DISK)
    if status == 403:
        return EngineError(
            f"Elasticsearch ({where}) refuse ce droit à l'utilisateur donné. Voir docs/elasticsearch.md."
        )
    if "media_type_header_exception" in str(error.body):
        return EngineError(
            f"Le serveur Elasticsearch ({where}) est d'une version trop ancienne : il faut la version 9."
        )
    if plain is not None:
        return plain(f"Elasticsearch ({where}) refuse la demande : {str(error)[:_SHOWN]}")
    return EngineError(f"Elasticsearch ({where}) répond par l'erreur {status}. Réessayez bientôt.")


def _body(answer: Any) -> Any:
    return getattr(answer, "body", answer)
