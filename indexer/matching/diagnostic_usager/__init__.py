"""France Travail's « diagnostic usager » as the neutral profile: a tolerant reading, and readable tables."""

from indexer.matching.diagnostic_usager.convert import convert_diagnostic, is_diagnostic_usager

__all__ = ["convert_diagnostic", "is_diagnostic_usager"]
