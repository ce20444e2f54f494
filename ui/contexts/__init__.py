"""What the templates show: frozen values built in Python, so that a template only loops and chooses."""
