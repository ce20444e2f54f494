"""An index answers only the questions of the encoder that made its vectors."""

from indexer.embeddings.encoder import Encoder
from indexer.engines.base import SearchEngine
from indexer.errors import EncoderError


def check_encoder(engine: SearchEngine, encoder: Encoder) -> None:
    """EncoderError, with what to run, when the live index was built with another encoder; no index at all is right."""
    live = engine.health().version
    if live is not None and live.encoder != encoder.name:
        raise EncoderError(
            f"L'index a été construit avec l'encodeur « {live.encoder} », le réglage demande "
            f"« {encoder.name} ». Lancez « maillage reindex », ou revenez au premier."
        )
