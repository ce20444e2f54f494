"""Mobilise companies: which jobs lack people and immersions, which companies could welcome someone, and what they said."""
