"""From a raw record to a valid offer or structure: small ordered steps, each telling what it changed."""
