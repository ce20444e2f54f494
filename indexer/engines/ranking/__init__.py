"""The final ranking: shared by both engines, made of named parts."""

from indexer.engines.ranking.candidates import Candidates, joined
from indexer.engines.ranking.order import ALIKE, ASKED, BROWSED, Ranked, first_look, rank

__all__ = ["ALIKE", "ASKED", "BROWSED", "Candidates", "Ranked", "first_look", "joined", "rank"]
