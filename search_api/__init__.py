"""The HTTP interface: search, suggestions, structures, provenance, health."""
