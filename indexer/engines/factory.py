"""Which engine the settings ask for."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from indexer.engines.base import SearchEngine
from indexer.engines.embedded import EmbeddedEngine
from indexer.errors import SettingError
from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.engines.elasticsearch import ElasticsearchEngine


def build_engine(settings: Settings, dimensions: int = 384) -> SearchEngine:
    """The engine of a process; nothing is opened yet. SettingError when the settings contradict each other."""
    if settings.engine == "elasticsearch":
        return _build_elasticsearch(settings, dimensions)
    return EmbeddedEngine(settings.index_dir, dimensions)


@contextmanager
def open_passing_engine(settings: Settings, dimensions: int = 384) -> Iterator[SearchEngine]:
    """An engine for a measure: on a cluster it has names of its own, removed at the end; else it is its folder's."""
    if settings.engine == "embedded":
        yield build_engine(settings, dimensions)
        return
    prefix = f"{settings.elasticsearch_prefix}-mesure-{uuid4().hex[:12]}"
    engine = _build_elasticsearch(settings.model_copy(update={"elasticsearch_prefix": prefix}), dimensions)
    try:
        yield engine
    finally:
        engine.remove_all()


def _build_elasticsearch(settings: Settings, dimensions: int) -> "ElasticsearchEngine":
    try:  # the client is an extra: the embedded engine must not need it
        from indexer.engines.elasticsearch import Access, ElasticsearchEngine
    except ModuleNotFoundError as error:
        message = "MAILLAGE_ENGINE=elasticsearch demande le client : pip install 'maillage[elasticsearch]'."
        raise SettingError(message) from error
    urls = tuple(url.strip() for url in settings.elasticsearch_url.split(",") if url.strip())
    if not urls:
        raise SettingError("MAILLAGE_ENGINE=elasticsearch demande MAILLAGE_ELASTICSEARCH_URL.")
    password, api_key = settings.elasticsearch_password, settings.elasticsearch_api_key
    if settings.elasticsearch_user and api_key is not None:
        raise SettingError(
            "Donnez MAILLAGE_ELASTICSEARCH_USER et son mot de passe, ou MAILLAGE_ELASTICSEARCH_API_KEY, pas les deux."
        )
    access = Access(
        urls=urls,
        user=settings.elasticsearch_user,
        password="" if password is None else password.get_secret_value(),
        api_key="" if api_key is None else api_key.get_secret_value(),
        ca=settings.elasticsearch_ca,
        prefix=settings.elasticsearch_prefix,
    )
    return ElasticsearchEngine(access, dimensions)
