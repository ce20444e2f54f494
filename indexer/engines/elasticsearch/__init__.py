"""The Elasticsearch engine: for a catalogue that outgrows one machine. Needs the extra `elasticsearch`."""

from indexer.engines.elasticsearch.access import Access
from indexer.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["Access", "ElasticsearchEngine"]
