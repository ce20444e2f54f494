"""Mobilise companies: jobs that lack people, immersions that exist, companies to ask, and what they said."""
