"""A simulated month of publications and requests: real processes, a real database, a real mail server."""
