"""How long work tells where it is."""

from collections.abc import Callable

Tell = Callable[[str, int, int], None]
"""(what is being done, how much of it, of how much; 0 of 0 when nobody knows)."""
