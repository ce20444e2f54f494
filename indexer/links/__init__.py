"""Dead links: a polite checker of the pages that offers point to."""
