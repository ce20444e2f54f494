"""What Prometheus reads. No label holds anything that a person typed."""

import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from fastapi import Request
from prometheus_client import CollectorRegistry, GCCollector, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from indexer.catalogue.stored import SourceSummary
from indexer.engines.base import SearchEngine
from indexer.errors import MaillageError
from search_api.services import Services

_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The registry of one application, and what routes and middleware tell it."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._requests = Histogram(
            "maillage_http_request_duration_seconds",
            "Requêtes HTTP : nombre et durée, par méthode, route et statut.",
            ("method", "route", "status"),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._searches = Histogram(
            "maillage_search_duration_seconds",
            "Recherches : nombre et durée, encodage compris, par sorte.",
            ("kind",),
            buckets=_BUCKETS,
            registry=self.registry,
        )

    def watch(self, services: Services) -> None:
        """Adds what is read at each scrape: the index in service, the age of the imports."""
        self.registry.register(_State(services))

    def observe_request(self, method: str, route: str, status: int, seconds: float) -> None:
        known = method if method in _METHODS else "autre"
        self._requests.labels(known, route, str(status)).observe(seconds)

    def observe_search(self, kind: str, started: float) -> None:
        """`started` is what `time.perf_counter()` said."""
        self._searches.labels(kind).observe(time.perf_counter() - started)

    def render(self) -> bytes:
        return generate_latest(self.registry)


class _State(Collector):
    """Gauges that are true at the moment of the scrape. What does not answer is left out."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def describe(self) -> Iterable[Metric]:
        return [*_index_gauges(None), _age_gauge([], datetime.now(UTC))]

    def collect(self) -> Iterator[Metric]:
        yield from _index_gauges(self._services.engine)
        try:
            yield _age_gauge(self._services.sources.get(), self._services.catalogue.clock())
        except MaillageError:
            return  # the database is out of reach: /readyz and the logs say so


def metrics_of(request: Request) -> Metrics:
    """The metrics of the application that a request is for."""
    metrics: Metrics = request.app.state.metrics
    return metrics


def _index_gauges(engine: SearchEngine | None) -> Iterator[Metric]:
    ready = GaugeMetricFamily("maillage_index_ready", "1 quand un index répond.")
    documents = GaugeMetricFamily("maillage_index_documents", "Offres dans l'index en service.")
    built = GaugeMetricFamily("maillage_index_built_timestamp_seconds", "Moment où l'index en service a été construit.")
    about = InfoMetricFamily("maillage_index", "Version de l'index en service, et son encodeur.")
    if engine is not None:
        health = engine.health()
        ready.add_metric([], float(health.ready))
        if health.version is not None:
            documents.add_metric([], health.version.documents)
            built.add_metric([], health.version.built_at.timestamp())
            about.add_metric([], {"version": health.version.name, "encoder": health.version.encoder})
    yield from (ready, documents, built, about)


def _age_gauge(sources: Iterable[SourceSummary], now: datetime) -> Metric:
    ages = GaugeMetricFamily(
        "maillage_import_age_seconds", "Temps écoulé depuis le dernier import, par flux.", labels=["flux"]
    )
    latest = {s.flux: s.last_import_at for s in sources if s.last_import_at is not None}
    for flux, at in latest.items():
        ages.add_metric([flux], (now - at).total_seconds())
    return ages
