"""An hour of work of many référents on real servers: who they are, what they do, and what must be found afterwards."""
