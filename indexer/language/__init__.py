"""French analysis shared by both engines, and the reading of a query's words."""
