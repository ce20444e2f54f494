"""Saved searches, and the weekly mails that tell what is new in them."""
