"""Sources as data: where a flux comes from, how it is read, when, and what is expected of it."""
