"""Requests from a référent or a person to a structure or a company, and the answers that come back by a link."""
