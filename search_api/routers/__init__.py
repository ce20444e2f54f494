"""The routes, a file a subject. They are synchronous: each one runs in a thread, and never holds the event loop."""
